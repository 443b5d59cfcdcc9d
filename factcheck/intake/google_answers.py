"""What Google's Fact Check Tools answer, as known claims; `google_checks` runs it within bounds."""

from typing import Any

from factcheck.domain.evidence import is_web_address
from factcheck.domain.known import KnownClaim, KnownRating
from factcheck.errors import SourceError
from factcheck.intake.known_entries import day, words
from factcheck.intake.lenient_json import read_json

_MOST_CLAIM = 2000
_MOST = 200
"""So many answers are looked at; a page of them has 20."""


def claims_in(content: bytes) -> list[KnownClaim]:
    """The checks of an answer, as documented for FactCheckedClaimSearchResponse. Raises SourceError."""
    read = read_json(content.decode("utf-8", "replace") or "{}")
    answer = read.values[0] if read.complaint is None else None
    if not isinstance(answer, dict):
        raise SourceError(f"its answer is no JSON object: {read.complaint or 'another value'}")
    if "error" in answer or not isinstance(answer.get("claims", []), list):
        told = words(_text(answer.get("error"), "message") or _text(answer, "error"), _MOST)
        raise SourceError(f"its answer lists no claims{f': {told}' if told else ''}")
    claims = [one for one in _listed(answer.get("claims")) if isinstance(one, dict)]
    return [known for claim in claims for check in _listed(claim.get("claimReview")) if (known := _known(claim, check))]


def complaint_in(content: bytes) -> str:
    """What the answer to a question that was refused says, on one line; nothing where it says nothing."""
    read = read_json(content.decode("utf-8", "replace") or "{}")
    error = _under(read.values[0] if read.values else None, "error")
    return words(_text(error, "message"), _MOST) or ""


def _known(claim: dict[str, Any], check: object) -> KnownClaim | None:
    said, url = words(_text(claim, "text"), _MOST_CLAIM), _text(check, "url") or ""
    if said is None or not is_web_address(url):
        return None
    publisher = _under(check, "publisher")
    return KnownClaim(
        claim=said,
        url=url,
        rating=KnownRating(words(_text(check, "textualRating")), on=day(_text(check, "reviewDate"))),
        publisher=words(_text(publisher, "name") or _text(publisher, "site")),
        claimant=words(_text(claim, "claimant")),
        claimed_on=day(_text(claim, "claimDate")),
        language=words(_text(check, "languageCode")),
        headline=words(_text(check, "title")),
    )


def _listed(found: object) -> list[Any]:
    return found[:_MOST] if isinstance(found, list) else []


def _under(thing: object, name: str) -> object:
    return thing.get(name) if isinstance(thing, dict) else None


def _text(thing: object, name: str) -> str | None:
    found = _under(thing, name)
    return found if isinstance(found, str) else None
