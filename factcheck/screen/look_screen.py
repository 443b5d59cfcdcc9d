"""The passages that a look-up has found for a claim: one is chosen, and a stance key makes it evidence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from textual import events, work
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from factcheck.domain.evidence import Stance
from factcheck.domain.lookup import FoundPage, Kinship, Lookup, Passage
from factcheck.domain.review import QueuedClaim
from factcheck.errors import FactcheckError, OtherLookupError
from factcheck.screen.bars import keyed
from factcheck.screen.passages import Ink, joined, own, said
from factcheck.workflow.collect_evidence import AddedEvidence
from factcheck.workflow.look_for_evidence import address_for
from factcheck.workflow.lookup_ports import OpenAddress

STANCES = {"s": Stance.SUPPORTS, "r": Stance.REFUTES, "c": Stance.CONTEXT}
_KEYS = (
    ("↑↓", "passage"),
    ("s", "supports"),
    ("r", "refutes"),
    ("c", "context"),
    ("o", "open page"),
    ("m", "model"),
    ("l", "look again"),
)
_SITE = 24
"""Columns of a page's name before the passage."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What the screen asks: a look-up, the last one that was made, and evidence of a passage in the one of a moment.

    `patterns` are addresses that keys open.
    """

    run: Callable[[], Lookup]
    last: Callable[[], Lookup | None]
    take: Callable[[int, Stance, datetime], AddedEvidence]
    patterns: tuple[str, ...]
    open: OpenAddress


class LookScreen(Screen[AddedEvidence | None]):
    """Passages with their pages; answers with what was added last, None if nothing was."""

    def __init__(self, claim: QueuedClaim, looked: Looked) -> None:
        super().__init__()
        self._claim, self._looked = claim, looked
        self._found = looked.last()
        self._at, self._busy = 0, ""
        self._notice, self._added = Content(), list[AddedEvidence]()
        self._stances: dict[int, Stance] = {}
        self._shows_readings = False

    def compose(self) -> ComposeResult:
        """What is looked for, the passages, the chosen one with what is around it, the keys."""
        for name in ("listed", "rows", "chosen", "list-keys"):
            yield Static(id=name, markup=False)

    def on_mount(self) -> None:
        """Show the last look-up; where there was none, look now."""
        if self._found is None:
            self._look()
        self._draw()

    def on_resize(self) -> None:
        """Lay the lines out anew."""
        self._draw()

    def on_key(self, event: events.Key) -> None:
        """Keys do here what this screen says."""
        event.stop()
        self.take(event)

    def take(self, event: events.Key) -> None:
        """Do what a key does."""
        key, character = event.key, event.character or ""
        if key in {"escape", "q"}:
            self.dismiss(self._added[-1] if self._added else None)
            return
        self._notice = Content()
        if character == "l" and not self._busy:
            self._look()
        elif character in STANCES:
            self._take(STANCES[character])
        elif character == "m":
            self._show_readings()
        elif character == "o" and self._passages:
            self._tell(lambda: self._looked.open(self._passages[self._at][1].url))
        elif character.isdigit() and 0 < int(character) <= len(self._looked.patterns):
            pattern = self._looked.patterns[int(character) - 1]
            self._tell(lambda: self._looked.open(address_for(pattern, self._claim.words)))
        else:
            moves = {"up": -1, "down": 1, "home": -self._at, "end": len(self._passages)}
            self._at = max(0, min(self._at + moves.get(key, 0), len(self._passages) - 1))
        self._draw()

    @property
    def _passages(self) -> list[tuple[int, FoundPage, Passage]]:
        return list(self._found.numbered()) if self._found else []

    def _show_readings(self) -> None:
        """What a model has said of the passages is seen by who asks for it, or has judged a passage."""
        self._shows_readings = not self._shows_readings
        if not any(one.reading for _, _, one in self._passages):
            self._notice = own("no model has read these passages")

    def _tell(self, deed: Callable[[], str]) -> None:
        try:
            self._notice = said(deed())
        except FactcheckError as error:
            self._notice = own("! ", Ink.WARNING) + said(str(error))

    def _take(self, stance: Stance) -> None:
        if self._found is None or not self._passages or self._busy:
            return
        self._busy = "the passage is being added …"
        self._add(self._passages[self._at][0], stance, self._found.at)

    @work(thread=True, group="look", exit_on_error=False)
    def _add(self, number: int, stance: Stance, seen: datetime) -> None:
        try:
            added = self._looked.take(number, stance, seen)
        except OtherLookupError as error:  # the passages of now are shown, and none of them was taken
            self.app.call_from_thread(self._done, own("! ", Ink.WARNING) + said(str(error)), self._looked.last())
        except FactcheckError as error:
            self.app.call_from_thread(self._done, own("! no source is added: ", Ink.WARNING) + said(str(error)))
        else:
            self._stances[number] = stance
            self._added.append(added)
            state = "is evidence now" if added.is_new else "was evidence already"
            self.app.call_from_thread(self._done, own(f"passage {number} {state}: {stance.value}"))

    def _look(self) -> None:
        self._busy = "searches are asked; esc goes back meanwhile …"
        self._run()

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def _run(self) -> None:
        try:
            found = self._looked.run()
        except FactcheckError as error:
            self.app.call_from_thread(self._done, own("! ", Ink.WARNING) + said(str(error)))
        else:
            self.app.call_from_thread(self._done, Content(), found)

    def _done(self, notice: Content, found: Lookup | None = None) -> None:
        self._busy, self._notice = "", notice
        if found is not None:
            self._found, self._at, self._stances = found, 0, {}
        if self.is_attached:
            self._draw()

    def _draw(self) -> None:
        passages = self._passages
        asked = f"{len(passages)} passage(s), none of them evidence until a key makes it" if self._found else ""
        head = [own(f"look-up for claim {self._claim.id}", Ink.STRONG), own(self._busy or asked)]
        self._put("listed", joined(head, " · "))
        rows = [self._row(*one, is_chosen=at == self._at) for at, one in enumerate(passages)]
        self._put("rows", joined([*rows, *self._other_pages(), *self._troubles()]))
        self._put("chosen", joined([self._notice, self._chosen()]))
        opened = ((str(at), _host(one)) for at, one in enumerate(self._looked.patterns[:9], 1))
        self._put("list-keys", joined((keyed(*one) for one in (*_KEYS, *opened, ("esc", "back"))), "  "))

    def _row(self, number: int, page: FoundPage, passage: Passage, *, is_chosen: bool) -> Content:
        stance = self._stances.get(number)
        taken = f"{stance.value} " if stance else "set aside " if page.set_aside_by else ""
        name = said(page.title or page.url).truncate(_SITE, ellipsis=True, pad=True)
        row = own(f"{number:>3} {taken}") + name + "  " + said(passage.quote)
        row = row.truncate(self.size.width - 2, ellipsis=True)
        return row.stylize(Ink.QUOTED) if is_chosen else row

    def _other_pages(self) -> list[Content]:
        """Pages that offer nothing, and why."""
        pages = [one for one in self._found.pages if not one.passages] if self._found else []
        return [
            own("    ") + said(one.title or one.url, Ink.FAINT) + own(f": {_why_none(one)}", Ink.FAINT) for one in pages
        ]

    def _troubles(self) -> list[Content]:
        return [own("! ", Ink.WARNING) + said(one) for one in (self._found.troubles if self._found else ())]

    def _chosen(self) -> Content:
        if not self._passages:
            return Content()
        number, page, passage = self._passages[self._at]
        words = [said(passage.before, Ink.FAINT), said(passage.quote, Ink.STRONG), said(passage.after, Ink.FAINT)]
        told = [
            said(page.publisher or ""),
            said(page.url),
            said(page.source),
            *(own(one.value) for one in page.kinships),
        ]
        is_told = passage.reading is not None and (self._shows_readings or number in self._stances)
        return joined([joined(words, " "), joined(told, " · "), reading_text(passage) if is_told else Content()])

    def _put(self, name: str, passage: Content) -> None:
        self.query_one(f"#{name}", Static).update(passage)


def reading_text(passage: Passage) -> Content:
    """What a model suggests that a passage does to the claim, with the words that it relies on."""
    relied = own(", by “") + said(passage.relies_on) + "”" if passage.relies_on else Content()
    return own("a model suggests: ", Ink.FAINT) + own(passage.reading.value if passage.reading else "") + relied


def _why_none(page: FoundPage) -> str:
    told = [one.value for one in page.kinships if one is not Kinship.SAME_PUBLISHER]
    return ", ".join(told) or "no sentence of it speaks of the claim"


def _host(pattern: str) -> str:
    return pattern.partition("://")[2].partition("/")[0].removeprefix("www.")
