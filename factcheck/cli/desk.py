"""`factcheck people` and `factcheck scales`: who is at the desk, and what the labels of its verdicts mean."""

from collections.abc import Sequence

import click

from factcheck import wiring
from factcheck.cli.damage import stores_to_list
from factcheck.cli.options import WORDS, OneOf, command, json_option, reviewer_option
from factcheck.cli.passwords import password_from
from factcheck.cli.terminal import say, show_list, table, write
from factcheck.domain.desk import Person
from factcheck.domain.rating import RatingScale
from factcheck.domain.states import Role
from factcheck.export.records import plain, to_json
from factcheck.settings import Settings
from factcheck.workflow.log_in import set_password, take_password
from factcheck.workflow.manage_people import add_person, change_roles, list_people

_name = click.argument("name", type=WORDS)


@click.group("people")
def people_command() -> None:
    """List people, add them, give them roles."""


@command("list", of=people_command)
def list_people_command(settings: Settings, *, as_json: bool) -> None:
    """List the people of the desk."""
    columns = {"name": "left", "roles": "wide"}
    with stores_to_list(settings) as opened:
        everybody = list_people(opened)
        show_list(everybody, plain, columns, lambda one: (one.name, ", ".join(one.roles)), as_json=as_json)


@command("add", _name, reviewer_option, of=people_command)
@click.option("--role", "roles", type=OneOf(Role), multiple=True, help="May be given again. [default: reviewer]")
def add_command(settings: Settings, name: str, roles: tuple[Role, ...], *, as_json: bool) -> None:
    """Add NAME, or give them more roles."""
    with wiring.stores(settings, creates=True) as opened:
        _show(add_person(opened, name, roles, settings.reviewer), as_json=as_json)


@command("role", _name, reviewer_option, of=people_command)
@click.argument("roles", type=OneOf(Role), nargs=-1)
def role_command(settings: Settings, name: str, roles: tuple[Role, ...], *, as_json: bool) -> None:
    """Let NAME have these roles and no others; with none, they may do nothing where roles are on."""
    with wiring.stores(settings) as opened:
        _show(change_roles(opened, name, roles, settings.reviewer), as_json=as_json)


@command("password", _name, reviewer_option, of=people_command)
@click.option("--remove", is_flag=True, help="Let NAME log in no more, and end their tokens.")
def password_command(settings: Settings, name: str, *, remove: bool, as_json: bool) -> None:
    """Give NAME a password for the desk in a browser.

    It is asked for at the terminal, or read as a line of standard input; it is never an argument, which others see.
    """
    ended: Sequence[int] = ()
    with wiring.door(settings) as door:
        if remove:
            ended = take_password(door, name, settings.reviewer)
        else:
            set_password(door, name, password_from(name), settings.reviewer)
    told = {"name": name, "has_password": not remove} | ({"tokens_ended": ended} if remove else {})
    write(to_json(told) if as_json else f"{name} {'has no password any more' if remove else 'has a new password'}")
    if ended:
        say(f"tokens that act as {name} open nothing now: {', '.join(map(str, ended))}")


@click.group("scales")
def scales_command() -> None:
    """List the rating scales, or show one."""


@scales_command.command("list")
@json_option
@click.pass_obj
def list_scales_command(settings: Settings, *, as_json: bool) -> None:
    """List the scales: those that ship with factcheck and those of the config file."""

    def line(one: RatingScale) -> tuple[object, ...]:
        is_used = "used here" if one.id == settings.scale else ""
        return one.id, one.version, is_used, ", ".join(label.id for label in one.labels)

    columns = {"scale": "left", "version": "right", "": "left", "labels": "wide"}
    show_list(wiring.scales(settings).values(), plain, columns, line, as_json=as_json)


@scales_command.command("show")
@click.argument("name", type=WORDS, metavar="SCALE")
@json_option
@click.pass_obj
def show_command(settings: Settings, name: str, *, as_json: bool) -> None:
    """Show what the labels of a scale mean, and AVeriTeC's class of each."""
    scale = wiring.scale_named(settings, name)
    if as_json:
        write(to_json(plain(scale)))
        return
    columns = {"label": "left", "grade": "right", "AVeriTeC": "left", "definition": "wide"}
    table(columns, ((one.id, one.grade, one.averitec.value, one.definition) for one in scale.labels))


def _show(person: Person, *, as_json: bool) -> None:
    write(to_json(plain(person)) if as_json else f"{person.name}: {', '.join(person.roles) or 'no role'}")
