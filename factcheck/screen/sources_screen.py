"""The keys about a claim's sources, and for searching elsewhere: reviewers and editors have them."""

from collections.abc import Callable, Mapping

from textual import work
from textual.content import Content

from factcheck.domain.evidence import Evidence, EvidenceDraft
from factcheck.errors import ConflictError, FactcheckError
from factcheck.screen import source_forms
from factcheck.screen.acting_screen import ActingScreen, Deed, open_address
from factcheck.screen.claim_text import quote_standing
from factcheck.screen.look_screen import Looked, LookScreen
from factcheck.screen.passages import Ink, joined, own, said
from factcheck.workflow.collect_evidence import AddedEvidence


class SourcesScreen(ActingScreen):
    """The claim on the screen, with keys for its sources."""

    _fetches = 0

    def deeds(self) -> Mapping[str, Deed]:
        """What the acts about sources do, besides those that everybody has."""
        return {
            **super().deeds(),
            "evidence": self._ask_source,
            "look": self._look,
            "edit_source": self._ask_which_to_edit,
            "remove_source": self._ask_removal,
            "open_evidence": self._open_evidence,
            "copy": self._copy,
        }

    def idle(self) -> frozenset[str]:
        """Where there is no source, nothing is done to one; what is published keeps its own as they are."""
        nowhere = frozenset[str]() if self.session.look else frozenset({"look"})
        if self._shown is None or not self._shown.evidence:
            return nowhere | {"edit_source", "remove_source", "open_evidence"}
        return nowhere | ({"edit_source", "remove_source"} if self._shown.editorial.is_seen else frozenset())

    def leave(self) -> str | None:
        """Leave the desk, but not while a source is being fetched, unless asked twice."""
        if self._fetches:
            self._fetches = 0
            return "a source is still being fetched; once more leaves without it"
        return super().leave()

    def _ask_source(self) -> None:
        number = self.in_hand().id

        def send(typed: Mapping[str, str]) -> str:
            self._fetches += 1
            self._fetch(number, source_forms.evidence_draft(typed))
            return "the source is being fetched; go on meanwhile"

        self.ask(source_forms.evidence_form(), send)

    @work(thread=True, group="fetch", exit_on_error=False)
    def _fetch(self, number: int, draft: EvidenceDraft) -> None:
        """Add a source beside the screen: its page may be slow."""
        try:
            added = self.session.add_source(number, draft)
        except FactcheckError as error:
            self.app.call_from_thread(self._fetched, own("! no source is added: ", Ink.WARNING) + said(str(error)))
            return
        remarks = [said(str(one), Ink.WARNING) for one in added.trouble]
        remarks += [quote_standing(added.evidence)] if added.evidence.quote else []
        notice = joined([own(f"claim {number} has a source"), joined(remarks, "; ")], ": ")
        self.app.call_from_thread(self._fetched, notice, added)

    def _fetched(self, notice: Content, added: AddedEvidence | None = None) -> None:
        self._fetches = max(0, self._fetches - 1)  # none are counted any more once somebody wants to leave
        self.tell(notice)
        if added is not None:
            self.session.source_added(added)
        self.show()

    def _look(self) -> None:
        claim, look = self.in_hand(), self.session.looking()

        def left(added: AddedEvidence | None) -> None:
            self.form = None
            if added is not None:
                self.session.sources_taken(added)
            self.show()

        asked = Looked(
            lambda: look.run(claim.id, self.session.person),
            lambda: look.last_for(claim.id, self.session.person),
            lambda number, stance, seen: self.session.take_passage(claim.id, number, stance, seen),
            look.patterns,
            lambda address: open_address(address, self.app.copy_to_clipboard),
        )
        self.form = LookScreen(claim, asked)
        self.app.push_screen(self.form, left)

    def _ask_which_to_edit(self) -> str | None:
        self.in_hand()
        return self._of_sources("Edit a source", self._ask_changes)

    def _ask_changes(self, source: Evidence) -> None:
        def send(typed: Mapping[str, str]) -> str:
            changed = source_forms.changes(source, typed)
            if not changed:
                return "the source stays as it is"
            return f"a source of claim {self.session.edit_source(source.id or 0, changed).id} is edited"

        self.ask(source_forms.edit_form(source), send, source_forms.told_of(source))

    def _ask_removal(self) -> None:
        self.in_hand()
        evidence = self._evidence()

        def send(typed: Mapping[str, str]) -> str:
            if typed["sure"] != "yes":
                return "the source stays"
            source = source_forms.chosen(evidence, typed)
            return f"claim {self.session.remove_source(source.id or 0).id} is without the source {source.name}"

        self.ask(source_forms.removal_form(evidence), send, {"sure": "no"})

    def _open_evidence(self) -> str | None:
        return self._of_sources("Open a source", lambda one: open_address(one.url, self.app.copy_to_clipboard))

    def _copy(self) -> str:
        words = said((self._shown or self.in_hand()).words).plain
        self.app.copy_to_clipboard(words)
        return f"copied for your terminal: {words}"

    def _of_sources(self, what: str, then: Callable[[Evidence], str | None]) -> str | None:
        """Do something with the claim's source, or with the one that is chosen of several."""
        evidence = self._evidence()
        if len(evidence) == 1:
            return then(evidence[0])
        form = source_forms.choice_form(evidence, what)
        self.ask(form, lambda typed: then(source_forms.chosen(evidence, typed)))
        return None

    def _evidence(self) -> tuple[Evidence, ...]:
        claim = self._shown or self.in_hand()
        if not claim.evidence:
            raise ConflictError(f"claim {claim.id} has no source yet")
        return claim.evidence
