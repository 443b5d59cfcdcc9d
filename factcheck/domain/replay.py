"""What should stand in the tables, worked out from the events alone.

Each event is taken in its order and tells columns of rows, as plain JSON: moments in UTC and days in ISO format. Events
of older versions tell less; what they leave out is not known here, and nobody may call it forged.
"""
# ruff: noqa: SLF001 - the table at the end names methods of this module's own class

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from factcheck.domain.audit import Event, LinkedEvent, moment
from factcheck.domain.evidence import EDITABLE
from factcheck.domain.extraction import RUN_BEGAN
from factcheck.domain.states import (
    DECISIONS,
    HOLDING,
    IN_PLACE,
    TRANSITIONS,
    Act,
    ClaimStatus,
    EditorialState,
    ReadingRole,
    stage_of,
)

Facts = dict[str, tuple[Any, int | None]]
"""Columns of a row: each with its value, and the number of the event that told it last."""
Details = Mapping[str, Any]

VERDICT_COLUMNS = (
    "label", "scale", "scale_version", "role", "rationale", "known_as_of", "confidence", "note", "error_type",
)  # fmt: skip
EVIDENCE_COLUMNS = (
    "verdict_id", "url", "stance", "quote", "title", "publisher", "published", "description", "locator", "kind",
    "anonymous", "file_name", "media_type", "sha256", "retrieved_at", "canonical_url", "archive_url", "quote_status",
)  # fmt: skip
CLAIM_COLUMNS = (
    "uid", "text", "quote", "anchor", "segments", "sentence_ids", "speaker", "locator", "reason", "inferred",
    "when_words", "when_first", "when_last",
)  # fmt: skip
RUN_COLUMNS = (
    "article_id", "model", "prompt", "prompt_version", "prompt_hash", "parameters", "recording", "recording_sha256",
)  # fmt: skip
ARTICLE_COLUMNS = (
    "text", "title", "url", "authors", "published", "published_at", "canonical_url", "publisher", "subtitle",
    "modified", "language", "previous_id",
)  # fmt: skip

_ROLES = {
    Act.DECIDED: ReadingRole.FIRST,
    Act.FIRST_READ: ReadingRole.FIRST,
    Act.AGREED: ReadingRole.SECOND,
    Act.DISPUTED: ReadingRole.SECOND,
    Act.ADJUDICATED: ReadingRole.ADJUDICATOR,
}
_ORIGIN = "article_id", "run_id", "added_by", "added_at"
"""Whose claim it is: told by the event that wrote it, and of a part by that of the whole."""
_ON_DESK = (Act.SIGNED_OFF, Act.REJECTED, Act.PUBLISHED, Act.WITHDRAWN)
_BY_LOOK = set(EVIDENCE_COLUMNS) - {"verdict_id", "url", "stance", "quote", "description", "locator", "kind"}
"""What another look at a source may change."""


class Replay:
    """What the events that were taken so far say of each row.

    `rows` are known by table and number; a correction by the number of the verdict that it made. `nameless` evidence
    was added by events that tell no number, and `named` claims by events that tell no more than their name. `unread`
    are events that say what no version of this program has written.
    """

    def __init__(self) -> None:
        self.rows: dict[str, dict[int, Facts]] = defaultdict(lambda: defaultdict(dict))
        self.nameless: dict[tuple[Any, ...], list[Facts]] = defaultdict(list)
        self.named: dict[str, int] = {}
        self.editorial_acts: dict[tuple[Any, ...], list[Facts]] = defaultdict(list)
        self.undone_verdicts: dict[int, tuple[str, int]] = {}
        self.unread: list[int] = []
        self._decisions: dict[int, Event] = {}
        self._readings: dict[int, list[tuple[int, str]]] = defaultdict(list)

    def following(self, events: Iterable[LinkedEvent]) -> Iterator[LinkedEvent]:
        """The events, each taken once whoever reads them has asked for the next: it has found this one whole."""
        for one in events:
            yield one
            if one.event is not None:
                self.take(one.event)

    def take(self, event: Event) -> None:
        """Read one more event."""
        try:
            told = _TELLERS.get(event.action)
            if told is not None:
                told(self, event, event.details)
            if event.claim_id is not None:
                self._claim(event, **_STATES.get(event.action, {}))
            if event.action in DECISIONS:
                self._decisions[event.id] = event
        except (AttributeError, KeyError, TypeError, ValueError):
            self.unread.append(event.id)

    def _tell(self, table: str, number: int, event: Event, columns: Details) -> None:
        self.rows[table][int(number)].update({name: (value, event.id) for name, value in columns.items()})

    def _claim(self, event: Event, **columns: object) -> None:
        self._tell("claim", event.claim_id or 0, event, columns)

    def _filed(self, event: Event, details: Details) -> None:
        self._tell("article", event.article_id or 0, event, details.get("written", {}))
        if "source" in details:
            self._tell("article_source", details["source"]["id"], event, details["source"])
        self._placed(event, details)

    def _placed(self, event: Event, details: Details) -> None:
        for number, columns in details.get("places", {}).items():
            self._tell("claim_place", number, event, columns)

    def _began(self, event: Event, details: Details) -> None:
        self._tell("run", event.run_id or 0, event, details.get("written", {}))

    def _recorded(self, event: Event, details: Details) -> None:
        self._tell("run", event.run_id or 0, event, {"recording_sha256": details["sha256"]})

    def _landed(self, event: Event, details: Details) -> None:
        if "written" not in details:
            self.named.update(dict.fromkeys(details["claims"], event.id))
        of_run = {"article_id": event.article_id, "run_id": event.run_id, "added_by": None, "added_at": None}
        self._write_claims(event, details, of_run)
        self._placed(event, details)

    def _added(self, event: Event, details: Details) -> None:
        by_hand = {"run_id": None, "added_by": event.actor, "added_at": moment(event.at)}
        self._claim(event, text=details["text"], quote=details["quote"], article_id=event.article_id, **by_hand)
        self._write_claims(event, details)

    def _split(self, event: Event, details: Details) -> None:
        whole = self.rows["claim"][event.claim_id or 0]
        origin = {name: whole[name][0] for name in _ORIGIN if name in whole}
        for number, text in zip(details["parts"], details["texts"], strict=True):
            self._tell("claim", number, event, {"text": text, "split_from": event.claim_id} | origin)
        self._write_claims(event, details)

    def _write_claims(self, event: Event, details: Details, origin: Details | None = None) -> None:
        for number, columns in details.get("written", {}).items():
            self._tell("claim", number, event, {**(origin or {}), **columns})

    def _read(self, event: Event, details: Details) -> None:
        role = details.get("role", _ROLES[Act(event.action)].value)
        number = self._verdict(event, details["verdict"], details, role)
        if "second_asked" in details:
            self._claim(event, second_asked=details["second_asked"])
        if "written" not in details:
            for url in details["evidence"]:
                self._nameless(event, {"verdict_id": number, "url": url})
        self._write_evidence(event, details)

    def _verdict(self, event: Event, number: int, told: Details, role: str) -> int:
        columns = {name: told[name] for name in VERDICT_COLUMNS if name in told}
        given = {"claim_id": event.claim_id, "reviewer": event.actor, "decided_at": moment(event.at)}
        given |= {"carried_from": told.get("carried_from")}
        self._tell("verdict", number, event, columns | given)
        self._readings[event.claim_id or 0].append((number, role))
        return number

    def _end_verdicts(self, event: Event, how: str, ends: Callable[[int, str], bool]) -> list[int]:
        """Let those of the claim's readings stand no more; returns their numbers."""
        standing = self._readings[event.claim_id or 0]
        ended = [number for number, role in standing if ends(number, role)]
        for number in ended:
            self._tell("verdict", number, event, {"undone_at": moment(event.at), "ended_as": how})
        self._readings[event.claim_id or 0] = [one for one in standing if one[0] not in ended]
        return ended

    def _amended(self, event: Event, details: Details) -> None:
        self._end_verdicts(event, event.action, lambda _, role: role == ReadingRole.EDITOR)
        self._verdict(event, details["verdict"], details["now"], ReadingRole.EDITOR)

    def _corrected(self, event: Event, details: Details) -> None:
        standing = self._readings[event.claim_id or 0]
        was = next(number for held in HOLDING for number, role in standing if role == held)
        self._end_verdicts(event, event.action, lambda number, _: number == was)
        now = self._verdict(event, details["verdict"], details["now"], ReadingRole.CORRECTION)
        told = {"was_id": was, "now_id": now, "reason": details["reason"], "is_typo": details.get("typo", False)}
        told |= {"words_were": details.get("words_were")}
        given = {"claim_id": event.claim_id, "editor": event.actor, "at": moment(event.at)}
        self._tell("correction", now, event, told | given)
        if "words" in details:
            self._claim(event, **_amendment(details["words"], event.actor, event.at))

    def _edited(self, event: Event, details: Details) -> None:
        told = {"act": event.action, "claim_id": event.claim_id, "editor": event.actor, "at": moment(event.at)}
        told |= {"comment": details.get("comment"), "despite": details.get("despite")}
        columns = told | {"concerns": details.get("concerns", []), "shown": details.get("shown"), "undone_at": None}
        self.editorial_acts[act_key(columns)].append({name: (one, event.id) for name, one in columns.items()})
        if event.action == Act.REJECTED:
            self._claim(event, second_asked=None)
            self._end_verdicts(event, event.action, lambda *_: True)

    def _sourced(self, event: Event, details: Details) -> None:
        if "evidence" not in details:
            self._nameless(event, {"verdict_id": None, **_named(details, "url", "stance")})
        elif "written" not in details:
            told = _named(details, "url", "stance", "sha256", "quote_status")
            given = {"claim_id": event.claim_id, "added_by": event.actor, "added_at": moment(event.at)}
            self._tell("evidence", details["evidence"], event, {"verdict_id": None, **told, **given})
        self._write_evidence(event, details)

    def _nameless(self, event: Event, columns: Details) -> None:
        """Evidence without a number: found again by its claim and its address."""
        # Its moment was once taken a little later than its event's.
        told = {**columns, "claim_id": event.claim_id, "added_by": event.actor}
        self.nameless[nameless_key(told)].append({name: (one, event.id) for name, one in told.items()})

    def _write_evidence(self, event: Event, details: Details) -> None:
        known = self.rows["evidence"]
        for number, columns in details.get("written", {}).items():
            given: dict[str, Any] = {}
            if int(number) not in known:
                given = dict.fromkeys(EVIDENCE_COLUMNS) | {"anonymous": False, "verdict_id": details.get("verdict")}
                given |= {"claim_id": event.claim_id, "added_by": event.actor, "added_at": moment(event.at)}
            self._tell("evidence", number, event, given | columns)

    def _resourced(self, event: Event, details: Details) -> None:
        changed = {name: details[name][1] for name in EDITABLE if name in details} | {"edited_by": event.actor}
        self._tell("evidence", details["evidence"], event, changed)

    def _looked_at(self, event: Event, details: Details) -> None:
        if "written" in details:
            self._write_evidence(event, details)
            return
        facts = self.rows["evidence"][int(details["evidence"])]
        for name in _BY_LOOK & facts.keys():
            del facts[name]

    def _unsourced(self, event: Event, details: Details) -> None:
        gone = {"removed_at": moment(event.at), "removed_by": event.actor}
        self._tell("evidence", details["evidence"], event, gone)

    def _undone(self, event: Event, details: Details) -> None:
        done = self._decisions[event.undoes or 0]
        act, told = Act(done.action), done.details
        editorial = told.get("editorial_was", EditorialState.OPEN.value if act is Act.SIGNED_OFF else None)
        if editorial is not None:
            self._claim(event, editorial=editorial)
        if act not in IN_PLACE and (stage := stage_of(act)) is not None:
            self._claim(event, status=stage.waiting.value)
        if act in _BEFORE:
            self._claim(event, **_BEFORE[act](told))
        if act is Act.SIGNED_OFF:
            signed = self.editorial_acts[act_key({"claim_id": done.claim_id, "act": act, "at": moment(done.at)})]
            next(one for one in signed if one["act"][1] == done.id)["undone_at"] = moment(event.at), event.id
        for number in self._end_verdicts(event, event.action, lambda one, _: one == told.get("verdict")):
            self.undone_verdicts[number] = moment(event.at), event.id
        if "stands_again" in details:
            self._let_stand_again(event, details["stands_again"])
        for part in told.get("parts", ()):
            self._tell("claim", part, event, {"status": ClaimStatus.RETRACTED.value})

    def _let_stand_again(self, event: Event, number: int) -> None:
        """The editor's verdict that stood before another one, which was taken back."""
        self._tell("verdict", number, event, {"undone_at": None, "ended_as": None})
        self._readings[event.claim_id or 0].append((number, ReadingRole.EDITOR))


def act_key(columns: Details) -> tuple[Any, ...]:
    """What an editorial act is known by; one that was done twice in a moment is known by its turn as well."""
    return columns["claim_id"], str(columns["act"]), columns["at"]


def nameless_key(columns: Details) -> tuple[Any, ...]:
    """What evidence is known by whose event tells no number; one that was added twice is known by its turn as well."""
    return columns["claim_id"], columns["url"]


def in_rest(status: str) -> str:
    """The status of the claim once nobody holds it: leases end by themselves, and no event tells of that."""
    stage = ClaimStatus(status).stage if status in set(ClaimStatus) else None
    return stage.waiting.value if stage else status


def _states() -> Iterator[tuple[str, dict[str, str]]]:
    """What each act makes of a claim's states, where it makes the same of every claim."""
    for act in Act:
        lines = [one for one in TRANSITIONS if one.act is act]
        found: dict[str, Sequence[str | None]] = {
            "status": list({one.after and in_rest(one.after) for one in lines}),
            "editorial": list({one.editorial_after and one.editorial_after.value for one in lines}),
        }
        yield act.value, {name: one[0] for name, one in found.items() if len(one) == 1 and one[0] is not None}


def _amendment(text: str | None, reviewer: str | None, at: datetime | None) -> Details:
    return {"amended_text": text, "amended_by": reviewer, "amended_at": at and moment(at)}


def _attribution(text: str | None, reviewer: str | None, at: datetime | None) -> Details:
    return {"speaker_set": text, "speaker_by": reviewer, "speaker_at": at and moment(at)}


def _before(told: Details | None, columns: Callable[[str | None, str | None, datetime | None], Details]) -> Details:
    return columns(told["text"], told["reviewer"], datetime.fromisoformat(told["at"])) if told else columns(*[None] * 3)


def _named(details: Details, *names: str) -> Details:
    return {name: details[name] for name in names if name in details}


_STATES = dict(_states())
_BEFORE: dict[Act, Callable[[Details], Details]] = {
    Act.REWORDED: lambda told: _before(told["amendment_was"], _amendment),
    Act.ATTRIBUTED: lambda told: _before(told["attribution_was"], _attribution),
    Act.FIRST_READ: lambda _: {"second_asked": None},
    Act.NOT_CHECKABLE: lambda _: {"aside": None},
    Act.DUPLICATE: lambda _: {"duplicate_of": None},
}
_Teller = Callable[[Replay, Event, Details], None]


def _setting(columns: Callable[[Event, Details], Details]) -> _Teller:
    """Reads an event that sets columns of its claim."""
    return lambda replay, event, details: replay._claim(event, **columns(event, details))


_TELLERS: dict[str, _Teller] = {
    **dict.fromkeys(("filed", "read_again", "article_set"), Replay._filed),
    RUN_BEGAN: Replay._began,
    "recorded": Replay._recorded,
    "window_landed": Replay._landed,
    "added": Replay._added,
    "evidence_added": Replay._sourced,
    "evidence_edited": Replay._resourced,
    "evidence_checked": Replay._looked_at,
    "evidence_removed": Replay._unsourced,
    "undone": Replay._undone,
    "contacted": _setting(
        lambda event, told: {"asked_on": told["asked_on"], "answer": told["now"], "asked_by": event.actor}
    ),
    **dict.fromkeys(_ROLES, Replay._read),
    **dict.fromkeys(_ON_DESK, Replay._edited),
    Act.AMENDED: Replay._amended,
    Act.CORRECTED: Replay._corrected,
    Act.SPLIT: Replay._split,
    Act.REWORDED: _setting(lambda event, told: _amendment(told["now"], event.actor, event.at)),
    Act.ATTRIBUTED: _setting(lambda event, told: _attribution(told["now"], event.actor, event.at)),
    Act.NOT_CHECKABLE: _setting(lambda _, told: {"aside": told["reason"]}),
    Act.DUPLICATE: _setting(lambda _, told: {"duplicate_of": told["duplicate_of"]}),
}
