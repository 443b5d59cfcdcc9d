"""Puts what a sentence holds as an element of its own into words: times, quotations, formulas, controls."""

from collections.abc import Callable
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from factcheck.intake.formulas import fraction, in_a_row, lowered, power, root
from factcheck.intake.joiners import FORCE, FORCE_ENDS, as_shown, turned

_LOST = ("time", "label", "output", "meter", "progress", "button")
"""Words to a reader, which extractors take for no words."""
_BLOCKS = frozenset({"p", "li", "dd", "td", "th", "blockquote", "figcaption", "caption"})
_CELLS = frozenset({"td", "th", "li", "dd"})
_ENDS = (".", "!", "?", "…", "。", "؟")
_LEAST_AROUND = 4  # words besides
_QUOTES = ("\u201c", "\u201d"), ("\u2018", "\u2019")
"""As browsers put them, and those of a quotation within another."""
_WAS_QUOTATION = "q"  # a class
_MOST_DEPTH = 40  # of a formula, and of elements around a quotation
_BETWEEN = {"mtable": "; ", "mtr": " "}
"""What stands between the parts of a matrix."""
_OVERRIDES = ("bidi-override", "isolate-override")
_MOST_TURNED = 50  # elements in what is turned
_NO_FORMULA = frozenset({"annotation", "annotation-xml", "mphantom"})


def put_in_words(page: HtmlElement) -> None:
    """Make a span of each such element, or the text that it means, in all of the tree; turned words stand as shown."""
    _turn(page)
    _quote(page)
    for formula in list(page.iter("math")):
        before, parent = formula.getprevious(), formula.getparent()
        text = before.tail if before is not None else parent.text if parent is not None else None
        words = (" " if (text or "")[-1:].isdigit() else "") + as_text(formula)
        formula.clear(keep_tail=True)
        formula.tag, formula.text = "span", words
    etree.strip_elements(page, "rt", "rp", with_tail=False)  # how to read the words below them
    told: dict[HtmlElement, bool] = {}
    for element in page.iter(*_LOST):
        block = next((one for one in element.iterancestors() if one.tag in _BLOCKS), None)
        if block is not None and block not in told:
            told[block] = _holds_words(block)
        if block is not None and told[block]:
            element.tag = "span"


def as_text(formula: HtmlElement, depth: int = 0) -> str:
    """A formula of MathML on one line: `1/2`, `10⁶`, `√(a+b)`; empty where it goes too deep."""
    if depth > _MOST_DEPTH or not isinstance(formula.tag, str) or formula.tag in _NO_FORMULA:
        return ""
    parts = [as_text(one, depth + 1) for one in formula]
    if formula.tag == "semantics":
        return parts[0] if parts else ""
    if formula.tag == "mspace":
        return " "
    if formula.tag in _BETWEEN:
        return _BETWEEN[formula.tag].join(parts)
    if formula.tag == "mrow" or formula.tag not in _FORMS or len(parts) != _FORMS[formula.tag][0]:
        forms = (one.tag in _OWN_FORMS for one in formula)
        return in_a_row(zip(parts, forms, strict=True)) if parts else " ".join((formula.text or "").split())
    return _FORMS[formula.tag][1](*parts)


def _turn(page: HtmlElement) -> None:
    for element in list(page.iter("bdo", "span", "p", "b", "i", "em", "strong", "td", "li")):
        if _is_turned(element) and len(element) < _MOST_TURNED:
            words = turned(str(element.text_content()))
            del element[:]
            element.text = words
    for element in list(page.iter(etree.Element)):
        for name in ("text", "tail"):
            words = getattr(element, name) or ""
            if words.rfind(FORCE) > words.rfind(FORCE_ENDS):  # it goes on in other elements
                _flatten(element)
            elif (shown := as_shown(words)) != words:
                setattr(element, name, shown)


def _flatten(element: HtmlElement) -> None:
    """Make the block around it its words, as they are shown."""
    block = next((one for one in (element, *element.iterancestors()) if one.tag in _BLOCKS), None)
    if block is not None:
        words = as_shown(str(block.text_content()))
        del block[:]
        block.text = words


def _is_turned(element: HtmlElement) -> bool:
    style = element.get("style", "").lower().replace(" ", "")
    is_forced = element.tag == "bdo" or any(f"unicode-bidi:{one}" in style for one in _OVERRIDES)
    return is_forced and (element.get("dir", "").lower() == "rtl" or "direction:rtl" in style)


def _quote(page: HtmlElement) -> None:
    for element in list(page.iter("q")):
        around = islice(element.iterancestors("span"), _MOST_DEPTH)
        depth = sum(one.get("class") == _WAS_QUOTATION for one in around)
        begins, ends = _QUOTES[depth % len(_QUOTES)]
        element.attrib.clear()
        element.tag = "span"
        element.set("class", _WAS_QUOTATION)
        element.text = begins + (element.text or "")
        if len(element):
            element[-1].tail = (element[-1].tail or "") + ends
        else:
            element.text += ends


def _holds_words(block: HtmlElement) -> bool:
    """Whether it is a sentence, or a cell: a byline or a row of buttons is none."""
    words = str(block.text_content()).split()
    around = len(words) - sum(len(str(one.text_content()).split()) for one in block.iter(*_LOST))
    is_sentence = around > 0 and words[-1].endswith(_ENDS)
    return block.tag in _CELLS or is_sentence or around >= _LEAST_AROUND


_FORMS: dict[str, tuple[int, Callable[..., str]]] = {
    "mfrac": (2, fraction),
    "msup": (2, power),
    "msub": (2, lowered),
    "msubsup": (3, lambda base, below, exponent: power(lowered(base, below), exponent)),
    "msqrt": (1, root),
    "mroot": (2, root),
    "mover": (2, lambda base, _: base),
    "munder": (2, lambda base, _: base),
    "munderover": (3, lambda base, *_: base),
}
"""What each element of so many parts means."""
_OWN_FORMS = frozenset({"mfrac", "msup", "msqrt", "mroot"})
