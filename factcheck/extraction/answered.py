"""What a call gave, taken out of the model's reply: what reads it needs, and what is kept of it beside the database."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any, Self

from langchain_core.messages import AIMessage
from langchain_core.messages.ai import UsageMetadata
from pydantic import BaseModel, Field, model_validator

from factcheck.domain.article import FiledArticle
from factcheck.domain.extraction import Billing, Usage, Window, WindowOutcome
from factcheck.domain.sentence import NO_SERVER, Sentence
from factcheck.extraction.answers import AnswerReader, distinct
from factcheck.extraction.failures import cut_short, is_of_server, reason
from factcheck.extraction.lines import clean_line
from factcheck.extraction.parts import OfferedParts, in_parts
from factcheck.extraction.prompts import Prompt
from factcheck.extraction.replies import UnreadableError, answer_parts, answer_under, parts_so_far
from factcheck.extraction.schema import most_answer_tokens
from factcheck.extraction.split_question import CLAIMS, MOST_TOKENS
from factcheck.text.folding import fold

_CHARACTERS_A_TOKEN = 20
"""More than any tokenizer averages: an answer longer than this did not keep to its tokens."""

_MOST_TOKENS = 10_000_000  # that a server may claim for one call
_MOST_SECONDS = 1_000_000  # of a call; a try has a day, and there are three


@dataclass(frozen=True, slots=True)
class Answered:
    """The parts of an answer by sentence, as far as they can be read, why there are no others, and what it cost.

    `again` has the answers of the calls that asked once more about the sentences that the model stumbled over, and
    `splits` what was asked about its claims of two facts after that. `is_unasked` tells that the server was out, so
    that no model has said anything.
    """

    window: Window
    parts: dict[str, Any] | None
    left_out: str | None
    billing: Billing
    splits: tuple[OfferedParts, ...] = ()
    is_unasked: bool = False
    again: tuple["Answered", ...] = ()

    @classmethod
    def of_reply(cls, window: Window, reply: AIMessage | Exception, seconds: float) -> "Answered":
        """What the model's reply holds, or what the SDK raised in its place, after so many seconds."""
        most_characters = most_answer_tokens(len(window.sentences)) * _CHARACTERS_A_TOKEN
        billing = _billing(reply, seconds)
        try:
            if not isinstance(reply, Exception):
                return cls(window, answer_parts(reply, most_characters), None, billing)
            if cut := cut_short(reply):
                return cls(window, parts_so_far(reply, most_characters), cut, billing)
            return cls(window, None, reason(reply), billing, is_unasked=is_of_server(reply))
        except UnreadableError as error:
            return cls(window, None, str(error), billing)

    def read(self, reader: AnswerReader) -> WindowOutcome:
        """The entries and claims that it makes."""
        told = (self.left_out,) if self.left_out is not None else ()
        entries, claims = reader.read(self.parts, self.window, *told, kind=NO_SERVER if self.is_unasked else None)
        outcome = WindowOutcome(self.window, entries, tuple(claims), self.billing.usage, (self.billing,))
        for one in self.again:
            outcome = _put_right(outcome, one.about_failed(outcome).read(reader))
        return in_parts(outcome, self.splits, reader) if self.splits else outcome

    def about_failed(self, outcome: WindowOutcome) -> "Answered":
        """The same, whose sentences are known to have failed in a call before: what fails twice stands as written."""
        asked = tuple(replace(one, entry=outcome.entries[one.position]) for one in self.window.sentences)
        return replace(self, window=replace(self.window, sentences=asked))

    def line(self, article_sha256: str) -> str:
        """It as one line of JSON, from which `of_line` makes the same."""
        return json.dumps(self.kept(article_sha256))

    def kept(self, article_sha256: str) -> dict[str, Any]:
        """What a line holds of it."""
        window = self.window
        kept: dict[str, Any] = {
            "article": article_sha256,
            "positions": window.positions,
            "before": [one.position for one in window.before],
            "left_out": self.left_out,
            "billing": asdict(self.billing),
        }
        if self.splits:
            kept["splits"] = [asdict(one) for one in self.splits]
        if self.is_unasked:
            kept["is_unasked"] = True
        if self.again:
            kept["again"] = [one.kept(article_sha256) for one in self.again]
        try:
            json.dumps(self.parts)
        except (ValueError, RecursionError):  # nested so deep that it could be read, but not written
            return {**kept, "parts": None, "left_out": "the answer is nested too deep"}
        return {**kept, "parts": self.parts}

    @classmethod
    def of_line(cls, line: str, filed: FiledArticle, sentences: Iterable[Sentence]) -> "Answered | None":
        """What `line` has written about this article; None for one that is broken, or about another."""
        known = {one.position: one for one in sentences}
        try:
            kept = _KeptLine.model_validate(json.loads(line))
            return cls._of_kept(kept, known) if kept.article == filed.article.sha256 else None
        except (ValueError, LookupError, RecursionError):
            return None

    @classmethod
    def _of_kept(cls, kept: "_KeptLine", known: Mapping[int, Sentence]) -> "Answered":
        asked, before = (tuple(known[at] for at in places) for places in (kept.positions, kept.before))
        again = tuple(cls._of_kept(one, known) for one in kept.again)
        window, splits = Window(asked, before), tuple(kept.splits)
        return cls(window, kept.parts, kept.left_out, kept.billing, splits, kept.is_unasked, again)


class _KeptLine(BaseModel, extra="forbid"):
    """A line of the file beside the database."""

    article: str
    positions: Annotated[list[int], Field(min_length=1)]
    before: list[int]
    left_out: str | None
    billing: Billing
    splits: list[OfferedParts] = []
    is_unasked: bool = False
    again: list["_KeptLine"] = []
    parts: Any

    @model_validator(mode="after")
    def _has_parts_by_name(self) -> Self:
        if not isinstance(self.parts, dict | None):
            raise ValueError("the parts of an answer stand by their sentences")  # noqa: TRY004 - as pydantic wants it
        return self

    @model_validator(mode="after")
    def _has_numbers_of_a_call(self) -> Self:
        for billing in (self.billing, *(one.billing for one in self.splits)):
            usage = billing.usage
            counts = usage.prompt_tokens, usage.cached_tokens, usage.completion_tokens, billing.cache_written
            if usage.calls != 1 or usage.uncounted not in {0, 1} or any(_count(one) != one for one in counts):
                raise ValueError("no call has such numbers")
            if not 0 <= usage.seconds <= _MOST_SECONDS:
                raise ValueError("no call takes so long")
        if len(set(self.positions)) < len(self.positions):
            raise ValueError("no call asks so")
        return self


def _put_right(outcome: WindowOutcome, later: WindowOutcome) -> WindowOutcome:
    """The outcome of a window with that of a later call about some of its sentences."""
    whole = WindowOutcome.of_parts(outcome.window, (outcome, later))
    return replace(whole, claims=tuple(sorted(distinct(whole.claims), key=lambda one: one.anchor.sentence_ids)))


def offered_parts(claim: str, prompt: Prompt, reply: AIMessage | Exception, seconds: float) -> OfferedParts:
    """What the model's reply makes of a claim, or what the SDK raised in its place, after so many seconds."""
    said: object = None
    if not isinstance(reply, Exception):
        with suppress(UnreadableError):
            said = answer_under(CLAIMS, reply, MOST_TOKENS * _CHARACTERS_A_TOKEN)
    texts = [clean_line(one) for one in said if isinstance(one, str)] if isinstance(said, list) else []
    if any(fold(one) in fold(example.answer) for one in texts for example in prompt.examples):
        texts = []  # the prompt's example came back
    is_whole = isinstance(said, list) and all(texts) and len(texts) == len(said)
    told = f"{prompt.name} {prompt.version} {prompt.sha256[:12]}"
    return OfferedParts(claim, tuple(texts) if is_whole else (), told, _billing(reply, seconds))


def usage_of(reply: AIMessage, seconds: float) -> Usage:
    """The tokens of a call as its server told them."""
    return _billing(reply, seconds).usage


def _billing(reply: AIMessage | Exception, seconds: float) -> Billing:
    """What a call cost. One whose tokens are told in part only is not counted: the other part was not free."""
    if isinstance(reply, Exception):
        # The SDK raises over an answer that was cut short, and hangs the whole completion on the error: it cost, too.
        completion = getattr(reply, "completion", None)
        told, tier = getattr(completion, "usage", None), getattr(completion, "service_tier", None)
        prompt, answer = (_count(getattr(told, name, None)) for name in ("prompt_tokens", "completion_tokens"))
        cached = written = 0
    else:
        tier = reply.response_metadata.get("service_tier")
        counted = reply.usage_metadata or UsageMetadata(input_tokens=0, output_tokens=0, total_tokens=0)
        # LangChain makes 0 of null, and no answer has no token.
        prompt, answer = _count(counted["input_tokens"]), _count(counted["output_tokens"])
        details: Mapping[str, object] = {**counted.get("input_token_details", {})}
        # LangChain writes some tiers before the names of their tokens.
        cached, written = (
            _count(details.get(f"{tier}_{name}") or details.get(name)) for name in ("cache_read", "cache_creation")
        )
    if not prompt or not answer:
        return Billing(Usage(1, seconds=seconds, uncounted=1))
    return Billing(
        Usage(1, prompt, min(cached, prompt), answer, seconds), tier if isinstance(tier, str) else None, written
    )


def _count(told: object) -> int:
    """A number of tokens as a server tells it, 0 if it cannot be one."""
    # A wrong count must not break the sums, nor the column of the database that holds them.
    return told if isinstance(told, int) and 0 <= told <= _MOST_TOKENS else 0
