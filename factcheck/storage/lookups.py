"""Look-ups: the last one of each claim, with what was fetched for it."""

import json
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update
from typing_extensions import override

from factcheck.domain.evidence import Snapshot
from factcheck.domain.lookup import FoundPage, Kinship, Lookup, Passage, Reading
from factcheck.errors import BrokenRowError, NoSuchPassageError
from factcheck.storage.database import Database
from factcheck.storage.lookup_tables import LOOKUP, LOOKUP_PAGE
from factcheck.storage.rows import AnyRow, is_number, sound
from factcheck.workflow.lookup_ports import Lookups


@dataclass
class SqlLookups(Lookups):
    """Serves the Lookups port from a database."""

    database: Database

    @override
    def keep(self, lookup: Lookup, snapshots: Sequence[Snapshot]) -> None:
        with self.database.writing() as connection:
            before: Lookup | None = None
            with suppress(BrokenRowError):  # a damaged one is replaced, as if there had been none
                before = _last(connection.execute(_of_claim(lookup.claim_id)).first())
            _write(connection, lookup.behind(before), snapshots)

    @override
    def suggest(self, first: Lookup, page: FoundPage, snapshot: Snapshot) -> Lookup:
        with self.database.writing() as connection:
            before = _last(connection.execute(_of_claim(first.claim_id)).first())
            after = (before or first).with_suggestion(page)
            if after != before:
                _write(connection, after, [snapshot])
        return after

    @override
    def tell(self, lookup: Lookup) -> None:
        with self.database.writing() as connection:
            standing = _last(connection.execute(_of_claim(lookup.claim_id)).first())
            if standing is not None and standing.at == lookup.at:  # else another one has taken its place meanwhile
                _write(connection, lookup.told_beside(standing), ())

    @override
    def set_aside(self, claim_id: int, number: int, person: str, at: datetime) -> Lookup:
        with self.database.writing() as connection:
            standing = _last(connection.execute(_of_claim(claim_id)).first())
            if standing is None:
                raise NoSuchPassageError(claim_id, number, 0)
            standing.require_asked_at(at, number)
            after = standing.set_aside(number, person)
            _write(connection, after, ())
        return after

    @override
    def last(self, claim_id: int) -> Lookup | None:
        return _last(next(iter(self.database.rows(_of_claim(claim_id))), None))

    @override
    def snapshot(self, claim_id: int, sha256: str) -> Snapshot | None:
        is_wanted = is_number(LOOKUP_PAGE.c.claim_id, claim_id) & (LOOKUP_PAGE.c.sha256 == sha256)
        row = next(iter(self.database.rows(select(LOOKUP_PAGE).where(is_wanted))), None)
        if row is None:
            return None
        row = sound("lookup_page", row)
        try:
            found = Snapshot(
                zlib.decompress(row.content), row.media_type, row.url, row.status, dict(json.loads(row.headers))
            )
        except (zlib.error, ValueError, TypeError) as error:
            raise BrokenRowError(f"row {sha256} is damaged: table 'lookup_page' cannot be unpacked") from error
        if found.sha256 != sha256:
            raise BrokenRowError(f"row {sha256} is damaged: table 'lookup_page' holds other bytes")
        return found


def _of_claim(claim_id: int) -> Select[Any]:
    return select(LOOKUP).where(is_number(LOOKUP.c.claim_id, claim_id))


def _write(connection: Connection, lookup: Lookup, snapshots: Sequence[Snapshot]) -> None:
    """Put a look-up in the place of the claim's last one, with these pages; earlier ones that it names stay."""
    found = asdict(lookup)
    told = {name: found.pop(name) for name in ("claim_id", "at")}
    pages = {one.sha256: one for one in snapshots}
    named = {one.sha256 for one in lookup.pages} - pages.keys()
    mine = LOOKUP_PAGE.c.claim_id == lookup.claim_id
    connection.execute(delete(LOOKUP_PAGE).where(mine, LOOKUP_PAGE.c.sha256.not_in(named)))
    values = {"at": told["at"], "found": json.dumps(found)}
    if not connection.execute(update(LOOKUP).where(LOOKUP.c.claim_id == lookup.claim_id).values(values)).rowcount:
        connection.execute(insert(LOOKUP).values(**told, found=values["found"]))
    for sha256, one in pages.items():
        about = {"media_type": one.media_type, "url": one.url, "status": one.status}
        packed = {"headers": json.dumps(dict(one.headers)), "content": zlib.compress(one.content)}
        of = {"claim_id": lookup.claim_id, "sha256": sha256}
        connection.execute(insert(LOOKUP_PAGE).values(**of, **about, **packed))


def _last(row: AnyRow | None) -> Lookup | None:
    if row is None:
        return None
    try:
        return _lookup(row.claim_id, row.at, json.loads(row.found))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BrokenRowError(f"row {row.claim_id} is damaged: table 'lookup' holds no look-up") from error


def _lookup(claim_id: int, at: Any, found: dict[str, Any]) -> Lookup:  # noqa: ANN401 - as its column reads it
    pages = [_page(one) for one in found.pop("pages")]
    asked_by = found.pop("asked_by", None)  # which older versions have not told
    told = {name: tuple(value) for name, value in found.items()}
    return Lookup(claim_id, at, pages=tuple(pages), asked_by=asked_by, **told)


def _page(found: dict[str, Any]) -> FoundPage:
    passages = tuple(
        Passage(**one | {"reading": one["reading"] and Reading(one["reading"])}) for one in found["passages"]
    )
    return FoundPage(**found | {"passages": passages, "kinships": tuple(map(Kinship, found["kinships"]))})
