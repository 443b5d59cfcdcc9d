"""A page by the newsroom's own template: rendered in a sandbox, from the record that `--format json` writes."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from traceback import extract_tb

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from factcheck.confined import UnparsedError, confined
from factcheck.domain.page import OwnTemplate
from factcheck.domain.report import Masthead, ReportedArticle
from factcheck.errors import InputError
from factcheck.export.claimreview import claim_reviews, script_block
from factcheck.export.page_frame import web_link
from factcheck.export.reader_words import label_name, words_about
from factcheck.export.records import Record
from factcheck.export.report_json import WholeReport
from factcheck.export.visible import one_line, visible
from factcheck.export.words import Words

_LONGEST = 300  # characters of an error's own words
_REMEDY = "mend it, or take it out of [report] in the config file"


def report_by_template(masthead: Masthead, own: OwnTemplate, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """The report as the template writes it, which holds all of it at once.

    The template sees `report`, the whole record, and `claimreview`, a script element for its head. Its filters are
    `day`, `label` and `web_link`. What it prints is escaped where it says nothing else, and it reaches nothing else.
    Raises InputError where it is broken, or takes more than its limits.
    """
    whole = WholeReport(masthead)
    records: list[Record] = []

    def passing() -> Iterator[ReportedArticle]:
        for one in articles:
            records.append(whole.add(one))
            yield one

    markup = "".join(script_block(claim_reviews(masthead, passing())))
    report = {**whole.record(), "articles": records, "record_sha256": whole.sha256()}
    function = f"{__name__}:{rendered.__name__}"
    try:
        yield confined(function, masthead, own, report, markup, limits=own.limits)
    except UnparsedError as error:
        remedy = (
            "let it loop over less, or raise what [parsing] in the config file allows" if error.is_limit else _REMEDY
        )
        raise InputError(f"the template {own.path!r} of report.template is not rendered: {error}; {remedy}") from error


def rendered(masthead: Masthead, own: OwnTemplate, report: Record, markup: str) -> str:
    """What the template writes; run in a process of its own, as it may loop without end. Raises InputError."""
    try:
        template = _sandbox(words_about(masthead)).from_string(own.source)
        return template.render(report=report, claimreview=Markup(markup))  # noqa: S704 - made to be safe in a page
    except MemoryError:
        raise
    except Exception as error:  # a template may raise anything, of Jinja2 and of Python
        line = _line_of(error)
        where = f" in line {line}" if line else ""
        told = f"the template {own.path!r} of report.template is broken{where}: {_told(error)}; {_REMEDY}"
        raise InputError(told) from error


def _line_of(error: Exception) -> int | None:
    """The template's line, which Jinja2 puts into tracebacks; the innermost one."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    lines = [one.lineno for one in extract_tb(error.__traceback__) if one.filename == "<template>"]
    return lines[-1] if lines else None


def _told(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it calls itself without end"
    told = str(error) if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    return one_line(told[:_LONGEST])


def _sandbox(words: Words) -> ImmutableSandboxedEnvironment:
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
    return sandbox


def _moment(told: str) -> datetime:
    """A day or a moment of the record; a day begins in UTC."""
    moment = datetime.fromisoformat(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
