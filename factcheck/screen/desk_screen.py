"""What the keys do for a reviewer."""

from collections.abc import Mapping
from functools import partial

from textual.content import Content

from factcheck.domain.states import Act, Stage
from factcheck.errors import ConflictError, FactcheckError
from factcheck.screen import forms
from factcheck.screen.acting_screen import Deed
from factcheck.screen.passages import Ink, said
from factcheck.screen.sources_screen import SourcesScreen
from factcheck.workflow.explain_queue import why_nothing_free
from factcheck.workflow.review_session import ReviewSession


class DeskScreen(SourcesScreen):
    """A claim to be read, and the acts of a reviewer as keys."""

    session: ReviewSession

    def deeds(self) -> Mapping[str, Deed]:
        """What a reviewer's acts do."""
        session = self.session
        return {
            **super().deeds(),
            "labels": self._ask_label,
            "reasons": self._ask_reasons,
            "correct": self._ask_correction,
            "split": self._ask_parts,
            "same": self._ask_same,
            "not_checkable": partial(
                self.ask_words, forms.ASIDE, session.set_aside, "is not checkable", Act.NOT_CHECKABLE
            ),
            "skip": partial(self.act, session.skip, "is at the end of the queue"),
            "flag": partial(self.ask_words, forms.FLAG, session.flag, "is flagged for the editor"),
            "back": partial(self._look_back, 1),
            "forward": partial(self._look_back, -1),
            "undo": self._undo,
        }

    def deed_of(self, key: str) -> Deed | None:
        """What a key does; those of the labels give a verdict."""
        labels = self.keymap.labels
        return partial(self._decide_by_key, labels.index(key)) if key in labels else super().deed_of(key)

    def why_nothing(self) -> str:
        """Why there is no claim in hand."""
        return str(why_nothing_free(self.session.desk, self.session.person))

    def _decide_by_key(self, place: int) -> str:
        scale = self.session.desk.scale
        self.in_hand()
        if place >= len(scale.labels):
            raise ConflictError(f"the scale {scale.id!r} has {len(scale.labels)} labels; this key gives none")
        return self._decide(scale.labels[place].id)

    def _decide(self, label_id: str) -> str:
        claim = self.in_hand()
        self.session.decide(label_id, *forms.reasons(self.session.typed.get("reasons", {})))
        return f"claim {claim.id} is {label_id}"

    def _ask_label(self) -> None:
        self.in_hand()
        self.ask(forms.labels_form(self.session.desk.scale), lambda typed: self._decide(typed["label"].strip()))

    def _ask_reasons(self) -> None:
        """The form's text stays typed when it is sent: the next digit takes it."""
        form = forms.reasons_form(adjudicates=self.in_hand().status.stage is Stage.ADJUDICATION)
        self.ask(form, lambda _: "reasons kept; a digit gives the verdict with them")

    def _ask_correction(self) -> None:
        claim, reword = self.in_hand(Act.REWORDED), self.session.reword
        told = "the words of claim {} are corrected"
        self.ask(forms.correct_form(claim), lambda typed: told.format(reword(typed["text"]).id), {"text": claim.words})

    def _ask_parts(self) -> None:
        claim = self.in_hand(Act.SPLIT)

        def send(typed: Mapping[str, str]) -> str:
            made = self.session.split(forms.parts(typed["text"]))
            return f"claim {claim.id} is split into {', '.join(str(one.id) for one in made)}"

        self.ask(forms.split_form(claim), send, {"text": claim.words})

    def _ask_same(self) -> None:
        claim = self.in_hand(Act.DUPLICATE)

        def words_of(number: int) -> Content:
            try:
                return said(self.session.look_at(number).words)
            except FactcheckError as error:
                return said(str(error), Ink.WARNING)

        def send(typed: Mapping[str, str]) -> str:
            other = int(typed["number"])
            return f"claim {self.session.merge(other).id} is the same as claim {other}"

        self.ask(forms.same_form(claim, words_of), send)

    def _look_back(self, step: int) -> str | None:
        decisions = self.past[0] if self.past else self.session.history()
        place = (self.past[1] if self.past else -1) + step
        if place >= len(decisions):
            return "nothing further back" if decisions else "you have decided nothing yet"
        was, self.past = self.past, (decisions, place) if place >= 0 else None
        if was != self.past:
            self.show()
        return None

    def _undo(self) -> str:
        act, claim = self.session.undo()
        return f"undone: claim {claim.id} is no longer {act.value.replace('_', ' ')}"
