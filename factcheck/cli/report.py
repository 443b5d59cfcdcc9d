"""`factcheck report`."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

import click

from factcheck import wiring
from factcheck.cli.options import db_option
from factcheck.cli.terminal import say
from factcheck.domain.publisher import Publisher
from factcheck.domain.report import Masthead, Report, ReportedArticle, ReportScope
from factcheck.errors import InputError, OutputError
from factcheck.export.records import to_json
from factcheck.settings import Settings
from factcheck.workflow.build_report import reported_articles

FORMATS = ("markdown", "html", "annotated", "json", "jsonl", "csv", "claimreview")
_BOM = "\ufeff"
_ADVICE = "; --drafts shows what waits"
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("report")
@click.option("--article", "article_id", type=int, metavar="N", help="Only this article.")
@click.option("--claim", "claim_id", type=int, metavar="N", help="Only this claim.")
@click.option("--since", type=_DAY, metavar="DATE", help="Only what was decided on that day (UTC) or later.")
@click.option("--until", type=_DAY, metavar="DATE", help="Only what was decided on that day (UTC) or before.")
@click.option("--drafts", is_flag=True, help="Also what is not checked or not signed off, marked as such.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="markdown", show_default=True)
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for spreadsheets that need one.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the JSON report, and nothing else.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="A file instead of stdout.")
@db_option
@click.pass_obj
def report_command(
    settings: Settings,
    /,
    *,
    form: str,
    bom: bool,
    schema: bool,
    output: Path | None,
    **asked: Any,  # noqa: ANN401 - the scope, option by option
) -> None:
    """Write verdicts with their evidence: for readers, for spreadsheets, for programs."""
    if schema:
        from factcheck.export.report_record import report_schema  # noqa: PLC0415 - each form loads its own

        write_text(output, [to_json(report_schema()), "\n"])
        return
    if bom and form != "csv":
        message = f"--bom is for --format csv, not for {form}"
        raise click.UsageError(message)
    with wiring.stores(settings) as opened:
        newsroom, scope = wiring.newsroom(opened, settings), _scope(**asked)
        counted = _Counted(reported_articles(newsroom, scope))
        pieces = rendered(newsroom.masthead(scope), counted, form)
        write_text(output, chain([_BOM], pieces) if bom else pieces)
    counted.tell(scope)


def rendered(masthead: Masthead, articles: Iterable[ReportedArticle], form: str) -> Iterator[str]:
    """The report in a format, in pieces: a form of one claim after another never holds all of them."""
    if form == "jsonl":
        from factcheck.export.report_record import report_lines  # noqa: PLC0415

        yield from report_lines(masthead, articles)
    elif form == "csv":
        from factcheck.export.table import report_csv  # noqa: PLC0415

        yield from report_csv(masthead, articles)
    elif form == "annotated":
        from factcheck.export.annotated import report_annotated  # noqa: PLC0415

        yield from report_annotated(masthead, articles)
    else:
        yield _whole(Report(masthead, tuple(articles)), form)


def write_text(path: Path | None, pieces: Iterable[str]) -> None:
    """Write a report to a file, or to stdout if there is none. Raises OutputError."""
    whole = iter(pieces)
    begun = [next(whole, "")]  # what is wrong with the report is told before a file is touched
    if path is None:
        sys.stdout.writelines(chain(begun, whole))  # click's echo flushes each piece
        return
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(chain(begun, whole))
    except OSError as error:
        message = f"the report cannot be written to {str(path)!r}: {error.strerror}; name another file with -o"
        raise OutputError(message) from error
    say(f"wrote {path}")


@dataclass
class _Counted:
    """The articles of a report as they pass by, and how many of their claims were reported."""

    articles: Iterable[ReportedArticle]
    reported: int = 0
    left_out: int = 0

    def __iter__(self) -> Iterator[ReportedArticle]:
        for one in self.articles:
            self.reported += len(one.claims)
            self.left_out += one.left_out
            yield one

    def tell(self, scope: ReportScope) -> None:
        """Say on stderr why a report holds no claim."""
        if not self.reported:
            say("no claim is reported: none of those asked for is decided" + ("" if scope.drafts else _ADVICE))


def _whole(report: Report, form: str) -> str:
    if form == "json":
        from factcheck.export.report_record import report_record  # noqa: PLC0415

        return to_json(report_record(report)) + "\n"
    if form == "claimreview":
        from factcheck.export.claimreview import claim_reviews_json  # noqa: PLC0415

        return claim_reviews_json(report.articles, _named(report.masthead.publisher), report.masthead.scales)
    if form == "html":
        from factcheck.export.html import report_html  # noqa: PLC0415

        return report_html(report)
    from factcheck.export.markdown import report_markdown  # noqa: PLC0415

    return report_markdown(report)


def _named(publisher: Publisher | None) -> Publisher:
    """Who publishes the fact checks. Raises InputError if nobody is configured."""
    if publisher is None:
        message = (
            "no publisher is configured, and ClaimReview names one; "
            "put a table [publisher] with name, url and claim_url_pattern into factcheck.toml"
        )
        raise InputError(message)
    return publisher


def _scope(
    *, article_id: int | None, claim_id: int | None, since: datetime | None, until: datetime | None, drafts: bool
) -> ReportScope:
    return ReportScope(article_id, claim_id, since and since.date(), until and until.date(), drafts)
