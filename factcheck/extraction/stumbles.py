"""Which sentences a model stumbled over in an answer that could be read, and in which calls they are asked again."""

from dataclasses import replace

from factcheck.domain.extraction import AskedArticle, Window, WindowOutcome
from factcheck.domain.sentence import NO_SERVER, SentenceState
from factcheck.extraction.answers import AnswerReader
from factcheck.workflow.windows import Asked, plan_windows

_AT_ONCE = 4
"""Sentences a call: what fails among nine often succeeds among few."""


def asked_again(asked: AskedArticle, outcome: WindowOutcome, reader: AnswerReader) -> tuple[Window, ...]:
    """Windows of the sentences that failed and may hold a checkable claim.

    A sentence that had failed before is asked about no third time, nor is one whose server was out.
    """
    first = {one.position for one in outcome.window.sentences if one.entry.state is not SentenceState.FAILED}
    failed = {
        position: entry
        for position, entry in outcome.entries.items()
        if position in first and entry.state is SentenceState.FAILED and entry.kind != NO_SERVER
    }
    wanted = {position for position in failed if reader.is_checkable(position)}
    if not wanted:
        return ()
    marked = [replace(one, entry=failed.get(one.position, one.entry)) for one in asked.sentences]
    others = frozenset(one.position for one in marked) - wanted
    return plan_windows(marked, _AT_ONCE, Asked.UNANSWERED, others)
