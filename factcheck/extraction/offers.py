"""What a model offers of a sentence, and what code puts right in it before it is judged."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from factcheck.extraction.lines import clean_line
from factcheck.extraction.schema import FACT
from factcheck.extraction.tolerant import AsKind, AsList, AsText, AsWorth
from factcheck.text.folding import fold
from factcheck.text.mending import NameMender
from factcheck.text.splitting import split_facts

_Line = Annotated[str, AfterValidator(clean_line)]
_SoftLine = Annotated[_Line, AsText]


class OfferedClaim(BaseModel, strict=True):
    """A claim as the model offers it. `worth` runs from 0 to 10; it is None where the model told no number."""

    quote: _SoftLine = ""
    claim: Annotated[_Line, Field(min_length=1)]
    speaker: _SoftLine = ""
    worth: Annotated[int | None, AsWorth] = None
    why: _SoftLine = ""


class SentenceAnswer(BaseModel, strict=True):
    """What the model says of one sentence: its first words, what it claims, and of which kind that is."""

    begins: _SoftLine = ""
    claims: Annotated[list[OfferedClaim], AsList]
    kind: Annotated[str, AsKind] = ""

    @property
    def is_fact(self) -> bool:
        """Whether the model calls it a fact, or gives claims and names no kind."""
        return self.kind == FACT or bool(self.claims and not self.kind)


def put_right(
    offered: Sequence[OfferedClaim], sentence: str, names: NameMender
) -> tuple[list[OfferedClaim], tuple[str, ...]]:
    """The claims of an English sentence in its window's names, one fact each where that is sure, and what was done."""
    claims: list[OfferedClaim] = []
    told: list[str] = []
    for one in offered:
        words, mended = names.mended(one.claim)
        told += [f"“{broken}” put right to “{name}”" for broken, name in mended]
        parts = split_facts(words)
        told += [f"a claim of {len(parts)} facts taken apart"] if len(parts) > 1 else []
        claims += with_words(one, parts, sentence)
    return claims, tuple(dict.fromkeys(told))


def with_words(offered: OfferedClaim, parts: Sequence[str], sentence: str) -> Iterator[OfferedClaim]:
    """The claim in each of these words, with a quote of its own where the sentence has them so."""
    said = fold(sentence)
    for part in parts:
        own = part.rstrip(".")
        quote = own if len(parts) > 1 and fold(own) in said else offered.quote
        yield offered.model_copy(update={"claim": part, "quote": quote})
