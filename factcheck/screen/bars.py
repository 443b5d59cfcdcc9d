"""The lines around the claim: who and which claim, the scale's labels, the keys."""

from collections.abc import Sequence
from datetime import datetime

from factcheck.domain.rating import RatingScale
from factcheck.domain.review import PastDecision
from factcheck.screen.claim_text import decided_text, editor_told, reading_told
from factcheck.screen.forms import label_text
from factcheck.screen.keys import Keymap, shown
from factcheck.screen.pace import lease_told
from factcheck.screen.passages import Ink, Passage, cells, flowed, joined, lines, own, said
from factcheck.screen.session import Session

LEGEND = joined(
    [
        own("this claim's words", Ink.QUOTED),
        own("its sentence", Ink.SENTENCE),
        own("other claims; in the claim: words that its quote lacks", Ink.OTHER),
        own("what a machine says", Ink.MACHINE),
    ],
    " · ",
)


def head(session: Session, now: datetime) -> Passage:
    """The first line: the claim, the reading and its lease or what it waits for, progress."""
    claim = session.current
    if claim is None:
        return joined([own("no claim"), said(session.reviewer), own(session.progress.told())], " · ")
    kept = "draft kept" if session.typed else ""
    about = [
        own(f"claim {claim.id}", Ink.STRONG),
        own(reading_told(claim)),
        own(editor_told(claim) if claim.status.is_settled else lease_told(claim.lease, now)),
        own(kept),
        said(session.reviewer),
        own(session.progress.told()),
    ]
    return joined(about, " · ")


def label_line(scale: RatingScale, keymap: Keymap, width: int) -> Passage:
    """The labels that a key gives, with their keys."""
    pairs = zip(keymap.labels, scale.labels, strict=False)
    return flowed([_key(key, label.id) for key, label in pairs], width)


def label_lines(scale: RatingScale, keymap: Keymap) -> Passage:
    """All labels with keys, definitions and AVeriTeC classes, each on a line."""
    keys = [*keymap.labels, *[""] * len(scale.labels)]
    return lines(
        own(f"{shown(key):<2}", Ink.KEY) + label_text(scale, label.id)
        for key, label in zip(keys, scale.labels, strict=False)
    )


def key_line(keymap: Keymap, width: int) -> Passage:
    """The footer: the first key of each act, and its word."""
    named = [(one, keymap.keys_of(one.name)) for one in keymap.known if one.word]
    return flowed([_key(keys[0], one.word) for one, keys in named if keys], width)


def rule(text: Passage, width: int) -> Passage:
    """A line across the screen that carries a text; a text that is longer has lines of its own."""
    left = room_on_rule(width) - cells(text.text)
    if left < 0:
        return text
    return own("── ") + text + own(" ") + own("─" * (left + 1)) if text.text else own("─" * width)


def room_on_rule(width: int) -> int:
    """How many cells of text a line across the screen carries."""
    return max(1, width - len("──  ─"))


def help_text(scale: RatingScale, keymap: Keymap) -> Passage:
    """Keys, labels and marks."""
    keys = [own(f"{' '.join(keymap.keys_of(one.name)):<10}", Ink.KEY) + own(one.help) for one in keymap.known]
    digits = own(f"{' '.join(map(shown, keymap.labels[: len(scale.labels)])):<10}", Ink.KEY)
    scroll = own(f"{'↑ ↓ pages':<10}", Ink.KEY) + own("scroll the article, or the claim")
    verdicts = digits + own("  give the verdict and go on") if keymap.labels else Passage()
    gap = own(" ")
    return lines([verdicts, *keys, scroll, gap, label_lines(scale, keymap), gap, own("marks: ") + LEGEND])


def reasons_text(session: Session) -> Passage:
    """What is typed for the verdict, and in which other forms text waits."""
    reasons = session.typed.get("reasons", {})
    told = [own(f"{name.replace('_', ' ')}: ", Ink.FAINT) + said(text) for name, text in reasons.items()]
    waiting = [name for name in session.typed if name != "reasons"]
    told += [own(f"unsent: {', '.join(waiting)}", Ink.FAINT)] if waiting else []
    return own("your draft  ", Ink.FAINT) + joined(told, " · ") if told else Passage()


def past_text(decisions: Sequence[PastDecision], place: int) -> Passage:
    """One of the last decisions, the latest first, to look at."""
    past = decisions[place]
    told = past.act.value.replace("_", " ")
    verdict = next((one for one in reversed(past.claim.readings)), None)
    decided = own(": ") + decided_text(verdict) if verdict and past.act.value != "skipped" else Passage()
    return own(f"{place + 1} of your last {len(decisions)} · {told} {past.at:%Y-%m-%d %H:%M} UTC", Ink.STRONG) + decided


def _key(key: str, word: str) -> Passage:
    return own(shown(key), Ink.KEY) + own(f" {word}")
