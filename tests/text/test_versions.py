import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.domain.sentence import Sentence, Span
from factcheck.text.sentences import split_sentences
from factcheck.text.versions import (
    NEAR_EQUAL,
    Mapping,
    is_same_but_for_blanks,
    resemblances,
    sentences_in,
    sketch,
    unchanged,
)

WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=12)
OLD = "The café of Ana opened in 1912. It holds 40 guests. Rain fell on Monday."


def lines(words: list[str]) -> tuple[str, tuple[Sentence, ...]]:
    return " ".join(words), tuple(Sentence(at + 1, Span(2 * at, 2 * at + 1)) for at in range(len(words)))


def test_same_words_are_led_to_their_place() -> None:
    new = unicodedata.normalize("NFD", OLD).replace("Ana", "Ana\u00a0 ")
    span = Span(OLD.index("café"), OLD.index("opened") + 6)

    found = Mapping(OLD, new).of(span).cut(new)

    assert unicodedata.normalize("NFC", found).split() == ["café", "of", "Ana", "opened"]
    assert is_same_but_for_blanks(OLD, new)
    assert not is_same_but_for_blanks(OLD, OLD.replace("40 guests", "40guests"))


def test_sentences_stay_where_blanks_go() -> None:
    new = OLD.replace(". It", ".It")
    old = split_sentences(OLD)

    found = sentences_in(OLD, old, new)

    assert found is not None
    assert [one.span.cut(new) for one in found] == [one.span.cut(OLD) for one in old]
    assert sentences_in(OLD, old, OLD.replace("40", "41")) is None


@given(WORDS, WORDS)
def test_pairs_are_equal_and_rise(old: list[str], new: list[str]) -> None:
    (before, olds), (after, news) = lines(old), lines(new)

    pairs = sorted(unchanged(before, olds, after, news).items())

    assert all(new[now - 1] == old[was - 1] for now, was in pairs)
    assert [was for _, was in pairs] == sorted({was for _, was in pairs})


@given(WORDS, st.integers(0, 12))
def test_one_change_leaves_the_others(old: list[str], at: int) -> None:
    changed = [*old[:at], "x", *old[at + 1 :]]
    (before, olds), (after, news) = lines(old), lines(changed)

    assert len(unchanged(before, olds, after, news)) == sum(one != "x" for one in changed)


def test_repeats_take_no_square_of_time() -> None:
    began = process_time()
    (before, olds), (after, news) = lines(["a"] * 50_000), lines(["b", *["a"] * 50_000, "c"])

    assert len(unchanged(before, olds, after, news)) >= 0
    assert process_time() - began < 20


@pytest.mark.parametrize(
    ("other", "is_near"),
    [
        (OLD.replace("1912", "1913"), True),
        (OLD + " And snow.", True),
        ("Rain fell on Monday. A dam broke in Braga, and 40 guests of the hotel were saved by Ana.", False),
        ("", False),
    ],
)
def test_near_equal_texts_are_told(other: str, is_near: bool) -> None:  # noqa: FBT001 - as pytest gives it
    assert (next(resemblances(OLD, [other])) >= NEAR_EQUAL) is is_near
    shared = len(set(sketch(OLD)) & set(sketch(other)))
    assert (shared * 4 >= len(sketch(OLD))) is is_near


@given(st.text())
def test_any_text_has_a_sketch(text: str) -> None:
    assert 1 <= len(sketch(text)) <= 32
    assert list(resemblances(text, [text])) == [1]
