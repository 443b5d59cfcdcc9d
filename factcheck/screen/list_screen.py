"""A list of claims, to choose one from: a page at a time, searched by words, narrowed by state and article."""

from collections.abc import Sequence
from dataclasses import replace

from textual import events, work
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from factcheck.domain.review import ClaimQuery, Place, QueuedClaim
from factcheck.domain.states import ClaimStatus, EditorialState
from factcheck.errors import NotFoundError
from factcheck.screen.bars import LIST_KEYS, keyed
from factcheck.screen.claim_text import listed_claim, state_words
from factcheck.screen.forms import is_number
from factcheck.screen.passages import Ink, harmless, joined, own, pasted, said
from factcheck.workflow.desk_session import DeskSession

_STATES = {
    "any state": ClaimQuery(),
    "queued": ClaimQuery(ClaimStatus.QUEUED),
    "awaiting a second reader": ClaimQuery(ClaimStatus.AWAITING_SECOND),
    "disputed": ClaimQuery(ClaimStatus.DISPUTED),
    "to sign off": ClaimQuery().to_sign_off(),
    "signed off": ClaimQuery(editorial=EditorialState.SIGNED_OFF),
    "published": ClaimQuery(editorial=EditorialState.PUBLISHED),
    "corrected": ClaimQuery(editorial=EditorialState.CORRECTED),
    "words changed": ClaimQuery(changed=True),
    "flagged": ClaimQuery(flagged=True),
    "not checkable": ClaimQuery(ClaimStatus.NOT_CHECKABLE),
}
_WIDEST = 14
"""Columns before the claim's words are as wide as what stands in them, and not wider than so many cells."""


class ListScreen(Screen[int | None]):
    """Claims in their article's order; answers with the number of the one that is chosen, None if none is."""

    def __init__(self, session: DeskSession, title: str, near: QueuedClaim | None, *, asks: str = "") -> None:
        super().__init__()
        self._session, self._title, self._near = session, title, near
        self._states = {**_STATES, "your tasks": ClaimQuery(assigned_to=session.person)}
        self._article = near.article_id if near else None
        self._state, self._words, self._many = 0, "", ""
        # In memory is the page in sight alone, and for each page before it the place behind which that begins.
        self._behind: list[Place | None] = [None]
        self._page: list[QueuedClaim] = []
        self._at, self._goes_on = 0, False
        self._asks, self._typed = asks, ""
        self._early: list[events.Key] | None = []

    def compose(self) -> ComposeResult:
        """What is listed, the rows, the chosen claim in full, the keys or what is typed."""
        for name in ("listed", "rows", "chosen", "list-keys"):
            yield Static(id=name, markup=False)

    def on_resize(self) -> None:
        """Read as many rows as there is room for."""
        self.call_after_refresh(self._begin)

    def on_key(self, event: events.Key) -> None:
        """Keys do here what this screen says."""
        event.stop()
        self.take(event)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted words are typed words."""
        event.stop()
        self._ask(self._asks or "words", self._typed + " ".join(pasted(event.text).split()))

    def take(self, event: events.Key) -> None:
        """Do what a key does; one that was pressed before the list could be seen waits until then."""
        key, character = event.key, event.character or ""
        if self._early is not None:
            self._early.append(event)
        elif self._asks:
            self._type(key, character)
        elif character == "/":
            self._ask("words", self._words)
        elif is_number(character):
            self._ask("number", character)
        elif key in {"s", "S", "a"}:
            self._narrow(key)
        elif key == "escape" or (key == "enter" and self._page):
            self._end(self._page[self._at].id if key == "enter" else None)
        else:
            self._go(key)

    def _type(self, key: str, character: str) -> None:
        """Take a key while words or a number are typed."""
        if key == "escape":
            self._ask("", "")
        elif key == "backspace":
            self._ask(self._asks, self._typed[:-1])
        elif key != "enter":
            self._ask(self._asks, self._typed + (character if character.isprintable() else ""))
        elif self._asks == "words":
            self._asks, self._words = "", self._typed.strip()
            self._turn([None], count=True)
        elif self._named() is not None:
            self._end(int(self._typed))

    def _narrow(self, key: str) -> None:
        """Ask for the next state or the one before, or for the article of the chosen claim alone, or for all."""
        if key != "a":
            self._state = (self._state + (1 if key == "s" else -1)) % len(self._states)
        elif self._article or self._page:
            self._article = None if self._article else self._page[self._at].article_id
        self._turn([None], count=True)

    def _go(self, key: str) -> None:
        """Move through the rows, and from page to page."""
        last = len(self._page) - 1
        if key == "home":
            self._turn([None])
        elif self._goes_on and (key == "pagedown" or (key == "down" and self._at == last)):
            self._turn([*self._behind, self._page[-1].place])
        elif len(self._behind) > 1 and (key == "pageup" or (key == "up" and not self._at)):
            before = self._behind[:-1]
            self._turn(before)
            self._at = len(self._page) - 1 if key == "up" else 0
        else:
            moves = {"up": self._at - 1, "down": self._at + 1, "pageup": 0, "pagedown": last}
            self._at = max(0, min(moves.get(key, self._at), last))
        self._draw()

    def _ask(self, what: str, typed: str) -> None:
        self._asks, self._typed = what, typed
        self._draw()

    def _begin(self) -> None:
        early, self._early = self._early or (), None
        self._turn(self._behind, count=not self._many)
        if self._near is not None:
            self._at = next((at for at, one in enumerate(self._page) if one.id == self._near.id), 0)
            self._near = None
            self._draw()
        for event in early:
            self.take(event)

    def _turn(self, behind: list[Place | None], *, count: bool = False) -> None:
        """Read a page, and one row more to see whether there is another."""
        rows = max(1, self.query_one("#rows").size.height - 1)
        found = list(self._session.desk.queue.find(self._query(), self._session.now(), rows + 1, behind[-1]))
        self._at = self._at if behind is self._behind else 0
        self._behind, self._page, self._goes_on = behind, found[:rows], len(found) > rows
        self._at = max(0, min(self._at, len(self._page) - 1))
        if count:
            self._many = "…"
            self._count(self._query())
        self._draw()

    @work(thread=True, exclusive=True, group="list", exit_on_error=False)
    def _count(self, query: ClaimQuery) -> None:
        """Count beside the screen what fits: with many claims that takes a while."""
        self.app.call_from_thread(self._counted, query, self._session.desk.queue.count(query, self._session.now()))

    def _counted(self, query: ClaimQuery, many: int) -> None:
        if query == self._query():
            self._many = f"{many:,}"
            self._draw()

    def _query(self) -> ClaimQuery:
        state = list(self._states.values())[self._state]
        return replace(state, article_id=self._article, words=tuple(self._words.split()))

    def _named(self) -> QueuedClaim | None:
        """The claim whose number is typed, if there is one."""
        try:
            return self._session.look_at(int(self._typed)) if is_number(self._typed) else None
        except NotFoundError:
            return None

    def _end(self, number: int | None) -> None:
        self._early = []  # what is pressed from now on is not for this screen
        self.dismiss(number)

    def _draw(self) -> None:
        article = f"article {self._article}" if self._article else "all articles"
        searched = said(f"“{self._words}”") if self._words else Content()
        about = [
            own(article),
            own(list(self._states)[self._state]),
            searched,
            own(f"{self._many} claim{'' if self._many == '1' else 's'}"),
        ]
        about += [own(f"page {len(self._behind)}")] if self._goes_on or len(self._behind) > 1 else []
        self._put("listed", joined([own(self._title, Ink.STRONG), *about], " · "))
        self._put("rows", list_rows(self._page, self._at, self.size.width - 2))
        if self._asks:
            typed = own(f"{self._asks}: ", Ink.STRONG) + own(harmless(self._typed)) + own("▏  ")
            self._put("list-keys", typed + joined([keyed("enter", "go on"), keyed("esc", "back")], "  "))
        else:
            self._put("list-keys", joined((keyed(*one) for one in (*LIST_KEYS, ("esc", "back"))), "  "))
        if self._asks == "number":
            chosen, nothing = self._named(), "no claim has that number" if self._typed else ""
        else:
            chosen, nothing = self._page[self._at] if self._page else None, "no claim of that kind"
        self._put("chosen", listed_claim(chosen) if chosen else own(nothing))

    def _put(self, name: str, passage: Content) -> None:
        self.query_one(f"#{name}", Static).update(passage)


def list_rows(page: Sequence[QueuedClaim], at: int, width: int) -> Content:
    """The claims of a page, each on a line, beneath the columns' names; the one that is chosen is reversed.

    A column of which nothing stands on the page is left out, so that there is more room for the claims' words.
    """
    table = [[own(name) for name in ("number", "state", "label", "task", "due")]]
    for one in page:
        due, label = one.due_on.isoformat() if one.due_on else "", one.verdict.label if one.verdict else ""
        table.append([own(f"{one.id:>6}"), own(state_words(one)), said(label), said(one.assigned_to or ""), own(due)])
    columns = [column for column in zip(*table, strict=True) if any(column[1:])]
    widths = [min(_WIDEST, max(cell.cell_length for cell in column)) for column in columns]
    words = [own("claim"), *(said(one.words) for one in page)]
    rows = []
    for place, (claim, *cells) in enumerate(zip(words, *columns, strict=True), -1):
        fitted = [cell.truncate(wide, ellipsis=True, pad=True) for cell, wide in zip(cells, widths, strict=True)]
        mark = "▸ " if place == at else "  "
        row = (own(mark) + joined([*fitted, claim], "  ")).truncate(width, ellipsis=True, pad=True)
        rows.append(row.stylize(Ink.FAINT if place < 0 else Ink.QUOTED if place == at else ""))
    return joined(rows)
