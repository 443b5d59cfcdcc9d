"""What in a message its writer says, apart from what it answers to or passes on, and from signatures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_WROTE = re.compile(
    r"(?:on|am|le|el|il|em|op|den|dnia|w dniu)\b.{5,200}\b"
    r"(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisał(?:\(a\)|a)?).{0,100}:\s*"
    r"|.{3,200}\b(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef)\s?:\s*",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"[-_\s]{0,20}(?:(?:begin )?forwarded message|original message|weitergeleitete nachricht|ursprüngliche nachricht"
    r"|message transféré|message d'origine|mensaje reenviado|mensaje original|messaggio inoltrato)\s?:?[-_\s]{0,20}",
    re.IGNORECASE,
)
_FORWARD_RULE = re.compile(
    r"[-_\s]{0,20}(?:(?:begin )?forwarded|weitergeleitete|message transféré|mensaje reenviado|messaggio inoltrato)",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"[*> ]{0,4}(?P<name>from|von|de|da|sent|gesendet|date|datum|envoyé|enviado|data|to|an|à|para|a|cc|subject"
    r"|betreff|objet|asunto|oggetto|assunto|reply-to)\s?:\s?\*{0,2}\s?(?P<value>.*)",
    re.IGNORECASE,
)
_SENDER = frozenset({"from", "von", "de", "da"})
_SENT = frozenset({"sent", "gesendet", "date", "datum", "envoyé", "enviado", "data"})
_SUBJECT = frozenset({"subject", "betreff", "objet", "asunto", "oggetto", "assunto"})
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
        return _unsigned(_unquoted(lines)), None
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
    return bool(_FORWARD_RULE.match(line))


def other_message(lines: Sequence[str]) -> tuple[int | None, int]:
    """Where another message begins, by its rule or its heading, and where its heading does."""
    for at, line in enumerate(lines):
        if _RULE.fullmatch(line.strip()):
            return at, at + 1
        # Outlook puts a heading over it, and no rule.
        if _is_heading(lines, at):
            return at, at
    return None, 0


def _is_heading(lines: Sequence[str], at: int) -> bool:
    """Whether fields of a message begin here: its sender with an address, or with whom it went to, day and subject."""
    first = _FIELD.match(lines[at])
    if first is None or first["name"].lower() not in _SENDER | _SENT:
        return False
    near = [_FIELD.match(line) for line in lines[at : at + _MOST_FIELDS] if line.strip()]
    fields = [one for one in near if one]
    names = {one["name"].lower() for one in fields}
    if not all(near[:2]) or not all(names & kind for kind in (_SENDER, _SENT, _SUBJECT)):
        return False
    sender = next(one["value"] for one in fields if one["name"].lower() in _SENDER)
    return len(names) > _LEAST_FIELDS or "@" in sender + lines[max(0, at - 1)]


def heading(lines: Sequence[str], at: int) -> tuple[Forwarded, int]:
    """The fields over a forwarded message, and the line after them."""
    while at < len(lines) and not lines[at].strip(" >"):
        at += 1
    found: dict[str, str] = {}
    end = min(at + _MOST_FIELDS, len(lines))
    while at < end and (field := _FIELD.match(lines[at])):
        name = field["name"].lower()
        kind = "sender" if name in _SENDER else "sent" if name in _SENT else "subject" if name in _SUBJECT else ""
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


def _unquoted(lines: list[str]) -> list[str]:
    """Without the lines of others that end the message, or that follow on who wrote them."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        # "On … wrote:" may be broken over two lines.
        for many in (1, 2):
            intro = " ".join(one.strip() for one in lines[at : at + many])
            if _quoted(lines, at + many) and _WROTE.fullmatch(intro):
                at = _after_quote(lines, at + many)
                break
        else:
            kept.append(lines[at])
            at += 1
    end = len(kept)
    while end and (not kept[end - 1].strip() or kept[end - 1].startswith(">")):
        end -= 1
    return kept[:end] if any(one.strip() for one in kept[:end]) else [re.sub(r"^> ?", "", one) for one in kept]


def _quoted(lines: list[str], at: int) -> bool:
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
