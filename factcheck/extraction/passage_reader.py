"""What a model says that a sentence of a page does to a claim: one short call, each word of which is checked."""

import asyncio
import math
import re
from dataclasses import dataclass, field
from time import perf_counter

from typing_extensions import override

from factcheck.domain.claim import AnchorStatus
from factcheck.domain.cost import Estimate
from factcheck.domain.extraction import StructuredMethod, Usage
from factcheck.domain.lookup import Reading, Suggestion
from factcheck.errors import FactcheckError
from factcheck.extraction.answered import usage_of
from factcheck.extraction.failures import CALL_ERRORS, as_fatal
from factcheck.extraction.lines import question_line
from factcheck.extraction.prompts import Prompt, load_prompt
from factcheck.extraction.questions import BYTES_A_TOKEN
from factcheck.extraction.runnable import BaseChatModel
from factcheck.text.anchoring import Anchorer
from factcheck.workflow.lookup_ports import PassageReader

_MOST_TOKENS = 120
_EXPECTED_TOKENS = 20
_MOST_AROUND_A_PROMPT = 100  # as of the other questions
_LONGEST = 2_000  # characters of a claim or a sentence
_ANSWER = re.compile(r"[\W_]{0,5}(supports|refutes|neither)[\W_]{0,5}", re.IGNORECASE)
_STANDS = frozenset((AnchorStatus.EXACT, AnchorStatus.NORMALISED))


@dataclass(frozen=True, slots=True)
class ModelPassageReader(PassageReader):
    """Serves the port from a chat model, whose calls share one event loop: their connections outlive each of them."""

    model: BaseChatModel
    model_name: str
    seconds: float
    runner: asyncio.Runner
    prompt: Prompt = field(default_factory=lambda: load_prompt("read_passage"))

    @property
    @override
    def name(self) -> str:
        return f"{self.model_name}, {self.prompt.name} v{self.prompt.version} {self.prompt.sha256[:12]}"

    @override
    def estimate(self, claim: str, passage: str) -> Estimate:
        said = sum(len(content.encode("utf-8", "replace")) for _, content in self._messages(claim, passage))
        expected = math.ceil(said / BYTES_A_TOKEN)
        return Estimate(1, expected, _EXPECTED_TOKENS, said + _MOST_AROUND_A_PROMPT, _MOST_TOKENS)

    @override
    def read(self, claim: str, passage: str) -> Suggestion:
        begun = perf_counter()
        try:
            words, usage = self.runner.run(self._answer(self._messages(claim, passage)))
        except FactcheckError:
            raise
        except CALL_ERRORS as error:
            fatal = as_fatal(error, self.model_name, StructuredMethod.JSON_SCHEMA)
            if fatal is not None:
                raise fatal from error
            return Suggestion(Reading.UNSURE, "", Usage(1, seconds=perf_counter() - begun, uncounted=1))
        return Suggestion(*reading_of(words, passage), usage)

    def _messages(self, claim: str, passage: str) -> list[tuple[str, str]]:
        asked = question_line(claim[:_LONGEST]), question_line(passage[:_LONGEST])
        return self.prompt.messages(self.prompt.fill(claim=asked[0], passage=asked[1]))

    async def _answer(self, messages: list[tuple[str, str]]) -> tuple[str, Usage]:
        begun = perf_counter()
        async with asyncio.timeout(self.seconds):
            reply = await self.model.ainvoke(messages, max_tokens=_MOST_TOKENS)
        return str(reply.text), usage_of(reply, perf_counter() - begun)


def reading_of(answer: str, passage: str) -> tuple[Reading, str]:
    """What an answer says, with the words that it relies on.

    Support and refutation count only with words that stand in the sentence; all else is `unsure`.
    """
    words, _, last = answer.strip().rpartition("\n")
    found = _ANSWER.fullmatch(last)
    if found is None:
        return Reading.UNSURE, ""
    reading, relied = Reading(found[1].lower()), words.strip().strip("\"'“”")
    if reading is Reading.NEITHER:
        return reading, ""
    stands = relied and Anchorer(passage, ()).standing(relied) in _STANDS
    return (reading, relied) if stands else (Reading.UNSURE, "")
