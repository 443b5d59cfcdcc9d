"""The full screen as a program: its look, and how it ends."""

from collections.abc import Mapping

from textual.app import App

from factcheck.domain.states import Act
from factcheck.screen.desk_screen import DeskScreen
from factcheck.screen.editor_screen import EditorScreen
from factcheck.screen.keys import Keymap
from factcheck.workflow.editing_session import EditingSession
from factcheck.workflow.review_session import ReviewSession

Session = ReviewSession | EditingSession


class ReviewApp(App[None]):
    """The review desk in a terminal's own colours."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "review.tcss"
    TITLE = "factcheck review"

    def __init__(self, session: Session, keymap: Keymap) -> None:
        super().__init__(ansi_color=True)
        self._first = (
            EditorScreen(session, keymap) if isinstance(session, EditingSession) else DeskScreen(session, keymap)
        )

    def on_mount(self) -> None:
        """Open the desk."""
        self.theme = "ansi-dark"
        self.push_screen(self._first)


def run_review(session: Session, keymap: Keymap) -> Mapping[Act, int]:
    """Show the screen until the reviewer leaves; whatever ends it, the claims go back. Raises FactcheckError."""
    session.begin()
    try:
        ReviewApp(session, keymap).run(mouse=False)  # the terminal's own selection goes on working
    finally:
        done = session.leave()
    return done
