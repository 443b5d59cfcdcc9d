"""`factcheck claims` and `factcheck claim N`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from factcheck import wiring
from factcheck.cli.damage import show_rest, stores_to_list
from factcheck.cli.options import WORDS, OneOf, command, number_argument, page_options, reviewer_option
from factcheck.cli.terminal import details, spoken, stream, table, write
from factcheck.domain.alike import Alike, PastClaim
from factcheck.domain.desk import Concern, EditorialAct
from factcheck.domain.review import ClaimQuery, Correction, QueuedClaim, Verdict
from factcheck.domain.states import Act, ClaimStatus, EditorialState
from factcheck.errors import BrokenRowError
from factcheck.export.evidence_lines import source_line
from factcheck.export.known_records import known_record
from factcheck.export.records import Record, claim_record, named, plain, to_json
from factcheck.settings import Settings
from factcheck.workflow import look_up
from factcheck.workflow.review_claim import Desk, concerns_about

if TYPE_CHECKING:  # what they come from reads text, and takes its time to load
    from factcheck.workflow.already_checked import AlreadyChecked
    from factcheck.workflow.find_known import AlikeKnown


@command("claims")
@click.option("--status", type=OneOf(ClaimStatus), help="Only claims of this status.")
@click.option("--article", "article_id", type=int, metavar="N", help="Only claims of this article.")
@click.option("--search", type=WORDS, default="", metavar="WORDS", help="Only claims that hold all these words.")
@click.option("--editorial", type=OneOf(EditorialState), help="Only claims that stand so with the editor.")
@click.option("--to-sign-off", is_flag=True, help="Only verdicts that wait for a sign-off.")
@click.option("--assigned", "assigned_to", type=WORDS, metavar="NAME", help="Only this person's tasks.")
@click.option("--flagged", is_flag=True, help="Only claims that a reviewer has flagged for the editor.")
@click.option("--changed", is_flag=True, help="Only published ones whose words their article has no more.")
@page_options
def claims_command(settings: Settings, /, *, limit: int | None, as_json: bool, **wanted: Any) -> None:  # noqa: ANN401 - the fields of a query
    """List the claims."""
    words, to_sign_off = wanted.pop("search").split(), wanted.pop("to_sign_off")
    query = ClaimQuery(words=tuple(words), **wanted)
    if to_sign_off:
        query = query.to_sign_off()
    with stores_to_list(settings) as opened:
        if not as_json:
            page = look_up.page_of_claims(opened, query, limit)
            show_claims(page.shown, page.total)
            return
        opening = "["
        for one in look_up.claims(opened, query, limit):  # a claim a line, in memory that does not grow with them
            stream(f"{opening}{to_json(claim_record(one), indent=None)}")
            opening = ","
        write("[]" if opening == "[" else "]")


@command("claim", number_argument, reviewer_option)
def claim_command(settings: Settings, number: int, *, as_json: bool) -> None:
    """Show a claim with its article's words, evidence and verdict.

    While a second reading is out, the first one shows to its own reader alone (--reviewer).
    """
    with stores_to_list(settings) as opened:
        try:
            found = look_up.claim_in_context(opened, number, settings.reviewer)
        except BrokenRowError as error:
            if not as_json:
                show_rest(error, "id", "text", "quote", "status", "article_id")
            raise
        desk = wiring.desk(opened, settings)
        checked = wiring.already_checked(opened, desk, found.claim, settings.reviewer)
        show_claim(found, desk, checked, as_json=as_json)


def show_claims(claims: Iterable[QueuedClaim], total: int = 0) -> None:
    """A table of claims on stdout, which are some of `total`."""
    shown = list(claims)
    planned = {"for": "assigned_to", "due": "due_on"}
    planned = {head: name for head, name in planned.items() if any(getattr(one, name) for one in shown)}

    def line(one: QueuedClaim) -> tuple[object, ...]:
        words = " ".join([one.words, *(f"[{flag.value}]" for flag in one.claim.flags)])
        tasks = (getattr(one, name) for name in planned.values())
        return one.id, _state(one), *tasks, f"{one.claim.check_worthiness:.1f}", words

    columns = {"#": "right", "state": "left"} | dict.fromkeys(planned, "left") | {"worth": "right", "claim": "wide"}
    table(columns, map(line, shown), total)


def show_claim(
    found: look_up.ClaimInContext, desk: Desk, checked: AlreadyChecked | None = None, *, as_json: bool
) -> None:
    """One claim on stdout, with the article's words around it, what speaks against its verdict, and checks like it.

    Where `checked` is None, nobody asked for those.
    """
    concerns = concerns_told(desk, found.claim)
    if as_json:
        told = {}
        if checked is not None:
            by_others = [known_record(one) for one in checked.known]
            told = {
                "already_checked": [past_record(one) for one in checked.past],
                "checked_by_others": by_others,
                "waiting_alike": [
                    {"claim": one.id, "article": one.article_id, "words": one.words} for one in checked.waiting
                ],
            }
        write(to_json(claim_record(found.claim) | {"concerns": plain(concerns)} | told))
    else:
        past, known, waiting = (checked.past, checked.known, checked.waiting) if checked else ((), (), ())
        own, others = [*chain(*map(_past, past))], [*chain(*map(_known, known))]
        also = [f"claim {one.id} of article {one.article_id}: {one.words}" for one in waiting]
        details([*_pairs(found, concerns), ("already checked?", own), ("by others", others), ("waits too", also)])


def past_record(one: PastClaim) -> Record:
    """A past claim like another, for programs: a suggestion, and no evidence."""
    verdict = named(one.verdict, "label", "scale", "scale_version", "reviewer", "decided_at", "known_as_of")
    alike = {"score": round(one.alike.score, 3), "in_words": one.alike.in_words}
    shared = named(one.alike, "words", "names", "numbers", "apart")
    return {
        "claim": one.claim.id,
        "words": one.claim.words,
        "verdict": verdict,
        "is_old": one.is_old,
        **alike,
        "shared": {name: shared[name] for name in ("words", "names", "numbers")},
        "apart": shared["apart"],
    }


def _past(one: PastClaim) -> Iterator[str]:
    """A past claim like another in a few lines."""
    decided = f"{one.verdict.decided_at:%Y-%m-%d}{', old' if one.is_old else ''}"
    yield f"{one.alike.in_words}: claim {one.claim.id}, {one.verdict.label} ({decided}): {one.claim.words}"
    yield from _like(one.alike)


def _known(one: AlikeKnown) -> Iterator[str]:
    """What others have checked and is like a claim, in a few lines."""
    yield f"{one.alike.in_words}: {one.known.told}: {one.known.claim}"
    yield from _like(one.alike)
    yield f"  {one.known.url}"


def _like(alike: Alike) -> Iterator[str]:
    """What both say, and what sets them apart."""
    if alike.shared:
        yield f"  both: {', '.join(alike.shared)}"
    for differs in alike.apart:
        yield f"  differs in {differs}"


def concerns_told(desk: Desk, claim: QueuedClaim) -> tuple[Concern, ...]:
    """What speaks against a verdict; of one that was signed off also what its editor has to do with it."""
    if claim.editorial is EditorialState.WITHDRAWN:
        return ()
    signed_off = claim.last_act(Act.SIGNED_OFF)
    return concerns_about(desk, claim, signed_off.editor if signed_off else None)


def _pairs(found: look_up.ClaimInContext, concerns: Sequence[Concern]) -> Iterator[tuple[str, object]]:
    queued = found.claim
    claim, verdict, origin = queued.claim, queued.verdict, queued.origin
    yield f"claim {queued.id}", queued.words
    yield "as extracted", claim.text if queued.amendment else None
    yield "state", _state(queued)
    yield "revision", queued.revision
    yield from _desk_pairs(queued)
    if queued.vanished_in:
        yield "vanished", f"run {queued.vanished_in} asked about its sentence again and did not find it"
    if queued.lease:
        yield "leased", f"by {queued.lease.reviewer} until {queued.lease.until:%Y-%m-%d %H:%M} UTC"
    yield "assigned to", queued.assigned_to
    yield "due on", queued.due_on
    set_by = f" (set by {queued.attribution.reviewer})" if queued.attribution else ""
    yield "said by", f"{queued.speaker}{set_by}" if queued.speaker else None
    yield "when", queued.when.told if queued.when else None
    yield "worth", f"{claim.check_worthiness:.1f} {claim.reason}"
    yield "flags", [str(one) for one in claim.doubts]
    yield "quote", f"{claim.quote} ({claim.anchor.status.value})"
    yield "said at", claim.locator
    inferred: dict[int | None, list[str]] = {}
    for one in claim.inferred:
        inferred.setdefault(one.sentence_id, []).append(one.word)
    places = ((f"sentence {place}" if place else "nowhere", ", ".join(words)) for place, words in inferred.items())
    yield "inferred", [f"{words} (from {place})" for place, words in places]
    yield "article", f"{queued.article_id}: {found.article.name}" if found.article else queued.article_id
    yield "sentence", found.sentences
    yield "also in", [f"sentence {', '.join(map(str, one.sentence_ids))}" for one in claim.also]
    if verdict:
        yield "verdict", judged(verdict)
        yield "why", verdict.rationale
    if len(queued.given) > 1 or not verdict:  # a single reading is the verdict itself
        yield "readings", [f"{one.role.value}: {judged(one)} {one.rationale or ''}" for one in queued.given]
    yield "corrected", [f"{one.at:%Y-%m-%d}: {_change(one)}: {one.reason}" for one in queued.corrections]
    yield "speaks against it", [str(one) for one in concerns]
    yield "evidence", [f"{one.id}. {source_line(one)}" for one in queued.evidence]
    if origin:
        yield "run", f"{origin.id}: {origin.model}, {origin.prompt} v{origin.prompt_version} {origin.prompt_hash[:12]}"
    if queued.added:
        yield "added by", f"{queued.added.by} {queued.added.at:%Y-%m-%d %H:%M} UTC"


def _desk_pairs(queued: QueuedClaim) -> Iterator[tuple[str, object]]:
    """What the desk has done with the claim besides its verdict."""
    yield "editor", list(map(_edited, queued.editorial_acts))
    if queued.changed_in:
        yield "changed", f"article {queued.changed_in} has not its words; factcheck article {queued.changed_in} --diff"
    yield "flagged", [f"{one.reason} ({one.reviewer})" for one in queued.flags]
    yield "not checkable", queued.aside
    yield "same as", queued.duplicate_of
    yield "part of", queued.split_from
    yield "second reading", queued.second_asked
    if queued.contact:
        yield "claimant", f"asked on {queued.contact.asked_on}: {queued.contact.answer or 'no answer yet'}"
    yield "notes", [f"{one.reviewer}: {one.text}" for one in queued.notes]


def _edited(one: EditorialAct) -> str:
    """What an editor did, in a line, with what spoke against it and why that did not matter."""
    said = f": {one.comment}" if one.comment else ""
    against = f"; against it spoke: {'; '.join(map(str, one.concerns))}" if one.concerns else ""
    despite = f"; signed off despite that: {one.despite}" if one.despite else ""
    return f"{spoken(one.act)} by {one.editor} {one.at:%Y-%m-%d}{said}{against}{despite}"


def _change(one: Correction) -> str:
    """What a correction has changed."""
    return one.typo_told if one.is_typo else f"was {one.was.label}, is {one.now.label}"


def judged(verdict: Verdict) -> str:
    """A verdict in a line: the label, on which scale, by whom, and how sure."""
    known = f", as known on {verdict.known_as_of}" if verdict.known_as_of else ""
    sure = f", confidence {verdict.confidence.value}" if verdict.confidence else ""
    return f"{verdict.label} ({verdict.scale} v{verdict.scale_version}) by {verdict.reviewer}{known}{sure}"


def _state(queued: QueuedClaim) -> str:
    if queued.verdict:
        edited = queued.editorial is not EditorialState.OPEN
        since = ", changed since" if queued.is_stale else ""
        return f"{queued.verdict.label}, {spoken(queued.editorial)}{since}" if edited else queued.verdict.label
    return "vanished" if queued.vanished_in else spoken(queued.status)
