"""Look-ups for a claim, and a look at its sources again: what they found, and the page that waits for them."""

from collections import deque
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.datastructures import FormData
from starlette.responses import Response

from factcheck.domain.evidence import Stance
from factcheck.domain.review import QueuedClaim
from factcheck.errors import BrokenRowError, ConflictError, InputError
from factcheck.web.drawing import Drawing, InDrawing
from factcheck.web.office import InOffice, Office
from factcheck.web.reading import Number, moment, number, one_of
from factcheck.web.visitors import Person
from factcheck.workflow import look_up
from factcheck.workflow.collect_evidence import AddedEvidence, check_evidence
from factcheck.workflow.look_for_evidence import DeskLook, FoundFor, address_for
from factcheck.workflow.ports import Sources

router = APIRouter(prefix="/claims/{claim}")
_UNFETCHED = "nothing can be fetched here"
_PATIENCE = 20
"""Seconds after which a page that waits is told that it goes on: no proxy between gives up before."""


class Waiting(StrEnum):
    """What a page may wait for."""

    LOOK = "look"
    CHECK = "check-sources"


@router.get("/look")
def show(drawing: InDrawing, claim: Number) -> Response:
    """What was found and suggested for a claim."""
    office, name = drawing.office, drawing.name
    told = look_up.claim(office.stores, claim, name)
    look = looking(office)
    return drawing.page(
        "look.html.j2",
        claim=told,
        filed=office.stores.ledger.article(told.article_id),
        found=found_for(office, told, name),
        opens=[address_for(pattern, told.words) for pattern in look.patterns],
    )


def begin_look(drawing: Drawing, claim: int, form: FormData) -> None:
    """Begin to ask the searches for a claim."""
    del form
    look = looking(drawing.office)
    look_up.claim(drawing.office.stores, claim, drawing.name)  # an unknown claim is told at once
    drawing.office.under_way.begin((Waiting.LOOK, claim, drawing.name), lambda: look.run(claim, drawing.name))


def begin_check(drawing: Drawing, claim: int, form: FormData) -> None:
    """Begin to fetch the pages of a claim's sources again."""
    del form
    office, name = drawing.office, drawing.name
    if office.sources is None:
        raise ConflictError(_UNFETCHED)
    look_up.claim(office.stores, claim, name)
    every = check_evidence(office.desk, claim, name, office.sources())
    office.under_way.begin((Waiting.CHECK, claim, name), lambda: deque(every, maxlen=0))


def take_passage(drawing: Drawing, claim: int, form: FormData) -> AddedEvidence:
    """Make a passage evidence, in the look-up that its page has shown."""
    stance, chosen = one_of(Stance, form, "stance"), number(form, "passage")
    if stance is None:
        raise InputError(f"say what passage {chosen} does to the claim")
    look, sources = looking(drawing.office), fetching(drawing.office)
    return look.take(claim, chosen, stance, drawing.name, sources, seen=_seen(form))


def set_suggestion_aside(drawing: Drawing, claim: int, form: FormData) -> None:
    """Set a machine's suggestion aside, in the look-up that its page has shown."""
    look = looking(drawing.office).look
    look.set_aside(claim, number(form, "passage"), drawing.name, seen=_seen(form))


def _seen(form: FormData) -> datetime:
    """When the look-up was made that the page has shown. Raises InputError where the form does not say it."""
    seen = moment(form, "looked_at")
    if seen is None:
        raise InputError("the form does not say which look-up it is about")
    return seen


async def _has_ended(
    office: InOffice, person: Person, claim: Number, what: Waiting, seconds: Annotated[int, Query(ge=0)] = 0
) -> bool:
    return await office.under_way.ended((what, claim, person), min(seconds, _PATIENCE))


@router.get("/waiting/{what}")
def wait(drawing: InDrawing, claim: Number, what: Waiting, has_ended: Annotated[bool, Depends(_has_ended)]) -> Response:
    """Go where it is shown once it has ended; until then a page that says so and asks again, without script.

    It is a header that asks again, and the answer to that waits: the page is drawn anew every twenty seconds at most,
    since whoever has it read aloud hears it from its beginning each time.
    """
    if has_ended:
        was_begun = drawing.office.under_way.end((what, claim, drawing.name))
        path = f"/claims/{claim}/look" if what is Waiting.LOOK else f"/claims/{claim}"
        return drawing.goes_to(path, what if was_begun else None)
    told = look_up.claim(drawing.office.stores, claim, drawing.name)
    again = f"/claims/{claim}/waiting/{what}?seconds={_PATIENCE}"
    page = drawing.page("waiting.html.j2", claim=told, what=what.value, again=again)
    page.headers["Refresh"] = f"1; url={again}"
    return page


def found_for(office: Office, claim: QueuedClaim, name: str) -> FoundFor | None:
    """What was found and suggested for a claim; None where its look-up is damaged, which the next one replaces."""
    with suppress(BrokenRowError):
        return looking(office).look.found_for(claim, name)
    return None


def looking(office: Office) -> DeskLook:
    """What look-ups are made with. Raises ConflictError where nothing can be asked."""
    if office.look is None:
        raise ConflictError("no search can be asked here")
    return office.look


def fetching(office: Office) -> Sources:
    """What pages are fetched with while somebody waits for the answer. Raises ConflictError where nothing can be."""
    sources = office.fetching()
    if sources is None:
        raise ConflictError(_UNFETCHED)
    return sources
