"""Ask again what a run asked, and compare the answers; nothing is written down."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from factcheck.domain.claim import wording_of
from factcheck.domain.comparison import Comparison, GivenClaim, RunAnswers
from factcheck.domain.extraction import AskedArticle, FiledRun, Question, WindowOutcome
from factcheck.domain.sentence import PENDING
from factcheck.workflow.plan_extraction import ExtractionSession
from factcheck.workflow.ports import Ledger
from factcheck.workflow.windows import plan_windows

_NO_NUMBER = 0


@dataclass(frozen=True, slots=True)
class ReplayedRun:
    """What a run said and what comes out now, and the recording that was played."""

    comparison: Comparison
    recording: Path | None


def replay_run(
    ledger: Ledger, opening: Callable[[FiledRun], AbstractContextManager[ExtractionSession]], run_id: int
) -> ReplayedRun:
    """The run as it is stored beside what comes out now. Raises NotFoundError, ModelError or RecordingError.

    `opening` gives the session that plays the run's recording. The same sentences are asked about in
    the same windows; a claim that the run did not give has number 0.
    """
    answers = ledger.answers(run_id)
    filed = ledger.article_of(answers.run)  # a title or a day that was set since was not asked with
    # The sentences as they stood before the run.
    sentences = tuple(
        replace(one, entry=PENDING, run_id=None) if one.position in answers.entries else one
        for one in ledger.sentences(filed.id)
    )
    # A run may have been a retry, or broken off: what it did not ask about is not asked about now.
    others = {one.position for one in sentences} - answers.entries.keys()
    asked = AskedArticle(run_id, filed, sentences)
    with opening(answers.run) as session:
        questions = (Question(asked, one) for one in plan_windows(sentences, session.plan.window, but=others))
        outcomes = [outcome for _, outcome in session.extractor().outcomes(questions)]
        return ReplayedRun(Comparison(answers, _numbered(answers, outcomes)), session.plan.options.replay)


def _numbered(answers: RunAnswers, outcomes: Sequence[WindowOutcome]) -> RunAnswers:
    """What came out, under the numbers of the claims that say the same."""
    numbers = {wording_of(one.text): one.id for one in answers.claims}
    merged: dict[str, GivenClaim] = {}
    for claim in (one for outcome in outcomes for one in outcome.claims):
        number = numbers.get(claim.wording, _NO_NUMBER)
        merged.setdefault(claim.wording, GivenClaim(number, claim.text, claim.anchor.sentence_ids))
    entries = {position: entry for outcome in outcomes for position, entry in outcome.entries.items()}
    return RunAnswers(answers.run, entries, tuple(merged.values()))
