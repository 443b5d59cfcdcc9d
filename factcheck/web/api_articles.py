"""Articles that programs hand in, and the runs that ask about them. It costs money, and is under a scope of its own."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.responses import Response

from factcheck.errors import InputError
from factcheck.web import api_forms as forms
from factcheck.web.api_callers import Caller, Extracting, Reading
from factcheck.web.api_forms import Number
from factcheck.workflow.follow_extraction import extraction_by
from factcheck.workflow.plan_extraction import ExtractionOptions
from factcheck.workflow.submit_article import BegunExtraction, Submission

router = APIRouter(tags=["extraction"], default_response_class=JSONResponse)
_DONE: dict[int | str, dict[str, Any]] = {
    200: {"model": forms.TakenTold, "description": "Nothing was left to ask, and nothing was paid."}
}


@router.post("/articles", status_code=202, response_model=forms.TakenTold, responses=_DONE)
def add_article(caller: Extracting, form: forms.ArticleForm) -> Response:
    """Read an article, store it, and begin to ask a model for its claims. The same text again is not paid twice."""

    def begin() -> BegunExtraction:
        options = ExtractionOptions(budget=form.budget, anyway=form.anyway)
        with caller.office.reading.taken():
            return caller.office.articles.begin(_read(caller, form), caller.name, options)

    return caller.begin(form, begin)


@router.post("/articles/{number}/runs", status_code=202, response_model=forms.TakenTold, responses=_DONE)
def add_run(caller: Extracting, number: Number, form: forms.RunForm) -> Response:
    """Ask what an article has no answer to: what failed, and what was not asked yet."""
    options = ExtractionOptions(budget=form.budget)
    return caller.begin(form, lambda: caller.office.articles.go_on(number, caller.name, options))


@router.get("/runs/{number}", response_model=forms.RunTold)
def read_run(caller: Reading, number: Number) -> Response:
    """A run, and how far its article is."""
    state = extraction_by(caller.stores, number)
    told = caller.run_told(state.run) if state.run else {}
    failures = [{"reason": reason, "sentences": many} for reason, many in state.failures]
    progress = {"is_under_way": state.is_under_way, "sentences": dict(state.counts), "failures": failures}
    return JSONResponse(told | progress | {"claims": state.claims, "calls_left": state.calls_left})


def _read(caller: Caller, form: forms.ArticleForm) -> Submission:
    """The one article. Raises InputError where it is none, or several."""
    articles, name = caller.office.articles, caller.name
    if (form.url is None) == (form.text is None):
        raise InputError("an article is handed in by its url or as text: one of the two")
    if form.url is not None:
        found = articles.of_address(form.url, name)
    else:
        found = articles.of_content((form.text or "").encode(), None, name)
    if len(found.articles) > 1 or found.unread:
        raise InputError(f"it holds {len(found.articles) + len(found.unread)} articles, and this takes one")
    return found
