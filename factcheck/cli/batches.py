"""`factcheck batches`: what a server answers by batches, and the collecting of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from time import sleep

import click

from factcheck import wiring
from factcheck.cli.exit_codes import ExitCode, exit_code_of
from factcheck.cli.options import db_option, json_option
from factcheck.cli.progress import BatchDisplay
from factcheck.cli.terminal import say, table, write
from factcheck.domain.batch import BatchState, FiledBatch
from factcheck.export.records import batch_record, summary_record, to_json
from factcheck.settings import Settings
from factcheck.workflow.collect_batches import CollectBatches, Looked

_COLUMNS = {"#": "right", "state": "left"}
_COLUMNS |= dict.fromkeys(("done", "failed", "requests", "stored", "age"), "right") | {"articles": "wide"}
_MOST_NAMED = 8  # articles of a batch
_A_DAY = 86_400


@click.command("batches", context_settings={"show_default": True})
@click.option("--list", "only_list", is_flag=True, help="Only show them; collect nothing.")
@click.option("--cancel", "cancelled", type=int, metavar="N", help="Stop a batch; what is answered is paid and kept.")
@click.option("--wait", is_flag=True, help="Ask again and again until every batch is collected.")
@click.option("--interval", type=click.IntRange(1, _A_DAY), default=60, help="Seconds between, with --wait.")
@click.option("--prices", type=click.Path(path_type=Path), metavar="FILE", help="Prices. [or FACTCHECK_PRICES]")
@json_option
@db_option
@click.pass_obj
def batches_command(
    settings: Settings,
    /,
    *,
    only_list: bool,
    cancelled: int | None,
    wait: bool,
    interval: int,
    prices: Path | None,
    as_json: bool,
) -> int:
    """Show the batches that are under way, and collect those that are done.

    `factcheck extract --batch` sends them.
    """
    if sum((only_list, cancelled is not None, wait)) > 1:
        message = "--list, --cancel and --wait exclude each other"
        raise click.UsageError(message)
    with wiring.stores(settings) as opened:
        told = BatchDisplay(None if as_json else opened.location)
        with told, wiring.collect_batches(opened, settings, prices, told) as collecting:
            found = _looked(collecting, only_list=only_list, cancelled=cancelled, interval=interval if wait else None)
    _show(found, wiring.utc_now(), as_json=as_json)
    if found.hindrances:
        return exit_code_of(found.hindrances[0])
    return ExitCode.OK if found.is_complete else ExitCode.INCOMPLETE


def _looked(collecting: CollectBatches, *, only_list: bool, cancelled: int | None, interval: int | None) -> Looked:
    if cancelled is not None:
        return collecting.cancel(cancelled)
    if interval is not None:
        return collecting.wait(lambda: sleep(interval))
    return collecting.look(is_collecting=not only_list)


def _show(found: Looked, now: datetime, *, as_json: bool) -> None:
    if as_json:
        of_article = {one.article.id: summary_record(one) for one in found.summaries}
        records = []
        for one in found.batches:
            collected = [of_article[number] for number in one.articles if number in of_article]
            records.append(batch_record(one, now) | {"collected": collected})
        write(to_json(records))
    elif found.batches:
        table(_COLUMNS, (_line(one, now) for one in found.batches))
    else:
        say("no batch is under way; send one with: factcheck extract SOURCE --batch")


def _line(one: FiledBatch, now: datetime) -> Sequence[object]:
    state = f"{one.state.value}: {one.status}" if one.state is BatchState.OUT and one.status else one.state.value
    age = timedelta(seconds=round((now - one.prepared_at).total_seconds()))
    named = ", ".join(map(str, one.articles[:_MOST_NAMED]))
    more = f" and {len(one.articles) - _MOST_NAMED} more" if len(one.articles) > _MOST_NAMED else ""
    return one.id, state, one.done, one.failed, one.requests, one.requests - one.left, age, named + more
