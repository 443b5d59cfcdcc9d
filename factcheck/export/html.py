"""A report as one HTML page that needs nothing else: no script to be read, no request, no outside style."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice

from markupsafe import Markup

from factcheck.domain.report import Masthead, ReportedArticle
from factcheck.export.article_head import ArticleHead, Tally
from factcheck.export.aside import Aside
from factcheck.export.claimreview import claim_reviews, script_block
from factcheck.export.excerpts import Excerpts
from factcheck.export.own_template import report_by_template
from factcheck.export.page_frame import Frame, environment
from factcheck.export.reader_words import words_about
from factcheck.export.report_json import WholeReport
from factcheck.export.tones import tone_of
from factcheck.export.words import Words

_FILTERED_FROM = 8  # claims: fewer are seen at a glance


def report_html(masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """The report as a page, written article by article.

    Its Content-Security-Policy lets nothing run but the page's own filter, which a short page has not. A newsroom's
    own template takes its place where there is one. Raises InputError for one that is broken.
    """
    if masthead.look.template is not None:
        yield from report_by_template(masthead, masthead.look.template, articles)
        return
    passing = iter(articles)
    first = list(islice(passing, 2))
    with Aside() as sections, Aside() as markup:
        body = _Body(masthead, sections, is_alone=len(first) < 2)  # noqa: PLR2004 - one more than one
        # For aggregators: a block of data, which no policy has to allow. An article goes by once, for both.
        for piece in script_block(claim_reviews(masthead, body.passing(chain(first, passing)))):
            markup.write(piece)
        words = body.words()
        frame = Frame(masthead.look, has_filter=body.whole.claims >= _FILTERED_FROM)
        yield from (
            environment(words)
            .get_template("report.html.j2")
            .generate(
                masthead=masthead,
                frame=frame,
                whole=body.whole,
                contents=body.contents,
                tally=body.tally,
                head=body.head,
                sections=map(Markup, sections.pieces()),
                markup=map(Markup, markup.pieces()),  # made to be safe in a page
            )
        )


@dataclass(slots=True)
class _Body:
    """What stands on a page below its head: written while the articles pass by, and the head's figures with it."""

    masthead: Masthead
    sections: Aside
    is_alone: bool
    whole: WholeReport = field(init=False)
    tally: Tally = field(default_factory=Tally)
    contents: list[tuple[int, str]] = field(default_factory=list)
    head: ArticleHead | None = None
    _said_in: Counter[Words] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.whole = WholeReport(self.masthead)

    def passing(self, articles: Iterable[ReportedArticle]) -> Iterator[ReportedArticle]:
        """The articles; the section of each is written when it is given."""
        tone = partial(tone_of, masthead=self.masthead)
        for one in articles:
            words = words_about(self.masthead, one.filed.article)
            hashes = {claim["id"]: claim["record_sha256"] for claim in self.whole.add(one)["claims"]}
            self.head = ArticleHead(one, self.masthead)
            self.tally.add(one.claims, tone)
            section = environment(words).get_template("article.html.j2")
            self.sections.write(
                section.render(
                    article=one,
                    masthead=self.masthead,
                    head=self.head,
                    excerpts=Excerpts(one),
                    made=how_checked(one, self.masthead, hashes),
                    tone=tone,
                    numbers=claim_numbers(one),
                    is_alone=self.is_alone,
                )
                + "\n"
            )
            self.contents.append((one.filed.id, one.filed.name))
            self._said_in[words] += 1
            yield one

    def words(self) -> Words:
        """The language of the page's frame: the newsroom's own, else that of all its articles, else English."""
        if len(self._said_in) == 1:
            return next(iter(self._said_in))
        return words_about(self.masthead)


def claim_numbers(reported: ReportedArticle) -> dict[int, int]:
    """The number by which readers know each claim, counted from 1 in the article's order, by the desk's number."""
    return {claim.id: number for number, claim in enumerate(reported.claims, 1)}


def how_checked(reported: ReportedArticle, masthead: Masthead, hashes: Mapping[int, str]) -> dict[int, Markup]:
    """What stands behind “How we checked this”, by the desk's number of each claim; `hashes` are of the records."""
    templates = environment(words_about(masthead, reported.filed.article))
    how = vars(templates.get_template("how.html.j2").make_module())["how"]
    return {one.id: how(one, masthead, hashes[one.id]) for one in reported.claims}
