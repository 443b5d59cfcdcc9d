"""Parts of a claim, added as claims of their own inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, Table, and_, insert, or_, select

from factcheck.domain.article import FiledArticle
from factcheck.domain.claim import Claim
from factcheck.domain.review import QueuedClaim
from factcheck.errors import ConflictError
from factcheck.storage import rows
from factcheck.storage.claims import claim_table
from factcheck.storage.tables import ArticleRow

_article: Table = ArticleRow.__table__  # type: ignore[attr-defined]


def add_parts(connection: Connection, whole: QueuedClaim, texts: Sequence[str]) -> tuple[int, ...]:
    """Queue a claim for each text, where the whole stands; returns their numbers. Raises ConflictError.

    What a machine held against the words of the whole is not held against theirs.
    """
    row = connection.execute(select(_article).where(_article.c.id == whole.article_id)).one()
    filed = rows.filed_article(row)
    parts = [replace(whole.claim, text=text, inferred=(), doubts=(), also=()) for text in texts]
    return tuple(_add(connection, filed, whole, part) for part in parts)


def _add(connection: Connection, filed: FiledArticle, whole: QueuedClaim, part: Claim) -> int:
    values = rows.claim_values(part, filed, whole.origin.id) | {"split_from": whole.id}
    same_words = and_(claim_table.c.article_id == filed.id, claim_table.c.wording == values["wording"])
    known = connection.execute(
        select(claim_table.c.id).where(or_(claim_table.c.uid == values["uid"], same_words)),
    ).scalar()
    if known is not None:
        message = f"claim {known} of this article says {part.text!r} already; leave that part out"
        raise ConflictError(message)
    key = connection.execute(insert(claim_table).values(values)).inserted_primary_key
    return int(key[0]) if key else 0
