"""What in a message its writer says, apart from what it answers to or passes on, and from signatures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.intake.mail_words import (
    FIELD,
    FORWARD_RULE,
    RULE,
    SENDER,
    SENT,
    SUBJECT,
    WROTE,
    WROTE_ON,
    tells_address_and_time,
)  # fmt: skip

_LEAST_FIELDS = 3
_MOST_FIELDS = 10
_SIGNATURE = "-- "
_MARK_OF_SOME = "--"  # of programs that drop blanks at the end; others divide a text by it
_MOST_WORDS = 9  # of a line of a signature
_MOST_SIGNATURE = 15  # lines
_SENT_FROM = re.compile(
    r"(?:sent from my|sent from (?:outlook|mail|yahoo|proton)|get outlook for|von meinem .{1,30} gesendet"
    r"|envoyé de mon|enviado desde mi|inviato da)\b.{0,80}",
    re.IGNORECASE,
)
_LIST_RULE = re.compile(r"[-_=*~]{5,}\s*|-- ?")
_OF_LIST = re.compile(
    r"\b(?:unsubscrib|mailing[ -]?list|listinfo|list-?serv|you are receiving|you received this (?:e-?mail|message)"
    r"|abbestell|abmelden|austragen|désabonn|désinscri|darse de baja|cancelar (?:la|tu|su) suscripción|disiscri"
    r"|annulla l'iscrizione|descadastr|uitschrijven|afmelden|wypisać)",
    re.IGNORECASE,
)
_MOST_FOOTER = 80  # words, and lines
_ARMOUR = re.compile(r"-----(?P<end>BEGIN|END) PGP (?P<kind>SIGNED MESSAGE|SIGNATURE|PUBLIC KEY BLOCK)-----\s*")
_LEAST_OWN = 6  # words
_ENDS = (".", "!", "?", "…")
_MOST_OF_INTRO = 300  # characters
_YEAR_AND_COLON = re.compile(r"\b(?:19|20)\d\d\b.{0,200}[:：]\s*\Z")
_NEAR = 3  # lines between who wrote it and what that was
FEW_WORDS = 20  # of one's own, over what is passed on


@dataclass(frozen=True, slots=True)
class Forwarded:
    """Who wrote what a message passes on, when, and under which subject, in the words of its heading."""

    sender: str | None = None
    sent: str | None = None
    subject: str | None = None


def own_words(text: str, *, is_forward: bool) -> tuple[str, Forwarded | None]:
    """The writer's own words; of a message that does little but pass another on, that one's, and whose they are."""
    lines = _without_armour(text.split("\n"))
    at, fields_at = other_message(lines)
    if at is None:
        until = None if is_forward else unmarked_answer(lines)
        return _unsigned(_unquoted(lines[:until])), None
    mine = _unsigned(_unquoted(lines[:at]))
    passes_on = is_forward or is_forward_rule(lines[at])
    if not passes_on or len(mine.split()) > FEW_WORDS:
        return mine or _unsigned(_unquoted(lines)), None
    passed_on, rest = heading(lines, fields_at)
    theirs = [re.sub(r"^> ?", "", line) for line in lines[rest:]]
    return own_words("\n".join(theirs), is_forward=False)[0], passed_on


def unflowed(text: str, *, deletes_space: bool) -> str:
    """Lines that were broken for narrow screens, joined again (RFC 3676)."""
    joined: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        # A quoted line, and the mark of a signature, which ends with a blank, stand alone.
        flows = line.endswith(" ") and line != "-- " and not line.startswith(">")
        words = line.removeprefix(" ")
        part = words[:-1] if flows and deletes_space else words
        if goes_on and not line.startswith(">") and line != "-- ":
            joined[-1] += part
        else:
            joined.append(part)
        goes_on = flows
    return "\n".join(joined)


def footer(lines: Sequence[str]) -> int:
    """Where the words of a mailing list begin, or the text ends: few of them behind a rule, and how to leave it."""
    for at in range(max(0, len(lines) - _MOST_FOOTER), len(lines)):
        if _LIST_RULE.fullmatch(lines[at]):
            words = " ".join(lines[at:])
            if len(words.split()) <= _MOST_FOOTER and _OF_LIST.search(words):
                return at
    return len(lines)


def is_forward_rule(line: str) -> bool:
    """Whether the line stands above a message that is passed on."""
    return bool(FORWARD_RULE.match(line))


def other_message(lines: Sequence[str]) -> tuple[int | None, int]:
    """Where another message begins, by its rule or its heading, and where its heading does."""
    for at, line in enumerate(lines):
        if RULE.fullmatch(line.strip()):
            return at, at + 1
        # Outlook puts a heading over it, and no rule.
        if _is_heading(lines, at):
            return at, at
    return None, 0


def _is_heading(lines: Sequence[str], at: int) -> bool:
    """Whether fields of a message begin here: its sender with an address, or with whom it went to, day and subject."""
    first = FIELD.match(lines[at])
    if first is None or first["name"].lower() not in SENDER | SENT:
        return False
    near = [FIELD.match(line) for line in lines[at : at + _MOST_FIELDS] if line.strip()]
    fields = [one for one in near if one]
    names = {one["name"].lower() for one in fields}
    if not all(near[:2]) or not all(names & kind for kind in (SENDER, SENT, SUBJECT)):
        return False
    sender = next(one["value"] for one in fields if one["name"].lower() in SENDER)
    return len(names) > _LEAST_FIELDS or "@" in sender + lines[max(0, at - 1)]


def heading(lines: Sequence[str], at: int) -> tuple[Forwarded, int]:
    """The fields over a forwarded message, and the line after them."""
    while at < len(lines) and not lines[at].strip(" >"):
        at += 1
    found: dict[str, str] = {}
    end = min(at + _MOST_FIELDS, len(lines))
    while at < end and (field := FIELD.match(lines[at])):
        name = field["name"].lower()
        kind = "sender" if name in SENDER else "sent" if name in SENT else "subject" if name in SUBJECT else ""
        if kind and field["value"].strip():
            found.setdefault(kind, field["value"].strip(" *"))
        at += 1
    return Forwarded(**found), at


def _without_armour(lines: list[str]) -> list[str]:
    """Without the marks and the signatures of PGP, in whose text a dash and a blank stand before a dash."""
    kept: list[str] = []
    is_signed = is_outside = False
    for line in lines:
        found = _ARMOUR.fullmatch(line)
        if found:
            is_signed = found["kind"] == "SIGNED MESSAGE"
            is_outside = found["end"] == "BEGIN"
        elif not is_outside:
            kept.append(line.removeprefix("- ") if is_signed else line)
        elif is_signed and not line.strip():
            is_outside = False  # the names of hashes have ended
    return kept


def unmarked_answer(lines: Sequence[str]) -> int | None:
    """Where a message begins that is answered and not marked as a quotation, below `On …, Bo <bo@example.org> wrote:`.

    One's own words stand above it, and more than a greeting.
    """
    words = 0
    for at, line in enumerate(lines):
        for many in (1, 2) if words >= _LEAST_OWN else ():
            intro = _one_line(lines, at, many)
            is_intro = tells_address_and_time(intro) and WROTE_ON.fullmatch(intro)
            if is_intro and not _quoted(lines, at + many):
                return at
        words += len(line.split())
    return None


def lines_of_writer(lines: Sequence[str], at: int) -> int:
    """How many lines from here, one or two, tell who wrote what stands below them, by an address; 0 where none do."""
    first, both = _one_line(lines, at, 1), _one_line(lines, at, 2)
    if tells_address_and_time(first):
        return 1
    is_second = tells_address_and_time(_one_line(lines, at + 1, 1))
    return 2 if not is_second and not first.endswith(_ENDS) and tells_address_and_time(both) else 0


def _unquoted(lines: list[str]) -> list[str]:
    """Without the lines of others that end the message, or that follow on who wrote them, then nor any others."""
    kept: list[str] = []
    at = 0
    answers = False
    while at < len(lines):
        many = _intro(lines, at)
        answers |= bool(many)
        is_quoted = answers and lines[at].startswith(">")
        if many or is_quoted:
            at = _after_quote(lines, at + many)
        else:
            kept.append(lines[at])
            at += 1
    end = len(kept)
    while end and (not kept[end - 1].strip() or kept[end - 1].startswith(">")):
        end -= 1
    if (
        any(map(str.strip, kept[end:])) and end and _YEAR_AND_COLON.search(kept[end - 1][-_MOST_OF_INTRO:])
    ):  # who wrote it, in whatever words
        end -= 1
    return kept[:end] if any(one.strip() for one in kept[:end]) else [re.sub(r"^> ?", "", one) for one in kept]


def _intro(lines: Sequence[str], at: int) -> int:
    """How many lines from here tell who wrote the quotation below them: it may be broken over two lines."""
    first, second, both = _one_line(lines, at, 1), _one_line(lines, at + 1, 1), _one_line(lines, at, 2)
    if _quoted(lines, at + 1) and (WROTE_ON.fullmatch(first) or WROTE.fullmatch(first)):
        return 1
    if not _quoted(lines, at + 2):
        return lines_of_writer(lines, at) if _quoted(lines, at + 1) else 0
    if WROTE_ON.fullmatch(both):
        return 0 if WROTE_ON.fullmatch(second) else 2
    if WROTE.fullmatch(both) and not WROTE.fullmatch(second):
        return 2
    many = lines_of_writer(lines, at)
    return many if _quoted(lines, at + many) else 0


def _one_line(lines: Sequence[str], at: int, many: int) -> str:
    return " ".join(one.strip() for one in lines[at : at + many])


def _quoted(lines: Sequence[str], at: int) -> bool:
    following = next((line for line in lines[at : at + _NEAR] if line.strip()), "")
    return following.startswith(">")


def _after_quote(lines: list[str], at: int) -> int:
    while at < len(lines) and (not lines[at].strip() or lines[at].startswith(">")):
        at += 1
    return at


def _signature(lines: list[str]) -> int:
    """Where a signature begins, or the text ends: behind the last mark, and where that may be none, in short lines."""
    marks = [at for at, line in enumerate(lines) if line in {_SIGNATURE, _MARK_OF_SOME}]
    last = marks[-1] if marks else len(lines)
    if len(lines) - last > _MOST_SIGNATURE:
        return len(lines)
    is_mark = lines[last : last + 1] == [_SIGNATURE]
    is_short = len(marks) == 1 and all(len(line.split()) <= _MOST_WORDS for line in lines[last:])
    return last if is_mark or is_short else len(lines)


def _unsigned(lines: list[str]) -> str:
    """The text without a signature at its end, and without what a mailing list adds to each message."""
    lines = lines[: footer(lines)]
    lines = lines[: _signature(lines)]
    end = len(lines)
    while end and (not lines[end - 1].strip() or _SENT_FROM.fullmatch(lines[end - 1].strip())):
        end -= 1
    return "\n".join(lines[:end]).strip("\n")
