"""What a look at a source raises: where its quote stands, whose page it is, and what it has come to say since."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from factcheck.domain.article import ArticleRead
from factcheck.domain.claim import AnchorStatus
from factcheck.domain.evidence import Evidence, PageText, QuoteStatus, Snapshot, SourceDoubt, source_key
from factcheck.domain.review import QueuedClaim
from factcheck.text.anchoring import Anchorer
from factcheck.text.cutting import is_cut_short
from factcheck.text.folding import tokens
from factcheck.text.versions import are_copies

_STATUS = {AnchorStatus.EXACT: QuoteStatus.EXACT, AnchorStatus.NORMALISED: QuoteStatus.NORMALISED}
_OF_QUOTE = frozenset({SourceDoubt.HIDDEN, SourceDoubt.CUT})
_SHOWN = 160  # characters of a new line
_LEAST_SHARED = 2  # names and numbers
_CORRECTED = re.compile(
    r"\b(?:corrections?|corrected|clarifications?|editor['’]?s['’]? note|retract\w*|withdr[ae]wn?|taken back"
    r"|erratum|errata|this (?:article|story|report) (?:has been|was) (?:updated|amended|changed|removed)"
    r"|an earlier version|wrongly|incorrectly|korrektur|korrigiert|berichtig\w+|richtigstellung|klarstellung"
    r"|anmerkung der redaktion|anm\. d\. red|zurückgezogen|rectificati(?:f|on)|erreur|rectifié"
    r"|note de la rédaction|rétract\w+|mise au point"
    r"|correcci(?:ón|ones)|corregid[oa]|rectificaci(?:ón|ones)|fe de errores|nota de la redacción|retirad[oa]"
    r"|retractad[oa]|rettifica|errata corrige|correzione|corrett[oa]|nota della redazione|ritirat[oa]"
    r"|correç(?:ão|ões)|corrigid[oa]|errámos|erramos|nota da redação|retratad[oa]"
    r"|correctie|gecorrigeerd|rectificatie|ingetrokken|noot van de redactie)\b",
    re.IGNORECASE,
)
"""Words by which papers tell that they were wrong."""


@dataclass(frozen=True, slots=True)
class UnderCheck:
    """The article under check: the addresses of its page, what it says, and what it was read from."""

    keys: frozenset[str]
    read: ArticleRead

    @classmethod
    def of(cls, claim: QueuedClaim, read: ArticleRead) -> "UnderCheck":
        """The article that makes the claim."""
        addresses = (claim.article_url, claim.article_canonical_url)
        return cls(frozenset(source_key(one) for one in addresses if one), read)


def standing(quote: str | None, page: PageText) -> tuple[QuoteStatus, frozenset[SourceDoubt]]:
    """How well the quote stands in the page, and what makes one doubt that it says there what it says by itself."""
    if not quote or not (page.text or page.on_request):
        return QuoteStatus.UNCHECKED, frozenset()
    for text, doubts in ((page.text, set[SourceDoubt]()), (page.on_request, {SourceDoubt.HIDDEN})):
        if not text:
            continue
        anchorer = Anchorer(text, (), is_parted=page.is_parted)
        found = _STATUS.get(anchorer.standing(quote))
        if found is not None:
            is_cut = is_cut_short(quote, anchorer.beside(quote))
            return found, frozenset(doubts | ({SourceDoubt.CUT} if is_cut else set()))
    return QuoteStatus.MISSING, frozenset()


def with_quote_looked_for(told: Evidence, page: PageText) -> Evidence:
    """The evidence, whose quote is another one now, as it stands in what was kept."""
    status, doubts = standing(told.quote, page)
    kept = set(told.doubts) - _OF_QUOTE
    return replace(told, quote_status=status, doubts=tuple(sorted(kept | doubts)))


def doubts_about(
    evidence: Evidence, snapshot: Snapshot, page: PageText, under_check: UnderCheck
) -> Iterator[SourceDoubt]:
    """What makes one doubt that the page is the one that was named, and another than the article under check."""
    if evidence.url and snapshot.url and source_key(snapshot.url) != source_key(evidence.url):
        yield SourceDoubt.MOVED
    named = {source_key(one) for one in (snapshot.url, page.canonical_url, page.named_url) if one}
    if snapshot.sha256 in under_check.read.hashes or not named.isdisjoint(under_check.keys):
        yield SourceDoubt.OWN
    elif are_copies(page.body or page.text, under_check.read.text):
        yield SourceDoubt.COPY


def change_told(before: PageText, now: PageText, quote: str | None) -> str | None:
    """What the page says now that may bear on what was quoted of it, in words; None where it is as it was.

    That is another title, and a line that is new and speaks of a correction, or of what the quote speaks of.
    """
    if before.title and now.title and before.title != now.title:
        return f"its title is now “{_short(now.title)}”"
    known = {" ".join(tokens(one)) for one in before.text.splitlines()}
    marks = _marks(quote or "")
    for line in now.text.splitlines():
        said = " ".join(tokens(line))
        if said and said not in known and (_CORRECTED.search(line) or len(_marks(line) & marks) >= _LEAST_SHARED):
            return f"it says now: “{_short(line)}”"
    return None


def _marks(text: str) -> set[str]:
    """Numbers and words that begin with a capital, by which a text is known."""
    found = (one.strip(".,;:!?\"'“”‘’()") for one in text.split()[1:])
    return {one for one in found if one[:1].isupper() or one[:1].isdigit()}


def _short(line: str) -> str:
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rstrip()}…"
