"""`factcheck runs` and `factcheck diff RUN RUN`."""

from collections.abc import Iterator

import click

from factcheck import wiring
from factcheck.cli.options import db_option, json_option, page_options, page_size
from factcheck.cli.terminal import page_note, table, write
from factcheck.domain.comparison import Comparison
from factcheck.domain.cost import dollars
from factcheck.domain.extraction import FiledRun
from factcheck.domain.sentence import LedgerEntry
from factcheck.export.records import comparison_record, run_record, to_json
from factcheck.settings import Settings


@click.command("runs")
@click.option("--article", "article_id", type=int, metavar="N", help="Only runs on this article.")
@page_options
@json_option
@db_option
@click.pass_obj
def runs_command(
    settings: Settings, article_id: int | None, *, limit: int | None, show_all: bool, as_json: bool
) -> None:
    """List the extraction runs: what asked, what it cost, how it ended."""
    with wiring.stores(settings) as opened:
        if article_id is not None:
            opened.ledger.article(article_id)
        found = opened.ledger.runs(article_id)
    shown = found[: page_size(limit, show_all=show_all, as_json=as_json)]
    if as_json:
        write(to_json([run_record(run) for run in shown]))
        return
    columns = (
        ("#", "right"),
        ("article", "right"),
        ("model", "wide"),
        ("prompt", "left"),
        ("calls", "right"),
        ("tokens", "right"),
        ("seconds", "right"),
        ("price", "right"),
        ("outcome", "wide"),
    )
    table(columns, map(_line, shown))
    page_note(len(shown), len(found))


@click.command("diff")
@click.argument("first", type=int, metavar="RUN")
@click.argument("second", type=int, metavar="RUN")
@json_option
@db_option
@click.pass_obj
def diff_command(settings: Settings, first: int, second: int, *, as_json: bool) -> None:
    """Show what changed between two runs on one article.

    Only sentences that both runs asked about count: a retry asks about few.
    """
    with wiring.stores(settings) as opened:
        found = Comparison(opened.ledger.answers(first), opened.ledger.answers(second))
    write(to_json(comparison_record(found)) if as_json else "\n".join(_told(found)))


def _told(found: Comparison) -> Iterator[str]:
    for answers in (found.first, found.second):
        setup = answers.run.setup
        yield f"run {answers.run.id}: {setup.model}, {setup.prompt} v{setup.prompt_version} {setup.prompt_hash[:8]}"
    yield from told_changes(found)


def told_changes(found: Comparison) -> Iterator[str]:
    """What was kept, lost and gained between two runs, and the sentences that moved, a line each."""
    lost, gained = found.lost, found.gained
    counts = f"{len(found.kept)} claims in both, {len(lost)} lost, {len(gained)} gained"
    yield f"{len(found.asked_by_both)} sentences asked by both: {counts}"
    for position, before, after in found.moved:
        yield f"  sentence {position}: {_state(before)} -> {_state(after)}"
    yield from (f"  - {one.id:>5}  {one.text}" for one in lost)
    yield from (f"  + {one.id:>5}  {one.text}" for one in gained)


def _state(entry: LedgerEntry) -> str:
    state = entry.state.value.replace("_", " ")
    return f"{state} ({entry.kind})" if entry.kind else state


def _line(run: FiledRun) -> tuple[object, ...]:
    usage = run.usage
    return (
        run.id,
        run.article_id,
        run.setup.model,
        f"v{run.setup.prompt_version} {run.setup.prompt_hash[:8]}",
        usage.calls,
        f"{usage.prompt_tokens + usage.completion_tokens:,}",
        f"{usage.seconds:,.1f}",
        dollars(run.price),
        run.outcome or "broken off",
    )
