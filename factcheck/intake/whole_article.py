"""Puts back what an extractor lost of an article: the blocks of the page that look like those it found."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement

from factcheck.intake.among_paragraphs import among_paragraphs
from factcheck.intake.furniture import is_furniture

_PARAGRAPHS = frozenset({"p", "li", "blockquote", "pre", "dd", "dt"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_APART = frozenset({"nav", "aside", "footer", "form", "figure", "table", "button", "select", "header"})
_WITHOUT_WORDS = ("script", "style", "noscript", "template")
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?…。؟।:][\"'”’»“)\]]{0,3}\Z")
_SUBHEADING = re.compile(r"sub-?_?(?:head|title)|crosshead|inter-?titl", re.IGNORECASE)
_LEAST_KNOWN = 200  # characters that are known of a dress, before the rest of it is believed
_LEAST_SHARE = 0.3  # of a dress
_MOST_LINKED = 0.5  # of the letters of a block
_LEAST_FOUND = 20  # letters of a block that is looked for within others
_LEAST_BEHIND = 60  # words behind all that was found, which may as well be about comments
_LEAST_SENTENCE = 8  # words
_LEAST_LOOSE = 4  # words of a sentence right among paragraphs
_LEAST_BLOCKS = 2  # that tell where the article stands
_MOST_BLOCKS = 10_000  # of a page: looking for each in all the text takes the product of both
_LEVELS = 5  # between a container and those that stand beside it

Dress = tuple[str, ...]


@dataclass(slots=True)
class _Block:
    """A block of the page that holds no other; `line` is where the extractor has it.

    One that `is_loose` is no paragraph, but text among paragraphs: it counts beside those that were found.
    """

    element: HtmlElement
    words: str
    key: str
    is_loose: bool = False
    line: int | None = None
    is_known: bool = False
    is_beside_known: bool = False
    dress: Dress = ()

    @property
    def is_heading(self) -> bool:
        return self.element.tag in _HEADINGS or (self.element.tag == "div" and not self.is_loose)

    @property
    def linked(self) -> float:
        """How much of it is links."""
        return sum(len(squeezed(one.text_content())) for one in self.element.iter("a")) / len(self.key)


def completed(page: HtmlElement, lines: Sequence[str]) -> list[str]:
    """The lines of an article, and among them the blocks of the page that are dressed as they are.

    What stands in a container like theirs, behind theirs, is of the same article. Lines that lost words are mended.
    """
    page = _readable(page)
    blocks = list(_blocks(page))
    lines = list(lines)
    _find(blocks, lines)
    known = [one for one in blocks if one.is_known and not one.is_heading]
    if len(known) < _LEAST_BLOCKS or len(blocks) > _MOST_BLOCKS:
        return lines
    root = _home(known)
    wider = _with_siblings(root)
    inside = [one for one in blocks if wider in one.element.iterancestors()]
    homes = {one.element.getparent() for one in known if not one.is_loose}
    for one in inside:
        one.dress = _dress(one.element, wider)
        one.is_beside_known = one.is_loose and one.element.getparent() in homes
    _mend(inside, lines)
    wanted = _wanted(inside, _believed(inside))
    return _merged(lines, inside, wanted)


def squeezed(text: str) -> str:
    """Its letters and digits, by which words are compared."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _readable(page: HtmlElement) -> HtmlElement:
    """A copy without what `text_content` takes for words."""
    page = deepcopy(page)
    etree.strip_elements(page, *_WITHOUT_WORDS, etree.Comment, with_tail=False)
    for one in page.iter("br"):
        one.tail = f" {one.tail or ''}"
    return page


def _blocks(page: HtmlElement) -> Iterator[_Block]:
    tags = (*_PARAGRAPHS, *_HEADINGS)
    loose = among_paragraphs(page)
    holders = {one for element in (*page.iter(*tags, "div"), *loose) for one in element.iterancestors()}
    apart = {one for element in page.iter(*_APART) for one in element.iter(etree.Element)}
    for element in page.iter(etree.Element):
        is_named = element.tag in tags or (
            element.tag == "div" and _SUBHEADING.search(f"{element.get('class', '')} {element.get('id', '')}")
        )
        if (is_named or element in loose) and element not in holders and element not in apart:
            words = " ".join(str(element.text_content()).split())
            if key := squeezed(words):
                yield _Block(element, words, key, is_loose=not is_named)


def _find(blocks: Sequence[_Block], lines: Sequence[str]) -> None:
    keys = [squeezed(one) for one in lines]
    at: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        at.setdefault(key, []).append(index)
    whole = "".join(keys)
    runs = set(_short_runs(keys))
    for one in blocks:
        if places := at.get(one.key):
            one.line = places.pop(0) if len(places) > 1 else places[0]
            one.is_known = True
        elif one.key in runs or ((one.is_loose or len(one.key) >= _LEAST_FOUND) and one.key in whole):
            one.is_known = True


def _short_runs(keys: Sequence[str]) -> Iterator[str]:
    """What a few short lines say together: an extractor divides paragraphs where their lines break."""
    for at in range(len(keys)):
        run = ""
        for key in keys[at : at + _LEAST_FOUND]:
            run += key
            if len(run) >= _LEAST_FOUND:
                break
            yield run


def _home(known: Sequence[_Block]) -> HtmlElement:
    """The smallest element that holds nine tenths of what was found."""
    sizes: Counter[HtmlElement] = Counter()
    for one in known:
        for element in one.element.iterancestors():
            sizes[element] += len(one.key)
    least = 0.9 * sum(len(one.key) for one in known)
    element = known[0].element.getroottree().getroot()
    while (child := next((one for one in element if sizes[one] >= least), None)) is not None:
        element = child
    return element


def _with_siblings(root: HtmlElement) -> HtmlElement:
    """What holds the container and those that look like it, if pages divide one article so; else the container."""
    here = root
    for _ in range(_LEVELS):
        parent = here.getparent()
        if parent is None or here.tag in {"article", "body", "main"}:
            break
        like = [one for one in parent if isinstance(one.tag, str) and _look(one) == _look(here)]
        if len(like) > 1 and here.get("class"):
            return root if any(True for one in like for _ in one.iter("h1", "article")) else parent
        here = parent
    return root


def _look(element: HtmlElement) -> str:
    return f"{element.tag}.{_DIGITS.sub('', ' '.join(element.get('class', '').split()))}"


def _dress(element: HtmlElement, root: HtmlElement) -> Dress:
    chain = [_look(element)]
    for one in element.iterancestors():
        if one is root:
            break
        chain.append(_look(one))
    return tuple(chain)


def _mend(inside: Sequence[_Block], lines: list[str]) -> None:
    """Give lines that lack words of their block all of it."""
    taken = {one.line for one in inside}
    begun: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if index not in taken and (key := squeezed(line)):
            begun.setdefault(key[:4], []).append(index)
    for one in inside:
        if not one.is_known and not one.is_heading:
            for index in begun.get(one.key[:4], ()):
                key = squeezed(lines[index])
                if len(key) >= len(one.key) or index in taken:
                    continue
                if _is_within(key, one.key) or _is_thinned(lines[index], one.words):
                    lines[index], one.line, one.is_known = one.words, index, True
                    taken.add(index)
                    break


def _is_within(part: str, whole: str) -> bool:
    """Whether the part is the whole with one piece taken out."""
    start = 0
    while start < len(part) and part[start] == whole[start]:
        start += 1
    return whole.endswith(part[start:])


def _is_thinned(line: str, words: str) -> bool:
    """Whether the line is the words with some of them taken out, in however many places, and at most half of them."""
    left, whole = list(map(squeezed, line.split())), list(map(squeezed, words.split()))
    rest = iter(whole)
    return 2 * len("".join(left)) >= len("".join(whole)) and all(one in rest for one in left if one)


def _believed(inside: Sequence[_Block]) -> AbstractSet[Dress]:
    known: Counter[Dress] = Counter()
    every: Counter[Dress] = Counter()
    for one in inside:
        every[one.dress] += len(one.key)
        if one.is_known:
            known[one.dress] += len(one.key)
    return {one for one, size in known.items() if size >= _LEAST_KNOWN and size >= _LEAST_SHARE * every[one]}


def _wanted(inside: Sequence[_Block], believed: AbstractSet[Dress]) -> list[_Block]:
    """The blocks that are no line and belong to the article, headings only above one that does."""
    places = {one[1:] for one in believed}
    at = [index for index, one in enumerate(inside) if one.line is not None]
    if not at:  # an extractor joined them all, so that nothing tells where another one stands
        return []
    following = _following(inside)
    wanted: list[_Block] = []
    behind: list[_Block] = []
    is_above = False
    for index in range(len(inside) - 1, -1, -1):
        one = inside[index]
        if one.is_known:
            is_above = True
            continue
        is_title = one.is_heading and at[0] < index and one.dress[1:] in places and one.linked < _MOST_LINKED
        is_above = not is_furniture(one.words) and ((is_title and is_above) or _belongs(one, believed, places))
        if is_above:
            (behind if index > at[-1] and one.element not in following else wanted).append(one)
    is_more = sum(len(one.words.split()) for one in behind) >= _LEAST_BEHIND
    return wanted + behind if is_more else wanted


def _following(inside: Sequence[_Block]) -> AbstractSet[HtmlElement]:
    """The boxes that are paragraphs but for their tag, and stand right behind one that was found, or each other."""
    found: set[HtmlElement] = set()
    for before, one in pairwise(inside):
        is_behind = one.element.getprevious() is before.element and (before.is_known or before.element in found)
        if is_behind and one.is_loose and not any(part.attrib for part in one.element.iter()):
            found.add(one.element)
    return found


def _belongs(one: _Block, believed: AbstractSet[Dress], places: AbstractSet[Dress]) -> bool:
    is_sentence = bool(_SENTENCE_END.search(one.words)) and not one.is_heading
    if one.dress in believed and not one.is_loose:
        return one.linked < _MOST_LINKED or (is_sentence and one.linked < 1)
    least = _LEAST_LOOSE if one.is_loose else _LEAST_SENTENCE
    is_text = is_sentence and one.linked < _MOST_LINKED and len(one.words.split()) >= least
    is_placed = one.is_beside_known or ((one.is_loose or one.element.tag == "p") and one.dress[1:] in places)
    return is_text and (one.element.tag == "li" or is_placed)


def _merged(lines: Sequence[str], inside: Sequence[_Block], wanted: Sequence[_Block]) -> list[str]:
    chosen = {id(one) for one in wanted}
    first = min((one.line for one in inside if one.line is not None), default=0)
    behind: dict[int, list[str]] = {}
    last = first - 1
    for one in inside:
        if id(one) in chosen:
            behind.setdefault(last, []).append(one.words)
        elif one.line is not None:
            last = max(last, one.line)
    merged = list(behind.get(-1, []))
    for index, line in enumerate(lines):
        merged += [line, *behind.get(index, [])]
    return merged
