"""Elements of Word's XML by their names alone: two forms of the format put them into two spaces."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def tag_of(element: "etree._Element") -> str:
    """The name of an element, without its space."""
    return str(element.tag).rpartition("}")[2]


def value_of(element: "etree._Element | None") -> str | None:
    """What an element sets, in `val`."""
    return None if element is None else attribute(element, "val")


def attribute(element: "etree._Element", name: str) -> str | None:
    """An attribute by its name alone."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), None)


def is_on(switch: "etree._Element | None") -> bool | None:
    """Whether a switch is on; None where nothing is said."""
    return None if switch is None else value_of(switch) not in {"0", "false", "off"}
