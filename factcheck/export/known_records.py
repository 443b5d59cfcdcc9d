"""What others have checked, as plain structures for machines."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from factcheck.domain.known import Kept, KnownRating, KnownSource
from factcheck.export.records import Record

if TYPE_CHECKING:  # what they come from reads text, and takes its time to load
    from factcheck.workflow.find_known import AlikeKnown
    from factcheck.workflow.import_known import ImportedSource


def known_source_record(one: KnownSource) -> Record:
    """A source of known claims."""
    return {"source": one.name, "claims": one.claims, "imported_at": one.at.isoformat()}


def known_record(one: AlikeKnown) -> Record:
    """A known claim, in what it is like the one that was asked about, and what sets them apart."""
    known, alike = one.known, one.alike
    return {
        "claim": known.claim,
        "headline": known.headline,
        "claimant": known.claimant,
        "claimed_on": known.claimed_on and known.claimed_on.isoformat(),
        "publisher": known.publisher,
        "rating": _rating(known.rating),
        "earlier_ratings": list(map(_rating, known.earlier)),
        "url": known.url,
        "language": known.language,
        "score": round(alike.score, 3),
        "shared": list(alike.shared),
        "differs": [asdict(contrast) for contrast in alike.apart],
    }


def imported_record(one: ImportedSource) -> Record:
    """What an import of one source came to."""
    examples = [{"page": page, "place": entry.place, "reason": entry.reason} for page, entry in one.examples]
    counts = {"pages": one.pages, "left_out": one.bad, "examples": examples}
    return {"source": one.source, **kept_record(one.kept), **counts, "unread": list(map(str, one.unread))}


def kept_record(kept: Kept) -> Record:
    """How many claims were new, had another rating, or were there."""
    return {"new": kept.new, "changed": kept.changed, "same": kept.same}


def _rating(one: KnownRating) -> Record:
    numbers = {"value": one.value, "worst": one.worst, "best": one.best}
    return {"text": one.text, **numbers, "date": one.on and one.on.isoformat(), "sources": list(one.sources)}
