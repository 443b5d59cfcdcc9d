"""Store the answers that stopped runs had paid for and could not store."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from factcheck.domain.article import FiledArticle
from factcheck.domain.cost import Prices
from factcheck.domain.extraction import FiledRun, Window, WindowOutcome
from factcheck.domain.sentence import Sentence
from factcheck.workflow.ports import Clock, Ledger, Progress, Spill


class KeptAnswer(Protocol):
    """An answer that was kept as a line."""

    @property
    def window(self) -> Window:
        """What was asked about."""

    def read(self) -> WindowOutcome:
        """What it says."""


ReadKept = Callable[[str, FiledArticle, Sequence[Sentence]], KeptAnswer | None]
"""Reads a line; None for one that is broken, or about another article."""


@dataclass
class KeptAnswers:
    """The answers kept beside a database, on their way into it."""

    spill: Spill
    ledger: Ledger
    clock: Clock
    progress: Progress
    read: ReadKept
    prices: Prices = field(default_factory=Prices)

    def take_in(self, article_id: int | None = None) -> None:
        """Store what is kept of the runs that nobody keeps alive, of one article or all. Raises DatabaseError."""
        kept = self.spill.runs()
        if kept:
            now = self.clock()
            for run in self.ledger.runs(article_id, kept):
                if not run.lives(now):
                    self._store(run)

    def settle(self, run_ids: Iterable[int]) -> None:
        """Store what is kept of runs that end, and keep it no longer. Raises DatabaseError."""
        kept = set(self.spill.runs()).intersection(run_ids)
        if kept:
            for run in self.ledger.runs(among=kept):
                self._store(run)

    def _store(self, run: FiledRun) -> None:
        filed = self.ledger.article(run.article_id)
        # As another process may do the same: what is stored, is stored once.
        stored, known = set(self.ledger.answers(run.id).entries), self.prices.of_model(run.setup.model)
        sentences, count, is_mixed = self.ledger.sentences(filed.id), 0, False
        # What a later run has answered stands: on another machine, which could not see what is kept here.
        stored |= {one.position for one in sentences if _is_answered_since(one, run.id)}
        kept: dict[tuple[int, ...], KeptAnswer] = {}
        for line in self.spill.answers(run.id):
            answer = self.read(line, filed, sentences)
            is_mixed |= answer is None and line.endswith("}")  # else a kill has cut it off
            if answer is not None:
                # A later line of the same window holds what was asked about its claims, too.
                kept[answer.window.positions] = answer
        for answer in kept.values():
            if stored.isdisjoint(answer.window.positions):
                outcome = answer.read()
                price = known.of_outcome(outcome) if known else None
                self.ledger.record_outcome(run.id, filed, outcome, self.clock(), price)
                stored.update(outcome.entries)
                count += 1
        if is_mixed:
            self.spill.put_away(run.id)
        else:
            self.spill.drop(run.id)
        if count:
            self.progress.taken_in(filed, count)


def _is_answered_since(sentence: Sentence, run_id: int) -> bool:
    return sentence.entry.state.is_answered and sentence.run_id is not None and sentence.run_id > run_id
