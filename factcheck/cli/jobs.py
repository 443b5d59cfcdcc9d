"""`factcheck worker` and `factcheck jobs`: articles that any number of machines ask about."""

from datetime import timedelta
from functools import reduce
from typing import Any

import click
from typing_extensions import override

from factcheck import wiring
from factcheck.cli.advice import with_advice
from factcheck.cli.exit_codes import ExitCode
from factcheck.cli.extract import HOW_TO_ASK, asked_for
from factcheck.cli.options import ABOVE_NOTHING, Command, db_option, json_option, log_option
from factcheck.cli.progress import BatchDisplay
from factcheck.cli.signals import stopped_as_by_ctrl_c
from factcheck.cli.terminal import PAGE, counted, details, say, table, write
from factcheck.domain.article import FiledArticle
from factcheck.domain.cost import dollars
from factcheck.domain.extraction import ExtractionSummary, Usage
from factcheck.domain.jobs import FailedJob, Job, JobCounts, PeriodicJob, ScheduledJob
from factcheck.domain.sentence import SentenceState
from factcheck.errors import FactcheckError
from factcheck.export.records import named, plain, summary_record, to_json
from factcheck.export.visible import one_line
from factcheck.settings import Settings
from factcheck.workflow.job_ports import NOTHING_PERIODIC, OtherWorkers
from factcheck.workflow.work_on_jobs import WorkOnJobs, WorkProgress


def _how_to_ask(function: Command) -> Command:
    return reduce(lambda made, option: option(made), reversed(HOW_TO_ASK), function)


@click.command("worker", context_settings={"show_default": True})
@_how_to_ask
@click.option("--drain", is_flag=True, help="Leave once nothing waits, instead of waiting for more.")
@json_option
@log_option
@db_option
@click.pass_obj
def worker_command(settings: Settings, /, *, drain: bool, as_json: bool, **chosen: Any) -> int:  # noqa: ANN401 - as ExtractionOptions names them
    """Extract queued articles, on any number of machines.

    `extract --enqueue` puts them into the queue, which is in the desk's PostgreSQL. SIGTERM, as Ctrl-C, lets the calls
    under way land and gives the rest back; what a worker that was killed had in hand is taken over by others. What
    [jobs] in the config file names is done by one of all workers whenever it is due, unless they only --drain.
    """
    settings, options = asked_for(settings, chosen)
    with stopped_as_by_ctrl_c(), wiring.jobs(settings, is_drained=drain) as jobs, wiring.stores(settings) as opened:
        told = _WorkerDisplay(as_json=as_json)
        others = OtherWorkers(jobs.limits(), told.no_turn)
        session = wiring.extraction_session(settings, options, None, opened.spill, told.stopping, others)
        try:
            # As many calls again wait, so that no place is free while the queue is asked.
            periodic = NOTHING_PERIODIC if drain else wiring.periodic(settings, told)
            WorkOnJobs(opened, jobs, told, periodic).run(session, 2 * settings.concurrency)
        except KeyboardInterrupt:
            say("stopped; what had landed is saved, and what was in hand is back in the queue")
    return ExitCode.OK


@click.group("jobs", invoke_without_command=True)
@json_option
@db_option
@click.pass_context
def jobs_command(ctx: click.Context, /, *, as_json: bool) -> None:
    """Show what waits for workers, and what has failed."""
    if ctx.invoked_subcommand is not None:
        return
    with wiring.jobs(ctx.obj) as jobs:
        counts, failed = jobs.counts(), jobs.failed(None if as_json else PAGE)
        scheduled = jobs.scheduled(ctx.obj.periodic)
    if as_json:
        lists = {"failed": [plain(one) for one in failed], "periodic": [plain(one) for one in scheduled]}
        write(to_json(named(counts, "waiting", "running") | lists))
        return
    _show(counts, failed)
    if scheduled:
        table({"does": "left", "when": "left", "next": "left", "last": "left"}, map(_line, scheduled))


@jobs_command.command("retry")
@click.argument("numbers", type=int, nargs=-1, metavar="[N]...")
@json_option
@db_option
@click.pass_obj
def retry_command(settings: Settings, /, *, numbers: tuple[int, ...], as_json: bool) -> None:
    """Let failed jobs run again: those of these numbers, or all."""
    with wiring.jobs(settings) as jobs:
        many = jobs.retry(numbers or None)
    if as_json:
        write(to_json({"retried": many}))
    else:
        write(f"{counted(many, 'job')} put back for a worker")


@jobs_command.command("limit")
@click.option("--requests-per-minute", "pace", type=ABOVE_NOTHING, metavar="N", help="Begin at most so many calls.")
@click.option("--budget", type=ABOVE_NOTHING, metavar="USD", help="Spend at most so much from now on.")
@click.option("--lift", is_flag=True, help="Limit nothing any more.")
@json_option
@db_option
@click.pass_obj
def limit_command(
    settings: Settings, /, *, pace: float | None, budget: float | None, lift: bool, as_json: bool
) -> None:
    """Show or set what all workers together may do; those that begin from now on keep to it."""
    if lift and (pace or budget):
        message = "--lift excludes --requests-per-minute and --budget"
        raise click.UsageError(message)
    with wiring.jobs(settings) as jobs:
        limits = jobs.limits()
        if pace or lift:
            limits.set_pace(pace)
        if budget or lift:
            limits.set_budget(budget)
        found = limits.limits()
    if as_json:
        write(to_json(plain(found)))
        return
    spent = f"{dollars(found.budget)}, {dollars(found.spent)} of it spent or set aside"
    told = {"calls a minute": f"{found.calls_a_minute:g}" if found.calls_a_minute else "any number"}
    details((told | {"budget": spent if found.budget else "none"}).items())


def _show(counts: JobCounts, failed: tuple[FailedJob, ...]) -> None:
    details((name, f"{many:,}") for name, many in plain(counts).items())
    if failed:
        columns = {"#": "right", "article": "right", "since": "left", "why": "wide"}
        lines = (
            (one.id, one.article_id or "?", f"{one.at:%Y-%m-%d %H:%M} UTC", one_line(one.reason)) for one in failed
        )
        table(columns, lines, counts.failed)
        say("let them run again with: factcheck jobs retry")


def _line(one: ScheduledJob) -> tuple[str, ...]:
    following = f"{one.next_at:%Y-%m-%d %H:%M} UTC" if one.next_at else "once a worker has begun"
    last = f"{one.last_at:%Y-%m-%d %H:%M} UTC" if one.last_at else ""
    return one.job.value, one.cron, following, "under way" if one.is_running else last


class _WorkerDisplay(BatchDisplay, WorkProgress):
    """A line for each article on stdout, for people or for machines."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__(None, quiet=True)
        self._as_json = as_json

    @override
    def landed(self, filed: FiledArticle, done: int, total: int, usage: Usage) -> None:
        """No bar: nobody knows how much is to come."""

    def no_turn(self) -> None:
        """Say that for a minute the rate of all workers has let none of this one's calls begin."""
        say("waited a minute for a turn to ask: all workers keep to the rate that `factcheck jobs limit` shows")

    @override
    def waits(self, filed: FiledArticle) -> None:
        """Others ask about the article; its job comes again."""

    @override
    def ended(self, summary: ExtractionSummary) -> None:
        if self._as_json:
            write(to_json(summary_record(summary), indent=None))
            return
        if summary.batch is not None and not summary.is_complete:
            write(f"article {summary.article.id}: in batch {summary.batch}; its job waits until that has its answers")
            return
        failed = summary.counts[SentenceState.FAILED]
        trouble = f", {counted(failed, 'sentence')} failed" if failed else ""
        calls = f"{counted(summary.usage.calls, 'call')}, price {dollars(summary.price)}"
        write(f"article {summary.article.id}: {counted(summary.new_claims, 'new claim')}, {calls}{trouble}")

    @override
    def failed(self, job: Job, reason: str, wait: timedelta | None) -> None:
        then = "it waits for a person: factcheck jobs" if wait is None else f"tried again in {wait}"
        facts = {"job": job.id, "article": job.article_id, "reason": reason, "again_in": wait}
        say(f"job {job.id}, article {job.article_id}: {one_line(reason)}; {then}", **facts)

    @override
    def periodic_done(self, job: PeriodicJob, what: str) -> None:
        say(f"{job}: {what}", periodic=job.value)

    @override
    def periodic_failed(self, job: PeriodicJob, error: FactcheckError) -> None:
        told = one_line(with_advice(error))
        say(f"{job}: {told}; tried again when it is due next", periodic=job.value, error=type(error).__name__)
