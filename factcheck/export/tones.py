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


_BY_CLASS = {
    AveritecClass.REFUTED: Tone("refuted", "✗", "the evidence refutes it"),
    AveritecClass.CONFLICTING: Tone("conflicting", "≈", "partly true, or misleading"),
    AveritecClass.SUPPORTED: Tone("supported", "✓", "the evidence supports it"),
    AveritecClass.NOT_ENOUGH_EVIDENCE: Tone("unproven", "?", "no evidence decides it"),
}
_UNKNOWN = Tone("unknown", "◇", "a verdict on a scale that is not known here")
_UNCHECKED = Tone("unchecked", "○", "no verdict yet")
_WITHDRAWN = Tone("withdrawn", "⊘", "the verdict was withdrawn")

TONES = (*_BY_CLASS.values(), _UNKNOWN, _UNCHECKED, _WITHDRAWN)
"""As reports list them."""


def tone_of_class(averitec: AveritecClass) -> Tone:
    """The tone of all labels that a scale puts into this class."""
    return _BY_CLASS[averitec]


def tone_of(claim: ReportedClaim, masthead: Masthead) -> Tone:
    """The tone of a claim's verdict, by the class that its scale puts the label into."""
    if claim.verdict is None:
        return _UNCHECKED
    if claim.standing is Standing.WITHDRAWN:
        return _WITHDRAWN
    label = masthead.label_of(claim.verdict)
    return _BY_CLASS[label.averitec] if label else _UNKNOWN


def word_of(claim: ReportedClaim) -> str:
    """What stands beside the symbol: the verdict's label, or that there is none."""
    if claim.verdict is None:
        return claim.status.value.replace("_", " ") if claim.status.stage is None else "not checked yet"
    return "withdrawn" if claim.standing is Standing.WITHDRAWN else claim.verdict.label
