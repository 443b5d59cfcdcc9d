"""What the styles on the elements of a page themselves hide from its reader."""

import re
from collections.abc import Mapping

from lxml.html import HtmlElement

from factcheck.intake.colors import Color, color_of, is_alike, is_clear
from factcheck.intake.page_outline import INLINE

_WHITE: Color = (255, 255, 255)
_PLACES = ("text-indent", "left", "right", "top", "bottom", "margin-left")
_SIDES = ("text-indent", "left", "right")
_SIZES = ("width", "height", "max-height", "max-width")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ZERO = re.compile(r"0*(?:\.0{1,9})?(?:px|pt|em|rem|%)?")
_FAR = re.compile(r"-\d{3,}(?:\.\d{1,9})?(?:px|pt|em|rem|%|vw)?")
_BEYOND = re.compile(r"(?:9\d{3}|\d{5,9})(?:\.\d{1,9})?px|\d{3,9}(?:em|rem|vw)")
_TINY = re.compile(r"[01](?:px)?|0(?:\.0{1,9})?(?:pt|em|rem|%)")
_NOTHING = r"0(?:\.0{1,9})?(?:px|em|rem|%)?"
_CLIPPED = re.compile(
    r"inset\((?:50|100)%.{0,30}|rect\(\s*(?:0|1)(?:px)?[\s,].{0,60}"
    rf"|(?:circle|ellipse)\(\s*{_NOTHING}\s*(?:\)|\s(?:at|0).{{0,60}})|polygon\([\s,]*(?:{_NOTHING}[\s,]+){{1,30}}0\s*\)"
)
_SHRUNK = re.compile(rf"(?:^|\s)scale(?:x|y|3d)?\(\s*{_NOTHING}\s*[,)]")
_MOVED = re.compile(
    r"(?:^|\s)translate(?:x|y|3d)?\(\s*(?:0(?:px)?\s*,\s*)?-?(?:(?:9\d{3}|\d{5,9})px|\d{3,9}(?:em|rem|vw|vh))\s*[,)]"
)
"""Far out of sight; pictures that one leafs through are moved by less."""
_UNSEEN_FILTER = re.compile(rf"(?:^|\s)opacity\(\s*{_NOTHING}\s*\)")
_UNSEEN_FONT = re.compile(rf"(?:^|\s){_NOTHING}(?:\s*/|\s)")
_CLIPS = frozenset({"hidden", "clip"})
_INDENTED = re.compile(r"[1-9]\d{2,5}(?:\.\d{1,9})?%")
"""By all of the line or more."""
_LEVELS = 5  # of elements around all of a line
_OF_LINE = INLINE | {"p"}

Style = Mapping[str, str]


class Styles:
    """The styles that stand on the elements of a page themselves."""

    def __init__(self, page: HtmlElement) -> None:
        self._known = {one: _style(one.get("style")) for one in page.iterfind(".//*[@style]")}
        self._is_among_others: dict[HtmlElement, bool] = {}

    def hide(self, element: HtmlElement) -> bool:
        """Whether nobody sees the element."""
        style = self._known.get(element, {})
        is_colored = bool(style) or element.tag == "font"
        return _is_hidden(style) or _is_clipped(style) or _is_clear(style) or (is_colored and self._is_pale(element))

    def _is_pale(self, element: HtmlElement) -> bool:
        """Whether the letters have the colour of their ground, as far as that is known without a stylesheet."""
        color = self._color(element)
        if color is None:
            return False
        for one in (element, *element.iterancestors()):
            style = self._known.get(one, {})
            ground = style.get("background-color") or style.get("background") or one.get("bgcolor")
            if ground:
                return is_alike(color, color_of(ground))
        # A stylesheet may darken the ground, but then all that stands around is white as well.
        whole = _whole_line(element)
        is_white = is_alike(color, _WHITE) and not element.get("class") and not whole.get("class")
        return is_white and self._stands_among_others(whole.getparent())

    def _stands_among_others(self, parent: HtmlElement | None) -> bool:
        if parent is None:
            return False
        if parent not in self._is_among_others:
            own = [parent.text, *(one.tail for one in parent)]
            others = (one for one in parent if one.tag in {"p", "span"} and not self._is_white(one))
            self._is_among_others[parent] = any(part and part.strip() for part in own) or any(
                str(one.text_content()).strip() for one in others
            )
        return self._is_among_others[parent]

    def _is_white(self, element: HtmlElement) -> bool:
        """Whether all that it holds is."""
        for _ in range(_LEVELS):
            if is_alike(self._color(element), _WHITE):
                return True
            if not _is_around_one(element):
                return False
            element = element[0]
        return False

    def _color(self, element: HtmlElement) -> Color | None:
        own = self._known.get(element, {}).get("color")
        return color_of(own or (element.get("color") if element.tag == "font" else "") or "")


def _whole_line(element: HtmlElement) -> HtmlElement:
    """The paragraph of which the element is all, or what is as much within one; else the element."""
    for _ in range(_LEVELS):
        around = element.getparent()
        if around is None or around.tag not in _OF_LINE or not _is_around_one(around) or element.get("class"):
            break
        element = around
    return element


def _is_around_one(element: HtmlElement) -> bool:
    """Whether all that it holds is one element."""
    return len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip()


def _style(written: str) -> Style:
    """Each property once: the last counts, but for one that is `!important`."""
    style: dict[str, str] = {}
    important: set[str] = set()
    for part in _COMMENT.sub("", written.lower()).split(";"):
        name, _, value = (one.strip() for one in part.partition(":"))
        plain, mark, _ = value.partition("!")
        if mark:
            important.add(name)
        if mark or name not in important:
            style[name] = plain.strip()
    return style


def _is_hidden(style: Style) -> bool:
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or style.get("content-visibility") == "hidden"
        or any(_is_zero(style.get(name, "")) for name in ("font-size", "opacity", "scale"))
        or bool(_UNSEEN_FONT.search(style.get("font", "")) or _UNSEEN_FILTER.search(style.get("filter", "")))
        or _is_struck(style)
    )


def is_struck(element: HtmlElement) -> bool:
    """Whether its words are struck through by a style of its own."""
    return _is_struck(_style(element.get("style", "")))


def _is_struck(style: Style) -> bool:
    return "line-through" in style.get("text-decoration", "") + style.get("text-decoration-line", "")


def _is_zero(value: str) -> bool:
    return any(map(str.isdigit, value)) and bool(_ZERO.fullmatch(value))


def _is_clipped(style: Style) -> bool:
    """Whether it stands off the screen, is shrunk to nothing, or stands in a box without room."""
    moves = style.get("transform", "")
    return (
        any(_FAR.fullmatch(style.get(name, "")) for name in _PLACES)
        or any(_BEYOND.fullmatch(style.get(name, "")) for name in _SIDES)
        or any(_CLIPPED.fullmatch(style.get(name, "")) for name in ("clip", "clip-path"))
        or bool(
            _SHRUNK.search(moves) or _MOVED.search(moves) or _MOVED.match(f"translate({style.get('translate', '')})")
        )
        or (style.get("overflow") in _CLIPS and any(_TINY.fullmatch(style.get(name, "")) for name in _SIZES))
        or (
            style.get("overflow") in _CLIPS
            and style.get("white-space") == "nowrap"
            and bool(_INDENTED.fullmatch(style.get("text-indent", "")))
        )
    )


def _is_clear(style: Style) -> bool:
    """Whether one sees through the letters, and neither their shadow nor a ground that is cut to their form."""
    inked = style.get("-webkit-text-fill-color") or style.get("color", "")
    is_shown = "text-shadow" in style or "text" in style.get("background-clip", "") + style.get(
        "-webkit-background-clip", ""
    )
    return is_clear(inked) and not is_shown
