"""How a verdict is shown at a glance: one of a few tones, each with a shape, a word and a colour."""

from dataclasses import dataclass

from factcheck.domain.rating import AveritecClass
from factcheck.domain.report import Masthead
from factcheck.domain.reported_claim import ReportedClaim, Standing


@dataclass(frozen=True, slots=True)
class Tone:
    """A name for style sheets, a symbol that says the same without colour, and what both mean."""

    name: str
    symbol: str
    meaning: str


SUPPORTED = Tone("supported", "✓", "the evidence supports it")
REFUTED = Tone("refuted", "✗", "the evidence refutes it")
CONFLICTING = Tone("conflicting", "≈", "partly true, or misleading")
UNPROVEN = Tone("unproven", "?", "no evidence decides it")
UNCHECKED = Tone("unchecked", "○", "no verdict yet")
WITHDRAWN = Tone("withdrawn", "⊘", "the verdict was withdrawn")
UNKNOWN = Tone("unknown", "◇", "a verdict on a scale that is not known here")

TONES = (REFUTED, CONFLICTING, SUPPORTED, UNPROVEN, UNKNOWN, UNCHECKED, WITHDRAWN)

_BY_CLASS = {
    AveritecClass.SUPPORTED: SUPPORTED,
    AveritecClass.REFUTED: REFUTED,
    AveritecClass.CONFLICTING: CONFLICTING,
    AveritecClass.NOT_ENOUGH_EVIDENCE: UNPROVEN,
}


def tone_of(claim: ReportedClaim, masthead: Masthead) -> Tone:
    """The tone of a claim's verdict, by the class that its scale puts the label into."""
    if claim.verdict is None:
        return UNCHECKED
    if claim.standing is Standing.WITHDRAWN:
        return WITHDRAWN
    label = masthead.label_of(claim.verdict)
    return _BY_CLASS[label.averitec] if label else UNKNOWN


def word_of(claim: ReportedClaim) -> str:
    """What stands beside the symbol: the verdict's label, or that there is none."""
    if claim.verdict is None:
        return claim.status.value.replace("_", " ") if claim.status.stage is None else "not checked yet"
    return "withdrawn" if claim.standing is Standing.WITHDRAWN else claim.verdict.label
