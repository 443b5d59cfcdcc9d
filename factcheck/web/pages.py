"""The pages that only show: what waits, the claims, the articles, the log; and the files they load."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, cast
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Path, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from factcheck.domain.numbering import LAST_NUMBER
from factcheck.domain.report import ReportScope
from factcheck.domain.review import ClaimQuery, QueuedClaim
from factcheck.domain.states import ASIDE, ClaimStatus, EditorialState, Stage
from factcheck.errors import FactcheckError, NotLoggedInError
from factcheck.export.html import report_html
from factcheck.export.page_frame import Frame
from factcheck.web.article_view import article_view
from factcheck.web.claim_acts import next_claim
from factcheck.web.claim_page import past
from factcheck.web.drawing import InDrawing, drawing, goes_to, static, style
from factcheck.web.office import InOffice, office_of
from factcheck.web.reading import Number, number
from factcheck.web.refusals import status_of
from factcheck.web.visitors import Form, Person, said, visitor
from factcheck.workflow import look_up
from factcheck.workflow.already_checked import already_checked
from factcheck.workflow.build_report import build_report
from factcheck.workflow.explain_queue import why_nothing_free
from factcheck.workflow.review_claim import last_undoable, undo_last

router = APIRouter()
_PAGE = 50
_EVENTS = 200
_LATEST = 8
_PLACE_PARTS = 3
_STAGES = {one.role.value: one for one in Stage}
STATES: Mapping[str, ClaimQuery] = {
    "to-read": ClaimQuery(ClaimStatus.QUEUED),
    "being-read": ClaimQuery(held=True),
    "second": ClaimQuery(ClaimStatus.AWAITING_SECOND),
    "adjudicate": ClaimQuery(ClaimStatus.DISPUTED),
    "to-sign-off": ClaimQuery(editorial=EditorialState.OPEN, settled=True),
    "to-publish": ClaimQuery(editorial=EditorialState.SIGNED_OFF, settled=True),
    "published": ClaimQuery(editorial=EditorialState.PUBLISHED),
    "corrected": ClaimQuery(editorial=EditorialState.CORRECTED),
    "withdrawn": ClaimQuery(editorial=EditorialState.WITHDRAWN),
    "flagged": ClaimQuery(flagged=True),
    "changed": ClaimQuery(changed=True),
    **{one.value.replace("_", "-"): ClaimQuery(one) for one in ClaimStatus if one in ASIDE},
}
"""What the list of claims can be narrowed to, by the name in its address."""
ArticleNumber = Annotated[int, Path(ge=1, le=LAST_NUMBER)]


@router.get("/")
def today(drawing: InDrawing) -> Response:
    """What waits for this person."""
    office, name = drawing.office, drawing.name
    desk, now = office.desk, office.desk.clock()
    free = desk.queue.waiting_for(name, now)
    counted = {key: desk.queue.count(STATES[key], now) for key in ("to-sign-off", "to-publish", "flagged", "changed")}
    mine = tuple(desk.queue.find(ClaimQuery(assigned_to=name), now, _PAGE))
    return drawing.page(
        "today.html.j2",
        held=[desk.queue.claim(one, now, name) for one in desk.queue.held_by(name, now)],
        waiting=[(stage, free[stage]) for stage in desk.order],
        tasks=[one.seen_by(name) for one in mine if one.status.stage is not None],
        counted=counted,
        why=None if any(free.values()) else why_nothing_free(desk, name),
        history=desk.queue.history(name, now, _LATEST),
        undoable=last_undoable(desk, name, drawing.roles),
    )


@router.post("/next")
def take_next_claim(drawing: InDrawing, form: Form) -> Response:
    """Take the next claim, of one reading if one is asked for."""
    return next_claim(drawing, "take", _STAGES.get(said(form, "stage") or ""))


@router.post("/undo")
def undo(drawing: InDrawing, form: Form) -> Response:
    """Take the decision back that the page has named: a form that names none was made when there was none."""
    named = number(form, "event") if said(form, "event") else 0
    _, claim = undo_last(drawing.office.desk, drawing.name, expect=named)
    return drawing.goes_to(f"/claims/{claim.id}", "undo")


@router.get("/claims")
def claims(
    drawing: InDrawing,
    q: Annotated[str, Query(max_length=300)] = "",
    state: Annotated[str, Query(max_length=30)] = "",
    article: Annotated[str, Query(max_length=10)] = "",
    mine: Annotated[str, Query(max_length=3)] = "",
    after: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """The claims that fit, a page of them."""
    desk, name = drawing.office.desk, drawing.name
    now, query = desk.clock(), _query(q, state, article, name if mine else None)
    found = tuple(desk.queue.find(query, now, _PAGE + 1, _place(after)))
    narrowed = {"q": q, "state": state if state in STATES else "", "article": article, "mine": mine}
    return drawing.page(
        "claims.html.j2",
        claims=[_seen(one, name) for one in found[:_PAGE]],
        total=desk.queue.count(query, now),
        narrowed=narrowed,
        states=STATES,
        counts={key: desk.queue.count(one, now) for key, one in STATES.items()},
        further=_address("/claims", narrowed | {"after": _after(found[_PAGE - 1])}) if len(found) > _PAGE else None,
        is_first=not after,
    )


@router.get("/claims/{claim}/log")
def claim_log(drawing: InDrawing, claim: Number) -> Response:
    """What happened to a claim, as this person may see it."""
    found = look_up.claim(drawing.office.stores, claim, drawing.name)
    return drawing.page("log.html.j2", claim=found, events=past(drawing, claim, _EVENTS)[::-1], is_cut=False)


@router.get("/claims/{claim}/alike")
def alike(drawing: InDrawing, claim: Number) -> Response:
    """What this desk and others have said of claims like it."""
    office, name = drawing.office, drawing.name
    found = look_up.claim(office.stores, claim, name)
    past, known = office.stores.past_verdicts, office.stores.known
    checked = already_checked(office.desk, past, known, found, name)
    free = found.is_free_for(name, office.desk.clock())
    return drawing.page("alike.html.j2", claim=found, checked=checked, is_free=free)


@router.get("/log")
def log(drawing: InDrawing) -> Response:
    """What happened at the desk lately."""
    events = past(drawing, None, _EVENTS)[::-1]
    return drawing.page("log.html.j2", claim=None, events=events, is_cut=True)


@router.get("/articles")
def articles(drawing: InDrawing) -> Response:
    """The articles, latest first."""
    assert drawing.name  # noqa: S101 - raises NotLoggedInError
    found = look_up.articles(drawing.office.stores, None)
    return drawing.page("articles.html.j2", articles=found.shown[::-1][:_EVENTS], total=found.total)


@router.get("/articles/{article}")
def article_page(drawing: InDrawing, article: ArticleNumber) -> Response:
    """An article with all its claims."""
    office, name = drawing.office, drawing.name
    found = look_up.article(office.stores, article)
    claims = [_seen(one, name) for one in look_up.claims(office.stores, ClaimQuery(article_id=article), _EVENTS * 5)]
    view = article_view(found.article, found.sentences, None, office.stores.ledger.claims_standing_in(article))
    return drawing.page("article.page.html.j2", found=found, filed=found.article, claims=claims, view=view)


@router.get("/articles/{article}/preview")
def preview(
    office: InOffice, person: Person, article: ArticleNumber, drafts: Annotated[str, Query(max_length=1)] = ""
) -> Response:
    """The page as readers get it, in a frame of its own: nothing on it can act for who looks at it."""
    del person
    newsroom = office.newsroom()
    report = build_report(newsroom, ReportScope(article, drafts=drafts == "1"))
    text = "".join(report_html(report.masthead, report.articles))
    policy = Frame(newsroom.look, has_filter=True).policy
    return HTMLResponse(text, headers={"Content-Security-Policy": f"sandbox allow-scripts allow-popups; {policy}"})


@router.get("/favicon.ico")
def no_picture() -> Response:
    """What browsers ask for by themselves."""
    return Response(status_code=204)


@router.get("/static/desk.css")
def desk_style(office: InOffice) -> Response:
    """The style of all pages."""
    del office
    return _file(style(), "text/css")


@router.get("/static/desk.js")
def desk_script() -> Response:
    """The comfort of all pages: nothing depends on it."""
    return _file(static("desk.js"), "text/javascript")


def told(request: Request, error: Exception) -> Response:
    """The page that tells an error of this package; who is not logged in is asked to, where they wanted to look."""
    known = cast("FactcheckError", error)
    if isinstance(known, NotLoggedInError) and request.method == "GET":
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return goes_to(f"/enter?to={quote(path, safe='')}")
    return _told(request, status_of(known), known)


def refused(request: Request, error: Exception) -> Response:
    """The page that tells that there is no such page, or that an address or a form cannot be read."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    return _told(request, status, None)


def _told(request: Request, status: int, error: FactcheckError | None) -> Response:
    office = office_of(request)
    # Where names are trusted, whoever asks keeps the desk.
    if error is not None and office.is_guarded and error.is_inner:
        return PlainTextResponse(f"{error.told_outside}\n", status)
    try:
        shown = drawing(request, office, visitor(request, office))
    except FactcheckError:  # the database itself is in trouble
        return PlainTextResponse(f"{error}\n", status)
    return shown.page("trouble.html.j2", status, error=error, number=status)


def _query(words: str, state: str, article: str, assigned_to: str | None) -> ClaimQuery:
    query = STATES.get(state, ClaimQuery())
    is_number = article.isascii() and article.isdigit() and 0 < int(article) <= LAST_NUMBER
    return replace(
        query, words=tuple(words.split()), article_id=int(article) if is_number else None, assigned_to=assigned_to
    )


def _seen(claim: QueuedClaim, name: str) -> QueuedClaim:
    return claim.seen_by(name)


def _after(claim: QueuedClaim) -> str:
    return ".".join(map(str, claim.place))


def _place(after: str) -> tuple[int, int, int] | None:
    parts = after.split(".")
    if len(parts) != _PLACE_PARTS or not all(
        one.isascii() and one.isdigit() and int(one) <= LAST_NUMBER for one in parts
    ):
        return None
    article, sentence, number = map(int, parts)
    return article, sentence, number


def _address(path: str, asked: Mapping[str, str]) -> str:
    return f"{path}?{urlencode({name: one for name, one in asked.items() if one})}"


def _file(text: str, kind: str) -> Response:
    return Response(text, media_type=kind, headers={"Cache-Control": "no-cache"})
