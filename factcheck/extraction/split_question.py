"""The question about one claim that says two facts: its form, its messages, and the most tokens that it takes."""

import json
import math
from dataclasses import dataclass
from typing import Any

from factcheck.domain.article import Article
from factcheck.domain.claim import Claim, Flag
from factcheck.domain.cost import Estimate
from factcheck.domain.extraction import StructuredMethod, WindowOutcome
from factcheck.extraction.lines import question_line
from factcheck.extraction.prompts import Prompt
from factcheck.extraction.questions import BYTES_A_TOKEN

CLAIMS = "claims"
"""The only key of an answer."""

MOST_PARTS = 4
MOST_TOKENS = 500  # of an answer

_LONGEST = 600
"""Characters of a claim: what is longer would not come back within the tokens."""

_MOST_AROUND_A_PROMPT = 100  # as of the other questions

_TEXT = {"type": "string"}
FORM: dict[str, Any] = {
    "title": CLAIMS,
    "description": "Claims of one fact each.",
    "type": "object",
    "properties": {CLAIMS: {"type": "array", "items": _TEXT, "minItems": 1, "maxItems": MOST_PARTS}},
    "required": [CLAIMS],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class SplitQuestion:
    """A claim of two facts, and the sentence that it was taken from, by its position."""

    claim: str
    sentence: str
    position: int

    def messages(self, prompt: Prompt, method: StructuredMethod) -> list[tuple[str, str]]:
        """The messages of its call as (role, content)."""
        # A server that is told no schema needs the keys in words.
        form = f"\n\nAnswer with one JSON object; its key is {CLAIMS}." if method is StructuredMethod.JSON_MODE else ""
        asked = prompt.fill(claim=question_line(self.claim), sentence=question_line(self.sentence) + form)
        return prompt.messages(asked)

    def estimate(self, prompt: Prompt, method: StructuredMethod) -> Estimate:
        """What its call will take, and the most that it can."""
        said = sum(len(content.encode("utf-8", "replace")) for _, content in self.messages(prompt, method))
        return Estimate(
            calls=1,
            prompt_tokens=math.ceil(said / BYTES_A_TOKEN),
            answer_tokens=math.ceil(len(self.claim.encode("utf-8", "replace")) / BYTES_A_TOKEN),
            most_prompt_tokens=said + len(json.dumps(FORM)) + _MOST_AROUND_A_PROMPT,
            most_answer_tokens=MOST_TOKENS,
        )


def split_questions(article: Article, outcome: WindowOutcome) -> list[SplitQuestion]:
    """The questions about a window's claims of two facts; at most as many as it has sentences."""
    texts = {one.position: one.span.cut(article.text) for one in outcome.window.sentences}
    asked = [
        SplitQuestion(one.text, texts[one.anchor.sentence_ids[0]], one.anchor.sentence_ids[0])
        for one in outcome.claims
        if may_be_split(one) and one.anchor.sentence_ids[0] in texts
    ]
    return asked[: len(texts)]


def may_be_split(claim: Claim) -> bool:
    """Whether a claim says two facts that code could not take apart, in words that stand in the article."""
    return Flag.COMPOUND in claim.flags and bool(claim.anchor.segments) and len(claim.text) <= _LONGEST
