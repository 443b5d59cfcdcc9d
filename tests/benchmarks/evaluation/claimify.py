"""Claimify's three steps, one sentence and one step a call, as a baseline.

After Metropolitansky and Larson, "Towards Effective Extraction and Evaluation of Factual Claims" (2025), from the
description that they published. What differs from the paper:

- The instructions say the published rules in other words, with one worked example a step. They are shorter than the
  originals, so that the prompt tokens counted here are a lower bound.
- One completion a step at temperature 0: no votes among several, and no second try for an unusable one.
- Five sentences of context before, and five after for selection and disambiguation; none after for decomposition.
- The paper's input is a question with a model's answer. Here the article's title stands where the question would.
- Sentences are those of the program; the answers are JSON under a schema; clarifications in brackets are left out.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage

from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.extraction import StructuredMethod, Usage
from factcheck.domain.sentence import Sentence
from factcheck.extraction.failures import CALL_ERRORS, as_fatal
from factcheck.extraction.prompts import Prompt, parse_prompt

from .samples import Sample

VERSION = "1"

_FOLDER = Path(__file__).parents[1] / "prompts"
_BEFORE = 5
_MAX_TOKENS = 700
_TEXT = {"type": "string"}
_FORM = StructuredMethod.JSON_SCHEMA


@dataclass(frozen=True, slots=True)
class _Step:
    """A step's instructions, the form of its answer, and how many sentences it sees behind the one in question."""

    name: str
    after: int
    properties: dict[str, Any]

    @property
    def schema(self) -> dict[str, Any]:
        return {
            "title": self.name,
            "description": f"The answer of the step {self.name}.",
            "type": "object",
            "properties": self.properties,
            "required": list(self.properties),
            "additionalProperties": False,
        }

    @property
    def content(self) -> bytes:
        return (_FOLDER / f"claimify_{self.name}.md").read_bytes()

    @property
    def prompt(self) -> Prompt:
        return parse_prompt(self.name, self.content)


def _verdicts(*names: str) -> dict[str, Any]:
    return {"thought": _TEXT, "verdict": {"type": "string", "enum": list(names)}, "sentence": _TEXT}


_SELECTION = _Step("selection", 5, _verdicts("as it is", "rewritten", "No verifiable claims"))
_DISAMBIGUATION = _Step("disambiguation", 5, _verdicts("clear", "resolved", "Cannot be decontextualized"))
_DECOMPOSITION = _Step("decomposition", 0, {"thought": _TEXT, "claims": {"type": "array", "items": _TEXT}})
_STEPS = (_SELECTION, _DISAMBIGUATION, _DECOMPOSITION)
_REFUSALS = frozenset({"No verifiable claims", "Cannot be decontextualized"})


@dataclass(frozen=True, slots=True)
class Claimified:
    """What came of one sentence, through as many steps as it took."""

    claims: tuple[Claim, ...]
    usage: Usage
    is_failed: bool = False


def prompts_sha256() -> str:
    """One hash over the files of the three steps, in hex."""
    return sha256(b"".join(step.content for step in _STEPS)).hexdigest()


async def extract(
    model: BaseChatModel, name: str, samples: Sequence[Sample], concurrency: int, tell: Callable[[str], None]
) -> list[list[Claimified]]:
    """What came of each sentence of each sample. Raises ModelError or RecordingError."""
    asking = _Asking(model, name, asyncio.Semaphore(concurrency), tell)
    try:
        return [list(one) for one in await asyncio.gather(*map(asking.sample, samples))]
    finally:
        client = getattr(model, "http_async_client", None)
        if client is not None:
            await client.aclose()


class _UnusableError(Exception):
    """A step got no answer that can be used."""


@dataclass(frozen=True, slots=True)
class _Asking:
    """The calls of one run."""

    model: BaseChatModel
    name: str
    gate: asyncio.Semaphore
    tell: Callable[[str], None]

    async def sample(self, sample: Sample) -> list[Claimified]:
        return await asyncio.gather(*(self._sentence(sample, sentence) for sentence in sample.wanted))

    async def _sentence(self, sample: Sample, sentence: Sentence) -> Claimified:
        """A sentence through the three steps; it fails as a whole if one of them does."""
        async with self.gate:
            calls: list[Usage] = []
            try:
                found = await self._steps(sample, sentence, calls)
            except _UnusableError:
                return Claimified((), _sum(calls), is_failed=True)
            self.tell(f"{sample.id}, sentence {sentence.position}")
            anchor = Anchor(AnchorStatus.SENTENCE, sentence_ids=(sentence.position,))
            return Claimified(tuple(Claim(one, "", anchor, check_worthiness=0.0) for one in found), _sum(calls))

    async def _steps(self, sample: Sample, sentence: Sentence, calls: list[Usage]) -> list[str]:
        words = _line(sample, sentence)
        for step in (_SELECTION, _DISAMBIGUATION):
            answer = await self._call(step, sample, sentence, words, calls)
            if answer["verdict"] in _REFUSALS or not answer["sentence"].strip():
                return []
            words = answer["sentence"]
        claims = (await self._call(_DECOMPOSITION, sample, sentence, words, calls))["claims"]
        return [" ".join(claim.split()) for claim in claims if claim.strip()]

    async def _call(
        self, step: _Step, sample: Sample, sentence: Sentence, words: str, calls: list[Usage]
    ) -> dict[str, Any]:
        bound = self.model.with_structured_output(
            step.schema, method=_FORM.value, strict=True, include_raw=True, max_tokens=_MAX_TOKENS
        )
        started = time.monotonic()
        try:
            reply: Any = await bound.ainvoke(_messages(step, sample, sentence, words))
        except CALL_ERRORS as error:
            fatal = as_fatal(error, self.name, _FORM)
            if fatal is not None:
                raise fatal from error
            calls.append(Usage(calls=1, seconds=time.monotonic() - started))
            raise _UnusableError from error
        calls.append(_usage(reply["raw"], time.monotonic() - started))
        if not isinstance(reply["parsed"], dict) or not set(step.properties) <= set(reply["parsed"]):
            raise _UnusableError
        return reply["parsed"]


def _messages(step: _Step, sample: Sample, sentence: Sentence, words: str) -> list[tuple[str, str]]:
    prompt = step.prompt
    title = sample.article.title or "unknown"
    question = prompt.fill(title=title, excerpt=_excerpt(sample, sentence, step.after), sentence=words)
    return prompt.messages(question)


def _excerpt(sample: Sample, sentence: Sentence, after: int) -> str:
    """The sentence among its neighbours; `[...]` where the article goes on."""
    at = sample.sentences.index(sentence)
    first, last = max(0, at - _BEFORE), at + after + 1
    shown = [_line(sample, one) for one in sample.sentences[first:last]]
    return " ".join(["[...]"] * (first > 0) + shown + ["[...]"] * (last < len(sample.sentences)))


def _line(sample: Sample, sentence: Sentence) -> str:
    return " ".join(sentence.span.cut(sample.article.text).split())


def _usage(raw: AIMessage, seconds: float) -> Usage:
    counted = raw.usage_metadata
    if counted is None:
        return Usage(calls=1, seconds=seconds)
    cached = counted.get("input_token_details", {}).get("cache_read", 0) or 0
    return Usage(1, counted["input_tokens"], cached, counted["output_tokens"], seconds)


def _sum(calls: Sequence[Usage]) -> Usage:
    return sum(calls, Usage())
