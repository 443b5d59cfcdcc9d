"""Who is reported to say what, read from the article's own words."""

import pytest

from factcheck.domain.claim import Anchor, AnchorStatus
from factcheck.domain.sentence import Span
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


def test_pronoun_without_anybody_says_nothing() -> None:
    assert speaker("She said that 40 had left.", "40 had left") is None


def test_half_of_words_decide() -> None:
    text = "Ana Silva said that 40 had left."

    assert speaker(text, "said that 40 had left") == "Ana Silva"
    assert speaker(text, "Ana Silva said that 40") is None


@pytest.mark.parametrize(("word", "named"), [("Ana Silva", True), ("the ministry", True), ("We", False), (" ", False)])
def test_pronoun_is_no_name(word: str, *, named: bool) -> None:
    assert is_named(word) is named


def test_long_line_is_read_quickly() -> None:
    text = "A, " * 20_000 + "said B. " + "“" * 2_000

    assert Attributions(text, split_sentences(text, "en")).speaker_of(Anchor(AnchorStatus.NONE)) is None
