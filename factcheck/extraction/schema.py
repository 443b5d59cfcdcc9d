"""The form of an answer: one required key a sentence, so that none can be passed over.

A list of claims lets a small model stop early; a key a sentence makes constrained decoding visit each one. The
sentence's first words come first, or a small model answers for the wrong sentence now and then. Its kind comes last,
and none is without a claim: asked for the kind first, a small model repeats the example's; asked about what it has just
put into words, it tells outlook from fact. prompts/README.md has the figures.

Keys count within the window, so that the schema, and with it the constant start of each call,
is the same for all full windows.
"""

from typing import Any

FACT = "fact"
AMBIGUOUS = "ambiguous"
NO_CLAIM_KINDS = ("opinion", "prediction", "question", "furniture", AMBIGUOUS)
WORTH_STEPS = 10
MAX_CLAIMS = 8  # of one sentence
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
    text = {"type": "string"}
    # At least one claim, also for an opinion: the kind behind them is asked about what was put into words there.
    claims = {"type": "array", "items": {"$ref": "#/$defs/claim"}, "minItems": 1, "maxItems": MAX_CLAIMS}
    worth = {"type": "integer", "minimum": 0, "maximum": WORTH_STEPS}
    return {
        "title": "claims_by_sentence",
        "description": "The claims of each numbered sentence.",
        **_object(**{sentence_key(index): {"$ref": "#/$defs/sentence"} for index in range(count)}),
        "$defs": {
            "sentence": _object(begins=text, claims=claims, kind=text | {"enum": [FACT, *NO_CLAIM_KINDS]}),
            "claim": _object(quote=text, claim=text, speaker=text, worth=worth, why=text),
        },
    }


def _object(**properties: JsonSchema) -> JsonSchema:
    required = list(properties)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
