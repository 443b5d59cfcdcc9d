"""The full screen as a program: its look, and how it ends."""

import gc

from textual.app import App

from factcheck.screen.desk_screen import DeskScreen
from factcheck.screen.editor_screen import EditorScreen
from factcheck.screen.editor_session import EditorSession
from factcheck.screen.keys import Keymap
from factcheck.screen.session import Session, Summary

_OBJECTS_BETWEEN_COLLECTIONS = 20_000
"""A command that ends at once may leave its garbage; a screen stays open for hours."""


class ReviewApp(App[None]):
    """The review desk in a terminal's own colours."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "review.tcss"
    TITLE = "factcheck review"

    def __init__(self, session: Session, keymap: Keymap) -> None:
        super().__init__(ansi_color=True)
        self._desk_screen = _screen(session, keymap)

    def on_mount(self) -> None:
        """Open the desk."""
        self.theme = "ansi-dark"
        self.push_screen(self._desk_screen)


def _screen(session: Session, keymap: Keymap) -> DeskScreen:
    return EditorScreen(session, keymap) if isinstance(session, EditorSession) else DeskScreen(session, keymap)


def run_review(session: Session, keymap: Keymap) -> Summary:
    """Show the screen until the reviewer leaves; whatever ends it, the claims go back. Raises FactcheckError."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    session.begin()
    try:
        ReviewApp(session, keymap).run(mouse=False)  # the terminal's own selection goes on working
    finally:
        done = session.leave()
    return done
