"""Holds what stands in the tables against what the events say."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from factcheck.domain.audit import Difference, Proof
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.replay import (
    ARTICLE_COLUMNS,
    CLAIM_COLUMNS,
    EVIDENCE_COLUMNS,
    RUN_COLUMNS,
    VERDICT_COLUMNS,
    Facts,
    Replay,
    act_key,
    in_rest,
    nameless_key,
)
from factcheck.domain.sentence import Span
from factcheck.domain.states import ClaimStatus, EditorialState

Row = Mapping[str, Any]
"""A row as plain JSON: an article's `text` is its hash, and a claim has its article's as `article_sha256`."""

_COLUMNS = {
    "article": ARTICLE_COLUMNS,
    "claim": CLAIM_COLUMNS,
    "run": RUN_COLUMNS,
    "verdict": VERDICT_COLUMNS,
    "evidence": EVIDENCE_COLUMNS,
}
"""What the events that put a row into these tables should tell of it; those of older versions tell less."""
_UNTOUCHED: dict[str, dict[str, Any]] = {
    "claim": {
        "status": ClaimStatus.QUEUED.value,
        "editorial": EditorialState.OPEN.value,
        **dict.fromkeys(("amended_text", "amended_by", "amended_at", "speaker_set", "speaker_by", "speaker_at")),
        **dict.fromkeys(("aside", "duplicate_of", "split_from", "asked_on", "answer", "asked_by")),
    },
    "verdict": {"undone_at": None, "ended_as": None},
    "evidence": {"removed_at": None, "removed_by": None, "edited_by": None},
}
"""How a row stands until an event says otherwise."""
_SAID = {"article": "title", "claim": "text", "verdict": "label", "evidence": "url", "correction": "reason"}
_SAID |= {"article_source": "sha256", "claim_place": "claim_id", "run": "model"}
"""What to tell of a row that is missing."""


class Prover:
    """Holds rows of the tables one by one against a replay; what no row has answered is missing."""

    def __init__(self, replay: Replay) -> None:
        self.replay = replay
        self.rows: Counter[str] = Counter()
        self.untold: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self.differences: list[Difference] = []

    def proof(self, standing: Iterable[tuple[str, Row]]) -> Proof:
        """The outcome for these rows, each with the name of its table: all that stand."""
        if self.replay.unread:
            self.untold["event", ("details",)] = len(self.replay.unread)
        for table, row in standing:
            self.rows[table] += 1
            facts = self._facts(table, row)
            if facts is None:
                self.differences.append(Difference(_name(table, row)))
            else:
                self._compare(table, row, facts)
        self.differences += self._missing()
        return Proof(dict(self.rows), tuple(self.differences), dict(self.untold))

    def _facts(self, table: str, row: Row) -> Facts | None:
        """What the events say of the row; None if they do not know it. Each row is asked for once."""
        if table == "editorial_act":
            turns = self.replay.editorial_acts.get(act_key(row))
            return turns.pop(0) if turns else None
        number = row["now_id"] if table == "correction" else row["id"]
        facts = self.replay.rows[table].pop(number, None)
        if table == "claim":
            return self._of_claim(row, facts or {})
        if table == "evidence":
            return self._of_evidence(row, facts or {})
        if table == "run":  # no event of older versions tells that one began
            return facts or {}
        return facts

    def _of_claim(self, row: Row, facts: Facts) -> Facts | None:
        event = self.replay.named.pop(row["uid"], None)
        if event is None:
            return facts if "text" in facts else None
        known: Facts = {"uid": (row["uid"], event)}
        # The name is a hash of the words; where it has another form than today's, it proves nothing.
        if row["uid"] == _uid_of(row):
            known |= {name: (row[name], event) for name in ("text", "segments", "sentence_ids")}
        return known | facts

    def _of_evidence(self, row: Row, facts: Facts) -> Facts | None:
        if "claim_id" not in facts:
            same = self.replay.nameless.get(nameless_key(row))
            if not same:
                return None
            facts = same.pop(0) | facts
        undone = self.replay.undone_verdicts.get(facts["verdict_id"][0])
        return {"removed_at": undone, **facts} if undone else facts

    def _compare(self, table: str, row: Row, facts: Facts) -> None:
        untouched: Facts = {name: (one, None) for name, one in _UNTOUCHED.get(table, {}).items()}
        for column, (told, event) in (untouched | facts).items():
            stands = in_rest(row[column]) if column == "status" else row[column]
            if stands != told:
                self.differences.append(Difference(_name(table, row), column, stands, told, event))
        if table == "article" and row["text"] != row["sha256"]:
            self.differences.append(Difference(_name(table, row), "text", row["text"], row["sha256"]))
        untold = tuple(name for name in _COLUMNS.get(table, ()) if name not in facts)
        if untold:
            self.untold[table, untold] += 1

    def _missing(self) -> Iterator[Difference]:
        for table, rows in self.replay.rows.items():
            for number, facts in rows.items():
                name = _SAID[table]
                told, event = facts.get(name) or next(iter(facts.values()), (None, None))
                # A claim that events only act on has its name told by another.
                if event is not None and (table != "claim" or "text" in facts):
                    yield Difference(f"{table} {number}", told=told, event=event)
        for uid, event in self.replay.named.items():
            yield Difference(f"claim {uid}", told="that it was found", event=event)
        for facts in (one for same in self.replay.nameless.values() for one in same):
            yield Difference(f"evidence of claim {facts['claim_id'][0]}", told=facts["url"][0], event=facts["url"][1])
        for facts in (one for turns in self.replay.editorial_acts.values() for one in turns):
            told, event = facts["editor"]
            yield Difference(f"{facts['act'][0]} of claim {facts['claim_id'][0]}", told=f"by {told}", event=event)


def _name(table: str, row: Row) -> str:
    if table in {"editorial_act", "verdict", "correction", "evidence"}:
        return f"{table} {row['id']} of claim {row['claim_id']}"
    return f"{table} {row['id']}"


def _uid_of(row: Row) -> str | None:
    """The name that a claim of these words has at this place; None if they are none."""
    try:
        spans = tuple(Span(start, end) for start, end in row["segments"])
        anchor = Anchor(AnchorStatus(row["anchor"]), spans, tuple(row["sentence_ids"]))
        return Claim(row["text"], row["quote"], anchor, 0).uid(row["article_sha256"])
    except (AttributeError, TypeError, ValueError):
        return None
