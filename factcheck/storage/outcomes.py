"""The outcome of one call, written in one transaction: the ledger, new claims, found-again ones, vanished ones."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, and_, func, insert, select, update

from factcheck.domain.article import FiledArticle
from factcheck.domain.claim import Claim
from factcheck.domain.extraction import Usage, WindowOutcome
from factcheck.domain.sentence import LedgerEntry, SentenceState
from factcheck.storage import rows
from factcheck.storage.tables import ClaimRow, RunClaimRow, RunRow, RunSentenceRow, SentenceRow

_sentence: Table = SentenceRow.__table__  # type: ignore[attr-defined]
_run: Table = RunRow.__table__  # type: ignore[attr-defined]
_claim: Table = ClaimRow.__table__  # type: ignore[attr-defined]
_run_claim: Table = RunClaimRow.__table__  # type: ignore[attr-defined]
_run_sentence: Table = RunSentenceRow.__table__  # type: ignore[attr-defined]

_UNANSWERED = [state.value for state in SentenceState if not state.is_answered]


def write_outcome(
    connection: Connection, run_id: int, filed: FiledArticle, outcome: WindowOutcome, price: float | None = None
) -> dict[str, list[Any]]:
    """Write it all; tells which sentences it was about, the uids of new claims and the ids of vanished ones."""
    _enter(connection, run_id, filed.id, outcome.entries)
    fresh = _place_claims(connection, run_id, filed, outcome.claims)
    answered = [position for position, entry in outcome.entries.items() if entry.state.is_answered]
    vanished = _mark_vanished(connection, run_id, filed.id, answered)
    connection.execute(update(_run).where(_run.c.id == run_id).values(_added(outcome.usage, price)))
    return {"sentences": sorted(outcome.entries), "claims": fresh, "vanished": vanished}


def insert_claims(connection: Connection, values: Sequence[dict[str, Any]]) -> None:
    """Insert claims in bulk, inside the caller's transaction."""
    connection.execute(insert(_claim), values)


def _enter(connection: Connection, run_id: int, article_id: int, entries: Mapping[int, LedgerEntry]) -> None:
    """Put the entries into the ledger; a failure replaces no answer, which another run may have had."""
    for position, entry in entries.items():
        here = and_(_sentence.c.article_id == article_id, _sentence.c.position == position)
        replaced = here if entry.state.is_answered else and_(here, _sentence.c.state.in_(_UNANSWERED))
        connection.execute(update(_sentence).where(replaced).values({"run_id": run_id, **rows.entry_values(entry)}))
    said = [{"run_id": run_id, "position": at, **rows.entry_values(entry)} for at, entry in entries.items()]
    connection.execute(insert(_run_sentence), said)


def _place_claims(connection: Connection, run_id: int, filed: FiledArticle, claims: Iterable[Claim]) -> list[str]:
    """Add the claims that the article did not have; note the others as found again. Returns the new ones' uids."""
    offered = _merged(claims)
    known = _known(connection, filed.id, offered)
    for wording, row in known.items():
        _found_again(connection, row, offered[wording])
    fresh = [rows.claim_values(one, filed, run_id) for key, one in offered.items() if key not in known]
    if fresh:
        insert_claims(connection, fresh)
    uids = [one["uid"] for one in fresh]
    ids = [row.id for row in known.values()]
    ids += connection.execute(select(_claim.c.id).where(_claim.c.uid.in_(uids))).scalars() if uids else []
    _link(connection, run_id, ids)
    return uids


def _merged(claims: Iterable[Claim]) -> dict[str, Claim]:
    """Each wording once, with all the places that it was found at."""
    merged: dict[str, Claim] = {}
    for claim in claims:
        first = merged.setdefault(claim.wording, claim)
        merged[claim.wording] = first.found_at((claim.anchor, *claim.also))
    return merged


def _known(connection: Connection, article_id: int, wordings: Iterable[str]) -> dict[str, rows.AnyRow]:
    wanted = and_(_claim.c.article_id == article_id, _claim.c.wording.in_(list(wordings)))
    found = connection.execute(select(_claim).where(wanted).order_by(_claim.c.id.desc()))
    return {row.wording: row for row in found}


def _found_again(connection: Connection, row: rows.AnyRow, claim: Claim) -> None:
    known = rows.claim(row)
    places = known.found_at((claim.anchor, *claim.also)).also
    if places != known.also or row.vanished_in is not None:
        values = {"also": rows.anchors_text(places), "vanished_in": None}
        connection.execute(update(_claim).where(_claim.c.id == row.id).values(values))


def _link(connection: Connection, run_id: int, claim_ids: Iterable[int]) -> None:
    """Note that the run gave these claims; it may have given them in an earlier window too."""
    already = set(connection.execute(select(_run_claim.c.claim_id).where(_run_claim.c.run_id == run_id)).scalars())
    new = [{"run_id": run_id, "claim_id": one} for one in claim_ids if one not in already]
    if new:
        connection.execute(insert(_run_claim), new)


def _mark_vanished(connection: Connection, run_id: int, article_id: int, positions: Sequence[int]) -> list[int]:
    """Mark earlier claims of sentences that this run answered without them. Nothing is deleted."""
    given = select(_run_claim.c.claim_id).where(_run_claim.c.run_id == run_id)
    gone = and_(
        _claim.c.article_id == article_id,
        _claim.c.first_sentence.in_(positions),
        _claim.c.vanished_in.is_(None),
        _claim.c.id.not_in(given),
    )
    ids = list(connection.execute(select(_claim.c.id).where(gone).order_by(_claim.c.id)).scalars())
    if ids:
        connection.execute(update(_claim).where(_claim.c.id.in_(ids)).values(vanished_in=run_id))
    return ids


def _added(usage: Usage, price: float | None) -> dict[Any, Any]:
    """What the run has cost with this call: a price that is unknown leaves the sum as it is, if only NULL."""
    return {
        _run.c.calls: _run.c.calls + usage.calls,
        _run.c.prompt_tokens: _run.c.prompt_tokens + usage.prompt_tokens,
        _run.c.cached_tokens: _run.c.cached_tokens + usage.cached_tokens,
        _run.c.completion_tokens: _run.c.completion_tokens + usage.completion_tokens,
        _run.c.seconds: _run.c.seconds + usage.seconds,
        _run.c.price: _run.c.price if price is None else func.coalesce(_run.c.price, 0) + price,
    }
