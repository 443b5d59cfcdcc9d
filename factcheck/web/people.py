"""Who is at the desk, and what they may do: shown to everybody, set by who may."""

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from factcheck.domain.states import Role
from factcheck.errors import ConflictError, FactcheckError, InputError
from factcheck.web.drawing import Drawing, InDrawing
from factcheck.web.entering import CHOOSE
from factcheck.web.visitors import Form, text
from factcheck.workflow.log_in import LINK_LASTS, Doorkeeper, give_link, take_password
from factcheck.workflow.manage_people import add_person, change_roles, list_people

router = APIRouter(prefix="/people")


@router.get("")
def people(drawing: InDrawing) -> Response:
    """Everybody, with forms for who may change what they may do."""
    return _page(drawing)


@router.post("/add")
def add(drawing: InDrawing, form: Form) -> Response:
    """Add somebody, or give them more roles."""
    name, by = text(form, "name"), drawing.name
    try:
        add_person(drawing.office.stores, name, _roles(form), by, by_rule=drawing.office.has_roles)
    except FactcheckError as error:
        return _page(drawing, error, name)
    return drawing.goes_to("/people", "saved")


@router.post("/roles")
def set_roles(drawing: InDrawing, form: Form) -> Response:
    """Let somebody have the roles that are ticked, and no others."""
    name, by = text(form, "name"), drawing.name
    try:
        if "had" not in form:
            raise ConflictError(
                "the roles that the page has shown were not sent with the new ones; load the page again"
            )
        had = _roles(form, "had")
        change_roles(drawing.office.stores, name, _roles(form), by, by_rule=drawing.office.has_roles, seen=had)
    except FactcheckError as error:
        return _page(drawing, error)
    return drawing.goes_to("/people", "saved")


@router.post("/link")
def give_link_to(drawing: InDrawing, form: Form) -> Response:
    """Show a link with which somebody chooses their first password: once, to whoever hands it to them."""
    name = text(form, "name")
    try:
        key = give_link(_door(drawing), name, drawing.name, has_roles=drawing.office.has_roles)
    except FactcheckError as error:
        return _page(drawing, error)
    return _page(drawing, link=f"{drawing.office.address.origin}{CHOOSE}/{key}", typed=name)


@router.post("/no-password")
def take_password_of(drawing: InDrawing, form: Form) -> Response:
    """Let somebody log in with no password and no link any more."""
    name = text(form, "name")
    try:
        take_password(_door(drawing), name, drawing.name, has_roles=drawing.office.has_roles)
    except FactcheckError as error:
        return _page(drawing, error)
    return drawing.goes_to("/people", "saved")


def _door(drawing: Drawing) -> Doorkeeper:
    if not drawing.office.asks_passwords:
        raise ConflictError("this desk asks nobody for a password")
    return drawing.office.door


def _page(drawing: Drawing, error: FactcheckError | None = None, typed: str = "", link: str | None = None) -> Response:
    roles, office = drawing.roles, drawing.office
    gives = office.asks_passwords and roles is not None and Role.EDITOR in roles
    return drawing.page(
        "people.html.j2",
        people=list_people(office.stores),
        passwords=office.door.accounts.standing() if gives else None,
        link=link,
        days=LINK_LASTS.days,
        may_set=drawing.name and (roles is None or Role.EDITOR in roles),
        error=error,
        typed=typed,
    )


def _roles(form: FormData, field: str = "role") -> list[Role]:
    told = [one for one in form.getlist(field) if isinstance(one, str) and one]
    try:
        return [Role(one) for one in told]
    except ValueError as error:
        raise InputError(f"{told!r} are not all of {', '.join(Role)}") from error
