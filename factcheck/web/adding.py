"""Articles taken in: handed in, read and priced; begun by a button; followed until every sentence has its answer."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from babel.numbers import format_decimal
from fastapi import APIRouter, Depends, Path
from starlette.datastructures import FormData
from starlette.responses import Response

from factcheck import errors
from factcheck.domain.cost import dollars
from factcheck.domain.extraction import FINISHED
from factcheck.errors import FactcheckError, InputError
from factcheck.web.drawing import Drawing, InDrawing
from factcheck.web.office import Office
from factcheck.web.pages import ArticleNumber
from factcheck.web.reading import budget
from factcheck.web.refusals import outcome_told
from factcheck.web.uploads import file_in, form_after, name_of
from factcheck.web.visitors import Form, said, text
from factcheck.workflow.follow_extraction import ExtractionState, extraction_of
from factcheck.workflow.plan_extraction import ExtractionOptions
from factcheck.workflow.submit_article import BegunExtraction, Submission

router = APIRouter()

ENCODINGS = (
    *("utf-16", "windows-1250", "windows-1251", "windows-1252", "iso-8859-1", "iso-8859-2", "iso-8859-15", "koi8-r"),
    *("mac-roman", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr"),
)
"""What a file may be told to be written in; Python knows others, some of which are no encodings of texts."""
_BEGINNING, _END = 1_500, 400
Key = Annotated[str, Path(max_length=40)]


@router.get("/add")
def add_page(drawing: InDrawing) -> Response:
    """Where articles are handed in."""
    return _page(drawing)


@router.post("/add/address")
def add_address(drawing: InDrawing, form: Form) -> Response:
    """Read a page of the web."""
    url = said(form, "url") or ""
    return _handed_in(drawing, form, lambda: drawing.office.articles.of_address(url, drawing.name))


@router.post("/add/text")
def add_text(drawing: InDrawing, form: Form) -> Response:
    """Read a text as it was pasted; it may be of any kind that a file may be of."""
    content = text(form, "text").encode()
    return _handed_in(drawing, form, lambda: drawing.office.articles.of_content(content, None, drawing.name))


def _who_may(drawing: InDrawing) -> Drawing:
    """Who it is, and whether they may, is asked before a file is received. Raises ConflictError."""
    drawing.office.articles.require_may(drawing.name)
    return drawing


@router.post("/add/file")
def add_file(drawing: InDrawing, form: Annotated[FormData, Depends(form_after(_who_may))]) -> Response:
    """Read a file."""
    articles, name = drawing.office.articles, drawing.name
    file, encoding = file_in(form), said(form, "encoding")

    def read() -> Submission:
        if encoding is not None and encoding not in ENCODINGS:
            raise InputError(f"{encoding!r} is none of {', '.join(ENCODINGS)}")
        if file is None:
            raise InputError("no file was chosen")
        return articles.of_content(file.file.read(), name_of(file), name, encoding)

    return _handed_in(drawing, form, read)


@router.get("/submissions/{key}")
def submission_page(drawing: InDrawing, key: Key) -> Response:
    """What was read, and what it would take to ask about it."""
    return _submission(drawing, key, drawing.office.submissions.find(key, drawing.name))


@router.post("/submissions/{key}")
def begin(drawing: InDrawing, key: Key, form: Form) -> Response:
    """Store it and begin to ask."""
    office, name = drawing.office, drawing.name
    submission = office.submissions.find(key, name)
    try:
        options = ExtractionOptions(anyway=said(form, "anyway") is not None, budget=budget(form))
        with office.reading.taken():
            begun = office.articles.begin(submission, name, options)
    except FactcheckError as error:
        return _submission(drawing, key, submission, _tellable(error), form)
    office.submissions.drop(key)
    return _follow(drawing, begun)


@router.get("/articles/{article}/extraction")
def extraction_page(drawing: InDrawing, article: ArticleNumber) -> Response:
    """How far an article is, from the database: whoever asks, from here or from a terminal."""
    return _extraction(drawing, article)


@router.post("/articles/{article}/extraction")
def go_on(drawing: InDrawing, article: ArticleNumber, form: Form) -> Response:
    """Ask what an article has no answer to."""
    name = drawing.name
    try:
        begun = drawing.office.articles.go_on(article, name, ExtractionOptions(budget=budget(form)))
    except FactcheckError as error:
        return _extraction(drawing, article, _tellable(error), form)
    return _follow(drawing, begun)


def _handed_in(drawing: Drawing, form: FormData, read: Callable[[], Submission]) -> Response:
    name = drawing.name
    try:
        with drawing.office.reading.taken():
            submission = read()
    except FactcheckError as error:
        return _page(drawing, _tellable(error), form)
    return drawing.goes_to(f"/submissions/{drawing.office.submissions.keep(submission, name)}")


def _page(drawing: Drawing, error: FactcheckError | None = None, form: FormData | None = None) -> Response:
    return drawing.page(
        "add.html.j2",
        may=drawing.office.articles.may(drawing.name),
        error=error,
        advice=advice(error),
        url=text(form, "url") if form else "",
        text=text(form, "text") if form else "",
        encodings=ENCODINGS,
    )


def _submission(
    drawing: Drawing,
    key: str,
    submission: Submission,
    error: FactcheckError | None = None,
    form: FormData | None = None,
) -> Response:
    with drawing.office.reading.taken():
        found = drawing.office.articles.estimate(submission)
    return drawing.page(
        "submission.html.j2",
        key=key,
        submission=submission,
        found=found,
        beginning=_BEGINNING,
        end=_END,
        stubs=[one for one in submission.articles if one.stub],
        error=error,
        advice=advice(error),
        typed=text(form, "budget") if form else "",
        dollars=dollars,
        number=partial(format_decimal, locale=drawing.words.locale),
        no_model=advice(found.no_model),
    )


def _extraction(
    drawing: Drawing, article: int, error: FactcheckError | None = None, form: FormData | None = None
) -> Response:
    office = drawing.office
    may = office.articles.may(drawing.name)
    state = extraction_of(office.stores, article)
    rest = office.articles.estimate_rest(article) if may and state.left and not state.is_under_way else None
    return drawing.page(
        "extraction.html.j2",
        state=state,
        outcome=_outcome(office, state),
        rest=rest,
        error=error,
        advice=advice(error),
        typed=text(form, "budget") if form else "",
        dollars=dollars,
        number=partial(format_decimal, locale=drawing.words.locale),
        no_model=advice(rest.no_model if rest else None),
    )


def _tellable(error: FactcheckError) -> FactcheckError:
    """The error, if it may stand on a page beside a form; else it is raised, for those who keep the desk."""
    if error.is_inner:
        raise error
    return error


def _outcome(office: Office, state: ExtractionState) -> str | None:
    """How the run ended before it was done."""
    told = state.run.outcome if state.run else None
    if told in {None, FINISHED} or not state.left:
        return None
    return outcome_told(told, office.stores.location) if office.is_guarded else told


def _follow(drawing: Drawing, begun: BegunExtraction) -> Response:
    return drawing.goes_to(f"/articles/{begun.article_ids[0]}/extraction", None if begun.run_id else "nothing-left")


_ADVICE: tuple[tuple[type[FactcheckError], str], ...] = (
    (errors.PrivateAddressError, "private"),
    (errors.EncodingError, "encoding"),
    (errors.StubError, "stub"),
    (errors.SourceError, "source"),
    (errors.UnknownPriceError, "price"),
    (errors.NoModelNamedError, "no-model"),
    (errors.NoKeyError, "no-key"),
    (errors.ModelError, "model"),
    (errors.HeldByBatchError, "batch"),
)


def advice(error: FactcheckError | None) -> str | None:
    """What to do about it, by the name that the templates have for it; None where there is nothing."""
    return next((name for kind, name in _ADVICE if isinstance(error, kind)), None)
