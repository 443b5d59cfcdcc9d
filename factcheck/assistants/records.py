"""What an assistant is told of claims: what they are judged by, and nothing that is for colleagues alone.

Names of reviewers, notes, drafts and contacts stay at the desk: what an assistant reads leaves it.
"""

from typing import Any

from factcheck.domain.extraction import Extracted
from factcheck.domain.lookup import Lookup
from factcheck.domain.review import QueuedClaim
from factcheck.export.lookup_records import suggestion_records
from factcheck.export.records import named, plain
from factcheck.workflow.look_up import ClaimInContext

Record = dict[str, Any]


def claim_line(claim: QueuedClaim) -> Record:
    """A claim as one of many."""
    return {
        "number": claim.id,
        "claim": claim.words,
        "article": claim.article_id,
        "speaker": claim.speaker,
        "check_worthiness": claim.claim.check_worthiness,
        "status": claim.status.value,
        "editorial": claim.editorial.value,
        "sources": len(claim.evidence),
    }


def claim_in_full(found: ClaimInContext, lookup: Lookup | None) -> Record:
    """A claim with its article's sentences, the machine's doubts, its evidence, and what may become evidence."""
    claim, filed = found.claim, found.article
    verdict = claim.verdict
    about = ("label", "scale", "scale_version", "rationale", "known_as_of")
    return {
        **claim_line(claim),
        "quote": claim.claim.quote,
        "sentences": list(found.sentences),
        "article": filed and {"number": filed.id, **named(filed.article, "title", "url", "publisher", "published")},
        "when": plain(claim.when),
        "doubts": [one.reason or one.flag.value for one in claim.claim.doubts],
        "verdict": verdict and named(verdict, *about),
        "evidence": [
            named(one, "id", "url", "description", "stance", "quote", "quote_status", "title", "publisher", "published")
            for one in claim.evidence
        ],
        "suggestions": suggestion_records(lookup),
    }


def extracted_record(extracted: Extracted) -> Record:
    """The claims of a text with their places in it; a sentence whose call failed is told."""
    text = extracted.article.text
    claims = [
        {
            "claim": one.text,
            "quote": one.quote,
            "places": [plain(span) for span in one.anchor.segments],
            "anchor": one.anchor.status.value,
            "speaker": one.speaker,
            "check_worthiness": one.check_worthiness,
            "doubts": [doubt.reason or doubt.flag.value for doubt in one.doubts],
        }
        for one in extracted.claims
    ]
    failed = [one.span.cut(text) for one in extracted.sentences if one.entry.state.value == "failed"]
    return {"claims": claims, "sentences": len(extracted.sentences), "failed_sentences": failed}
