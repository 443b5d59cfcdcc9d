"""Already checked? The past claims that may say the same, one of which a reader may carry over, and others' checks."""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from factcheck.domain.alike import PastClaim
from factcheck.domain.review import QueuedClaim
from factcheck.errors import FactcheckError
from factcheck.screen.bars import keyed
from factcheck.screen.claim_screen import Pane
from factcheck.screen.claim_text import known_claim_lines, past_claim_lines
from factcheck.screen.passages import Ink, joined, own, said
from factcheck.workflow.already_checked import AlreadyChecked
from factcheck.workflow.find_known import AlikeKnown


class AlikeScreen(Screen[PastClaim | None]):
    """Past claims and others' checks, with why they are alike and what differs.

    It answers with the past claim whose verdict is to be carried over; `opens` opens a page of others.
    """

    def __init__(
        self, claim: QueuedClaim, checked: AlreadyChecked, opens: Callable[[str], str], *, carries: bool
    ) -> None:
        super().__init__()
        self._claim, self._checked, self._carries, self._opens = claim, checked, carries, opens
        self._listed: tuple[PastClaim | AlikeKnown, ...] = (*checked.past, *checked.known)
        self._at, self._is_sure, self._notice = 0, False, Content()

    def compose(self) -> ComposeResult:
        """The claim, what is like it, the keys."""
        yield Static(id="listed", markup=False)
        with Pane(id="alike"):
            yield Static(id="found", markup=False)
        yield Static(id="list-keys", markup=False)

    def on_mount(self) -> None:
        """Draw what was found."""
        self._draw()

    def on_key(self, event: events.Key) -> None:
        """Keys do here what this screen says."""
        event.stop()
        self.take(event)

    def take(self, event: events.Key) -> None:
        """Move, go back, open a page, or carry a verdict over: at the second press, so that none goes over unread."""
        moves = {"up": -1, "down": 1}
        chosen = self._chosen
        if event.key == "escape":
            self.dismiss(None)
        elif event.key in moves:
            self._at = max(0, min(self._at + moves[event.key], len(self._listed) - 1))
            self._is_sure, self._notice = False, Content()
            self._draw()
        elif event.key == "enter" and self._carries and isinstance(chosen, PastClaim):
            if self._is_sure:
                self.dismiss(chosen)
            else:
                self._is_sure = True
                self._draw()
        elif event.character == "o" and isinstance(chosen, AlikeKnown):
            self._open(chosen)
        else:
            self.query_one(Pane).takes(event.key)

    @property
    def _chosen(self) -> PastClaim | AlikeKnown | None:
        return self._listed[self._at] if self._listed else None

    def _open(self, one: AlikeKnown) -> None:
        try:
            self._notice = said(self._opens(one.known.url))
        except FactcheckError as error:
            self._notice = own("! ", Ink.WARNING) + said(str(error))
        self._draw()

    def _draw(self) -> None:
        self._put("listed", own("already checked? ", Ink.STRONG) + said(self._claim.words))
        told = [self._told(one) for one in self._listed]
        if told:
            told[self._at] = told[self._at].stylize(Ink.QUOTED)
        past, known = told[: len(self._checked.past)], told[len(self._checked.past) :]
        nothing = own("this desk has decided no claim that is like it", Ink.FAINT if known else "")
        others = [own("checked by others", Ink.STRONG), *known] if known else []
        note = "a suggestion is no evidence: a verdict carried over brings none of its sources along"
        notes = [own(note if past else "a suggestion is no evidence: add the page as a source of the claim", Ink.FAINT)]
        self._put("found", joined([*(past or [nothing]), *others, *(notes if told else [])], "\n\n"))
        self._put("list-keys", joined([*self._keys(), self._notice], "  "))

    def _keys(self) -> list[Content]:
        chosen, back = self._chosen, keyed("esc", "back")
        if isinstance(chosen, AlikeKnown):
            return [keyed("↑↓", "claim"), keyed("o", "open page"), back]
        if chosen and self._carries:
            sure = f"once more gives this claim the verdict {chosen.verdict.label}"
            return [keyed("↑↓", "claim"), keyed("enter", sure if self._is_sure else "same verdict"), back]
        return [keyed("↑↓", "claim"), back] if len(self._listed) > 1 else [back]

    def _told(self, one: PastClaim | AlikeKnown) -> Content:
        if isinstance(one, AlikeKnown):
            return joined([*known_claim_lines(one), own("  ") + said(one.known.url)])
        many = len(one.claim.evidence)
        by = own("  by ", Ink.FAINT) + said(one.verdict.reviewer) + f", {many} source{'s' if many != 1 else ''}"
        why = own("  why: ", Ink.FAINT) + said(one.verdict.rationale) if one.verdict.rationale else Content()
        return joined([*past_claim_lines(one), by, why])

    def _put(self, name: str, passage: Content) -> None:
        self.query_one(f"#{name}", Static).update(passage)
