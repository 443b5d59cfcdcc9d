"""The forms that a report can take: a new one is one module and one line here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import cast

from factcheck.domain.report import Masthead, ReportedArticle

Writer = Callable[[Masthead, Iterable[ReportedArticle]], Iterator[str]]
"""Writes a report in pieces: a form of one claim after another never holds all of them."""


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A form by its name, the endings of its files, and its writer as `module:function`, which loads when it is used.

    An ending that several have stands for the first of them. `page_files` names what the form uses of the files
    that the newsroom's pages are made with; the others need not be there.
    """

    name: str
    suffixes: tuple[str, ...]
    writer: str
    page_files: frozenset[str] = frozenset()

    def write(self, masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[str]:
        """The report in this form. Raises InputError where it cannot take this form."""
        return cast("Writer", resolve_name(f"factcheck.export.{self.writer}"))(masthead, articles)


PAGE_FILES = frozenset({"logo", "stylesheet", "catalogue", "template"})
SITE_FILES = PAGE_FILES - {"template"} | {"method"}
_ROWS = (
    ReportFormat("markdown", (".md", ".markdown"), "markdown:report_markdown"),
    ReportFormat("html", (".html", ".htm"), "html:report_html", PAGE_FILES),
    ReportFormat("annotated", (".txt",), "annotated:report_annotated"),
    ReportFormat("json", (".json",), "report_json:report_json"),
    ReportFormat("jsonl", (".jsonl",), "report_json:report_lines"),
    ReportFormat("csv", (".csv",), "table:report_csv"),
    ReportFormat("averitec", (".json",), "averitec:report_averitec"),
    ReportFormat("claimreview", (".jsonld", ".json"), "claimreview:report_claimreview", frozenset({"catalogue"})),
)
SOURCES_CSV = ReportFormat("csv", (".csv",), "table:report_sources_csv")
"""CSV of the sources instead of the claims."""
FORMATS = {one.name: one for one in _ROWS}


def format_named(name: str) -> ReportFormat | None:
    """The form of that name, or of that ending without its dot, in any case."""
    wanted = name.strip().lower()
    return FORMATS.get(wanted) or format_of_suffix(f".{wanted}")


def format_of_suffix(suffix: str) -> ReportFormat | None:
    """The form of files that end so; None for an ending that stands for none of them."""
    return next((one for one in _ROWS if suffix.lower() in one.suffixes), None)
