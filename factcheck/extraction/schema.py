"""The form of an answer: one required key a sentence, so that none can be passed over.

A list of claims lets a small model stop early; a key a sentence makes constrained decoding
visit each one. Keys count within the window, so that the schema, and with it the constant
start of each call, is the same for all full windows.
"""

from typing import Any

NO_CLAIM_KINDS = ("opinion", "prediction", "question", "furniture", "ambiguous")
WORTH_STEPS = 10
_MAX_CLAIMS = 8
_TOKENS_A_SENTENCE = 700
_TOKENS_AN_ANSWER = 200

JsonSchema = dict[str, Any]


def sentence_key(index: int) -> str:
    """The key of a window's sentence: `s1` for the first, whose index is 0."""
    return f"s{index + 1}"


def most_answer_tokens(count: int) -> int:
    """How many tokens the answer to a window of `count` sentences may take at most."""
    return _TOKENS_A_SENTENCE * count + _TOKENS_AN_ANSWER


def answer_schema(count: int) -> JsonSchema:
    """The JSON schema of an answer to a window of `count` sentences."""
    keys = [sentence_key(index) for index in range(count)]
    return {
        "title": "claims_by_sentence",
        "description": "The claims of each numbered sentence.",
        **_object({key: {"$ref": "#/$defs/sentence"} for key in keys}),
        "$defs": {"sentence": _sentence(), "claim": _claim()},
    }


def _sentence() -> JsonSchema:
    return _object(
        {
            "kind": {"type": "string", "enum": ["fact", *NO_CLAIM_KINDS]},
            "claims": {"type": "array", "items": {"$ref": "#/$defs/claim"}, "maxItems": _MAX_CLAIMS},
            "note": {"type": "string"},
        },
    )


def _claim() -> JsonSchema:
    return _object(
        {
            "quote": {"type": "string"},
            "claim": {"type": "string"},
            "speaker": {"type": "string"},
            "worth": {"type": "integer", "minimum": 0, "maximum": WORTH_STEPS},
            "why": {"type": "string"},
        },
    )


def _object(properties: JsonSchema) -> JsonSchema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
