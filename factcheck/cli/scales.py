"""`factcheck scales`: the rating scales and what their labels mean."""

import click

from factcheck import wiring
from factcheck.cli.options import WORDS, json_option
from factcheck.cli.terminal import show_list, table, write
from factcheck.domain.rating import RatingScale
from factcheck.export.records import plain, to_json
from factcheck.settings import Settings


@click.group("scales")
def scales_command() -> None:
    """List the rating scales, or show one."""


@scales_command.command("list")
@json_option
@click.pass_obj
def list_command(settings: Settings, *, as_json: bool) -> None:
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
