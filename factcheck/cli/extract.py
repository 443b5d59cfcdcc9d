"""`factcheck extract`: articles in, claims into the queue."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from factcheck import wiring
from factcheck.cli.advice import ADD_PRICE, with_advice
from factcheck.cli.exit_codes import ExitCode, exit_code_of
from factcheck.cli.options import ABOVE_NOTHING, DAY, MANY, Command, OneOf, db_option, json_option
from factcheck.cli.output import ensure_no_treasure
from factcheck.cli.progress import BatchDisplay
from factcheck.cli.signals import stopped_as_by_ctrl_c
from factcheck.cli.terminal import counted, say, write
from factcheck.domain.cost import BATCH_SHARE, Estimate, Price, dollars
from factcheck.domain.extraction import DEFAULT_WINDOW, ServiceTier, StructuredMethod
from factcheck.domain.review import ClaimQuery
from factcheck.errors import SourceError
from factcheck.export.records import claim_record, estimate_record, named, summary_record, to_json
from factcheck.settings import DEFAULT_CONCURRENCY, DEFAULT_TIMEOUT, Settings
from factcheck.workflow import look_up
from factcheck.workflow.enqueue_articles import enqueue_articles
from factcheck.workflow.extract_batch import BatchEstimate, Wanted, estimate_batch
from factcheck.workflow.plan_extraction import ExtractionOptions
from factcheck.workflow.ports import Spill
from factcheck.workflow.read_sources import Choice

_NOT_IN_BATCHES = "record replay concurrency requests_per_minute service_tier split_compounds"
_NOT_ENQUEUED = f"again batch dry_run model window structured timeout budget prices {_NOT_IN_BATCHES}"
_EXCLUDED = {
    "--batch": (_NOT_IN_BATCHES.split(), "a batch is not asked call by call"),
    "--enqueue": (_NOT_ENQUEUED.split(), "what asks is a worker, which has options of its own"),
}
"""What means nothing beside an option, and why."""
_TIMEOUT = click.IntRange(1, 86_400)
_UNREAD = "unread"


class _Failed(click.ParamType[int | str]):
    """An article's number, or `unread` for the sources that could not be read."""

    name = "failed"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | str:  # noqa: ANN401
        if str(value).lower() == _UNREAD:
            return _UNREAD
        try:
            return int(value)
        except ValueError:
            self.fail(f"{value!r} is neither an article's number nor {_UNREAD!r}", param, ctx)


HOW_TO_ASK = (
    click.option("--model", metavar="PROVIDER:NAME", help="The model to ask. [or FACTCHECK_MODEL]"),
    click.option("--window", type=click.IntRange(1, 40), help=f"Sentences a call. [default: {DEFAULT_WINDOW}]"),
    click.option(
        "--structured", type=OneOf(StructuredMethod), help="How the form is asked for. [default: json_schema]"
    ),
    click.option("--concurrency", type=click.IntRange(1, 256), default=DEFAULT_CONCURRENCY, help="Calls at a time."),
    click.option("--timeout", type=_TIMEOUT, default=DEFAULT_TIMEOUT, help="Seconds a try; a call has three."),
    click.option(
        "--requests-per-minute", type=ABOVE_NOTHING, metavar="N", help="Begin at most so many calls a minute."
    ),
    click.option("--budget", type=ABOVE_NOTHING, metavar="USD", help="Stop before the calls can cost more than this."),
    click.option("--prices", type=click.Path(path_type=Path), metavar="FILE", help="Prices. [or FACTCHECK_PRICES]"),
    click.option("--service-tier", type=OneOf(ServiceTier), help="Of OpenAI's own server. [or FACTCHECK_SERVICE_TIER]"),
    click.option(
        "--split-compounds/--no-split-compounds",
        default=None,
        help="Ask once more about each claim of two facts. [or FACTCHECK_SPLIT_COMPOUNDS]",
    ),
)
"""The options on how a model is asked."""


def choice_options(function: Command) -> Command:
    """What is read, and what of listings."""
    one_by_one = "A file of addresses to read, one on each line; - is standard input."
    for option in (
        click.option("--refresh", is_flag=True, help="Fetch what is listed and in already, too, if it has changed."),
        click.option("--since", type=DAY, metavar="DAY", help="Of listings, only what is of this day (UTC) or later."),
        click.option("--limit", type=MANY, metavar="N", help="Of each listing, only the newest N."),
        click.option("--from-file", "lists", multiple=True, metavar="FILE", help=one_by_one),
    ):
        function = option(function)
    return function


def asking_options(function: Command) -> Command:
    """How a model is asked, and in what articles are written."""
    options = (
        *HOW_TO_ASK,
        click.option("--encoding", help="Of what is not UTF-8, such as cp1252; pages mostly say it."),
        click.option("--language", metavar="TAG", help="Of the article, such as de; pages say their own."),
    )
    return reduce(lambda made, option: option(made), reversed(options), function)


@click.command("extract", context_settings={"show_default": True})
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@choice_options
@click.option("--article", "articles", type=int, multiple=True, metavar="N", help="An article that is in already.")
@click.option("--again", is_flag=True, help="Ask everything again; claims found again keep their verdicts.")
@click.option(
    "--retry", "retried", type=_Failed(), multiple=True, metavar="N|unread",
    help="Ask again what failed in it; unread: read again what could not be read.",
)  # fmt: skip
@asking_options
@click.option("--batch", is_flag=True, help="Ask by OpenAI's Batch API: half the price, answers within a day.")
@click.option("--enqueue", is_flag=True, help="Only read and file; workers ask. It takes PostgreSQL.")
@click.option("--dry-run", is_flag=True, help="Only tell what it would cost; nothing is asked or stored.")
@click.option("--record", type=click.Path(path_type=Path), metavar="FILE", help="Write all HTTP to a recording.")
@click.option("--replay", type=click.Path(path_type=Path), metavar="FILE", help="Answer all HTTP from a recording.")
@click.option("--anyway", is_flag=True, help="Take pages that do not look like a whole article, too.")
@json_option
@db_option
@click.pass_obj
def extract_command(settings: Settings, /, *, dry_run: bool, enqueue: bool, as_json: bool, **chosen: Any) -> int:  # noqa: ANN401 - as ExtractionOptions names them
    """Split articles into claims and put them into the review queue.

    SOURCE is a file (text, page, PDF, DOCX, e-mail, subtitles, JSON lines), an http(s) address, - for stdin, a folder,
    or a feed or sitemap, whose articles are read.
    What was extracted before is not paid for again.
    """
    sources, articles, retried, again = (chosen.pop(name) for name in ("sources", "articles", "retried", "again"))
    listed = {name: chosen.pop(name) for name in ("lists", "limit", "since", "refresh")}
    numbers = tuple(one for one in retried if one != _UNREAD)
    wanted = Wanted(sources, articles, numbers, again, Choice(**listed, unread=_UNREAD in retried))
    if not (wanted.sources or wanted.articles or retried or wanted.choice.lists):
        message = "name at least one SOURCE, or an article with --article N or --retry N"
        raise click.UsageError(message)
    if chosen["record"] and (chosen["replay"] or dry_run):
        message = f"--record and {'--dry-run' if dry_run else '--replay'} exclude each other"
        raise click.UsageError(message)
    if chosen["record"]:
        ensure_no_treasure(chosen["record"], settings, whatever_it_holds=True)
    check_beside("--batch", is_given=chosen["batch"])
    check_beside("--enqueue", is_given=enqueue)
    settings, options = asked_for(settings, chosen)
    if enqueue:
        return enqueued(settings, wanted, options, as_json=as_json)
    if dry_run:
        return _estimated(settings, wanted, options, as_json=as_json)
    done = extracted(settings, wanted, options, as_json=as_json)
    if options.record and not options.record.exists():
        say(f"nothing was asked, so there is no recording {str(options.record)!r}")
    return done


def asked_for(settings: Settings, chosen: dict[str, Any]) -> tuple[Settings, ExtractionOptions]:
    """The settings and options of a run, out of what the command line says."""
    settings = replace(settings, concurrency=chosen.pop("concurrency"), timeout=chosen.pop("timeout"))
    return settings, ExtractionOptions(**chosen)


def extracted(
    settings: Settings, wanted: Wanted, options: ExtractionOptions, *, as_json: bool, quiet: bool = False
) -> ExitCode:
    """Read, ask and tell how it went."""
    makes_desk = bool(wanted.sources or wanted.choice.lists)
    with stopped_as_by_ctrl_c(), wiring.stores(settings, creates=makes_desk) as opened:
        with BatchDisplay(None if as_json else opened.location, quiet=quiet) as told:
            session = wiring.extraction_session(settings, options, spill=opened.spill, stopping=told.stopping)
            asking = wiring.extract_in_batches if options.batch else wiring.extract_batch
            with _put_aside_told(opened.spill):
                done = asking(opened, options, told).run(session, wanted)
        if as_json:
            records = []
            for summary in done.summaries:
                claims = look_up.claims(opened, ClaimQuery(article_id=summary.article.id))
                records.append(summary_record(summary) | {"claims": [claim_record(one) for one in claims]})
            write(to_json(records))
    return _exit_code(done.unread, is_complete=done.is_complete)


def _estimated(settings: Settings, wanted: Wanted, options: ExtractionOptions, *, as_json: bool) -> ExitCode:
    with stopped_as_by_ctrl_c(), wiring.stores(settings, creates=False) as opened, BatchDisplay(None) as told:
        session = wiring.extraction_session(settings, options)
        held = {number: one.id for one in opened.batches.batches(opened.clock()) for number in one.articles}
        found = estimate_batch(opened.ledger, session, wanted, told, opened.visits, held)
        _show_estimate(found, as_json=as_json, is_batch=options.batch)
        return _exit_code(found.unread, is_complete=True)


def enqueued(
    settings: Settings, wanted: Wanted, options: ExtractionOptions, *, as_json: bool, quiet: bool = False
) -> ExitCode:
    """Read, put the articles into the queue of workers, and tell how many."""
    with (
        stopped_as_by_ctrl_c(),
        wiring.jobs(settings, creates=True) as jobs,
        wiring.stores(settings, creates=True) as opened,
        BatchDisplay(None, quiet=quiet) as told,
    ):
        session = wiring.extraction_session(settings, options)
        done = enqueue_articles(opened, jobs, session, wanted, told)
    if as_json:
        write(to_json(named(done, "put", "waiting", "answered") | {"unread": len(done.unread)}))
    elif done.put or not quiet:
        write(f"{counted(done.put, 'article')} enqueued; {done.waiting:,} waited or ran before")
        write(f"  {done.answered:,} have nothing left to ask")
    return _exit_code(done.unread, is_complete=True)


@contextmanager
def _put_aside_told(spill: Spill) -> Iterator[None]:
    try:
        yield
    finally:
        for path in spill.put_aside:
            say(f"answers that a run of another desk has paid for stood here, and are kept in {path!r}")


def check_beside(option: str, *, is_given: bool) -> None:
    """Refuse what means nothing, or the opposite, beside an option."""
    ctx, (excluded, reason) = click.get_current_context(), _EXCLUDED[option]
    given = {name for name in excluded if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    if is_given and given:
        named = " and ".join(f"--{name.replace('_', '-')}" for name in sorted(given))
        message = f"{option} and {named} exclude each other: {reason}"
        raise click.UsageError(message)


def _show_estimate(found: BatchEstimate, *, as_json: bool, is_batch: bool) -> None:
    """What each article would take, and all together, for people or for machines."""
    price, unknown = found.price, None
    if found.no_model:
        unknown = with_advice(found.no_model)
    elif price is None:
        unknown = f"no price for {found.model!r} in prices; {ADD_PRICE}"
    if as_json:
        articles = []
        for one in found.articles:
            article = {"id": one.article_id} | named(one.article, "title", "url", "sha256")
            asked = {"article": article, "sentences": one.sentences, "batch": one.batch}
            articles.append(asked | estimate_record(one.estimate, price))
        total = estimate_record(found.total, price)
        about = {"model": found.model, "batch": is_batch, "price_unknown": unknown}
        write(to_json(about | {"articles": articles, "total": total}))
        return
    for one in found.articles:
        where = "not in the database" if one.article_id is None else f"article {one.article_id}"
        where += f", which batch {one.batch} asks about" if one.batch else ""
        write(
            f"{one.article.name} ({where})\n  {counted(one.sentences, 'sentence')} to ask: {_told(one.estimate, price)}"
        )
    how = f" by batch, {BATCH_SHARE:.0%} of the list price" if is_batch else ""
    write(f"total for {found.model or 'no model'}{how}: {_told(found.total, price)}")
    if unknown:
        write(f"price unknown: {unknown}")
    write("a dry run: nothing was asked, paid or stored")


def _told(estimate: Estimate, price: Price | None) -> str:
    tokens = f"about {estimate.prompt_tokens:,} prompt and {estimate.answer_tokens:,} answer tokens"
    return f"{counted(estimate.calls, 'call')}, {tokens}, price {dollars(price.expected(estimate) if price else None)}"


def _exit_code(unread: tuple[SourceError, ...], *, is_complete: bool) -> ExitCode:
    if unread:
        return exit_code_of(unread[0])
    return ExitCode.OK if is_complete else ExitCode.INCOMPLETE
