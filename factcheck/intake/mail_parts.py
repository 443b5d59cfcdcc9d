"""Which parts of a message are its own words, and which were sent along with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import Message

MESSAGE = "message/rfc822"
PAGE = "text/html"
_WORDS = frozenset({PAGE, "text/plain"})
_FEW_WORDS = 20  # before a page, to which a list or a virus scanner has added them


@dataclass(frozen=True, slots=True)
class OwnParts:
    """What a mail program shows as the message, in its order; what it shows where it draws no pages; the rest."""

    shown: list[Message] = field(default_factory=list)
    plain: list[Message] = field(default_factory=list)
    attached: list[Message] = field(default_factory=list)

    @property
    def has_page(self) -> bool:
        """Whether any of what is shown is HTML."""
        return any(one.get_content_type() == PAGE for one in self.shown)


def own_parts(message: Message) -> OwnParts:
    """The parts of a message that is known to be nested within bounds."""
    inside = message.get_payload()
    if message.get_content_type() == MESSAGE and isinstance(inside, list) and isinstance(inside[0], Message):
        return _sorted(inside[0], is_told_apart=True)
    return _sorted(message, is_told_apart=True)


def _sorted(part: Message, *, is_told_apart: bool = False) -> OwnParts:
    """What the part holds; a name makes a file of it, unless its place tells that it is a form of the message."""
    kind, inside = part.get_content_type(), part.get_payload()
    if kind.startswith("multipart/") and isinstance(inside, list):
        parts = [one for one in inside if isinstance(one, Message)]
        if kind == "multipart/alternative":
            return _alternatives(parts)
        return _related(part, parts) if kind == "multipart/related" and parts else _in_a_row(parts)
    is_file = part.get_content_disposition() == "attachment" or (bool(part.get_filename()) and not is_told_apart)
    if kind in _WORDS and not is_file:
        return OwnParts([part], [part] if kind != PAGE else [])
    is_drawn = part.get("content-id") is not None and not kind.startswith("text/") and not is_file
    return OwnParts(attached=[] if is_drawn or kind.endswith("signature") else [part])


def _alternatives(parts: Iterable[Message]) -> OwnParts:
    """The best form, which stands last, and the first plain one; others, as a date for calendars, say no more."""
    forms = [
        _sorted(one, is_told_apart=True) for one in parts if not one.get_content_type().startswith("text/calendar")
    ]
    full = [one for one in forms if one.shown]
    best = next((one for one in reversed(full) if one.has_page), full[-1] if full else OwnParts())
    plain = next((one.plain for one in full if not one.has_page), best.plain)
    attached = {id(one): one for form in forms for one in form.attached}
    return OwnParts(best.shown, plain, list(attached.values()))


def _related(part: Message, parts: list[Message]) -> OwnParts:
    """The part that the others belong to."""
    start = str(part.get_param("start") or "")
    root = next((one for one in parts if start and one.get("content-id", "").strip() == start), parts[0])
    own = _sorted(root, is_told_apart=True)
    beside = [_sorted(one) for one in parts if one is not root]
    others = [each for one in beside for each in (*one.shown, *one.attached)]
    return OwnParts(own.shown, own.plain, own.attached + [one for one in others if one.get("content-id") is None])


def _in_a_row(parts: Iterable[Message]) -> OwnParts:
    """One after the other, as they are shown; but a page behind a text of plain words is a file that was sent along."""
    row = OwnParts()
    for part in parts:
        own = _sorted(part)
        is_page = part.get_content_type() == PAGE and own.has_page
        if is_page and row.shown and not row.has_page and _count(row.shown) > _FEW_WORDS:
            own = OwnParts(attached=[part])
        row.shown.extend(own.shown)
        row.plain.extend(own.plain)
        row.attached.extend(own.attached)
    return row


def _count(parts: Iterable[Message]) -> int:
    """How many words the parts hold, more or less: they are not decoded."""
    contents = (one.get_payload(decode=True) for one in parts)
    return sum(len(one.split()) for one in contents if isinstance(one, bytes))
