"""A reply's answer, read in one pass: what is whole is taken; of what is broken only sure slips are put right.

LangChain's own parser closes what a truncated answer left open, so that half a list passes for
the whole of it, and takes time that grows with the square of the answer's length.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from langchain_core.messages import AIMessage

from factcheck.extraction.failures import CUT_SHORT
from factcheck.extraction.schema import sentence_key
from factcheck.extraction.slips import mended
from factcheck.extraction.tolerant import known_key

_OBJECT = re.compile(r'\{\s*(?=["}])')
_KEY = re.compile(r'"([^"\\]*)"\s*:\s*')
_NEXT = re.compile(r"\s*,\s*")
_THOUGHT = re.compile(
    r"</(?:\w+:)?(?:think|thinking|thought|reasoning|reflection)>|\[/THINK\]|◁/think▷|<\|channel\|>final[^<]{0,40}(?:<\|constrain\|>\w{0,40})?<\|message\|>",
    re.IGNORECASE,
)
"""Where a model that thinks aloud ends doing so, as Qwen, DeepSeek, Magistral, Kimi and gpt-oss mark it."""

_MOST_OBJECTS = 100
"""Of a reply that are looked at: each may be read to the reply's end, and a hostile one has thousands."""

_BEFORE_THE_FIRST = sentence_key(-1)
_NO_JSON = "the answer is not valid JSON"

REASONING = "reasoning"
"""Where a reply keeps what its model thought, apart from its content."""

_Told = Callable[[Sequence[tuple[str, object]]], dict[str, object]]
"""What the names and values of an object tell; nothing if it is not the answer."""

_OWN_KEYS = ("id", "key", "sentence", "sentence_id")
_OWN_KEY = re.compile(r"[sS][1-9]\d{0,3}")
"""How an item of a list names its sentence. A mere number may count from zero."""

_GIVEN_TWICE = ("given twice",)
"""In place of a name's values that contradict each other; no schema takes a tuple."""


class UnreadableError(Exception):
    """Nothing of an answer can be read; the message says why."""


_MOST_DIGITS = 300  # of a number that is read exactly


def answer_parts(reply: AIMessage, limit: int) -> dict[str, object]:
    """The parts of an answer by key, up to the first mistake. `limit` is in characters. Raises UnreadableError."""
    return _read(reply, limit, _by_sentence)


def answer_under(key: str, reply: AIMessage, limit: int) -> object:
    """What an answer has under its only key, None if it lacks that. Raises UnreadableError."""
    return _read(reply, limit, lambda pairs: _consistent(pair for pair in pairs if pair[0] == key)).get(key)


def _read(reply: AIMessage, limit: int, told: _Told) -> dict[str, object]:
    if refusal := reply.additional_kwargs.get("refusal"):
        raise UnreadableError(f"the model refused: {refusal}")
    if why_not := CUT_SHORT.get(str(reply.response_metadata.get("finish_reason"))):
        raise UnreadableError(why_not)
    try:
        return _parts(_said(reply), limit, told)
    except RecursionError:
        raise UnreadableError(_NO_JSON) from None


def _said(reply: AIMessage) -> str:
    """The words that hold the answer: a call's arguments, or the content, or, if both are empty, the reasoning."""
    called = [json.dumps(one["args"], ensure_ascii=False) for one in reply.tool_calls if one["args"]]
    called += [str(one["args"]) for one in reply.invalid_tool_calls if one["args"]]
    if called:
        return "\n".join(called)  # some models make a call for each sentence
    told = reply.additional_kwargs
    older = told.get("function_call")  # the older form of a call
    if isinstance(older, dict) and isinstance(older.get("arguments"), str):
        return str(older["arguments"])
    text = str(reply.text)
    return text if text.strip() else str(told.get(REASONING) or "")


def parts_so_far(error: Exception, limit: int) -> dict[str, object]:
    """The whole parts of what the SDK's error over an answer cut short holds of it. There may be none."""
    choices = getattr(getattr(error, "completion", None), "choices", None) or []
    try:
        return _parts(str(choices[0].message.content or ""), limit, _by_sentence) if choices else {}
    except (UnreadableError, RecursionError):
        return {}


def _parts(text: str, limit: int, told: _Told) -> dict[str, object]:
    if len(text) > limit:
        raise UnreadableError(f"the answer has {len(text):,} characters, more than the {limit:,} that it may have")
    text = _unquoted(text)
    found = _told_in(text, told)
    if (without_slips := mended(text)) != text:
        better = _told_in(without_slips, told)
        found = better if better and len(better) > len(found or {}) else found
    if found is None:
        raise UnreadableError(_NO_JSON)
    return found


def _told_in(text: str, told: _Told) -> dict[str, object] | None:
    *_, thought = [None, *_THOUGHT.finditer(text)]
    found = _answer(text[thought.end() :], told) if thought else None
    return found or _answer(text, told)


def _unquoted(text: str) -> str:
    """The text, or what it holds if all of it is JSON's form of a string: some servers encode an answer twice."""
    with suppress(ValueError):
        once = json.loads(text, strict=False) if text.lstrip().startswith('"') else None
        return once if isinstance(once, str) else text
    return text


def _answer(text: str, told: _Told) -> dict[str, object] | None:
    """What a text tells of sentences: empty if its objects tell nothing of any, None if it has no object.

    `told` says what an object tells; the answer about a claim is none of sentences, and read alike.

    The answer may stand behind prose with braces, behind a draft of its own, and inside objects that say what it is.
    Of two objects about the same sentences the later one counts, unless it tells of fewer.
    """
    best: dict[str, object] | None = None
    place = 0
    for _ in range(_MOST_OBJECTS):
        start = _OBJECT.search(text, place)
        if start is None:
            break
        pairs, end = _pairs(text, start.end())
        found = told(pairs) or _quoted(pairs, told)
        # What tells of no sentence may hold what does.
        place = end if found else start.end()
        if best is None and (pairs or text[place : place + 1] == "}"):
            best = {}
        if found:
            best = _better(best or {}, found)
    return best


def _better(first: dict[str, object], second: dict[str, object]) -> dict[str, object]:
    if first.keys().isdisjoint(second):
        return first | second  # a line, or a part of a list, for each sentence
    return second if len(second) >= len(first) else first


def _by_sentence(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """The parts by the sentences' keys; `S1` will do where there is no `s1`, and an object that names its sentence."""
    if named := _named(pairs):
        return named
    keys = [known_key(name) for name, _ in pairs]
    # Who counts from zero means another sentence by each number.
    exact = {name for name, _ in pairs} if _BEFORE_THE_FIRST not in keys else set(keys)
    return _consistent(
        (key, part) for key, (name, part) in zip(keys, pairs, strict=True) if key and (key == name or key not in exact)
    )


def _named(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """The part that an item of a list is: `{"id": "s1", "claims": …}`."""
    values = dict(pairs)
    name = next((values[one] for one in _OWN_KEYS if one in values), None)
    if "claims" not in values or not isinstance(name, str) or not _OWN_KEY.fullmatch(name):
        return {}
    return {name.lower(): values}


def _quoted(pairs: Sequence[tuple[str, object]], told: _Told) -> dict[str, object]:
    """The parts of an answer that stands, as JSON in a string, in another object: so do a call's arguments."""
    for _, value in pairs:
        start = _OBJECT.match(value) if isinstance(value, str) else None
        if start and (found := told(_pairs(str(value), start.end())[0])):
            return found
    return {}


def _pairs(text: str, place: int) -> tuple[list[tuple[str, object]], int]:
    """The names and values of an object that begins before `place`, and where its end or its first mistake is."""
    found: list[tuple[str, object]] = []
    key = _KEY.match(text, place)
    while key:
        try:
            value, place = _DECODER.raw_decode(text, key.end())
        except (ValueError, RecursionError):
            break
        found.append((key[1], value))
        comma = _NEXT.match(text, place)
        key = _KEY.match(text, comma.end()) if comma else None
    return found, place


def _consistent(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        is_first = name not in found  # a value need not be equal to itself: NaN is not
        found[name] = value if is_first or found[name] == value else _GIVEN_TWICE
    return found


def _whole(digits: str) -> int | float:
    """A number, however many digits a reply gives it: Python reads 4,300 of them at most."""
    return int(digits) if len(digits) <= _MOST_DIGITS else float(digits)


# Not strict: small models put line breaks into a string as they are.
_DECODER = json.JSONDecoder(strict=False, object_pairs_hook=_consistent, parse_int=_whole)
