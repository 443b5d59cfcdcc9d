"""Keys, forms and the clock over the claim: what the screens of reviewers and editors have in common."""

import webbrowser
from collections.abc import Callable, Mapping
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from factcheck.domain.alike import PastClaim
from factcheck.domain.evidence import require_web_address
from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import Act
from factcheck.errors import ConflictError, FactcheckError, InputError, MovedOnError
from factcheck.screen import bars, forms
from factcheck.screen.alike_screen import AlikeScreen
from factcheck.screen.article import Scrolling
from factcheck.screen.claim_screen import ClaimScreen, Pane, Visit
from factcheck.screen.form_screen import FormScreen
from factcheck.screen.forms import Form
from factcheck.screen.keys import AT_ONCE, with_advice
from factcheck.screen.list_screen import ListScreen
from factcheck.screen.look_screen import LookScreen
from factcheck.screen.passages import Ink, harmless, own, said

_TICK_SECONDS = 5
_DRAFT_SECONDS = 2
_FIRST_COUNT_SECONDS = 0.3
ALIKE_LISTED = 8
_COUNT_EVERY = 6
"""So many ticks pass between two counts of the queue."""

Deed = Callable[[], str | Content | None]
"""Does something, and says what was done."""

Send = Callable[[Mapping[str, str]], str | Content | None]


class ActingScreen(ClaimScreen):
    """The claim on the screen, and the keys that everybody has."""

    form: FormScreen | ListScreen | AlikeScreen | LookScreen | None = None
    _scrolls_claim = False
    _ticks = 0
    _early: tuple[events.Key, ...] = ()

    def deeds(self) -> Mapping[str, Deed]:
        """What the acts of the keymap do, by name."""
        return {
            "note": partial(self.ask_words, forms.NOTE, self.session.note, "has a note"),
            "already": self._show_alike,
            "list": partial(self.choose, "claims", self._go_to),
            "go": partial(self.choose, "claims", self._go_to, asks="number"),
            "forward": self.come_forward,
            "open": self._open_source,
            "draft": self._keep_draft_now,
            "help": self._help,
            "quit": self.leave,
            "pane": self._other_pane,
        }

    def on_mount(self) -> None:
        """From now on the clock ticks."""
        self.set_interval(_TICK_SECONDS, self.tick)
        self.set_interval(_DRAFT_SECONDS, self.keep_draft)
        self.set_timer(_FIRST_COUNT_SECONDS, self.count)

    def on_key(self, event: events.Key) -> None:
        """Do what the key is bound to, once the claim can be seen.

        A key that would end the work on a claim by itself does nothing to one that nobody has seen yet, as where it was
        pressed twice; other keys, and what is typed behind them, wait until it is drawn.
        """
        event.stop()
        if self.form is not None:  # the key was pressed for the form that is just being opened
            self.form.take(events.Key(event.key, event.character))
        elif self.is_drawn:
            self._press(event)
        elif self._early or not self.is_done_at_once(_name_of(event)):
            self._early = (*self._early, event)

    def stands(self, claim: QueuedClaim | None) -> None:
        """Take the keys that have waited for it."""
        super().stands(claim)
        early, self._early = self._early, ()
        for event in early:
            if self.form is not None or not self.is_done_at_once(_name_of(event)):
                self.on_key(event)

    def is_done_at_once(self, key: str) -> bool:
        """Whether a key does something to the claim in hand without asking anything."""
        return self.keymap.acts.get(key) in AT_ONCE

    def _press(self, event: events.Key) -> None:
        deed = self.deed_of(_name_of(event))
        if deed is not None and self.is_done_at_once(_name_of(event)) and not self.is_legible:
            self.tell(own("the terminal is too small to show the claim: nothing is done"))
        elif deed is not None:
            self.do(deed)
        elif not self.query_one("#claim" if self._scrolls_claim else "#text", Scrolling).takes(event.key):
            help_key = own("".join(self.keymap.keys_of("help")[:1]), Ink.STRONG)
            self.tell("this key does nothing here; " + help_key + " shows what keys do")

    def deed_of(self, key: str) -> Deed | None:
        """What a key does, None if it does nothing. Keys are named as in the keymap."""
        name = self.keymap.acts.get(key)
        return self.deeds()[name] if name else None

    def do(self, deed: Deed) -> None:
        """Do something, tell what was done or why not, and show where that leads."""
        before = self.session.claim
        try:
            if self.session.renew():
                before = self.session.claim
                self.draw_head()
            done = deed()
        except FactcheckError as error:
            told, claim = with_advice(error, self.keymap), self.session.claim
            if isinstance(error, MovedOnError) and claim and before and claim.id == before.id:
                told = f"claim {claim.id} has changed since it was shown; read it again"
            self.tell(own("! ", Ink.WARNING) + said(told))
        else:
            if done:
                self.tell(done if isinstance(done, Content) else own(harmless(done)))
        if self.session.claim is not before:  # it went on to another claim, or this one is shown anew
            self.visit = None
            self.show()

    def tick(self) -> None:
        """Move the clock; look for a claim where there is none; count now and then."""
        self._ticks += 1
        # Whoever looks back, or types, is not torn away when a claim becomes free.
        if self.session.claim is None and self.visit is None and self.is_current:
            self.do(self.session.take)
        self.draw_head()
        if self._ticks % _COUNT_EVERY == 0:
            self.count()

    def keep_draft(self) -> None:
        """Store what is typed, so that it outlives a crash."""
        try:
            self.session.keep_draft()
        except FactcheckError as error:
            self.tell(own("! the draft is not kept: ", Ink.WARNING) + said(str(error)))

    def in_hand(self, act: Act | None = None) -> QueuedClaim:
        """The claim that acts are about, to which this one can be done. Raises ConflictError."""
        if self.visit is not None or self.session.claim is None:
            raise ConflictError("there is no claim in hand here; come forward first, or wait for one")
        if act is not None:
            self.session.require(act)
        return self.session.claim

    def ask(self, form: Form, send: Send, start: Mapping[str, str] | None = None) -> None:
        """Put a form over the screen, with what was typed before; what it comes to is done when it is sent."""

        def left(typed: dict[str, str] | None) -> None:
            self.form = None
            if typed is not None:
                self.do(lambda: self._send(form, typed, send))
            self.show()

        self.form = FormScreen(form, self.session.typed.get(form.name, start or {}), self.session.keep)
        self.app.push_screen(self.form, left)

    def ask_words(self, form: Form, send: Callable[[str], QueuedClaim], done: str, act: Act | None = None) -> None:
        """Ask for words that are needed, do something to the claim with them, and say so."""
        self.in_hand(act)
        self.ask(form, lambda typed: f"claim {send(typed['text']).id} {done}")

    def choose(self, title: str, then: Callable[[int], str], *, asks: str = "") -> None:
        """Put the list of claims over the screen, and do something with the one that is chosen."""
        here = self.visit.claim if self.visit else self.session.claim

        def left(number: int | None) -> None:
            self.form = None
            if number is not None:
                self.do(lambda: then(number))
            self.show()

        self.form = ListScreen(self.session, title, here, asks=asks)
        self.app.push_screen(self.form, left)

    def carry_over(self, past: PastClaim) -> str:
        """Give the claim in hand the verdict that stands on another. Only readers do; others just look."""
        raise NotImplementedError

    carries = False
    """Whether this screen's person gives verdicts."""

    def _show_alike(self) -> None:
        here = self.visit.claim if self.visit else self.in_hand()
        found = self.session.already_checked(here, ALIKE_LISTED)
        opens = partial(open_address, copy=self.app.copy_to_clipboard)

        def left(past: PastClaim | None) -> None:
            self.form = None
            if past is not None:
                self.do(lambda: self.carry_over(past))
            self.show()

        self.form = AlikeScreen(here, found, opens, carries=self.carries and self.visit is None)
        self.app.push_screen(self.form, left)

    def come_forward(self) -> str | None:
        """Show the claim in hand again."""
        if self.visit is not None:
            self.visit = None
            self.tell(Content())
            self.show()
        return None

    def act(self, do: Callable[[], QueuedClaim], done: str) -> str:
        """Do something to the claim in hand; returns what was done, in words."""
        self.in_hand()
        return f"claim {do().id} {done}"

    def leave(self) -> str | None:
        """Leave the desk; the session's end gives back what is to be given back."""
        self.app.exit()
        return None

    def _send(self, form: Form, typed: Mapping[str, str], send: Send) -> str | Content | None:
        before = self.session.claim
        done = send(typed)
        # The next claim has text of its own; what was sent about this one is not kept, unless another act takes it.
        if before is None or (self.session.claim is not None and self.session.claim.id == before.id):
            self.session.keep(form.name, typed if form.waits else {})
        return done

    def _go_to(self, number: int) -> str:
        """Take a claim up; one that is not theirs to take is looked at, and why it is not is told."""
        self.visit = None
        try:
            return f"claim {self.session.go_to(number).id} is in your hands"
        except ConflictError:
            claim = self.session.look_at(number)
            self.visit = Visit(claim, bars.visit_text(claim, self.keymap))
            raise

    def _open_source(self) -> str:
        claim = self.visit.claim if self.visit else self.in_hand()
        return open_source(self.session.article(claim).filed.article.url, self.app.copy_to_clipboard)

    def _keep_draft_now(self) -> str:
        return "draft kept" if self.session.keep_draft() or self.session.typed else "nothing is typed yet"

    def _help(self) -> None:
        self.app.push_screen(HelpScreen(bars.help_text(self.session.desk.scale, self.keymap)))

    def _other_pane(self) -> str:
        self._scrolls_claim = not self._scrolls_claim
        return f"arrows and page keys scroll the {'claim' if self._scrolls_claim else 'article'}"


class HelpScreen(ModalScreen[None]):
    """Keys, labels and marks; any key that does not scroll leaves it."""

    def __init__(self, text: Content) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The text in a pane."""
        with Pane(id="help"):
            yield Static(self._text, markup=False)

    def on_key(self, event: events.Key) -> None:
        """Scroll, or leave."""
        event.stop()
        if not self.query_one(Pane).takes(event.key):
            self.dismiss(None)


def _name_of(event: events.Key) -> str:
    """The key as the keymap names it."""
    character = event.character if event.key != "space" and (event.character or "").isprintable() else None
    return character or event.key


def open_source(url: str | None, copy: Callable[[str], None]) -> str:
    """Open an article's address in a browser; returns what was done. Raises InputError if there is none."""
    if url is None:
        raise InputError("this article came without a web address; it was read from a file or a pipe")
    return open_address(url, copy)


def open_address(url: str | None, copy: Callable[[str], None]) -> str:
    """Open an address in a browser; returns what was done. Raises InputError if it is not one of the web.

    A browser that runs in the terminal would draw over the screen, so the address is copied then:
    many terminals take it, over SSH too.
    """
    if url is None:
        raise InputError("this source has no web address")
    address = require_web_address(url)
    try:
        # A generic browser is one that the terminal waits for, such as lynx; its subclasses go their own way.
        if type(webbrowser.get()) is not webbrowser.GenericBrowser and webbrowser.open(address):
            return f"opened {address}"
    except webbrowser.Error:
        pass
    copy(address)
    return f"copied for your terminal: {address}"
