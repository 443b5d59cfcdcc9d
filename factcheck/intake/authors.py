"""Who wrote a page's article: the persons that it tells machines or names in its byline, no users of its CMS."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from factcheck.intake.beside_names import is_beside_name, without_credits
from factcheck.intake.bylines import bylines, in_a_row, told_names
from factcheck.intake.dates_in_text import first_day
from factcheck.intake.linked_data import LinkedData

_SHORT = re.compile(r" \([\w.]{1,5}\)\Z")  # of an editor's name
_BY = re.compile(
    r"(?:(?:(?:written|posted|reported|words) )?by|text|author|autor(?:in)?)(?::\s*|\s+)"
    r"|(?:von|par|por|di|door)(?::\s*|\s+(?=\S+\s+\S))",  # in front of one word, they are part of a name
    re.IGNORECASE,
)
_RANK = r"(?:our|senior|chief|deputy|political|news|sports?|digital|freelance|associate|managing|guest|staff)"
_WORK = (
    r"(?:staff|writer|reporter|editor|correspondent|contributor|columnist|journalist|redakteur(?:in)?"
    r"|korrespondent(?:in)?|journaliste|redactora?|periodista|redattore|redattrice)"
)
_ROLE = re.compile(rf"(?: ?[,|(] ?| [-–—] )(?:[^\s,|()]+\s){{0,4}}{_WORK}\)?\Z", re.IGNORECASE)
_ROLE_ALONE = re.compile(rf"(?:{_RANK}\s){{0,4}}{_WORK}", re.IGNORECASE)
_DESK_ROLE = re.compile(
    r"(?:[^\W\d_]+\s){1,3}(?:writer|reporter|editor|correspondent|columnist|journalist|redakteur(?:in)?"
    r"|korrespondent(?:in)?)",
    re.IGNORECASE,
)
"""Of any desk, such as `Health Correspondent`: told from a name where another one stands beside it."""

_BEHIND = re.compile(
    r"(?:(?<![\s·•|,;/–—-])[\s·•|,;/–—-]++|\A)(?:(?:first|last)\s)?"
    r"(?:(?:published|updated|posted|modified|veröffentlicht|aktualisiert|publié|mis à jour|publicado|actualizado"
    r"|pubblicato|aggiornato|gepubliceerd)\b|\d+[\s-]?min).*\Z",
    re.IGNORECASE | re.DOTALL,
)
_DOT = re.compile(r"\s[·•](?:\s|\Z)")
_PARTICLES = frozenset({
    "de", "da", "di", "do", "dos", "das", "del", "della", "van", "von", "der", "den", "ter", "zu", "la", "le", "el",
    "al", "bin", "ibn", "y", "e", "af", "av", "of",
})  # fmt: skip
_NO_NAMES = frozenset({"admin", "administrator", "webmaster", "root", "user", "guest", "wordpress", "unknown"})
_ADDRESS = re.compile(r"https?:|www\.|[@/\\]|\d{3}")
_BETWEEN = re.compile(r";|,?\s(?:and|und|et|&)\s")
_BETWEEN_NAMES = re.compile(r",\s|\s[ye]\s")
_SOURCE = re.compile(r"(?:quelle|fonte|fuente|bron|kilde): ?([^:]{2,40}/[a-zäöü]{1,4})", re.IGNORECASE)
_BYLINE = re.compile(r"\b(?:by-?lines?|authors?)\b", re.IGNORECASE)
_ELSEWHERE = ("figure", "aside", "nav", "footer")
_AROUND_DATE = re.compile(r"(?<![\s,;|·•–—-])[\s,;|·•–—-]+(?:(?:on|am|le|el|il)\s)?\Z", re.IGNORECASE)
_LAST_FIRST = re.compile(r"[^\W\d_][^\s,]{1,30}, [^\W\d_][^\s,]{0,30}(?: [^\s,]{1,30})?")
_MOST_LINE = 200  # characters
_MOST_WORDS = 40  # of a byline with several names
_MOST_IN_ROW = 6  # bylines side by side
_MOST_NAME = 6  # words of a name: more are a sentence
_LEAST_SMALL = 2  # words in small letters, of which a sentence is


def authors_of(page: HtmlElement, found: str | None, told: LinkedData, url: str | None) -> tuple[str, ...]:
    """The names of who wrote it.

    Those that the page tells machines, or the list that holds these and more; else what was found in its text; else
    the publisher, if the page calls it the author; else its source with a writer's initials, as `Agency/abc`.
    """
    host = _host(url)
    in_text = _in_text(found, host)
    names = _names(told.authors, host)
    if names and not (told.is_by_organization and any(map(_is_whole_name, in_text))):
        known = set(map(squeezed, names))
        fuller = (_names(one, host) for one in _lists(page))
        return next((one for one in fuller if known < set(map(squeezed, one))), names)
    in_text = _as_written(page, in_text, host) if in_text else _in_bylines(page)
    return in_text or _names(told.named_authors, host) or tuple(_sources(page))[:1]


def _as_written(page: HtmlElement, found: tuple[str, ...], host: str) -> tuple[str, ...]:
    """The names that were found as their byline has them: whole, with their dots, and without what stands beside them.

    A list of bylines that holds them and more goes before. `Lopez, Ana` in metadata is one name.
    """
    run = "".join(map(squeezed, found))
    read = [tuple(names) for names in told_names(page) if all(map(_LAST_FIRST.fullmatch, names))]
    read += [tuple(_apart(_said(pieces))) for pieces in bylines(page)]
    same = (
        one for one in read if one and run.startswith(squeezed(one[0])) and all(squeezed(name) in run for name in one)
    )
    names = next(
        (one for one in same if all(_is_whole_name(name) or _LAST_FIRST.fullmatch(name) for name in one)), found
    )
    fuller = (_names(one, host) for one in _lists(page))
    return next((one for one in fuller if set(map(squeezed, names)) < set(map(squeezed, one))), names)


def _in_bylines(page: HtmlElement) -> tuple[str, ...]:
    """The names of the first line that is marked as a byline and is nothing else."""
    found = (byline_of(_said(pieces)) for pieces in bylines(page))
    return next((one.names for one in found if one is not None), ())


def _said(pieces: Sequence[str]) -> str:
    """The pieces of a byline on one line, but for those that name what somebody does."""
    roles = [one for one in pieces if _ROLE_ALONE.fullmatch(one) or _DESK_ROLE.fullmatch(one)]
    return " ".join(one for one in pieces if one not in roles or len(pieces) == 1)


def _in_text(found: str | None, host: str) -> tuple[str, ...]:
    """The names that were found in the text of the page, where they may be names."""
    # What follows the name of the host is where it stands.
    parts = (found or "").split(";")
    until = next((at for at, one in enumerate(parts) if _is_host(squeezed(one), host)), len(parts))
    return tuple(one for one in _names(parts[:until], host) if _may_be_name(one))


def _may_be_name(words: str) -> bool:
    """Whether they are few, and hardly any of them is a word of a sentence."""
    parts = words.split()
    small = [one for one in parts if one[0].islower() and one not in _PARTICLES]
    return len(parts) <= _MOST_NAME and (len(small) < _LEAST_SMALL or len(small) == len(parts))


class Byline(NamedTuple):
    """Who a line says has written an article, and when."""

    names: tuple[str, ...]
    day: date | None


def byline_of(words: str) -> Byline | None:
    """What a line says that is nothing but a byline, `By Ana Lopez and Ben Okoro, 27 November 2026`; else None."""
    line = " ".join(words.split())
    by = _BY.match(line) if len(line) < _MOST_LINE else None
    found = first_day(line) if by else None
    if by is None or (found and found.start < by.end()):
        return None
    names, behind = line[by.end() : found.start if found else len(line)], line[found.end :] if found else ""
    parts = [one for one in _apart(_AROUND_DATE.sub("", names)) if one]
    is_byline = parts and all(map(_is_whole_name, parts)) and not any(map(str.isalpha, behind))
    return Byline(tuple(parts), found and found.day) if is_byline else None


def begins_as_byline(words: str) -> bool:
    """Whether its first word is one that stands before an author's name, `By`, or `Von`."""
    return _BY.match(words) is not None


def names_apart(words: str) -> list[str]:
    """The names that a field of authors holds; what may be one, as `Law and Justice`, stays one."""
    parts = [one for one in _apart(words) if one]
    return parts if all(map(_is_whole_name, parts)) else [words]


def squeezed(name: str) -> str:
    """Letters and figures of a name alone, in small, without its article."""
    return "".join(char for char in name.casefold() if char.isalnum()).removeprefix("the")


def _names(told: Iterable[str], host: str) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for name in (part for one in told for part in _apart(one)):
        plain = _SHORT.sub("", name)
        is_none = plain.casefold() in _NO_NAMES or _ROLE_ALONE.fullmatch(plain) or _ADDRESS.search(plain)
        if squeezed(plain) and not is_none and not _is_host(squeezed(plain), host):
            names.setdefault(squeezed(plain), plain)
    persons = [one for one in names.values() if not _DESK_ROLE.fullmatch(one)]
    return tuple(persons or names.values())


def _apart(words: str) -> Iterator[str]:
    """The names of a list of some: at `and`, and at commas where each part looks like a first name and another."""
    line = " ".join(words.split())
    by = _BY.match(line)
    line = without_credits(_BEHIND.sub("", line[by.end() :] if by else line))
    for part in (one for half in _DOT.split(line) for one in _BETWEEN.split(half)):
        plain = _ROLE.sub("", part.strip())
        first, *others = plain.split(", ")
        if all(map(_is_whole_name, _BETWEEN_NAMES.split(first))):
            plain = ", ".join((first, *(one for one in others if not is_beside_name(one))))
        names = _BETWEEN_NAMES.split(plain)
        yield from names if all(map(_is_whole_name, names)) else [plain]


def _is_whole_name(words: str) -> bool:
    parts = words.split()
    return 1 < len(parts) < _MOST_NAME and parts[0][0].isupper() and parts[-1][0].isupper()


def _lists(page: HtmlElement) -> Iterator[list[str]]:
    """The lists of names that the page gives elsewhere: in its `meta`, and in its bylines where they are marked."""
    yield [one.get("content", "") for one in page.iter("meta") if one.get("property") == "article:author"]
    for byline in page.iter("div", "p", "span", "ul", "header", "address"):
        if _BYLINE.search(f"{byline.get('class', '')} {byline.get('data-testid', '')}") and not _is_elsewhere(byline):
            names = [_line(one) for one in byline.iter("a", "span", "li", "div", "meta") if _is_author(one)]
            if names and len(_line(byline).split()) <= _MOST_WORDS:
                yield [one for one in names if len(one.split()) <= _MOST_NAME]
    for row in in_a_row(page):
        if len(row) <= _MOST_IN_ROW and all(map(_is_whole_name, row)):
            yield row


def _is_author(element: HtmlElement) -> bool:
    marks = f"{element.get('rel', '')} {element.get('itemprop', '')}".lower().split()
    return "author" in marks


def _sources(page: HtmlElement) -> Iterator[str]:
    for element in page.iter("p", "em", "i", "span", "div", "small", "cite"):
        source = None if len(element) else _SOURCE.fullmatch(_line(element))
        if source and next(element.iterancestors("figure", "figcaption"), None) is None:
            yield source[1]


def _is_elsewhere(element: HtmlElement) -> bool:
    return next(element.iterancestors(*_ELSEWHERE), None) is not None


def _line(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def _is_host(name: str, host: str) -> bool:
    return len(host) > 1 and name == host


def _host(url: str | None) -> str:
    try:
        return squeezed((urlsplit(url or "").hostname or "").removeprefix("www."))
    except ValueError:
        return ""
