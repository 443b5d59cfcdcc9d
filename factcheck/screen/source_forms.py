"""The forms about a claim's sources: one to add, to tell in another way, to take away, to choose."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from textual.content import Content

from factcheck.domain.evidence import Evidence, EvidenceDraft, SourceKind, Stance, require_web_address
from factcheck.errors import InputError
from factcheck.screen.claim_text import source_text
from factcheck.screen.forms import Field, Form, Typed
from factcheck.screen.passages import Ink, joined, own, pasted, pasted_line

_TOLD = (
    Field("stance", "stance", tuple(Stance), is_needed=True),
    Field("quote", "quote", is_long=True),
    Field("locator", "page or place"),
    Field("kind", "kind", ("", *SourceKind)),
    Field("title", "title"),
    Field("publisher", "publisher"),
)
"""What is told of a source, besides where it is."""


def evidence_form() -> Form:
    """A source: where it is or what it is, what it does to the claim, and its own words."""

    def check(source: str) -> object:
        return _is_address(source) and require_web_address(source)

    def preview(typed: Typed) -> Content:
        source = typed.get("source", "").strip()
        if not source or _is_address(source):
            return Content()
        return own("a description, and no web address: nothing is fetched", Ink.FAINT)

    fields = (
        Field("source", "address, or what it is", check=check, is_needed=True),
        *_TOLD,
    )
    return Form("evidence", "Add a source", fields, preview)


def evidence_draft(typed: Typed) -> EvidenceDraft:
    """The source that a form without faults describes."""
    source, *others = (typed.get(name, "").strip() for name in ("source", "quote", "title", "publisher", "locator"))
    quote, title, publisher, locator = (one or None for one in others)
    url, description = (source, None) if _is_address(source) else (None, source)
    stance, kind = Stance(typed["stance"]), SourceKind(typed["kind"]) if typed.get("kind") else None
    return EvidenceDraft(url, stance, quote, title, publisher, description=description, locator=locator, kind=kind)


def edit_form(evidence: Evidence) -> Form:
    """What is told of a source, to be told in another way; where it is stays."""
    described = (Field("description", "what it is", is_needed=True),) if evidence.description else ()
    fields = (*described, *_TOLD, Field("published", "published"))
    # What is typed about one source is not the next one's.
    return Form(f"source {evidence.id}", f"Edit the source {evidence.name}", fields)


def told_of(evidence: Evidence) -> dict[str, str]:
    """What the form to edit a source begins with."""
    fields = edit_form(evidence).fields
    told = {one.name: getattr(evidence, one.name) or "" for one in fields}
    return {one.name: (pasted if one.is_long else pasted_line)(told[one.name]) for one in fields}


def changes(evidence: Evidence, typed: Typed) -> dict[str, Any]:
    """What the form tells in another way, by the names of the evidence's fields."""
    kinds: Mapping[str, Any] = {"stance": Stance, "kind": SourceKind}
    before, after = ({name: text.strip() for name, text in one.items()} for one in (told_of(evidence), typed))
    changed = {name: text for name, text in after.items() if text != before[name]}
    return {name: kinds.get(name, str)(text) if text else None for name, text in changed.items()}


def choice_form(evidence: Sequence[Evidence], what: str) -> Form:
    """The number of one of several sources, which are shown."""
    return Form("which source", what, (_number_field(evidence),), lambda _: _listed(evidence))


def removal_form(evidence: Sequence[Evidence]) -> Form:
    """Which source is to go, if there are several, and whether it is."""
    numbers = (_number_field(evidence),) if len(evidence) > 1 else ()
    sure = Field("sure", "is it to go", ("no", "yes"), is_needed=True)
    return Form("drop source", "Take a source away from the claim", (*numbers, sure), lambda _: _listed(evidence))


def chosen(evidence: Sequence[Evidence], typed: Typed) -> Evidence:
    """The source that a form without faults names."""
    return evidence[int(typed.get("number", "1")) - 1]


def _number_field(evidence: Sequence[Evidence]) -> Field:
    def check(text: str) -> None:
        if text not in map(str, range(1, len(evidence) + 1)):
            raise InputError(f"{text!r} is not the number of a source; there are 1 to {len(evidence)}")

    return Field("number", "number", check=check, is_needed=True)


def _listed(evidence: Sequence[Evidence]) -> Content:
    return joined(own(f"{number}  ", Ink.STRONG) + source_text(one) for number, one in enumerate(evidence, 1))


def _is_address(source: str) -> bool:
    """Whether a source is meant as an address: it begins with a scheme, such as `https:`."""
    return re.match(r"\w+:\S|\w+:$", source) is not None
