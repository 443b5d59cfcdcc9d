"""What the keys do for an editor, and what an editor reads besides the claim: its verdicts."""

from collections.abc import Mapping

from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import Act
from factcheck.screen.claim_text import verdicts_text
from factcheck.screen.desk_screen import Deed, DeskScreen
from factcheck.screen.editor_session import EditorSession
from factcheck.screen.passages import Passage, joined


class EditorScreen(DeskScreen):
    """A claim that has been read, and the acts of an editor as keys."""

    session: EditorSession
    works_alone = "Help and quit work."

    def deeds(self) -> Mapping[str, Deed]:
        """What the editor's acts do; those shared with reviewers do the same."""
        return {
            **super().deeds(),
            "sign_off": lambda: self._edit(self.session.sign_off),
            "publish": lambda: self._edit(self.session.publish),
            "reject": self._ask_rejection,
        }

    def about(self, claim: QueuedClaim) -> Passage:
        """The verdict that holds, and those before it, above all else."""
        return joined([verdicts_text(claim), super().about(claim)], "\n\n")

    def _edit(self, deed: Deed) -> str | None:
        self.in_hand()
        return deed()

    def _ask_rejection(self) -> None:
        self.session.require(Act.REJECTED)
        self.ask_words("reject", "Send back to be read anew", "what is wrong with it", self.session.reject)
