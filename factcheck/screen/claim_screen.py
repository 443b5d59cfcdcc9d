"""The claim and its article on the screen: what is drawn where, and when it is drawn again."""

from collections.abc import Callable
from typing import NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import Stage
from factcheck.screen import bars
from factcheck.screen.article import ArticleBody, ArticleView, Scrolling, article_view
from factcheck.screen.claim_text import about_claim, claim_words, inferred_text, ledger_text, reading_text, similar_text
from factcheck.screen.keys import Keymap
from factcheck.screen.passages import is_right_to_left, joined, own, said
from factcheck.workflow.desk_session import DeskSession

_WIDE = 120
_LOW, _LOWEST, _NARROW = 18, 10, 60
_LEAST_LINES = 3
_FURTHER_SECONDS = 0.15
"""What takes longer begins when the claim stands on the screen, and not for one that is gone already."""


class Visit(NamedTuple):
    """A claim that is looked at and not in hand; `place` is its place among one's last decisions, -1 for none."""

    claim: QueuedClaim
    head: Content
    place: int = -1


class Pane(VerticalScroll, Scrolling, can_focus=False, inherit_bindings=False):
    """A part of the screen that scrolls."""


class ClaimScreen(Screen[None]):
    """The claim, its article, the labels and the keys, without what the keys do."""

    works_alone = "Looking back, undo, help and quit work."

    def __init__(self, session: DeskSession, keymap: Keymap) -> None:
        super().__init__()
        self.session = session
        self.keymap = keymap
        self.visit: Visit | None = None
        self.waiting: dict[int, tuple[QueuedClaim, ...]] = {}
        self._shown: QueuedClaim | None = None
        self._seen: QueuedClaim | None = None
        self._view: ArticleView | None = None
        self._notice = Content()
        self._last: int | None = None
        self._drawn: dict[str, Content] = {}

    def compose(self) -> ComposeResult:
        """Head, claim beside article, labels, notice, keys."""
        yield Static(id="head", markup=False)
        with Container(id="panes"):
            with Pane(id="claim"):
                yield Static(id="words", markup=False)
                with Horizontal(id="readings"):
                    yield Static(id="first", classes="reading", markup=False)
                    yield Static(id="second", classes="reading", markup=False)
                yield Static(id="about", markup=False)
                yield Static(id="similar", markup=False)
                yield Static(id="labels", markup=False)
            with Container(id="article"):
                yield Static(id="title", markup=False)
                yield ArticleBody("text")
        yield Static(id="verdicts", markup=False)
        yield Static(id="notice", markup=False)
        yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """Show what stays the same, and the first claim."""
        self._put("labels", "\n" + bars.label_lines(self.session.desk.scale, self.keymap))
        self.show()

    def on_resize(self) -> None:
        """Lay the panes out anew, and keep the claim's sentence in sight."""
        width = self.size.width - 2
        self._put("verdicts", bars.label_line(self.session.desk.scale, self.keymap, width))
        self._draw_keys()
        self.tell(self._notice)
        self._lay_out()
        self.call_after_refresh(self._put_title)

    def tell(self, notice: Content) -> None:
        """Show a line above the keys."""
        self._notice = notice
        self._put("notice", bars.rule(notice, self.size.width))

    def show(self) -> None:
        """Draw the claim in hand or the one that is only looked at, or why there is no claim."""
        claim = self._shown = self.visit.claim if self.visit else self.session.claim
        self.draw_head()
        self._draw_keys()
        if claim is None:
            self._show_nothing()
        else:
            self._show_claim(claim)
        self.call_after_refresh(self.stands, claim)

    def stands(self, claim: QueuedClaim | None) -> None:
        """Know that this claim stands before the person's eyes, as it was shown."""
        self._seen = claim

    @property
    def is_drawn(self) -> bool:
        """Whether what is shown can be seen: a terminal draws later than the keys come that were typed ahead."""
        return self._seen is self._shown

    @property
    def is_legible(self) -> bool:
        """Whether the terminal has room for some lines of the claim."""
        return self.query_one("#claim").region.intersection(self.query_one("#panes").region).height >= _LEAST_LINES

    def draw_head(self) -> None:
        """Draw the first line."""
        self._put("head", self.visit.head if self.visit else bars.head(self.session, self.session.now()))

    def why_nothing(self) -> str:
        """Why there is no claim in hand."""
        raise NotImplementedError

    def idle(self) -> frozenset[str]:
        """The acts that have nothing to do with what is shown: the footer does without them."""
        return frozenset()

    def _draw_keys(self) -> None:
        self._put("keys", bars.key_line(self.keymap, self.size.width - 2, self.idle()))

    def _show_nothing(self) -> None:
        self._view = None
        self._put("words", said(self.why_nothing()))
        self._put("about", own(f"\nThis screen looks again by itself. {self.works_alone}"))
        for name in ("similar", "title"):
            self._put(name, Content())
        self.query_one(ArticleBody).show(Content(), 0)
        self.query_one("#readings").display = False

    def _show_claim(self, claim: QueuedClaim) -> None:
        self._put("words", claim_words(claim))
        self._put("about", self.about(claim))
        compares = claim.status.stage is Stage.ADJUDICATION and len(claim.readings) > 1
        self.query_one("#readings").display = compares
        if compares:  # both readings side by side, for who decides between them
            self._put("first", reading_text(claim.readings[0]))
            self._put("second", reading_text(claim.readings[1]))
        self._draw_article(claim)
        if claim.id != self._last:
            self._last = claim.id
            self.query_one("#claim", Pane).scroll_home(animate=False)
            self.query_one(ArticleBody).wrap()
        self._put("similar", Content())
        self.set_timer(_FURTHER_SECONDS, lambda: self._look_further(claim) if self._shown is claim else None)

    def about(self, claim: QueuedClaim) -> Content:
        """What stands beneath the claim's words."""
        article = self.session.article(claim)
        home = article.sentence(next(iter(claim.claim.anchor.sentence_ids), 0))
        ledger = ledger_text(home, article.uncovered(home, claim.claim)) if home else Content()
        return joined([about_claim(claim), bars.reasons_text(self.session), inferred_text(claim), ledger])

    def _draw_article(self, claim: QueuedClaim) -> None:
        article = self.session.article(claim)
        self._view = article_view(article.filed, article.sentences, claim.claim, article.claims_besides(claim.id))
        self._lay_out()
        self.query_one(ArticleBody).show(self._view.body, self._view.focus)
        self._put_title()

    @work(thread=True, exclusive=True, group="further", exit_on_error=False)
    def _look_further(self, claim: QueuedClaim) -> None:
        """Read beside the screen what may take a while: the article's other claims, and similar verdicts."""
        # A worker draws nothing itself: by the time that it is done, another claim may stand on the screen.
        if self.session.article(claim).claims is None:
            self.session.look_for_others(claim)
            self.app.call_from_thread(self._if_shown, claim, lambda: self._draw_further(claim))
        checked = self.session.already_checked(claim)
        self.waiting = {claim.id: checked.waiting}
        similar = similar_text(checked, "".join(self.keymap.keys_of("already")[:1]))
        self.app.call_from_thread(self._if_shown, claim, lambda: self._put("similar", similar))

    def _draw_further(self, claim: QueuedClaim) -> None:
        self._put("about", self.about(claim))  # the ledger's line tells what no claim holds
        self._draw_article(claim)

    def _if_shown(self, claim: QueuedClaim, draw: Callable[[], None]) -> None:
        if self._shown is claim:
            draw()

    @work(thread=True, exclusive=True, group="count", exit_on_error=False)
    def count(self) -> None:
        """Count the queue beside the screen: with a million claims that takes a while."""
        self.app.call_from_thread(self.session.waiting_counted, self.session.count_waiting())
        self.app.call_from_thread(self.draw_head)

    def _lay_out(self) -> None:
        """Panes beside each other where there is room; right-to-left text has its lines to itself."""
        # A terminal that turns such lines by itself would mix two panes that share them.
        # The article may run the other way than the claim, as where a claim was written in another language.
        turned = self._shown is not None and is_right_to_left(self._shown.words)
        turned = turned or (self._view is not None and is_right_to_left(self._view.body.plain))
        is_wide = self.size.width >= _WIDE and not turned
        self.query_one("#panes").set_class(is_wide, "wide")
        # What a person judges has the room before what helps to judge it.
        is_low = self.size.height < _LOW
        self.set_class(is_low and not is_wide, "low")
        self.set_class(self.size.height < _LOWEST or (is_low and self.size.width < _NARROW), "tiny")

    def _put_title(self) -> None:
        width = self.query_one("#article").size.width
        if self._view is not None and width:  # a small terminal has no room for the article
            self._put("title", bars.rule(self._view.title.truncate(bars.room_on_rule(width), ellipsis=True), width))

    def _put(self, name: str, passage: Content) -> None:
        """Show a passage, unless it stands there already: drawing takes longer than comparing."""
        drawn = self._drawn.get(name)
        if drawn is None or not drawn.is_same(passage):
            self._drawn[name] = passage
            self.query_one(f"#{name}", Static).update(passage)
