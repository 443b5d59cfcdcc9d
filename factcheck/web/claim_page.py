"""The page of one claim: the claim beside its article, what was found, and the acts that its state allows."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from factcheck.domain.audit import Event
from factcheck.domain.desk import DRAFTED, Draft
from factcheck.domain.numbering import LAST_NUMBER
from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import EDITORIAL, Act, EditorialState, Role, Stage
from factcheck.domain.versions import StandingClaim
from factcheck.errors import ConflictError, FactcheckError, MovedOnError, NotFoundError
from factcheck.web.article_view import article_view
from factcheck.web.drawing import Drawing
from factcheck.web.looking import found_for
from factcheck.web.uploads import file_in, name_of
from factcheck.workflow import look_up
from factcheck.workflow.edit_claim import in_the_way
from factcheck.workflow.find_waiting import are_twins, find_waiting
from factcheck.workflow.review_claim import concerns_about

_KEYS = "1234567890-="
_READING = {Act.DECIDED, Act.AGREED, Act.ADJUDICATED}
_SINCE = 50
_TWINS = 3
_DIGITS = len(str(LAST_NUMBER))
_NO_WORDS = {
    *("token", "revision", "planned", "seen", "next", "publish", "label", "stance", "evidence", "confidence", "kind"),
    *("back", "looked_at", "passage", "file"),
}
REASONS = ("rationale", "known_as_of", "confidence", "note", "error_type")
"""The fields that a draft keeps under `reasons`, as all fronts do."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent and has not come through: which one, what stood in it, and why not."""

    form: str
    typed: Mapping[str, str]
    error: FactcheckError

    @classmethod
    def of(cls, name: str, form: FormData, error: FactcheckError) -> "Sent":
        """What was typed, and of a file its name: no browser takes a file from a page."""
        typed = {key: value for key, value in form.items() if isinstance(value, str)}
        file = file_in(form)
        return cls(name, typed if file is None else typed | {"file": name_of(file)}, error)

    @property
    def words(self) -> list[str]:
        """What was written in it, to be copied wherever the page has no such form any more."""
        return [one for name, one in self.typed.items() if name not in _NO_WORDS and one.strip()]


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands in the fields of a form: what was sent and did not come through, else what there is."""

    form: str
    sent: Sent | None = None
    usual: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """The text of a field, for templates."""
        if self.sent is not None and self.sent.form == self.form:
            return self.sent.typed.get(name, "")
        value = self.usual.get(name)
        return "" if value is None else str(value)

    @property
    def is_open(self) -> bool:
        """Whether the form was sent and came back."""
        return self.sent is not None and self.sent.form == self.form


def claim_page(drawing: Drawing, number: int, sent: Sent | None = None) -> Response:
    """The page of a claim as this person may see it, with a form that did not come through. Raises NotFoundError.

    It is read at one moment: its revision and the last event that it has seen belong together.
    """
    with drawing.office.stores.at_one_moment():
        return _claim_page(drawing, number, sent)


def _claim_page(drawing: Drawing, number: int, sent: Sent | None) -> Response:
    office, name = drawing.office, drawing.name
    now, stores = office.desk.clock(), office.stores
    claim = look_up.claim(stores, number, name)
    filed, sentences = stores.ledger.article(claim.article_id), stores.ledger.sentences(claim.article_id)
    standing = stores.ledger.claims_standing_in(claim.article_id)
    roles = drawing.roles
    draft = office.desk.queue.draft(number, name)
    allowed = {act for act in Act if _may(claim, act, name, now, roles)}
    if claim.editorial is EditorialState.SIGNED_OFF:
        allowed.discard(Act.PUBLISHED if in_the_way(office.desk, claim) else Act.SIGNED_OFF)
    reads = bool(allowed & _READING)
    uncertain = concerns_about(office.desk, claim, name)
    return drawing.page(
        "claim.html.j2",
        error=sent.error if sent else None,
        claim=claim,
        filed=filed,
        view=article_view(filed, sentences, claim, standing),
        around=_neighbours(standing, number),
        may={act.value for act in allowed},
        has_part=roles is None or bool(roles),
        own_flag=_own_flag(claim, name),
        adds=_adds(claim, roles),
        notes_answers=_adds(claim, roles) and not (claim.status.stage is Stage.SECOND and not claim.readings),
        reads=reads,
        edits=bool(allowed & EDITORIAL),
        is_mine=claim.lease is not None and claim.lease.is_live(now) and claim.lease.reviewer == name,
        holder=claim.lease_of_another(name, now),
        labels=_labels(drawing),
        label_names={one.id: one for one in office.desk.scale.labels},
        fields=lambda form, **usual: Fields(form, sent, usual),
        draft=_drafted(draft),
        before=_decided_before(drawing, claim),
        # Not while it is read: the words of all that wait are gone through, and it is offered after the verdict.
        twins=() if reads else find_waiting(office.desk, claim, _TWINS),
        found=found_for(office, claim, name) if office.look else None,
        concerns=uncertain,
        demanded=[one for one in uncertain if office.desk.sign_off.demands(one)],
        sent=sent,
        since=_since(drawing, number, sent),
        last_event=_last_event(drawing, number),
        lease_minutes=round(office.desk.lease.total_seconds() / 60),
    )


@dataclass(frozen=True, slots=True)
class DecidedBefore:
    """The claim after whose verdict somebody comes to this one, whether both say the same, and which others do."""

    claim: QueuedClaim
    is_twin: bool
    waiting: tuple[QueuedClaim, ...]


def _decided_before(drawing: Drawing, claim: QueuedClaim) -> DecidedBefore | None:
    """As the address says it, where it has a verdict that this person may see."""
    told = drawing.asked.get("after", "")
    if not (told.isascii() and told.isdigit() and len(told) <= _DIGITS and 0 < int(told) <= LAST_NUMBER):
        return None
    desk = drawing.office.desk
    try:
        before = desk.queue.claim(int(told), desk.clock(), drawing.name)
    except NotFoundError:
        return None
    if before.verdict is None:
        return None
    is_twin = are_twins(before, claim)
    return DecidedBefore(before, is_twin, () if is_twin else find_waiting(desk, before, _TWINS))


def _may(claim: QueuedClaim, act: Act, name: str, now: Any, roles: Any) -> bool:  # noqa: ANN401 - as `require` takes them
    """Whether the rules let this person do this now: only what they let is offered, and they are asked again then."""
    try:
        claim.require(act, name, now, roles)
    except ConflictError:
        return False
    return True


def _own_flag(claim: QueuedClaim, name: str) -> str:
    """What stands in the form: one's own request, else the last of others, which who empties it takes back."""
    shown = claim.flag_of(name) or next(reversed(claim.flags), None)
    return shown.reason if shown else ""


def _adds(claim: QueuedClaim, roles: frozenset[Role] | None) -> bool:
    """Whether this person may add what readers see: to what they have seen only an editor."""
    return roles is None or Role.EDITOR in roles or (bool(roles) and not claim.editorial.is_seen)


def _labels(drawing: Drawing) -> list[tuple[str, Any]]:
    """The labels of the scale, each with its key."""
    labels = drawing.office.desk.scale.labels
    return [(_KEYS[place] if place < len(_KEYS) else "", one) for place, one in enumerate(labels)]


def _neighbours(standing: Iterable[StandingClaim], number: int) -> tuple[int | None, int | None]:
    """The claims of the article before and after this one, as they stand in it."""
    numbers = [one.id for one in sorted(standing, key=lambda one: (one.claim.anchor.sentence_ids or (0,), one.id))]
    place = numbers.index(number) if number in numbers else -1
    if place < 0:
        return None, None
    return numbers[place - 1] if place else None, numbers[place + 1] if place + 1 < len(numbers) else None


def _drafted(draft: Draft | None) -> Mapping[str, str]:
    """What was typed about the claim before, by field; another front's draft is read as far as it has them."""
    if draft is None:
        return {}
    kept: dict[str, str] = {}
    try:
        reasons = json.loads(draft.form or "{}").get("reasons", {})
        kept = {name: str(reasons[name]) for name in REASONS if name in reasons}
    except (json.JSONDecodeError, AttributeError, TypeError, RecursionError):
        kept = {}
    return {"rationale": draft.rationale or "", **kept, "label": draft.label or ""}


def _since(drawing: Drawing, number: int, sent: Sent | None) -> list[Event]:
    """What was done to the claim after the page was made on which a form was filled in, as its log tells it."""
    if sent is None or not isinstance(sent.error, MovedOnError):
        return []
    told = sent.typed.get("seen", "")
    seen = int(told) if told.isascii() and told.isdigit() and len(told) < len(_KEYS) else 0
    return [one for one in past(drawing, number, _SINCE) if one.id > seen]


def past(drawing: Drawing, claim: int | None, limit: int) -> list[Event]:
    """The last events, of one claim or of all, oldest first, as this person may see them, without kept drafts."""
    events = look_up.events(drawing.office.stores, drawing.name, claim, limit)
    return [one for one in events if one.action != DRAFTED]


def _last_event(drawing: Drawing, number: int) -> int:
    events = drawing.office.stores.log.events(number, 1)
    return events[-1].id if events else 0
