"""Others' checks, searchable by words: rows of the database, with an index of their words beside them."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, delete, func, select, update
from typing_extensions import override

from factcheck.domain.evidence import source_key
from factcheck.domain.known import FoundKnown, Kept, KnownClaim, KnownRating, KnownSource, succession
from factcheck.errors import NoSuchKnownSourceError
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.known_index import KnownIndex, index_of
from factcheck.storage.known_search import best_of
from factcheck.storage.known_tables import KNOWN_CLAIM, KNOWN_SOURCE
from factcheck.workflow.known_ports import KnownClaims

_COLUMNS = tuple(one.name for one in KNOWN_CLAIM.c)
_UPDATE = "UPDATE known_claim SET rating = ?, value = ?, worst = ?, best = ?, rated_on = ?, earlier = ? WHERE id = ?"
_STANDING = "SELECT key, publisher, source_id, id, earlier, rating, value, worst, best, rated_on FROM known_claim"
_AT_ONCE = 1000
_MOST_PUBLISHERS = 20
"""So many that a source names of one page are shown: none of them pushes out what another source tells."""

_Name = tuple[bytes, str]
"""A claim on its page, and who has checked it, alike however all three are written."""


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
            return _kept(index_of(connection), source_id, claims, now.date())

    @override
    def alike(self, words: Collection[str], limit: int) -> tuple[FoundKnown, ...]:
        if not words or self.database.is_missing:
            return ()
        with self.database.reading() as connection:
            likeness = self._likeness_of_pages(connection, words, limit)
            told = self._told_of(connection, likeness)
        found = [FoundKnown(known, likeness[page]) for (page, _), known in told.items()]
        # Of equals the one that was checked last comes first, then by address: the same question has the same answer.
        found.sort(key=lambda one: (-one.likeness, -(one.known.rating.on or date.min).toordinal(), one.known.url))
        return tuple(found[:limit])

    def _likeness_of_pages(self, connection: Connection, words: Collection[str], limit: int) -> dict[bytes, float]:
        """The claims of pages, by their keys, that are most like the words: copies of one count as one."""
        index = index_of(connection)
        likeness = best_of(index, words)
        numbers = list(likeness)
        query = f"SELECT id, key FROM known_claim WHERE id IN ({', '.join('?' * len(numbers)) or 'NULL'})"  # noqa: S608 - marks
        keys = {number: key for number, key in index.rows(query, numbers)}  # noqa: C416 - rows are no pairs by type
        found: dict[bytes, float] = {}
        for number, best in likeness.items():  # the best first
            if len(found) < limit and number in keys:
                found.setdefault(keys[number], best)
        return found

    def _told_of(self, connection: Connection, pages: Collection[bytes]) -> Mapping[_Name, KnownClaim]:
        """What every source tells of these claims of pages, together what it tells of one publisher."""
        of_one = [KNOWN_CLAIM.c.key, KNOWN_CLAIM.c.source_id]
        place = func.row_number().over(partition_by=of_one, order_by=KNOWN_CLAIM.c.id).label("place")
        numbered = select(KNOWN_CLAIM.c.id, place).where(KNOWN_CLAIM.c.key.in_(pages)).subquery()
        first = select(numbered.c.id).where(numbered.c.place <= _MOST_PUBLISHERS)
        by_import = select(KNOWN_CLAIM).join(KNOWN_SOURCE).order_by(KNOWN_SOURCE.c.at, KNOWN_CLAIM.c.id)
        lines = connection.execute(by_import.where(KNOWN_CLAIM.c.id.in_(first))).all()
        named = select(KNOWN_SOURCE).where(KNOWN_SOURCE.c.id.in_({one.source_id for one in lines}))
        sources = {one.id: one for one in connection.execute(named)}
        told: dict[_Name, KnownClaim] = {}
        for row, known, today in self.database.each(
            lines, lambda row: _known(row, sources[row.source_id]), lambda row: f"known {row.id}"
        ):
            name = row.key, _folded(known.publisher)
            # A day after the import is no day of a check, whenever it is asked for.
            dated = known.told_by(today)
            told[name] = told[name].also_told(dated, today) if name in told else dated
        return told

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
    """What a source has told of a known claim: its row, None where it is to come, and the ratings, oldest first."""

    number: int
    at_first: tuple[KnownRating, ...]
    told: tuple[KnownRating, ...]
    changes: int = 0


@dataclass(slots=True)
class _Known:
    """What stands of some claims: what this source has told of each, and the rating that each other one gives."""

    own: dict[_Name, _Standing] = field(default_factory=dict)
    others: defaultdict[_Name, list[KnownRating]] = field(default_factory=lambda: defaultdict(list))


def _kept(index: KnownIndex, source_id: int, claims: Sequence[KnownClaim], today: date) -> Kept:
    index.make()
    publishers = {one.publisher: _folded(one.publisher) for one in claims}
    named = [((_key(one), publishers[one.publisher]), one) for one in claims]
    standing = _standing(index, source_id, [key for (key, _), _ in named])
    [(last,)] = index.rows("SELECT coalesce(max(id), 0) FROM known_claim")
    to_come: list[tuple[_Name, KnownClaim]] = []
    new = 0
    for name, one in named:
        found = standing.own.get(name)
        if found is None:
            to_come.append((name, one))
            others = standing.others.get(name)
            new += not others
            is_other = others is not None and one.rating.verdict not in {rating.verdict for rating in others}
            standing.own[name] = _Standing(last + len(to_come), (), one.ratings, int(is_other))
            continue
        after = succession(found.told, one.rating, today)
        found.changes += [each.verdict for each in after] != [each.verdict for each in found.told]
        found.told = after
    index.each(_insertion(_COLUMNS), [_values(standing.own[name], name[0], source_id, one) for name, one in to_come])
    index.add((standing.own[name].number, one.worded) for name, one in to_come)
    changed = [one for one in standing.own.values() if one.told != one.at_first]
    index.each(
        _UPDATE, [(*_rating(one.told[-1]), _ratings(one.told[:-1]), one.number) for one in changed if one.at_first]
    )
    # A source may hold a page as it was and as it is: to import it again changes nothing.
    changes = sum(one.changes for one in changed)
    return Kept(new, changes, len(claims) - new - changes)


def _insertion(columns: Sequence[str]) -> str:
    """The statement that takes a claim in."""
    return f"INSERT INTO known_claim ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - names of ours


def _key(one: KnownClaim) -> bytes:
    """A name for the claim on its page that is alike however both are written."""
    return blake2b(f"{source_key(one.url)}\n{_folded(one.claim)}".encode(), digest_size=16).digest()


def _folded(text: str | None) -> str:
    from factcheck.text.folding import fold  # noqa: PLC0415 - slow to load, and every command opens these

    return fold(text or "")


def _standing(index: KnownIndex, source_id: int, keys: Sequence[bytes]) -> _Known:
    found = _Known()
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        query = f"{_STANDING} WHERE key IN ({', '.join('?' * len(some))})"
        for key, publisher, source, number, earlier, *cells in index.rows(query, some):
            told = *map(_rating_of, json.loads(earlier)), _rating_of(cells)
            name = key, _folded(publisher)
            if source == source_id:
                found.own[name] = _Standing(number, told, told)
            else:
                found.others[name].append(told[-1])
    return found


def _rating(one: KnownRating) -> tuple[str | None, ...]:
    return *one.verdict, one.on.isoformat() if one.on else None


def _rating_of(cells: Sequence[Any], sources: tuple[str, ...] = ()) -> KnownRating:
    text, value, worst, best, on = cells
    return KnownRating(text, value, worst, best, date.fromisoformat(str(on)) if on else None, sources)


def _ratings(told: Sequence[KnownRating]) -> str:
    return json.dumps(list(map(_rating, told)))


def _values(standing: _Standing, key: bytes, source_id: int, one: KnownClaim) -> tuple[object, ...]:
    """The columns in their order."""
    told: Mapping[str, Any] = {
        "id": standing.number, "key": key, "source_id": source_id, "claim": one.claim, "headline": one.headline,
        "url": one.url, "publisher": one.publisher, "claimant": one.claimant, "language": one.language,
        "claimed_on": one.claimed_on and one.claimed_on.isoformat(), "earlier": _ratings(standing.told[:-1]),
    }  # fmt: skip
    names = ("rating", "value", "worst", "best", "rated_on")
    told = {**told, **dict(zip(names, _rating(standing.told[-1]), strict=True))}
    return tuple(told[name] for name in _COLUMNS)


def _known(row: rows.AnyRow, source: rows.AnyRow) -> tuple[rows.AnyRow, KnownClaim, date]:
    """The row, what it tells, and the day of its source's last import."""
    with rows.damage_told("known_claim", row):
        told = (source.name,)
        rating = KnownRating(row.rating, row.value, row.worst, row.best, row.rated_on, told)
        earlier = tuple(_rating_of(one, told) for one in row.earlier)
        return row, rows.of_row(KnownClaim, row, rating=rating, earlier=earlier), source.at.date()
