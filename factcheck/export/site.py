"""A site of files: a page an article, a page a claim with its ClaimReview, its picture and its card to embed.

The pages that list them are in `site_lists`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from importlib.resources import files

from markupsafe import Markup

from factcheck.domain.audit import Head, canonical
from factcheck.domain.report import Masthead, ReportedArticle
from factcheck.domain.site import SiteMap, beside, file_of, link_of, way_back
from factcheck.errors import InputError
from factcheck.export.article_head import ArticleHead
from factcheck.export.claimreview import claim_reviews, script_block
from factcheck.export.excerpts import Excerpts
from factcheck.export.html import claim_numbers, how_checked
from factcheck.export.page_frame import Frame, environment
from factcheck.export.reader_words import words_about
from factcheck.export.records import plain
from factcheck.export.report_json import claim_sha256
from factcheck.export.share_card import share_card
from factcheck.export.site_lists import Listed, listed_claim, listing_pages
from factcheck.export.tones import tone_of


@dataclass(frozen=True, slots=True)
class SitePart:
    """Files that are made of the same matter; `fingerprint` is alike as long as nothing in them has changed."""

    name: str
    fingerprint: str


@dataclass(slots=True)
class SiteWriter:
    """Writes a site, article by article; what its lists say is gathered meanwhile.

    With `draw`, which makes a PNG of an SVG, the pictures of verdicts stand there as both.

    Raises InputError if nobody is configured to publish, or at addresses that no folder can serve.
    """

    masthead: Masthead
    draw: Callable[[str], bytes] | None = None
    map: SiteMap = field(init=False)
    listed: list[Listed] = field(default_factory=list)
    articles: list[tuple[int, str, int]] = field(default_factory=list)
    _made_with: str = ""

    def __post_init__(self) -> None:
        if self.masthead.publisher is None:
            raise InputError("no publisher is configured, and a site has one")
        self.map = SiteMap(self.masthead.publisher)
        made_with = repr((self.masthead, _templates_sha256(), self.draw is not None)).encode()
        self._made_with = sha256(made_with).hexdigest()

    def state(self, head: Head | None) -> str:
        """A name for all that the site is made from where the desk's log ends so.

        Each change of what a page shows is written together with an event, and the log is a chain of hashes.
        """
        return f"{self._made_with} {head.hash if head else ''}"

    def part(self, reported: ReportedArticle) -> SitePart:
        """The article's part of the site; the article counts as part of the lists from here on."""
        fingerprint = sha256(f"{self._made_with}{canonical(plain(reported))}".encode()).hexdigest()
        self.articles.append((reported.filed.id, reported.filed.name, len(reported.claims)))
        self.listed += [listed_claim(one, reported, self.masthead, self.map) for one in reported.claims]
        return SitePart(f"article {reported.filed.id}", fingerprint)

    def pages(self, reported: ReportedArticle) -> Iterator[tuple[str, str | bytes]]:
        """The files of an article and of its claims, by their paths in the folder."""
        words = words_about(self.masthead, reported.filed.article)
        hashes = {one.id: claim_sha256(one) for one in reported.claims}
        shared = {
            "article": reported,
            "masthead": self.masthead,
            "site": self.map,
            "head": ArticleHead(reported, self.masthead),
            "excerpts": Excerpts(reported),
            "tone": partial(tone_of, masthead=self.masthead),
            "numbers": claim_numbers(reported),
            "made": how_checked(reported, self.masthead, hashes),
            "frame": Frame(self.masthead.look),
        }
        templates = environment(words)
        path = f"articles/{reported.filed.id}/index.html"
        own_paths = {one.id: self.map.claim(one.id, one.uid) for one in reported.claims}
        page = templates.get_template("site_article.html.j2")
        links = {number: link_of(own) for number, own in own_paths.items()}
        yield path, page.render(**shared, is_alone=True, back=way_back(path), links=links)
        claim_page, card = templates.get_template("site_claim.html.j2"), templates.get_template("site_embed.html.j2")
        for claim in reported.claims:
            own = own_paths[claim.id]
            path, embedded = file_of(own), beside(own, "embed.html")
            svg, png = beside(own, "card.svg"), beside(own, "card.png")
            alone = ReportedArticle(reported.filed, (), (claim,))
            review = "".join(script_block(claim_reviews(self.masthead, [alone])))
            about = {
                "claim": claim,
                "own": ArticleHead(alone, self.masthead),
                "canonical": self.map.publisher.claim_url(claim.id, claim.uid),
                "picture": self.map.address(png if self.draw else svg),
                "picture_type": "image/png" if self.draw else "image/svg+xml",
                "embedded": self.map.address(embedded),
                "markup": Markup(review),  # noqa: S704 - made to be safe in a page
            }
            yield path, claim_page.render(**shared, **about, back=way_back(path))
            yield embedded, card.render(**shared, **about, back=way_back(embedded))
            picture = share_card(claim, self.masthead, words)
            yield svg, picture
            if self.draw:
                yield png, self.draw(picture)

    def lists(self) -> Iterator[tuple[str, str]]:
        """The files that list articles and claims, once all of them have passed by."""
        return listing_pages(self.masthead, self.map, self.articles, self.listed)


def _templates_sha256() -> str:
    """The hash of all that pages are made with besides the matter itself."""
    room = files("factcheck.export")
    both = [*(room / "templates").iterdir(), *(room / "catalogues").iterdir()]
    every = sorted((one.name, one.read_bytes()) for one in both)
    return sha256(repr(every).encode()).hexdigest()
