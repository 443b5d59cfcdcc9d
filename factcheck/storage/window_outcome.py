"""The outcome of one call, written in one transaction: the ledger, new claims, found-again ones, vanished ones."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, func, insert, select, update

from factcheck.domain.article import FiledArticle
from factcheck.domain.claim import Claim
from factcheck.domain.extraction import WindowOutcome, by_wording
from factcheck.domain.sentence import LedgerEntry, SentenceState
from factcheck.storage import rows
from factcheck.storage.tables import ClaimRow, RunClaimRow, RunRow, RunSentenceRow, SentenceRow

_sentence: Table = SentenceRow.__table__  # type: ignore[attr-defined]
_run: Table = RunRow.__table__  # type: ignore[attr-defined]
_claim: Table = ClaimRow.__table__  # type: ignore[attr-defined]
_run_claim: Table = RunClaimRow.__table__  # type: ignore[attr-defined]
_run_sentence: Table = RunSentenceRow.__table__  # type: ignore[attr-defined]

_UNANSWERED = [state for state in SentenceState if not state.is_answered]


def write_outcome(
    connection: Connection, run_id: int, filed: FiledArticle, outcome: WindowOutcome, price: float | None = None
) -> dict[str, list[Any]]:
    """Write it all; tells which sentences it was about, the uids of new claims and the ids of vanished ones."""
    _enter(connection, run_id, filed.id, outcome.entries)
    fresh = _place_claims(connection, run_id, filed, by_wording(outcome.claims))
    answered = [position for position, entry in outcome.entries.items() if entry.state.is_answered]
    vanished = _mark_vanished(connection, run_id, filed.id, answered)
    spent: dict[str, Any] = {name: _run.c[name] + more for name, more in rows.columns_of(outcome.usage).items()}
    # An unknown price leaves the sum as it is; the sum is NULL until the first known one.
    if price is not None:
        spent["price"] = func.coalesce(_run.c.price, 0.0) + price
    connection.execute(update(_run).where(_run.c.id == run_id).values(spent))
    return {"sentences": sorted(outcome.entries), "claims": fresh, "vanished": vanished}


def insert_claims(connection: Connection, values: Sequence[dict[str, Any]]) -> None:
    """Insert claims in bulk, inside the caller's transaction."""
    connection.execute(insert(_claim), values)


def _enter(connection: Connection, run_id: int, article_id: int, entries: Mapping[int, LedgerEntry]) -> None:
    """Put the entries into the ledger; a failure replaces no answer, which another run may have had."""
    for position, entry in entries.items():
        values = {"run_id": run_id, **rows.columns_of(entry)}
        here = update(_sentence).where(_sentence.c.article_id == article_id, _sentence.c.position == position)
        if not entry.state.is_answered:
            here = here.where(_sentence.c.state.in_(_UNANSWERED))
        connection.execute(here.values(values))
        connection.execute(insert(_run_sentence).values(position=position, **values))


def _place_claims(connection: Connection, run_id: int, filed: FiledArticle, offered: Mapping[str, Claim]) -> list[str]:
    """Add the claims that the article did not have; note the others as found again. Returns the new ones' uids."""
    same = select(_claim).where(_claim.c.article_id == filed.id, _claim.c.wording.in_(offered))
    # Where several claims say the same, the first of them is the one that is found again.
    known = {row.wording: row for row in connection.execute(same.order_by(_claim.c.id.desc()))}
    for wording, row in known.items():
        _found_again(connection, row, offered[wording])
    fresh = [rows.claim_values(one, filed, run_id) for key, one in offered.items() if key not in known]
    if fresh:
        insert_claims(connection, fresh)
    uids = [one["uid"] for one in fresh]
    ids = {row.id for row in known.values()}
    ids.update(connection.execute(select(_claim.c.id).where(_claim.c.uid.in_(uids))).scalars())
    # The run may have given a claim in an earlier window too.
    new = ids.difference(connection.execute(_given_by(run_id)).scalars())
    if new:
        connection.execute(insert(_run_claim), [{"run_id": run_id, "claim_id": one} for one in sorted(new)])
    return uids


def _found_again(connection: Connection, row: rows.AnyRow, claim: Claim) -> None:
    known = rows.claim(row)
    places = known.found_at((claim.anchor, *claim.also)).also
    if places != known.also or row.vanished_in is not None:
        values = {"also": rows.anchors_stored(places), "vanished_in": None}
        connection.execute(update(_claim).where(_claim.c.id == row.id).values(values))


def _mark_vanished(connection: Connection, run_id: int, article_id: int, positions: Sequence[int]) -> list[int]:
    """Mark earlier claims of sentences that this run answered without them. Nothing is deleted.

    Parts that a reviewer has made of a claim stay: no run gave them.
    """
    gone = select(_claim.c.id).where(
        _claim.c.article_id == article_id,
        _claim.c.first_sentence.in_(positions),
        _claim.c.vanished_in.is_(None),
        _claim.c.split_from.is_(None),
        _claim.c.id.not_in(_given_by(run_id)),
    )
    ids = list(connection.execute(gone.order_by(_claim.c.id)).scalars())
    if ids:
        connection.execute(update(_claim).where(_claim.c.id.in_(ids)).values(vanished_in=run_id))
    return ids


def _given_by(run_id: int) -> Select[Any]:
    return select(_run_claim.c.claim_id).where(_run_claim.c.run_id == run_id)
