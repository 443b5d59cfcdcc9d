"""What a person does to a claim: each form is one use case, done to the revision that its page has shown."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from factcheck.domain.desk import Draft
from factcheck.domain.states import Stage
from factcheck.errors import FactcheckError, InputError, MovedOnError
from factcheck.web.claim_page import REASONS, Sent, claim_page
from factcheck.web.drawing import Drawing, InDrawing
from factcheck.web.looking import Waiting, begin_check, begin_look, fetching, set_suggestion_aside, take_passage
from factcheck.web.reading import Number, day, number, remarks, source
from factcheck.web.uploads import file_in, form_after, name_of
from factcheck.web.visitors import Form, said, text
from factcheck.workflow import amend_claim, look_up, review_claim
from factcheck.workflow.add_claim import add_claim
from factcheck.workflow.carry_over import carry_over
from factcheck.workflow.collect_evidence import AddedEvidence, add_evidence, edit_evidence, remove_evidence
from factcheck.workflow.edit_claim import (
    Amended,
    correct,
    correct_typo,
    publish,
    reject,
    sign_off,
    sign_off_and_publish,
    withdraw,
)
from factcheck.workflow.find_waiting import next_waiting

router = APIRouter(prefix="/claims/{claim}")

InForm = Form
Doing = Callable[[Drawing, int, FormData], str | None]
"""Does it; returns what a page says of it then."""


@router.get("")
def show(drawing: InDrawing, claim: Number) -> Response:
    """The claim."""
    return claim_page(drawing, claim)


def _take(drawing: Drawing, claim: int, form: FormData) -> str:
    del form
    review_claim.take_claim(drawing.office.desk, claim, drawing.name)
    return "take"


def _release(drawing: Drawing, claim: int, form: FormData) -> str:
    del form
    review_claim.release_claim(drawing.office.desk, claim, drawing.name)
    return "release"


def _skip(drawing: Drawing, claim: int, form: FormData) -> str:
    review_claim.skip_claim(drawing.office.desk, claim, drawing.name, expect=_expected(form))
    return "skip"


def _renew(drawing: Drawing, claim: int, form: FormData) -> str:
    del form
    review_claim.renew_lease(drawing.office.desk, claim, drawing.name)
    return "renew"


def _verdict(drawing: Drawing, claim: int, form: FormData) -> str:
    try:
        _give(drawing, claim, form)
    except (InputError, MovedOnError):
        _keep(drawing, claim, form)  # what was typed outlives a slip, and what others have done meanwhile
        raise
    return "verdict"


def _give(drawing: Drawing, claim: int, form: FormData) -> None:
    label, why, given = said(form, "label"), said(form, "rationale"), remarks(form)
    if label is None:
        raise InputError("choose a label for the verdict")
    desk, expect = drawing.office.desk, _expected(form)
    review_claim.record_verdict(desk, claim, label, drawing.name, why, remarks=given, expect=expect)


def _draft(drawing: Drawing, claim: int, form: FormData) -> str:
    _save(drawing, claim, form, said(form, "label"))
    return "draft"


def _reword(drawing: Drawing, claim: int, form: FormData) -> str:
    words = text(form, "text")
    amend_claim.reword_claim(drawing.office.desk, claim, words, drawing.name, expect=_expected(form))
    return "saved"


def _split(drawing: Drawing, claim: int, form: FormData) -> str:
    parts = [one for one in text(form, "parts").split("\n") if one.strip()]
    amend_claim.split_claim(drawing.office.desk, claim, parts, drawing.name, expect=_expected(form))
    return "saved"


def _same(drawing: Drawing, claim: int, form: FormData) -> str:
    into = number(form, "into")
    amend_claim.merge_claim(drawing.office.desk, claim, into, drawing.name, expect=_expected(form))
    return "saved"


def _carry_over(drawing: Drawing, claim: int, form: FormData) -> str:
    earlier = number(form, "earlier")
    label = said(form, "label")
    carry_over(drawing.office.desk, claim, earlier, drawing.name, expect=_expected(form), expect_label=label)
    return "verdict"


def _set_aside(drawing: Drawing, claim: int, form: FormData) -> str:
    reason = text(form, "reason")
    amend_claim.set_claim_aside(drawing.office.desk, claim, reason, drawing.name, expect=_expected(form))
    return "saved"


def _speaker(drawing: Drawing, claim: int, form: FormData) -> str:
    speaker = text(form, "speaker")
    amend_claim.set_speaker(drawing.office.desk, claim, speaker, drawing.name, expect=_expected(form))
    return "saved"


def _flag(drawing: Drawing, claim: int, form: FormData) -> str:
    amend_claim.flag_claim(drawing.office.desk, claim, said(form, "reason"), drawing.name, expect=_expected(form))
    return "saved"


def _note(drawing: Drawing, claim: int, form: FormData) -> str:
    amend_claim.add_note(drawing.office.desk, claim, text(form, "text"), drawing.name)
    return "saved"


def _task(drawing: Drawing, claim: int, form: FormData) -> str:
    desk, assignee, due = drawing.office.desk, said(form, "assignee"), day(form, "due")
    amend_claim.plan_claim(desk, claim, assignee, due, drawing.name, expect=_expected(form, "planned"))
    return "saved"


def _contact(drawing: Drawing, claim: int, form: FormData) -> str:
    asked_on, answer = day(form, "asked_on"), said(form, "answer")
    amend_claim.record_contact(drawing.office.desk, claim, asked_on, answer, drawing.name, expect=_expected(form))
    return "saved"


def _source(drawing: Drawing, claim: int, form: FormData) -> str:
    office, draft, file = drawing.office, source(form), file_in(form)
    if file is not None:
        with office.reading.taken():
            draft, content = replace(draft, file=name_of(file)), file.file.read()
            added = add_evidence(office.desk, claim, draft, drawing.name, fetching(office), content=content)
        return _told(added)
    sources = None if said(form, "unfetched") else office.fetching()
    return _told(add_evidence(office.desk, claim, draft, drawing.name, sources))


def _passage(drawing: Drawing, claim: int, form: FormData) -> str:
    return _told(take_passage(drawing, claim, form))


def _told(added: AddedEvidence) -> str:
    if not added.is_new:
        return "known-source"
    if added.trouble:
        return "no-source"
    return "no-quote" if added.evidence.blocks_sign_off else "source"


def _suggestion(drawing: Drawing, claim: int, form: FormData) -> str:
    set_suggestion_aside(drawing, claim, form)
    return "saved"


def _edit_source(drawing: Drawing, claim: int, form: FormData) -> str:
    del claim
    office, told = drawing.office, source(form)
    changed = {
        "stance": told.stance,
        **{name: getattr(told, name) for name in ("quote", "title", "publisher", "published", "locator", "kind")},
    }
    changed = {name: value for name, value in changed.items() if name != "stance" or value is not None}
    pages = office.fetching()
    edit_evidence(office.desk, number(form, "evidence"), drawing.name, changed, pages, expect=_expected(form))
    return "saved"


def _remove_source(drawing: Drawing, claim: int, form: FormData) -> str:
    del claim
    remove_evidence(drawing.office.desk, number(form, "evidence"), drawing.name, expect=_expected(form))
    return "saved"


def _sign_off(drawing: Drawing, claim: int, form: FormData) -> str:
    desk, name = drawing.office.desk, drawing.name
    label, rationale = said(form, "label"), said(form, "rationale")
    amendment = Amended(label, rationale) if label or rationale else None
    comment, despite, expect = said(form, "comment"), said(form, "despite"), _expected(form)
    if said(form, "publish"):
        sign_off_and_publish(desk, claim, name, comment, despite, amendment, expect=expect)
        return "published"
    sign_off(desk, claim, name, comment, despite, amendment, expect=expect)
    return "signed"


def _publish(drawing: Drawing, claim: int, form: FormData) -> str:
    publish(drawing.office.desk, claim, drawing.name, expect=_expected(form))
    return "published"


def _reject(drawing: Drawing, claim: int, form: FormData) -> str:
    reject(drawing.office.desk, claim, drawing.name, text(form, "comment"), expect=_expected(form))
    return "rejected"


def _correct(drawing: Drawing, claim: int, form: FormData) -> str:
    desk, name, expect = drawing.office.desk, drawing.name, _expected(form)
    label, reason = said(form, "label"), text(form, "reason")
    rationale, words = said(form, "rationale"), said(form, "words")
    if label is None:
        correct_typo(desk, claim, name, reason, rationale, words, expect=expect)
    else:
        correct(desk, claim, label, name, reason, rationale, words=words, expect=expect)
    return "corrected"


def _withdraw(drawing: Drawing, claim: int, form: FormData) -> str:
    withdraw(drawing.office.desk, claim, drawing.name, text(form, "reason"), expect=_expected(form))
    return "withdrawn"


ACTS: dict[str, Doing] = {
    "take": _take,
    "release": _release,
    "skip": _skip,
    "renew": _renew,
    "verdict": _verdict,
    "draft": _draft,
    "reword": _reword,
    "split": _split,
    "same": _same,
    "carry-over": _carry_over,
    "set-aside": _set_aside,
    "speaker": _speaker,
    "flag": _flag,
    "note": _note,
    "task": _task,
    "contact": _contact,
    "source": _source,
    "edit-source": _edit_source,
    "remove-source": _remove_source,
    Waiting.CHECK: begin_check,
    Waiting.LOOK: begin_look,
    "passage": _passage,
    "suggestion-aside": _suggestion,
    "sign-off": _sign_off,
    "publish": _publish,
    "reject": _reject,
    "correct": _correct,
    "withdraw": _withdraw,
}
"""By the last part of the address."""
_GOES_ON = {"verdict", "skip", "carry-over", "set-aside", "split", "same"}
"""What ends the work on a claim, so that the next one may be taken."""
_JUDGES = {"verdict", "carry-over"}
_TAKES_FILE = "source"


def _answer(act: str, doing: Doing, drawing: InDrawing, claim: Number, form: InForm) -> Response:
    """Do it, and go to what follows; or show the page again, with what was typed and why it was not done."""
    try:
        done = doing(drawing, claim, form)
    except FactcheckError as error:
        if said(form, "quiet"):
            raise
        return claim_page(drawing, claim, Sent.of(act, form, error))
    if said(form, "quiet"):
        return _quietly(drawing, claim)
    if act in _GOES_ON and said(form, "next"):
        return next_claim(drawing, "next" if act == "verdict" else done, after=claim if act in _JUDGES else None)
    if act in set(Waiting):
        return drawing.goes_to(f"/claims/{claim}/waiting/{act}")
    return drawing.goes_to(f"/claims/{claim}{'/look' if said(form, 'back') == 'look' else ''}", done)


def _who_sees_it(drawing: InDrawing, claim: Number) -> Drawing:
    """Who it is, and whether there is such a claim, is asked before a file is received. Raises NotFoundError."""
    look_up.claim(drawing.office.stores, claim, drawing.name)
    return drawing


def _answer_with_file(
    act: str,
    doing: Doing,
    drawing: InDrawing,
    claim: Number,
    form: Annotated[FormData, Depends(form_after(_who_sees_it))],
) -> Response:
    return _answer(act, doing, drawing, claim, form)


def next_claim(
    drawing: Drawing, done: str | None = None, taken: Stage | None = None, after: int | None = None
) -> Response:
    """Take the next claim that is free for this person, and go there; to the first page where there is none.

    `after` is the claim that was just decided: what says the same is offered there.
    """
    found = review_claim.lease_next(drawing.office.desk, drawing.name, taken)
    return drawing.goes_to(f"/claims/{found}", done, after) if found else drawing.goes_to("/", "none")


def _quietly(drawing: Drawing, claim: int) -> Response:
    """The answer to the page's script, which stays on its page: until when the claim is theirs, in UTC."""
    desk = drawing.office.desk
    lease = desk.queue.claim(claim, desk.clock(), drawing.name).lease
    mine = lease is not None and lease.reviewer == drawing.name
    return JSONResponse({"until": lease.until.isoformat() if lease and mine else None})


for _name, _doing in ACTS.items():
    _answering = _answer_with_file if _name == _TAKES_FILE else _answer
    router.post(f"/{_name}", name=_name)(partial(_answering, _name, _doing))


@router.post("/twin")
def take_twin(drawing: InDrawing, claim: Number, form: InForm) -> Response:
    """Take the next claim of another article that says the same as this one, whose verdict is offered there."""
    desk, name = drawing.office.desk, drawing.name
    try:
        twin = next_waiting(desk, desk.queue.claim(claim, desk.clock(), name))
        taken = review_claim.take_claim(desk, twin.id, name)
    except FactcheckError as error:
        return claim_page(drawing, claim, Sent.of("twin", form, error))
    return drawing.goes_to(f"/claims/{taken.id}", "take", claim)


@router.post("/add")
def add(drawing: InDrawing, claim: Number, form: InForm) -> Response:
    """Queue a claim of a sentence beside this one that nobody has found."""
    desk, ledger = drawing.office.desk, drawing.office.stores.ledger
    article = desk.queue.claim(claim, desk.clock(), drawing.name).article_id
    try:
        added = add_claim(
            desk,
            ledger,
            article,
            number(form, "sentence"),
            text(form, "text"),
            drawing.name,
            quote=said(form, "quote"),
            speaker=said(form, "speaker"),
        )
    except FactcheckError as error:
        return claim_page(drawing, claim, Sent.of("add", form, error))
    return drawing.goes_to(f"/claims/{added.id}", "saved")


def _expected(form: FormData, name: str = "revision") -> str:
    """The revision that the page has shown: a form without one is none of the desk's. Raises InputError."""
    revision = said(form, name)
    if revision is None:
        raise InputError("the form does not say which revision of the claim it is about")
    return revision


def _keep(drawing: Drawing, claim: int, form: FormData) -> None:
    """Keep what was typed as a draft, if it can be."""
    label = said(form, "label")
    known = label if label in {one.id for one in drawing.office.desk.scale.labels} else None
    with suppress(FactcheckError):
        _save(drawing, claim, form, known)


def _save(drawing: Drawing, claim: int, form: FormData, label: str | None) -> None:
    """Keep a draft, unless it stands so already: each is an event of the log."""
    desk, before = drawing.office.desk, amend_claim.saved_draft(drawing.office.desk, claim, drawing.name)
    told = label, said(form, "rationale"), _typed(before, form)
    if before is None or told != (before.label, before.rationale, before.form):
        amend_claim.save_draft(desk, claim, drawing.name, *told)


def _typed(draft: Draft | None, form: FormData) -> str | None:
    """The draft's form, as every front writes it; what another front has left under other names stays."""
    try:
        kept = dict(json.loads(draft.form)) if draft and draft.form else {}
    except (json.JSONDecodeError, TypeError, ValueError, RecursionError):
        kept = {}
    reasons = {name: text(form, name) for name in REASONS if said(form, name)}
    kept = {name: one for name, one in kept.items() if name != "reasons"} | ({"reasons": reasons} if reasons else {})
    return json.dumps(kept, ensure_ascii=False, sort_keys=True) if kept else None
