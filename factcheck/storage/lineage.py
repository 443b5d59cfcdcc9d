"""Versions of articles: which are kin, and where the claims of one stand in another."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, insert, or_, select, update

from factcheck.domain.article import FiledArticle
from factcheck.domain.audit import Event
from factcheck.domain.claim import Claim
from factcheck.domain.states import ASIDE, EditorialState
from factcheck.domain.versions import Lineage, PlacedClaim, StandingClaim
from factcheck.storage import rows
from factcheck.storage.article_tables import ARTICLE_SKETCH, CLAIM_PLACE
from factcheck.storage.events import add_events
from factcheck.storage.tables import ARTICLE, CLAIM
from factcheck.text.versions import sketch as sketch_of

_MOST_KIN = 5
LAST_READ = func.coalesce(ARTICLE.c.returned_at, ARTICLE.c.retrieved_at), ARTICLE.c.id
"""What tells which of several versions stands at their address: the one that was read there last."""
_TOLD = ("article_id", "claim_id", "anchor", "segments", "sentence_ids")


def kin(connection: Connection, sketch: Collection[int], addresses: Collection[str]) -> tuple[FiledArticle, ...]:
    """The last articles of these addresses, and those that share a quarter of the sketch; the last one first."""
    last = [one.desc() for one in LAST_READ]
    numbers = set[int]()
    # Apart, since any number of pages may call a section's address their own.
    for at in (ARTICLE.c.url.in_(addresses), ARTICLE.c.canonical_url.in_(addresses)):
        numbers.update(connection.scalars(select(ARTICLE.c.id).where(at).order_by(*last).limit(_MOST_KIN)))
    if sketch:
        shared, wanted = func.count(), set(sketch)
        alike = select(ARTICLE_SKETCH.c.article_id).where(ARTICLE_SKETCH.c.hash.in_(sketch))
        alike = alike.group_by(ARTICLE_SKETCH.c.article_id).having(shared * 4 >= len(sketch)).order_by(shared.desc())
        numbers.update(connection.scalars(alike.limit(_MOST_KIN)))
        # Articles of older databases have no sketch until the next one is filed.
        numbers.update(one for one, own in _unsketched(connection) if len(wanted.intersection(own)) * 4 >= len(wanted))
    found = connection.execute(select(ARTICLE).where(ARTICLE.c.id.in_(numbers)).order_by(*last))
    return tuple(map(rows.filed_article, found))


def claims_standing_in(connection: Connection, article_id: int) -> tuple[StandingClaim, ...]:
    """The claims that stand in an article, its own and those of earlier versions, each where it stands in it."""
    found = connection.execute(select(CLAIM).where(stands_in(article_id), CLAIM.c.vanished_in.is_(None)))
    placed = {one.claim_id: one for one in places(connection, article_id)}
    return tuple(
        StandingClaim(row.id, placed[row.id].placed(rows.claim(row)) if row.id in placed else rows.claim(row))
        for row in found
    )


def places(connection: Connection, article_id: int) -> tuple[PlacedClaim, ...]:
    """The claims of other versions that stand in an article, with where they do."""
    return tuple(map(rows.placed_claim, connection.execute(places_of(article_id))))


def places_of(article_id: int) -> Select[Any]:
    """Asks for the rows of these places."""
    here = rows.is_number(CLAIM_PLACE.c.article_id, article_id), CLAIM_PLACE.c.vanished_in.is_(None)
    return select(CLAIM_PLACE).where(*here)


def newest_places(connection: Connection) -> dict[int, int]:
    """By its number, each claim that stands in several articles, and the one of these that was read last."""
    placed = select(CLAIM_PLACE.c.claim_id, CLAIM_PLACE.c.article_id).where(CLAIM_PLACE.c.vanished_in.is_(None))
    own = select(CLAIM.c.id, CLAIM.c.article_id).where(CLAIM.c.id.in_(select(CLAIM_PLACE.c.claim_id)))
    standing = (*connection.execute(own), *connection.execute(placed))
    if not standing:  # most desks have no versions, and the moments of all articles to read
        return {}
    read = {row.id: (row.at, row.id) for row in connection.execute(select(ARTICLE.c.id, LAST_READ[0].label("at")))}
    found: dict[int, int] = {}
    for claim, article in standing:
        found[claim] = max(found.get(claim, article), article, key=read.__getitem__)
    return found


def family(connection: Connection, article_id: int) -> tuple[int, ...]:
    """The numbers of all versions of an article, itself among them, held until the transaction ends if there are more.

    Two versions may be answered at once, and each of them may be answered before the other.
    """
    found = tuple(connection.scalars(_family(), {"article": article_id}))
    if len(found) > 1:
        connection.execute(select(ARTICLE.c.id).where(ARTICLE.c.id == found[0]).with_for_update(key_share=True))
    return found


@cache
def _family() -> Select[Any]:
    """All versions of the `article`, by the first of them; made once, since each answer asks for it."""
    given = ARTICLE.c.id == bindparam("article")
    own = select(ARTICLE.c.id, ARTICLE.c.previous_id).where(given).cte("own", recursive=True)
    older = own.union(select(ARTICLE.c.id, ARTICLE.c.previous_id).where(ARTICLE.c.id == own.c.previous_id))
    first = select(older.c.id).where(older.c.previous_id.is_(None)).cte("version", recursive=True)
    version = first.union(select(ARTICLE.c.id).where(ARTICLE.c.previous_id == first.c.id))
    return select(version.c.id).order_by(version.c.id)


def placed_in(article_id: int) -> Select[Any]:
    """The numbers of the claims of other versions that stand in an article."""
    here = rows.is_number(CLAIM_PLACE.c.article_id, article_id), CLAIM_PLACE.c.vanished_in.is_(None)
    return select(CLAIM_PLACE.c.claim_id).where(*here)


def stands_in(article_id: int) -> ColumnElement[bool]:
    """The condition that a claim stands in an article, as its own or as one of an earlier version."""
    return or_(rows.is_number(CLAIM.c.article_id, article_id), CLAIM.c.id.in_(placed_in(article_id)))


def write(connection: Connection, article_id: int, lineage: Lineage) -> dict[str, Any]:
    """Write what an article has of the version before it; what an event tells of it."""
    hashes = [{"article_id": article_id, "hash": one} for one in lineage.sketch]
    if hashes:
        connection.execute(insert(ARTICLE_SKETCH), hashes)
    older = [{"article_id": number, "hash": one} for number, own in _unsketched(connection) for one in own]
    if older:
        connection.execute(insert(ARTICLE_SKETCH), older)
    if lineage.previous_id is None:
        return {}
    return {"previous": lineage.previous_id, "places": place(connection, article_id, lineage.placed)}


def place(connection: Connection, article_id: int, claims: Iterable[PlacedClaim]) -> dict[str, Any]:
    """Let claims of other versions stand in an article; what an event tells of each place, by its number."""
    told: dict[str, Any] = {}
    for one in claims:
        values = {"article_id": article_id, **rows.place_values(one)}
        number = rows.insert_one(connection, CLAIM_PLACE, values)
        told[str(number)] = {name: values[name] for name in _TOLD}
    return told


def find_again(connection: Connection, article_id: int, claim_id: int, offered: Claim) -> dict[str, Any]:
    """Let a claim of another version stand where a run has found it too; what an event tells of a new place."""
    table = CLAIM_PLACE
    this = table.c.article_id == article_id, table.c.claim_id == claim_id
    row = connection.execute(select(table).where(*this)).first()
    # A version that is answered late says nothing of those that came after it.
    is_alerted = CLAIM.c.id == claim_id, CLAIM.c.changed_in <= article_id
    connection.execute(update(CLAIM).where(*is_alerted).values(changed_in=None))
    if row is None:
        found = PlacedClaim(claim_id, offered.anchor, offered.also, offered.inferred)
        return place(connection, article_id, [found])
    also = rows.placed_claim(row).placed(offered).found_at((offered.anchor, *offered.also)).also
    values = {"also": rows.anchors_stored(also), "vanished_in": None}
    connection.execute(update(table).where(table.c.id == row.id).values(values))
    return {}


def let_vanish(
    connection: Connection, run_id: int, article_id: int, positions: Sequence[int], given: Select[Any]
) -> list[int]:
    """Mark the places of claims of other versions in sentences that a run answered without them; people's stay."""
    table = CLAIM_PLACE
    by_people = select(CLAIM.c.id).where(or_(CLAIM.c.split_from.is_not(None), CLAIM.c.added_by.is_not(None)))
    gone = (
        table.c.article_id == article_id,
        table.c.first_sentence.in_(positions),
        table.c.vanished_in.is_(None),
        table.c.claim_id.not_in(given),
        table.c.claim_id.not_in(by_people),
    )
    ids = list(connection.scalars(select(table.c.claim_id).where(*gone).order_by(table.c.claim_id)))
    if ids:
        here = table.c.article_id == article_id, table.c.claim_id.in_(ids)
        connection.execute(update(table).where(*here).values(vanished_in=run_id))
    return ids


def tell_changed(connection: Connection, article_id: int, lineage: Lineage, now: datetime) -> None:
    """Mark the claims whose words the version has not: for the editor, and for whoever is to judge them."""
    if not lineage.replaces:
        return
    stands = CLAIM.c.status.not_in(ASIDE), CLAIM.c.editorial != EditorialState.WITHDRAWN
    ids = list(connection.scalars(select(CLAIM.c.id).where(CLAIM.c.id.in_(lineage.left), *stands).order_by(CLAIM.c.id)))
    connection.execute(update(CLAIM).where(CLAIM.c.id.in_(ids)).values(changed_in=article_id))
    add_events(connection, *(Event(0, now, None, "words_changed", one, article_id) for one in ids))


def come_back(connection: Connection, article_id: int, now: datetime) -> None:
    """Let an article be the last version again, and the claims that stand in it be alerted of no more."""
    connection.execute(update(ARTICLE).where(ARTICLE.c.id == article_id).values(returned_at=now))
    here = stands_in(article_id), CLAIM.c.changed_in.is_not(None)
    connection.execute(update(CLAIM).where(*here).values(changed_in=None))
    add_events(connection, Event(0, now, None, "returned", article_id=article_id))


def see_changes(connection: Connection, article_id: int, by: str, now: datetime) -> tuple[int, ...]:
    """Let the editor be alerted no more to what this version has not; the numbers of the claims."""
    here = rows.is_number(CLAIM.c.changed_in, article_id)
    ids = tuple(connection.scalars(select(CLAIM.c.id).where(here).order_by(CLAIM.c.id)))
    if ids:
        connection.execute(update(CLAIM).where(here).values(changed_in=None))
        add_events(connection, *(Event(0, now, by, "change_seen", one, article_id) for one in ids))
    return ids


def _unsketched(connection: Connection) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The sketches of the articles that have none yet; all of an older database have none, or all have one."""
    first = select(func.min(ARTICLE.c.id)).scalar_subquery()
    # Asked of the first alone: to look for each article's sketch takes longer than to file one.
    if connection.scalar(select(ARTICLE_SKETCH.c.hash).where(ARTICLE_SKETCH.c.article_id == first).limit(1)) is None:
        has_one = select(ARTICLE_SKETCH.c.hash).where(ARTICLE_SKETCH.c.article_id == ARTICLE.c.id)
        for row in connection.execute(select(ARTICLE.c.id, ARTICLE.c.text).where(~has_one.exists())):
            yield row.id, sketch_of(row.text)
