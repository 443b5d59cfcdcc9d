"""A report as Markdown that reads well raw and rendered, and that no article can break out of."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from factcheck.domain.report import Masthead, ReportedArticle
from factcheck.export import claim_lines
from factcheck.export.aside import Aside
from factcheck.export.evidence_lines import source_facts
from factcheck.export.report_json import WholeReport
from factcheck.export.tones import word_of
from factcheck.export.visible import one_line

_SPECIAL = re.compile(r"([\\`*_\[\]|~])")
_MARKER = re.compile(r"^(\d{0,9})(?=(?:(?<=\d)[.)]|(?<!\d)[#+-]+)(?:\s|$))")
_URL_SAFE = "%:/?#[]@!$&'()*+,;=~-._"
_ENTITY = re.compile(r"&(?=#?\w+;)")


def report_markdown(masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """The report as Markdown, written article by article."""
    report, article = (_environment().get_template(name) for name in ("report.md.j2", "article.md.j2"))
    whole = WholeReport(masthead)
    with Aside() as written:
        for one in articles:
            whole.add(one)
            written.write(article.render(article=one, definition=masthead.definition_of))
        yield from report.generate(masthead=masthead, whole=whole, articles=written.pieces())


def escape_markdown(text: str) -> str:
    """Text that Markdown, and the HTML inside it, shows as it stands, on one line."""
    entities = _ENTITY.sub("&amp;", one_line(text)).replace("<", "&lt;").replace(">", "&gt;")
    return _MARKER.sub(r"\1\\", _SPECIAL.sub(r"\\\1", entities))


def autolink(url: str) -> str:
    """A web address as a Markdown link to itself."""
    return f"<{quote(url, safe=_URL_SAFE)}>"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("factcheck.export"),
        autoescape=False,  # noqa: S701 - the output is Markdown; every value goes through the filter md
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"md": escape_markdown, "link": autolink}
    environment.globals |= {"word": word_of, "source_facts": source_facts, "claim_lines": claim_lines}
    return environment
