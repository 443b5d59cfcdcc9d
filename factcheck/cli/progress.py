"""How an extraction gets on: a bar on stderr, and each article in a few lines on stdout."""

import sys
from contextlib import AbstractContextManager
from shlex import quote
from typing import TYPE_CHECKING

from typing_extensions import override

from factcheck.cli.advice import with_advice
from factcheck.cli.terminal import counted, say, spoken, talk, write
from factcheck.domain.article import FiledArticle
from factcheck.domain.cost import dollars, tokens
from factcheck.domain.extraction import ExtractionSummary, Usage
from factcheck.domain.listing import Listing
from factcheck.domain.sentence import SentenceState
from factcheck.errors import FactcheckError
from factcheck.export.visible import one_line
from factcheck.settings import DEFAULT_DB
from factcheck.workflow.extract_batch import BatchProgress

if TYPE_CHECKING:
    from rich.progress import Progress


class BatchDisplay(BatchProgress, AbstractContextManager["BatchDisplay"]):
    """Draws the bar only where stderr is a terminal; writes nothing to stdout if `location` is None.

    One that is `quiet` has nothing to say of listings in which nothing is new.
    """

    def __init__(self, location: str | None, *, quiet: bool = False) -> None:
        self._location = location
        self._quiet = quiet
        self._bar: Progress | None = None

    @override
    def __exit__(self, *_: object) -> None:
        self._close()

    @override
    def landed(self, filed: FiledArticle, done: int, total: int, usage: Usage) -> None:
        self._draw(filed.name, done, total, f"{usage.prompt_tokens + usage.completion_tokens:,} tokens")

    @override
    def listed(self, listing: Listing, chosen: int, wanted: int, undated: int) -> None:
        if self._quiet and not wanted:
            return
        self._close()
        found = len(listing.entries)
        what = counted(found, "file" if listing.is_of_files else "page")
        picked = f"{chosen:,} chosen, " if chosen < found else ""
        say(f"{listing.source}: {listing.kind.value} of {what}, {picked}{wanted:,} to read")
        if undated:
            say(f"  {undated:,} tell no day, so that --since leaves them out")
        if unsure := sum(one.is_unsure for one in listing.entries):
            say(f"  {unsure:,} tell a date that cannot be read for certain, so that --since takes them")
        if listing.passed_over:
            others = "of other kinds" if listing.is_of_files else "that are no addresses of pages"
            say(f"  passed over: {listing.passed_over:,} {others}, such as {listing.example!r}")
        if listing.unopened:
            say(f"  not opened: {listing.unopened:,} of its sitemaps; --since DAY takes the newest, or name them")

    @override
    def reading(self, source: str, done: int, total: int) -> None:
        if total > 1:
            self._draw(source.rpartition("/")[2] or source, done, total, "reading")

    @override
    def all_read(self, read: int, known: int, unread: int, noted: int) -> None:
        self._close()
        if noted + read + known + unread <= 1 or (self._quiet and not read + unread):
            return
        told = [f"{read:,} read", f"{known:,} in already" if known else "", f"{unread:,} unread" if unread else ""]
        say(f"sources: {', '.join(filter(None, told))}")
        if noted:
            say(f"  to read again what could not be: factcheck{self._desk} extract --retry unread")

    @override
    def waits(self, filed: FiledArticle) -> None:
        say(f"another extract is asking about article {filed.id}; waiting for its answers, nothing is paid twice")

    @override
    def taken_in(self, filed: FiledArticle, answers: int) -> None:
        say(f"article {filed.id}: {answers} answers that a stopped run had paid for are stored now")

    @override
    def kept(self) -> None:
        say("answers that are paid for are kept beside the database; the same command takes them in first")

    def stopping(self, calls: int) -> None:
        """Say that calls under way are waited for."""
        if calls:
            say(f"stopping: waiting for {counted(calls, 'call')} under way, paid for already; Ctrl-C again drops them")

    @override
    def ended(self, summary: ExtractionSummary) -> None:
        self._close()
        if self._location is None:
            return
        filed, usage, counts = summary.article, summary.usage, summary.counts
        told = ", ".join(f"{count} {spoken(state)}" for state, count in counts.items() if count)
        write(f"article {filed.id}: {filed.name}")
        write(f"  {counted(sum(counts.values()), 'sentence')}: {told}")
        if summary.batch is not None:
            asked = "nothing was asked" if summary.run_id is None else f"run {summary.run_id} waits for it"
            write(f"  in batch {summary.batch}, {asked}; collect the answers with: factcheck{self._desk} batches")
        elif summary.run_id is None:
            write("  nothing was left to ask; nothing was paid")
        else:
            took = f"{counted(usage.calls, 'call')}, {tokens(usage)}, {usage.seconds:,.1f} seconds"
            claims = counted(summary.new_claims, "new claim")
            write(f"  run {summary.run_id}: {claims}, {took}, price {dollars(summary.price)}")
        if counts[SentenceState.FAILED]:
            again = f"factcheck{self._desk} extract --retry {filed.id}"
            say(f"  failed sentences: {counts[SentenceState.FAILED]}; ask again: {again}")

    @override
    def hindered(self, error: FactcheckError) -> None:
        self._close()
        say(f"factcheck: {with_advice(error)}")

    @property
    def _desk(self) -> str:
        """What names the database on the command line, where that is not the usual one.

        A server's address is not shown whole, so that it leads nowhere; it stands in FACTCHECK_DB.
        """
        where = self._location or DEFAULT_DB
        is_served = "://" in where and not where.startswith("sqlite")
        return "" if is_served or where == DEFAULT_DB else f" --db {quote(where)}"

    def _draw(self, name: str, done: int, total: int, told: str) -> None:
        if talk.is_json or not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = _open_bar()
        [task] = self._bar.task_ids
        self._bar.update(task, description=one_line(name)[:24], completed=done, total=total, told=told)

    def _close(self) -> None:
        """End the bar's line, so that others can follow; the next landing draws a new one."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _open_bar() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=16),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[told]}", markup=False),
    )
    # What commands write goes to stdout itself, which may be a file while stderr is a terminal.
    bar = Progress(*columns, console=Console(stderr=True), redirect_stdout=False, redirect_stderr=False)
    bar.add_task("", told="")
    bar.start()
    return bar
