"""A report as one HTML page that needs nothing else: no script to be read, no request, no outside style."""

import base64
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from factcheck.domain.evidence import QuoteStatus, Stance, is_web_address
from factcheck.domain.report import Masthead, Report, ReportedArticle
from factcheck.export import claim_lines
from factcheck.export.claimreview import claim_reviews, script_block
from factcheck.export.highlights import Place, marked_blocks, places_of
from factcheck.export.report_json import claim_sha256, recordings, report_record
from factcheck.export.tones import TONES, Tone, tone_of, word_of
from factcheck.export.visible import visible

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_QUOTE_WORDS = {
    QuoteStatus.EXACT: "The words stand in the source. ",
    QuoteStatus.NORMALISED: "The words stand in the source but for typography, or with words left out. ",
    QuoteStatus.MISSING: "The words were not found in the source. ",
    QuoteStatus.UNCHECKED: "",
}
_BAR_WIDTH, _ROW_HEIGHT = 240, 26


def report_html(masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """The report as a page, in one piece. Its Content-Security-Policy lets nothing run but the page's own filter."""
    report = Report(masthead, tuple(articles))
    reviews = list(claim_reviews(masthead, report.articles))
    templates = files("factcheck.export") / "templates"
    style, script = ((templates / name).read_text("utf-8") for name in ("report.css", "report.js"))
    template = _environment().get_template("report.html.j2")
    yield template.render(
        report=report,
        tone=partial(tone_of, masthead=masthead),
        definition=masthead.definition_of,
        style=Markup(style),  # noqa: S704 - the package's own file
        script=Markup(script),  # noqa: S704 - likewise
        policy=f"default-src 'none'; style-src {_hash_source(style)}; script-src {_hash_source(script)}; "
        "base-uri 'none'; form-action 'none'",
        chart=_chart(report),
        reported=sum(len(one.claims) for one in report.articles),
        checked=sum(len(one.checked) for one in report.articles),
        left_out=sum(one.left_out for one in report.articles),
        recordings=recordings(report.articles),
        # For aggregators: a block of data, which no policy has to allow.
        markup=Markup(script_block(reviews)) if reviews else "",  # noqa: S704 - made to be safe in a page
        sha256=report_record(report)["record_sha256"],
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the chart: how often a word was the verdict, and the bar's place in the picture."""

    word: str
    tone: Tone
    count: int
    width: int
    top: int


def _chart(report: Report) -> list[Bar]:
    """The rows of the chart: how the reported claims came out, tone by tone, most frequent first."""
    claims = [claim for article in report.articles for claim in article.claims]
    counts = Counter((word_of(one), tone_of(one, report.masthead)) for one in claims)
    most = max(counts.values(), default=1)
    rows = sorted(counts.items(), key=lambda row: (TONES.index(row[0][1]), -row[1], row[0][0]))
    return [
        Bar(word, tone, count, max(2, round(_BAR_WIDTH * count / most)), index * _ROW_HEIGHT)
        for index, ((word, tone), count) in enumerate(rows)
    ]


def place_numbers(reported: ReportedArticle) -> dict[int, list[int]]:
    """The numbers of each claim's places in the article, by claim."""
    found: dict[int, list[int]] = {}
    for place in places_of(reported):
        found.setdefault(place.claim.id, []).append(place.number)
    return found


def web_link(url: str | None) -> str | None:
    """The address if it is one that a reader may be sent to, else None."""
    return url if url and is_web_address(url) else None


def language_tag(language: str | None) -> str | None:
    """The language if it has the form of a tag, else None."""
    return language if language and _LANGUAGE_TAG.fullmatch(language) else None


def claims_of(places: Iterable[Place]) -> str:
    """The numbers of the claims of these places, each once, as an attribute's words."""
    return " ".join(dict.fromkeys(str(place.claim.id) for place in places))


def _hash_source(content: str) -> str:
    """What Content-Security-Policy calls a hash-source: it lets this text run, or style the page, and no other."""
    return f"'sha256-{base64.b64encode(sha256(content.encode()).digest()).decode()}'"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("factcheck.export"),
        autoescape=True,
        # What the template itself has made stays as it is.
        finalize=lambda one: visible(one) if isinstance(one, str) and not isinstance(one, Markup) else one,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"language_tag": language_tag, "claims_of": claims_of, "sha256": claim_sha256}
    environment.globals |= {
        "web_link": web_link,
        "marked_blocks": marked_blocks,
        "place_numbers": place_numbers,
        "word": word_of,
        "quote_words": _QUOTE_WORDS,
        "claim_lines": claim_lines,
        "tones": TONES,
        "stances": tuple(Stance),
    }
    return environment
