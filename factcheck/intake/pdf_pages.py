"""Text and metadata out of a PDF, by PDFium; its lines made into paragraphs. `pdf` runs it within bounds."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from factcheck.domain.evidence import PageText
from factcheck.errors import SourceError
from factcheck.intake.pdf_hyphens import joined
from factcheck.intake.pdf_layout import CELL_END, PdfPage, read_page
from factcheck.intake.pdf_seen import struck_boxes
from factcheck.intake.pdf_typed import with_typed

MAX_PAGES = 500
_MAX_CHARS = 3_000_000
_LOCKED = frozenset({raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY})

# UTF-8 cannot write half a character, and many programs end a text at a NUL.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
# Many files name the program that made them, or the file or the address that they were made from, as their title.
_NO_TITLE = re.compile(
    r"""^Microsoft\ (?:Word|PowerPoint|Excel)\ -\ |^(?:\w{3,10}:/|/|\\|[a-z]:[\\/]|about:)
    |^(?:untitled|unnamed|new|word|no|blank)?\s?(?:document|presentation|layout|slide|page|title|untitled)\s?-?\d{0,4}$
    |^(?:powerpoint[ -]pr[eä]sentation|pr[eé]sentation\ powerpoint|presentaci[oó]n\ de\ powerpoint)$
    |\.(?:docx?|odt|ott|pptx?|odp|indd|indt|pdf|tex|dvi|ps|eps|rtf|txt|html?|xlsx?|qxd|qxp|wpd)$
    """,
    re.IGNORECASE | re.VERBOSE,
)
Aside = tuple[str, ...]
"""Lines that stand in the middle of a paragraph, and are none of its words."""

_FULL = 0.7  # of the text's width
_HALF = 0.5  # of it; headings are shorter, and stand alone
_BULLET = re.compile(r"[•▪‣■●◦]\s*\Z")
# A box or a disc of a font of signs, and a bullet on a line of its own, are none of the item's words.
_NO_WORD = re.compile(r"\A(?:[•▪‣]\s*\n|[■●◦]\s*)")
_SHORTEST_HEADLINE, _LONGEST_HEADLINE = 5, 200  # characters
_MOST_CIPHER = 0.3  # of the letters
_HEAD_LINES = 2  # of a running head
_LEAST_LINES = 2  # of a page, beside which another one may be its running head
_ITEM = re.compile(r"(?:[-*+•▪‣■●◦–—]|\d{1,3}[.)])\s")
_ITEM_NUMBER = re.compile(r"(\d{1,3})(?:\.\s([^\W\d_a-zß-öø-ÿ])|[.)]\s)")  # the letter that a sentence begins with
_DASHES = frozenset("–—")
_ENDED = re.compile(r"[.!?:;…][\"'”’»)\]]*\Z")
_DIVIDED_END = re.compile(r"\w[-\u2010]\Z")
# In brackets or dashes on both sides, or on neither.
_PAGE_NUMBER = re.compile(
    r"(?P<begin>[\[(|*~•·–—-]\s*)?(?P<word>page\s+)?(?P<number>\d{1,4})(?:\s*(?:of|/)\s*(?P<count>\d{1,4}))?"
    r"(?(begin)\s*[\])|*~•·–—-])",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?P<dash>[–—-] )?(?P<number>(?=[ivxl])(?:x[lc]|l?x{0,3})(?:i[xv]|v?i{0,3}))(?(dash) [–—-])")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}) ?(?![\d.,:)])\S")  # how a note at the foot of a page begins
_SENTENCE = re.compile(r"\A\W{0,3}(?:\w\S*+\s++){3}.*[.!?…][\"'”’»)]{0,3}\Z")
_YEAR = re.compile(r"1[89]\d\d|20\d\d")
_NUMBER = re.compile(r"\d+")


def text_of_pdf(content: bytes, source: str) -> PageText:
    """The text and title of a PDF. Raises SourceError where it is encrypted, broken, too long or without text."""
    try:
        pdf = pdfium.PdfDocument(content)  # the empty password opens what is encrypted only against changes
        pages = list(_pages(pdf, source))
        title = " ".join(_UNSTORABLE.sub("", pdf.get_metadata_value("Title")).split())
    except pdfium.PdfiumError as error:
        if error.err_code in _LOCKED:
            raise SourceError(f"{source!r} is encrypted; save a copy without a password, and give that") from error
        raise SourceError(f"{source!r} cannot be read as a PDF: {error}; give its text") from error
    headline = _headline(pages)
    text = reflowed([_UNSTORABLE.sub("\ufffd", page.text) for page in pages], headline)
    if sum(page.cipher * len(page.text) for page in pages) > _MOST_CIPHER * sum(len(page.text) for page in pages):
        message = f"{source!r} does not tell which letters its fonts draw; run text recognition (OCR) on it first"
        raise SourceError(message)
    if not any(char.isalnum() for char in text):
        raise SourceError(f"{source!r} is a PDF without text, perhaps scanned; run text recognition (OCR) on it first")
    names_article = re.search(r"\w\W+\w", title) and not _NO_TITLE.search(title)
    return PageText(text=text, body=text, title=title if names_article else headline)


def _headline(pages: Sequence[PdfPage]) -> str | None:
    """What stands in the largest letters of the first page, unless that is a paragraph, or a letter or two."""
    found = _UNSTORABLE.sub("", (pages[0].headline if pages else None) or "")
    return found if _SHORTEST_HEADLINE <= len(found) <= _LONGEST_HEADLINE else None


def _pages(pdf: Any, source: str) -> Iterator[PdfPage]:  # noqa: ANN401 - the library is not typed
    if len(pdf) > MAX_PAGES:
        message = f"{source!r} has {len(pdf):,} pages, more than {MAX_PAGES}; give the pages that matter"
        raise SourceError(message)
    chars = 0
    for number in range(len(pdf)):
        page = pdf[number]
        struck = struck_boxes(page)
        page.close()
        page = with_typed(pdf, number)
        read = read_page(page, struck)
        page.close()
        yield read
        chars += len(read.text)
        if chars > _MAX_CHARS:
            message = f"{source!r} holds more text than {_MAX_CHARS:,} characters; divide it"
            raise SourceError(message)


def reflowed(pages: Sequence[str], headline: str | None = None) -> str:
    """The text of the pages, a blank line between paragraphs, and divided words whole again.

    Numbers of pages, running heads and bullets are left out. The headline stays, though it is the head of later pages,
    too.
    """
    numbered = [_lines(page, number, len(pages)) for number, page in enumerate(pages, 1)]
    lines = _with_notes_behind(_without_heads(_without_romans(numbered), headline))
    paragraphs = [_NO_WORD.sub("", "\n".join(part)) for part in _paragraphs(lines)]
    return "\n\n".join(joined([part for part in paragraphs if part]))


def _lines(page: str, number: int, count: int) -> list[str]:
    """The page's lines, without a first or last one that is nothing but its number.

    A share, a sum, a number below zero and the end of a sentence are none: `1%.`, `$5`, `-3`, `2/3.`
    """
    lines = _trimmed([" ".join(line.split()) for line in page.splitlines()])
    for at in (-1, 0):
        found = _PAGE_NUMBER.fullmatch(lines[at]) if lines else None
        if found and int(found["number"]) == number and (found["word"] or int(found["count"] or count) == count):
            lines.pop(at)
    return _trimmed(lines)


def _without_romans(pages: Sequence[list[str]]) -> Sequence[list[str]]:
    """The pages without a first or last line that is nothing but a small Roman number, as the next or last page has."""
    for at, rest in ((-1, slice(-1)), (0, slice(1, None))):
        numbers = [_roman(page[at]) if len(page) > 1 else 0 for page in pages]
        around = [0, *numbers, 0]
        pages = [
            _trimmed(page[rest]) if own and (before == own - 1 > 0 or behind == own + 1 or own == number) else page
            for number, (page, own, before, behind) in enumerate(
                zip(pages, numbers, around[:-2], around[2:], strict=True), 1
            )
        ]
    return pages


def _roman(line: str) -> int:
    """The number that a line is; 0 where it is none."""
    found = _ROMAN.fullmatch(line)
    digits = [_ROMAN_DIGITS[one] for one in found["number"]] if found else []
    return sum(-one if one < behind else one for one, behind in pairwise([*digits, 0]))


def _with_notes_behind(pages: Sequence[list[str]]) -> list[str | Aside]:
    """The lines of all pages; what stands at the foot of one, in a sentence that goes on overleaf, for behind it."""
    lines: list[str | Aside] = []
    for number, page in enumerate(pages, 1):
        behind = pages[number] if number < len(pages) else None
        foot = _foot(page) if behind and behind[0][:1].islower() else len(page)
        lines += page[:foot]
        if foot < len(page):
            lines.append(tuple(page[foot:]))
    return lines


def _foot(page: list[str]) -> int:
    """Where notes begin below a sentence that has not ended, a blank line above them; or the end of the page.

    A line that is short, as a heading, has no need to go on; a note that breaks off may.
    """
    gaps = [at for at, line in enumerate(page) if not line]
    found = len(page)
    for at in reversed(gaps):
        if not _NOTE.match(page[at + 1]):
            break
        found = at
    above = page[found - 1] if 0 < found < len(page) else ""
    longest = max(map(len, page), default=0)
    is_long = any(len(one) >= _HALF * longest for one in page[max(found - 2, 0) : found])
    is_broken_off = is_long and not _ENDED.search(above) and not _NOTE.match(above)
    is_whole = bool(page) and (bool(_ENDED.search(page[-1])) or len(page[-1]) < _FULL * longest)
    return found if is_broken_off and is_whole else len(page)


def _trimmed(lines: list[str]) -> list[str]:
    """The lines without blank ones at their edges."""
    words = [at for at, line in enumerate(lines) if line]
    return lines[words[0] : words[-1] + 1] if words else []


def _without_heads(pages: Sequence[list[str]], headline: str | None) -> Sequence[list[str]]:
    """The pages without what stands at the same edge of a third of them, whose number may rise with the pages.

    Left and right pages have their own.
    """
    for at, rest in ((0, slice(1, None)), (-1, slice(-1))) * _HEAD_LINES:
        edges = [_forms(page[at], number) if len(page) > _LEAST_LINES else () for number, page in enumerate(pages)]
        counted = Counter(form for forms in edges for form in forms)
        heads = {form for form, count in counted.items() if count > 1 and count * 3 >= len(pages)}
        pages = [
            _trimmed(page[rest]) if not heads.isdisjoint(forms) and (number or page[at] != headline) else page
            for number, (page, forms) in enumerate(zip(pages, edges, strict=True))
        ]
    return pages


def _forms(line: str, page: int) -> frozenset[str]:
    """What a line and one of another page have in common if both are a running head: all, or all but their number.

    A page's number rises as the pages do. In a sentence no number is one, and a year is none.
    """
    if not line:
        return frozenset()
    numbers = () if len(line) > _LONGEST_HEADLINE or _SENTENCE.search(line) else _NUMBER.finditer(line)
    found = {
        f"{line[: one.start()]}\0{int(one[0]) - page}\0{line[one.end() :]}"
        for one in numbers
        if not _YEAR.fullmatch(one[0])
    }
    return frozenset({line, *found})


def _paragraphs(lines: Sequence[str | Aside]) -> Iterator[list[str]]:
    """A paragraph goes on after a line that is nearly full, and where the next one begins small.

    What stood in the middle of one follows on it.
    """
    widths = sorted(len(line) for line in lines if line and isinstance(line, str))
    # Of the longest lines a tenth is left out: a table or a running head may be wider than the text.
    full = _FULL * widths[len(widths) * 9 // 10] if widths else 0
    part: list[str] = []
    asides: list[Aside] = []
    numbers = {0}  # of items
    for line in lines:
        if not isinstance(line, str):
            asides.append(line)
            continue
        is_item = _ITEM.match(line) and not (part and len(part[-1]) >= full and _is_of_sentence(line, part, numbers))
        if is_item and (number := _ITEM_NUMBER.match(line)):
            numbers.add(int(number[1]))
        goes_on = part and line and not is_item and _goes_on(part[-1], line, full)
        if part and not goes_on:
            yield part
            yield from (one for aside in asides for one in _paragraphs(aside))
            part, asides = [], []
        if line:
            part.append(line)
    if part:
        yield part
    yield from (one for aside in asides for one in _paragraphs(aside))


def _is_of_sentence(line: str, part: Sequence[str], numbers: AbstractSet[int]) -> bool:
    """Whether a dash or a number that looks like an item's beginning stands in a sentence that goes on."""
    if _ENDED.search(part[-1]):
        return False
    number = _ITEM_NUMBER.match(line)
    if number:
        return bool(number[2]) and int(number[1]) - 1 not in numbers
    return line[0] in _DASHES and part[0][0] not in _DASHES


def _goes_on(last: str, line: str, full: float) -> bool:
    if _BULLET.match(last):
        return True
    if _BULLET.match(line) or CELL_END in last or CELL_END in line:
        return False
    return len(last) >= full or line[0].islower() or bool(_DIVIDED_END.search(last))
