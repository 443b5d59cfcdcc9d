"""A claim as the screen shows it: its words, where they come from, and all that was said about it."""

import re
from collections.abc import Iterator, Mapping, Sequence

from textual.content import Content

from factcheck.domain.alike import Alike, PastClaim
from factcheck.domain.claim import AnchorStatus
from factcheck.domain.desk import Concern
from factcheck.domain.evidence import Evidence, QuoteStatus
from factcheck.domain.review import QueuedClaim, Verdict
from factcheck.domain.sentence import Sentence
from factcheck.domain.states import Act, EditorialState, ReadingRole
from factcheck.screen.passages import Ink, difference, joined, own, said
from factcheck.workflow.already_checked import AlreadyChecked
from factcheck.workflow.find_known import AlikeKnown

_PLACES = {
    AnchorStatus.EXACT: "word for word in the article",
    AnchorStatus.NORMALISED: "in the article, spelled or cut otherwise",
    AnchorStatus.SENTENCE: "not found in its sentence",
    AnchorStatus.NONE: "not found in the article",
}


_ROLES = {ReadingRole.EDITOR: ", as editor", ReadingRole.CORRECTION: ", as correction"}


def claim_words(queued: QueuedClaim) -> Content:
    """The claim as it is judged, the words that its quote lacks underlined."""
    words = said(queued.words, Ink.STRONG)
    for one in queued.claim.inferred:
        for start, end in _places(one.word, words.plain):
            words = words.stylize(Ink.OTHER, start, end)
    return words


def about_claim(queued: QueuedClaim) -> Content:
    """Everything beneath the claim's words, each thing on lines of its own, the weightiest first."""
    return joined([*_origin(queued), *_sources(queued.evidence), *_people(queued)])


def inferred_text(queued: QueuedClaim) -> Content:
    """The words of the claim that its quote lacks, by the sentence that they may come from."""
    words, found = said(queued.words).plain, dict[int | None, list[Content]]()
    for one in queued.claim.inferred:
        # The word is kept folded: it is shown as the claim spells it.
        spelled = next((words[start:end] for start, end in _places(one.word, words)), one.word)
        found.setdefault(one.sentence_id, []).append(said(spelled, Ink.OTHER))
    told = [
        joined(inferred, ", ")
        + (own(f" (from sentence {home})", Ink.FAINT) if home else own(" (from nowhere)", Ink.WARNING))
        for home, inferred in found.items()
    ]
    return own("inferred  ", Ink.FAINT) + joined(told, "; ") if told else Content()


def ledger_text(sentence: Sentence, uncovered: Sequence[str] = ()) -> Content:
    """What the ledger says of a sentence, and the numbers and names of it that no claim holds."""
    entry = sentence.entry
    about = [own(entry.state.value.replace("_", " ")), said(entry.kind or ""), said(entry.detail or "")]
    if uncovered:
        about.append(own("no claim holds ", Ink.WARNING) + said(", ".join(uncovered)))
    return own("ledger    ", Ink.FAINT) + own(f"sentence {sentence.position}: ") + joined(about, " · ")


def state_words(queued: QueuedClaim) -> str:
    """Where the claim stands with its readers or, once they are done, with the editor."""
    state = queued.editorial if queued.status.is_settled else queued.status
    return "to sign off" if state is EditorialState.OPEN else state.value.replace("_", " ")


def listed_claim(queued: QueuedClaim) -> Content:
    """A claim of a list in full: where it stands, who holds it and who said it, and its words beneath."""
    first = next(iter(queued.claim.anchor.sentence_ids), None)
    place = f"article {queued.article_id}" + (f", sentence {first}" if first else "")
    holder = f"{queued.lease.reviewer} until {queued.lease.until:%H:%M} UTC" if queued.lease else ""
    about = [own(f"claim {queued.id}", Ink.STRONG), own(place), own(state_words(queued)), said(holder)]
    about += [said(f"said by {queued.speaker}" if queued.speaker else "")]
    return joined([joined(about, " · "), said(queued.words)])


def reading_text(verdict: Verdict) -> Content:
    """A reading, as those who judge it see it."""
    judged = said(verdict.label, Ink.STRONG) + "  by " + said(verdict.reviewer) + _ROLES.get(verdict.role, "")
    why = _named("why", verdict.rationale), _named("remark", verdict.note)
    return joined([judged, _named("sure", verdict.confidence), _named("known as of", verdict.known_as_of), *why])


def source_text(one: Evidence) -> Content:
    """A source in a line, without its quote."""
    about = [own(one.stance.value, Ink.STRONG), said(one.title or one.name), said(one.publisher or "")]
    about += [own(one.kind.value if one.kind else ""), said(one.locator or "")]
    return joined(about, " · ")


def concerns_text(concerns: Mapping[Concern, bool]) -> Content:
    """What speaks against signing a verdict off, and which of it a sign-off needs a reason for."""
    return joined(
        own("! ", Ink.WARNING) + said(str(one), Ink.WARNING) + own(" · sign-off asks why" if demanded else "")
        for one, demanded in concerns.items()
    )


def editing_text(queued: QueuedClaim) -> Content:
    """What editors have done with the verdict that holds."""
    told = []
    signed = queued.last_act(Act.SIGNED_OFF)
    if signed and queued.editorial not in {EditorialState.OPEN, EditorialState.REJECTED}:
        why = [signed.comment or "", f"all the same, because: {signed.despite}" if signed.despite else ""]
        told.append(_named("signed", "; ".join([f"off by {signed.editor}", *filter(None, why)])))
    for one in queued.corrections:
        changed = one.typo_told if one.is_typo else f"{one.was.label} became {one.now.label}"
        told.append(_named("corrected", f"by {one.editor} on {one.at:%Y-%m-%d}: {changed}; {one.reason}"))
    return joined(told)


def quote_standing(one: Evidence) -> Content:
    """How the quote of a source stands in its page or file."""
    kept = "file" if one.file_name else "page"
    if one.quote_status is QuoteStatus.MISSING:
        return own(f"its quote is not in the {kept}, which blocks sign-off", Ink.WARNING)
    return own(f"its quote stands in the {kept}" if one.quote_status.stands else "its quote was not checked")


def similar_text(checked: AlreadyChecked, key: str = "") -> Content:
    """What this desk, or else others, decided about claims that may say the same, each in a few lines."""
    rest = f"; it may be something else{f'; {key} shows them' if key else ''}"
    told = []
    if checked.past:
        told.append(own("checked?  ", Ink.FAINT) + f"decided by this desk on claims like it{rest}")
        told += [joined(own("  ") + line for line in past_claim_lines(one)) for one in checked.past]
    if checked.known:
        told.append(own("others    ", Ink.FAINT) + f"have checked claims like it{rest}")
        told += [joined(own("  ") + line for line in known_claim_lines(one)) for one in checked.known[:1]]
    if checked.waiting:
        told.append(own("waits too ", Ink.FAINT) + own(waiting_words(checked.waiting)))
    return joined(told)


def waiting_words(waiting: Sequence[QueuedClaim]) -> str:
    """The claims of other articles that say the same and wait to be read, by number."""
    return ", ".join(f"claim {one.id} of article {one.article_id}" for one in waiting)


def past_claim_lines(one: PastClaim) -> list[Content]:
    """An earlier claim: its verdict and how alike it is, its words, what both have, what sets it apart."""
    old = own(" · old", Ink.WARNING) if one.is_old else Content()
    about = [own(one.alike.in_words), own(f"decided {one.verdict.decided_at:%Y-%m-%d}") + old]
    lines = [joined([own(f"claim {one.claim.id}: ") + said(one.verdict.label, Ink.STRONG), *about], " · ")]
    return [*lines, own("  “") + said(one.claim.words) + "”", *_like(one.alike)]


def known_claim_lines(one: AlikeKnown) -> list[Content]:
    """What others have checked: who says what of it and how alike it is, its words, what both have, what differs."""
    first = joined([said(one.known.told, Ink.STRONG), own(one.alike.in_words)], " · ")
    return [first, own("  “") + said(one.known.claim) + "”", *_like(one.alike)]


def _like(alike: Alike) -> Iterator[Content]:
    if alike.shared:
        yield own("  both: ", Ink.FAINT) + said(", ".join(alike.shared))
    yield from (own("  ! ", Ink.WARNING) + said(str(differs), Ink.WARNING) for differs in alike.apart)


def _origin(queued: QueuedClaim) -> Iterator[Content]:
    """Where the claim and its words come from, and what is doubtful about it."""
    claim, set_by = queued.claim, f"set by {queued.attribution.reviewer}" if queued.attribution else ""
    if queued.amendment:
        yield _named("corrected", f"by {queued.amendment.reviewer}; the original with the changes:")
        yield "  " + difference(claim.text, queued.amendment.text)
    if queued.split_from:
        yield _named("split", f"a part of claim {queued.split_from}")
    yield _named("said by", queued.speaker) + own(f" ({set_by})" if queued.speaker and set_by else "", Ink.FAINT)
    if queued.when:
        yield _named("when", queued.when) + own(", from “", Ink.FAINT) + said(queued.when.words) + own("”", Ink.FAINT)
    yield _named("said at", claim.locator)
    day = f"due {queued.due_on.isoformat()}" if queued.due_on else ""
    yield _named("task", ", ".join(one for one in (queued.assigned_to or "", day) if one))
    if queued.added:
        yield _named("added", f"by {queued.added.by} on {queued.added.at:%Y-%m-%d}")
    else:
        machine = own(" · machine: “", Ink.FAINT) + said(claim.reason, Ink.MACHINE) + own("”", Ink.FAINT)
        yield _named("next as", f"worth {claim.check_worthiness:.2f} of 1") + (machine if claim.reason else Content())
    if claim.anchor.status is not AnchorStatus.EXACT:
        quote = ": “" + said(claim.quote) + "”" if claim.quote.strip() else ""
        yield _named("quote", _PLACES[claim.anchor.status]) + quote
    for one in claim.doubts:
        yield own("! ", Ink.WARNING) + said(str(one), Ink.WARNING) + own(" (machine)", Ink.FAINT)
    yield from (own("! ", Ink.WARNING) + said(one, Ink.WARNING) for one in _lost(queued))


def _lost(queued: QueuedClaim) -> Iterator[str]:
    """That the claim, or its words, were found no more."""
    if queued.changed_in:
        yield f"article {queued.changed_in}, a later version, has not its words"
    if queued.vanished_in:
        yield f"run {queued.vanished_in} no longer found this claim"


def _people(queued: QueuedClaim) -> Iterator[Content]:
    rejected = queued.last_act(Act.REJECTED) if queued.editorial is EditorialState.REJECTED else None
    if rejected:
        yield _named("rejected", f"by {rejected.editor}: {rejected.comment or 'no comment'}")
    for flag in queued.flags:
        yield _named("flag", f"for the editor, by {flag.reviewer}: {flag.reason}")
    for note in queued.notes:
        yield _named("note", f"{note.reviewer}: {note.text}")
    if queued.contact:
        answer = queued.contact.answer or "no answer yet"
        yield _named("asked", f"the claimant on {queued.contact.asked_on.isoformat()}: {answer}")
    if queued.second_asked:
        yield _named("re-read", queued.second_asked)


def _sources(evidence: Sequence[Evidence]) -> Iterator[Content]:
    count = len(evidence)
    yield own("evidence  ", Ink.FAINT) + (f"{count} source{'s' if count != 1 else ''}" if count else "none yet")
    for number, one in enumerate(evidence, 1):
        yield own(f"  {number} " if count > 1 else "  ", Ink.FAINT) + source_text(one)
        if one.quote:
            yield "    “" + said(one.quote) + "” (" + quote_standing(one) + ")"


def _named(name: str, value: object) -> Content:
    return own(f"{name:<10}", Ink.FAINT) + said(str(value)) if value else Content()


def _places(word: str, text: str) -> list[tuple[int, int]]:
    """Where a folded word stands in a text: as a whole word, or as letters where words have no blanks."""
    shown = re.escape(said(word).plain)
    if not shown:
        return []
    # Chinese, Japanese and Thai have no blanks between words: there the word is found inside others.
    for pattern in (rf"(?<!\w){shown}(?!\w)", shown):
        if found := [one.span() for one in re.finditer(pattern, text, re.IGNORECASE)]:
            return found
    return []
