"""Rating scales: what a verdict may say, and what each label means."""

import re
from dataclasses import dataclass
from enum import StrEnum

from factcheck.errors import UnknownLabelError

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FEWEST = 2


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

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"a label's id is lower-case words with hyphens, got {self.id!r}")
        if not self.definition.strip():
            raise ValueError(f"the label {self.id!r} needs a definition")
        if self.grade is not None and self.grade not in range(1, 6):
            raise ValueError(f"grades run from 1 to 5, the label {self.id!r} has {self.grade!r}")


def label_id(name: str) -> str:
    """The id that a label's name means, in any case, its words parted as one likes: "Mostly true" is `mostly-true`."""
    return "-".join(name.lower().replace("_", " ").replace("-", " ").split())


@dataclass(frozen=True, slots=True)
class RatingScale:
    """A named, versioned list of labels. A label never changes its meaning within a version."""

    id: str
    version: int
    labels: tuple[Label, ...]

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"a scale's id is lower-case words with hyphens, got {self.id!r}")
        if type(self.version) is not int or self.version < 1:
            raise ValueError(f"versions count from 1, the scale {self.id!r} has {self.version!r}")
        ids = [label.id for label in self.labels]
        if len(ids) < _FEWEST or len(set(ids)) < len(ids):
            raise ValueError(f"the scale {self.id!r} needs two labels or more, each with an id of its own, got {ids!r}")

    def label(self, name: str) -> Label:
        """The label of that name, as `label_id` reads it. Raises UnknownLabelError, naming those there are."""
        wanted = label_id(name)
        for label in self.labels:
            if label.id == wanted:
                return label
        raise UnknownLabelError(name, self.id, [label.id for label in self.labels])


TRUTH_5 = RatingScale(
    "truth-5",
    1,
    (
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
