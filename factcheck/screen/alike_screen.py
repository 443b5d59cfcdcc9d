"""Already checked? The past claims that may say the same, one of which a reader may carry over."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from factcheck.domain.alike import PastClaim
from factcheck.domain.review import QueuedClaim
from factcheck.screen.bars import keyed
from factcheck.screen.claim_screen import Pane
from factcheck.screen.claim_text import past_claim_lines
from factcheck.screen.passages import Ink, joined, own, said


class AlikeScreen(Screen[int | None]):
    """Past claims with why they are alike and what differs; answers with the number of the one to carry over."""

    def __init__(self, claim: QueuedClaim, found: Sequence[PastClaim], *, carries: bool) -> None:
        super().__init__()
        self._claim, self._found, self._carries = claim, found, carries
        self._at, self._is_sure = 0, False

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
        """Move, go back, or carry a verdict over: at the second press, so that none goes over unread."""
        moves = {"up": -1, "down": 1}
        if event.key == "escape":
            self.dismiss(None)
        elif event.key in moves:
            self._at = max(0, min(self._at + moves[event.key], len(self._found) - 1))
            self._is_sure = False
            self._draw()
        elif event.key == "enter" and self._carries and self._found:
            if self._is_sure:
                self.dismiss(self._found[self._at].claim.id)
            else:
                self._is_sure = True
                self._draw()
        else:
            self.query_one(Pane).takes(event.key)

    def _draw(self) -> None:
        self._put("listed", own("already checked? ", Ink.STRONG) + said(self._claim.words))
        told = [
            joined([*past_claim_lines(one), self._sources(one)]).stylize(Ink.QUOTED if at == self._at else "")
            for at, one in enumerate(self._found)
        ]
        nothing = own("this desk has decided no claim that is like it")
        note = own("a suggestion is no evidence: a verdict carried over brings none of its sources along", Ink.FAINT)
        self._put("found", joined([*told, note], "\n\n") if told else nothing)
        chosen = self._found[self._at] if self._found else None
        keys = [keyed("esc", "back")]
        if chosen and self._carries:
            asked = (
                f"once more gives this claim the verdict {chosen.verdict.label}" if self._is_sure else "same verdict"
            )
            keys = [keyed("↑↓", "claim"), keyed("enter", asked), *keys]
        self._put("list-keys", joined(keys, "  "))

    def _sources(self, one: PastClaim) -> Content:
        many = len(one.claim.evidence)
        by = own("  by ", Ink.FAINT) + said(one.verdict.reviewer) + f", {many} source{'s' if many != 1 else ''}"
        why = own("  why: ", Ink.FAINT) + said(one.verdict.rationale) if one.verdict.rationale else Content()
        return joined([by, why])

    def _put(self, name: str, passage: Content) -> None:
        self.query_one(f"#{name}", Static).update(passage)
