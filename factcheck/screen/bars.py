"""The lines around the claim: who and which claim, the scale's labels, the keys."""

from collections.abc import Collection, Sequence
from datetime import datetime

from textual.content import Content

from factcheck.domain.rating import RatingScale
from factcheck.domain.review import Lease, PastDecision, QueuedClaim
from factcheck.domain.states import Act, ClaimStatus, EditorialState
from factcheck.screen.claim_text import state_words
from factcheck.screen.forms import label_text
from factcheck.screen.keys import Keymap, shown
from factcheck.screen.passages import Ink, flowed, joined, own, said
from factcheck.workflow.desk_session import DeskSession, ReviewPace

_READINGS = {
    ClaimStatus.LEASED: "first reading",
    ClaimStatus.SECOND_LEASED: "second reading, blind",
    ClaimStatus.ADJUDICATING: "adjudication of two readings that differ",
}
_EDITING = {EditorialState.OPEN: "to sign off", EditorialState.SIGNED_OFF: "signed off, to publish"}

LIST_KEYS = (("↑↓", "row"), ("enter", "choose"), ("/", "search"), ("1-9", "number"), ("s S", "state"), ("a", "article"))

_LEGEND = {
    "this claim's words": Ink.QUOTED,
    "its sentence": Ink.STRONG,
    "other claims; in the claim: words that its quote lacks": Ink.OTHER,
    "what a machine says": Ink.MACHINE,
}


def head(session: DeskSession, now: datetime) -> Content:
    """The first line: the claim, the reading and its lease or what it waits for, progress."""
    claim, progress = session.claim, own(pace_words(session.pace))
    if claim is None:
        return joined([own("no claim"), said(session.person), progress], " · ")
    reading = _READINGS.get(claim.status, claim.status.value.replace("_", " "))
    if claim.status.is_settled:
        until = _EDITING.get(claim.editorial, claim.editorial.value.replace("_", " "))
    else:
        until = lease_words(claim.lease, now)
    about = (own(one) for one in (reading, until, "draft kept" if session.typed else ""))
    return joined([own(f"claim {claim.id}", Ink.STRONG), *about, said(session.person), progress], " · ")


def pace_words(pace: ReviewPace) -> str:
    """What is done, what waits, and how long that takes at this pace."""
    parts = [f"{len(pace.decided_at)} done"]
    if pace.waiting is not None:
        blocking = [f"{many:,} {what}" for what, many in pace.waiting_for.items() if many and what != "to read first"]
        parts.append(f"{pace.waiting:,} waiting" + (f" ({', '.join(blocking)})" if blocking else ""))
        each = pace.seconds_a_claim()
        parts += [f"{_lasting(each)} each, {_lasting(each * pace.waiting)} left"] if each is not None else []
    return " · ".join(parts)


def lease_words(lease: Lease | None, now: datetime) -> str:
    """Until when the claim is the reviewer's."""
    if lease is None or not lease.is_live(now):
        return "lease has ended"
    return f"until {lease.until:%H:%M} UTC ({_lasting(int((lease.until - now).total_seconds()))})"


def label_line(scale: RatingScale, keymap: Keymap, width: int) -> Content:
    """The labels that a key gives, with their keys."""
    return flowed((keyed(key, label.id) for key, label in zip(keymap.labels, scale.labels, strict=False)), width)


def label_lines(scale: RatingScale, keymap: Keymap) -> Content:
    """All labels with keys, definitions and AVeriTeC classes, each on a line."""
    keys = [*keymap.labels, *[""] * len(scale.labels)]
    return joined(
        own(f"{shown(key):<2}", Ink.STRONG) + label_text(label) for key, label in zip(keys, scale.labels, strict=False)
    )


def key_line(keymap: Keymap, width: int, idle: Collection[str] = ()) -> Content:
    """The footer: the first key of each act, and its word, without the acts that have nothing to do."""
    named = [(one, keymap.keys_of(one.name)) for one in keymap.known if one.word and one.name not in idle]
    return flowed([keyed(keys[0], one.word) for one, keys in named if keys], width)


def rule(text: Content, width: int) -> Content:
    """A line across the screen that carries a text; a text that is longer has lines of its own."""
    # With no text the line is drawn through; a text that fits has two dashes before it and at least one behind.
    left = room_on_rule(width) - text.cell_length
    if left < 0:
        return text
    return "── " + text + f" {'─' * (left + 1)}" if text else own("─" * width)


def room_on_rule(width: int) -> int:
    """How many cells of text a line across the screen carries."""
    return max(1, width - len("──  ─"))


def help_text(scale: RatingScale, keymap: Keymap) -> Content:
    """Keys, labels and marks."""
    keys = [own(f"{' '.join(keymap.keys_of(one.name)):<10}", Ink.STRONG) + one.help for one in keymap.known]
    digits = own(f"{' '.join(map(shown, keymap.labels[: len(scale.labels)])):<10}", Ink.STRONG)
    scroll = own(f"{'↑ ↓ pages':<10}", Ink.STRONG) + "scroll the article, or the claim"
    verdicts = digits + "  give the verdict and go on" if keymap.labels else Content()
    gap, marks = own(" "), "marks: " + joined((own(words, ink) for words, ink in _LEGEND.items()), " · ")
    listed = own("in the list of claims: ") + joined((keyed(*one) for one in LIST_KEYS), "  ")
    return joined([verdicts, *keys, scroll, listed, gap, label_lines(scale, keymap), gap, marks])


def reasons_text(session: DeskSession) -> Content:
    """What is typed for the verdict, and in which other forms text waits."""
    reasons = session.typed.get("reasons", {})
    typed = [own(f"{name.replace('_', ' ')}: ", Ink.FAINT) + said(text) for name, text in reasons.items()]
    waiting = [name for name in session.typed if name != "reasons"]
    typed += [own(f"unsent: {', '.join(waiting)}", Ink.FAINT)] if waiting else []
    return own("your draft  ", Ink.FAINT) + joined(typed, " · ") if typed else Content()


def past_text(decisions: Sequence[PastDecision], place: int) -> Content:
    """One of the last decisions, the latest first, to look at."""
    past = decisions[place]
    act = past.act.value.replace("_", " ")
    head = own(f"{place + 1} of your last {len(decisions)} · {act} {past.at:%Y-%m-%d %H:%M} UTC", Ink.STRONG)
    if past.act is Act.SKIPPED or not past.claim.readings:
        return head
    verdict = past.claim.readings[-1]
    return head + ": " + joined([said(verdict.label, Ink.STRONG), said(verdict.rationale or "")], ": ")


def visit_text(claim: QueuedClaim, keymap: Keymap) -> Content:
    """That the claim is looked at and not in hand, and how to come back."""
    about = [own(f"looking at claim {claim.id}", Ink.STRONG), own(state_words(claim))]
    keys = keymap.keys_of("forward")[-1:]
    return joined([*about, *(keyed(key, "goes back to yours") for key in keys)], " · ")


def keyed(key: str, word: str) -> Content:
    """A key and what it does, in a word."""
    return own(shown(key), Ink.STRONG) + f" {word}"


def _lasting(seconds: float) -> str:
    for size, unit, below in ((1, "s", 60), (60, "min", 3_600), (3_600, "h", 2 * 86_400)):
        if seconds < below:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / 86_400:,.0f} days"
