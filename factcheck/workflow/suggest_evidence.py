"""A machine suggests evidence: a page is fetched, its words are looked for there, and people find both in the look-up.

It is no evidence, gives no verdict, and is marked as a machine's, until a person takes it like any other passage.
"""

from dataclasses import dataclass, replace

from factcheck.domain.claim import AnchorStatus
from factcheck.domain.desk import require_words
from factcheck.domain.evidence import require_web_address
from factcheck.domain.lookup import Hit, Kinship, Lookup, Passage, Reading
from factcheck.domain.sentence import Span
from factcheck.errors import InputError, QuoteNotThereError, SelfEvidenceError
from factcheck.text.anchoring import Anchorer
from factcheck.text.bearing import Bearing
from factcheck.workflow.look_for_evidence import PagesBeside, passage_at
from factcheck.workflow.lookup_ports import Lookups, PageSource
from factcheck.workflow.ports import Ledger
from factcheck.workflow.review_claim import Desk

LONGEST_QUOTE = 2_000
_LONGEST_NAME = 60
_OWN = (Kinship.ARTICLE, Kinship.MIRROR)


@dataclass(frozen=True, slots=True)
class SuggestedWords:
    """Words of a page, and what a machine thinks that they do to a claim; a person's stance stands apart from that."""

    url: str
    quote: str
    reading: Reading = Reading.UNSURE


@dataclass(frozen=True, slots=True)
class Suggested:
    """The number under which people find a suggestion among the passages of the claim's look-up."""

    claim_id: int
    passage: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class SuggestEvidence:
    """Suggestions over an open desk."""

    desk: Desk
    ledger: Ledger
    lookups: Lookups
    pages: PageSource

    def suggest(self, number: int, what: SuggestedWords, machine: str) -> Suggested:
        """Keep a suggestion beside what searches have found for the claim.

        Raises InputError, QuoteNotThereError, SelfEvidenceError, SourceError, NotFoundError, SuggestionsFullError.
        """
        quote, machine = _short("a quote", what.quote, LONGEST_QUOTE), _short("a machine", machine, _LONGEST_NAME)
        require_web_address(what.url)
        claim = self.desk.queue.claim(number, self.desk.clock())
        article = self.ledger.article(claim.article_id).article
        snapshot = self.pages.fetch(what.url)
        page = self.pages.read(snapshot)
        if not page.text or Anchorer(page.text, ()).standing(quote) is AnchorStatus.NONE:
            raise QuoteNotThereError(what.url)
        hit = Hit(what.url), f"a machine, {machine}", snapshot, page
        [found], _ = PagesBeside(claim.words, article).found([hit])
        for own in _OWN:
            if own in found.kinships:
                raise SelfEvidenceError(what.url, own.value)
        passage = replace(_passage(page.text, quote), reading=what.reading)
        found = replace(found, passages=(passage,), suggested_by=machine)
        before = self.lookups.last(number)
        after = self.lookups.suggest(Lookup(number, self.desk.clock()), found, snapshot)
        named = found.sha256, passage.quote
        here = (at for at, one, words in after.numbered() if one.suggested_by and (one.sha256, words.quote) == named)
        return Suggested(number, next(here), is_new=before is None or after.suggested != before.suggested)


def _passage(text: str, quote: str) -> Passage:
    at = text.find(quote)
    if at < 0:  # it stands there in other typography, or with words left out
        return Passage(" ".join(quote.split()))
    return passage_at(text, Bearing(Span(at, at + len(quote)), None, None, 0.0))


def _short(what: str, text: str, most: int) -> str:
    words = require_words(what, text)
    if len(words) > most:
        raise InputError(f"{what} has {len(words):,} characters, and {most:,} are taken")
    return words
