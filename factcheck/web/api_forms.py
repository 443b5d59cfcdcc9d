"""What programs send, and what of an answer they may count on. Text is bounded, and fit for every database."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from factcheck.domain.evidence import EvidenceDraft, SourceKind, Stance
from factcheck.domain.lookup import Reading
from factcheck.domain.review import Confidence, ErrorType, Remarks
from factcheck.domain.states import ReadingRole
from factcheck.workflow.submit_article import LONGEST
from factcheck.workflow.suggest_evidence import LONGEST_QUOTE

_LAST_NUMBER = 2**63 - 1


def _storable(text: str) -> str:
    if "\0" in text:  # which PostgreSQL takes for no text
        raise ValueError("a text holds no NUL")
    return text


Short = Annotated[str, StringConstraints(max_length=500), AfterValidator(_storable)]
Address = Annotated[str, StringConstraints(max_length=2_000), AfterValidator(_storable)]
Words = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_storable)]
Quote = Annotated[str, StringConstraints(max_length=LONGEST_QUOTE), AfterValidator(_storable)]
Number = Annotated[int, Field(ge=1, le=_LAST_NUMBER)]
Dollars = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]


class Form(BaseModel):
    """A body that a program sends: what is misspelt is refused."""

    model_config = ConfigDict(extra="forbid")


class NextForm(Form):
    """Which claim is asked for: of a reading, of an article, with words; nothing asks for any."""

    reading: ReadingRole | None = None
    article: Number | None = None
    words: Short = ""


class VerdictForm(Form):
    """A verdict: a label of the desk's scale, why, and addresses of sources."""

    label: Short
    rationale: Words | None = None
    evidence: Annotated[list[Address], Field(max_length=20)] = []
    known_as_of: date | None = None
    confidence: Confidence | None = None
    note: Words | None = None
    error_type: ErrorType | None = None

    def remarks(self) -> Remarks:
        """What is said besides."""
        return Remarks(self.known_as_of, self.confidence, self.note, self.error_type)


class EvidenceForm(Form):
    """A source: a page, or one that is described. With `fetch` its page is kept, and the quote looked for in it."""

    stance: Stance
    url: Address | None = None
    quote: Words | None = None
    title: Short | None = None
    publisher: Short | None = None
    published: Short | None = None
    description: Words | None = None
    locator: Short | None = None
    kind: SourceKind | None = None
    anonymous: bool = False
    archive_url: Address | None = None
    fetch: bool = True

    def draft(self) -> EvidenceDraft:
        """As the desk takes it; files of this machine cannot be named."""
        return EvidenceDraft(**self.model_dump(exclude={"fetch"}))


class SuggestionForm(Form):
    """Words of a public page, and what the machine thinks that they do to the claim."""

    url: Address
    quote: Quote
    reading: Reading = Reading.UNSURE


class ArticleForm(Form):
    """An article: a page of the web, or its text. The model's calls cost at most `budget`, in dollars, if it is told.

    With `anyway` a page is taken that does not look like a whole article.
    """

    url: Address | None = None
    text: Annotated[str, StringConstraints(max_length=LONGEST), AfterValidator(_storable)] | None = None
    budget: Dollars | None = None
    anyway: bool = False


class RunForm(Form):
    """A run that asks what an article has no answer to, for at most so many dollars."""

    budget: Dollars | None = None


class NoteForm(Form):
    """A word to colleagues."""

    text: Words


class UndoForm(Form):
    """Which decision is meant, by the number of its event; nothing takes the last one that can be taken back."""

    event: Number | None = None


class SignOffForm(Form):
    """A sign-off; `despite` says why what the desk demands does not matter."""

    comment: Words | None = None
    despite: Words | None = None


class ReasonForm(Form):
    """Why a verdict is rejected or withdrawn."""

    reason: Words


class CorrectionForm(Form):
    """A published verdict's new label, and why."""

    label: Short
    reason: Words
    rationale: Words | None = None
    known_as_of: date | None = None


class Told(BaseModel):
    """What an answer holds, with more besides."""

    model_config = ConfigDict(extra="allow")


class ClaimTold(Told):
    """A claim as this caller may see it."""

    id: int
    uid: str
    revision: str
    article_id: int
    text: str
    words: str
    status: str
    editorial: str
    speaker: str | None
    verdict: dict[str, Any] | None
    readings: list[dict[str, Any]]
    evidence: list[dict[str, Any]]


class ClaimsTold(Told):
    """A page of claims; `next` is the cursor of the next one, null behind the last."""

    claims: list[ClaimTold]
    total: int
    next: str | None


class ArticleTold(Told):
    """An article."""

    id: int
    sha256: str
    title: str | None
    url: str | None


class ArticlesTold(Told):
    """A page of articles."""

    articles: list[ArticleTold]
    next: str | None


class RunsTold(Told):
    """A page of extraction runs."""

    runs: list[dict[str, Any]]
    next: str | None


class TakenTold(Told):
    """The article that was taken in, and the run that asks about it; null where nothing was left to ask."""

    article: int
    run: int | None


class RunTold(Told):
    """A run, and how far its article is: sentences by state, and at least so many calls to come."""

    id: int
    article_id: int
    is_under_way: bool
    sentences: dict[str, int]
    failures: list[dict[str, Any]]
    claims: int
    calls_left: int


class EvidenceTold(Told):
    """The evidence of a claim."""

    evidence: list[dict[str, Any]]


class VerdictsTold(Told):
    """The verdict that holds, if any, and the readings that this caller may see."""

    verdict: dict[str, Any] | None
    readings: list[dict[str, Any]]


class EventsTold(Told):
    """What happened, oldest first."""

    events: list[dict[str, Any]]


class SuggestionsTold(Told):
    """What look-ups have found and machines suggested; none of it is evidence."""

    suggestions: list[dict[str, Any]]


class SuggestedTold(Told):
    """Under which number people find a suggestion."""

    claim: int
    passage: int
    is_new: bool


class KnownTold(Told):
    """What others have checked."""

    checks: list[dict[str, Any]]


class CallerTold(Told):
    """Whose token was shown, and what it is good for."""

    id: int
    name: str
    scopes: list[str]


class UndoneTold(Told):
    """What was taken back, and the claim as it is now."""

    undone: str
    claim: ClaimTold


class Problem(Told):
    """What went wrong, as RFC 9457 has it; `facts` are the error's own."""

    type: str
    title: str
    status: int
    detail: str
