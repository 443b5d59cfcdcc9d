"""How much of a page's article is read, and what it says of itself, against pages that people marked.

    python tests/benchmarks/intake.py FOLDER [--wrong] [--alone]

The folder holds `html_articles_en`, `html_segments` and `html_metadata`, each with a `dev.jsonl` that names its pages
in a column `file`; a set that is not there is left out. `--wrong` shows each title, date and list of authors that is
wrong. Unless `--alone`, other extractors read the same pages: trafilatura in three modes, readability-lxml, resiliparse
and newspaper4k (`pip install 'factcheck-desk[extractors]'`); which of them is not installed is said. Nothing of these
sets is shipped.
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from trafilatura import load_html

from factcheck.domain.article import Article, BlockKind
from factcheck.intake.charset import decoded_page
from factcheck.intake.html import article_from_html
from factcheck.intake.linked_data import linked_data
from factcheck.intake.visible import clean
from factcheck.text.sentences import is_furniture

if TYPE_CHECKING:
    from benchmarks.extractors import extractors
    from benchmarks.measure import Figure, at_least, at_most, noted, report
else:  # a script's own folder is on the path, its parent is not
    from extractors import extractors
    from measure import Figure, at_least, at_most, noted, report

NOW = datetime(2026, 12, 31, tzinfo=UTC)
SHINGLE = 4  # words
NOT_BODY = (BlockKind.HEADLINE, BlockKind.CAPTION)  # to the people who marked the pages; some left standfirsts out
ELSEWHERE = ("a", "aside", "nav", "footer")
JOINT = re.compile(r"\s[|*·•»«–—-]\s|\s?\|\s?|\s?::\s?|:\s")  # between a headline and the name of its site


@dataclass(frozen=True, slots=True)
class Page:
    """A row of a set, and the article that is read from its page."""

    row: Mapping[str, Any]
    article: Article
    captions: tuple[str, ...] = ()
    sites: frozenset[str] = frozenset()

    def text(self, *left_out: BlockKind) -> str:
        """The text without blocks of these kinds; all of it where its blocks are not known."""
        if not self.article.blocks:
            return self.article.text
        kept = (one.span.cut(self.article.text) for one in self.article.blocks if one.kind not in left_out)
        return "\n\n".join(kept)


def main(arguments: Sequence[str]) -> int:
    """Measure, report, and return the exit code."""
    names = [one for one in arguments if one not in {"--wrong", "--alone"}]
    if len(names) != 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    articles, segments, metadata = (
        list(pages(Path(names[0]) / one)) for one in ("html_articles_en", "html_segments", "html_metadata")
    )
    if "--wrong" in arguments:
        sys.stdout.writelines(f"{line}\n" for line in wrong([*articles, *segments, *metadata]))
    own = [
        *bodies(articles, metadata),
        *marked(segments),
        *told(metadata, [*articles, *segments]),
        *dates(segments, metadata),
        *captions([*articles, *segments, *metadata]),
    ]
    others = [] if "--alone" in arguments else beside([articles, segments, metadata], Path(names[0]))
    return report([*own, *others])


def beside(sets: Sequence[Sequence[Page]], folder: Path) -> Iterator[Figure]:
    """The bodies of articles, the segments and the bodies of pages with metadata, as other extractors find them."""
    articles, segments, metadata = sets
    names = ("html_articles_en", "html_segments", "html_metadata")
    for name, extract in extractors():
        if extract is None:
            sys.stderr.write(f"{name} is not installed: pip install 'factcheck-desk[extractors]'\n")
            continue
        read = [
            [replace(page, article=extracted(page, folder / one, extract)) for page in pages_of_set]
            for one, pages_of_set in zip(names, (articles, segments, metadata), strict=True)
        ]
        told_by = [f"{runs_f1(read[0], 'gold_text'):.3f}" if articles else "-", f"{segments_f1(read[1]):.3f}"]
        yield noted(f"beside: {name}", " / ".join([*told_by, f"{runs_f1(read[2], 'body'):.3f}" if metadata else "-"]))


def extracted(page: Page, folder: Path, extract: Callable[[str], str]) -> Article:
    """The text that an extractor finds, as an article."""
    content = gzip.decompress((folder / page.row["file"]).read_bytes())
    return Article(text=extract(decoded_page(content, page.row["url"]).text), retrieved_at=NOW)


def pages(folder: Path) -> Iterator[Page]:
    """The pages of a set, read; none where the folder is not there."""
    path = folder / "dev.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        row = json.loads(line)
        content = gzip.decompress((folder / row["file"]).read_bytes())
        article, shown = article_from_html(content, row["url"], NOW), tuple(captions_of(content))
        yield Page(row, article, shown, frozenset(map(letters, sites_of(content, row["url"]))))


def bodies(articles: Sequence[Page], metadata: Sequence[Page]) -> Iterator[Figure]:
    """The words of the article, as runs of four."""
    if articles:
        found = runs_f1(articles, "gold_text", *NOT_BODY, BlockKind.STANDFIRST)
        yield at_least("body of articles, F1 of runs of four words", 0.982, found)
    if metadata:
        found = runs_f1(metadata, "body", *NOT_BODY)
        yield at_least("body of the pages with metadata, likewise", 0.94, found)
        yield at_least("the worst of these", 0.5, min(runs_f1([one], "body", *NOT_BODY) for one in metadata))


def marked(segments: Sequence[Page]) -> Iterator[Figure]:
    """Segments that must be in the text, and those that must not."""
    if segments:
        yield at_least("segments, F1", 0.945, segments_f1(segments))


def segments_f1(segments: Sequence[Page]) -> float:
    """F1 of the segments that must be there, without those that must not."""
    hits = sum(one in page.text(BlockKind.CAPTION) for page in segments for one in page.row["must_have"])
    all_wanted = sum(len(page.row["must_have"]) for page in segments)
    false = sum(one in page.text(BlockKind.CAPTION) for page in segments for one in page.row["must_not_have"])
    return 2 * hits / ((hits + false + all_wanted) or 1)


def told(metadata: Sequence[Page], others: Sequence[Page]) -> Iterator[Figure]:
    """Titles and authors, headlines that are in the text a second time, and titles with the name of their site."""
    if metadata:
        titles = mean(is_title(page) for page in metadata)
        yield at_least("titles, letter for letter", 0.9, titles)
        yield at_least("authors, F1", 0.95, authors_f1(metadata))
    if read := [*others, *metadata]:
        yield at_most("headlines that stand twice", 0, sum(map(is_twice, read)))
        yield at_most("site suffix: titles with their site's name", 0, sum(map(names_its_site, read)))


def dates(segments: Sequence[Page], metadata: Sequence[Page]) -> Iterator[Figure]:
    """Dates that are right, wrong and made up."""
    if metadata:
        right = mean(day(one) == found_day(one) for one in metadata)
        yield at_least("dates of the pages with metadata, right", 0.985, right)
        timed = [page for page in metadata if moment(page).tzinfo]
        yield at_least("their moments, to the minute", 0.9, mean(moment(one) == found_moment(one) for one in timed))
    known = [page for page in (*segments, *metadata) if day(page)]
    if known:
        lost = sum(found_day(one) is None for one in known)
        false = sum(found_day(one) not in {None, day(one)} for one in known)
        yield noted(f"dates of all pages with one ({len(known)}): not found, wrong", f"{lost}, {false}")
        made_up = sum(found_day(one) is not None for one in segments if not day(one))
        yield noted("pages whose date was not noted: found all the same", f"{made_up}")


def captions(all_pages: Sequence[Page]) -> Iterator[Figure]:
    """Captions of figures that are in the article as captions, out of those of the page's longest `article`, if any."""
    wanted = [(page, one) for page in all_pages for one in page.captions]
    if wanted:
        kept = sum(one in own_captions(page) for page, one in wanted)
        yield at_least(f"captions ({len(wanted)}), kept as captions", 0.95, kept / len(wanted))


def captions_of(content: bytes) -> Iterator[str]:
    """The captions that a reader of the page sees, as their letters and figures."""
    page = load_html(decoded_page(content, "the page").text)
    if page is not None:
        clean(page)
    articles = [] if page is None else list(page.iter("article"))
    articles = [one for one in articles if one.find(".//h1") is not None] or articles
    article = max(articles, key=lambda one: len(one.text_content()), default=page)
    for one in article.iter("figcaption") if article is not None else ():
        said, around = str(one.text_content()), next(one.iterancestors(*ELSEWHERE, "article"), article)
        if letters(said) and around is article and not is_furniture(" ".join(said.split())):
            yield letters(said)


def sites_of(content: bytes, url: str) -> Iterator[str]:
    """The names of its site that a page gives: in its `meta`, as who publishes it, and in its address."""
    page = load_html(decoded_page(content, "the page").text)
    for one in page.iter("meta") if page is not None else ():
        if (one.get("property") or one.get("name")) in {"og:site_name", "application-name"}:
            yield one.get("content") or ""
    if page is not None:
        yield from linked_data(page).publishers
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    yield from (host, host.rpartition(".")[0])


def own_captions(page: Page) -> str:
    """The captions of the article, a line each."""
    found = (one.span.cut(page.article.text) for one in page.article.blocks if one.kind is BlockKind.CAPTION)
    return "\n".join(map(letters, found))


def letters(words: str) -> str:
    """Letters and figures alone, in small."""
    return "".join(filter(str.isalnum, words.casefold()))


def wrong(all_pages: Iterable[Page]) -> Iterator[str]:
    """What the pages say of themselves, where it is read wrongly."""
    for page in all_pages:
        name = f"{page.row['id']} {page.row['url']}"
        if is_twice(page):
            yield f"twice: {page.article.title!r}: {name}"
        if names_its_site(page):
            yield f"site: {page.article.title!r}, of {sorted(page.sites)}: {name}"
        if ("published" in page.row or "date" in page.row) and day(page) != found_day(page):
            yield f"date: {found_day(page)}, not {day(page)}: {name}"
        if page.row.get("published") and moment(page).tzinfo and moment(page) != found_moment(page):
            yield f"moment: {found_moment(page)}, not {moment(page)}: {name}"
        if page.row.get("title") and not is_title(page):
            yield f"title: {page.article.title!r}, not {page.row['title']!r}: {name}"
        if "authors" in page.row and authors_f1([page]) < 1:
            yield f"authors: {page.article.authors}, not {page.row['authors']}: {name}"


def names_its_site(page: Page) -> bool:
    """Whether the first or the last part of the title is its site's name, and another part is not."""
    parts = [letters(one) for one in JOINT.split(page.article.title or "")]
    return not {parts[0], parts[-1]}.isdisjoint(page.sites - {""}) and not set(parts) <= page.sites


def day(page: Page) -> str | None:
    """The day that people found on the page."""
    known = page.row.get("published") or page.row.get("date")
    return known[:10] if known else None


def found_day(page: Page) -> str | None:
    """The day that is read from it."""
    return page.article.published.isoformat() if page.article.published else None


def moment(page: Page) -> datetime:
    """The moment that people found on the page, to the minute; one without a zone is only a day."""
    return datetime.fromisoformat(page.row["published"]).replace(second=0, microsecond=0)


def found_moment(page: Page) -> datetime | None:
    """The moment that is read from it, likewise; None where it has no zone."""
    at = page.article.published_at
    return at.replace(second=0, microsecond=0) if at and at.tzinfo else None


def is_title(page: Page) -> bool:
    """Whether the title is the one that people found, blanks aside."""
    return page.article.title is not None and page.article.title.split() == page.row["title"].split()


def is_twice(page: Page) -> bool:
    """Whether a paragraph under the headline is the headline, signs and capitals aside."""
    lines = ["".join(filter(str.isalnum, one.casefold())) for one in page.article.text.split("\n\n")]
    return page.article.title is not None and lines[0] in lines[1:]


def authors_f1(all_pages: Iterable[Page]) -> float:
    """The names found against those that people found, small letters and capitals aside."""
    right = said = 0
    for page in all_pages:
        gold, found = ({name.casefold() for name in names} for names in (page.row["authors"], page.article.authors))
        right, said = right + len(gold & found), said + len(gold) + len(found)
    return 2 * right / said if said else 1.0


def runs_f1(all_pages: Iterable[Page], column: str, *left_out: BlockKind) -> float:
    """F1 of runs of words, each page with the same weight, as in the article extraction benchmark of Scrapinghub."""
    right = missed = invented = 0.0
    for page in all_pages:
        gold, found = runs(page.row[column]), runs(page.text(*left_out))
        both, total = (gold & found).total(), (gold | found).total() or 1
        right += both / total
        missed += (gold - found).total() / total
        invented += (found - gold).total() / total
    return 2 * right / (2 * right + missed + invented)


def runs(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words, with how often each occurs."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)) if words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
