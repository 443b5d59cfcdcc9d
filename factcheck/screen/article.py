"""The article on the screen: the part around the claim, its words and others' marked, drawn line by line."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from factcheck.domain.article import FiledArticle
from factcheck.domain.block_kind import BlockKind
from factcheck.domain.claim import Claim
from factcheck.domain.sentence import Sentence, Span
from factcheck.screen.passages import Ink, harmless, joined, own, said
from factcheck.text.marks import hide_marks

_BEFORE = 4000
_AFTER = 8000

_ABOVE = 3
"""So many lines stay in sight above the claim's sentence."""


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What stands in the article's pane; `focus` is where in its text the claim's sentence begins."""

    title: Content
    body: Content
    focus: int


def article_view(
    filed: FiledArticle, sentences: Sequence[Sentence], claim: Claim, others: Iterable[Claim]
) -> ArticleView:
    """The part of the article around the claim, its words marked; a long article is cut at sentences.

    The claim's sentence is strong and its words are reversed; words of other claims are underlined.
    """
    wanted = set(claim.anchor.sentence_ids)
    places = [one.span for one in sentences if one.position in wanted] or list(claim.anchor.segments[:1])
    home = places[0] if places else Span(0, 1)
    window = _window(filed.article.text, sentences, home)
    marks = [(span, Ink.OTHER) for span in sorted({span for other in others for span in other.anchor.segments})]
    marks += [(span, Ink.STRONG) for span in places] + [(span, Ink.QUOTED) for span in claim.anchor.segments]
    cut = Content(harmless(window.cut(hide_marks(filed.article.text, sentences))))
    for span, ink in marks:
        if span.end > window.start:
            cut = cut.stylize(ink, max(0, span.start - window.start), span.end - window.start)
    above = own("… the article begins further up …\n" if window.start else "", Ink.FAINT)
    below = own("\n… the article goes on …" if window.end < len(filed.article.text) else "", Ink.FAINT)
    begun = [one for one in sentences if window.start <= one.span.start < window.end]
    numbers = sum(len(_number(one)) for one in begun if places and one.span.start <= home.start)
    focus = max(home.start, window.start) - window.start + len(above) + numbers
    about = [f"article {filed.id}", filed.article.name, *filed.article.authors]
    about += [filed.article.published_as.isoformat()] if filed.article.published_as else []
    return ArticleView(said(" · ".join(about)), above + _numbered(cut, begun, window.start) + below, focus)


def _numbered(cut: Content, begun: Sequence[Sentence], start: int) -> Content:
    """The part of the article from `start`, a number before each of the sentences that begin in it."""
    first, *stretches = cut.divide([one.span.start - start for one in begun])
    pairs = zip((own(_number(one), Ink.FAINT) for one in begun), stretches, strict=True)
    return joined([first, *chain.from_iterable(pairs)], "")


def _number(sentence: Sentence) -> str:
    """What stands before a sentence: its number, the kind of its block and, where no answer has come for it, that."""
    state, kind = sentence.entry.state, sentence.block
    told = ["" if kind is BlockKind.PARAGRAPH else kind.value, "" if state.is_answered else state.value]
    return f"[{' '.join(filter(None, (str(sentence.position), *told)))}] "


def _window(text: str, sentences: Sequence[Sentence], home: Span) -> Span:
    """The stretch of the article that is shown, from one sentence's start to another's end."""
    first, last = max(0, home.start - _BEFORE), min(len(text), home.end + _AFTER)
    start = min((one.span.start for one in sentences if one.span.start >= first), default=first) if first else 0
    end = max((one.span.end for one in sentences if one.span.end <= last), default=last) if last < len(text) else last
    return Span(min(start, home.start), max(end, min(home.end, last)))


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
        self._lines: list[Content] = []

    def show(self, passage: Content, focus: int) -> None:
        """Draw another passage, the character `focus` in sight; other marks alone leave it where it is scrolled to."""
        stays = (passage.plain, focus) == (self.passage.plain, self._focus)
        self.passage, self._focus = passage, focus
        self.wrap(stays=stays)

    def on_resize(self) -> None:
        """Wrap anew, and keep the same words in sight."""
        self.wrap()

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        at, width, base = y + round(self.scroll_offset.y), self.scrollable_content_region.width, self.rich_style
        if at >= len(self._lines):
            return Strip.blank(width, base)
        stretches = [Segment(text, base + style.rich_style) for text, style in self._lines[at].render(end="")]
        return Strip(stretches).adjust_cell_length(width, base)

    def wrap(self, *, stays: bool = False) -> None:
        """Find the lines at this width and, unless it stays, scroll to the character that is to be in sight."""
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        self._lines = self.passage.wrap(width)
        self.virtual_size = Size(width, len(self._lines))
        if not stays:
            ends = [0]
            for line in self._lines:  # blanks where a line is broken stand in no line
                ends.append(self.passage.plain.index(line.plain, ends[-1]) + len(line))
            top = max(0, bisect_right(ends, self._focus, 1) - 1 - min(_ABOVE, self.size.height // 3))
            # At once: Textual would wait for the next refresh, and then move line by line.
            self.scroll_to(y=top, animate=False, immediate=True, force=True)
        self.refresh()
