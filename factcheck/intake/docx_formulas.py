"""Word's formulas (OMML) on one line, with the brackets, roots and sums that its elements stand for."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from factcheck.intake.docx_xml import is_on, tag_of, value_of
from factcheck.intake.formulas import fraction, in_a_row, lowered, power, root, whole
from factcheck.intake.superscripts import raised

if TYPE_CHECKING:
    from lxml import etree

Part = tuple[str, str]
"""The name of an element within a formula, and its text."""

_APART = frozenset({"f", "rad", "nary", "sSup", "sSubSup", "sPre", "limLow", "limUpp"})


def formula_on_one_line(element: "etree._Element", parts: Sequence[Part]) -> str:
    """The text of an element of a formula, out of that of the elements within it, in their order."""
    tag = tag_of(element)
    if not any(text for _, text in parts):
        return ""
    if tag not in _FORMS:
        return in_a_row((text, name in _APART) for name, text in parts)
    return _FORMS[tag](element, parts)


def _fraction(element: "etree._Element", parts: Sequence[Part]) -> str:
    above, below = _first(parts, "num"), _first(parts, "den")
    if (
        value_of(element.find("{*}fPr/{*}type")) == "noBar"
    ):  # one number above another, as in a choice of some out of all
        return f"{above}; {below}"
    return fraction(above, below)


def _root(element: "etree._Element", parts: Sequence[Part]) -> str:
    hides = is_on(element.find("{*}radPr/{*}degHide"))
    return root(_first(parts, "e"), "" if hides else _first(parts, "deg"))


def _brackets(element: "etree._Element", parts: Sequence[Part]) -> str:
    begins, between, ends = (
        default if (set_to := element.find(f"{{*}}dPr/{{*}}{name}")) is None else value_of(set_to) or ""
        for name, default in (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))
    )
    return begins + between.join(_all(parts, "e")) + ends


def _sum(element: "etree._Element", parts: Sequence[Part]) -> str:
    sign = element.find("{*}naryPr/{*}chr")
    said = "∫" if sign is None else value_of(sign) or ""
    said = _with(said, _first(parts, "sub"), _first(parts, "sup"))
    return f"{said} {_first(parts, 'e')}".strip()


def _function(_: "etree._Element", parts: Sequence[Part]) -> str:
    name, of = _first(parts, "fName"), _first(parts, "e")
    return f"{name} {of}" if of[:1].isalnum() else name + of


def _phantom(element: "etree._Element", parts: Sequence[Part]) -> str:
    return "" if is_on(element.find("{*}phantPr/{*}show")) is False else _first(parts, "e")


def _before(_: "etree._Element", parts: Sequence[Part]) -> str:
    return _with("", _first(parts, "sub"), _first(parts, "sup")) + _first(parts, "e")


def _with(sign: str, below: str, above: str) -> str:
    """A sign with what stands below and above it, raised and lowered where there are such signs."""
    low = lowered("", below)
    is_low = set(low).isdisjoint(below)
    return sign + (low if is_low else f"_{whole(below)}") + (raised(above) or (f"^{whole(above)}" if above else ""))


def _limit(mark: str, of: str) -> "Callable[[etree._Element, Sequence[Part]], str]":
    return lambda _, parts: f"{_first(parts, 'e')}{mark}{whole(_first(parts, of))}"


def _first(parts: Sequence[Part], name: str) -> str:
    return next(iter(_all(parts, name)), "")


def _all(parts: Sequence[Part], name: str) -> list[str]:
    return [text for one, text in parts if one == name]


_FORMS: "dict[str, Callable[[etree._Element, Sequence[Part]], str]]" = {
    "f": _fraction,
    "rad": _root,
    "d": _brackets,
    "nary": _sum,
    "func": _function,
    "phant": _phantom,
    "sSup": lambda _, parts: power(_first(parts, "e"), _first(parts, "sup")),
    "sSub": lambda _, parts: lowered(_first(parts, "e"), _first(parts, "sub")),
    "sSubSup": lambda _, parts: power(lowered(_first(parts, "e"), _first(parts, "sub")), _first(parts, "sup")),
    "sPre": _before,
    "limLow": _limit("_", "lim"),
    "limUpp": _limit("^", "lim"),
    "eqArr": lambda _, parts: "; ".join(_all(parts, "e")),
    "m": lambda _, parts: "; ".join(_all(parts, "mr")),
    "mr": lambda _, parts: " ".join(_all(parts, "e")),
}
"""What each element means."""

FORMULAS = frozenset({*_FORMS, "oMath", "num", "den", "e", "deg", "sub", "sup", "lim", "fName"})
"""The elements of formulas that hold others, by their names."""
