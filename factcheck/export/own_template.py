"""A page by the newsroom's own template: rendered in a sandbox, from the record that `--format json` writes."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from factcheck.domain.report import Masthead, ReportedArticle
from factcheck.errors import InputError
from factcheck.export.claimreview import claim_reviews, script_block
from factcheck.export.page_frame import web_link
from factcheck.export.reader_words import label_name, words_about
from factcheck.export.records import Record
from factcheck.export.report_json import WholeReport
from factcheck.export.visible import visible
from factcheck.export.words import Words


def report_by_template(masthead: Masthead, source: str, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """The report as the template writes it, which holds all of it at once.

    The template sees `report`, the whole record, and `claimreview`, a script element for its head. Its filters are
    `day`, `label` and `web_link`. What it prints is escaped, and it reaches nothing else. Raises InputError where it
    is broken.
    """
    template = _template(source, words_about(masthead))
    whole = WholeReport(masthead)
    records: list[Record] = []

    def passing() -> Iterator[ReportedArticle]:
        for one in articles:
            records.append(whole.add(one))
            yield one

    markup = "".join(script_block(claim_reviews(masthead, passing())))
    report = {**whole.record(), "articles": records, "record_sha256": whole.sha256()}
    try:
        yield template.render(report=report, claimreview=Markup(markup))  # noqa: S704 - made to be safe in a page
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise InputError(f"the template of report.template is broken: {error}") from error


def _template(source: str, words: Words) -> Template:
    sandbox = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda one: visible(one) if isinstance(one, str) and not isinstance(one, Markup) else one,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    sandbox.filters |= {
        "day": lambda told: words.day(_moment(str(told))),
        "label": lambda label: label_name(words, str(label)),
        "web_link": lambda url: web_link(url if isinstance(url, str) else None),
    }
    try:
        return sandbox.from_string(source)
    except TemplateSyntaxError as error:
        raise InputError(f"the template of report.template is broken in line {error.lineno}: {error}") from error


def _moment(told: str) -> datetime:
    """A day or a moment of the record; a day begins in UTC."""
    moment = datetime.fromisoformat(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
