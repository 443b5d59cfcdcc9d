"""What a model makes of a claim of two facts, read with suspicion: it takes the claim's place only as a whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from factcheck.domain.claim import Claim, Flag
from factcheck.domain.extraction import Billing, Window, WindowOutcome
from factcheck.domain.sentence import Sentence
from factcheck.extraction.answers import AnswerReader, detailed, distinct
from factcheck.extraction.offers import OfferedClaim, with_words
from factcheck.extraction.schema import FACT, sentence_key
from factcheck.extraction.split_question import MOST_PARTS, may_be_split
from factcheck.text.recutting import why_no_cut


@dataclass(frozen=True, slots=True)
class OfferedParts:
    """A claim with what a model makes of it, nothing where its reply could not be read, the prompt, and the cost."""

    claim: str
    parts: tuple[str, ...]
    prompt: str
    billing: Billing


def in_parts(outcome: WindowOutcome, offered: Sequence[OfferedParts], reader: AnswerReader) -> WindowOutcome:
    """The outcome of a window with what was asked about its claims: those that came apart, and what all of it cost."""
    claims, entries = list(outcome.claims), dict(outcome.entries)
    sentences = {one.position: one for one in outcome.window.sentences}
    for one in offered:
        place = next((at for at, each in enumerate(claims) if each.text == one.claim and may_be_split(each)), None)
        home = None if place is None else sentences.get(claims[place].anchor.sentence_ids[0])
        if place is None or home is None:
            continue
        parts, why_not = parts_of(claims[place], one.parts, home, reader)
        if why_not is None:
            done = f"a claim of {len(parts)} facts taken apart by {one.prompt}: “{one.claim}”"
            entries[home.position] = detailed(entries[home.position], done)
            claims[place : place + 1] = parts
    return replace(
        outcome,
        entries=entries,
        claims=tuple(distinct(claims)) if len(claims) > len(outcome.claims) else outcome.claims,
        usage=sum((one.billing.usage for one in offered), outcome.usage),
        billed=(*outcome.billed, *(one.billing for one in offered)),
    )


def parts_of(
    claim: Claim, offered: Sequence[str], home: Sentence, reader: AnswerReader
) -> tuple[list[Claim], str | None]:
    """The claims that take the place of a claim of two facts, and why they do not; None if they do.

    They do if they are several that are the claim cut up, stand where it stands and say one fact each, and no gate
    holds anything against one of them that it did not hold against the claim.
    """
    if not 1 < len(offered) <= MOST_PARTS:
        return [], "not split"
    if why_not := why_no_cut(claim.text, offered):
        return [], why_not
    # Without the model's number, which it gave the claim as a whole: the signs alone tell what a part is worth.
    whole = OfferedClaim(quote=claim.quote, claim=claim.text, speaker=claim.speaker or "")
    said = [one.model_dump() for one in with_words(whole, offered, reader.words_of(home))]
    answer = {sentence_key(0): {"claims": said, "kind": FACT}}
    entries, found = reader.read(answer, Window((home,)))
    parts = [one for one in found if Flag.AS_WRITTEN not in one.flags]
    if len(parts) < len(offered):
        return [], entries[home.position].detail or "the same again"
    why_not = next(_held_against(claim, parts), None)
    # Where else the article says the claim, it says its parts.
    return [one.found_at((claim.anchor, *claim.also)) for one in parts], why_not


def _held_against(claim: Claim, parts: Sequence[Claim]) -> Iterator[str]:
    if any(Flag.COMPOUND in one.flags for one in parts):
        yield "still compound"
    if new := {flag for one in parts for flag in one.flags}.difference(claim.flags):
        yield f"flagged {', '.join(sorted(new))}"
    if not all(one.anchor.segments for one in parts):
        yield "without a place"
