"""`factcheck articles`, `runs`, `diff`, `replay`: what was taken in, and how it was asked about."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import click

from factcheck import wiring
from factcheck.cli.damage import stores_to_list
from factcheck.cli.exit_codes import ExitCode
from factcheck.cli.options import command, db_option, json_option, page_options
from factcheck.cli.terminal import show_list, spoken, write
from factcheck.domain.comparison import Comparison
from factcheck.domain.cost import dollars
from factcheck.domain.extraction import FiledRun
from factcheck.domain.sentence import SentenceState
from factcheck.export import records
from factcheck.export.records import article_record, comparison_record, run_record, to_json
from factcheck.settings import Settings
from factcheck.workflow import look_up
from factcheck.workflow.replay_run import replay_run

_COLUMNS = {"#": "right", "article": "wide"} | dict.fromkeys(("sentences", "failed", "open", "claims"), "right")
_RUN_COLUMNS = {"#": "right", "article": "right", "model": "wide", "prompt": "left"}
_RUN_COLUMNS |= dict.fromkeys(("calls", "tokens", "seconds", "price"), "right") | {"outcome": "wide"}


@command("articles")
@page_options
def articles_command(settings: Settings, *, limit: int | None, as_json: bool) -> None:
    """List the articles, and how far they are answered."""

    def record(one: look_up.ArticleOverview) -> dict[str, object]:
        return article_record(one.article) | {"sentences": records.ledger_record(one.sentences), "claims": one.claims}

    def line(one: look_up.ArticleOverview) -> tuple[object, ...]:
        failed, pending = (one.sentences.get(state, 0) for state in (SentenceState.FAILED, SentenceState.PENDING))
        return one.article.id, one.article.name, sum(one.sentences.values()), failed or "", pending or "", one.claims

    with stores_to_list(settings) as opened:
        page = look_up.articles(opened, limit)
        show_list(page.shown, record, _COLUMNS, line, as_json=as_json, total=page.total)


@command("runs")
@click.option("--article", "article_id", type=int, metavar="N", help="Only runs on this article.")
@page_options
def runs_command(settings: Settings, article_id: int | None, *, limit: int | None, as_json: bool) -> None:
    """List the extraction runs, with what each asked and cost."""
    with stores_to_list(settings) as opened:
        page = look_up.runs(opened, article_id, limit)
        show_list(page.shown, run_record, _RUN_COLUMNS, _run_line, as_json=as_json, total=page.total)


@command("diff", *(click.argument(name, type=int, metavar="RUN") for name in ("first", "second")))
def diff_command(settings: Settings, first: int, second: int, *, as_json: bool) -> None:
    """Show what changed between two runs on one article.

    Only sentences that both runs asked about count: a retry asks about few.
    """
    with stores_to_list(settings) as opened:
        found = look_up.compare_runs(opened, first, second)
        if as_json:
            write(to_json(comparison_record(found)))
            return
        for run in (found.first.run, found.second.run):
            setup = run.setup
            write(f"run {run.id}: {setup.model}, {setup.prompt} v{setup.prompt_version} {setup.prompt_hash[:8]}")
        write("\n".join(_told_changes(found)))


@click.command("replay")
@click.argument("number", type=int, metavar="RUN")
@click.option("--recording", type=click.Path(path_type=Path), metavar="FILE", help="Where the recording is.")
@json_option
@db_option
@click.pass_obj
def replay_command(settings: Settings, number: int, recording: Path | None, *, as_json: bool) -> int:
    """Play a run's recording again, and say whether the same claims come out.

    Nothing is changed.
    """
    with wiring.stores(settings) as opened:
        played = replay_run(opened.ledger, partial(wiring.session_of_run, settings, recording), number)
    found, path = played.comparison, str(played.recording)
    if as_json:
        write(to_json(comparison_record(found) | {"same": found.is_same, "recording": path}))
    else:
        write(f"run {number} played again from {path!r}: {'the same' if found.is_same else 'not the same'}")
        write("\n".join(_told_changes(found)))
    return ExitCode.OK if found.is_same else ExitCode.DIFFERENT


def _told_changes(found: Comparison) -> Iterator[str]:
    """What was kept, lost and gained between two runs, and the sentences that moved, a line each."""
    lost, gained = found.lost, found.gained
    counts = f"{len(found.kept)} claims in both, {len(lost)} lost, {len(gained)} gained"
    yield f"{len(found.asked_by_both)} sentences asked by both: {counts}"
    for position, *states in found.moved:
        told = [f"{spoken(one.state)} ({one.kind})" if one.kind else spoken(one.state) for one in states]
        yield f"  sentence {position}: {' -> '.join(told)}"
    yield from (f"  - {one.id:>5}  {one.text}" for one in lost)
    yield from (f"  + {one.id:>5}  {one.text}" for one in gained)


def _run_line(run: FiledRun) -> tuple[object, ...]:
    usage, setup = run.usage, run.setup
    prompt = f"v{setup.prompt_version} {setup.prompt_hash[:8]}"  # eight digits tell two prompts apart
    counted = f"{usage.prompt_tokens + usage.completion_tokens:,}{'+' if usage.uncounted else ''}"
    cost = counted if usage.is_counted else "unknown", f"{usage.seconds:,.1f}", dollars(run.price)
    return run.id, run.article_id, setup.model, prompt, usage.calls, *cost, run.outcome or "broken off"
