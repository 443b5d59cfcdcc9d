"""Claims that say something else than their sentence, and such as say the same in other words, kind by kind.

The pairs stand in `meaning_pairs.txt`: `changed` must be told, `faithful` left in peace. `unseen` are changed and are
not told, `doubted` are faithful and are: what code cannot tell without a model. Whoever mends one moves its line.
"""

from pathlib import Path

import pytest

from factcheck.domain.claim import AnchorStatus
from factcheck.text.anchoring import Anchorer
from factcheck.text.meaning import differences, is_turned_by
from factcheck.text.sentences import split_sentences
from factcheck.text.turns import Difference, Turn
from factcheck.text.verbs import root

PAIRS = Path(__file__).with_name("meaning_pairs.txt")


def pairs(kind: str) -> list[tuple[str, str, str]]:
    """The sentences of that kind, each with its claim and the language of both."""
    found, told, language = [], "", ""
    for line in PAIRS.read_text("utf-8").splitlines():
        if line.startswith("["):
            told, language = line.strip("[]").split()
        elif line and told == kind:
            sentence, _, claim = line.partition(" | ")
            found.append((sentence, claim, language))
    return found


@pytest.mark.parametrize("text", ["", "'", "’’"])
@pytest.mark.parametrize("language", ["de", "es", "fr", "it", "pt", "nl", "en"])
def test_text_without_words_is_no_other_claim(text: str, language: str) -> None:
    assert list(differences(text, "Rita Gomes paid.", language)) == []
    assert list(differences("Rita Gomes paid.", text, language)) == []


def first(claim: str, sentence: str) -> Difference:
    return next(differences(claim, sentence))


@pytest.mark.parametrize(("sentence", "claim", "language"), pairs("changed"))
def test_claim_of_another_meaning_is_doubted(sentence: str, claim: str, language: str) -> None:
    assert any(differences(claim, sentence, language))


@pytest.mark.parametrize(("sentence", "claim", "language"), pairs("faithful"))
def test_other_words_for_the_same_are_not_doubted(sentence: str, claim: str, language: str) -> None:
    assert list(differences(claim, sentence, language)) == []


@pytest.mark.parametrize(("sentence", "claim", "language"), pairs("unseen"))
@pytest.mark.xfail(strict=True, reason="no rule tells it")
def test_claim_of_another_meaning_goes_unseen(sentence: str, claim: str, language: str) -> None:
    assert any(differences(claim, sentence, language))


@pytest.mark.parametrize(("sentence", "claim", "language"), pairs("doubted"))
@pytest.mark.xfail(strict=True, reason="no rule tells it")
def test_other_words_for_the_same_are_doubted(sentence: str, claim: str, language: str) -> None:
    assert list(differences(claim, sentence, language)) == []


@pytest.mark.parametrize(
    ("sentence", "claim", "turn", "told"),
    [
        (
            "The airline plans to buy 40 aircraft.",
            "The airline bought 40 aircraft.",
            Turn.FRAMES,
            "the sentence says “plans to buy”, the claim does not",
        ),
        (
            "Apple sued Samsung over the patents.",
            "Samsung sued Apple over the patents.",
            Turn.ROLES,
            "the sentence says “apple sued samsung over the”, the claim says “samsung sued apple over the”",
        ),
        (
            "The mine closes unless the state pays.",
            "The mine closes.",
            Turn.DEPENDS,
            "the sentence says “unless the state pays”, the claim does not",
        ),
        (
            "The house cost 300,000 euros.",
            "The house cost 300,000 dollars.",
            Turn.BINDS,
            "the sentence says “300,000 … euro”, the claim says “300,000 … dollar”",
        ),
        (
            "He was born in Genoa and died in Naples.",
            "He was born in Naples.",
            Turn.BINDS,
            "the sentence says “born in genoa”, the claim says “born in naples”",
        ),
        (
            "She was mayor until 2018.",
            "She is mayor.",
            Turn.DATES,
            "the sentence says “was … until”, the claim says “is”",
        ),
    ],
)
def test_reason_holds_the_words_of_both(sentence: str, claim: str, turn: Turn, told: str) -> None:
    found = first(claim, sentence)

    assert (found.turn, str(found)) == (turn, told)


@pytest.mark.parametrize(
    ("sentence", "claim", "language", "told"),
    [
        ("Das Gericht verurteilte ihn nicht.", "Das Gericht verurteilte ihn.", "de", "nicht verurteilte"),
        ("Die Bahn plant, 40 Züge zu kaufen.", "Die Bahn hat 40 Züge gekauft.", "de", "plant zu kaufen"),
        ("El grupo cerrará dos fábricas.", "El grupo cerró dos fábricas.", "es", "cerrará"),
        ("Le suspect aurait volé trois autos.", "Le suspect a volé trois autos.", "fr", "aurait volé"),
    ],
)
def test_reason_is_in_the_words_of_its_language(sentence: str, claim: str, language: str, told: str) -> None:
    assert str(next(differences(claim, sentence, language))) == f"the sentence says “{told}”, the claim does not"


@pytest.mark.parametrize(
    ("form", "other"),
    [
        ("bought", "buys"),
        ("robbed", "rob"),
        ("tried", "try"),
        ("laid", "lay"),
        ("studies", "studying"),
        ("won", "win"),
        ("succeeded", "succeed"),
        ("bled", "bleeds"),
    ],
)
def test_forms_of_a_verb_share_their_root(form: str, other: str) -> None:
    assert root(form) == root(other)


@pytest.mark.parametrize("left_out", ["agreed to ", "was ordered to ", "plans to ", "offered him to "])
def test_quote_leaves_out_no_plan(left_out: str) -> None:
    assert is_turned_by(left_out)


def test_quote_leaves_out_no_other_subject() -> None:
    assert is_turned_by(" Porto and Ajax lost to ")
    assert is_turned_by(" the hall and bought ")
    assert not is_turned_by(", which was passed in May and signed in June, ")
    assert not is_turned_by(" was tired and went home, but ")


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The firm agreed to pay a fine of 3 million dollars.", "The firm … pay a fine of 3 million dollars."),
        ("The union threatened to strike over pay and hours.", "The union … strike over pay and hours."),
        ("In the final Lyon beat Porto and Ajax lost to Bern on Sunday.", "In the final Lyon beat … Bern on Sunday."),
        ("All provinces except Alberta signed the new deal.", "All provinces … signed the new deal."),
        ("The drug would, if approved, cut deaths by a quarter.", "The drug would … cut deaths by a quarter."),
    ],
)
def test_elided_quote_that_is_turned_round_has_no_place(sentence: str, quote: str) -> None:
    anchorer = Anchorer(sentence, split_sentences(sentence))

    assert not anchorer.anchor(quote, 1, [1]).segments
    assert anchorer.standing(quote) is AnchorStatus.NONE


@pytest.mark.parametrize(
    "unit", ["A sued B, who ", "X plans to ", "if ", "whether ", "won by 3 euros a ", "than after "]
)
def test_long_claims_take_no_time(unit: str) -> None:
    text = (unit * 2_000)[:2_000]

    assert len(list(differences(text, text[::-1]))) < len(text)
