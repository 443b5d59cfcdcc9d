"""Queries of a model for a claim: one short call, whose answer is read as lines and believed in nothing else."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from typing_extensions import override

from factcheck.domain.extraction import StructuredMethod
from factcheck.errors import FactcheckError, ModelServerError
from factcheck.extraction.failures import as_fatal, reason
from factcheck.extraction.prompts import load_prompt
from factcheck.extraction.runnable import BaseChatModel
from factcheck.workflow.lookup_ports import QueryMaker

_MOST_LINES = 3
_LONGEST = 200  # characters of a line
_MOST_TOKENS = 150


@dataclass(frozen=True, slots=True)
class ModelQueries(QueryMaker):
    """Serves the port from a chat model."""

    model: BaseChatModel
    name: str
    seconds: float

    @override
    def queries(self, claim: str, language: str | None) -> Sequence[str]:
        prompt = load_prompt("make_queries")
        messages = prompt.messages(prompt.fill(claim=" ".join(claim.split())), language)
        try:
            words = asyncio.run(self._answer(messages))
        except FactcheckError:
            raise
        except Exception as error:  # providers have errors of their own, as in a run
            fatal = as_fatal(error, self.name, StructuredMethod.JSON_SCHEMA)
            raise fatal or ModelServerError(f"{self.name!r} fails: {reason(error)}") from error
        lines = [line.strip()[:_LONGEST] for line in words.splitlines()]
        return [line for line in lines if line][:_MOST_LINES]

    async def _answer(self, messages: list[tuple[str, str]]) -> str:
        async with asyncio.timeout(self.seconds):
            reply = await self.model.ainvoke(messages, max_tokens=_MOST_TOKENS)
        return str(reply.text)
