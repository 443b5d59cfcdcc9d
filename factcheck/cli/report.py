"""`factcheck report`."""

from pathlib import Path

import click

from factcheck import __version__, wiring
from factcheck.cli.options import db_option
from factcheck.cli.terminal import say
from factcheck.domain.publisher import Publisher
from factcheck.domain.report import Report
from factcheck.errors import InputError, OutputError
from factcheck.settings import Settings
from factcheck.workflow.build_report import build_report

FORMATS = ("markdown", "json", "csv", "claimreview")


@click.command("report")
@click.option("--article", "article_id", type=int, metavar="N", help="Only this article. [default: all]")
@click.option("--format", "form", type=click.Choice(FORMATS), default="markdown", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="A file instead of stdout.")
@db_option
@click.pass_obj
def report_command(settings: Settings, article_id: int | None, form: str, output: Path | None) -> None:
    """Write the verdicts with their evidence, and the claims that still wait."""
    with wiring.stores(settings) as opened:
        report = build_report(opened.ledger, opened.queue, wiring.utc_now, __version__, article_id)
    if form == "claimreview":
        from factcheck.export.claimreview import claim_reviews_json  # noqa: PLC0415

        scales = tuple(wiring.scales(settings).values())
        text = claim_reviews_json(report.articles, named_publisher(settings), scales)
    else:
        text = rendered(report, form)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_file(output, text)
        say(f"wrote {output}")


def rendered(report: Report, form: str) -> str:
    """The report in a format: markdown, json or csv."""
    if form == "json":
        from factcheck.export.records import report_record, to_json  # noqa: PLC0415 - each format loads its own

        return to_json(report_record(report)) + "\n"
    if form == "csv":
        from factcheck.export.table import report_csv  # noqa: PLC0415

        return report_csv(report)
    from factcheck.export.markdown import report_markdown  # noqa: PLC0415

    return report_markdown(report)


def named_publisher(settings: Settings) -> Publisher:
    """Who publishes the fact checks. Raises InputError if nobody is configured."""
    if settings.publisher is None:
        message = (
            "no publisher is configured, and ClaimReview names one; "
            "put a table [publisher] with name, url and claim_url_pattern into factcheck.toml"
        )
        raise InputError(message)
    return settings.publisher


def write_file(path: Path, text: str) -> None:
    """Write a report to a file. Raises OutputError."""
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        message = f"the report cannot be written to {str(path)!r}: {error.strerror}; name another file with -o"
        raise OutputError(message) from error
