"""`factcheck report` and `factcheck lint`: what the desk gives to readers, and the markup that it is read by."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import click

from factcheck import wiring
from factcheck.cli.damage import stores_to_list
from factcheck.cli.exit_codes import ExitCode
from factcheck.cli.options import DAY, WORDS, db_option, json_option
from factcheck.cli.output import write_file
from factcheck.cli.terminal import say, write
from factcheck.domain.claimreview_rules import Severity
from factcheck.domain.report import ReportedArticle, ReportScope
from factcheck.export.findings import lint_lines, lint_record
from factcheck.export.formats import FORMATS, SOURCES_CSV, ReportFormat, format_named, format_of_suffix
from factcheck.export.records import to_json
from factcheck.settings import Settings
from factcheck.workflow.build_report import reported_articles
from factcheck.workflow.lint_markup import lint_markup
from factcheck.workflow.picture_desk import picture_desk

_BOM, _DESK = "\ufeff", "desk"


class _FormatName(click.Choice[str]):
    """A form by its name or by the ending of its files, in any case."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        found = format_named(str(value))
        return found.name if found else super().convert(value, param, ctx)


_FORM = _FormatName([*FORMATS, _DESK])


@click.command("report")
@click.option("--article", "article_id", type=int, metavar="N", help="Only this article.")
@click.option("--claim", "claim_ids", type=int, metavar="N", multiple=True, help="Only this claim; may be given again.")
@click.option("--since", type=DAY, metavar="DATE", help="Only what was decided on that day (UTC) or later.")
@click.option("--until", type=DAY, metavar="DATE", help="Only what was decided on that day (UTC) or before.")
@click.option("--drafts", is_flag=True, help="Also what is not checked or not signed off, marked as such.")
@click.option("--format", "form", type=_FORM, help="Else what FILE's suffix says, else markdown.")
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for spreadsheets that need one.")
@click.option("--evidence", is_flag=True, help="CSV of the sources, one a row, instead of the claims.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the JSON report, and nothing else.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="A file instead of stdout.")
@db_option
@click.pass_obj
def report_command(settings: Settings, /, *, bom: bool, schema: bool, output: Path | None, **asked: Any) -> None:  # noqa: ANN401 - the scope
    """Write verdicts with their evidence: for readers, for spreadsheets, for programs."""
    if schema:
        from factcheck.export.report_json import report_schema  # noqa: PLC0415 - each form loads its own

        write_text(output, [to_json(report_schema()), "\n"], settings)
        return
    if asked["form"] == _DESK:
        _write_desk(output, settings)
        return
    chosen, evidence = _chosen(asked.pop("form"), output), asked.pop("evidence")
    if (bom or evidence) and chosen.name != "csv":
        message = f"{'--bom' if bom else '--evidence'} is for --format csv, not for {chosen.name}"
        raise click.UsageError(message)
    chosen = SOURCES_CSV if evidence else chosen
    scope, counts = ReportScope(**asked), Counter[str]()
    with stores_to_list(settings) as opened:
        newsroom = wiring.newsroom(opened, settings, chosen.page_files)
        pieces = chosen.write(newsroom.masthead(scope), _counted(reported_articles(newsroom, scope), counts))
        write_text(output, chain([_BOM], pieces) if bom else pieces, settings)
    if not counts["claims"]:
        lacking = "there" if scope.drafts else "signed off as it stands; --drafts shows what waits"
        say(f"no claim is reported: none of those asked for is {lacking}")


@click.command("lint")
@click.argument("source", type=WORDS)
@click.option(
    "--page-url", type=WORDS, metavar="URL", help="Where a local page will stand. [default: where it was fetched]"
)
@json_option
@click.pass_obj
def lint_command(settings: Settings, source: str, page_url: str | None, *, as_json: bool) -> ExitCode:
    """Check the ClaimReview of a page or a JSON file.

    SOURCE is a file, an address, or - for standard input. Each rule that is broken is named with its source.
    """
    linted = lint_markup(wiring.read_markup(source, page_url, settings))
    if as_json:
        write(to_json(lint_record(source, linted)))
    else:
        for line in lint_lines(linted):
            write(line)
    errors, warnings = linted.count(Severity.ERROR), linted.count(Severity.WARNING)
    if not (errors or linted.reviews):
        say(f"{source!r} holds no ClaimReview")
        return ExitCode.NOT_FOUND
    say(f"{errors or 'no'} errors, {warnings} warnings in {len(linted.reviews)} ClaimReview objects")
    return ExitCode.BROKEN_RULE if errors else ExitCode.OK


def write_text(path: Path | None, pieces: Iterable[str], settings: Settings) -> None:
    """Write a report to a file, or to stdout if there is none.

    Raises OutputError; what stood in the file stays then.
    """
    whole = iter(pieces)
    begun = [next(whole, "")]  # what is wrong with the report is told before a file is touched
    if path is None:
        sys.stdout.writelines(chain(begun, whole))  # click's echo flushes each piece
        return
    write_file(path, chain(begun, whole), settings, "the report")


def _write_desk(path: Path | None, settings: Settings) -> None:
    """The desk's own page, which is made from no claim and is not for readers."""
    from factcheck.export.desk_page import desk_page  # noqa: PLC0415 - each form loads its own

    with stores_to_list(settings) as opened:
        write_text(path, desk_page(picture_desk(opened)), settings)


def _chosen(name: str | None, output: Path | None) -> ReportFormat:
    """The form that is named, else the one that the file's suffix stands for, else Markdown. Raises UsageError."""
    named = format_named(name) if name else None
    by_suffix = format_of_suffix(output.suffix) if output else None
    if named and output and by_suffix and output.suffix.lower() not in named.suffixes:
        message = f"--format {named.name} contradicts -o {str(output)!r}, which is {by_suffix.name} by its suffix"
        raise click.UsageError(message)
    if output and output.suffix and not (named or by_suffix):
        known = ", ".join(dict.fromkeys(suffix for one in FORMATS.values() for suffix in one.suffixes))
        message = f"-o {str(output)!r} has a suffix that says no format; known are {known}; else name one with --format"
        raise click.UsageError(message)
    return named or by_suffix or FORMATS["markdown"]


def _counted(articles: Iterable[ReportedArticle], counts: Counter[str]) -> Iterator[ReportedArticle]:
    """The articles as they pass by; how many claims they report is known when the last one has been written."""
    for one in articles:
        counts["claims"] += len(one.claims)
        yield one
