"""The outcome of one call, written in one transaction: the ledger, new claims, found-again ones, vanished ones."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, func, insert, or_, select, update

from factcheck.domain.article import FiledArticle
from factcheck.domain.audit import Event
from factcheck.domain.claim import Claim
from factcheck.domain.extraction import WindowOutcome, by_wording
from factcheck.domain.sentence import LedgerEntry, SentenceState
from factcheck.storage import rows
from factcheck.storage.events import add_events
from factcheck.storage.lineage import family, find_again, let_vanish, stands_in
from factcheck.storage.tables import CLAIM, RUN, RUN_CLAIM, RUN_SENTENCE, SENTENCE

_UNANSWERED = [state for state in SentenceState if not state.is_answered]


def write_outcome(
    connection: Connection, run_id: int, filed: FiledArticle, outcome: WindowOutcome, price: float | None = None
) -> dict[str, Any]:
    """Write it all; tells which sentences it was about, the uids of new claims, what they say, and vanished ids."""
    _enter(connection, run_id, filed.id, outcome.entries)
    fresh, written, placed = _place_claims(connection, run_id, filed, by_wording(outcome.claims))
    answered = [position for position, entry in outcome.entries.items() if entry.state.is_answered]
    vanished = _mark_vanished(connection, run_id, filed.id, answered)
    spent: dict[str, Any] = {name: RUN.c[name] + more for name, more in rows.columns_of(outcome.usage).items()}
    # An unknown price leaves the sum as it is; the sum is NULL until the first known one.
    if price is not None:
        spent["price"] = func.coalesce(RUN.c.price, 0.0) + price
    connection.execute(update(RUN).where(RUN.c.id == run_id).values(spent))
    told = {"sentences": sorted(outcome.entries), "claims": fresh, "vanished": vanished, "written": written}
    return told | ({"places": placed} if placed else {})


def land_outcome(
    connection: Connection, run_id: int, filed: FiledArticle, outcome: WindowOutcome, now: datetime, price: float | None
) -> int:
    """Write it all, with the event that tells of it; returns how many claims were new."""
    details = write_outcome(connection, run_id, filed, outcome, price)
    add_events(connection, Event(0, now, None, "window_landed", article_id=filed.id, run_id=run_id, details=details))
    return len(details["claims"])


def end_runs(connection: Connection, run_ids: Collection[int], outcome: str, now: datetime) -> None:
    """Close runs with a word on how they ended, and the events that tell of it."""
    connection.execute(update(RUN).where(RUN.c.id.in_(run_ids)).values(ended_at=now, outcome=outcome))
    add_events(
        connection, *(Event(0, now, None, "run_ended", run_id=one, details={"outcome": outcome}) for one in run_ids)
    )


def insert_claims(connection: Connection, values: Sequence[dict[str, Any]]) -> None:
    """Insert claims in bulk, inside the caller's transaction."""
    connection.execute(insert(CLAIM), values)


def _enter(connection: Connection, run_id: int, article_id: int, entries: Mapping[int, LedgerEntry]) -> None:
    """Put the entries into the ledger; a failure replaces no answer, which another run may have had."""
    if not entries:
        return
    # One statement for many rows each: SQLAlchemy takes longer to make one than the database to run it.
    found = {at: {"run_id": run_id, **rows.columns_of(entry)} for at, entry in entries.items()}
    connection.execute(insert(RUN_SENTENCE), [{"position": at} | one for at, one in found.items()])
    here = update(SENTENCE).where(SENTENCE.c.article_id == article_id, SENTENCE.c.position == bindparam("at"))
    # No `in_`: it takes no list of rows.
    unanswered = here.where(or_(*(SENTENCE.c.state == state for state in _UNANSWERED)))
    for is_answered, statement in ((True, here), (False, unanswered)):
        entered = [
            {"at": at} | {f"new_{name}": value for name, value in one.items()}
            for at, one in found.items()
            if entries[at].state.is_answered is is_answered
        ]
        if entered:
            values: dict[str, Any] = {name.removeprefix("new_"): bindparam(name) for name in entered[0] if name != "at"}
            connection.execute(statement.values(values), entered)


def _place_claims(
    connection: Connection, run_id: int, filed: FiledArticle, offered: Mapping[str, Claim]
) -> tuple[list[str], dict[str, Any], dict[str, Any]]:
    """Add the claims that no version of the article had; note the others as found again.

    Returns the new ones' uids, by their numbers what was written of them, and where claims of other versions stand.
    """
    # What another version says in these words keeps its verdict, whichever of them was answered first.
    others = CLAIM.c.article_id.in_(family(connection, filed.id)) & CLAIM.c.vanished_in.is_(None)
    here = or_(stands_in(filed.id), others)
    same = select(CLAIM).where(here, CLAIM.c.wording.in_(offered))
    # Where several claims say the same, the first of them is the one that is found again, and the article's own before.
    order = case((CLAIM.c.article_id == filed.id, 1), else_=0), CLAIM.c.id.desc()
    known = {row.wording: row for row in connection.execute(same.order_by(*order))}
    placed: dict[str, Any] = {}
    for wording, row in known.items():
        if row.article_id != filed.id:
            placed |= find_again(connection, filed.id, row.id, offered[wording])
            continue
        before = rows.claim(row)
        also = before.found_at((offered[wording].anchor, *offered[wording].also)).also
        if also != before.also or row.vanished_in is not None:
            values = {"also": rows.anchors_stored(also), "vanished_in": None}
            connection.execute(update(CLAIM).where(CLAIM.c.id == row.id).values(values))
    fresh = [rows.claim_values(one, filed, run_id) for key, one in offered.items() if key not in known]
    if fresh:
        insert_claims(connection, fresh)
    uids = [one["uid"] for one in fresh]
    written = rows.written_claims(connection, CLAIM.c.uid.in_(uids))
    ids = {row.id for row in known.values()} | set(map(int, written))
    # The run may have given a claim in an earlier window too.
    new = ids.difference(connection.execute(_given_by(run_id)).scalars())
    if new:
        connection.execute(insert(RUN_CLAIM), [{"run_id": run_id, "claim_id": one} for one in sorted(new)])
    return uids, written, placed


def _mark_vanished(connection: Connection, run_id: int, article_id: int, positions: Sequence[int]) -> list[int]:
    """Mark earlier claims of sentences that this run answered without them. Nothing is deleted.

    Claims that a person wrote down stay, and parts that one has made of a claim: no run gave them.
    """
    gone = select(CLAIM.c.id).where(
        CLAIM.c.article_id == article_id,
        CLAIM.c.first_sentence.in_(positions),
        CLAIM.c.vanished_in.is_(None),
        CLAIM.c.split_from.is_(None),
        CLAIM.c.added_by.is_(None),
        CLAIM.c.id.not_in(_given_by(run_id)),
    )
    ids = list(connection.execute(gone.order_by(CLAIM.c.id)).scalars())
    if ids:
        connection.execute(update(CLAIM).where(CLAIM.c.id.in_(ids)).values(vanished_in=run_id))
    return ids + let_vanish(connection, run_id, article_id, positions, _given_by(run_id))


def _given_by(run_id: int) -> Select[Any]:
    return select(RUN_CLAIM.c.claim_id).where(RUN_CLAIM.c.run_id == run_id)
