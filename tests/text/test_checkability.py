import json
from pathlib import Path
from time import process_time

import pytest

from factcheck.text.checkability import is_checkable, likelihood, why_not
from factcheck.text.signs import signs

MEASURED = Path(__file__).parents[1] / "benchmarks" / "data" / "checkable" / "measure.jsonl"


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor sold the northern half of the square in 2017 for 12 million euros.",
        "Rosa Almeida, who heads the writers' union, has called for a levy on every book.",
        "Copper is used in most electric motors.",
        "Snow fell all day.",
        "“We had to close two wards,” said Omar Singh, the head of the hospital.",
        "Critics asked in an open letter signed by 40 writers: “Who pays for this?”",
    ],
)
def test_sentence_with_a_fact_is_checkable(sentence: str) -> None:
    assert is_checkable(sentence)


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("I think that we should all be proud of this beautiful town.", "a judgement"),
        ("We must never let this happen again.", "what should be"),
        ("What would it take for them to act?", "a question"),
        ("The success of the plan will depend on mutual trust.", "what will be"),
        ("Let us be honest with ourselves.", "an invitation"),
        ("Read more: What the ruling means for you", "the page's own words"),
        ("By Maria Holt, Staff Writer", "the page's own words"),
        ("Trending now", "a label"),
        ("Thank you all for being here this evening.", "a courtesy"),
    ],
)
def test_opinion_outlook_and_furniture_are_told(sentence: str, why: str) -> None:
    assert not is_checkable(sentence)
    assert why in why_not(sentence)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Wir müssen endlich handeln, und ich glaube, dass das richtig ist.", None),
        ("Wir müssen handeln!", "de"),
        ("¿Quién paga todo esto?", "es"),
        ("私たちは未来を信じるべきです。", None),
        ("Мы должны верить в будущее.", None),
    ],
)
def test_other_language_is_never_called_uncheckable(sentence: str, language: str | None) -> None:
    assert is_checkable(sentence, language)


def test_most_of_an_unseen_opinion_piece_is_held_back() -> None:
    rows = [json.loads(line) for line in MEASURED.read_text("utf-8").splitlines()]
    without_claim = [one["text"] for one in rows if not one["label"]]

    assert all(is_checkable(one["text"]) for one in rows if one["label"])
    assert sum(map(is_checkable, without_claim)) <= 0.2 * len(without_claim)


@pytest.mark.parametrize(
    ("drawn", "plain"), [("I've", "I have"), ("I'm", "I am"), ("we’ve", "we have"), ("she's", "she is")]
)
def test_verb_drawn_to_a_pronoun_leaves_the_voice_as_it_is(drawn: str, plain: str) -> None:
    voices = {"i", "we", "they"}
    shown, told = (signs(f"{one} proud of the school.").keys() & voices for one in (drawn, plain))

    assert shown == told
    assert shown


def test_more_facts_make_checkable_more_likely() -> None:
    assert likelihood("It grew.") < likelihood("Exports grew.") < likelihood("Exports of Peru grew by 12% in 2019.")


@pytest.mark.parametrize(
    "piece", ["a", "A ", "is ", "“", "www", "1 ", "has been ", "share ", "A. ", "'", "ed ", "\n", "by: ", "the most "]
)
def test_long_sentence_costs_no_more_than_its_length(piece: str) -> None:
    started = process_time()

    is_checkable(piece * 200_000)

    assert process_time() - started < 2


@pytest.mark.parametrize("sentence", ["", " ", "…", "42", "\x00", "😀", "I"])
def test_odd_sentence_has_a_likelihood(sentence: str) -> None:
    assert 0 <= likelihood(sentence) <= 1
