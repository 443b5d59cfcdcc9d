"""What programs do: the use cases of every front, by whose rules each act stands or is refused.

What judges a claim names the revision in which it was read (`If-Match`), and whatever else is done to one may; what is
sent twice under one `Idempotency-Key` is done once.
"""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.responses import Response

from factcheck.domain.evidence import EvidenceDraft
from factcheck.domain.review import ClaimQuery, QueuedClaim, Remarks
from factcheck.domain.states import ReadingRole, Stage
from factcheck.errors import ConflictError, NoSuchEvidenceError
from factcheck.web import api_forms as forms
from factcheck.web.api_callers import AsRead, Editing, IfRead, Reviewing, Suggesting
from factcheck.web.api_forms import Number
from factcheck.web.looking import fetching
from factcheck.workflow import amend_claim, edit_claim, look_up, review_claim
from factcheck.workflow.collect_evidence import add_evidence, remove_evidence
from factcheck.workflow.suggest_evidence import SuggestedWords, SuggestEvidence

router = APIRouter(tags=["acts"], default_response_class=JSONResponse)

_STAGES = {one.role: one for one in Stage}
_NOTHING: dict[int | str, dict[str, Any]] = {204: {"description": "No claim is free."}}


@router.post("/claims/next", response_model=forms.ClaimTold, responses=_NOTHING)
def take_next(caller: Reviewing, form: forms.NextForm) -> Response:
    """Take the next claim to read: it is leased, and nobody else gets it."""
    among = ClaimQuery(article_id=form.article, words=tuple(form.words.split()))
    chosen = among if among != ClaimQuery() else None
    stage = _stage(form.reading)
    return caller.act(form, lambda: review_claim.take_next(caller.desk, caller.name, stage, chosen))


@router.post("/claims/{number}/take", response_model=forms.ClaimTold)
def take(caller: Reviewing, number: Number, revision: IfRead) -> Response:
    """Take this claim for the reading that it waits for."""
    return caller.act(None, lambda: review_claim.take_claim(caller.desk, number, caller.name, expect=revision))


@router.post("/claims/{number}/renew", response_model=forms.ClaimTold)
def renew(caller: Reviewing, number: Number, revision: IfRead) -> Response:
    """Hold a claim for a full lease from now."""
    return caller.act(None, lambda: review_claim.renew_lease(caller.desk, number, caller.name, expect=revision))


@router.post("/claims/{number}/release", response_model=forms.ClaimTold)
def release(caller: Reviewing, number: Number, revision: IfRead) -> Response:
    """Give a claim back to the queue."""
    return caller.act(None, lambda: review_claim.release_claim(caller.desk, number, caller.name, expect=revision))


@router.post("/claims/{number}/skip", response_model=forms.ClaimTold)
def skip(caller: Reviewing, number: Number, revision: AsRead) -> Response:
    """Put a claim at the end of the queue."""
    return caller.act(None, lambda: review_claim.skip_claim(caller.desk, number, caller.name, expect=revision))


@router.post("/claims/{number}/verdict", response_model=forms.ClaimTold)
def give_verdict(caller: Reviewing, number: Number, form: forms.VerdictForm, revision: AsRead) -> Response:
    """Decide a claim, as its first or second reader or its adjudicator."""
    sources = [EvidenceDraft(one) for one in form.evidence]
    said = form.label, caller.name, form.rationale, sources, form.remarks()
    return caller.act(form, lambda: review_claim.record_verdict(caller.desk, number, *said, expect=revision))


@router.post("/claims/{number}/not-checkable", response_model=forms.ClaimTold)
def set_aside(caller: Reviewing, number: Number, form: forms.ReasonForm, revision: AsRead) -> Response:
    """Take a claim that nobody can check out of the queue."""
    said = form.reason, caller.name
    return caller.act(form, lambda: amend_claim.set_claim_aside(caller.desk, number, *said, expect=revision))


@router.post("/claims/{number}/notes", response_model=forms.ClaimTold)
def add_note(caller: Reviewing, number: Number, form: forms.NoteForm, revision: IfRead) -> Response:
    """Leave a word to colleagues."""
    said = form.text, caller.name
    return caller.act(form, lambda: amend_claim.add_note(caller.desk, number, *said, expect=revision))


@router.post("/claims/{number}/evidence", response_model=forms.ClaimTold)
def add_source(caller: Reviewing, number: Number, form: forms.EvidenceForm, revision: IfRead) -> Response:
    """Add a source; the same words of one page stay one. A page that cannot be had is added all the same.

    To a published verdict it takes the scope `edit`, too, and a quote that stands in it, or a page that was kept.
    """
    sources = caller.office.fetching() if form.fetch else None
    said = form.draft(), caller.name, sources
    return caller.act(form, lambda: add_evidence(caller.desk, number, *said, expect=revision).claim)


@router.delete("/claims/{number}/evidence/{evidence}", response_model=forms.ClaimTold)
def remove_source(caller: Reviewing, number: Number, evidence: Number, revision: AsRead) -> Response:
    """Take a source away from its claim; what it was stays in the database."""

    def removed() -> QueuedClaim:
        held = look_up.claim(caller.stores, number, caller.name).evidence
        if evidence not in {one.id for one in held}:
            raise NoSuchEvidenceError(f"claim {number} has no evidence {evidence}")
        return remove_evidence(caller.desk, evidence, caller.name, expect=revision)

    return caller.act(None, removed)


@router.post("/claims/{number}/suggestions", response_model=forms.SuggestedTold)
def suggest(caller: Suggesting, number: Number, form: forms.SuggestionForm) -> Response:
    """Suggest words of a page, as a machine: no evidence until a person takes it. It is named by its token's number."""
    stores = caller.stores
    suggesting = SuggestEvidence(caller.desk, stores.ledger, stores.lookups, fetching(caller.office))
    done = suggesting.suggest(number, SuggestedWords(form.url, form.quote, form.reading), caller.token.machine)
    return JSONResponse({"claim": number, "passage": done.passage, "is_new": done.is_new})


@router.post("/undo", response_model=forms.UndoneTold)
def undo(caller: Reviewing, form: forms.UndoForm | None = None) -> Response:
    """Take back the last decision that nobody has built on; what an editor has decided takes the scope `edit`, too.

    Sent twice it takes back two, unless it names the event, or both have one `Idempotency-Key`.
    """
    meant = form.event if form else None
    return caller.undo(form, lambda: review_claim.undo_last(caller.desk, caller.name, expect=meant))


@router.post("/claims/{number}/sign-off", response_model=forms.ClaimTold)
def sign_off(caller: Editing, number: Number, form: forms.SignOffForm, revision: AsRead) -> Response:
    """Sign a verdict off."""
    said = caller.name, form.comment, form.despite
    return caller.act(form, lambda: edit_claim.sign_off(caller.desk, number, *said, expect=revision))


@router.post("/claims/{number}/publish", response_model=forms.ClaimTold)
def publish(caller: Editing, number: Number, revision: AsRead) -> Response:
    """Publish a verdict that is signed off."""
    return caller.act(None, lambda: edit_claim.publish(caller.desk, number, caller.name, expect=revision))


@router.post("/claims/{number}/reject", response_model=forms.ClaimTold)
def reject(caller: Editing, number: Number, form: forms.ReasonForm, revision: AsRead) -> Response:
    """Send a claim back to be read anew."""
    said = caller.name, form.reason
    return caller.act(form, lambda: edit_claim.reject(caller.desk, number, *said, expect=revision))


@router.post("/claims/{number}/correct", response_model=forms.ClaimTold)
def correct(caller: Editing, number: Number, form: forms.CorrectionForm, revision: AsRead) -> Response:
    """Replace a published verdict; the old one is kept beside it."""
    said = form.label, caller.name, form.reason, form.rationale, Remarks(known_as_of=form.known_as_of)
    return caller.act(form, lambda: edit_claim.correct(caller.desk, number, *said, expect=revision))


@router.post("/claims/{number}/withdraw", response_model=forms.ClaimTold)
def withdraw(caller: Editing, number: Number, form: forms.ReasonForm, revision: AsRead) -> Response:
    """Take a published verdict back."""
    said = caller.name, form.reason
    return caller.act(form, lambda: edit_claim.withdraw(caller.desk, number, *said, expect=revision))


def _stage(reading: ReadingRole | None) -> Stage | None:
    if reading is None:
        return None
    if reading not in _STAGES:
        raise ConflictError(f"{reading.value!r} is no reading that waits in a queue")
    return _STAGES[reading]
