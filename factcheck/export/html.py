"""A report as one HTML page that needs nothing else: no script to be read, no request, no outside style."""

import base64
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from factcheck.domain.evidence import QuoteStatus, Stance, is_web_address
from factcheck.domain.report import Masthead, ReportedArticle
from factcheck.export import claim_lines
from factcheck.export.aside import Aside
from factcheck.export.claimreview import claim_reviews, script_block
from factcheck.export.highlights import Place, marked_blocks, places_of
from factcheck.export.report_json import WholeReport
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
    """The report as a page, written article by article.

    Its Content-Security-Policy lets nothing run but the page's own filter.
    """
    templates = files("factcheck.export") / "templates"
    style, script = ((templates / name).read_text("utf-8") for name in ("report.css", "report.js"))
    with Aside() as sections, Aside() as markup:
        body = _Body(masthead, sections)
        # For aggregators: a block of data, which no policy has to allow. An article goes by once, for both.
        for piece in script_block(claim_reviews(masthead, body.passing(articles))):
            markup.write(piece)
        yield from (
            _environment()
            .get_template("report.html.j2")
            .generate(
                masthead=masthead,
                whole=body.whole,
                contents=body.contents,
                chart=_chart(body.outcomes),
                sections=map(Markup, sections.pieces()),
                style=Markup(style),  # noqa: S704 - the package's own file
                script=Markup(script),  # noqa: S704 - likewise
                policy=f"default-src 'none'; style-src {_hash_source(style)}; script-src {_hash_source(script)}; "
                "base-uri 'none'; form-action 'none'",
                markup=map(Markup, markup.pieces()),  # made to be safe in a page
            )
        )


@dataclass(slots=True)
class _Body:
    """What stands on a page below its head: written while the articles pass by, and the head's figures with it."""

    masthead: Masthead
    sections: Aside
    whole: WholeReport = field(init=False)
    outcomes: Counter[tuple[str, Tone]] = field(default_factory=Counter)
    contents: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.whole = WholeReport(self.masthead)

    def passing(self, articles: Iterable[ReportedArticle]) -> Iterator[ReportedArticle]:
        """The articles; the section of each is written when it is given."""
        template, tone = _environment().get_template("article.html.j2"), partial(tone_of, masthead=self.masthead)
        for one in articles:
            claims = self.whole.add(one)["claims"]
            hashes = {claim["id"]: claim["record_sha256"] for claim in claims}
            definition = self.masthead.definition_of
            self.sections.write(template.render(article=one, hashes=hashes, tone=tone, definition=definition) + "\n")
            self.outcomes.update((word_of(claim), tone(claim)) for claim in one.claims)
            self.contents.append((one.filed.id, one.filed.name))
            yield one


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the chart: how often a word was the verdict, and the bar's place in the picture."""

    word: str
    tone: Tone
    count: int
    width: int
    top: int


def _chart(outcomes: Mapping[tuple[str, Tone], int]) -> list[Bar]:
    """The rows of the chart: how the reported claims came out, tone by tone, most frequent first."""
    most = max(outcomes.values(), default=1)
    rows = sorted(outcomes.items(), key=lambda row: (TONES.index(row[0][1]), -row[1], row[0][0]))
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
    environment.filters |= {"language_tag": language_tag, "claims_of": claims_of}
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
