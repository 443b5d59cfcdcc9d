"""What German tells as hearsay and a claim as done: `soll das Geld genommen haben`, which is no plan and no duty."""

import re
from collections.abc import Iterator

from factcheck.text.folding import fold, words
from factcheck.text.turns import Difference, Turn

_SHALL = re.compile(r"\bsoll(?:en|te|ten)?\b")
_PERFECT = re.compile(r"\b(?P<state>\w{2,30}) (?:(?:gewesen|worden) sein|haben|sein)\b(?! (?:zu|soll|wird|will)\b)")
_ENDS = re.compile(r"[.;!?:]")
_OPEN = frozenset(words("""
    soll sollen sollte sollten angeblich mutmaßlich vermutlich wohl offenbar laut zufolge nach angaben vorgeworfen
    verdacht verdächtigt verdächtig beschuldigt angeklagt bestreitet bestritt habe hätte sei wäre könnte möglicherweise
    wirft werfen sagt sagte vorwurf
"""))  # fmt: skip
"""With one of these a claim need not say that it was done."""


def told_as_done(claim: str, sentence: str, language: str | None) -> Iterator[Difference]:
    """What the claim says outright and the sentence by `soll … haben`."""
    if (language or "").split("-")[0].lower() != "de":
        return
    here = frozenset(words(claim))
    said = fold(sentence)
    shall = _SHALL.search(said)
    if not shall or not _OPEN.isdisjoint(here):
        return
    end = _ENDS.search(said, shall.end())
    for found in _PERFECT.finditer(said, shall.end(), end.start() if end else len(said)):
        if found["state"] in here and said.count(found["state"]) == 1:
            yield Difference(Turn.FRAMES, f"{shall[0]} … {found[0]}", "")
