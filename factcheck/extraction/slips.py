"""Slips of JSON whose meaning is beyond doubt, put right outside strings: `None`, a comma too many or too few.

What is open stays open: half a list is never taken for the whole of it.
"""

import re

_TOKEN = re.compile(
    r'(?P<string>"(?:[^"\\]++|\\.)*+")|(?P<comment>(?<!:)//[^\n]*+)|(?P<blank>[\s\u00a0\u200b-\u200d\u2060\ufeff]++)'
    r"|(?P<word>[\w.+-]++)|(?P<mark>.)",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = frozenset('"\\/bfnrtu')
_WORDS = {"None": "null", "True": "true", "False": "false"}
_ENDS, _BEGINS = frozenset("}]"), frozenset("{[")


def mended(text: str) -> str:
    """The text with such slips put right; what holds none comes back as it is, but for blanks."""
    kept: list[str] = []
    last = ""  # the token before that says something, which stands at `place`
    place = 0
    for found in _TOKEN.finditer(text):
        kind, token = found.lastgroup, found[0]
        if kind in {"blank", "comment"}:
            kept.append(" ")
            continue
        if token in _ENDS and last == ",":
            kept[place] = " "
        if _ends_value(last) and (kind in {"string", "word"} or token in _BEGINS):
            kept.append(",")
        place, last = len(kept), token
        kept.append(_ESCAPED.sub(_plain, token) if kind == "string" else _WORDS.get(token, token))
    return "".join(kept)


def _ends_value(token: str) -> bool:
    return token[-1:] == '"' or token[-1:].isalnum() or token in _ENDS


def _plain(escaped: re.Match[str]) -> str:
    return escaped[0] if escaped[1] in _ESCAPES else escaped[1]
