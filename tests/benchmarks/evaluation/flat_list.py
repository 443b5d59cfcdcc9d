"""A model that answers with one flat list of claims, seen by the program's chain as one that keeps its form.

The chain, its words, its windows and its anchoring stay as they are. Only the form on the wire differs: the
schema is made from the chain's own, the example answer from the prompt's own. So what is compared is the form.
The instructions still name what a list has no place for, such as `kind`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage

from factcheck.extraction.schema import NO_CLAIM_KINDS

_Answer = dict[str, Any]
_Messages = Sequence[tuple[str, str]]


class FlatListModel:
    """Stands between the chain and a model, and turns schema, example and answer."""

    def __init__(self, model: BaseChatModel) -> None:
        self._model = model
        self.http_async_client = getattr(model, "http_async_client", None)

    def with_structured_output(self, schema: _Answer, **options: Any) -> "_FlatList":
        """The model bound to the list's schema, with the options that the chain gives."""
        keys = list(schema["properties"])
        return _FlatList(self._model.with_structured_output(list_schema(schema), **options), keys)


@dataclass(frozen=True, slots=True)
class _FlatList:
    """A bound model and the keys of the sentences that it is asked about."""

    bound: Any
    keys: list[str]

    @property
    def first(self) -> "_FlatList":
        """The chain takes the model alone, without LangChain's parser behind it."""
        return self

    async def ainvoke(self, messages: _Messages) -> AIMessage:
        flat = [(role, _flat_if_example(role, text)) for role, text in messages]
        reply: AIMessage = await self.bound.first.ainvoke(flat)
        try:
            answer = json.loads(str(reply.content))
        except ValueError:
            return reply
        keyed = keyed_answer(answer, self.keys) if isinstance(answer, Mapping) else answer
        return reply.model_copy(update={"content": json.dumps(keyed, ensure_ascii=False)})


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


def keyed_answer(answer: Mapping[str, Any], keys: Sequence[str]) -> _Answer:
    """A flat list in the chain's form; a sentence that the list passes over counts as one without a claim."""
    keyed: _Answer = {key: {"kind": NO_CLAIM_KINDS[0], "claims": [], "note": "not in the list"} for key in keys}
    for claim in answer.get("claims", []):
        part = keyed.get(claim["sentence"])
        if part is not None:
            part["kind"] = "fact"
            part["claims"].append({name: value for name, value in claim.items() if name != "sentence"})
    return keyed


def _flat_if_example(role: str, text: str) -> str:
    return json.dumps(flat_answer(json.loads(text)), ensure_ascii=False) if role == "ai" else text
