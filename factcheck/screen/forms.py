"""The forms of the screen, before any terminal: fields, what is wrong with them, what they come to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from factcheck.domain.desk import require_parts
from factcheck.domain.rating import Label, RatingScale
from factcheck.domain.review import Confidence, ErrorType, QueuedClaim, Remarks
from factcheck.errors import InputError
from factcheck.screen.claim_text import ledger_text
from factcheck.screen.passages import Ink, difference, joined, own, said
from factcheck.workflow.desk_session import ArticleOnDesk

Typed = Mapping[str, str]
Preview = Callable[[Typed], Content]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: a choice, a text if `is_long`, else a line. `check` raises InputError for what will not do."""

    name: str
    label: str
    choices: tuple[str, ...] = ()
    is_long: bool = False
    check: Callable[[str], object] | None = None
    is_needed: bool = False

    def fault(self, text: str) -> str | None:
        """What is wrong with the text, in a sentence; None if it will do."""
        if not text.strip():
            return f"{self.label} is needed" if self.is_needed else None
        try:
            if self.check:
                self.check(text.strip())
        except InputError as error:
            return said(str(error)).plain
        return None


@dataclass(frozen=True, slots=True)
class Form:
    """A form: `name` is where its text is kept in a draft, `preview` shows what it comes to.

    The text of a form that `waits` stays when it is sent, for another act to take.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    preview: Preview | None = None
    waits: bool = False

    def fault(self, typed: Typed) -> str | None:
        """The first thing that is wrong, None if the form can be sent."""
        faults = (one.fault(typed.get(one.name, "")) for one in self.fields)
        return next((fault for fault in faults if fault), None)


NOTE, FLAG, ASIDE, REJECTION = (
    Form(name, title, (Field("text", label, is_long=True, is_needed=True),))
    for name, title, label in (
        ("note", "Leave a note", "words to colleagues"),
        ("flag", "Flag for the editor", "why"),
        ("aside", "Not checkable", "why not"),
        ("reject", "Send back to be read anew", "what is wrong with it"),
    )
)


def reasons_form(*, adjudicates: bool) -> Form:
    """What goes with the verdict that a digit gives."""
    fields = [
        Field("rationale", "explanation", is_long=True),
        Field("known_as_of", "known as of", check=_require_day),
        Field("confidence", "sure", ("", *Confidence)),
        Field("remark", "remark, not published"),
    ]
    if adjudicates:
        fields.append(Field("error_type", "why they differ", ("", *ErrorType)))
    return Form("reasons", "Reasons for the verdict; a digit then gives it", tuple(fields), waits=True)


def correct_form(queued: QueuedClaim) -> Form:
    """The claim's words, to be corrected; the difference from the original shows as it is typed."""
    title, changes = f"Correct the words of claim {queued.id}", own("original with changes: ", Ink.FAINT)
    fields = (Field("text", "claim", is_long=True, check=queued.require_other_words, is_needed=True),)
    return Form("correct", title, fields, lambda typed: changes + difference(queued.claim.text, typed.get("text", "")))


def split_form(queued: QueuedClaim) -> Form:
    """The parts of a claim, each on a line of its own."""

    def preview(typed: Typed) -> Content:
        found = parts(typed.get("text", ""))
        return joined(own(f"{number}. ", Ink.FAINT) + said(one) for number, one in enumerate(found, 1))

    words = Field(
        "text", "parts, one a line", is_long=True, check=lambda text: require_parts(parts(text)), is_needed=True
    )
    return Form("split", f"Split claim {queued.id}: “{said(queued.words).plain}”", (words,), preview)


def speaker_form(queued: QueuedClaim) -> Form:
    """Who made the claim."""
    return Form("speaker", f"Who said claim {queued.id}", (Field("text", "name", is_needed=True),))


def add_form(article: ArticleOnDesk) -> Form:
    """A claim that nobody has found: what the ledger says of its sentence shows as the number is typed."""

    def preview(typed: Typed) -> Content:
        number = typed.get("sentence", "").strip()
        position = int(number) if is_number(number) else 0
        sentence = article.sentence(position)
        if sentence is None:
            return own(f"the article has sentences 1 to {len(article.sentences)}", Ink.FAINT)
        words = own(" “") + said(sentence.span.cut(article.filed.article.text)) + own("”")
        return ledger_text(sentence) + words

    fields = (
        Field("text", "claim", is_long=True, is_needed=True),
        Field("sentence", "sentence", check=_require_number, is_needed=True),
        Field("quote", "quote, or blank"),
        Field("speaker", "said by"),
    )
    return Form("add", f"Add a claim to article {article.filed.id}", fields, preview)


def labels_form(scale: RatingScale) -> Form:
    """A label by its name; those that fit show with definition and AVeriTeC class."""
    fields = (Field("label", "label", check=scale.label, is_needed=True),)
    title = f"Decide on the scale {scale.id}"
    return Form("labels", title, fields, lambda typed: labels_beginning(scale, typed.get("label", "").strip()))


def labels_beginning(scale: RatingScale, begun: str) -> Content:
    """The labels whose names begin so."""
    return joined(label_text(one) for one in scale.labels if one.id.startswith(begun))


def label_text(label: Label) -> Content:
    """A label with its definition and its AVeriTeC class."""
    name = own(f"{label.id:<16}", Ink.STRONG)
    return name + joined([said(label.definition), own(f"({label.averitec.value})", Ink.FAINT)], " ")


def parts(text: str) -> list[str]:
    """The parts of a claim, one a line."""
    return [one.strip() for one in text.splitlines() if one.strip()]


def reasons(typed: Typed) -> tuple[str | None, Remarks]:
    """The explanation and the remarks that go with a verdict. Raises InputError for a day that will not do."""
    known_as_of = typed.get("known_as_of", "").strip()
    remarks = Remarks(
        known_as_of=_require_day(known_as_of) if known_as_of else None,
        confidence=Confidence(typed["confidence"]) if typed.get("confidence") else None,
        note=typed.get("remark"),
        error_type=ErrorType(typed["error_type"]) if typed.get("error_type") else None,
    )
    return typed.get("rationale"), remarks


def _require_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{text!r} is no day; write it as 2026-03-01") from error


def _require_number(text: str) -> int:
    if not is_number(text):
        raise InputError(f"{text!r} is no number; write digits")
    return int(text)


def is_number(text: str) -> bool:
    """Whether a text is the number of something."""
    return text.isascii() and text.isdecimal() and len(text) < 19  # noqa: PLR2004 - what a database counts to
