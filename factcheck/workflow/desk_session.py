"""A person at the desk, from opening it to leaving it: the claim in hand, what is typed about it, how they get on."""

import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any, ClassVar, Self, TypeVar

from factcheck.domain.article import FiledArticle
from factcheck.domain.claim import Claim
from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.review import ClaimQuery, QueuedClaim
from factcheck.domain.sentence import Sentence
from factcheck.domain.states import Act
from factcheck.errors import ConflictError
from factcheck.text.uncovered import uncovered_of
from factcheck.workflow import amend_claim
from factcheck.workflow.already_checked import AlreadyChecked, already_checked
from factcheck.workflow.collect_evidence import AddedEvidence, add_evidence, edit_evidence, remove_evidence
from factcheck.workflow.find_alike import SHOWN
from factcheck.workflow.known_ports import KnownClaims
from factcheck.workflow.look_for_evidence import DeskLook
from factcheck.workflow.ports import Ledger, PastVerdicts, Sources
from factcheck.workflow.review_claim import Desk

Done = TypeVar("Done")

_CLAIMS_OF_ARTICLE = 500
"""So many claims of an article are looked up beside the one in hand."""
_BREAK = timedelta(minutes=30)
"""More time than this between two decisions is a break, and tells nothing of the pace."""
_FEWEST_GAPS = 2


@dataclass(frozen=True, slots=True)
class ReviewPace:
    """The moments of decisions, in UTC, and how many claims wait; None until they were counted.

    `earlier` are decisions from before this session: they tell the pace, and are not counted as done. `waiting_for` is
    how many wait for what, in words.
    """

    decided_at: tuple[datetime, ...] = ()
    earlier: tuple[datetime, ...] = ()
    waiting: int | None = None
    waiting_for: Mapping[str, int] = field(default_factory=dict)

    def one_taken(self, what: str) -> Self:
        """The pace after one of the claims was taken that wait for this."""
        if self.waiting is None:
            return self
        left = {**self.waiting_for, what: max(0, self.waiting_for.get(what, 0) - 1)}
        return replace(self, waiting=max(0, self.waiting - 1), waiting_for=left)

    def seconds_a_claim(self) -> float | None:
        """The median time between two decisions, breaks left out; None while there are too few."""
        moments = sorted((*self.earlier, *self.decided_at))
        gaps = [(later - sooner).total_seconds() for sooner, later in pairwise(moments) if later - sooner < _BREAK]
        return median(gaps) if len(gaps) >= _FEWEST_GAPS else None


@dataclass(slots=True)
class ArticleOnDesk:
    """An article with its sentences; `claims` are None until they were looked for, which takes longer."""

    filed: FiledArticle
    sentences: tuple[Sentence, ...]
    claims: Mapping[int, Claim] | None = None

    def sentence(self, position: int) -> Sentence | None:
        """The sentence at a position, if there is one."""
        return next((one for one in self.sentences if one.position == position), None)

    def uncovered(self, sentence: Sentence, shown: Claim) -> Sequence[str]:
        """The numbers and names of a sentence that no claim holds, `shown` one of them; none until they were found."""
        claims = [] if self.claims is None else [shown, *self.claims.values()]
        return uncovered_of(self.filed.article, (sentence,), claims).get(sentence.position, ())

    def claims_besides(self, number: int) -> list[Claim]:
        """The claims that were found in the article, without this one."""
        return [one for other, one in (self.claims or {}).items() if other != number]


@dataclass
class DeskSession(ABC):
    """What reviewers and editors have in common. A front shows `claim`, and calls a method for each act.

    An act is done to the claim as it was shown: if it has moved on meanwhile nothing is done, MovedOnError
    is raised, and `claim` holds what it is now. If it has become somebody else's, `claim` is the next one.
    `typed` is what stands in the front's forms, by form and field: it is kept over all of that, and over a crash.
    """

    tallied: ClassVar[tuple[Act, ...]]

    desk: Desk
    ledger: Ledger
    person: str
    past: PastVerdicts
    known: KnownClaims
    sources: Callable[[], Sources] | None = None
    look: DeskLook | None = None
    claim: QueuedClaim | None = None
    typed: dict[str, dict[str, str]] = field(default_factory=dict)
    pace: ReviewPace = field(default_factory=ReviewPace)
    _done: Counter[Act] = field(default_factory=Counter)
    _articles: dict[int, ArticleOnDesk] = field(default_factory=dict)
    _stored: str = ""

    def begin(self) -> None:
        """Take up the first claim."""
        self.take()

    @abstractmethod
    def take(self) -> None:
        """Take up the next claim, None if there is none."""

    @abstractmethod
    def skip(self) -> QueuedClaim:
        """Go on to the next claim; returns the one that is left undone."""

    @abstractmethod
    def go_to(self, number: int) -> QueuedClaim:
        """Take up this claim, not the one in hand. Raises NotFoundError, or ConflictError if it is not theirs."""

    @abstractmethod
    def count_waiting(self) -> dict[str, int]:
        """How many claims wait, by what they wait for; slow where there are many. It touches nothing of the session."""

    @abstractmethod
    def is_theirs(self, claim: QueuedClaim) -> bool:
        """Whether this person may go on with the claim."""

    def renew(self) -> bool:
        """Say that the person is active: a lease lasts longer then. Tells whether it does."""
        return False

    def leave(self) -> dict[Act, int]:
        """Store what is typed; returns how often each act was done that is counted."""
        self.keep_draft()
        return {act: self._done[act] for act in self.tallied}

    def now(self) -> datetime:
        """The moment, by the desk's clock."""
        return self.desk.clock()

    def in_hand(self) -> QueuedClaim:
        """The claim that acts are about. Raises ConflictError if there is none."""
        if self.claim is None:
            raise ConflictError("no claim is in hand; wait for one, or leave")
        return self.claim

    def look_at(self, number: int) -> QueuedClaim:
        """Another claim, as this person may see it. Raises NotFoundError."""
        return self.desk.queue.claim(number, self.now(), self.person)

    def require(self, act: Act) -> None:
        """Raise ConflictError where the act cannot be done to the claim in hand."""
        self.in_hand().require(act, self.person, self.now())

    def note(self, text: str) -> QueuedClaim:
        """Leave a word to colleagues."""
        with self.acting() as claim:
            noted = amend_claim.add_note(self.desk, claim.id, text, self.person)
        # All but the note stays as it was shown: what others changed meanwhile has not been read yet.
        self.claim = replace(claim, notes=(*claim.notes, noted.notes[-1]))
        return self.claim

    def add_source(self, number: int, draft: EvidenceDraft) -> AddedEvidence:
        """Add a source to a claim, its page fetched: that may take long, and touches nothing of the session."""
        # It takes no revision: the claim may be decided while its page is fetched, and a source does no harm then.
        return add_evidence(self.desk, number, draft, self.person, self.sources() if self.sources else None)

    def source_added(self, added: AddedEvidence) -> None:
        """Lay a source that was added to the claim in hand beside the others; all else stays as it was shown."""
        if added.is_new and self.claim is not None and self.claim.id == added.claim.id:
            self.claim = replace(self.claim, evidence=(*self.claim.evidence, added.evidence))

    def looking(self) -> DeskLook:
        """What look-ups are made with. Raises ConflictError where nothing can be asked."""
        if self.look is None:
            raise ConflictError("no search can be asked here")
        return self.look

    def take_passage(self, number: int, passage: int, stance: Stance, seen: datetime) -> AddedEvidence:
        """Make a passage of a claim's last look-up evidence; it touches nothing of the session.

        `seen` is when the look-up was made that the person has seen. Raises OtherLookupError where another one stands.
        """
        if self.sources is None:
            raise ConflictError("nothing can be fetched here")
        return self.looking().take(number, passage, stance, self.person, self.sources(), seen=seen)

    def sources_taken(self, added: AddedEvidence) -> None:
        """Lay all sources that were taken of a look-up for the claim in hand beside the others."""
        if self.claim is not None and self.claim.id == added.claim.id:
            self.claim = replace(self.claim, evidence=added.claim.evidence)

    def edit_source(self, evidence_id: int, changed: Mapping[str, Any]) -> QueuedClaim:
        """Tell a source of the claim in another way; another quote is looked for in the page as it was kept."""
        pages = self.sources() if self.sources else None
        with self.acting() as claim:
            self.claim = edit_evidence(self.desk, evidence_id, self.person, changed, pages, expect=claim.revision)
        return self.claim

    def remove_source(self, evidence_id: int) -> QueuedClaim:
        """Take a source away from the claim."""
        with self.acting() as claim:
            self.claim = remove_evidence(self.desk, evidence_id, self.person, expect=claim.revision)
        return self.claim

    def keep(self, form: str, typed: Mapping[str, str]) -> None:
        """Remember what is typed in a form; `keep_draft` stores it."""
        filled = {name: text for name, text in typed.items() if text.strip()}
        if filled:
            self.typed[form] = filled
        else:
            self.typed.pop(form, None)

    def keep_draft(self) -> bool:
        """Store what is typed about the claim in hand, if it has changed; tells whether it had.

        A field `rationale`, in whichever form, is also the draft's own, which every front shows.
        """
        form = json.dumps(self.typed, ensure_ascii=False, sort_keys=True) if self.typed else ""
        if self.claim is None or form == self._stored:
            return False
        rationale = next((one["rationale"] for one in self.typed.values() if "rationale" in one), None)
        amend_claim.save_draft(self.desk, self.claim.id, self.person, None, rationale, form)
        self._stored = form
        return True

    def article(self, claim: QueuedClaim) -> ArticleOnDesk:
        """The article of a claim; read once."""
        number = claim.article_id
        if number not in self._articles:
            self._articles[number] = ArticleOnDesk(self.ledger.article(number), self.ledger.sentences(number))
        return self._articles[number]

    def look_for_others(self, claim: QueuedClaim) -> None:
        """Find the other claims of the article; slow where there are many, and it touches no claim."""
        found = self.desk.queue.find(ClaimQuery(article_id=claim.article_id), self.now(), _CLAIMS_OF_ARTICLE)
        self.article(claim).claims = {one.id: one.claim for one in found}

    def already_checked(self, claim: QueuedClaim, most: int = SHOWN) -> AlreadyChecked:
        """What may say the same, of this desk and of others; slow on a long desk at first."""
        return already_checked(self.desk, self.past, self.known, claim, self.person, most)

    def waiting_counted(self, waiting_for: Mapping[str, int]) -> None:
        """Remember how many claims wait."""
        self.pace = replace(self.pace, waiting=sum(waiting_for.values()), waiting_for=waiting_for)

    @contextmanager
    def acting(self) -> Iterator[QueuedClaim]:
        """The claim in hand, for something to be done to it.

        After a conflict what it is now is in hand, or the next one if it is no longer theirs.
        """
        claim = self.in_hand()
        try:
            yield claim
        except ConflictError:
            found = self.look_at(claim.id)
            # Where neither holds, the act itself cannot be done: the same claim stays in hand, as it was shown.
            if not self.is_theirs(found):
                self.keep_draft()
                self.take()
            elif found.revision != claim.revision:
                self.claim = found
            raise

    def finish(self, act: Act, what: Callable[..., Done], *said: object) -> Done:
        """Do what ends the work on the claim in hand, count it, and go on."""
        with self.acting() as claim:
            done = what(self.desk, claim.id, *said, self.person, expect=claim.revision)
        self._done[act] += 1
        self.pace = replace(self.pace, decided_at=(*self.pace.decided_at, self.now()))
        self.take()
        return done

    def take_up(self, claim: QueuedClaim | None) -> None:
        """Put a claim in hand, with what was typed about it before."""
        self.claim, self.typed, self._stored = claim, {}, ""
        draft = self.desk.queue.draft(claim.id, self.person) if claim else None
        if draft is not None and draft.form:
            self.typed, self._stored = _typed_in(draft.form), draft.form


def _typed_in(form: str) -> dict[str, dict[str, str]]:
    """What a draft's form holds, by form and field."""
    try:
        return {name: {key: str(text) for key, text in typed.items()} for name, typed in json.loads(form).items()}
    except (json.JSONDecodeError, AttributeError, RecursionError):  # another program's form holds nothing for this one
        return {}
