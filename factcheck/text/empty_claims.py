"""English claims that state nothing: that somebody spoke, but not what; that a thing is what it is called."""

import re

from factcheck.text.folding import tokens, words
from factcheck.text.gates import PAST
from factcheck.text.marked import OFFICES, denies
from factcheck.text.turns import DETERMINERS
from factcheck.text.verbs import root

_NEAR = 100  # characters
_SAYS_AT_THE_END = re.compile(
    r"\b(?:sa(?:id|ys?)|(?:told|tells)\ (?P<whom>[^,:“”\"]{1,40})|added|stated)(?:\ (?:so|this|that|it))?"
    r"(?:\ (?:through|in|on|at|to|by|during|via|from|after|before)\ (?P<where>[^,:“”\"]{1,60}))?$"
)
_ANNOUNCES = re.compile(
    r"\b(?:announce[sd]?|share[sd]?|report(?:s|ed)?|reveal(?:s|ed)?|confirm(?:s|ed)?|made|makes|broke)"
    r"\ (?:the\ (?:news|announcement|information)|it|this)(?:\ (?:in|on|at|to|by|via|from)\ [^,:“”\"]{1,60})?$"
)
_STATES = re.compile(r"[“”\"«»:;—–]|, (?:he|she|they|it)\b| - ")
_MAY_BE_VERB = re.compile(
    rf"(?<!\w)(?:about|of|is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|{PAST})"
)
_IS = re.compile(r"\ (?:is|are|was|were)\ (?!(?:in|at|on|near|from|to|by|with|for|under|over|as|like|among)\b)")
_SMALL = DETERMINERS | frozenset(words("of and for s also"))


def says_nothing(claim: str) -> bool:
    """Whether an English claim states nothing: `X said through his office`, `The University of Ely is a university`."""
    plain = claim.rstrip(" .")
    return len(plain) <= _NEAR and (_only_speaks(plain) or _is_itself(plain))


def breaks_off(claim: str) -> bool:
    """Whether a claim, in any language, ends where more was to come: `Kern asserted that officials,`."""
    return claim.rstrip(" \"'”’»").endswith((",", ":", ";", "–", "—", "،", "、"))


def _only_speaks(plain: str) -> bool:
    if _STATES.search(plain):
        return False
    if found := _SAYS_AT_THE_END.search(plain):
        around = f"{plain[: found.start()]} {found['whom'] or ''} {found['where'] or ''}"
    elif found := _ANNOUNCES.search(plain):
        around = plain[: found.start()]
    else:
        return False
    return not any(map(_MAY_BE_VERB.fullmatch, around.split()))


def _is_itself(plain: str) -> bool:
    """Whether what it says of its subject is part of its name; who is `the mayor` may be called so, and be none."""
    verbs = list(_IS.finditer(plain))
    if len(verbs) != 1:
        return False
    subject, said = tokens(plain[: verbs[0].start()]), tokens(plain[verbs[0].end() :])
    meant = [root(one) for one in said if one not in _SMALL]
    is_known = frozenset(map(root, subject)).issuperset(meant) and not any(map(denies, (*subject, *said)))
    return bool(meant) and is_known and OFFICES.isdisjoint(said)
