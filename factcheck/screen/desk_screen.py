"""What the keys do for a reviewer."""

from collections.abc import Mapping
from functools import partial

from textual.content import Content

from factcheck.domain.alike import PastClaim
from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import Act, Stage
from factcheck.errors import ConflictError
from factcheck.screen import bars, forms
from factcheck.screen.acting_screen import Deed
from factcheck.screen.claim_screen import Visit
from factcheck.screen.claim_text import reading_text, waiting_words
from factcheck.screen.passages import Ink, joined, own, said
from factcheck.screen.sources_screen import SourcesScreen
from factcheck.workflow.explain_queue import why_nothing_free
from factcheck.workflow.review_claim import concerns_about
from factcheck.workflow.review_session import ReviewSession


class DeskScreen(SourcesScreen):
    """A claim to be read, and the acts of a reviewer as keys."""

    session: ReviewSession
    carries = True

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
            "alike": self._take_alike,
            "skip": partial(self.act, session.skip, "is at the end of the queue"),
            "flag": partial(self.ask_words, forms.FLAG, session.flag, "is flagged for the editor"),
            "speaker": self._ask_speaker,
            "add": self._ask_claim,
            "back": partial(self._look_back, 1),
            "forward": partial(self._look_back, -1),
            "undo": self._undo,
        }

    def deed_of(self, key: str) -> Deed | None:
        """What a key does; those of the labels give a verdict."""
        labels = self.keymap.labels
        return partial(self._decide_by_key, labels.index(key)) if key in labels else super().deed_of(key)

    def is_done_at_once(self, key: str) -> bool:
        """Whether a key does something to the claim in hand without asking anything; those of the labels do."""
        return key in self.keymap.labels or super().is_done_at_once(key)

    def why_nothing(self) -> str:
        """Why there is no claim in hand."""
        session = self.session
        is_narrowed = session.stage is not None or session.among is not None
        return str(why_nothing_free(session.desk, session.person, is_narrowed=is_narrowed))

    def about(self, claim: QueuedClaim) -> Content:
        """Beneath a claim that is only looked at, what came of it stands first."""
        readings = map(reading_text, reversed(claim.given)) if self.visit and claim.status.is_settled else ()
        return joined([*readings, super().about(claim)], "\n\n")

    def _decide_by_key(self, place: int) -> Content:
        scale = self.session.desk.scale
        self.in_hand()
        if place >= len(scale.labels):
            raise ConflictError(f"the scale {scale.id!r} has {len(scale.labels)} labels; this key gives none")
        return self._decide(scale.labels[place].id)

    def _decide(self, label_id: str) -> Content:
        self.in_hand()
        decided = self.session.decide(label_id, *forms.reasons(self.session.typed.get("reasons", {})))
        concerns = (said(str(one)) for one in concerns_about(self.session.desk, decided))
        warning = joined(concerns, "; ").stylize(Ink.WARNING)
        told = own(f"claim {decided.id} is {label_id}") + (own(" ! ", Ink.WARNING) + warning if warning else Content())
        if not (waiting := self.waiting.get(decided.id)):
            return told
        key = "".join(self.keymap.keys_of("alike")[:1])
        return told + own(f" · {waiting_words(waiting)} may say the same; {key} takes it")

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
        number = self.in_hand(Act.DUPLICATE).id
        told = "claim {} is the same as claim {}"
        self.choose(f"claim {number} says the same as", lambda other: told.format(self.session.merge(other).id, other))

    def carry_over(self, past: PastClaim) -> str:
        """Give the claim in hand the verdict that was shown of another, and go on."""
        self.in_hand()
        number = past.claim.id
        decided = self.session.carry_over(number, past.verdict.label)
        label = next((one.label for one in reversed(decided.readings)), "")
        return f"claim {decided.id} is {label}, carried over from claim {number}, without its sources"

    def _take_alike(self) -> Content:
        """The next claim that says what was decided last; its verdict is offered there, and not given."""
        decided, self.visit = self.session.take_alike(), None
        keys = "".join(self.keymap.keys_of("already")[:1])
        number = self.session.in_hand().id
        return own(f"claim {number} may say the same as claim {decided}; {keys} shows what was decided on that")

    def _ask_speaker(self) -> None:
        claim, told = self.in_hand(Act.ATTRIBUTED), "claim {} is said by {}"

        def send(typed: Mapping[str, str]) -> str:
            named = self.session.set_speaker(typed["text"])
            return told.format(named.id, named.speaker)

        self.ask(forms.speaker_form(claim), send, {"text": claim.speaker or ""})

    def _ask_claim(self) -> None:
        claim = self.visit.claim if self.visit else self.session.claim
        if claim is None:
            raise ConflictError("no article is on the screen to add a claim to")
        article = self.session.article(claim)

        def send(typed: Mapping[str, str]) -> str:
            text, position, quote, speaker = (typed.get(name, "") for name in ("text", "sentence", "quote", "speaker"))
            added = self.session.add_claim(claim.article_id, int(position), text, quote, speaker)
            return f"claim {added.id} is added to the queue"

        home = next(iter(claim.claim.anchor.sentence_ids), "")
        self.ask(forms.add_form(article), send, {"sentence": str(home)})

    def _look_back(self, step: int) -> str | None:
        decisions = self.session.history()
        place = (self.visit.place if self.visit else -1) + step
        if place < 0:
            return self.come_forward()
        if place >= len(decisions):
            return "nothing further back" if decisions else "you have decided nothing yet"
        self.visit = Visit(decisions[place].claim, bars.past_text(decisions, place), place)
        self.show()
        return None

    def _undo(self) -> str:
        act, claim = self.session.undo()
        return f"undone: claim {claim.id} is no longer {act.value.replace('_', ' ')}"
