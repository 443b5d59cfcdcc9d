"""Whether claims stand alone and stand on their article, without a judge: pronouns, anchors, numbers."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.domain.claim import AnchorStatus, Claim
from factcheck.domain.sentence import Sentence, Span
from factcheck.text.folding import fold

from .similarity import tokens

_PRONOUN = re.compile(r"\b(?:he|him|his|she|her|hers|it|its|they|them|their|theirs)\b", re.IGNORECASE)
_NAMED = re.compile(r"\b[A-Z][\w.-]+\b|\b(?:the|a|an)\s+\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_FOUND = frozenset({AnchorStatus.EXACT, AnchorStatus.NORMALISED})
_SPEAKS_OF_IT = 0.5
_UNSUPPORTED = "unsupported_number"


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A third-person pronoun of an article, and the names that would replace it.

    `sentence` is the span of its sentence as people cut it.
    """

    span: Span
    sentence: Span
    names: tuple[str, ...]


def resolutions(claim: Claim, text: str, sentences: Sequence[Sentence], pronouns: Sequence[Pronoun]) -> Iterator[bool]:
    """For each pronoun in the claim's sentences that the claim still speaks of: does the claim name whom it means?

    The pronouns are those whose antecedent stands in another sentence. A claim speaks of a pronoun if it has
    half of the words of its sentence, or any pronoun of its own.
    """
    source = _source(claim, sentences)
    words, has_pronoun = set(tokens(claim.text)), bool(_PRONOUN.search(claim.text))
    for pronoun in pronouns:
        if source is None or not source.start <= pronoun.span.start < source.end:
            continue
        around = set(tokens(pronoun.sentence.cut(text)))
        if has_pronoun or len(around & words) / max(1, len(around)) >= _SPEAKS_OF_IT:
            yield any(re.search(rf"\b{re.escape(name.lower())}\b", claim.text.lower()) for name in pronoun.names)


def is_dangling(claim: str) -> bool:
    """Whether a claim's first pronoun has nobody before it whom it could mean."""
    found = _PRONOUN.search(claim)
    return found is not None and not _NAMED.search(claim[: found.start()])


def is_anchored(claim: Claim) -> bool:
    """Whether the words of the claim's quote were found in the article."""
    return claim.anchor.status in _FOUND


def is_invented(claim: Claim, text: str) -> bool:
    """Whether a quote is anchored at words that are not its own. This must never be."""
    anchored = " ".join(segment.cut(text) for segment in claim.anchor.segments)
    return is_anchored(claim) and _letters(anchored) != _letters(claim.quote)


def has_unflagged_number(claim: Claim, text: str) -> bool:
    """Whether a number of the claim stands nowhere in the article and no flag says so."""
    return bool(_numbers(claim.text) - _numbers(text)) and _UNSUPPORTED not in claim.flags


def _source(claim: Claim, sentences: Sequence[Sentence]) -> Span | None:
    """From the start of the first to the end of the last sentence that the claim is anchored in."""
    spans = [one.span for one in sentences if one.position in claim.anchor.sentence_ids]
    return Span(min(spans).start, max(span.end for span in spans)) if spans else None


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w", fold(text)))


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(unicodedata.normalize("NFKC", text)))
