"""What each key does on the screen."""

from collections.abc import Callable, Mapping

from textual import events, work

from factcheck.domain.evidence import EvidenceDraft
from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import Act
from factcheck.errors import ConflictError, FactcheckError
from factcheck.screen import bars, forms
from factcheck.screen.advice import with_advice
from factcheck.screen.article_body import Scrolling
from factcheck.screen.claim_screen import ClaimScreen
from factcheck.screen.claim_text import quote_told
from factcheck.screen.form_screen import FormScreen
from factcheck.screen.forms import Form
from factcheck.screen.help_screen import HelpScreen
from factcheck.screen.keys import Keymap
from factcheck.screen.opening import open_source
from factcheck.screen.passages import Ink, Passage, harmless, joined, own, said
from factcheck.screen.session import Session, adjudicates
from factcheck.workflow.collect_evidence import AddedEvidence

_TICK_SECONDS = 5
_DRAFT_SECONDS = 2
_FIRST_COUNT_SECONDS = 0.3
_COUNT_EVERY = 6
"""So many ticks pass between two counts of the queue."""

Deed = Callable[[], str | None]
Send = Callable[[Mapping[str, str]], str | None]


class DeskScreen(ClaimScreen):
    """The claim on the screen, and the acts of a reviewer as keys."""

    def __init__(self, session: Session, keymap: Keymap) -> None:
        super().__init__(session, keymap)
        self._scrolls_claim = False
        self._ticks = 0
        self._form: FormScreen | None = None
        self._fetches = 0
        self._deeds = self.deeds()

    def deeds(self) -> Mapping[str, Deed]:
        """What the acts of the keymap do, by name."""
        return {
            "labels": self._ask_label,
            "evidence": self._ask_source,
            "reasons": self._ask_reasons,
            "note": lambda: self.ask_words("note", "Leave a note", "words to colleagues", self.session.note),
            "correct": self._ask_correction,
            "split": self._ask_parts,
            "same": self._ask_same,
            "not_checkable": self._ask_not_checkable,
            "skip": self._skip,
            "flag": lambda: self.ask_words("flag", "Flag for the editor", "why", self.session.flag),
            "open": self._open_source,
            "back": lambda: self._look_back(1),
            "forward": lambda: self._look_back(-1),
            "undo": self.session.undo,
            "draft": self._keep_draft_now,
            "help": self._help,
            "quit": self._quit,
            "pane": self._other_pane,
        }

    def on_mount(self) -> None:
        """From now on the clock ticks."""
        self.set_interval(_TICK_SECONDS, self.tick)
        self.set_interval(_DRAFT_SECONDS, self.keep_draft)
        self.set_timer(_FIRST_COUNT_SECONDS, self.count)

    def on_key(self, event: events.Key) -> None:
        """Do what the key is bound to."""
        event.stop()
        if self._form is not None:  # the key was pressed for the form that is just being opened
            self._form.take(events.Key(event.key, event.character))
            return
        act = self._act_of(_name(event))
        if act is not None:
            self.do(act)
        elif not self._pane().takes(event.key):
            self.tell(own("this key does nothing here; ") + self._key("help") + own(" shows what keys do"))

    def do(self, act: Deed) -> None:
        """Do something, tell what was done or why not, and show where that leads."""
        before = self.session.current
        try:
            self.session.renew()
            told = act()
        except FactcheckError as error:
            self.tell(own("! ", Ink.WARNING) + said(with_advice(error, self.keymap)))
            self._let_go_of_lost(error)
        else:
            if told:
                self.tell(own(harmless(told)))
        if self.session.current is not before:
            self.past = None
            self.show()

    def tick(self) -> None:
        """Move the clock; look for a claim where there is none; count now and then."""
        self._ticks += 1
        if self.session.current is None and self.past is None and self.is_current:
            self.do(self._look_for_claim)
        self.draw_head()
        if self._ticks % _COUNT_EVERY == 0:
            self.count()

    def keep_draft(self) -> None:
        """Store what is typed, so that it outlives a crash."""
        try:
            self.session.keep_draft()
        except FactcheckError as error:
            self.tell(own("! the draft is not kept: ", Ink.WARNING) + said(str(error)))

    def _act_of(self, key: str) -> Deed | None:
        place, name = self.keymap.label_at(key), self.keymap.act(key)
        if place is not None:
            return lambda: self._decide(place)
        return self._deeds[name] if name else None

    def _decide(self, place: int) -> str:
        labels = self.session.desk.scale.labels
        self.in_hand()
        if place >= len(labels):
            message = f"the scale {self.session.desk.scale.id!r} has {len(labels)} labels; this key gives none"
            raise ConflictError(message)
        return self.session.decide(labels[place].id)

    def _skip(self) -> str:
        self.in_hand()
        return self.session.skip()

    def _look_for_claim(self) -> None:
        self.session.take()

    def _let_go_of_lost(self, error: FactcheckError) -> None:
        """Go on where the claim in hand is no longer the reviewer's."""
        if isinstance(error, ConflictError) and self.session.has_lost_claim():
            self.session.keep_draft()
            self.session.take()

    def _keep_draft_now(self) -> str:
        return "draft kept" if self.session.keep_draft() or self.session.typed else "nothing is typed yet"

    def _ask(self, form: Form, send: Send, start: Mapping[str, str] | None = None) -> None:
        """Put a form over the screen, with what was typed before; what it comes to is done when it is sent."""

        def left(typed: dict[str, str] | None) -> None:
            self._form = None
            if typed is not None:
                self.do(lambda: self._send(form, typed, send))
            self.show()

        self._form = FormScreen(form, self.session.typed.get(form.name, start or {}), self.session.keep)
        self.app.push_screen(self._form, left)

    def _send(self, form: Form, typed: Mapping[str, str], send: Send) -> str | None:
        claim = self.in_hand()
        told = send(typed)
        if self.session.current is not None and self.session.current.id == claim.id:
            self.session.keep(form.name, typed if form.waits else {})
        return told

    def ask_words(self, name: str, title: str, label: str, send: Callable[[str], str]) -> None:
        """Ask for words that are needed, and do something with them."""
        self.in_hand()
        self._ask(forms.words_form(name, title, label), lambda typed: send(typed["text"]))

    def _ask_label(self) -> None:
        self.in_hand()
        self._ask(forms.labels_form(self.session.desk.scale), lambda typed: self.session.decide(typed["label"].strip()))

    def _ask_source(self) -> None:
        number = self.in_hand().id
        self._ask(forms.evidence_form(), lambda typed: self._add_source(number, forms.evidence_draft(typed)))

    def _add_source(self, number: int, draft: EvidenceDraft) -> str:
        self._fetches += 1
        self._fetch(number, draft)
        return "the source is being fetched; go on meanwhile"

    @work(thread=True, group="fetch", exit_on_error=False)
    def _fetch(self, number: int, draft: EvidenceDraft) -> None:
        """Add a source beside the screen: its page may be slow."""
        try:
            added = self.session.add_source(number, draft)
        except FactcheckError as error:
            told = own("! no source is added: ", Ink.WARNING) + said(str(error))
        else:
            told = own(f"claim {number} has a source") + _trouble(added)
        self.app.call_from_thread(self._fetched, told)

    def _fetched(self, told: Passage) -> None:
        self._fetches = max(0, self._fetches - 1)
        self.tell(told)
        self.session.look_again()
        if self._form is None and self.past is None:
            self.show()

    def _ask_reasons(self) -> None:
        """The form's text stays typed when it is sent: the next digit takes it."""
        form = forms.reasons_form(adjudicates=adjudicates(self.in_hand()))
        self._ask(form, lambda _: "reasons kept; a digit gives the verdict with them")

    def _ask_not_checkable(self) -> None:
        self.session.require(Act.NOT_CHECKABLE)
        self.ask_words("aside", "Not checkable", "why not", self.session.set_aside)

    def _ask_correction(self) -> None:
        self.session.require(Act.REWORDED)
        claim = self.in_hand()
        start = {"text": claim.words}
        self._ask(forms.correct_form(claim), lambda typed: self.session.correct(typed["text"]), start)

    def _ask_parts(self) -> None:
        self.session.require(Act.SPLIT)
        claim = self.in_hand()
        start = {"text": claim.words}
        self._ask(forms.split_form(claim), lambda typed: self.session.split(typed["text"]), start)

    def _ask_same(self) -> None:
        self.session.require(Act.DUPLICATE)
        form = forms.same_form(self.in_hand(), self._words_of)
        self._ask(form, lambda typed: self.session.merge(int(typed["number"])))

    def _words_of(self, number: int) -> Passage:
        try:
            return said(self.session.look_at(number).words)
        except FactcheckError as error:
            return said(str(error), Ink.WARNING)

    def in_hand(self) -> QueuedClaim:
        """The claim that acts are about. Raises ConflictError while the reviewer looks back, or has none."""
        if self.past is not None or self.session.current is None:
            message = "there is no claim in hand here; come forward first, or wait for one"
            raise ConflictError(message)
        return self.session.current

    def _look_back(self, step: int) -> str | None:
        decisions = self.past[0] if self.past else self.session.history()
        place = (self.past[1] if self.past else -1) + step
        if place >= len(decisions):
            return "nothing further back" if decisions else "you have decided nothing yet"
        was, self.past = self.past, (decisions, place) if place >= 0 else None
        if was != self.past:
            self.show()
        return None

    def _open_source(self) -> str:
        claim = self.past[0][self.past[1]].claim if self.past else self.in_hand()
        return open_source(self.session.reading(claim).filed.article.url, self.app.copy_to_clipboard)

    def _pane(self) -> Scrolling:
        return self.query_one("#claim" if self._scrolls_claim else "#text", Scrolling)

    def _other_pane(self) -> str:
        self._scrolls_claim = not self._scrolls_claim
        return f"arrows and page keys scroll the {'claim' if self._scrolls_claim else 'article'}"

    def _help(self) -> None:
        self.app.push_screen(HelpScreen(bars.help_text(self.session.desk.scale, self.keymap)))

    def _quit(self) -> str | None:
        if self._fetches:
            self._fetches = 0
            return "a source is still being fetched; once more leaves without it"
        self.app.exit()
        return None

    def _key(self, name: str) -> Passage:
        return own("".join(self.keymap.keys_of(name)[:1]), Ink.KEY)


def _trouble(added: AddedEvidence) -> Passage:
    """What a person should know of a source that was added, if there is anything."""
    told = [said(str(one), Ink.WARNING) for one in added.trouble]
    told += [quote_told(added.evidence)] if added.evidence.quote else []
    return joined([own(":"), *told], " ") if told else Passage()


def _name(event: events.Key) -> str:
    """A key by the name that the keymap has for it."""
    if event.key == "space":
        return event.key
    return event.character if event.character and event.character.isprintable() else event.key
