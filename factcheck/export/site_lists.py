"""The pages of a site that list others: front page, corrections, how the newsroom checks, feed, sitemap, search."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from markupsafe import Markup

from factcheck.domain.report import Masthead, ReportedArticle
from factcheck.domain.reported_claim import Contribution, ReportedClaim
from factcheck.domain.site import SiteMap, link_of, way_back
from factcheck.export.page_frame import Frame, environment
from factcheck.export.reader_words import N_, correction_text, outcome_name, words_about
from factcheck.export.tones import tone_of
from factcheck.export.visible import one_line, visible
from factcheck.export.words import Words

_A_PAGE, _IN_FEED, _IN_SITEMAP = 100, 50, 50_000
_UNSAFE_IN_SCRIPT = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})
Thing = TypeVar("Thing")
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Change:
    """A correction or a withdrawal, as readers are told of it."""

    at: datetime
    path: str
    words: str
    said: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A claim as lists show it. `path` leads to its page from the front page, `address` from anywhere."""

    path: str
    address: str
    words: str
    outcome: str
    tone: str
    symbol: str
    why: str
    published: datetime
    changed: datetime
    changes: tuple[Change, ...]


def listed_claim(claim: ReportedClaim, reported: ReportedArticle, masthead: Masthead, site: SiteMap) -> Listed:
    """What lists say of a claim."""
    words, tone = words_about(masthead, reported.filed.article), tone_of(claim, masthead)
    moments = [one.at for one in claim.credits] or [reported.filed.article.retrieved_at]
    published = [one.at for one in claim.credits if one.part is Contribution.PUBLISHED]
    path, said = link_of(site.claim(claim.id, claim.uid)), _for_xml(claim.words)
    return Listed(
        path=path if path.endswith((".html", ".htm")) else f"{path.rstrip('/')}/",
        address=site.publisher.claim_url(claim.id, claim.uid),
        words=said,
        outcome=outcome_name(words, claim),
        tone=tone.name,
        symbol=tone.symbol,
        why=_for_xml(claim.why),
        published=published[-1] if published else moments[-1],
        changed=max(moments),
        changes=tuple(_changes(claim, words, path, said)),
    )


def listing_pages(
    masthead: Masthead, site: SiteMap, articles: Sequence[tuple[int, str, int]], listed: Sequence[Listed]
) -> Iterator[tuple[str, str]]:
    """The files, by their paths in the folder."""
    words, frame = words_about(masthead), Frame(masthead.look)
    newest = sorted(listed, key=lambda one: (one.changed, one.address), reverse=True)
    shared = {"masthead": masthead, "site": site, "frame": frame}

    def page(template: str, path: str, **values: object) -> tuple[str, str]:
        made = environment(words).get_template(template)
        return path, made.render(**shared, canonical=site.address(path), back=way_back(path), **values)

    pages = list(_batched(newest, _A_PAGE)) or [()]
    for number, shown in enumerate(pages, 1):
        path = "index.html" if number == 1 else f"list/{number}/index.html"
        about = {"number": number, "pages": len(pages), "total": len(newest), "articles": articles[::-1]}
        yield page("site_index.html.j2", path, shown=shown, **about)
    changes = sorted((change for one in listed for change in one.changes), key=lambda one: one.at, reverse=True)
    yield page("site_corrections.html.j2", "corrections/index.html", changes=changes)
    if masthead.look.method:
        method = Markup(_markdown(masthead.look.method))  # noqa: S704 - the renderer lets no HTML through
        yield page("site_method.html.j2", "method/index.html", method=method, scales=masthead.scales)
    updated = max((one.changed for one in newest), default=_FIRST).isoformat()
    yield page("feed.xml.j2", "feed.xml", shown=newest[:_IN_FEED], updated=updated)
    yield from _sitemap(site, articles, newest)
    yield "claims.js", _search_data(newest)
    yield from frame.site_files


def _for_xml(text: str) -> str:
    """The text on one line, without the two characters that stop a reader of feeds."""
    return one_line(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def _changes(claim: ReportedClaim, words: Words, path: str, said: str) -> Iterator[Change]:
    for one in claim.corrections:
        yield Change(one.at, path, said, one_line(correction_text(words, one)))
    if gone := claim.withdrawal:
        told = words.text(N_("Withdrawn on %(day)s."), day=words.day(gone.at))
        yield Change(gone.at, path, said, one_line(f"{told} {gone.comment or ''}"))


def _markdown(text: str) -> str:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - few sites have such a page, and no report

    # Pictures from elsewhere would be asked for, and the page's policy lets none in.
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    return str(reader.render(visible(text)))


def _batched(held: Sequence[Thing], many: int) -> Iterator[Sequence[Thing]]:
    return (held[at : at + many] for at in range(0, len(held), many))


def _sitemap(
    site: SiteMap, articles: Sequence[tuple[int, str, int]], newest: Sequence[Listed]
) -> Iterator[tuple[str, str]]:
    """All addresses; where there are more than a sitemap may hold, in several that the first one names."""
    places: list[tuple[str, str]] = [(site.root, ""), (site.address("corrections/"), "")]
    places += [(site.address(f"articles/{number}/"), "") for number, _, _ in articles]
    places += [(one.address, f"<lastmod>{one.changed.isoformat(timespec='seconds')}</lastmod>") for one in newest]
    maps = [
        "".join(f"<url><loc>{Markup.escape(address)}</loc>{when}</url>\n" for address, when in part)
        for part in _batched(places, _IN_SITEMAP)
    ]
    opening = (
        '<?xml version="1.0" encoding="utf-8"?>\n<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{1}</{0}>\n'
    )
    if len(maps) == 1:
        yield "sitemap.xml", opening.format("urlset", maps[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(maps) + 1)]
    for name, held in zip(names, maps, strict=True):
        yield name, opening.format("urlset", held)
    named = "".join(f"<sitemap><loc>{Markup.escape(site.address(one))}</loc></sitemap>\n" for one in names)
    yield "sitemap.xml", opening.format("sitemapindex", named)


def _search_data(newest: Sequence[Listed]) -> str:
    """All claims for the search: path, words, outcome, tone, and what is searched, in lower case."""
    claims: list[dict[str, Any]] = [
        {
            "p": one.path,
            "w": one.words,
            "o": f"{one.symbol} {one.outcome}",
            "t": one.tone,
            "s": f"{one.words} {one.outcome}".lower(),
        }
        for one in newest
    ]
    data = json.dumps(claims, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE_IN_SCRIPT)
    return f"window.factcheckClaims = {data};\n"
