"""A look-up: what was asked of which searches for a claim, and which sentences of the found pages speak of it.

All of it suggests; nothing of it is evidence until a person takes a passage in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Self

from factcheck.domain.extraction import Usage
from factcheck.errors import ConflictError, NoSuchPassageError, OtherLookupError, SuggestionsFullError

MOST_SUGGESTED = 20
"""So many pages machines may suggest for a claim: a person is to look at them."""
WIKIPEDIA = "https://{language}.wikipedia.org/w/api.php"


@dataclass(frozen=True, slots=True)
class LookSettings:
    """Which searches are asked, where they stand, and which addresses a person may open for a claim."""

    sources: tuple[str, ...] = ("wikipedia",)
    searxng: str | None = None
    wikipedia: str = WIKIPEDIA
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that a search names. Title and snippet are a stranger's words."""

    url: str
    title: str = ""
    snippet: str = ""


class Kinship(StrEnum):
    """What a found page is to the article under check, or to a page found before it."""

    ARTICLE = "the article itself"
    MIRROR = "a copy of the article"
    SAME_TEXT = "the same text"
    SAME_PUBLISHER = "the article's publisher"


class Reading(StrEnum):
    """What a model suggests that a sentence does to the claim; `unsure` also where it failed or refused."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    NEITHER = "neither"
    UNSURE = "cannot tell"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a model says that a sentence does to a claim, the words of the sentence that it relies on, and the cost."""

    reading: Reading
    relies_on: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a page that speaks of the claim, in the page's own words, with the one before and the one behind.

    `paragraph` counts the page's paragraphs from 1. What a model says of it, and the words that it relies on, stand
    apart from any person's stance.
    """

    quote: str
    before: str = ""
    after: str = ""
    paragraph: int | None = None
    reading: Reading | None = None
    relies_on: str = ""

    @property
    def locator(self) -> str | None:
        """Where it stands, in words."""
        return f"paragraph {self.paragraph} of the page's text" if self.paragraph else None


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page that was fetched and kept; `sha256` names what was kept, `same_as` the address that has the same text.

    `suggested_by` names the machine that has suggested it, None where a search has found it; `set_aside_by` the person
    who thought that it leads nowhere.
    """

    url: str
    source: str
    title: str = ""
    publisher: str | None = None
    sha256: str = ""
    kinships: tuple[Kinship, ...] = ()
    same_as: str | None = None
    passages: tuple[Passage, ...] = ()
    suggested_by: str | None = None
    set_aside_by: str | None = None


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a look-up for a claim has brought, at that moment in UTC.

    `troubles` are lines on what failed, `from_model` queries of a model, `read_by` the models that have read passages,
    `asked_by` is who has asked for it, as far as they said a name.
    """

    claim_id: int
    at: datetime
    queries: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    pages: tuple[FoundPage, ...] = ()
    troubles: tuple[str, ...] = ()
    from_model: tuple[str, ...] = field(default=())
    read_by: tuple[str, ...] = field(default=())
    asked_by: str | None = None

    @property
    def mark(self) -> str:
        """12 hex digits that tell the look-up from the one in whose place it stands, and from the one after it."""
        return sha256(self.at.isoformat().encode()).hexdigest()[:12]

    def numbered(self) -> Iterator[tuple[int, FoundPage, Passage]]:
        """The passages with their numbers, from 1, in the order of the pages."""
        passages = ((page, one) for page in self.pages for one in page.passages)
        yield from ((number, *one) for number, one in enumerate(passages, 1))

    def passage(self, number: int) -> tuple[FoundPage, Passage]:
        """The passage of that number with its page. Raises NotFoundError."""
        for known, page, passage in self.numbered():
            if known == number:
                return page, passage
        raise NoSuchPassageError(self.claim_id, number, sum(len(one.passages) for one in self.pages))

    @property
    def suggested(self) -> tuple[FoundPage, ...]:
        """The pages that machines have suggested, in the order in which they came."""
        return tuple(one for one in self.pages if one.suggested_by is not None)

    def behind(self, before: "Lookup | None") -> Self:
        """The look-up in the place of the one before: what machines have suggested stays, behind what it has found."""
        return replace(self, pages=(*self.pages, *before.suggested)) if before else self

    def told_beside(self, standing: "Lookup") -> Self:
        """The look-up as it is told now, with what became of machines' suggestions since it was read.

        New ones are the last of its pages; others were set aside.
        """
        told = (
            replace(mine, set_aside_by=now.set_aside_by)
            for mine, now in zip(self.pages, standing.pages[: len(self.pages)], strict=True)
        )
        return replace(self, pages=(*told, *standing.pages[len(self.pages) :]))

    def with_suggestion(self, page: FoundPage) -> Self:
        """With what a machine suggests, as the last page, so that no passage gets another number.

        The same words of one page stay one, whoever suggests them, also when a person has set them aside; the others
        are counted. Raises SuggestionsFullError.
        """
        words = {(one.sha256, passage.quote) for one in self.suggested for passage in one.passages}
        if words.issuperset((page.sha256, passage.quote) for passage in page.passages):
            return self
        if sum(one.set_aside_by is None for one in self.suggested) >= MOST_SUGGESTED:
            raise SuggestionsFullError(self.claim_id, MOST_SUGGESTED)
        return replace(self, pages=(*self.pages, page))

    def require_asked_at(self, at: datetime, number: int) -> None:
        """Raise OtherLookupError if a passage was chosen in the look-up of another moment."""
        if at != self.at:
            raise OtherLookupError(self.claim_id, number)

    def require_seen(self, mark: str | None, person: str | None, number: int) -> None:
        """Raise OtherLookupError if a passage was chosen in a look-up of another mark.

        Without a mark it is supposed that a person has seen what nobody else has asked for.
        """
        if mark is None and self.asked_by in {None, person}:
            return
        if mark != self.mark:
            raise OtherLookupError(self.claim_id, number)

    def set_aside(self, number: int, person: str) -> Self:
        """With the machine's suggestion that holds this passage set aside. Raises NotFoundError, ConflictError."""
        wanted = self.passage(number)[0]
        if wanted.suggested_by is None:
            raise ConflictError(f"passage {number} was found by a search: only what a machine suggests is set aside")
        pages = (replace(one, set_aside_by=person) if one is wanted else one for one in self.pages)
        return replace(self, pages=tuple(pages))

    def read(self, number: int, reading: Reading, relies_on: str) -> Self:
        """The look-up with what a model says of one passage."""
        wanted = self.passage(number)[1]
        told = replace(wanted, reading=reading, relies_on=relies_on)
        pages = []
        for page in self.pages:
            passages = tuple(told if one is wanted else one for one in page.passages)
            pages.append(replace(page, passages=passages))
        return replace(self, pages=tuple(pages))
