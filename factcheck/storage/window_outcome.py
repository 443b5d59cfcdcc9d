"""The outcome of one call, written in one transaction: the ledger, new claims, found-again ones, vanished ones."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, Float, Table, bindparam, func, insert, or_, select, update

from factcheck.domain.article import FiledArticle
from factcheck.domain.claim import Claim
from factcheck.domain.extraction import WindowOutcome
from factcheck.domain.sentence import LedgerEntry, SentenceState
from factcheck.storage import rows
from factcheck.storage.tables import ClaimRow, RunClaimRow, RunRow, RunSentenceRow, SentenceRow

_sentence: Table = SentenceRow.__table__  # type: ignore[attr-defined]
_run: Table = RunRow.__table__  # type: ignore[attr-defined]
_claim: Table = ClaimRow.__table__  # type: ignore[attr-defined]
_run_claim: Table = RunClaimRow.__table__  # type: ignore[attr-defined]
_run_sentence: Table = RunSentenceRow.__table__  # type: ignore[attr-defined]

_UNANSWERED = [state for state in SentenceState if not state.is_answered]

# Built once: building a statement costs several times what running it does.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_ENTERED = ("run_id", "state", "kind", "detail")
_ENTER = (
    update(_sentence)
    .where(_sentence.c.article_id == bindparam("article"), _sentence.c.position == bindparam("at"))
    .values({name: bindparam(f"new_{name}") for name in _ENTERED})
)
_ENTER_FAILURE = _ENTER.where(or_(*(_sentence.c.state == one for one in _UNANSWERED)))  # no IN in an executemany
_SAY = insert(_run_sentence)
_ADD_CLAIMS = insert(_claim)
_KNOWN = (
    select(_claim)
    .where(_claim.c.article_id == bindparam("article"), _claim.c.wording.in_(_IDS))
    .order_by(_claim.c.id.desc())
)
_NUMBERED = select(_claim.c.id).where(_claim.c.uid.in_(_IDS))
_LINK = insert(_run_claim)
_LINKED = select(_run_claim.c.claim_id).where(_run_claim.c.run_id == bindparam("run"), _run_claim.c.claim_id.in_(_IDS))
_GIVEN = select(_run_claim.c.claim_id).where(
    _run_claim.c.run_id == bindparam("run"), _run_claim.c.claim_id == _claim.c.id
)
_GONE = (
    select(_claim.c.id)
    .where(
        _claim.c.article_id == bindparam("article"),
        _claim.c.first_sentence.in_(_IDS),
        _claim.c.vanished_in.is_(None),
        _claim.c.split_from.is_(None),
        ~_GIVEN.exists(),
    )
    .order_by(_claim.c.id)
)
_VANISH = update(_claim).where(_claim.c.id.in_(_IDS)).values(vanished_in=bindparam("run"))
_PRICE = bindparam("more_price", type_=Float)
_COUNTED = ("calls", "prompt_tokens", "cached_tokens", "completion_tokens", "seconds")
_SPEND = (
    update(_run)
    .where(_run.c.id == bindparam("run"))
    .values({name: _run.c[name] + bindparam(f"more_{name}", type_=_run.c[name].type) for name in _COUNTED})
    # An unknown price leaves the sum as it is; the sum is NULL until the first known one.
    .values(price=func.coalesce(_run.c.price + _PRICE, _PRICE, _run.c.price))
)


def write_outcome(
    connection: Connection, run_id: int, filed: FiledArticle, outcome: WindowOutcome, price: float | None = None
) -> dict[str, list[Any]]:
    """Write it all; tells which sentences it was about, the uids of new claims and the ids of vanished ones."""
    _enter(connection, run_id, filed.id, outcome.entries)
    fresh = _place_claims(connection, run_id, filed, outcome.by_wording)
    answered = [position for position, entry in outcome.entries.items() if entry.state.is_answered]
    vanished = _mark_vanished(connection, run_id, filed.id, answered)
    spent = {f"more_{name}": getattr(outcome.usage, name) for name in _COUNTED}
    connection.execute(_SPEND, {"run": run_id, "more_price": price, **spent})
    return {"sentences": sorted(outcome.entries), "claims": fresh, "vanished": vanished}


def insert_claims(connection: Connection, values: Sequence[dict[str, Any]]) -> None:
    """Insert claims in bulk, inside the caller's transaction."""
    connection.execute(_ADD_CLAIMS, values)


def _enter(connection: Connection, run_id: int, article_id: int, entries: Mapping[int, LedgerEntry]) -> None:
    """Put the entries into the ledger; a failure replaces no answer, which another run may have had."""
    said = [{"run_id": run_id, "position": at, **rows.columns_of(entry)} for at, entry in entries.items()]
    for statement, is_answered in ((_ENTER, True), (_ENTER_FAILURE, False)):
        entered = [
            {"article": article_id, "at": one["position"]} | {f"new_{name}": one[name] for name in _ENTERED}
            for one, entry in zip(said, entries.values(), strict=True)
            if entry.state.is_answered is is_answered
        ]
        if entered:
            connection.execute(statement, entered)
    connection.execute(_SAY, said)


def _place_claims(connection: Connection, run_id: int, filed: FiledArticle, offered: Mapping[str, Claim]) -> list[str]:
    """Add the claims that the article did not have; note the others as found again. Returns the new ones' uids."""
    known = _known(connection, filed.id, offered)
    for wording, row in known.items():
        _found_again(connection, row, offered[wording])
    fresh = [rows.claim_values(one, filed, run_id) for key, one in offered.items() if key not in known]
    if fresh:
        insert_claims(connection, fresh)
    uids = [one["uid"] for one in fresh]
    ids = [row.id for row in known.values()]
    ids += connection.execute(_NUMBERED, {"ids": uids}).scalars() if uids else []
    _link(connection, run_id, ids)
    return uids


def _known(connection: Connection, article_id: int, wordings: Iterable[str]) -> dict[str, rows.AnyRow]:
    found = connection.execute(_KNOWN, {"article": article_id, "ids": list(wordings)})
    return {row.wording: row for row in found}


def _found_again(connection: Connection, row: rows.AnyRow, claim: Claim) -> None:
    known = rows.claim(row)
    places = known.found_at((claim.anchor, *claim.also)).also
    if places != known.also or row.vanished_in is not None:
        values = {"also": rows.anchors_stored(places), "vanished_in": None}
        connection.execute(update(_claim).where(_claim.c.id == row.id).values(values))


def _link(connection: Connection, run_id: int, claim_ids: Sequence[int]) -> None:
    """Note that the run gave these claims; it may have given them in an earlier window too."""
    already = set(connection.execute(_LINKED, {"run": run_id, "ids": claim_ids}).scalars())
    new = [{"run_id": run_id, "claim_id": one} for one in claim_ids if one not in already]
    if new:
        connection.execute(_LINK, new)


def _mark_vanished(connection: Connection, run_id: int, article_id: int, positions: Sequence[int]) -> list[int]:
    """Mark earlier claims of sentences that this run answered without them. Nothing is deleted.

    Parts that a reviewer has made of a claim are no run's to find again.
    """
    gone = connection.execute(_GONE, {"run": run_id, "article": article_id, "ids": positions})
    ids = list(gone.scalars())
    if ids:
        connection.execute(_VANISH, {"run": run_id, "ids": ids})
    return ids
