"""The claims of an article as they stand in one of its versions; apart, since it needs no reader of text."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from factcheck.domain.review import QueuedClaim
from factcheck.workflow.ports import Ledger


def as_standing_in(ledger: Ledger, article_id: int, claims: Iterable[QueuedClaim]) -> Iterator[QueuedClaim]:
    """The claims where they stand in this article, those of earlier versions too."""
    placed = {one.claim_id: one for one in ledger.places(article_id)}
    for one in claims:
        here = placed.get(one.id) if one.article_id != article_id else None
        yield replace(one, article_id=article_id, claim=here.placed(one.claim)) if here else one
