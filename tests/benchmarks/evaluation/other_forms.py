"""Models that answer in another form, seen by the program's chain as ones that keep to its own.

The chain, its windows and its anchoring stay as they are; the form on the wire differs, and the words that
ask for it (`prompts/kind_first.md`). What is compared is the form.

`KIND_FIRST`  one required key a sentence, its kind named before its claims, and no claims if it is not a fact.
`FLAT_LIST`   one flat list of claims, each with the key of its sentence; nothing about sentences without any.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableConfig

from factcheck.extraction.calls import response_format
from factcheck.extraction.prompts import Prompt, parse_prompt
from factcheck.extraction.schema import AMBIGUOUS, FACT, NO_CLAIM_KINDS

_PROMPT = Path(__file__).parents[1] / "prompts" / "kind_first.md"

_Answer = dict[str, Any]
_Messages = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the answer: its schema made from the chain's, its example from the prompt's, its answer turned."""

    schema: Callable[[_Answer], _Answer]
    example: Callable[[_Answer], _Answer]
    in_chains_form: Callable[[_Answer, Sequence[str]], _Answer]


class OtherFormModel:
    """Stands between the chain and a model, and turns schema, example and answer."""

    def __init__(self, model: BaseChatModel, form: Form) -> None:
        self._model = model
        self._form = form
        self.http_async_client = getattr(model, "http_async_client", None)

    def bind(self, **options: Any) -> "_Bound":
        """The model bound to the form's schema, with the options that the chain gives."""
        told = options.pop("response_format")["json_schema"]
        schema = {"title": told["name"], "description": told["description"]} | told["schema"]
        bound = self._model.bind(response_format=response_format(self._form.schema(schema)), **options)
        return _Bound(bound, self._form, list(schema["properties"]))


@dataclass(frozen=True, slots=True)
class _Bound:
    """A bound model, and the keys of the sentences that it is asked about."""

    bound: Any
    form: Form
    keys: list[str]

    async def ainvoke(self, messages: _Messages, config: RunnableConfig | None = None) -> AIMessage:
        turned = [(role, self._example(text) if role == "ai" else text) for role, text in messages]
        reply: AIMessage = await self.bound.ainvoke(turned, config)
        try:
            answer = json.loads(str(reply.content))
        except ValueError:
            return reply
        turned_answer = self.form.in_chains_form(answer, self.keys) if isinstance(answer, dict) else answer
        return reply.model_copy(update={"content": json.dumps(turned_answer, ensure_ascii=False)})

    def _example(self, text: str) -> str:
        return json.dumps(self.form.example(json.loads(text)), ensure_ascii=False)


def other_prompt() -> Prompt:
    """The words that ask for these forms."""
    return parse_prompt(_PROMPT.stem, _PROMPT.read_bytes())


def kind_first_schema(schema: _Answer) -> _Answer:
    """The chain's schema as it is with the kind first, a note last, and sentences without claims."""
    parts = schema["$defs"]["sentence"]["properties"]
    claims = {name: value for name, value in parts["claims"].items() if name != "minItems"}
    properties = {"kind": parts["kind"], "claims": claims, "note": {"type": "string"}}
    sentence = schema["$defs"]["sentence"] | {"properties": properties, "required": list(properties)}
    return schema | {"$defs": schema["$defs"] | {"sentence": sentence}}


def list_schema(schema: _Answer) -> _Answer:
    """The schema of the list: the claims of the chain's schema, each with the key of its sentence."""
    claim = schema["$defs"]["claim"]
    place = {"sentence": {"type": "string", "enum": list(schema["properties"])}}
    item = claim | {"properties": place | claim["properties"], "required": ["sentence", *claim["required"]]}
    return {
        "title": "claims",
        "description": "The claims of the numbered sentences.",
        "type": "object",
        "properties": {"claims": {"type": "array", "items": item}},
        "required": ["claims"],
        "additionalProperties": False,
    }


def flat_answer(answer: Mapping[str, Any]) -> _Answer:
    """An answer in the chain's form as a flat list."""
    return {"claims": [{"sentence": key} | claim for key, part in answer.items() for claim in part["claims"]]}


def from_kind_first(answer: Mapping[str, Any], _: Sequence[str]) -> _Answer:
    """An answer with its kinds first in the chain's form; claims count there whatever the kind says."""
    return {key: _believing_claims(part) if isinstance(part, dict) else part for key, part in answer.items()}


def from_list(answer: Mapping[str, Any], keys: Sequence[str]) -> _Answer:
    """A flat list in the chain's form; a sentence that the list passes over counts as one without a claim."""
    keyed: _Answer = {key: {"claims": [], "kind": NO_CLAIM_KINDS[0]} for key in keys}
    for claim in answer.get("claims", []):
        part = keyed.get(claim["sentence"])
        if part is not None:
            part["kind"] = FACT
            part["claims"].append({name: value for name, value in claim.items() if name != "sentence"})
    return keyed


def _believing_claims(part: _Answer) -> _Answer:
    has_claims = bool(part.get("claims")) and part.get("kind") != AMBIGUOUS
    return part | {"kind": FACT} if has_claims else part


KIND_FIRST = Form(kind_first_schema, dict, from_kind_first)
FLAT_LIST = Form(list_schema, flat_answer, from_list)
