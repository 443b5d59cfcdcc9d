"""The figures of one configuration."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.domain.extraction import Usage
from factcheck.extraction.prices import read_prices

from .chains import Extracted
from .samples import Sample
from .similarity import Interval, Match, interval, match, mean
from .standing import has_unflagged_number, is_anchored, is_dangling, is_invented, resolutions

PRICED_AS = "openai:gpt-4o-mini"
"""The model at whose list price tokens are counted; the small one that was measured costs nothing."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Quality beside cost. None stands for what the set or the chain does not tell.

    `failed` counts sentences without a usable answer, `pairs` the pronouns behind `resolved`. `invented_anchored`
    and `unflagged_numbers` must be 0 for the program's own chain. `dollars` are what the tokens would cost at
    `PRICED_AS`, none of them cached. `seconds` are those of the calls, added up.
    """

    claims: int
    claims_a_sentence: float
    failed: int
    coverage: float | None
    coverage_interval: Interval | None
    focus: float | None
    one_to_one: float | None
    one_to_one_interval: Interval | None
    resolved: float | None
    pairs: int
    dangling: float | None
    anchored: float | None
    invented_anchored: int
    unflagged_numbers: int
    calls: int
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    dollars: float
    seconds: float | None


def figures(
    samples: Sequence[Sample],
    extracted: Sequence[Extracted],
    seconds: float | None,
    *,
    has_all_claims: bool,
    has_quotes: bool,
) -> Figures:
    """Measure what a chain made of the samples of one set.

    The intervals are over rows; where the set is one article, over its claims.
    """
    pairs = list(zip(samples, extracted, strict=True))
    claims = [(sample, claim) for sample, done in pairs for claim in done.claims]
    matches = [match([claim.text for claim in done.claims], sample.gold) for sample, done in pairs if sample.gold]
    named = [
        is_named
        for sample, claim in claims
        for is_named in resolutions(claim, sample.article.text, sample.sentences, sample.pronouns)
    ]
    usage = sum((done.usage for done in extracted), Usage())
    return Figures(
        claims=len(claims),
        claims_a_sentence=len(claims) / sum(len(sample.wanted) for sample in samples),
        failed=sum(done.failed for done in extracted),
        coverage=mean([one.coverage for one in matches]),
        coverage_interval=_coverage_interval(matches),
        focus=mean([one.focus for one in matches]) if has_all_claims else None,
        one_to_one=mean([one.one_to_one for one in matches]),
        one_to_one_interval=_one_to_one_interval(matches),
        resolved=mean(named),
        pairs=len(named),
        dangling=mean([is_dangling(claim.text) for _, claim in claims]),
        anchored=mean([is_anchored(claim) for _, claim in claims]) if has_quotes else None,
        invented_anchored=sum(is_invented(claim, sample.article.text) for sample, claim in claims),
        unflagged_numbers=sum(has_unflagged_number(claim, sample.article.text) for sample, claim in claims),
        calls=usage.calls,
        prompt_tokens=usage.prompt_tokens,
        cached_tokens=usage.cached_tokens,
        completion_tokens=usage.completion_tokens,
        dollars=_priced(usage),
        seconds=seconds,
    )


def _priced(usage: Usage) -> float:
    price = read_prices(None).of_model(PRICED_AS)
    assert price is not None
    return price.of(replace(usage, cached_tokens=0)) or 0.0


def _coverage_interval(matches: Sequence[Match]) -> Interval | None:
    return interval(matches[0].best_for_gold if len(matches) == 1 else [one.coverage for one in matches])


def _one_to_one_interval(matches: Sequence[Match]) -> Interval | None:
    if len(matches) == 1:
        return matches[0].one_to_one_interval
    return interval([one.one_to_one for one in matches])
