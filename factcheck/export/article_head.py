"""What stands above an article's claims: how they came out, who has checked them, and what has changed since."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from factcheck.domain.report import Masthead, ReportedArticle
from factcheck.domain.reported_claim import Contribution, ReportedClaim
from factcheck.export.tones import TONES, Tone, tone_of, word_of

_BAR_WIDTH, _ROW_HEIGHT = 220, 26
_CHARTED_FROM = 5  # claims
_CHANGES = frozenset({Contribution.CORRECTED, Contribution.TYPO_CORRECTED, Contribution.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the chart: how often a word was the verdict, and the bar's place in the picture.

    `claim` is one that came out so, by which the word is said in the page's language.
    """

    word: str
    claim: ReportedClaim
    tone: Tone
    count: int
    width: int
    top: int


@dataclass(slots=True)
class Tally:
    """How claims came out: by the verdict's word and its tone."""

    _counts: Counter[tuple[str, Tone]] = field(default_factory=Counter)
    _first: dict[tuple[str, Tone], ReportedClaim] = field(default_factory=dict)

    def add(self, claims: Iterable[ReportedClaim], tone: Callable[[ReportedClaim], Tone]) -> None:
        """Count claims in."""
        for one in claims:
            outcome = word_of(one), tone(one)
            self._counts[outcome] += 1
            self._first.setdefault(outcome, one)

    @property
    def bars(self) -> list[Bar]:
        """The rows of the chart, tone by tone, most frequent first."""
        most = max(self._counts.values(), default=1)
        rows = sorted(self._counts.items(), key=lambda row: (TONES.index(row[0][1]), -row[1], row[0][0]))
        return [
            Bar(word, self._first[word, tone], tone, count, max(2, round(_BAR_WIDTH * count / most)), at * _ROW_HEIGHT)
            for at, ((word, tone), count) in enumerate(rows)
        ]

    @property
    def is_charted(self) -> bool:
        """Whether a chart tells more than its numbers do."""
        return len(self._counts) > 1 and self._counts.total() >= _CHARTED_FROM

    @property
    def height(self) -> int:
        """Of the chart, in pixels."""
        return len(self._counts) * _ROW_HEIGHT + 4


class ArticleHead:
    """Who has checked an article's claims and when, in the order in which they did."""

    def __init__(self, reported: ReportedArticle, masthead: Masthead) -> None:
        self.tally = Tally()
        self.tally.add(reported.claims, lambda claim: tone_of(claim, masthead))
        done = [one for claim in reported.claims if not claim.is_draft for one in claim.credits]
        done.sort(key=lambda one: one.at)
        self.readers = list(dict.fromkeys(one.name for one in done if one.part.is_reading))
        self.editors = list(dict.fromkeys(one.name for one in done if not one.part.is_reading))
        self.published = _last(one.at for one in done if one.part is Contribution.PUBLISHED)
        self.changed = _last(one.at for one in done if one.part in _CHANGES)
        self.changes = [one for one in reported.claims if one.corrections or one.withdrawal]


def _last(moments: Iterable[datetime]) -> datetime | None:
    return max(moments, default=None)
