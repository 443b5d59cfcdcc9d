"""Rating scales: what a verdict may say, and what each label means."""

from dataclasses import dataclass
from enum import StrEnum

from factcheck.errors import UnknownLabelError


class AveritecClass(StrEnum):
    """AVeriTeC's four verdict classes (Schlichtkrull et al., 2023)."""

    SUPPORTED = "Supported"
    REFUTED = "Refuted"
    NOT_ENOUGH_EVIDENCE = "Not Enough Evidence"
    CONFLICTING = "Conflicting Evidence/Cherrypicking"


@dataclass(frozen=True, slots=True)
class Label:
    """One rating. `grade` runs from 1 (false) to 5 (true); ungraded labels have none."""

    id: str
    definition: str
    averitec: AveritecClass
    grade: int | None = None


@dataclass(frozen=True, slots=True)
class RatingScale:
    """A named, versioned list of labels. A label never changes its meaning within a version."""

    id: str
    version: int
    labels: tuple[Label, ...]

    def label(self, label_id: str) -> Label:
        """The label of that id. Raises UnknownLabelError, naming those there are."""
        for label in self.labels:
            if label.id == label_id:
                return label
        known = ", ".join(label.id for label in self.labels)
        message = f"{label_id!r} is not a label of the scale {self.id}; it has: {known}"
        raise UnknownLabelError(message)


TRUTH_5 = RatingScale(
    id="truth-5",
    version=1,
    labels=(
        Label("false", "The evidence contradicts it.", AveritecClass.REFUTED, 1),
        Label("mostly-false", "A true core, but wrong in what matters.", AveritecClass.REFUTED, 2),
        Label("mixed", "True and false in equal parts.", AveritecClass.CONFLICTING, 3),
        Label("mostly-true", "Right in what matters, wrong in a detail.", AveritecClass.SUPPORTED, 4),
        Label("true", "The evidence bears it out.", AveritecClass.SUPPORTED, 5),
        Label("unproven", "No evidence decides it.", AveritecClass.NOT_ENOUGH_EVIDENCE),
        Label("missing-context", "True, but misleads as it stands.", AveritecClass.CONFLICTING),
        Label("outdated", "True once, no longer when it was said.", AveritecClass.REFUTED),
        Label("misattributed", "Said or done by somebody else.", AveritecClass.REFUTED),
        Label("satire", "Not meant to be believed.", AveritecClass.REFUTED),
        Label("altered", "Words, picture or sound were changed.", AveritecClass.REFUTED),
    ),
)
