"""`factcheck scales`: the rating scales and what their labels mean."""

import click

from factcheck import wiring
from factcheck.cli.options import WORDS, json_option
from factcheck.cli.terminal import table, write
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
    found = wiring.scales(settings).values()
    if as_json:
        write(to_json(plain(list(found))))
        return
    columns = (("scale", "left"), ("version", "right"), ("", "left"), ("labels", "wide"))
    table(
        columns,
        (
            (one.id, one.version, "used here" if one.id == settings.scale else "", ", ".join(x.id for x in one.labels))
            for one in found
        ),
    )


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
    columns = (("label", "left"), ("grade", "right"), ("AVeriTeC", "left"), ("definition", "wide"))
    table(columns, ((one.id, one.grade, one.averitec.value, one.definition) for one in scale.labels))
