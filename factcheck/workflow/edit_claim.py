"""What the editor does with a verdict: sign it off or reject it, publish it, correct it, withdraw it."""

from factcheck.domain import acts
from factcheck.domain.desk import require_words
from factcheck.domain.review import QueuedClaim, Remarks, Verdict
from factcheck.domain.states import Act, ReadingRole
from factcheck.workflow.review_claim import Desk, change_claim, changing, keep_scale


def sign_off(
    desk: Desk,
    claim_id: int,
    editor: str,
    comment: str | None = None,
    despite: str | None = None,
    *,
    expect: str | None = None,
) -> QueuedClaim:
    """Sign a verdict off. Raises NotFoundError, or ConflictError if it is not settled or the editor has read it.

    Nor while a quote is not in its source, unless `despite` says why not to mind: it joins the comment.
    """
    if despite is not None:
        reason = require_words("a reason to sign off despite a missing quote", despite)
        comment = f"{comment or ''} Despite a missing quote: {reason}".lstrip()
    with changing(desk, claim_id, editor, expect) as (change, claim, by):
        if despite is None:
            claim.require_quotes_found()
        change.store(acts.edited(claim, by, Act.SIGNED_OFF, comment))
        return change.claim(claim_id, by.at).seen_by(by.name)


def reject(desk: Desk, claim_id: int, editor: str, comment: str, *, expect: str | None = None) -> QueuedClaim:
    """Send the claim back to be read anew, with a comment. Raises InputError, NotFoundError, ConflictError."""
    return _edit(desk, claim_id, Act.REJECTED, editor, require_words("a rejection", comment), expect)


def publish(desk: Desk, claim_id: int, editor: str, *, expect: str | None = None) -> QueuedClaim:
    """Publish what was signed off; from now on only a correction changes it. Raises NotFoundError, ConflictError."""
    return _edit(desk, claim_id, Act.PUBLISHED, editor, None, expect)


def withdraw(desk: Desk, claim_id: int, editor: str, reason: str, *, expect: str | None = None) -> QueuedClaim:
    """Take a published verdict back, with the reason. Raises InputError, NotFoundError, ConflictError."""
    return _edit(desk, claim_id, Act.WITHDRAWN, editor, require_words("a withdrawal", reason), expect)


def correct(  # noqa: PLR0913 - what a person may say with a verdict
    desk: Desk,
    claim_id: int,
    label_id: str,
    editor: str,
    reason: str,
    rationale: str | None = None,
    remarks: Remarks | None = None,
    *,
    expect: str | None = None,
) -> QueuedClaim:
    """Replace a published verdict by another; the old one is kept beside it, with date and reason.

    Raises UnknownLabelError, InputError, NotFoundError, ConflictError.
    """
    reason, label = require_words("a correction", reason), desk.scale.label(label_id)
    with changing(desk, claim_id, editor, expect) as (change, claim, by):
        keep_scale(change, desk.scale)
        plain = Verdict(label.id, desk.scale.id, desk.scale.version, by.name, by.at, rationale, ReadingRole.CORRECTION)
        change.store(acts.corrected(claim, by, (remarks or Remarks()).on(plain), reason))
        return change.claim(claim_id, by.at).seen_by(by.name)


def _edit(desk: Desk, claim_id: int, act: Act, editor: str, comment: str | None, expect: str | None) -> QueuedClaim:
    return change_claim(desk, claim_id, editor, lambda claim, by: acts.edited(claim, by, act, comment), expect)
