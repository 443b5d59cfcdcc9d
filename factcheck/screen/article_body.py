"""The text of the article on the screen: only the lines in sight are drawn, however long it is."""

from bisect import bisect_right

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from factcheck.screen.passages import wrapped

_ABOVE = 3
"""So many lines stay in sight above the claim's sentence."""


class Scrolling(Widget):
    """Something that the arrows and the page keys scroll."""

    def takes(self, key: str) -> bool:
        """Scroll by this key; whether it scrolls at all."""
        moves = {
            "up": self.scroll_up,
            "down": self.scroll_down,
            "pageup": self.scroll_page_up,
            "pagedown": self.scroll_page_down,
            "home": self.scroll_home,
            "end": self.scroll_end,
        }
        if key in moves:
            moves[key](animate=False)
        return key in moves


class ArticleBody(ScrollView, Scrolling, can_focus=False, inherit_bindings=False):
    """A passage of many lines, wrapped once and drawn line by line."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self.passage = Content()
        self._focus = 0
        self._lines: tuple[tuple[int, int], ...] = ()

    def show(self, passage: Content, focus: int) -> None:
        """Draw another passage, the character `focus` in sight; other marks alone leave it where it is scrolled to."""
        stays = (passage.plain, focus) == (self.passage.plain, self._focus)
        self.passage, self._focus = passage, focus
        if stays:
            self.refresh()
        else:
            self.wrap()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew, and keep the same words in sight."""
        del event
        self.wrap()

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        at, width, base = y + round(self.scroll_offset.y), self.scrollable_content_region.width, self.rich_style
        if at >= len(self._lines):
            return Strip.blank(width, base)
        start, end = self._lines[at]
        stretches = self.passage[start:end].render(end="")
        return Strip(Segment(text, base + style.rich_style) for text, style in stretches).adjust_cell_length(
            width, base
        )

    def wrap(self) -> None:
        """Find the lines at this width, and scroll to the character that is to be in sight."""
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        self._lines = wrapped(self.passage.plain, width)
        self.virtual_size = Size(width, len(self._lines))
        line = max(0, bisect_right(self._lines, (self._focus, len(self.passage.plain))) - 1)
        top = max(0, line - min(_ABOVE, self.size.height // 3))
        # At once: Textual would wait for the next refresh, and then move line by line.
        self.scroll_to(y=top, animate=False, immediate=True, force=True)
        self.refresh()
