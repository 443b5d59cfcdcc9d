"""Who is reported to say what, read from the article's own words."""

import time
from collections.abc import Callable
from itertools import accumulate

import pytest

from factcheck.domain.claim import Anchor, AnchorStatus
from factcheck.domain.sentence import Sentence, Span
from factcheck.text.anchoring import Anchorer
from factcheck.text.attribution import Attributions, is_named
from factcheck.text.sentences import split_sentences


def speaker(text: str, words: str) -> str | None:
    """Who says these words of the text."""
    start = text.index(words)
    place = Span(start, start + len(words))
    sentences = split_sentences(text, "en")
    held = tuple(one.position for one in sentences if one.span.overlaps(place))
    return Attributions(text, sentences).speaker_of(Anchor(AnchorStatus.EXACT, (place,), held))


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        ("Ana Silva said that 40 nurses had left.", "40 nurses had left", "Ana Silva"),
        ("Ana Silva, a former nurse, told reporters that 40 had left.", "40 had left", "Ana Silva"),
        ("Ana Silva said they had left.", "they had left", "Ana Silva"),
        ("40 nurses had left, said Ana Silva.", "40 nurses had left", "Ana Silva"),
        ("“40 nurses left,” said Ana Silva, the minister.", "40 nurses left", "Ana Silva"),
        ("“40 nurses left,” the minister Ana Silva said on Monday.", "40 nurses left", "Ana Silva"),
        ('Ana Silva wrote, "40 nurses left."', "40 nurses left", "Ana Silva"),
        ("According to the Court of Lisbon, 40 nurses left.", "40 nurses left", "the Court of Lisbon"),
        ("40 nurses left, according to Ana Silva.", "40 nurses left", "Ana Silva"),
        ("As Ana Silva stated, 40 nurses left.", "40 nurses left", "Ana Silva"),
        ("“40 nurses left,” Ms. Silva said.", "40 nurses left", "Ms. Silva"),
        ("“40 nurses left,” said Sen. Ana Silva, D-Ohio.", "40 nurses left", "Sen. Ana Silva"),
        (
            "“40 nurses left,” said Ana F. Silva of Apple Inc. on Monday.",
            "40 nurses left",
            "Ana F. Silva of Apple Inc.",
        ),
        ("40 nurses left, according to the U.N.", "40 nurses left", "the U.N."),
        ("“40 nurses left,” said Silva's long-time lawyer, Ben Ito.", "40 nurses left", "Ben Ito"),
        ("“40 nurses left,” said Silva's lawyer on Monday.", "40 nurses left", "Silva's lawyer"),
        ("“40 nurses left,” the firm's chief, Ana Silva, said.", "40 nurses left", "Ana Silva"),
        ("Rep. Ana Silva (D-Ohio) said they had left.", "they had left", "Rep. Ana Silva"),
        ("Ana Silva: “40 nurses left.”", "40 nurses left", "Ana Silva"),
        ("Élise Żak said that 40 had left.", "40 had left", "Élise Żak"),
        ("City officials have said they had not left.", "they had not left", "City officials"),
        ("40 nurses left, police said on Monday.", "40 nurses left", "police"),
        ("The campaign said it had lost 40 nurses.", "it had lost 40 nurses", "The campaign"),
        ("But aides to Silva say 40 nurses left.", "40 nurses left", "aides to Silva"),
        ("40 nurses left, attorneys for the family said.", "40 nurses left", "attorneys for the family"),
        ("“40 nurses left,” said hospital spokesman Ben Ito.", "40 nurses left", "Ben Ito"),
        ("40 nurses left, according to a new report by Reuters.", "40 nurses left", "a new report by Reuters"),
        ("Ana Silva, an aide and adviser to the Health Board, said they left.", "they left", "Ana Silva"),
        ("Ana Silva, the head of care in Lisbon, one of four cities, said they left.", "they left", "Ana Silva"),
        ("Senator Ana Silva, Democrat of Ohio, said they had left.", "they had left", "Senator Ana Silva"),
        ("The doctors, Ana Silva told CNN, had left.", "The doctors", "Ana Silva"),
        ("Ana Silva told CNN that 40 had left.", "40 had left", "Ana Silva"),
        ("Ana Silva on Tuesday said the nurses of Lisbon had left.", "the nurses of Lisbon had left", "Ana Silva"),
        ("Ana Silva attacked the board and said it had lost 40 nurses.", "it had lost 40 nurses", "Ana Silva"),
        ("Ana Silva closed the hospital, saying 40 nurses had left.", "40 nurses had left", "Ana Silva"),
        ("“Have 40 nurses left?” Silva asked.", "Have 40 nurses left", "Silva"),
        ("“40 nurses left.” ― Ana Silva", "40 nurses left", "Ana Silva"),
        ("“Ben Ito said 40 nurses left and he was glad,” said Ana Silva.", "40 nurses left and he was glad", "Ben Ito"),
        ("According to Reuters, Ana Silva said that 40 left.", "40 left", "Ana Silva"),
        ("Ana Silva said nurses told the board that 40 had left.", "40 had left", "nurses"),
        ("It is true, Ana Silva said, that 40 nurses left.", "40 nurses left", "Ana Silva"),
        ("If it rains, Ana Silva said, 40 nurses leave.", "40 nurses leave", "Ana Silva"),
        ("Ana Silva said that the report was false and 40 nurses left.", "40 nurses left", "Ana Silva"),
        ("Ana Silva said Ben Ito told her to stay when 40 nurses left.", "when 40 nurses left", "Ana Silva"),
        ("“40 nurses left,” Will Silva said.", "40 nurses left", "Will Silva"),
        ("“40 nurses left,” quipped Ana Silva.", "40 nurses left", "Ana Silva"),
        ("“40 nurses left,” Ana Silva lamented.", "40 nurses left", "Ana Silva"),
        ("Reuters quoted Ana Silva as saying 40 nurses had left.", "40 nurses had left", "Ana Silva"),
        ("Ana Silva was quoted as saying 40 nurses had left.", "40 nurses had left", "Ana Silva"),
        ("In the words of Ana Silva, 40 nurses left.", "40 nurses left", "Ana Silva"),
        ("40 nurses left, per the mayor's office.", "40 nurses left", "the mayor's office"),
        ("Ben Ito thanked Ana Silva, who said 40 nurses left.", "40 nurses left", "Ana Silva"),
        ("Ana Silva has long said 40 nurses left.", "40 nurses left", "Ana Silva"),
        ("Ana Silva did say 40 nurses left.", "40 nurses left", "Ana Silva"),
    ],
)
def test_reported_words_have_their_speaker(text: str, words: str, who: str) -> None:
    assert speaker(text, words) == who


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ana Silva flew to Lisbon on Monday.", "flew to Lisbon"),
        ("Ana Silva denied that 40 nurses left.", "40 nurses left"),
        ("Ana Silva said that Ben Ito denied that 40 nurses left.", "40 nurses left"),
        ("Update: “40 nurses left.”", "40 nurses left"),
        ("Ana Silva told a story to 40 nurses.", "a story to 40 nurses"),
        ("Recent reports show that 40 nurses left.", "40 nurses left"),
        ("Ana Silva said that 40 had left. The mayor flew home.", "The mayor flew home"),
        ("Ana Silva, who said that it was late, flew home.", "flew home"),
        ("The “Health for All” programme began in May.", "programme began in May"),
        ("“40 nurses left.”", "40 nurses left"),
        ("“Forty nurses left” — Lisbon Times", "Forty nurses left"),
        ("“I'm told 40 nurses left.”", "40 nurses left"),
        ("Ana Silva did not say whether 40 nurses left.", "40 nurses left"),
        ("In what Ana Silva said was a hard year, 40 nurses left.", "40 nurses left"),
        ("The vote in many states was close and 40 nurses left.", "close and 40 nurses left"),
        ("While Ana Silva said that it was late, 40 nurses left.", "40 nurses left"),
        ("Trains ran late, according to Ana Silva, who had lost 40 nurses.", "who had lost 40 nurses"),
        ("A letter posted on Monday, Ben Ito and 40 nurses have left.", "40 nurses have left"),
        ("If Ana Silva says that 40 nurses left, she is wrong.", "40 nurses left"),
        ("Unless Silva admits that 40 nurses left, she will lose.", "40 nurses left"),
        ("Had the mayor claimed 40 nurses left, the board would have met.", "40 nurses left"),
        ("Should Ana Silva say that 40 nurses left, she will be sued.", "40 nurses left"),
        ("Whether Ana Silva said that 40 nurses left is unknown.", "40 nurses left"),
        ("Has Ana Silva said 40 nurses left?", "40 nurses left"),
        ("Will Ana Silva say that 40 nurses left?", "40 nurses left"),
        ("Ana Silva said it was not true that 40 nurses left.", "40 nurses left"),
        ("Ana Silva said it would be a lie to say 40 nurses left.", "40 nurses left"),
        ("Ana Silva said she doubted that 40 nurses left.", "40 nurses left"),
        ("It is a myth, Ana Silva told reporters, that 40 nurses left.", "40 nurses left"),
        ("Ana Silva said critics claim 40 nurses left.", "40 nurses left"),
        ("Ana Silva joked as 40 nurses left.", "40 nurses left"),
        ("The clinic lost 40 nurses, per month and ward.", "lost 40 nurses"),
        ("Ana Silva did not say 40 nurses left.", "40 nurses left"),
        ("Ana Silva said Ben Ito told her 40 nurses left.", "40 nurses left"),
    ],
)
def test_other_words_have_no_speaker(text: str, words: str) -> None:
    assert speaker(text, words) is None


def test_speaker_holds_for_whole_quotation() -> None:
    text = "“40 nurses left. Nobody came. We wait,” said Ana Silva. The hospital closed."

    assert [speaker(text, words) for words in ("40 nurses left", "Nobody came", "We wait")] == ["Ana Silva"] * 3
    assert speaker(text, "The hospital closed") is None


def test_quotation_goes_on_behind_its_speaker() -> None:
    text = "“40 nurses left,” said Ana Silva. “Nobody came after them.”"

    assert speaker(text, "Nobody came after them") == "Ana Silva"


def test_quotation_goes_on_in_its_sentence() -> None:
    text = "“40 nurses left,” Ana Silva told the press, “and nobody came. We wait.” The hospital closed."

    assert [speaker(text, words) for words in ("40 nurses left", "and nobody came", "We wait")] == ["Ana Silva"] * 3
    assert speaker(text, "The hospital closed") is None


def test_quotation_follows_its_introduction() -> None:
    text = "Ana Silva stated:\n\n“40 nurses left. Nobody came.”"

    assert speaker(text, "Nobody came") == "Ana Silva"


def test_pronoun_means_who_spoke_last() -> None:
    text = "Ana Silva said that 40 had left. She added that nobody came."

    assert speaker(text, "nobody came") == "Ana Silva"


def test_pronoun_prefers_who_began_sentence() -> None:
    text = "Ben Ito said that it rained. Ana Silva said that 40 left. Ben Ito went home. He said that it was late."

    assert speaker(text, "it was late") == "Ben Ito"


def test_pronoun_means_who_begins_its_sentence() -> None:
    text = "Ana Silva said that 40 had left. Senator Eva Costa scolded the board: “Nobody came,” she said."

    assert speaker(text, "Nobody came") == "Senator Eva Costa"


@pytest.mark.parametrize(
    "between",
    [
        "It worries Ben Ito, head of the board of Lisbon.",  # who may be meant
        "“40 left,” she added. The board met.",  # the other pronoun was used
    ],
)
def test_pronoun_in_doubt_says_nothing(between: str) -> None:
    text = f"Ana Silva said that 40 had left. {between} “Nobody came,” he said."

    assert speaker(text, "Nobody came") is None


def test_organisation_is_no_he() -> None:
    text = "Ana Silva said that it was late. Officials said that 40 left. She said that nobody came."

    assert speaker(text, "nobody came") == "Ana Silva"


def test_pronoun_without_anybody_says_nothing() -> None:
    assert speaker("She said that 40 had left.", "40 had left") is None


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_open_quotation_goes_on_in_next_paragraph(gap: str) -> None:
    text = f"“It was late,” said Ana Silva. “40 nurses left.{gap}“Nobody came after them,” added Ben Ito."

    assert speaker(text, "40 nurses left") == "Ben Ito"


def test_quotation_around_its_speaker_is_one() -> None:
    text = "“40 nurses left,” Ana Silva said, “and nobody came.”"
    places = tuple(Span(text.index(one), text.index(one) + len(one)) for one in ("40 nurses left", "and nobody came"))
    found = Attributions(text, split_sentences(text, "en"))

    assert found.speaker_of(Anchor(AnchorStatus.EXACT, places, (1,))) == "Ana Silva"


def test_half_of_words_decide() -> None:
    text = "Ana Silva said that 40 had left."

    assert speaker(text, "said that 40 had left") == "Ana Silva"
    assert speaker(text, "Ana Silva said that 40") is None


@pytest.mark.parametrize(
    ("word", "named"),
    [
        ("Ana Silva", True),
        ("the ministry", True),
        ("We", False),
        (" ", False),
        ("N/A", False),
        ("not stated", False),
        ("No one", False),
        ("The author", False),
    ],
)
def test_pronoun_and_a_word_for_nobody_are_no_name(word: str, *, named: bool) -> None:
    assert is_named(word) is named


@pytest.mark.parametrize(
    ("claim", "told", "said"),
    [
        ("The bridge is safe.", "Ana Silva", "Ana Silva"),  # as the article reads
        ("The bridge is safe.", "Barack Obama", "Ana Silva"),  # stands nowhere
        ("The bridge is safe.", "Ben Okoro", "Ana Silva"),  # another one
        ("Rome lies on the sea.", "Ben Okoro", None),  # nobody's words
        ("Rome lies on the sea.", "N/A", None),
    ],
)
def test_models_word_on_the_speaker_is_held_against_the_article(claim: str, told: str, said: str | None) -> None:
    text = "Ana Silva said that the bridge is safe. It rained. It snowed. Rome lies on the sea. Ben Okoro left."
    found = Attributions(text, split_sentences(text, "en"))
    at = text.lower().index(claim.lower()[:-1])
    anchor = Anchor(AnchorStatus.EXACT, (Span(at, at + len(claim) - 1),), (1 if "safe" in claim else 4,))

    assert found.speaker_told(claim, anchor, told, is_english=True) == said


def test_who_is_spoken_of_is_no_speaker() -> None:
    text = "“It is late,” said Ana Silva. Ben Okoro left Rome."
    found = Attributions(text, split_sentences(text, "en"))
    anchor = Anchor(AnchorStatus.SENTENCE, (), (2,))

    assert found.speaker_told("Ben Okoro left Rome.", anchor, "Ben Okoro", is_english=True) is None


def test_long_line_is_read_quickly() -> None:
    text = "A, " * 20_000 + "said B. " + "“" * 2_000

    assert Attributions(text, split_sentences(text, "en")).speaker_of(Anchor(AnchorStatus.NONE)) is None


@pytest.mark.parametrize(
    "of_size",
    [
        lambda size: "Ana Silva said" + "\n" * size + "that 40 left.",
        lambda size: "Ana Silva" + " " * size + "said that 40 left.",
        lambda size: "Ana Silva" + "," * size + " said that 40 left.",
        lambda size: "A. " * (size // 3) + "said it.",
        lambda size: "“It was late,” said Ana Silva.\n" * (size // 30),
        lambda size: "“It was late\n" * (size // 10) + "”",
        lambda size: "".join(f"Ana S{number} said it was late.\n" for number in range(size // 15)),
    ],
    ids=["line feeds", "spaces", "commas", "capitals", "quotations", "opening marks", "speakers"],
)
def test_work_grows_as_the_text_does(of_size: Callable[[int], str]) -> None:
    # On a busy machine a time may be anything, a few times; squared work takes long every time.
    assert any(_is_linear(of_size) for _ in range(5))


def _is_linear(of_size: Callable[[int], str]) -> bool:
    size = 20_000
    small, large = (min(_seconds(of_size(each)) for _ in range(2)) for each in (size, 4 * size))
    # Squared work would take sixteen times as long; what takes no time at all is not measured.
    return large < 9 * max(small, 0.03)


def _seconds(text: str) -> float:
    lines = [text] if "\n\n" in text else text.splitlines(keepends=True)
    ends = list(accumulate(map(len, lines)))
    sentences = [
        Sentence(at, Span(end - len(line), end))
        for at, (line, end) in enumerate(zip(lines, ends, strict=True), start=1)
    ]
    began = time.process_time()
    Attributions(text, sentences)
    return time.process_time() - began


@pytest.mark.parametrize(
    ("text", "claim", "told", "said"),
    [
        ("Die Regierung hat Proteste verboten.", "Die Regierung hat Proteste verboten.", "Regierung", None),
        ("Die Gewerkschaft streikt in Ulm.", "In Ulm wird gestreikt.", "Gewerkschaft", None),
        (
            "In Ulm werde gestreikt, erklärte die Gewerkschaft.",
            "In Ulm wird gestreikt.",
            "Gewerkschaft",
            "Gewerkschaft",
        ),
        ("Según el sindicato, hay huelga.", "Hay huelga.", "sindicato", "sindicato"),
        ("La sindaca Neri visita Bari.", "Bari ospita una visita.", "Neri", None),
        ("港湾労組は賃上げを求めた。", "賃上げが求められた。", "港湾労組", "港湾労組"),
    ],
)
def test_speaker_in_other_language_is_one_who_is_reported_to_say_it(
    text: str, claim: str, told: str, said: str | None
) -> None:
    sentences = split_sentences(text, None)
    anchor = Anchorer(text, sentences).anchor(text, 1, ())

    assert Attributions(text, sentences).speaker_told(claim, anchor, told, is_english=False) == said
