"""What the keys do for an editor, and what an editor reads besides the claim: its verdicts."""

from collections.abc import Mapping
from functools import partial

from textual.content import Content

from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import Act
from factcheck.screen import forms
from factcheck.screen.acting_screen import ActingScreen, Deed
from factcheck.screen.claim_text import reading_text
from factcheck.screen.passages import joined
from factcheck.workflow.editing_session import EditingSession


class EditorScreen(ActingScreen):
    """A claim that has been read, and the acts of an editor as keys."""

    session: EditingSession
    works_alone = "Help and quit work."

    def deeds(self) -> Mapping[str, Deed]:
        """What the editor's acts do; those shared with reviewers do the same."""
        return {
            **super().deeds(),
            "sign_off": lambda: self.act(self.session.sign_off, "is signed off"),
            "publish": lambda: self.act(self.session.publish, "is published"),
            "reject": partial(self.ask_words, forms.REJECTION, self.session.reject, "is rejected", Act.REJECTED),
            "skip": lambda: self.act(self.session.skip, "stays as it is"),
        }

    def why_nothing(self) -> str:
        """That nothing waits."""
        return "no verdict waits for an editor"

    def about(self, claim: QueuedClaim) -> Content:
        """Above all else the readings, the last first: that is the verdict that holds."""
        return joined([*map(reading_text, reversed(claim.readings)), super().about(claim)], "\n\n")
