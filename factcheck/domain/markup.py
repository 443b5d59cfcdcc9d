"""Structured data as pages carry it: things with properties, read without trusting their shape."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

_VOCABULARIES = ("http://schema.org/", "https://schema.org/", "http://www.schema.org/", "https://www.schema.org/")
_PREFIXES = ("schema:", *_VOCABULARIES)
_MOST_VALUES = 50
"""So many values of a property are looked at: a longer list could keep a reader busy for hours."""

Properties = Mapping[str, Any]


def plain_name(name: object) -> str:
    """A type's or property's name without schema.org's address or prefix; empty for anything but text."""
    text = name.strip() if isinstance(name, str) else ""
    return next((text.removeprefix(one) for one in _PREFIXES if text.startswith(one)), text)


@dataclass(frozen=True, slots=True)
class Part:
    """A value of a property, never a list, and where it stands."""

    path: str
    value: Any


@dataclass(frozen=True, slots=True)
class Thing:
    """An object of structured data, and where it stands; `known` holds those of the page by their @id, to refer to."""

    properties: Properties
    path: str
    known: Mapping[str, Properties] = field(default_factory=dict)

    @property
    def types(self) -> tuple[str, ...]:
        """The names of its types, without schema.org's address."""
        found = self.properties.get("@type")
        return tuple(filter(None, map(plain_name, found if isinstance(found, list) else [found])))

    def parts(self, name: str) -> tuple[Part, ...]:
        """The values of a property in order, without nulls and empty lists."""
        # Feeds hold millions of properties: the plain name is looked for first, and one value needs no list.
        if (found := self.properties.get(name)) is None and name not in self.properties:
            found = next((self.properties[key] for key in _prefixed(name) if key in self.properties), None)
        if not isinstance(found, list):
            value = _bare(found)
            return () if value is None or value == [] else (Part(f"{self.path}.{name}", value),)
        listed = enumerate(map(_bare, found[:_MOST_VALUES]))
        return tuple(
            Part(f"{self.path}.{name}[{index}]", value) for index, value in listed if value is not None and value != []
        )

    def texts(self, name: str) -> tuple[str, ...]:
        """The values that are text and more than blanks."""
        return tuple(one.value for one in self.parts(name) if isinstance(one.value, str) and one.value.strip())

    def things(self, name: str) -> tuple["Thing", ...]:
        """The values that are things; a mere reference is followed within the page."""
        found = []
        for one in (one for one in self.parts(name) if isinstance(one.value, dict)):
            target = one.value.get("@id")
            is_reference = isinstance(target, str) and not set(one.value) - {"@id", "@type"}
            properties = self.known.get(target, one.value) if is_reference else one.value
            found.append(Thing(properties, one.path, self.known))
        return tuple(found)


@cache
def _prefixed(name: str) -> tuple[str, ...]:
    return tuple(one + name for one in _PREFIXES)


def _bare(value: Any) -> Any:  # noqa: ANN401 - whatever a page holds
    """The value itself where JSON-LD wraps it, as {"@value": "false", "@language": "en"}."""
    return value["@value"] if isinstance(value, dict) and "@value" in value else value


@dataclass(frozen=True, slots=True)
class FoundReview:
    """A thing that is, or means to be, a ClaimReview.

    `block` counts the page's blocks of that syntax from 1 and is None in a JSON file; `context` is the
    vocabulary that the thing stands under, None if nothing names one; `page_url` where the page stands.
    """

    thing: Thing
    syntax: str
    context: Any = None
    block: int | None = None
    page_url: str | None = None


@dataclass(frozen=True, slots=True)
class BrokenBlock:
    """A block that a strict reader of JSON refuses; `repairs` made it readable, and without any it is not."""

    block: int | None
    complaint: str
    is_about_claims: bool
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Markup:
    """What a page or a JSON file holds; `repeated` are the keys that an object has twice, each with its block."""

    reviews: tuple[FoundReview, ...] = ()
    broken: tuple[BrokenBlock, ...] = ()
    repeated: tuple[tuple[int | None, str], ...] = ()


def means_claim_review(thing: Thing) -> bool:
    """Whether the thing is a ClaimReview, or has what only a ClaimReview has."""
    return "ClaimReview" in thing.types or bool(thing.parts("claimReviewed"))


def nested(value: object, path: str, context: object = None) -> Iterator[tuple[Properties, str, object]]:
    """Every object in a JSON value with its path and its context, in reading order."""
    # A stack of our own: what pages nest a thousand deep would break a recursive reader.
    waiting = [(value, path, context)]
    while waiting:
        one, at, under = waiting.pop()
        if isinstance(one, dict):
            under = one.get("@context", under)
            yield one, at, under
            inside = [(part, f"{at}.{key}", under) for key, part in one.items() if key != "@context"]
        elif isinstance(one, list):
            inside = [(part, f"{at}[{index}]", under) for index, part in enumerate(one)]
        else:
            continue
        waiting += reversed(inside)
