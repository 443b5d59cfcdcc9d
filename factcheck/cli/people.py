"""`factcheck people`: who is at the desk, and with which roles."""

import click

from factcheck import wiring
from factcheck.cli.options import WORDS, OneOf, command, reviewer_option
from factcheck.cli.terminal import show_list, write
from factcheck.domain.desk import Person
from factcheck.domain.states import Role
from factcheck.export.records import plain, to_json
from factcheck.settings import Settings
from factcheck.workflow.manage_people import add_person, change_roles, list_people

_name = click.argument("name", type=WORDS)


@click.group("people")
def people_command() -> None:
    """List people, add them, give them roles."""


@command("list", of=people_command)
def list_command(settings: Settings, *, as_json: bool) -> None:
    """List the people of the desk."""
    with wiring.stores(settings) as opened:
        everybody = list_people(opened)
    columns = {"name": "left", "roles": "wide"}
    show_list(everybody, plain, columns, lambda one: (one.name, ", ".join(one.roles)), as_json=as_json)


@command("add", _name, reviewer_option, of=people_command)
@click.option("--role", "roles", type=OneOf(Role), multiple=True, help="May be given again. [default: reviewer]")
def add_command(settings: Settings, name: str, roles: tuple[Role, ...], *, as_json: bool) -> None:
    """Add NAME, or give them more roles."""
    with wiring.stores(settings) as opened:
        _show(add_person(opened, name, roles, settings.reviewer), as_json=as_json)


@command("role", _name, reviewer_option, of=people_command)
@click.argument("roles", type=OneOf(Role), nargs=-1)
def role_command(settings: Settings, name: str, roles: tuple[Role, ...], *, as_json: bool) -> None:
    """Let NAME have these roles and no others; with none, they may do nothing where roles are on."""
    with wiring.stores(settings) as opened:
        _show(change_roles(opened, name, roles, settings.reviewer), as_json=as_json)


def _show(person: Person, *, as_json: bool) -> None:
    write(to_json(plain(person)) if as_json else f"{person.name}: {', '.join(person.roles) or 'no role'}")
