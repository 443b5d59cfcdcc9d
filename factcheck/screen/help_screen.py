"""Help over the screen."""

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from factcheck.screen.claim_screen import Pane
from factcheck.screen.paint import painted
from factcheck.screen.passages import Passage


class HelpScreen(ModalScreen[None]):
    """Keys, labels and marks; any key that does not scroll leaves it."""

    def __init__(self, text: Passage) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The text in a pane."""
        with Pane(id="help"):
            yield Static(painted(self._text), markup=False)

    def on_key(self, event: events.Key) -> None:
        """Scroll, or leave."""
        event.stop()
        if not self.query_one(Pane).takes(event.key):
            self.dismiss(None)
