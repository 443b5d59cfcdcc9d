"""`factcheck extract`: articles in, claims into the queue."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from shlex import quote

import click

from factcheck import wiring
from factcheck.cli.advice import with_advice
from factcheck.cli.estimate import show_estimates
from factcheck.cli.exit_codes import ExitCode, exit_code_of
from factcheck.cli.options import Command, db_option, json_option
from factcheck.cli.terminal import ProgressBar, say, write
from factcheck.domain.article import Article
from factcheck.domain.cost import dollars
from factcheck.domain.extraction import DEFAULT_WINDOW, ExtractionSummary, StructuredMethod
from factcheck.domain.queries import ClaimQuery
from factcheck.domain.sentence import SentenceState
from factcheck.errors import BudgetReachedError, SourceError
from factcheck.export.records import claim_record, summary_record, to_json
from factcheck.settings import DEFAULT_CONCURRENCY, DEFAULT_DB, DEFAULT_TIMEOUT, Settings
from factcheck.workflow.estimate_cost import ArticleEstimate, CostEstimate
from factcheck.workflow.extract_article import Plan, file_article
from factcheck.workflow.stores import Stores
from factcheck.workflow.windows import Asked

_WINDOW_HELP = f"Sentences a call. [default: {DEFAULT_WINDOW}]"
_WANTED_OPTIONS = (
    click.argument("sources", nargs=-1, metavar="SOURCE..."),
    click.option("--article", "articles", type=int, multiple=True, metavar="N", help="An article that is in already."),
    click.option("--again", is_flag=True, help="Ask everything again; claims found again keep their verdicts."),
    click.option("--retry", "retried", type=int, multiple=True, metavar="N", help="Ask again what failed in it."),
)
_ABOVE_NOTHING = click.FloatRange(min=0, min_open=True)
_METHODS = [method.value for method in StructuredMethod]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a command names: sources to read, articles that are in, and those to retry."""

    sources: tuple[str, ...]
    articles: tuple[int, ...] = ()
    retried: tuple[int, ...] = ()
    again: bool = False


def _wanted(command: Command) -> Command:
    """SOURCE..., `--article`, `--again` and `--retry`, gathered into one parameter."""

    @wraps(command)
    def gathered(
        *args: object,
        sources: tuple[str, ...],
        articles: tuple[int, ...],
        retried: tuple[int, ...],
        again: bool,
        **others: object,
    ) -> object:
        if not (sources or articles or retried):
            message = "name at least one SOURCE, or an article with --article N or --retry N"
            raise click.UsageError(message)
        return command(*args, wanted=Wanted(sources, articles, retried, again=again), **others)

    for option in reversed(_WANTED_OPTIONS):
        gathered = option(gathered)
    return gathered


@click.command("extract")
@_wanted
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
    wanted: Wanted,
    concurrency: int,
    timeout: int,
    structured: str | None,
    dry_run: bool,
    as_json: bool,
    **chosen: str | float | Path | None,
) -> int:
    """Split articles into claims and put them into the review queue.

    SOURCE is a text, Markdown or HTML file, an http(s) address, or - for standard input.
    What was extracted before is not paid for again.
    """
    if chosen["record"] and (chosen["replay"] or dry_run):
        message = f"--record and {'--dry-run' if dry_run else '--replay'} exclude each other"
        raise click.UsageError(message)
    method = StructuredMethod(structured) if structured else None
    options = wiring.ExtractionOptions(structured=method, **chosen)  # type: ignore[arg-type]
    settings = replace(settings, concurrency=concurrency, timeout=timeout)
    with wiring.stores(settings) as opened:
        batch = Batch(opened, tell=not as_json)
        if dry_run:
            with wiring.extraction_session(settings, options) as session:
                show_estimates(session, batch.estimates(session, wanted), as_json=as_json)
            return batch.exit_code()
        batch.run(settings, options, wanted)
        if as_json:
            write(to_json([_record(opened, summary) for summary in batch.summaries]))
    return batch.exit_code()


@dataclass
class Batch:
    """Several articles extracted in one session, many calls at a time."""

    opened: Stores
    tell: bool
    summaries: list[ExtractionSummary] = field(default_factory=list)
    unread: list[SourceError] = field(default_factory=list)
    is_cut_short: bool = False

    def run(self, settings: Settings, options: wiring.ExtractionOptions, wanted: Wanted) -> None:
        """Extract every article that can be read; whatever ends it early, the recording is sealed."""
        for number in (*wanted.articles, *wanted.retried):
            self.opened.ledger.article(number)
        try:
            with wiring.extraction_session(settings, options) as session:
                filed = dict.fromkeys((*self._filed(session, wanted.sources), *wanted.articles))
                self._extract(session, filed, Asked.ALL if wanted.again else Asked.PENDING)
                if wanted.retried:
                    self._extract(session, wanted.retried, Asked.UNANSWERED)
        except BudgetReachedError as error:
            say(f"factcheck: {with_advice(error)}")
            self.is_cut_short = True
        finally:
            if options.record:
                self._seal(options.record)

    def estimates(self, session: wiring.ExtractionSession, wanted: Wanted) -> list[ArticleEstimate]:
        """What the command would ask, article by article; sources are read, and nothing is filed."""
        ledger = self.opened.ledger
        cost = CostEstimate(ledger, session.estimator(), session.setup())
        plan = Plan(session.window, Asked.ALL if wanted.again else Asked.PENDING)
        found = [cost.of_read(one, plan) for one in self._read(session, wanted.sources)]
        found += [cost.of_filed(ledger.article(one), plan) for one in wanted.articles]
        again = Plan(session.window, Asked.UNANSWERED)
        found += [cost.of_filed(ledger.article(one), again) for one in wanted.retried]
        return list({one.article.sha256: one for one in found}.values())

    def exit_code(self) -> ExitCode:
        """The worst of what happened."""
        if self.unread:
            return exit_code_of(self.unread[0])
        is_complete = all(one.is_complete for one in self.summaries) and not self.is_cut_short
        return ExitCode.OK if is_complete else ExitCode.INCOMPLETE

    def ended(self, summary: ExtractionSummary) -> None:
        """Keep what became of an article, and tell it."""
        self.summaries.append(summary)
        if self.tell:
            _show(summary, self.opened.location)

    def _seal(self, recording: Path) -> None:
        if recording.is_file():
            wiring.seal_recording(self.opened, recording, [one.run_id for one in self.summaries if one.run_id])
        elif not recording.exists():
            say(f"nothing was asked, so there is no recording {str(recording)!r}")

    def _filed(self, session: wiring.ExtractionSession, sources: tuple[str, ...]) -> Iterator[int]:
        """The numbers of the articles: all are read and filed before anything is paid."""
        for article in self._read(session, sources):
            yield file_article(article, self.opened.ledger, wiring.utc_now).id

    def _read(self, session: wiring.ExtractionSession, sources: tuple[str, ...]) -> Iterator[Article]:
        for source in sources:
            try:
                yield session.read(source)
            except SourceError as error:
                say(f"factcheck: {with_advice(error)}")
                self.unread.append(error)

    def _extract(self, session: wiring.ExtractionSession, articles: Iterable[int], asked: Asked) -> None:
        bar = ProgressBar()
        extraction = wiring.extraction(self.opened, session, bar)
        try:
            for summary in extraction.of(articles, Plan(session.window, asked)):
                bar.close()
                self.ended(summary)
        finally:
            bar.close()


def _show(summary: ExtractionSummary, location: str) -> None:
    filed, usage = summary.article, summary.usage
    counts = summary.counts
    told = ", ".join(f"{count} {state.value.replace('_', ' ')}" for state, count in counts.items() if count)
    write(f"article {filed.id}: {filed.name}")
    write(f"  {sum(summary.counts.values())} sentences: {told}")
    if summary.run_id is None:
        write("  nothing was left to ask; nothing was paid")
    else:
        tokens = f"{usage.prompt_tokens:,} prompt and {usage.completion_tokens:,} answer tokens"
        spent = f"{usage.calls} calls, {tokens}, {usage.seconds:,.1f} seconds, price {dollars(summary.price)}"
        write(f"  run {summary.run_id}: {summary.new_claims} new claims, {spent}")
    if counts[SentenceState.FAILED]:
        desk = "" if location == DEFAULT_DB else f" --db {quote(location)}"
        say(
            f"  failed sentences: {counts[SentenceState.FAILED]}; ask again: factcheck{desk} extract --retry {filed.id}"
        )


def _record(opened: Stores, summary: ExtractionSummary) -> dict[str, object]:
    claims = opened.queue.find(ClaimQuery(article_id=summary.article.id), wiring.utc_now())
    return summary_record(summary) | {"claims": [claim_record(one) for one in claims]}
