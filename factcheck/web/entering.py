"""Coming and going: who somebody is, their language, their password."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from factcheck.errors import FactcheckError, InputError, MisspeltNameError, TooManyTriesError, WrongPasswordError
from factcheck.web.drawing import LANGUAGE_COOKIE, Drawing, InDrawing, goes_to
from factcheck.web.spoken import LANGUAGES
from factcheck.web.visitors import Form, Tries, Visit, cookie_name, let_in, said, text
from factcheck.workflow.log_in import change_password, choose_password, log_in, log_out, whose_link
from factcheck.workflow.manage_people import add_person, list_people
from factcheck.workflow.review_claim import require_known

router = APIRouter()
CHOOSE = "/enter/first"
"""Where the links lead to with which people choose their first password; the key comes after it."""
LinkKey = Annotated[str, Path(max_length=100)]
_YEAR = 365 * 86_400
_OF_ONE_OWNER = 64


@router.get("/enter")
def enter_page(drawing: InDrawing, to: Annotated[str, Query(max_length=500)] = "/") -> Response:
    """The door."""
    return door_page(drawing, to)


@router.post("/enter")
def enter(request: Request, drawing: InDrawing, form: Form) -> Response:
    """Come in: by a password, or where names are trusted by a name."""
    to = said(form, "to") or "/"
    try:
        visit = _by_password(request, drawing, form) if drawing.office.is_guarded else _by_name(drawing, form)
    except (WrongPasswordError, TooManyTriesError, InputError) as error:
        return door_page(drawing, to, error, text(form, "name"))
    answer = goes_to(own_path(to))
    let_in(answer, drawing.office, visit)
    return answer


@router.post("/leave")
def leave(drawing: InDrawing, form: Form) -> Response:
    """Go: the cookie is worth nothing afterwards, to whoever has kept it."""
    del form
    if drawing.office.is_guarded:
        log_out(drawing.office.door, drawing.visitor.visit.key)
    answer = drawing.goes_to("/enter", "left")
    answer.delete_cookie(cookie_name(drawing.office), path="/", secure=drawing.office.address.is_secure, httponly=True)
    return answer


@router.post("/language")
def choose_language(drawing: InDrawing, form: Form) -> Response:
    """Speak this language from now on, to this browser."""
    wanted = said(form, "language")
    answer = drawing.goes_to(own_path(said(form, "to") or "/"))
    if wanted in LANGUAGES:
        is_secure = drawing.office.address.is_secure
        answer.set_cookie(LANGUAGE_COOKIE, wanted, max_age=_YEAR, samesite="lax", secure=is_secure, httponly=True)
    return answer


@router.get("/password")
def password_page(drawing: InDrawing) -> Response:
    """Where somebody changes their password."""
    return drawing.page("password.html.j2", name=drawing.name)


@router.post("/password")
def new_password(request: Request, drawing: InDrawing, form: Form) -> Response:
    """Change it; who is logged in elsewhere in the same name is so no longer."""
    name, tries, address = drawing.name, _tries(request), _address(request)
    visit = Visit.new()
    try:
        with tries.guessing(name, address):
            _change(drawing, name, form, visit.key)
    except (WrongPasswordError, TooManyTriesError, InputError) as error:
        return drawing.page("password.html.j2", name=name, error=error)
    answer = drawing.goes_to("/", "password")
    let_in(answer, drawing.office, visit)
    return answer


@router.get(f"{CHOOSE}/{{key}}")
def first_password_page(drawing: InDrawing, key: LinkKey) -> Response:
    """Where somebody chooses their first password, by a link that an editor has given. Looking uses nothing up."""
    _require_passwords(drawing)
    return _first_password(drawing, whose_link(drawing.office.door, key))


@router.post(f"{CHOOSE}/{{key}}")
def first_password(drawing: InDrawing, key: LinkKey, form: Form) -> Response:
    """Keep it; the link is worth nothing then."""
    _require_passwords(drawing)
    name = whose_link(drawing.office.door, key)
    try:
        choose_password(drawing.office.door, key, _wanted(form))
    except InputError as error:
        return _first_password(drawing, name, error)
    return drawing.goes_to("/enter", "first-password")


def _first_password(drawing: Drawing, name: str, error: InputError | None = None) -> Response:
    return drawing.page("first_password.html.j2", name=name, error=error)


def _wanted(form: Form) -> str:
    wanted = text(form, "wanted")
    if wanted != text(form, "again"):
        raise InputError("the new password is not the same twice")
    return wanted


def _change(drawing: Drawing, name: str, form: Form, key: str) -> None:
    _require_passwords(drawing)
    change_password(drawing.office.door, name, text(form, "password"), _wanted(form), key)


def _by_password(request: Request, drawing: Drawing, form: Form) -> Visit:
    _require_passwords(drawing)
    name, tries, address = text(form, "name").strip(), _tries(request), _address(request)

    def begin(key: str) -> None:
        with tries.guessing(name, address):
            log_in(drawing.office.door, name, text(form, "password"), key)
        tries.one_right(name)

    return new_visit(drawing, begin)


def new_visit(drawing: Drawing, begin: Callable[[str], object]) -> Visit:
    """The visit of somebody whose session begins under its key. The one that their browser had before ends."""
    visit = Visit.new()  # never the one from before: somebody may have laid it there
    begin(visit.key)
    if drawing.visitor.name is not None:
        log_out(drawing.office.door, drawing.visitor.visit.key)
    return visit


def _require_passwords(drawing: Drawing) -> None:
    if not drawing.office.asks_passwords:
        raise InputError("this desk asks nobody for a password")


def _by_name(drawing: Drawing, form: Form) -> Visit:
    desk, name = drawing.office.desk, text(form, "name")
    if said(form, "new"):
        add_person(drawing.office.stores, name, (), drawing.visitor.name)
    return Visit.new(require_known(desk, name))


def door_page(drawing: Drawing, to: str, error: FactcheckError | None = None, name: str = "") -> Response:
    """The door, and why somebody was not let in."""
    people = () if drawing.office.is_guarded else list_people(drawing.office.stores)
    meant = error.meant if isinstance(error, MisspeltNameError) else None
    return drawing.page("enter.html.j2", error=error, people=people, to=own_path(to), name=name, meant=meant)


def own_path(to: str) -> str:
    """The path if it is one of this desk, else the first page: a link must not lead who logs in elsewhere."""
    is_own = to.startswith("/") and not to.startswith("//") and "\\" not in to and to.isprintable()
    return to if is_own else "/"


def _tries(request: Request) -> Tries:
    tries: Tries = request.app.state.tries
    return tries


def _address(request: Request) -> str:
    """Where somebody sits, as wrong passwords are counted: of IPv6 the network, whose owner has all its addresses.

    Behind a proxy it is the address that the proxy names, and no one else is believed.
    """
    try:
        address = ip_address(request.client.host.partition("%")[0] if request.client else "")
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else address
    return str(mapped or ip_network((address, _OF_ONE_OWNER), strict=False))
