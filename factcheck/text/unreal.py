"""Acts that a sentence speaks of without saying that they were done: planned, tried, refused, alleged ones. English.

Such a word governs the verb behind its `to`, or the form with `-ing`: `plans to buy`, `suspect him of killing`. A claim
that says of the same verb that it happened, with no such word of its own, is another claim.
"""

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from factcheck.text.asides import without_asides
from factcheck.text.folding import words
from factcheck.text.keeping import kept_of_short
from factcheck.text.turns import DETERMINERS, Difference, Stretch, Turn, stretches
from factcheck.text.verbs import AUXILIARIES, UNCHANGED, is_adverb, is_past, root


def _roots(listed: str) -> frozenset[str]:
    return frozenset(map(root, words(listed)))


_WITH_TO = _roots("""
    plan intend hope want wish seek aim vow promise pledge threaten offer agree propose expect try attempt endeavour
    ask urge demand request invite encourage advise recommend prepare need order require oblige instruct
    believe think say report rumour rumor suspect allege suppose appear seem claim purport assume presume
    fail refuse decline neglect forget bid effort plot conspire chance opportunity reject oppose block pretend
    authorise authorize entitle empower
""")  # fmt: skip
_RIGHT_BEFORE_TO = frozenset(words("""
    due set about ready likely poised willing eager keen unable yet supposed scheduled slated designed
    meant bound positioned
"""))  # fmt: skip
_NOUNS_BEFORE_TO = frozenset(words("talks power powers right rights authority permission deadline steps"))
_SAYS = _roots("say report appear seem think believe claim")
"""These govern a `to` that follows at once: `said to be`; behind others their object may stand between."""
_WITH_ING = _roots("""
    propose consider discuss mull contemplate recommend suggest try deny avoid stop prevent bar ban forbid prohibit
    dissuade deter block accuse suspect charge think talk clear acquit exonerate absolve
    suspicion allegation accusation brink verge cusp miss
""")  # fmt: skip
_OF_A_THING = _roots(
    "propose consider reject deny demand discuss avoid prevent lack suggest request oppose offer promise pledge seek"
    " expect forecast predict"
)
_FOR_A_THING = _roots("call apply bid push lobby campaign ask")
_SEARCHES = _roots("search look hunt scour comb")
_FINDS = _roots("find discover recover locate rescue save retrieve catch capture arrest spot trace identify")
_LETS = _roots("let allow enable permit help")
"""What somebody else may do then."""
_WITH_THAT = _roots("recommend demand urge propose request ask order require suggest advise")
"""These govern the verb of a clause in its base form: `demanded that he be freed`, `that the mayor resign`."""
_BEFORE_FURTHER = frozenset(("in", "on"))
_BEFORE_ING = frozenset(("of", "from", "with", "for", "about", "on"))
_OBLIGES = frozenset(("should", "must", "ought"))
_ENDS = frozenset(words("that who which whose and but or because when while as if whether after before until since"))
_MAY = frozenset(("could", "may", "might", "can"))
_GRANTED = frozenset(("have", "has", "had", "given"))
_REACH = 8
_FAR = 14
_NEAR = 2
"""So many words behind a governing word are looked at for what it governs."""
_BE = frozenset(("be", "been", "being", "is", "are", "was", "were", "am"))
_HAVE = frozenset(("have", "has", "had", "having"))
_OWN = root("tener")
"""Nobody does it; who `tendrían` something then may have another thing now."""
_SMALL = frozenset(words("""
    a an the his her its their our my your this that these those no any some of in on at by for from to with into about
    as not over under after before during between against without than s
"""))  # fmt: skip
_CANDIDATES = _roots("candidate nominee contender applicant hopeful mistaken")
_OPEN = _roots("""
    not no never nobody none neither nor without cannot would should can could may might must ought possibly perhaps
    probably likely unlikely reportedly allegedly alleged apparently seemingly supposedly purportedly if unless whether
    say tell argue insist claim allege report announce warn predict fear believe think suspect accuse deny
    according laut zufolge según selon appear seem suspicion accusation allegation
""")  # fmt: skip
"""A text with one of these need not say that anything was done."""
_BEFORE_ITS_VERB = frozenset(words("without neither nor cannot would should can could may might must"))
"""Only what stands behind one of these is left open."""
_DENIALS = frozenset(words("not no never nobody none"))
_GOVERNING = (
    _WITH_TO
    | _WITH_ING - _roots("miss")
    | _CANDIDATES
    | frozenset(map(root, _RIGHT_BEFORE_TO)) - _roots("set mean will")
)
_FUTURES = frozenset(("will", "shall", "can"))
_BE_PRESENT_OR_TO_COME = frozenset(("is", "are", "be", "being", "to", "will", "shall", "can"))
_PAST_HELPERS = frozenset(("was", "were", "has", "have", "had", "did"))
_PRESENT_BE = frozenset(("is", "are"))
_IS_OR_WAS = _PRESENT_BE | {"was", "were"}
_PAST_BE = frozenset(("was", "were", "had"))
_ENDED = frozenset(("until", "till", "formerly"))


_Place = tuple[int, int]
"""A stretch and a word of it."""


@dataclass(frozen=True, slots=True)
class _Act:
    """A governed word: its root, the words from the governing one to it, and of what kind it is.

    `is_state` of what is told behind `be`, `is_thing` of a noun, `is_sought` of one that is looked for, `is_over` of
    what is no longer so, `is_to_come` of what will or can be, `is_deed` of what only a past tells as done: a word that
    may be a noun.
    """

    root: str
    written: str
    is_state: bool = False
    is_thing: bool = False
    is_sought: bool = False
    is_over: bool = False
    is_to_come: bool = False
    is_deed: bool = False


def undone(claim: str, sentence: str) -> Iterator[Difference]:
    """Acts that the claim says were done, and the sentence that somebody planned, tried, refused or alleged them."""
    # Of `was told by its founder, Ana Roth, to pay` what is between the commas, too.
    found = (difference for text in {sentence: 0, without_asides(sentence): 1} for difference in _undone(claim, text))
    yield from dict.fromkeys(found)


def _undone(claim: str, sentence: str) -> Iterator[Difference]:
    acts = _acts_of(sentence)
    said = stretches(claim)
    if not acts:
        return
    openers = list(_open(said, _OPEN))
    own = {act.root for act in _acts_of(claim) if not act.is_thing}
    every = Counter(root(word) for stretch in stretches(sentence) for word in stretch)
    governed = Counter(act.root for act in acts)
    first = {act.root: act for act in reversed(acts)}
    for act in (first[one] for one in governed):
        is_plain = every[act.root] > governed[act.root]
        stands = any(
            _stands_alone(act, stretch, at, every) and not _is_opened(act, (nth, at), openers, stretch)
            for nth, stretch in enumerate(said)
            for at, word in enumerate(stretch)
            if root(word) == act.root
        )
        if stands and not is_plain and act.root not in own:
            yield Difference(Turn.FRAMES, act.written, "")


def _is_opened(act: _Act, place: _Place, openers: Sequence[tuple[str, _Place]], stretch: Stretch) -> bool:
    """Whether a text says otherwise than outright what stands at a place.

    `announced the sale` is not left open by the very verb that `plans to announce the sale` governs, nor is `convinced
    voters that it would help` by what is said of those things.
    """
    (nth, at) = place
    clause = next((here for here in range(at, len(stretch)) if stretch[here] in _ENDS), len(stretch))
    return any(
        kind != act.root
        and not (where > place and (kind in _BEFORE_ITS_VERB or (kind in _DENIALS and where >= (nth, clause))))
        for kind, where in openers
    )


def outlived(claim: str, sentence: str) -> Iterator[Difference]:
    """That something `is`, where the sentence says until when it was."""
    there, here = (frozenset(word for stretch in stretches(text) for word in stretch) for text in (sentence, claim))
    is_over = _ENDED & there and _PAST_BE & there and not _PRESENT_BE & there
    if is_over and _PRESENT_BE & here and not (_PAST_BE | _ENDED) & here:
        yield Difference(Turn.DATES, f"{min(_PAST_BE & there)} … {min(_ENDED & there)}", min(_PRESENT_BE & here))


def open_words(said: Sequence[Stretch]) -> frozenset[str]:
    """The roots of a text's words by which it need not say that anything was done, governing ones among them."""
    return frozenset(kind for kind, _ in _open(said, _OPEN | _GOVERNING))


def governs(found: Sequence[str]) -> bool:
    """Whether words end with one that governs a verb behind them, as `agreed to` does."""
    return found[-1:] == ["to"] and any(root(one) in _GOVERNING for one in found[-1 - _NEAR : -1])


def governed_verbs(stretch: Stretch) -> Iterator[tuple[int, str]]:
    """Where each verb stands that is spoken of without saying that it was done, with the words that say so."""
    for at in range(len(stretch)):
        place = _verb_behind(stretch, at)
        act = _act(stretch, at, place) if place is not None else None
        if act:
            yield at + act.written.count(" "), act.written


def opening(text: str) -> Iterator[str]:
    """The roots of a text's words of doubt, denial or saying, by which it need not say that anything was done."""
    return (kind for kind, _ in _open(stretches(text), _OPEN))


def _open(said: Sequence[Stretch], roots: frozenset[str]) -> Iterator[tuple[str, _Place]]:
    for nth, stretch in enumerate(said):
        for at, word in enumerate(stretch):
            kind = root(word)
            # `the report` and `the suspect` are things.
            is_thing = (
                at and stretch[at - 1] in DETERMINERS and _word(stretch, at + 1) not in {"to", "that", "of", "for"}
            )
            if word.endswith("n't") or (kind in roots and not is_thing):
                yield "not" if word.endswith("n't") else kind, (nth, at)


@kept_of_short
def _acts_of(text: str) -> tuple[_Act, ...]:
    return tuple(act for stretch in stretches(text) for act in _acts(stretch))


def _acts(stretch: Stretch) -> Iterator[_Act]:
    for at, word in enumerate(stretch):
        kind, following = root(word), _word(stretch, at + 1)
        if kind in _CANDIDATES and following == "for":
            yield from _offices(stretch, at)
            continue
        place = _verb_behind(stretch, at)
        act = _act(stretch, at, place) if place is not None else None
        if act and act.root != _OWN:
            yield replace(act, is_over=word == "used", is_to_come=_is_future(stretch, at))
            yield from _let(act, stretch, at)
            yield from _further(act, stretch, at)
        elif kind in _WITH_THAT and following == "that":
            yield from _wanted(stretch, at)
        elif kind in _OF_A_THING:
            yield from _things(stretch, at, at + 1)
        elif (kind in _FOR_A_THING and following == "for") or (word, following) == ("ruled", "out"):
            yield from _things(stretch, at, at + 2)
        elif kind in _SEARCHES:
            behind = range(at + 1, min(len(stretch), at + 1 + _FAR))
            things = (one for here in behind if stretch[here] == "for" for one in _things(stretch, at, here + 1))
            yield from (replace(one, is_sought=True) for one in things)


def _let(act: _Act, stretch: Stretch, at: int) -> Iterator[_Act]:
    """What another one may do behind a verb that lets it: `would allow the police to search`."""
    begin = at + len(act.written.split(" "))
    if act.root not in _LETS:
        return
    for here in range(begin, min(len(stretch), begin + _REACH)):
        word = stretch[here]
        if word in _ENDS or (word == "to" and here + 1 == len(stretch)):
            return
        if word == "to":
            yield _Act(root(stretch[here + 1]), " ".join(stretch[at : here + 2]))
            return
        if word not in _SMALL and here > begin:
            yield _Act(root(word), " ".join(stretch[at : here + 1]))


def _further(act: _Act, stretch: Stretch, at: int) -> Iterator[_Act]:
    """A second verb that the same word governs: `plans to close shops and cut jobs`, `to help in cutting jobs`."""
    begin = at + len(act.written.split(" "))
    if "to" not in stretch[at:begin]:
        return
    for here in range(begin, min(len(stretch), begin + _FAR)):
        if stretch[here] in {"and", "or"}:
            place = here + 1 + (_word(stretch, here + 1) in {"to", "then", "also"})
            if (word := _word(stretch, place)) and _may_be_base(word):
                yield _Act(root(word), " ".join(stretch[at : place + 1]), is_deed=True)
        elif stretch[here].endswith("ing") and stretch[here - 1] in _BEFORE_FURTHER:
            yield _Act(root(stretch[here]), " ".join(stretch[at : here + 1]), is_deed=True)
        elif stretch[here] in _ENDS:
            return


def _wanted(stretch: Stretch, at: int) -> Iterator[_Act]:
    """What somebody wants to be done, in a clause whose verb stands in its base form."""
    for here in range(at + 3, min(len(stretch), at + _FAR)):
        word, before = stretch[here], stretch[here - 1]
        if word in _ENDS or word in AUXILIARIES:
            return
        if word == "be":
            act = _act(stretch, at, here)
            yield from [act] if act else []
            return
        if before not in DETERMINERS and _may_be_base(word):
            yield _Act(root(word), " ".join(stretch[at : here + 1]), is_deed=True)


def _may_be_base(word: str) -> bool:
    """Whether a word may be a verb in its base form, by its form alone."""
    is_other = is_past(word) and word not in UNCHANGED
    return not (is_other or word in _SMALL or is_adverb(word) or word.endswith(("s", "ing")) or word[:1].isdecimal())


def _verb_behind(stretch: Stretch, at: int) -> int | None:
    """Where what a word governs begins; None for a word that governs nothing here."""
    word, following = stretch[at], _word(stretch, at + 1)
    if following == "to" and (
        word in _RIGHT_BEFORE_TO | _NOUNS_BEFORE_TO or (word == "used" and _word(stretch, at - 1) not in _BE)
    ):
        return at + 2
    if word in _OBLIGES or word == "would" or (word in _MAY and root(following) in _LETS):
        return at + 1
    if word == "until" and _word(stretch, at - 1) in _GRANTED:
        return next((here + 1 for here in range(at + 2, min(len(stretch), at + _REACH)) if stretch[here] == "to"), None)
    if following == "to" and word in _IS_OR_WAS and _word(stretch, at + 2) not in _SMALL:
        return at + 2  # `the talks were to begin`
    if _is_future(stretch, at):
        return at + 1 + (following == "to")
    return _governed(stretch, at, root(word))


def _is_future(stretch: Stretch, at: int) -> bool:
    """Whether what follows is to come, or only can be: `will`, which is no one's last will, `is going to`, `can`."""
    word, before, following = stretch[at], _word(stretch, at - 1), _word(stretch, at + 1)
    if word == "going":
        return before in _BE and following == "to"
    if word == "shall" or word.endswith("'ll"):
        return True
    return bool(at) and word in _FUTURES and before not in DETERMINERS


def _offices(stretch: Stretch, at: int) -> Iterator[_Act]:
    """What a candidate stands for, and is not."""
    first = at + 2 + (_word(stretch, at + 2) in DETERMINERS)
    yield from (_Act(root(one), " ".join(stretch[at : first + 1]), is_state=True) for one in stretch[first : first + 1])


def _word(stretch: Stretch, at: int) -> str:
    return stretch[at] if 0 <= at < len(stretch) else ""


def _governed(stretch: Stretch, at: int, kind: str) -> int | None:
    """Where the governed verb stands: behind `to`, or as a form with `-ing`."""
    governs_to, governs_ing = kind in _WITH_TO, kind in _WITH_ING
    if not (governs_to or governs_ing):  # as hardly any word does
        return None
    for place in range(at + 1, min(len(stretch), at + 1 + _REACH)):
        word, before = stretch[place], stretch[place - 1]
        if word in _ENDS:
            return None
        if word == "to" and governs_to and before != "up" and not _word(stretch, place + 1)[:1].isdecimal():
            if kind in _SAYS and place > at + 1:
                return None
            return place + 1
        if governs_ing and word.endswith("ing") and (place == at + 1 or before in _BEFORE_ING):
            return place
    return None


def _act(stretch: Stretch, at: int, place: int) -> _Act | None:
    """The act behind a place: over adverbs, `have` and `be`, behind which a state may be told."""
    is_state = False
    for here in range(place, min(len(stretch), place + _REACH)):
        word = stretch[here]
        if word in _BE:
            is_state = True
        elif word in _HAVE or is_adverb(word) or word == "not":
            continue
        elif word in _SMALL:
            if not is_state:
                return None
        else:
            return _Act(root(word), " ".join(stretch[at : here + 1]), is_state=is_state)
    return None


def _things(stretch: Stretch, at: int, place: int) -> Iterator[_Act]:
    """The nouns behind a verb that is done to no deed: `proposed a ban`."""
    for here in range(place, min(len(stretch), place + _REACH)):
        word = stretch[here]
        if word in _ENDS or (word == "to" and stretch[here - 1] != "up"):
            return
        if word not in _SMALL and word != "up":
            yield _Act(root(word), " ".join(stretch[at : here + 1]), is_thing=True)
            if _word(stretch, here + 1) in {"of", "to", "for", "in", "on", "with", "by", "at", "from"}:
                return


def _stands_alone(act: _Act, stretch: Stretch, at: int, every: Container[str]) -> bool:
    """Whether a word of a claim says that the act was done."""
    word = stretch[at]
    before = next((one for one in reversed(stretch[:at]) if not is_adverb(one)), "")
    # `imposed a ban` where a ban was proposed, `went on strike` where one was threatened.
    by_another_verb = any(
        is_past(one)
        and root(one) not in every
        and (not act.is_sought or root(one) in _FINDS)
        and root(one) not in _OF_A_THING
        and not (root(one) in _FOR_A_THING and _word(stretch, place + 1) == "for")
        for place, one in enumerate(stretch if act.is_thing else stretch[:at])
    )
    if act.is_to_come or act.is_deed:
        is_going_on = act.is_deed and word.endswith("ing") and before in _PRESENT_BE
        return is_going_on or _is_told_as_past(stretch, at, is_deed=act.is_deed and before not in _SMALL)
    if act.is_thing:
        return by_another_verb
    if act.is_state:
        return not _BE.isdisjoint(stretch[:at])
    if word.endswith("ing"):
        return before in (_PRESENT_BE if act.is_over else _BE)
    if act.is_over:
        return word.endswith("s") and before not in _SMALL
    return bool(before) and (before not in _SMALL or (before not in DETERMINERS | {"to"} and by_another_verb))


def _is_told_as_past(stretch: Stretch, at: int, *, is_deed: bool = False) -> bool:
    """Whether a verb stands in the past, or behind `was` or `has`; what a claim puts in the present may be to come."""
    before = stretch[max(0, at - _NEAR - 1) : at]
    if not _BE_PRESENT_OR_TO_COME.isdisjoint(before):
        return False
    return (is_past(stretch[at]) and (is_deed or stretch[at] not in UNCHANGED)) or not _PAST_HELPERS.isdisjoint(before)
