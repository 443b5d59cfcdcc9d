"""Statements that a sentence makes under a condition, a doubt or a denial, and a claim on their own. English.

Of `the plant closes unless the union gives in` neither half is said; of `she denied that he came` the last one is not.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum

from factcheck.text.asides import without_asides
from factcheck.text.folding import tokens, words
from factcheck.text.keeping import kept_of_short
from factcheck.text.marked import denies
from factcheck.text.sayings import is_verb_of_saying
from factcheck.text.turns import DETERMINERS, Difference, Turn
from factcheck.text.unreal import opening
from factcheck.text.untruths import UNTRUTHS, called_untrue
from factcheck.text.verbs import AUXILIARIES, is_past, root

_IF = re.compile(
    r"(?<!\beven\s)(?<!\bas\s)\b(?:only\s+)?(?P<if>if|unless|provided(?:\s+that)?|as\s+long\s+as|on\s+condition\s+that"
    r"|in\s+case|once(?!\s+(?:again|more|a)\b))\b(?!\s+(?:not|any|only)\b)",
    re.IGNORECASE,
)
_HAD = re.compile(
    r"(?<![^“\"])(?:Had|Should|Were(?=\s(?:[\w.-]+\s){1,4}to\b))\s"
    r"|(?<=\s)had\s(?=(?:he|she|it|they|the|[A-Z]\w+)\s\w)"
)
"""`Had she said so, …` and `… would have left had she said so`: a condition without an `if`."""
_WOULD_HAVE = re.compile(r"\b(?:would|could|might)\s+(?:not\s+)?have\b")
_SAID = (
    r"(?:claims?|reports?|rumou?rs?|allegations?|accusations?|suggestions?|suspicions?|speculation|testimony|charges?)"
)
_REFUSED = re.compile(
    r"\b(?P<told>whether"
    r"|(?:ask|asks|asked|asking|wonder|wonders|wondered|question|questioned|know|check|see|say|decide|examine|examining)"
    r"(?:\s+\w+){0,3}?\s+if"
    r"|(?:den(?:y|ies|ied|ying)|disput(?:e|es|ed|ing))(?:\s+\w+){0,3}?(?:\s*,)?\s+that"
    r"|den(?:y|ies|ied|ying)(?=\s+(?:(?:he|she|it|they)|(?:the\s+)?\w+\s+(?:had|has|have|was|were|is|are|would))\b)"
    rf"|(?:den|reject|dismiss|refut|disput)\w{{1,4}}(?:\s+\w+){{0,4}}?\s+{_SAID}(?:\s+(?!that\b)\w+){{0,3}}?\s+that"
    r"|doubt(?:s|ed|ing)?\s+that|(?:instead\s+of|rather\s+than)(?=\s+\w+ing\b)"
    r"|(?:came|come|comes|coming)\s+within\s+(?:[\w.]+\s+){1,4}?of(?=\s+\w+ing\b)"
    r")\b",
    re.IGNORECASE,
)
"""What nobody says who says what follows: a question, a denial, what was not done, or not quite."""
_UNPROVEN = re.compile(
    r"\b(?:no\s+(?:\w+\s+)?(?:evidence|proof|sign|indication|suggestion|guarantee)(?:\s+\w+){0,2}?"
    r"|(?:fail(?:s|ed|ing)?|unable|refus(?:es?|ed|ing)|declin(?:es?|ed|ing))\s+to"
    r"\s+(?:confirm|show|prove|establish|demonstrate|say)"
    r"|(?:not|cannot|\w+n['’]t|(?:neither|nor)\s+(?:[\w'’-]+\s+){1,8}?(?:would|could|can|will|did))"
    r"\s+(?:confirm|show|prove|establish|demonstrate|rule(?:d)?\s+out|exclude(?:d)?))\s+that\b",
    re.IGNORECASE,
)
_BELIEVED = re.compile(
    r"\b(?P<told>(?:rumou?r|fear|hope|speculation|suspicion|allegation|accusation|suggestion|claim|assumption|belief"
    r"|idea|myth|conspiracy\s+theor(?:y|ie))s?\s+that"
    r"|(?:hope|fear|wish|suspect|believe|think|assume|suggest|imagine|speculate|worrie)[sd]?\s+that|thought\s+that"
    r"|(?:believ(?:es?|ed)|thinks?|thought|suspect(?:s|ed)?|fear(?:s|ed)?|assum(?:es?|ed)|imagines?)"
    r"(?=\s+(?:the|an?|its|his|her|their|he|she|it|they|(?-i:[A-Z])[\w’'-]+)\s)"
    r"|(?:receiv(?:e|es|ed|ing)|there\s+(?:are|were|have\s+been)|amid|unconfirmed|despite)(?:\s+\w+){0,2}?"
    r"\s+(?:report|warning|complaint|sign|indication)s\s+that"
    r"|apologi[sz](?:e|es|ed|ing)\s+for\s+(?:saying|claiming|suggesting|writing|alleging)(?:\s+that)?"
    r"|(?:hop|fear|wish|suspect|believ|think|assum|suggest|speculat|worry|hint)ing\s+that|(?:hint|suspect)ed\s+that"
    r"|(?<!\bthe\s)(?<!\ban\s)(?<!\bhis\s)(?<!\bher\s)(?<!\bits\s)alleg(?:e|es|ed|ing)(?!\s+to\b)(?:\s+that)?"
    r")\b",
    re.IGNORECASE,
)
_SIGNS = (
    "if", "unless", "provided", "long", "condition", "case", "once", "whether", "den", "instead", "rather", "within",
    "that", "apologi", "alleg",
)  # fmt: skip
"""A text without any of these letters in a row is none that `_IF`, `_REFUSED`, `_UNPROVEN` or `_BELIEVED` find."""
_EXCEPT = re.compile(
    r"\b(?P<except>except(?:\s+for)?|apart\s+from|other\s+than|with\s+the\s+exception\s+of|excluding)\s+"
    r"(?:(?:the|an?|in|on|for|by)\s+)*(?P<who>[\w-]+)",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\b(?P<except>unlike|rather\s+than|instead\s+of|as\s+opposed\s+to)\s+(?:(?:the|an?|in|on|for|by)\s+)*(?P<who>[\w-]+)",
    re.IGNORECASE,
)
_EVERY = frozenset(words("""
    all every everyone everybody everything each any always no none nobody entire whole
    alle alles jeder jede todos todas tous toutes tutti tutte
"""))  # fmt: skip
_REFUSALS = frozenset(words("only refused failed"))
_OF_A_NOUN = re.compile(
    r"\b(?P<noun>\w+)(?:,?\s(?:which|who|whom)|\s(?:it|he|she|they|we))\s(?:(?:has|have|had|is|are|was|were|also|still|already)\s)?"
    r"(?P<verb>\w+)"
)
"""A clause that tells more of the noun before it: `the money it owes`."""
_ENDS = re.compile(r"[,;:.!?”\"()–—](?=\s|$)|\s(?:and|but)\s")
_MAIN_BEGINS = re.compile(
    r"[;:.!?“”\"()–—]|,\s|\b(?:that|who|which|because|although|while|where)\s"
    r"|\b(?:and|but)\s(?=(?:that|it|he|she|they|we|the|an?|its|his|her|their)\b|(?:\w+\s)?(?:would|will|shall|is|are|was|were)\b)"
)
_AS = re.compile(r"\b(?:as|como|comme|wie|come|zoals)\b", re.IGNORECASE)
"""`As he claims` says of somebody that he says what is denied."""
_ABOVE = 4 / 5
_FEWEST = 2
_FIRST = 8
_JOINS = frozenset(words("before after when while because since until though although whether so such what"))
_PRONOUNS = frozenset(("it", "them", "him", "her"))
_DENIALS = frozenset(("not", "no", "never", "neither", "nor", "without", "cannot", "none", "nobody"))
_WOULD = _DENIALS | frozenset(words("would should must can"))
_SAYINGS = frozenset(map(root, words("say tell argue insist claim report announce warn predict according")))
_FOUND = frozenset(
    map(
        root,
        words("know find prove show confirm establish demonstrate rule exclude appear seem evidence proof sign clear"),
    )
)
_SMALL = frozenset(words("""
    a an the of to in on at by for from with and or but as than that this these those it its is are was were be been
    being has have had do does did will would he she they his her their there which who if
"""))  # fmt: skip


class _Kind(Enum):
    """How what stands there is not said outright."""

    IF = "under a condition"
    REFUSED = "asked, denied, or not done"
    UNPROVEN = "not proven, which is not refuted"
    BELIEVED = "somebody's belief"


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is not said outright, and the words under which it stands.

    `words` are all of it, `roots` those that mean something, `predicate` what is said there of its subject, `taken` the
    verbs of clauses in it that are said all the same: `owes` of `whether to sell to pay what it owes`.
    """

    kind: _Kind
    told: str
    words: Sequence[str]
    predicate: frozenset[str]
    roots: frozenset[str]
    taken: frozenset[str]


def taken_out(claim: str, sentence: str) -> Iterator[Difference]:
    """What the claim says outright, and the sentence only under a condition, a doubt or a denial."""
    yield from _exceptions(claim, sentence)
    if _is_left_open(claim):
        return
    plain = without_asides(sentence)
    is_called = not UNTRUTHS.isdisjoint(tokens(claim))
    scopes = [scope for text in dict.fromkeys((sentence, plain)) for scope in _scopes(text, is_called=is_called)]
    if not scopes:
        return
    opened = frozenset(opening(claim))
    known = [root(word) for word in tokens(sentence)]
    reported = {root(word) for word in tokens(claim) if is_verb_of_saying(word) or word == "that"}
    reported -= frozenset() if _AS.search(sentence) else frozenset(known)
    finding = {root(word) for word in tokens(claim)} & _FOUND
    is_near = not {"nearly", "almost"}.isdisjoint(tokens(claim))
    stated = list(_statements(tokens(claim)))
    for scope in scopes:
        is_reported = bool(reported) and scope.kind is not _Kind.IF
        if is_near and "within" in scope.told:
            continue
        if (
            is_reported
            or _is_open(opened, scope, known)
            or (scope.kind is _Kind.UNPROVEN and finding.difference(scope.words))
        ):
            continue
        denials = _DENIALS if scope.kind is _Kind.UNPROVEN else frozenset[str]()
        if any(_is_within([word for word in one if word not in denials], scope, known) for one in stated):
            denial = " ".join(sorted(denials & opened))
            yield Difference(Turn.DEPENDS, scope.told, denial)


def _is_left_open(claim: str) -> bool:
    """Whether a claim itself says something under a condition, a doubt or a denial."""
    plain = claim.casefold()
    if not any(one in plain for one in _SIGNS):
        return False
    return any(one.search(claim) for one in (_IF, _REFUSED, _UNPROVEN, _BELIEVED))


def _statements(said: Sequence[str]) -> Iterator[Sequence[str]]:
    """A claim, and what stands in it behind `X said` and `X confirmed that`."""
    yield said
    for at, one in enumerate(said[:_FIRST]):
        if at and (one == "that" or is_verb_of_saying(one)):
            yield said[at + 1 :]


def _is_open(opened: AbstractSet[str], scope: _Scope, known: Sequence[str]) -> bool:
    """Whether the claim has a word by which it need not say outright what stands there; one that stands there is none.

    Behind `asked whether he would resign, she said no more` a claim may not go on `she said he would resign`.
    """
    own = opened - ((_WOULD if scope.kind is _Kind.IF else opened) & frozenset(scope.words))
    if scope.kind is _Kind.UNPROVEN:
        return _DENIALS.isdisjoint(opened) and bool(own)
    if scope.kind is not _Kind.BELIEVED:
        own = {one for one in own if not (one in _SAYINGS and (scope.kind is _Kind.IF or one in known))}
    return bool(own)


def _exceptions(claim: str, sentence: str) -> Iterator[Difference]:
    """`All except one signed` where the claim says that all did, or that this one did, as of `unlike` this one."""
    said, meant = tokens(claim), tokens(sentence)
    if _EXCEPT.search(claim) or _INSTEAD.search(claim):
        return
    exceptions = [] if _EVERY.isdisjoint(meant) else list(_EXCEPT.finditer(sentence))
    for found in (*exceptions, *_INSTEAD.finditer(sentence)):
        without = next(iter(tokens(found["who"])), "")
        is_of_all = found in exceptions and not _EVERY.isdisjoint(said) and without not in said
        is_same = {root(word) for word in said}.issubset(map(root, meant))
        is_of_one = without in said and is_same and not any(denies(one) or one in _REFUSALS for one in (*said, *meant))
        if is_of_all or is_of_one:
            yield Difference(Turn.DEPENDS, " ".join(found[0].split()), "")


def _is_within(stated: Sequence[str], scope: _Scope, known: Sequence[str]) -> bool:
    """Whether a claim says what stands there; of whom it says it may stand elsewhere in the sentence."""
    said = [root(word) for word in stated if word not in _SMALL]
    held = [word in scope.roots for word in said]
    if sum(held) < _FEWEST or not scope.taken.isdisjoint(said) or scope.predicate.isdisjoint(said):
        return False
    if sum(held) >= _ABOVE * len(held):
        return True
    if scope.kind is _Kind.IF:
        return False
    first = held.index(True)
    if first <= _FEWEST and all(held[first:]):
        return True
    verb = next((at for at, word in enumerate(stated) if at and _is_verb(stated, at)), 0)
    behind = [root(word) for word in stated[verb:] if word not in _SMALL]
    of_whom = (root(word) for word in stated[:verb] if word not in _SMALL)
    there = scope.roots if _PRONOUNS.isdisjoint(scope.words) else scope.roots.union(known)
    is_under = len(behind) >= _FEWEST and behind[0] in scope.roots and there.issuperset(behind)
    return is_under and known.count(behind[0]) == scope.words.count(behind[0]) and all(one in known for one in of_whom)


def _is_verb(stated: Sequence[str], at: int) -> bool:
    """Whether a word of a claim is its first verb, by its form alone."""
    return (
        stated[at] in AUXILIARIES
        or stated[at] == "shall"
        or (is_past(stated[at]) and stated[at - 1] not in DETERMINERS)
    )


@kept_of_short
def _scopes(sentence: str, *, is_called: bool) -> tuple[_Scope, ...]:
    """The scopes of a sentence; those of what it calls untrue are left out where the claim calls something so, too."""
    return tuple(_found_scopes(sentence, is_called=is_called))


def _found_scopes(sentence: str, *, is_called: bool) -> Iterator[_Scope]:
    for kind, pattern in ((_Kind.REFUSED, _REFUSED), (_Kind.UNPROVEN, _UNPROVEN), (_Kind.BELIEVED, _BELIEVED)):
        for found in pattern.finditer(sentence):
            yield _scope(kind, found[0], sentence[found.end() : _end(sentence, found.end())])
    for told, start, end in () if is_called else called_untrue(sentence):
        yield _scope(_Kind.REFUSED, told, sentence[start : _end(sentence, start) if end is None else end])
    asked = [found.span() for found in _REFUSED.finditer(sentence)]
    for found in _conditions(sentence):
        if any(start < found.end() <= end for start, end in asked):
            continue
        end = _end(sentence, found.end())
        told = " ".join(sentence[found.start() : end].split()[:4])
        yield _scope(_Kind.IF, told, sentence[found.end() : end])
        before = sentence[: found.start()]
        if before.strip():
            begins = [one.end() for one in _MAIN_BEGINS.finditer(before.rstrip(" ,"))]
            yield _scope(_Kind.IF, told, before[begins[-1] if begins else 0 :])
        elif sentence[end : end + 1] == ",":
            yield _scope(_Kind.IF, told, sentence[end + 1 : _end(sentence, end + 1)])


def _conditions(sentence: str) -> Iterator[re.Match[str]]:
    yield from _IF.finditer(sentence)
    for found in _HAD.finditer(sentence):
        if not found.start() or _WOULD_HAVE.search(sentence, 0, found.start()):
            yield found


def _scope(kind: _Kind, told: str, under: str) -> _Scope:
    said = tokens(under)
    meant = [root(word) for word in said if word not in _SMALL]
    verb = next((at for at in range(1, len(said)) if _is_verb(said, at)), 0)
    predicate = frozenset(root(word) for word in said[verb:] if word not in _SMALL) or frozenset(meant)
    taken = frozenset(root(word) for found in _OF_A_NOUN.finditer(under) for word in _taken(found))
    return _Scope(kind, " ".join(told.split()), tuple(map(root, said)), predicate, frozenset(meant), taken)


def _taken(found: re.Match[str]) -> Sequence[str]:
    """The verb of a clause that tells more of a noun; none where no noun stands before: `voting on it before`."""
    noun = found["noun"].lower()
    is_verb = is_past(noun) or noun.endswith("ing") or is_verb_of_saying(noun)
    return () if noun in _SMALL or noun in _JOINS or is_verb else tokens(found["verb"])


def _end(sentence: str, start: int) -> int:
    found = _ENDS.search(sentence, start)
    return found.start() if found else len(sentence)
