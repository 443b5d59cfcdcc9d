"""What the keys do for an editor, who reads the verdicts besides the claim."""

from collections.abc import Callable, Mapping
from functools import partial

from textual.content import Content

from factcheck.domain.review import QueuedClaim, Verdict
from factcheck.domain.states import Act
from factcheck.errors import ConflictError, NotReadyError
from factcheck.screen import editor_forms, forms
from factcheck.screen.acting_screen import Deed
from factcheck.screen.claim_text import concerns_text, editing_text, reading_text
from factcheck.screen.keys import with_advice
from factcheck.screen.passages import joined, own
from factcheck.screen.sources_screen import SourcesScreen
from factcheck.workflow.editing_session import EditingSession

_OF_OPEN = frozenset({"sign_off", "sign_off_publish", "amend"})
_OF_WAITING = _OF_OPEN | {"publish", "reject", "mark"}
_OF_PUBLIC = frozenset({"correction", "withdraw"})


class EditorScreen(SourcesScreen):
    """A claim that has been read, and the acts of an editor as keys."""

    session: EditingSession
    works_alone = "Help and quit work."

    def deeds(self) -> Mapping[str, Deed]:
        """What the editor's acts do; those shared with reviewers do the same."""
        session = self.session
        rejects = partial(self.ask_words, forms.REJECTION, session.reject, "is rejected", Act.REJECTED)
        withdraws = partial(self.ask_words, editor_forms.WITHDRAWAL, session.withdraw, "is withdrawn", Act.WITHDRAWN)
        return {
            **super().deeds(),
            "sign_off": lambda: self._sign(session.sign_off, f"is signed off{self._undo_hint()}"),
            "sign_off_publish": lambda: self._sign(session.sign_off_and_publish, "is published"),
            "amend": self._ask_amendment,
            "publish": lambda: self.act(session.publish, "is published"),
            "reject": rejects,
            "correction": self._ask_correction_of_public,
            "withdraw": withdraws,
            "skip": lambda: self.act(session.skip, "stays as it is"),
            "mark": self._mark,
            "marked": self._ask_marked,
            "undo": self._undo,
            "round": self._turn,
        }

    def why_nothing(self) -> str:
        """That nothing waits, or nothing is published."""
        return "no verdict is published" if self.session.shows_published else "no verdict waits for an editor"

    def about(self, claim: QueuedClaim) -> Content:
        """Above all else the readings, the last first: that is the verdict that holds."""
        is_open = self.session.needs_sign_off(claim)
        concerns = {one: is_open and demanded for one, demanded in self.session.concerns(claim).items()}
        marked = ", ".join(map(str, sorted(self.session.marked)))
        told = joined([concerns_text(concerns), editing_text(claim), own(f"marked    {marked}" if marked else "")])
        readings = [reading_text(one) for one in reversed(claim.given)]
        # What speaks against the verdict stands next to it: other readings may fill a small terminal.
        return joined([*readings[:1], told, *readings[1:], super().about(claim)], "\n\n")

    def idle(self) -> frozenset[str]:
        """What cannot be done in this state of the claim, or to no marked one."""
        claim, idle = self.session.claim, super().idle() | (frozenset() if self.session.marked else {"marked"})
        if claim is None or self.visit is not None:
            return idle | _OF_WAITING | _OF_PUBLIC | {"skip", "evidence", "note"}
        if claim.editorial.is_public:
            return idle | _OF_WAITING
        return idle | _OF_PUBLIC | ({"publish"} if self.session.needs_sign_off(claim) else _OF_OPEN)

    def _sign(self, do: Callable[[str | None], QueuedClaim], done: str) -> str:
        """Sign off, or ask why all the same where something is demanded; what was typed before stays until then."""
        self.in_hand()
        try:
            return f"claim {do(None).id} {done}"
        except NotReadyError as error:
            form = editor_forms.despite_form(error)
            self.ask(form, lambda typed: f"claim {do(typed['text']).id} {done}")
            raise

    def _ask_amendment(self) -> None:
        claim, verdict = self._verdict(Act.AMENDED)

        def send(typed: Mapping[str, str]) -> str:
            amended = editor_forms.amendment(verdict, typed)
            told = "is amended and signed off" if amended else "is signed off"
            return self._sign(partial(self.session.sign_off, amendment=amended), told + self._undo_hint())

        form = editor_forms.amend_form(claim, verdict, self.session.desk.scale)
        self.ask(form, send, editor_forms.told_of(verdict))

    def _ask_correction_of_public(self) -> None:
        claim, verdict = self._verdict(Act.CORRECTED)

        def send(typed: Mapping[str, str]) -> str:
            label, rationale, words = editor_forms.correction(claim, verdict, typed)
            if label is None:
                self.session.correct_typo(typed["reason"], rationale, words)
                return f"a typo of claim {claim.id} is put right"
            self.session.correct(label, typed["reason"], rationale, words)
            return f"claim {claim.id} is corrected: {label}"

        form = editor_forms.correction_form(claim, verdict, self.session.desk.scale)
        self.ask(form, send, editor_forms.published(claim, verdict))

    def _verdict(self, act: Act) -> tuple[QueuedClaim, Verdict]:
        """The claim in hand and the verdict that holds. Raises ConflictError where the act cannot be done."""
        claim = self.in_hand(act)
        assert claim.verdict is not None  # noqa: S101 - what these acts are done to has a verdict
        return claim, claim.verdict

    def _mark(self) -> str:
        claim = self.in_hand()
        is_marked = self.session.mark()
        self.show()
        return f"claim {claim.id} is {'marked' if is_marked else 'no longer marked'}"

    def _ask_marked(self) -> None:
        marked = [self.session.look_at(number) for number in sorted(self.session.marked)]
        if not marked:
            raise ConflictError("no claim is marked")

        def send(typed: Mapping[str, str]) -> str:
            acts = editor_forms.ACTS_ON_MARKED[typed["what"]]
            done, failed = self.session.finish_marked(acts, typed["despite"].strip() or None)
            numbers = ", ".join(str(one.id) for one in done) or "none"
            what = " and ".join(act.value.replace("_", " ") for act in Act if act in acts)
            return " · ".join([f"{what}: {numbers}", *(f"! {with_advice(one, self.keymap)}" for one in failed)])

        self.ask(editor_forms.marked_form([(one, self.session.concerns(one)) for one in marked]), send)

    def _undo(self) -> str:
        act, claim = self.session.undo()
        return f"undone: claim {claim.id} is no longer {act.value.replace('_', ' ')}"

    def _undo_hint(self) -> str:
        keys = self.keymap.keys_of("undo")
        return f"; {keys[0]} takes that back until it is published" if keys else ""

    def _turn(self) -> str:
        self.session.turn()
        return "these are published" if self.session.shows_published else "these wait for an editor"
