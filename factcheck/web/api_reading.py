"""What programs read. All of it is as the token's person may see it: who reads a claim second reads it blind."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.responses import Response

from factcheck.domain.report import ReportScope
from factcheck.domain.review import ClaimQuery
from factcheck.domain.states import ClaimStatus, EditorialState
from factcheck.errors import CursorError
from factcheck.export.known_records import known_record
from factcheck.export.lookup_records import suggestion_records
from factcheck.export.records import (
    article_and_page_record,
    claim_record,
    ledger_record,
    named,
    plain,
    sentence_record,
)
from factcheck.export.report_json import report_json
from factcheck.web import api_forms as forms
from factcheck.web.api_callers import Reading, claim_told
from factcheck.web.api_forms import Number, Short
from factcheck.workflow import look_up
from factcheck.workflow.build_report import reported_articles
from factcheck.workflow.claim_pages import claims_page
from factcheck.workflow.find_known import FindKnown, Wanted
from factcheck.workflow.look_for_evidence import last_seen

router = APIRouter(tags=["reading"])

Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=60, description="`next` of the page before.")]
_KNOWN = Annotated[int, Query(ge=1, le=50)]


@router.get("/me", response_model=forms.CallerTold)
def read_caller(caller: Reading) -> Response:
    """Whose token this is, and what it is good for."""
    return JSONResponse(named(caller.token, "id", "name", "scopes", "expires_at"))


@router.get("/articles", response_model=forms.ArticlesTold)
def read_articles(caller: Reading, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Articles, oldest first, in pages."""
    after = _number(cursor)
    found = (one for one in caller.stores.ledger.articles() if one[0].id > after)
    page = list(islice(found, limit + 1))
    told = [
        article_and_page_record(filed) | {"sentences": ledger_record(counts), "claims": claims}
        for filed, counts, claims in page[:limit]
    ]
    following = str(page[limit - 1][0].id) if len(page) > limit else None
    return JSONResponse({"articles": told, "next": following})


@router.get("/articles/{number}", response_model=forms.ArticleTold)
def read_article(caller: Reading, number: Number) -> Response:
    """An article with its text, and what became of each sentence."""
    found = look_up.article(caller.stores, number)
    text = found.article.article.text
    sentences = [sentence_record(one, text, found.uncovered.get(one.position, ())) for one in found.sentences]
    more = {"text": text, "sentences": sentences, "claims": found.claims, "later_versions": list(found.later)}
    return JSONResponse(article_and_page_record(found.article) | more)


@router.get("/runs", response_model=forms.RunsTold)
def read_runs(caller: Reading, article: Number | None = None, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Extraction runs, of one article or of all, oldest first, in pages."""
    after = _number(cursor)
    found = [one for one in look_up.runs(caller.stores, article, None).shown if one.id > after]
    following = str(found[limit - 1].id) if len(found) > limit else None
    return JSONResponse({"runs": list(map(caller.run_told, found[:limit])), "next": following})


@router.get("/claims", response_model=forms.ClaimsTold)
def read_claims(  # noqa: PLR0913, PLR0917 - filters, which FastAPI names
    caller: Reading,
    status: ClaimStatus | None = None,
    editorial: EditorialState | None = None,
    article: Number | None = None,
    words: Short = "",
    assigned_to: Short | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Claims by article and place, in pages."""
    query = ClaimQuery(status, article, tuple(words.split()), editorial, assigned_to=assigned_to)
    page = claims_page(caller.stores, query, limit, cursor)
    return JSONResponse({"claims": list(map(claim_record, page.shown)), "total": page.total, "next": page.next})


@router.get("/claims/{number}", response_model=forms.ClaimTold, responses={304: {"description": "As it was read."}})
def read_claim(
    caller: Reading, number: Number, known: Annotated[str | None, Header(alias="If-None-Match")] = None
) -> Response:
    """A claim; acts name its revision, or its ETag, in If-Match."""
    told = claim_told(look_up.claim(caller.stores, number, caller.name))
    if known is not None and told.headers["ETag"] in {one.strip().removeprefix("W/") for one in known.split(",")}:
        return Response(status_code=304, headers={"ETag": told.headers["ETag"]})
    return told


@router.get("/claims/{number}/evidence", response_model=forms.EvidenceTold)
def read_evidence(caller: Reading, number: Number) -> Response:
    """The evidence of a claim, and how its quotes stand."""
    return JSONResponse({"evidence": _claim(caller, number)["evidence"]})


@router.get("/claims/{number}/verdicts", response_model=forms.VerdictsTold)
def read_verdicts(caller: Reading, number: Number) -> Response:
    """The verdict that holds, the readings behind it, and corrections."""
    record = _claim(caller, number)
    return JSONResponse({name: record[name] for name in ("verdict", "readings", "corrections")})


@router.get("/claims/{number}/events", response_model=forms.EventsTold)
def read_events(caller: Reading, number: Number, limit: Limit = 50) -> Response:
    """What happened to a claim last; what others did is hidden while a second reading is out."""
    found = look_up.events(caller.stores, caller.name, number, limit)
    return JSONResponse({"events": list(map(plain, found))})


@router.get("/claims/{number}/suggestions", response_model=forms.SuggestionsTold)
def read_suggestions(caller: Reading, number: Number) -> Response:
    """What was looked up and suggested for a claim, and not set aside: no evidence until a person takes it."""
    claim = look_up.claim(caller.stores, number, caller.name)
    return JSONResponse({"suggestions": suggestion_records(last_seen(caller.stores.lookups, claim, caller.name))})


@router.get("/claims/{number}/known", response_model=forms.KnownTold)
def read_known_of_claim(caller: Reading, number: Number, limit: _KNOWN = 5) -> Response:
    """What others have checked that says nearly what a claim says, and what sets it apart."""
    claim = look_up.claim(caller.stores, number, caller.name)
    return _known(caller, Wanted(claim.words, limit, is_claim=True))


@router.get("/known", response_model=forms.KnownTold)
def search_known(caller: Reading, words: Annotated[Short, Query(min_length=1)], limit: _KNOWN = 10) -> Response:
    """What others have checked, by words, the best first."""
    return _known(caller, Wanted(words, limit))


@router.get("/reports")
def read_report(
    caller: Reading,
    article: Number | None = None,
    claim: Annotated[list[Number], Query(max_length=500)] = [],  # noqa: B006 - FastAPI copies it
    since: date | None = None,
    until: date | None = None,
) -> Response:
    """The published record of what is signed off, in its published schema."""
    scope, newsroom = ReportScope(article, tuple(claim), since, until), caller.office.newsroom()
    pieces = report_json(newsroom.masthead(scope), reported_articles(newsroom, scope))
    first = next(pieces)  # by now all of it is gathered, and what is wrong can still be told
    return StreamingResponse(_bytes(chain([first], pieces)), media_type="application/json")


def _bytes(pieces: Iterator[str]) -> Iterator[bytes]:
    return (one.encode() for one in pieces)


def _claim(caller: Reading, number: int) -> dict[str, Any]:
    return claim_record(look_up.claim(caller.stores, number, caller.name))


def _known(caller: Reading, wanted: Wanted) -> Response:
    stores = caller.stores
    found = FindKnown(stores.known, stores.past_verdicts, stores.clock).find(wanted)
    return JSONResponse({"checks": list(map(known_record, found.shown))})


def _number(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdigit()):
        raise CursorError(f"{cursor!r} is no cursor that a page has named")
    return int(cursor)
