"""Reads claims with everything about them, inside the caller's transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Label, Select, Table, and_, bindparam, exists, func, or_, select

from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import SETTLED, UNSIGNED, ClaimStatus
from factcheck.errors import NoSuchClaimError
from factcheck.storage import rows
from factcheck.storage.tables import ABOUT_CLAIMS, ARTICLE, CLAIM, EVIDENCE, EVIDENCE_CHECK, RUN, VERDICT

BEST_FIRST = (CLAIM.c.skips, CLAIM.c.check_worthiness.desc(), CLAIM.c.id)
IS_SIGNED_OFF = and_(CLAIM.c.status.in_(SETTLED), CLAIM.c.editorial.not_in(UNSIGNED))
"""Claims whose verdict an editor has signed off, whatever became of it later."""
_later = EVIDENCE_CHECK.alias()
_LAST_CHECK = select(func.max(_later.c.id)).where(_later.c.evidence_id == EVIDENCE.c.id).scalar_subquery()
_EVIDENCE = (
    select(EVIDENCE, *(one.label(f"check_{one.name}") for one in EVIDENCE_CHECK.c))
    .select_from(EVIDENCE)
    .outerjoin(EVIDENCE_CHECK, EVIDENCE_CHECK.c.id == _LAST_CHECK)
    .where(EVIDENCE.c.removed_at.is_(None))
    .order_by(EVIDENCE.c.id)
)
"""What nobody has removed, each piece with its last check."""
_ABOUT = {
    f"has_{table.name}": found.where(found.selected_columns.claim_id.in_(bindparam("ids", expanding=True)))
    for table, found in ((EVIDENCE, _EVIDENCE), *((one, select(one).order_by(one.c.id)) for one in ABOUT_CLAIMS))
}
"""What was said about claims, by the column of `joined` that tells whether any was. Built once, as claims are read all
day: to build them takes longer than to run them."""
_TOLD_OF_RUN = ("model", "prompt", "prompt_version", "prompt_hash", "recording", "recording_sha256")


def load_one(connection: Connection, claim_id: int, now: datetime, *, held: bool = False) -> QueuedClaim:
    """One claim; `held` keeps it as it is until the transaction ends. Raises NotFoundError."""
    found = rows_by_ids(connection, [claim_id], held=held)
    if not found:
        raise NoSuchClaimError(f"there is no claim {claim_id}")
    return rows.queued_claim(*found[0]).at(now)


def rows_by_ids(connection: Connection, ids: Iterable[int], *, held: bool = False) -> list[tuple[Any, ...]]:
    """The rows of the claims of these numbers, as `rows_of` gives them, those most worth checking first."""
    return rows_of(connection, _by_ids(held=held), {"numbers": [one for one in ids if rows.may_be_key(one)]})


def rows_of(
    connection: Connection, query: Select[Any], values: Mapping[str, Any] | None = None
) -> list[tuple[Any, ...]]:
    """The rows that a query over `joined` finds, each with those about it, as `rows.queued_claim` takes them."""
    found = connection.execute(query, values).all()
    about = []
    for has, one in _ABOUT.items():
        ids = [row.id for row in found if getattr(row, has)]
        # Of a claim that nobody has read there is nothing to ask, and each question is a way to the server and back.
        about.append(rows.grouped(connection.execute(one, {"ids": ids}) if ids else (), "claim_id"))
    return [(row, *(one[row.id] for one in about)) for row in found]


@cache
def _by_ids(*, held: bool) -> Select[Any]:
    found = joined().where(CLAIM.c.id.in_(bindparam("numbers", expanding=True))).order_by(*BEST_FIRST)
    return found.with_for_update(of=CLAIM) if held else found


@cache
def joined() -> Select[Any]:
    """Claims with the run that gave them, what their article is known by, and whether anything was said about them."""
    about = (
        *(RUN.c[name] for name in _TOLD_OF_RUN),
        *(ARTICLE.c[name].label(f"article_{name}") for name in ("url", "sha256", "canonical_url")),
        *map(_has, (EVIDENCE, *ABOUT_CLAIMS)),
    )
    found = select(CLAIM, *about).join(ARTICLE, ARTICLE.c.id == CLAIM.c.article_id)
    return found.outerjoin(RUN, RUN.c.id == CLAIM.c.run_id)


def _has(table: Table) -> Label[bool]:
    return exists().where(table.c.claim_id == CLAIM.c.id).label(f"has_{table.name}")


def has_status(status: ClaimStatus, now: datetime) -> ColumnElement[bool]:
    """Claims of that status: one whose lease has run out waits again."""
    here, stage = CLAIM.c.status == status, status.stage
    if stage is None:
        return here
    if status is stage.held:
        return and_(here, CLAIM.c.leased_until > now)
    return or_(here, and_(CLAIM.c.status == stage.held, CLAIM.c.leased_until <= now))


def has_read(reviewer: str | ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether one of the claim's standing readings is by this reviewer."""
    return exists().where(
        VERDICT.c.claim_id == CLAIM.c.id, VERDICT.c.undone_at.is_(None), VERDICT.c.reviewer == reviewer
    )
