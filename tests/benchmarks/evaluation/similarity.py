"""How alike two sets of claims are, by their words alone: no model judges.

Word overlap is a coarse judge. It shows big differences and regressions; it cannot rank two strong chains.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a an the of in on at to for from by with and or is are was were be been being has have had do does did that
        this these those it its as
        """,
    ),
)
_SUFFIXES = ("ations", "ation", "ings", "ing", "edly", "ies", "ied", "ed", "es", "s", "'s")
_STEM_LENGTH = 3
_RESAMPLES = 2_000
_SEED = 20260301


Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Match:
    """How the predicted claims of one row match its gold claims.

    `best_for_gold` and `best_for_claim` hold each one's best token F1; `paired` holds for each gold claim
    the token F1 of the claim that the one-to-one matching gives it, 0 where it gets none.
    """

    best_for_gold: tuple[float, ...]
    best_for_claim: tuple[float, ...]
    paired: tuple[float, ...]

    @property
    def coverage(self) -> float:
        """The mean over gold claims of the best prediction's token F1."""
        return mean(self.best_for_gold) or 0.0

    @property
    def focus(self) -> float:
        """The mean over predictions of the best gold claim's token F1."""
        return mean(self.best_for_claim) or 0.0

    @property
    def one_to_one(self) -> float:
        """The F1 of the matching that gives each claim at most one partner."""
        total = len(self.paired) + len(self.best_for_claim)
        return 2 * sum(self.paired) / total if total else 0.0

    @property
    def one_to_one_interval(self) -> Interval | None:
        """The interval of the F1 over this row's pairs and lone claims; a pair weighs as the two claims that it is."""
        pairs, both = sorted(self.paired, reverse=True), (len(self.paired), len(self.best_for_claim))
        lone = max(both) - min(both)
        return interval([*pairs[: min(both)], *[0.0] * lone], [2.0] * min(both) + [1.0] * lone)


def match(claims: Sequence[str], gold: Sequence[str]) -> Match:
    """Compare the claims of a row with its gold claims."""
    if not claims:
        return Match((0.0,) * len(gold), (), (0.0,) * len(gold))
    if not gold:
        return Match((), (0.0,) * len(claims), ())
    claim_tokens, gold_tokens = [tokens(one) for one in claims], [tokens(one) for one in gold]
    alike = np.array([[token_f1(one, other) for other in gold_tokens] for one in claim_tokens])
    paired = [0.0] * len(gold)
    for claim, partner in zip(*linear_sum_assignment(alike, maximize=True), strict=True):
        paired[partner] = float(alike[claim, partner])
    return Match(tuple(alike.max(axis=0).tolist()), tuple(alike.max(axis=1).tolist()), tuple(paired))


def interval(values: Sequence[float], weights: Sequence[float] | None = None) -> Interval | None:
    """The 95 % percentile bootstrap interval of the mean; None where one value says nothing of its spread."""
    if len(values) < 2:
        return None
    weight = np.ones(len(values)) if weights is None else np.asarray(weights)
    drawn = np.random.default_rng(_SEED).integers(len(values), size=(_RESAMPLES, len(values)))
    means = (np.asarray(values) * weight)[drawn].sum(axis=1) / weight[drawn].sum(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return float(low), float(high)


def mean(values: Sequence[float]) -> float | None:
    """The mean; None of no values."""
    return sum(values) / len(values) if values else None


def token_f1(one: Sequence[str], other: Sequence[str]) -> float:
    """The F1 of the words that two texts share, each as often as both hold it."""
    shared = (Counter(one) & Counter(other)).total()
    return 2 * shared / (len(one) + len(other)) if shared else 0.0


def tokens(text: str) -> list[str]:
    """The stems of a text's words without stop words, unless it holds nothing else; numbers without their commas."""
    found = re.findall(r"\d+(?:[.,]\d+)*|\w+", text.lower().replace("’", "'"))
    stems = [word.replace(",", "") if word[0].isdigit() else _stem(word) for word in found]
    return [word for word in stems if word not in _STOP_WORDS] or stems


def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _STEM_LENGTH:
            return word[: -len(suffix)]
    return word
