"""Pages, PDFs and texts that are broken in every way that we could think of: each is an article or one refusal.

    python tests/benchmarks/broken_pages.py [COUNT] [--from NUMBER] [--corpus FOLDER]

A case is made from its number alone, so that `--from NUMBER` shows it again and a long run can go in pieces. With a
corpus, every second page that is broken is one of the folder's (HTML, PDF or those packed by gzip). Each is read as
`factcheck extract FILE` reads it, within 10 seconds and 500 MB; what ends in anything else is printed with its number.
"""

import gzip
import re
import resource
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import FactcheckError, ParsingLimitError
from factcheck.intake.read_source import read_source

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.broken_pdfs import SENTENCE, broken_pdf, cut, flipped, hostile_pdf
from benchmarks.measure import Figure, at_most, noted, report

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
BOUNDS = ParsingLimits(seconds=10, megabytes=500)
SHOWN = 8
WORDS = (
    "the", "river", "Stand", "rose", "by", "two", "metres", "on", "Monday", "and", "about", "300", "people", "1,204",
    "Ada", "Example", "4.7", "percent", "2019", "Größe", "naïve", "Смирнов", "東京", "السد", "मंत्री", "\u200d", "🙂",
)  # fmt: skip
LINKED = (
    '{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "River rises", "datePublished":'
    ' "2024-05-06T07:08:09+02:00", "author": [{"@type": "Person", "name": "Ada Example"}]}'
)
PAGE = (
    "<!doctype html>\n<html lang=en><head><meta charset=utf-8><title>River rises | The Daily Stand-in</title>"
    "<meta property='article:published_time' content='2024-05-06T07:08:09Z'><meta name=author content='Ada Example'>"
    f"<script type='application/ld+json'>{LINKED}</script><style>.x {{ color: red }}</style></head><body>"
    "<nav><ul><li><a href=/>Home</a></li></ul></nav><article><h1>River rises</h1><p class=byline>By Ada Example, "
    "<time datetime='2024-05-06T07:08:09Z'>6 May 2024</time></p>"
    + f"<p>{SENTENCE}</p>"
    * 3
    + "<h2>What it cost</h2><p>It carried 10<sup>6</sup> tons<sup><a href='#fn1'>1</a></sup>, not <del>4.1</del> "
    "<ins>4.7</ins>.</p><ul><li>one boat</li><li>two &amp; three</li></ul><table><tr><th>Year</th><td>2019</td></tr>"
    "</table><blockquote><p>“It rose.”</p></blockquote><figure><img src=a.jpg alt=a><figcaption>The dam</figcaption>"
    f"</figure><p>{SENTENCE}</p></article><aside><p>Subscribe now</p></aside><footer>Copyright 2013</footer>"
    "<!-- end --></body></html>"
)
TAGS = (
    "p", "div", "span", "b", "table", "tr", "td", "ul", "li", "blockquote", "a", "sup", "del", "svg", "math", "form",
    "article", "section", "h1", "font", "template", "noscript", "select", "frameset", "body", "html", "title",
)  # fmt: skip
ENTITIES = (
    "&#0;", "&#xD800;", "&#x110000;", "&#99999999999999999999;", "&", "&;", "&amp;amp;", "&nbsp", "&notanentity;", "&#",
    "&#x", "&zwj;", "&shy;", "&#xFFFE;", "&#8206;", "&#x1F642;", "&lt;script&gt;", "]]>", "\0", "\x0c", "\x1b[31m",
)  # fmt: skip
CHARSETS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1251", "shift_jis", "gb18030", "big5",
    "iso2022_jp", "koi8_r", "euc_kr", "utf-7", "cp037", "utf-8-sig",
)  # fmt: skip
NAMED = (
    *CHARSETS,
    "none",
    "x-user-defined",
    "idna",
    "punycode",
    "rot13",
    "hex",
    "unicode_escape",
    "",
    "utf-99",
    "a" * 300,
)
DATES = (
    "0000-00-00", "9999-12-31T23:59:59Z", "2024-02-30", "2024-05-06T25:61:61+99:99", "20240506" * 500, "1" * 5000,
    "2024-05-06T07:08:09" + "9" * 3000, "6 " * 2000 + "May 2024", "-1", "12/31/9999", "5:03 " * 800 + "6 May 2024",
)  # fmt: skip
STYLES = ("display:none", "font-size:0", "color:#fff", "a:" * 3000, "left:-9999px", "clip:rect(" * 500, ";" * 5000)


@dataclass(frozen=True, slots=True)
class Case:
    """A source, by the number that it is made from, and the way in which it is broken."""

    number: int
    kind: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a case: `article`, `refused`, `over a bound`, or what it should never be; and by the clock."""

    case: Case
    outcome: str
    seconds: float

    @property
    def is_right(self) -> bool:
        """Whether it was an article or a refusal."""
        return self.outcome in {"article", "refused", "over a bound"}


def main(arguments: Sequence[str]) -> int:
    """Read the cases, report, and return the exit code."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1_000)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--corpus", type=Path)
    given = parser.parse_args(arguments)
    pages = corpus(given.corpus) if given.corpus else ()
    done: list[Read] = []
    with TemporaryDirectory() as folder, suppress(KeyboardInterrupt):  # which ends it with what has been read
        for number in range(given.first, given.first + given.count):
            one = read(case(number, pages), Path(folder))
            done.append(one)
            if not one.is_right:
                sys.stdout.write(f"{number} {one.case.kind}: {one.outcome}\n")
                sys.stdout.flush()
    return report(figures(done))


def figures(done: Sequence[Read]) -> list[Figure]:
    """How they ended, and which took longest."""
    kinds = Counter(one.case.kind for one in done)
    outcomes = Counter(one.outcome for one in done if one.is_right)
    slowest = sorted(done, key=lambda one: -one.seconds)[:SHOWN]
    own = resource.getrusage(resource.RUSAGE_SELF)
    return [
        noted("sources, in so many ways", f"{len(done):,}, {len(kinds)}"),
        *(noted(f"  {name}", f"{many:,}") for name, many in outcomes.most_common()),
        at_most("neither an article nor one refusal", 0, sum(not one.is_right for one in done)),
        at_most("memory of the program that asks", 500, own.ru_maxrss / 1024, " MB"),
        noted("processor time of it, each", f"{own.ru_utime / len(done):.3f} s"),
        *(
            noted(f"  slow: {one.case.number} {one.case.kind}, {one.outcome}", f"{one.seconds:.1f} s")
            for one in slowest
        ),
    ]


def read(made: Case, folder: Path, bounds: ParsingLimits = BOUNDS) -> Read:
    """Read the case as a file, and say what became of it."""
    path = folder / made.name
    path.write_bytes(made.content)
    began, used = time.monotonic(), time.process_time()
    outcome = _outcome(str(path), bounds)
    if time.process_time() - used > bounds.seconds:
        outcome = f"{outcome}, but {time.process_time() - used:.0f} s of a processor in the program that asks"
    return Read(made, outcome, time.monotonic() - began)


def _outcome(path: str, bounds: ParsingLimits) -> str:
    try:
        article = read_source(path, NOW, limits=bounds)
    except ParsingLimitError as error:
        return _one_line("over a bound", error)
    except FactcheckError as error:
        return _one_line("refused", error)
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return f"{type(error).__name__}: {str(error)[:200]}"
    if not any(map(str.isalnum, article.text)) or len(article.sha256) < 1:
        return "an article without words"
    return "article"


def _one_line(outcome: str, error: FactcheckError) -> str:
    said = str(error)
    return outcome if said and said.isprintable() else f"{outcome}, in words that are no line: {said[:200]!r}"


def corpus(folder: Path) -> list[bytes]:
    """The pages and PDFs of a folder, unpacked."""
    found = sorted(one for one in folder.rglob("*") if one.name.endswith((".html", ".htm", ".pdf", ".gz")))
    return [gzip.decompress(one.read_bytes()) if one.suffix == ".gz" else one.read_bytes() for one in found]


def case(number: int, pages: Sequence[bytes] = (), only: str | None = None) -> Case:
    """The source of that number; `only` is the kind that it shall be."""
    chance = Random(number)  # noqa: S311 - no secret
    kind = chance.choice(list(KINDS))
    kind = only or kind
    whole = chance.choice(pages) if pages and number % 2 else PAGE.encode()
    content = KINDS[kind](chance, whole)
    if chance.random() < 0.1:
        content = flipped(chance, content)
    suffix = ".pdf" if kind.startswith("PDF") else ".txt" if kind == "text" else ".html"
    return Case(number, kind, f"a{chance.choice((suffix, suffix, suffix, ''))}", content)


def _tags(chance: Random, page: bytes) -> bytes:
    """Tags left out, doubled, renamed, and in another order."""
    parts = re.split(rb"(<[^<>]*>)", page)
    for _ in range(chance.choice((1, 5, 50))):
        at = chance.randrange(len(parts))
        tag = chance.choice(TAGS).encode()
        parts[at] = chance.choice(
            (b"", parts[at] * 2, parts[at][:-1], b"<" + tag + b">", b"</" + tag + b">", b"<" + tag)
        )
    if chance.random() < 0.2:
        chance.shuffle(parts)
    return b"".join(parts)


def _deep(chance: Random, page: bytes) -> bytes:
    """Elements within each other, ten thousand deep and more."""
    many, names = chance.choice((100, 1_000, 10_000, 30_000)), chance.choices(TAGS, k=chance.choice((1, 2, 4)))
    opened = "".join(f"<{names[at % len(names)]}>" for at in range(many))
    closed = "".join(f"</{names[at % len(names)]}>" for at in reversed(range(many))) if chance.random() < 0.5 else ""
    return _inserted(chance, page, f"{opened}{SENTENCE}{closed}")


def _wide(chance: Random, page: bytes) -> bytes:
    """Very many elements, attributes or letters side by side."""
    many, tag = chance.choice((100, 3_000, 20_000)), chance.choice(TAGS)
    new = (
        f"<{tag}>a</{tag}>" * many,
        f"<{tag} " + " ".join(f"a{at}=1" for at in range(many // 4)) + ">a",
        f"<{tag} class='{'x ' * many}' style='{chance.choice(STYLES)}' id='{'y' * many}'>{SENTENCE}</{tag}>",
        f"<{tag}>" + "x" * many * 20,
        "".join(f"<{chance.choice(TAGS)}>" for _ in range(many)),
        f"<p>{SENTENCE * (many // 4)}",
    )
    return _inserted(chance, page, chance.choice(new))


def _charset(chance: Random, page: bytes) -> bytes:
    """Written in one encoding, and named as another."""
    text = page.decode("utf-8", "replace").replace("charset=utf-8", f"charset={chance.choice(NAMED)}")
    text = text.replace(SENTENCE, " ".join(chance.choices(WORDS, k=30)), 2)
    content = text.encode(chance.choice(CHARSETS), chance.choice(("replace", "ignore", "xmlcharrefreplace")))
    marks = (
        b"",
        b"",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"\xff\xfe\0\0",
        b"\0",
        b"<?xml version='1.0' encoding='utf-16'?>",
    )
    tail = page[: chance.randrange(len(page))] if chance.random() < 0.2 else b""
    return chance.choice(marks) + content + tail


def _entities(chance: Random, page: bytes) -> bytes:
    """Entities that are none, halves of characters, and declarations that grow."""
    text = page
    for _ in range(chance.choice((1, 30, 500))):
        text = _inserted(chance, text, chance.choice(ENTITIES))
    if chance.random() < 0.2:
        grown = "".join(f'<!ENTITY a{at + 1} "{f"&a{at};" * 10}">' for at in range(9))
        text = f'<!DOCTYPE html [<!ENTITY a0 "ha">{grown}]>'.encode() + text + b"<p>&a9;</p>"
    return text


def _linked_data(chance: Random, page: bytes) -> bytes:
    """JSON-LD that is broken, deep, long, or says what cannot be."""
    many = chance.choice((10, 1_000, 50_000))
    new = (
        LINKED[: chance.randrange(len(LINKED))],
        "[" * many + LINKED,
        '{"@graph": [' + ", ".join([LINKED] * (many // 50 + 1)) + "]}",
        '{"a": ' * many + "1" + "}" * many,
        LINKED.replace("2024-05-06T07:08:09+02:00", chance.choice(DATES)),
        LINKED.replace('"River rises"', f'"{"River " * many}"'),
        LINKED.replace(
            '"Ada Example"', chance.choice(("1e999", "null", '"\\ud800"', "[" * 50, '{"name": 3}', '"' + "A" * many))
        ),
        LINKED.replace('"NewsArticle"', chance.choice(('["Article", 3]', "null", '"LiveBlogPosting"', "{}"))),
        '{"@id": "a", "author": {"@id": "a"}, "@type": "Article"}',
    )
    return page.replace(LINKED.encode(), chance.choice(new).encode("utf-8", "surrogatepass")) + (
        f"<script type='application/ld+json'>{chance.choice(new)}".encode("utf-8", "surrogatepass")
    )


def _metadata(chance: Random, page: bytes) -> bytes:
    """Dates, authors, titles and addresses that cannot be."""
    text = page.decode("utf-8", "replace")
    for old in ("2024-05-06T07:08:09Z", "6 May 2024", "Ada Example", "River rises", "en", "/"):
        if chance.random() < 0.5:
            new = chance.choice(
                (*DATES, "", "a" * 50_000, "<", "'", "\n" * 1_000, " ".join(chance.choices(WORDS, k=200)))
            )
            text = text.replace(old, new, chance.choice((1, 1, 3)))
    links = (
        "http://[",
        "//" * 500,
        "javascript:1",
        "http://a:99999999/",
        "data:," + "a" * 9_000,
        "http://\u0661.example/",
    )
    return f"<link rel=canonical href='{chance.choice(links)}'><base href='{chance.choice(links)}'>{text}".encode()


def _unended(chance: Random, page: bytes) -> bytes:
    """Comments, scripts, quotes and sections that never end, or end where they should not."""
    new = (
        "<!--", "-->", "<!-- " * 5_000, "<script>", "<style>", "<![CDATA[", "<!--[if IE]>", "<title>", "<xmp>",
        "<plaintext>", "<a href='", '<p title="', "<?php", "<!DOCTYPE", "</", "<", "<p/" * 9_000, "<svg><![CDATA[<p>",
        "<sup>" * 900, "<textarea>",
        "<table><tr><td>" * 2_000, "<td colspan=99999999 rowspan=99999999>1</td>", "<a href='#fn1'><sup>" * 2_000,
        "<li><ul>" * 3_000,
    )  # fmt: skip
    text = page
    for _ in range(chance.choice((1, 2, 6))):
        text = _inserted(chance, text, chance.choice(new))
    return text


def _nothing(chance: Random, page: bytes) -> bytes:
    """What holds no article, or is no page."""
    return chance.choice((
        b"", b"\0" * 5_000, b"<html>", b"<html></html>" * 3_000, chance.randbytes(20_000),
        b"<html>" + chance.randbytes(9_000),
        b"\xff\xfe" + chance.randbytes(9_001), gzip.compress(page), b"PK\3\4" + page, b"<p>" * 9, page[:40] * 500,
        b"<html><body>" + "\u200d\u00ad\ufeff".encode() * 2_000, b"<!doctype html>" + b"\xc3\x28" * 5_000,
    ))  # fmt: skip


def _text(chance: Random, page: bytes) -> bytes:
    """Texts of odd letters, long lines and odd ends of line."""
    many = chance.choice((10, 1_000, 30_000))
    words = " ".join(chance.choices(WORDS, k=many))
    new = (
        words, "x" * many * 20, "\n" * many + "a", "a\r" * many, "# " * many, "> " * many + words, "- [" * many,
        "*" * many + "a",
        "a.\n\n" * many, "(" * many + words, "“" * many + words, "\u200d\u202e" * many + words,
        "| a " * many + "\n" + "|-" * many,
        "---\n" * many + words, "".join(map(chr, range(32, 0xD800, 7))), "é" * many + "e\u0301" * many,
        "1." * many + " a", "<p>" + words,
    )  # fmt: skip
    encoded = chance.choice(new).encode(chance.choice(("utf-8", "utf-8", "utf-8", "utf-16", "latin-1")), "replace")
    return encoded if chance.random() < 0.8 else page[:200] + encoded


def _inserted(chance: Random, page: bytes, new: str) -> bytes:
    """The page with something thrown in, rather between two tags."""
    at = chance.randrange(len(page))
    if chance.random() < 0.8:
        at = page.find(b"<", at) if b"<" in page[at:] else at
    return page[:at] + new.encode("utf-8", "replace") + page[at:]


KINDS: Mapping[str, Callable[[Random, bytes], bytes]] = {
    "cut": cut,
    "bytes": flipped,
    "tags": _tags,
    "deep": _deep,
    "wide": _wide,
    "charset": _charset,
    "entities": _entities,
    "linked data": _linked_data,
    "metadata": _metadata,
    "unended": _unended,
    "nothing": _nothing,
    "text": _text,
    "PDF, broken": broken_pdf,
    "PDF, hostile": hostile_pdf,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
