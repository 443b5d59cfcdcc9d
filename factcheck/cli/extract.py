"""`factcheck extract`: articles in, claims into the queue."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from factcheck import wiring
from factcheck.cli.estimate import show_estimate
from factcheck.cli.exit_codes import ExitCode, exit_code_of
from factcheck.cli.options import db_option, json_option
from factcheck.cli.progress import BatchDisplay
from factcheck.cli.terminal import say, write
from factcheck.domain.extraction import DEFAULT_WINDOW, ExtractionSummary, StructuredMethod
from factcheck.domain.review import ClaimQuery
from factcheck.errors import SourceError
from factcheck.export.records import claim_record, summary_record, to_json
from factcheck.settings import DEFAULT_CONCURRENCY, DEFAULT_TIMEOUT, Settings
from factcheck.workflow import look_up
from factcheck.workflow.estimate_cost import estimate_batch
from factcheck.workflow.extract_batch import Wanted
from factcheck.workflow.plan_extraction import ExtractionOptions
from factcheck.workflow.stores import Stores

_WINDOW_HELP = f"Sentences a call. [default: {DEFAULT_WINDOW}]"
_ABOVE_NOTHING = click.FloatRange(min=0, min_open=True)
_METHODS = [method.value for method in StructuredMethod]


@click.command("extract")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--article", "articles", type=int, multiple=True, metavar="N", help="An article that is in already.")
@click.option("--again", is_flag=True, help="Ask everything again; claims found again keep their verdicts.")
@click.option("--retry", "retried", type=int, multiple=True, metavar="N", help="Ask again what failed in it.")
@click.option("--model", metavar="PROVIDER:NAME", help="The model to ask. [or FACTCHECK_MODEL]")
@click.option("--window", type=click.IntRange(1, 40), help=_WINDOW_HELP)
@click.option("--structured", type=click.Choice(_METHODS), help="How the form is asked for. [default: json_schema]")
@click.option(
    "--concurrency",
    type=click.IntRange(1, 256),
    default=DEFAULT_CONCURRENCY,
    show_default=True,
    help="Calls at a time.",
)
@click.option(
    "--timeout",
    type=click.IntRange(1, 86_400),
    default=DEFAULT_TIMEOUT,
    show_default=True,
    help="Seconds a try; a call has three.",
)
@click.option("--requests-per-minute", type=_ABOVE_NOTHING, metavar="N", help="Begin at most so many calls a minute.")
@click.option("--dry-run", is_flag=True, help="Only tell what it would cost; nothing is asked or stored.")
@click.option("--budget", type=_ABOVE_NOTHING, metavar="USD", help="Stop before the calls can cost more than this.")
@click.option("--prices", type=click.Path(path_type=Path), metavar="FILE", help="Prices. [or FACTCHECK_PRICES]")
@click.option("--record", type=click.Path(path_type=Path), metavar="FILE", help="Write all HTTP to a recording.")
@click.option("--replay", type=click.Path(path_type=Path), metavar="FILE", help="Answer all HTTP from a recording.")
@click.option("--encoding", help="Of text files that are not UTF-8, such as cp1252.")
@click.option("--language", metavar="TAG", help="Of the article, such as de; pages say their own.")
@json_option
@db_option
@click.pass_obj
def extract_command(
    settings: Settings,
    /,
    *,
    dry_run: bool,
    as_json: bool,
    **chosen: Any,  # noqa: ANN401 - every other option, under its name in ExtractionOptions
) -> int:
    """Split articles into claims and put them into the review queue.

    SOURCE is a text, Markdown or HTML file, an http(s) address, or - for standard input.
    What was extracted before is not paid for again.
    """
    wanted = Wanted(*(chosen.pop(name) for name in ("sources", "articles", "retried", "again")))
    if not (wanted.sources or wanted.articles or wanted.retried):
        message = "name at least one SOURCE, or an article with --article N or --retry N"
        raise click.UsageError(message)
    if chosen["record"] and (chosen["replay"] or dry_run):
        message = f"--record and {'--dry-run' if dry_run else '--replay'} exclude each other"
        raise click.UsageError(message)
    settings = replace(settings, concurrency=chosen.pop("concurrency"), timeout=chosen.pop("timeout"))
    method = chosen.pop("structured")
    options = ExtractionOptions(structured=StructuredMethod(method) if method else None, **chosen)
    session = wiring.extraction_session(settings, options)
    with wiring.stores(settings) as opened:
        if dry_run:
            found = estimate_batch(opened.ledger, session, wanted)
            show_estimate(found, as_json=as_json)
            return _exit_code(found.unread, is_complete=True)
        with BatchDisplay(None if as_json else opened.location) as told:
            done = wiring.extract_batch(opened, options, told).run(session, wanted)
        if as_json:
            write(to_json([_record(opened, summary) for summary in done.summaries]))
    if options.record and not options.record.exists():
        say(f"nothing was asked, so there is no recording {str(options.record)!r}")
    return _exit_code(done.unread, is_complete=done.is_complete)


def _exit_code(unread: tuple[SourceError, ...], *, is_complete: bool) -> ExitCode:
    if unread:
        return exit_code_of(unread[0])
    return ExitCode.OK if is_complete else ExitCode.INCOMPLETE


def _record(opened: Stores, summary: ExtractionSummary) -> dict[str, object]:
    claims = look_up.claims(opened, ClaimQuery(article_id=summary.article.id))
    return summary_record(summary) | {"claims": [claim_record(one) for one in claims]}
