"""The quality benchmark's figures on examples small enough to be worked out by hand."""

from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from benchmarks.evaluation.chains import Extracted, sentences_as_claims
from benchmarks.evaluation.figures import figures
from benchmarks.evaluation.samples import SETS, Sample
from benchmarks.evaluation.similarity import interval, match, mean, token_f1, tokens
from benchmarks.evaluation.standing import (
    Pronoun,
    has_unflagged_number,
    is_dangling,
    is_invented,
    resolutions,
)

from factcheck.domain.article import Article
from factcheck.domain.claim import Anchor, AnchorStatus, Claim, Doubt, Flag
from factcheck.domain.extraction import Usage
from factcheck.domain.sentence import Sentence, Span
from factcheck.text.sentences import split_sentences

TEXT = "Ana Silva flew to Lisbon. She met 40 nurses there."
SENTENCES = split_sentences(TEXT)
SHE = Pronoun(Span(26, 29), Span(26, 50), ("Ana Silva", "Silva"))
GOLD = ("Ana Silva flew to Lisbon.", "Ana Silva met 40 nurses in Lisbon.")


def claim(text: str, quote: str = "", *spans: Span, sentence: int = 2, flags: tuple[Flag, ...] = ()) -> Claim:
    status = AnchorStatus.EXACT if spans else AnchorStatus.SENTENCE
    return Claim(
        text,
        quote,
        Anchor(status, spans, (sentence,)),
        check_worthiness=0.5,
        doubts=tuple(Doubt(one, "") for one in flags),
    )


def sample(text: str = TEXT, gold: tuple[str, ...] = GOLD, pronouns: tuple[Pronoun, ...] = ()) -> Sample:
    article = Article(text, datetime(2026, 3, 1, tzinfo=UTC))
    return Sample("one", article, split_sentences(text), gold=gold, pronouns=pronouns)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The nurses visited 1,200 hospitals", ["nurs", "visit", "1200", "hospital"]),
        ("It is 3.5 %", ["3.5"]),
        ("it was", ["it", "was"]),
        ("Brazil’s", ["brazil", "s"]),
    ],
)
def test_words_are_stemmed_without_stop_words(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("a b c", "a b c", 1.0), ("a b", "c d", 0.0), ("a b c d", "a b", 2 / 3), ("a a", "a", 2 / 3), ("a b", "a a", 0.5)],
)
def test_token_f1_counts_each_word(one: str, other: str, expected: float) -> None:
    assert token_f1(one.split(), other.split()) == pytest.approx(expected)


def test_one_claim_has_one_partner() -> None:
    both = match(["red cat", "red cat"], ["red cat", "blue cat"])

    assert both.coverage == pytest.approx((1 + 0.5) / 2)
    assert both.focus == pytest.approx(1)
    assert both.one_to_one == pytest.approx((1 + 0.5) / 2)


def test_matching_takes_the_best_sum() -> None:
    """The best pair is let go: it would leave the other claim with next to nothing."""
    found = match(["one two three four", "one two three"], ["one two three four", "two three four five"])

    assert found.paired == pytest.approx((6 / 7, 6 / 8))


def test_surplus_claims_cost_precision() -> None:
    found = match(["red cat", "green dog", "old house"], ["red cat"])

    assert (found.coverage, found.focus) == pytest.approx((1, 1 / 3))
    assert found.one_to_one == pytest.approx(2 * 1 / (3 + 1))


@pytest.mark.parametrize(("claims", "gold"), [([], ["red cat"]), (["red cat"], [])])
def test_nothing_to_match_scores_nothing(claims: list[str], gold: list[str]) -> None:
    found = match(claims, gold)

    assert (found.coverage, found.focus, found.one_to_one) == (0, 0, 0)


def test_interval_holds_the_mean_and_repeats() -> None:
    values = [number**0.5 % 1 for number in range(2, 40)]
    bounds = interval(values)

    assert bounds is not None
    assert min(values) < bounds[0] < (mean(values) or 0) < bounds[1] < max(values)
    assert interval(values) == bounds


def test_interval_of_surplus_claims_stays_in_bounds() -> None:
    bounds = match(["red cat", "green dog", "old house"], ["red cat", "blue bird", "wet fish"]).one_to_one_interval
    alone = match(["red cat", "green dog"], ["red cat"]).one_to_one_interval

    assert bounds == (0, 1)
    assert alone == (0, 1)


def test_interval_of_lone_row_weighs_pairs_double() -> None:
    claims = [f"thing{number}" for number in range(60)]
    half = match(claims, claims[:30])

    assert half.one_to_one == pytest.approx(2 / 3)
    assert half.one_to_one_interval is not None
    assert 0.52 < half.one_to_one_interval[0] < 2 / 3 < half.one_to_one_interval[1]


def test_weights_shift_the_interval() -> None:
    values = [1.0] * 20 + [0.0] * 20
    even, uneven = interval(values, [1.0] * 40), interval(values, [9.0] * 20 + [1.0] * 20)

    assert even is not None
    assert uneven is not None
    assert even[0] < 0.5 < even[1] < uneven[0] < 0.9 < uneven[1]


def test_equal_values_leave_no_interval() -> None:
    assert interval([0.5, 0.5, 0.5]) == (0.5, 0.5)
    assert interval([0.5]) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Silva met 40 nurses.", [True]),
        ("Silva met 40 nurses.", [True]),
        ("She met 40 nurses there.", [False]),
        ("They were glad to see her.", [False]),
        ("The minister met 40 nurses.", [False]),
        ("Lisbon has an airport.", []),
    ],
)
def test_claim_over_pronoun_names_whom_it_means(text: str, expected: list[bool]) -> None:
    assert list(resolutions(claim(text), TEXT, SENTENCES, [SHE])) == expected


def test_pronoun_of_another_sentence_counts_not() -> None:
    assert list(resolutions(claim("She met 40 nurses there.", sentence=1), TEXT, SENTENCES, [SHE])) == []


def test_claim_without_sentence_resolves_nothing() -> None:
    unplaced = Claim("She met 40 nurses.", "", Anchor(AnchorStatus.NONE), check_worthiness=0.5)

    assert list(resolutions(unplaced, TEXT, SENTENCES, [SHE])) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She met nurses.", True),
        ("then they left", True),
        ("Ana Silva said she left.", False),
        ("the minister said she left", False),
        ("Nurses left.", False),
    ],
)
def test_pronoun_without_a_name_before_dangles(text: str, *, expected: bool) -> None:
    assert is_dangling(text) is expected


def test_quote_at_other_words_is_invented() -> None:
    lisbon = Span(18, 24)

    assert is_invented(claim("x", "Madrid", lisbon, sentence=1), TEXT)
    assert not is_invented(claim("x", "“LISBON”", lisbon, sentence=1), TEXT)
    assert not is_invented(claim("x", "Madrid"), TEXT)


def test_number_from_nowhere_needs_its_flag() -> None:
    assert has_unflagged_number(claim("41 nurses"), TEXT)
    assert not has_unflagged_number(claim("41 nurses", flags=(Flag.UNSUPPORTED_NUMBER,)), TEXT)
    assert not has_unflagged_number(claim("40 nurses"), TEXT)


def test_figures_of_a_tiny_article() -> None:
    done = Extracted(
        (
            claim("Ana Silva flew to Lisbon.", "Ana Silva flew to Lisbon", Span(0, 24), sentence=1),
            claim("She met 41 nurses.", "40 nurses"),
        ),
        Usage(calls=2, prompt_tokens=100, cached_tokens=40, completion_tokens=30, seconds=9),
        failed=1,
    )

    found = figures([sample(pronouns=(SHE,))], [done], 1.5, has_all_claims=True, has_quotes=True)

    # Of the second gold claim `ana silva met 40 nurs lisbon`, claim one has 3 of its 4 words, claim two
    # (`she met 41 nurs`) 2 of its 4; so the best is 2 * 3 / (4 + 6), the second one's 2 * 2 / (4 + 6).
    assert tokens(GOLD[1]) == ["ana", "silva", "met", "40", "nurs", "lisbon"]
    assert asdict(found) == {
        "claims": 2,
        "claims_a_sentence": 1.0,
        "failed": 1,
        "coverage": pytest.approx((1 + 0.6) / 2),
        "coverage_interval": pytest.approx((0.6, 1.0)),
        "focus": pytest.approx((1 + 0.4) / 2),
        "one_to_one": pytest.approx((1 + 0.4) / 2),
        "one_to_one_interval": pytest.approx((0.4, 1.0)),
        "resolved": 0.0,
        "pairs": 1,
        "dangling": 0.5,
        "anchored": 0.5,
        "invented_anchored": 0,
        "unflagged_numbers": 1,
        "calls": 2,
        "prompt_tokens": 100,
        "cached_tokens": 40,
        "completion_tokens": 30,
        "dollars": pytest.approx((100 * 0.15 + 30 * 0.60) / 1_000_000),  # nothing is priced as cached
        "seconds": 1.5,
    }


def test_rows_weigh_alike_whatever_their_claims() -> None:
    rows = [sample("Red cat.", ("Red cat.",)), sample("Blue dog. Old house.", ("Wet fish.", "Green tree."))]
    found = figures(rows, sentences_as_claims(rows), None, has_all_claims=False, has_quotes=False)

    assert (found.coverage, found.one_to_one) == (0.5, 0.5)
    assert (found.focus, found.anchored) == (None, None)


def test_interval_of_lone_row_surrounds_its_f1() -> None:
    rows = [sample()]
    found = figures(rows, sentences_as_claims(rows), None, has_all_claims=True, has_quotes=False)

    assert found.one_to_one is not None
    assert found.one_to_one_interval is not None
    assert found.one_to_one_interval[0] <= found.one_to_one <= found.one_to_one_interval[1]


PRONOUNS = {"he", "him", "his", "she", "her", "hers", "it", "its", "they", "them", "their", "theirs"}
SHIPPED = [(one.name, found) for one in SETS for found in one.samples()]


@pytest.mark.parametrize(("name", "found"), SHIPPED, ids=[f"{name}-{found.id}" for name, found in SHIPPED])
def test_shipped_sample_stands_on_its_text(name: str, found: Sample) -> None:
    text = found.article.text

    assert bool(found.gold) != bool(found.pronouns)
    assert [one.position for one in found.sentences] == list(range(1, len(found.sentences) + 1))
    assert all(
        first.span.end <= second.span.start for first, second in zip(found.sentences, found.sentences[1:], strict=False)
    )
    assert all(pronoun.span.cut(text).lower() in PRONOUNS for pronoun in found.pronouns)
    if name in {"factscore", "feverfact"}:
        assert len(found.wanted) == len(found.windows(9)) == 1


def test_last_sentence_of_biography_is_asked() -> None:
    [biographies] = [one for one in SETS if one.name == "factscore"]
    [first] = biographies.samples(1)
    [window] = first.windows(1)

    assert first.article.text.endswith(window.sentences[0].span.cut(first.article.text))
    assert window.before == first.sentences[:-1] != ()
    assert first.article.title == "Darrius Heyward-Bey"


def test_sentence_of_page_is_asked_in_place() -> None:
    [pages] = [one for one in SETS if one.name == "feverfact"]
    [first] = pages.samples(1)
    [asked] = first.wanted

    assert asked.span.cut(first.article.text).startswith("In general terms, Asia is bounded")
    assert isinstance(asked, Sentence)
    assert first.windows(1)[0].before == first.sentences[: asked.position - 1]
    assert len(first.sentences) > asked.position


def test_articles_are_asked_in_windows() -> None:
    [news] = [one for one in SETS if one.name == "gum_news"]

    assert [len(one.windows(9)) < len(one.windows(3)) < len(one.windows(1)) for one in news.samples()] == [True] * 2
    assert all(one.article.published and one.article.title for one in news.samples())


def test_gold_of_biographies_is_told_by_name() -> None:
    [plain] = [one for one in SETS if one.name == "factscore"]
    [named] = [one for one in SETS if one.name == "factscore_named"]

    pairs = list(zip(plain.samples()[1].gold, named.samples()[1].gold, strict=True))

    assert pairs == [
        ("He led the Broncos to Super Bowl XII.", "Craig Morton led the Broncos to Super Bowl XII."),
        ("He lost to his former team.", "Craig Morton lost to Craig Morton's former team."),
        ("His former team was the Dallas Cowboys.", "Craig Morton's former team was the Dallas Cowboys."),
    ]
