"""The forms of an editor: what is signed off, why all the same, what becomes of what is published."""

from collections.abc import Mapping, Sequence

from textual.content import Content

from factcheck.domain.desk import Concern
from factcheck.domain.rating import RatingScale
from factcheck.domain.review import QueuedClaim, Verdict
from factcheck.domain.states import Act
from factcheck.errors import NotReadyError, SameLabelError
from factcheck.screen.claim_text import concerns_text
from factcheck.screen.forms import Field, Form, Typed, labels_beginning
from factcheck.screen.passages import Ink, difference, joined, own, pasted, said
from factcheck.workflow.edit_claim import Amended

WITHDRAWAL = Form(
    "withdraw", "Withdraw what is published", (Field("text", "why it is withdrawn", is_long=True, is_needed=True),)
)
ACTS_ON_MARKED: Mapping[str, frozenset[Act]] = {
    "sign off": frozenset({Act.SIGNED_OFF}),
    "publish": frozenset({Act.PUBLISHED}),
    "both": frozenset({Act.SIGNED_OFF, Act.PUBLISHED}),
}
_TYPO, _LABEL = "typo", "label"
_LISTED = 8


def despite_form(error: NotReadyError) -> Form:
    """Why a verdict is signed off although something speaks against it."""
    fields = (Field("text", "reason to go on", is_long=True, is_needed=True),)
    lines = [said(f"! {one}", Ink.WARNING) for one in error.concerns]
    return Form("despite", f"Claim {error.claim} is not ready to be signed off", fields, lambda _: joined(lines))


def amend_form(queued: QueuedClaim, verdict: Verdict, scale: RatingScale) -> Form:
    """Label and explanation as they are signed off; how they differ from the readers' shows as they are typed."""

    def preview(typed: Typed) -> Content:
        return joined([_labels(scale, typed), _changed("explanation: ", verdict.rationale or "", typed, "rationale")])

    fields = (
        Field("label", "label", check=scale.label, is_needed=True),
        Field("rationale", "explanation", is_long=True),
    )
    return Form("amend", f"Amend the verdict on claim {queued.id}, and sign it off", fields, preview)


def told_of(verdict: Verdict) -> dict[str, str]:
    """What the form to amend a verdict begins with."""
    return {"label": verdict.label, "rationale": pasted(verdict.rationale or "")}


def amendment(verdict: Verdict, typed: Typed) -> Amended | None:
    """What the form puts in place of the verdict's parts, None if it leaves them all."""
    label, rationale = typed["label"].strip(), _new(typed, "rationale", told_of(verdict)["rationale"])
    if label == verdict.label:
        return Amended(None, rationale) if rationale else None
    return Amended(label, rationale)


def correction_form(queued: QueuedClaim, verdict: Verdict, scale: RatingScale) -> Form:
    """What is wrong with what is published, and what stands there instead."""

    def preview(typed: Typed) -> Content:
        explanation = _changed("explanation: ", verdict.rationale or "", typed, "rationale")
        return joined([_labels(scale, typed), explanation, _changed("claim: ", queued.words, typed, "words")])

    fields = (
        Field("what", "what is wrong", (_LABEL, _TYPO), is_needed=True),
        Field("label", "label", check=scale.label, is_needed=True),
        Field("rationale", "explanation", is_long=True),
        Field("words", "claim (typo)", is_long=True, is_needed=True),
        Field("reason", "public reason", is_long=True, is_needed=True),
    )
    return Form("correction", f"Correct what is published of claim {queued.id}", fields, preview)


def published(queued: QueuedClaim, verdict: Verdict) -> dict[str, str]:
    """What the form to correct a verdict begins with."""
    return {"what": _LABEL, "words": pasted(queued.words), **told_of(verdict)}


def correction(queued: QueuedClaim, verdict: Verdict, typed: Typed) -> tuple[str | None, str | None, str | None]:
    """The new label, None of a typo; then the new explanation and the claim's new words, None where they stay.

    Raises SameLabelError for another label that is put right as a typo.
    """
    label, start = typed["label"].strip(), published(queued, verdict)
    rationale, words = (_new(typed, name, start[name]) for name in ("rationale", "words"))
    if typed["what"] == _LABEL:
        return label, rationale, words
    if label != verdict.label:
        raise SameLabelError(queued.id, verdict.label, is_typo=True)
    return None, rationale, words


def marked_form(marked: Sequence[tuple[QueuedClaim, Mapping[Concern, bool]]]) -> Form:
    """What is done to the marked claims, which are shown with what speaks against their verdicts."""

    def listed(claim: QueuedClaim, concerns: Mapping[Concern, bool]) -> Content:
        label = said(claim.verdict.label if claim.verdict else "", Ink.STRONG)
        return joined([own(f"{claim.id} ") + label + " " + said(claim.words), concerns_text(concerns)])

    fields = (
        Field("what", "what to do", tuple(ACTS_ON_MARKED), is_needed=True),
        Field("despite", "where it asks why", is_long=True),
    )
    lines = [listed(*one) for one in marked[:_LISTED]]
    lines += [own(f"and {len(marked) - _LISTED} more")] if len(marked) > _LISTED else []
    numbers = ", ".join(str(one.id) for one, _ in marked)
    return Form("marked", f"All marked claims: {numbers}", fields, lambda _: joined(lines))


def _new(typed: Typed, name: str, before: str) -> str | None:
    text = typed.get(name, "").strip()
    return text if text and text != before.strip() else None


def _labels(scale: RatingScale, typed: Typed) -> Content:
    return labels_beginning(scale, typed.get("label", "").strip())


def _changed(name: str, before: str, typed: Typed, field: str) -> Content:
    after = typed.get(field, "")
    return own(name, Ink.FAINT) + difference(before, after) if after.strip() != before.strip() else Content()
