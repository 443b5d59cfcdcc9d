"""`factcheck people`: who is at the desk, and with which roles."""

import click

from factcheck import wiring
from factcheck.cli.options import WORDS, db_option, json_option, reviewer_option
from factcheck.cli.terminal import table, write
from factcheck.domain.desk import Person
from factcheck.domain.states import Role
from factcheck.export.records import person_record, to_json
from factcheck.settings import Settings
from factcheck.workflow.manage_people import add_person, change_roles

_ROLES = click.Choice([role.value for role in Role])


@click.group("people")
def people_command() -> None:
    """List people, add them, give them roles."""


@people_command.command("list")
@json_option
@db_option
@click.pass_obj
def list_command(settings: Settings, *, as_json: bool) -> None:
    """List the people of the desk."""
    with wiring.stores(settings) as opened:
        everybody = opened.people.everybody()
    if as_json:
        write(to_json([person_record(one) for one in everybody]))
    else:
        table((("name", "left"), ("roles", "wide")), ((one.name, ", ".join(one.roles)) for one in everybody))


@people_command.command("add")
@click.argument("name", type=WORDS)
@click.option("--role", "roles", type=_ROLES, multiple=True, help="May be given again. [default: reviewer]")
@reviewer_option
@json_option
@db_option
@click.pass_obj
def add_command(settings: Settings, name: str, roles: tuple[str, ...], reviewer: str | None, *, as_json: bool) -> None:
    """Add NAME, or give them more roles."""
    wanted = [Role(one) for one in roles or (Role.REVIEWER.value,)]
    with wiring.stores(settings) as opened:
        _show(add_person(opened.people, wiring.utc_now, name, wanted, reviewer or settings.reviewer), as_json=as_json)


@people_command.command("role")
@click.argument("name", type=WORDS)
@click.argument("roles", type=_ROLES, nargs=-1)
@reviewer_option
@json_option
@db_option
@click.pass_obj
def role_command(settings: Settings, name: str, roles: tuple[str, ...], reviewer: str | None, *, as_json: bool) -> None:
    """Let NAME have these roles and no others; with none, they may do nothing where roles are on."""
    wanted = [Role(one) for one in roles]
    with wiring.stores(settings) as opened:
        _show(change_roles(opened.people, wiring.utc_now, name, wanted, reviewer or settings.reviewer), as_json=as_json)


def _show(person: Person, *, as_json: bool) -> None:
    if as_json:
        write(to_json(person_record(person)))
    else:
        write(f"{person.name}: {', '.join(person.roles) or 'no role'}")
