"""`factcheck lint`."""

import click

from factcheck import wiring
from factcheck.cli.exit_codes import ExitCode
from factcheck.cli.options import WORDS, json_option
from factcheck.cli.terminal import say, write
from factcheck.domain.claimreview_rules import Severity
from factcheck.export.findings import lint_lines, lint_record
from factcheck.export.records import to_json
from factcheck.settings import Settings
from factcheck.workflow.lint_markup import lint_markup


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
