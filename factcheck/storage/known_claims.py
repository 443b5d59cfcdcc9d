"""Others' checks, searchable by words: rows of the database, with an index of their words beside them."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import delete, func, select, update
from typing_extensions import override

from factcheck.domain.evidence import source_key
from factcheck.domain.known import FoundKnown, Kept, KnownClaim, KnownRating, KnownSource
from factcheck.errors import NoSuchKnownSourceError
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.known_index import KnownIndex, index_of
from factcheck.storage.known_search import best_of
from factcheck.storage.known_tables import KNOWN_CLAIM, KNOWN_SOURCE
from factcheck.workflow.known_ports import KnownClaims

_COLUMNS = tuple(one.name for one in KNOWN_CLAIM.c)
_INSERT = f"INSERT INTO known_claim ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - names of ours
_UPDATE = "UPDATE known_claim SET rating = ?, value = ?, worst = ?, best = ?, rated_on = ?, earlier = ? WHERE id = ?"
_MOST_EARLIER = 20
_AT_ONCE = 1000


@dataclass
class SqlKnownClaims(KnownClaims):
    """Serves the KnownClaims port from a database."""

    database: Database

    @override
    def keep(self, source: str, claims: Sequence[KnownClaim], now: datetime) -> Kept:
        with self.database.writing() as connection:
            source_id = connection.scalar(select(KNOWN_SOURCE.c.id).where(KNOWN_SOURCE.c.name == source))
            if source_id is None:
                source_id = rows.insert_one(connection, KNOWN_SOURCE, {"name": source, "at": now})
            connection.execute(update(KNOWN_SOURCE).where(KNOWN_SOURCE.c.id == source_id).values(at=now))
            return _kept(index_of(connection), source_id, claims)

    @override
    def alike(self, words: Collection[str], limit: int) -> tuple[FoundKnown, ...]:
        if not words or self.database.is_missing:
            return ()
        with self.database.reading() as connection:
            likeness = best_of(index_of(connection), words, limit)
            found = connection.execute(select(KNOWN_CLAIM).where(KNOWN_CLAIM.c.id.in_(likeness))).all()
        told = self.database.each(found, lambda row: (_known(row), likeness[row.id]), lambda row: f"known {row.id}")
        # Of equals the one that was checked last comes first, then by address: the same question has the same answer.
        ranked = sorted(told, key=lambda pair: (-pair[1], -(pair[0].rating.on or date.min).toordinal(), pair[0].url))
        return tuple(FoundKnown(*one) for one in ranked)

    @override
    def sources(self) -> tuple[KnownSource, ...]:
        counted = func.count(KNOWN_CLAIM.c.id)
        query = (
            select(KNOWN_SOURCE.c.name, KNOWN_SOURCE.c.at, counted.label("claims"))
            .outerjoin(KNOWN_CLAIM, KNOWN_CLAIM.c.source_id == KNOWN_SOURCE.c.id)
            .group_by(KNOWN_SOURCE.c.id, KNOWN_SOURCE.c.name, KNOWN_SOURCE.c.at)
            .order_by(KNOWN_SOURCE.c.name)
        )
        return tuple(rows.of_row(KnownSource, one) for one in self.database.rows(query))

    @override
    def forget(self, source: str) -> int:
        with self.database.writing() as connection:
            number = connection.scalar(select(KNOWN_SOURCE.c.id).where(KNOWN_SOURCE.c.name == source))
            if number is None:
                raise NoSuchKnownSourceError(f"nothing was imported from {source!r}")
            of_source = KNOWN_CLAIM.c.source_id == number
            index_of(connection).forget(number)
            gone = connection.execute(delete(KNOWN_CLAIM).where(of_source)).rowcount
            connection.execute(delete(KNOWN_SOURCE).where(KNOWN_SOURCE.c.id == number))
            return int(gone)


@dataclass(slots=True)
class _Standing:
    """What stands of a known claim: its row, None where it is to come, and its ratings."""

    number: int
    rating: KnownRating
    earlier: list[list[str | None]]
    is_new: bool = False
    is_changed: bool = False


def _kept(index: KnownIndex, source_id: int, claims: Sequence[KnownClaim]) -> Kept:
    index.make()
    keyed = [(_key(one), one) for one in claims]
    standing = _standing(index, [key for key, _ in keyed])
    [(last,)] = index.rows("SELECT coalesce(max(id), 0) FROM known_claim")
    new: list[tuple[bytes, KnownClaim]] = []
    changed = 0
    for key, one in keyed:
        found = standing.get(key)
        if found is None:
            new.append((key, one))
            standing[key] = _Standing(last + len(new), one.rating, _ratings(one.earlier), is_new=True)
        elif _takes(found, one.rating):
            changed += 1
    index.each(_INSERT, [_values(standing[key], key, source_id, one) for key, one in new])
    index.add((standing[key].number, one.claim) for key, one in new)
    updated = [one for one in standing.values() if one.is_changed and not one.is_new]
    index.each(_UPDATE, [(*_rating(one.rating), json.dumps(one.earlier), one.number) for one in updated])
    return Kept(len(new), changed, len(claims) - len(new) - changed)


def _key(one: KnownClaim) -> bytes:
    """A name for the claim on its page that is alike however both are written."""
    from factcheck.text.folding import fold  # noqa: PLC0415 - slow to load, and every command opens these

    return blake2b(f"{source_key(one.url)}\n{fold(one.claim)}".encode(), digest_size=16).digest()


def _standing(index: KnownIndex, keys: Sequence[bytes]) -> dict[bytes, _Standing]:
    found: dict[bytes, _Standing] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        query = "SELECT key, id, rating, value, worst, best, rated_on, earlier FROM known_claim WHERE key IN"
        for key, number, *told, earlier in index.rows(f"{query} ({', '.join('?' * len(some))})", some):
            found[key] = _Standing(number, _rating_of(told), json.loads(earlier))
    return found


def _takes(found: _Standing, rating: KnownRating) -> bool:
    """Take another rating in: in place of the one that stands, or among the earlier ones if its day is before that."""
    if rating.verdict == found.rating.verdict:
        return False
    before = rating.on is not None and found.rating.on is not None and rating.on < found.rating.on
    old = _ratings([rating if before else found.rating])[0]
    # A feed may hold a page as it was and as it is: to import it again changes nothing.
    if _ratings([rating])[0] in found.earlier:
        return False
    found.earlier = sorted([*found.earlier, old], key=lambda one: one[-1] or "")[-_MOST_EARLIER:]
    found.rating, found.is_changed = (found.rating if before else rating), True
    return True


def _rating(one: KnownRating) -> tuple[str | None, ...]:
    return *one.verdict, one.on.isoformat() if one.on else None


def _rating_of(cells: Sequence[Any]) -> KnownRating:
    text, value, worst, best, on = cells
    return KnownRating(text, value, worst, best, date.fromisoformat(str(on)) if on else None)


def _ratings(found: Sequence[KnownRating]) -> list[list[str | None]]:
    return [list(_rating(one)) for one in found]


def _values(standing: _Standing, key: bytes, source_id: int, one: KnownClaim) -> tuple[object, ...]:
    """The columns in their order."""
    told: Mapping[str, Any] = {
        "id": standing.number, "key": key, "source_id": source_id, "claim": one.claim, "url": one.url,
        "publisher": one.publisher, "claimant": one.claimant, "language": one.language,
        "claimed_on": one.claimed_on and one.claimed_on.isoformat(), "earlier": json.dumps(standing.earlier),
    }  # fmt: skip
    names = ("rating", "value", "worst", "best", "rated_on")
    told = {**told, **dict(zip(names, _rating(standing.rating), strict=True))}
    return tuple(told[name] for name in _COLUMNS)


def _known(row: rows.AnyRow) -> KnownClaim:
    with rows.damage_told("known_claim", row):
        rating = KnownRating(row.rating, row.value, row.worst, row.best, row.rated_on)
        return rows.of_row(KnownClaim, row, rating=rating, earlier=tuple(map(_rating_of, row.earlier)))
