"""`factcheck watch`: what is new or changed in feeds and sitemaps, one pass a call."""

from typing import Any

import click

from factcheck.cli.extract import asked_for, asking_options, check_beside, choice_options, enqueued, extracted
from factcheck.cli.options import db_option, json_option, log_option
from factcheck.settings import Settings
from factcheck.workflow.extract_batch import Wanted
from factcheck.workflow.read_sources import Choice


@click.command("watch", context_settings={"show_default": True})
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@choice_options
@asking_options
@click.option("--enqueue", is_flag=True, help="Only read and file; workers ask. It takes PostgreSQL.")
@json_option
@log_option
@db_option
@click.pass_obj
def watch_command(settings: Settings, /, *, enqueue: bool, as_json: bool, **chosen: Any) -> int:  # noqa: ANN401 - as ExtractionOptions names them
    """Extract what is new or changed in feeds, one pass a call, for cron.

    Without a SOURCE those of the config file are looked at. A page that is in is read again if its listing tells of a
    later change, or if you name the page itself; one that cannot be read is tried in three passes. Where nothing is new
    nothing is said.
    """
    listed = {name: chosen.pop(name) for name in ("lists", "limit", "since", "refresh")}
    sources = chosen.pop("sources") or (() if listed["lists"] else settings.watched)
    if not (sources or listed["lists"]):
        message = "name a SOURCE, or set watch.sources in the config file"
        raise click.UsageError(message)
    check_beside("--enqueue", is_given=enqueue)
    settings, options = asked_for(settings, chosen)
    wanted = Wanted(sources, choice=Choice(**listed, watches=True))
    if enqueue:
        return enqueued(settings, wanted, options, as_json=as_json, quiet=True)
    return extracted(settings, wanted, options, as_json=as_json, quiet=True)
