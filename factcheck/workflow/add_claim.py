"""Puts a claim into the queue that a person has found, anchored by code like any other."""

from factcheck.domain.audit import Event
from factcheck.domain.claim import Claim, Flag
from factcheck.domain.desk import Addition, optional_words, require_words
from factcheck.domain.review import QueuedClaim, require_any_role
from factcheck.errors import InputError, NoSuchSentenceError
from factcheck.text.anchoring import Anchorer
from factcheck.text.attribution import Attributions
from factcheck.text.dates import ClaimDates
from factcheck.text.doubts import ClaimDoubts
from factcheck.text.locators import locator_of
from factcheck.workflow.ports import Ledger
from factcheck.workflow.review_claim import Desk, require_known

_WORTH = 1.0
"""A person has picked it out of the article: it comes before what a machine supposes."""


def add_claim(  # noqa: PLR0913 - what a claim is made of
    desk: Desk,
    ledger: Ledger,
    article_id: int,
    position: int,
    text: str,
    reviewer: str,
    *,
    quote: str | None = None,
    speaker: str | None = None,
) -> QueuedClaim:
    """Queue a claim of the article's sentence at this position; without a quote the whole sentence makes it.

    Raises NotFoundError, InputError for a quote that does not stand there, ConflictError if the article has the
    claim already, or for who has no role.
    """
    words, said = require_words("a claim", text), optional_words("a quote", quote)
    by = require_known(desk, reviewer)
    article, sentences = ledger.article(article_id).article, ledger.sentences(article_id)
    sentence = next((one for one in sentences if one.position == position), None)
    if sentence is None:
        raise NoSuchSentenceError(article_id, position, len(sentences))
    said = said or sentence.span.cut(article.text)
    anchor = Anchorer(article.text, sentences, language=article.read_as).anchor(said, position, ())
    if position not in anchor.sentence_ids or not anchor.segments:
        raise InputError(f"the quote {said!r} does not stand once in sentence {position} of article {article_id}")
    doubts = ClaimDoubts(article, sentences)
    who = optional_words("a speaker", speaker) or Attributions(article.text, sentences).speaker_of(anchor)
    inferred = doubts.sources.inferred(words, said, anchor)
    # Whether the sentence holds a checkable claim is what the person has just said.
    doubted = tuple(one for one in doubts.of(words, anchor) if one.flag is not Flag.DOUBTFUL_KIND)
    when = ClaimDates(article, sentences).of(words, anchor)
    where = locator_of(article, sentences, anchor)
    claim = Claim(words, said, anchor, _WORTH, "added by a person", who, inferred, doubted, when=when, locator=where)
    with desk.queue.changing() as change:
        require_any_role(by, desk.roles_of(change, by))
        now = desk.clock()
        known = change.claim_in_words(article_id, claim.wording)
        if known is not None:
            raise change.claim(known, now).said_already(words)
        details = {"text": words, "quote": said, "sentence": position}
        event = Event(0, now, by, "added", article_id=article_id, details=details)
        number = change.add_claim(article_id, claim, Addition(by, now), event)
        return change.claim(number, now)
