"""`factcheck runs` and `factcheck diff RUN RUN`."""

from collections.abc import Iterator

import click

from factcheck import wiring
from factcheck.cli.options import command, page_options
from factcheck.cli.terminal import page_note, spoken, table, write
from factcheck.domain.comparison import Comparison
from factcheck.domain.cost import dollars
from factcheck.domain.extraction import FiledRun
from factcheck.domain.sentence import LedgerEntry
from factcheck.export.records import comparison_record, run_record, to_json
from factcheck.settings import Settings
from factcheck.workflow import look_up

_COLUMNS = (
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


@command("runs")
@click.option("--article", "article_id", type=int, metavar="N", help="Only runs on this article.")
@page_options
def runs_command(settings: Settings, article_id: int | None, *, limit: int | None, as_json: bool) -> None:
    """List the extraction runs, with what each asked and cost."""
    with wiring.stores(settings) as opened:
        page = look_up.runs(opened, article_id, limit)
    if as_json:
        write(to_json([run_record(run) for run in page.shown]))
        return
    table(_COLUMNS, map(_line, page.shown))
    page_note(page)


@command(
    "diff",
    click.argument("first", type=int, metavar="RUN"),
    click.argument("second", type=int, metavar="RUN"),
)
def diff_command(settings: Settings, first: int, second: int, *, as_json: bool) -> None:
    """Show what changed between two runs on one article.

    Only sentences that both runs asked about count: a retry asks about few.
    """
    with wiring.stores(settings) as opened:
        found = look_up.compare_runs(opened, first, second)
    if as_json:
        write(to_json(comparison_record(found)))
        return
    for run in (found.first.run, found.second.run):
        setup = run.setup
        write(f"run {run.id}: {setup.model}, {setup.prompt} v{setup.prompt_version} {setup.prompt_hash[:8]}")
    write("\n".join(told_changes(found)))


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
    state = spoken(entry.state)
    return f"{state} ({entry.kind})" if entry.kind else state


def _line(run: FiledRun) -> tuple[object, ...]:
    usage = run.usage
    return (
        run.id,
        run.article_id,
        run.setup.model,
        f"v{run.setup.prompt_version} {run.setup.prompt_hash[:8]}",  # eight digits tell two prompts apart
        usage.calls,
        f"{usage.prompt_tokens + usage.completion_tokens:,}",
        f"{usage.seconds:,.1f}",
        dollars(run.price),
        run.outcome or "broken off",
    )
