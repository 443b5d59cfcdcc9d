"""`factcheck runs`."""

import click

from factcheck import wiring
from factcheck.cli.options import db_option, json_option, page_options, page_size
from factcheck.cli.terminal import page_note, table, write
from factcheck.domain.extraction import FiledRun
from factcheck.export.records import run_record, to_json
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
        ("outcome", "wide"),
    )
    table(columns, map(_line, shown))
    page_note(len(shown), len(found))


def _line(run: FiledRun) -> tuple[object, ...]:
    tokens = f"{run.usage.prompt_tokens + run.usage.completion_tokens:,}"
    prompt = f"v{run.setup.prompt_version} {run.setup.prompt_hash[:8]}"
    return run.id, run.article_id, run.setup.model, prompt, run.usage.calls, tokens, run.outcome or "broken off"
