"""Of whom a sentence says it: `X was fined` is no claim of `the wife of X was fined`, nor of `the man who hit X was`.

The noun phrase before a verb is read back from the verb: its head, and what only tells which one it is. A claim whose
subject only told which one is about somebody else, though its words stand in the sentence side by side. The same holds
for what a verb is done to. English; where a phrase cannot be told, nothing is said.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import islice

from factcheck.text.folding import fold, words
from factcheck.text.keeping import kept_of_short
from factcheck.text.sayings import is_verb_of_saying
from factcheck.text.titles import OF_BODIES, TITLES
from factcheck.text.turns import DETERMINERS, Difference, Turn
from factcheck.text.verbs import AUXILIARIES, is_adverb, is_past, is_superlative, root

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*+['’]?|[^\w\s]")
_GENITIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_BE = frozenset(words("is are was were be been being am get gets got"))
_HELPERS = AUXILIARIES | _BE | frozenset(words("having not never also since then now still both already just"))
_BEFORE_VERBS = _HELPERS | {";"}
_BELONGS = frozenset(words("of for to from with against in on at behind near outside inside by about like over under"))
"""What follows one of these in a noun phrase tells which one is meant."""
_SMALL = DETERMINERS | _BELONGS | _HELPERS | frozenset(words("""
    and or but nor that which who whom whose when where while because if as than after before until during despite
    without within amid following through into he she it they we you i him them us there here not no
"""))  # fmt: skip
_BEFORE_NOUNS = DETERMINERS - {"that", "this", "these"}
_PARTICLES = frozenset(("up", "down", "out", "off", "away"))
_RELATIVES = frozenset(("who", "that", "which", "whom", "whose"))
_KNOWING = frozenset(map(root, words("""
    believe think know show suggest mean find reveal see hear feel fear hope understand learn discover realise realize
    prove confirm conclude expect assume imply ensure require decide wish determine hold rule claim
""")))  # fmt: skip
"""Behind these, as behind verbs of saying, a clause may begin without `that`."""
_ACT_FOR = OF_BODIES | frozenset(words("""
    number total rest remainder majority minority half third quarter percent dozens scores hundreds thousands
    millions billions tens lots plenty group groups crowd team series pair couple handful bunch set range variety
    kind kinds sort type types form forms part parts piece pieces class level levels amount all both each some many
    most none few any several one two three four five six seven eight nine ten members member people month year town
    village province territory land island empire nation spate wave string haul load batch
    shipment consignment quantity amount amounts stash cache volume cases case somewhat bit lot deal sense
    regierung stadt zahl mehrheit gruppe reihe teil hälfte land staat gemeinde dorf mitglieder parlament ministerium
    gobierno ciudad número mayoría grupo serie parte mitad país estado miles millones cientos decenas miembros
    parlamento ministerio gouvernement ville nombre majorité groupe série partie moitié état milliers millions
    centaines dizaines membres parlement ministère governo città numero maggioranza gruppo metà paese stato migliaia
    milioni centinaia decine membri ministero cidade maioria série metade milhares milhões centenas dezenas membros
    ministério regering stad aantal meerderheid groep reeks deel helft staat duizenden miljoenen honderden
    tientallen leden ministerie
"""))  # fmt: skip
"""What is said of so many of them, of the city of that name, or of a country's government, is said of them."""
_MEMBERS = frozenset(words("members miembros membres mitglieder membri membros leden"))
"""What is done to these is done to their body, but it need not do what they do."""
_PART_OF = _MEMBERS | frozenset(words("""
    one two three four five six seven eight nine ten some several many dozens scores hundreds thousands
"""))  # fmt: skip
"""So many of a plural are not all of it: `one of the men` are not `the men`."""
_SPOKEN_FOR = re.compile(r"spokes\w+|representatives?|officials?|sources?")
_LONGEST = 60
"""Tokens of a text that is looked at."""
_REACH = 14
"""Tokens of a noun phrase."""
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark of a text, as written and in small letters without accents."""

    written: str
    low: str

    @property
    def is_content(self) -> bool:
        """Whether it means something by itself."""
        return self.low[0].isalnum() and self.low not in _SMALL

    @property
    def is_owner(self) -> bool:
        """Whether it is a genitive."""
        return self.low != (bare := self.bare) and len(bare) > 1

    @property
    def bare(self) -> str:
        """The word without a genitive's ending."""
        # Most words have no apostrophe.
        return _GENITIVE.sub("", self.low) if "'" in self.low or "’" in self.low else self.low


@dataclass(frozen=True, slots=True)
class _Part:
    """Words that tell which one is meant, and what links them to the head: a preposition, `s`, or nothing."""

    link: str
    words: Sequence[Word]


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun phrase: the words of its head, those of a name behind a comma, and what tells which one it is."""

    head: Sequence[Word]
    which: Sequence[_Part] = ()
    others: Sequence[Word] = ()

    @property
    def roots(self) -> frozenset[str]:
        """The roots of its head's words, and of the name's, without those that tell which one it is."""
        return frozenset(root(one.bare) for one in (*self.head, *self.others) if one.is_content)

    @property
    def has_name(self) -> bool:
        """Whether a word of its head, or of the name, has a capital."""
        return any(one.is_content and one.written[0].isupper() for one in (*self.head, *self.others))

    def __str__(self) -> str:
        return _written(self.head)


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb by its root, who does it and to whom it is done, None where that cannot be told."""

    verb: str
    doer: NounPhrase | None
    done_to: NounPhrase | None
    is_saying: bool
    is_passive: bool = False


def promoted(claim: str, sentence: str) -> Iterator[Difference]:
    """What the claim says of one whom the sentence names only to tell of whom it speaks."""
    said = deeds(sentence)
    every = {root(one.bare) for one in read_words(claim)}
    for deed in deeds(claim):
        same = [one for one in said if one.verb == deed.verb]
        for mine, theirs in (
            (deed.doer, [(one.doer, one.is_saying) for one in same]),
            (deed.done_to, [(one.done_to, one.is_saying) for one in same]),
        ):
            parts = _PART_OF if mine is deed.doer else _PART_OF - _MEMBERS
            found = [
                _part_made_all(mine, phrase, every, parts) or _only_told(mine, phrase, every, is_saying=is_saying)
                for phrase, is_saying in theirs
            ]
            if mine and found and all(found):
                yield Difference(Turn.ROLES, f"{found[0]} … {deed.verb}", f"{_written(mine.head)} … {deed.verb}")
                return


def _only_told(mine: NounPhrase | None, said: NounPhrase | None, every: AbstractSet[str], *, is_saying: bool) -> str:
    """The sentence's head, where the claim's only tells which one that is; empty where it does not, or nobody knows."""
    if mine is None or said is None:
        return ""
    wanted, noun = mine.head[-1].bare, said.head[-1].bare
    heads = {root(one.bare) for one in (*said.head, *said.others)}
    is_spoken_for = is_saying and _SPOKEN_FOR.fullmatch(noun)
    # `The longest confirmed shot`: no verb stands there. `Up to 400 workers` are workers.
    if is_superlative(wanted) or noun[0].isdecimal() or noun == "up" or is_spoken_for:
        return ""
    if _is_namesake(mine, said):
        return _written(said.head)
    if root(wanted) in heads or any(root(one.bare) in every for one in said.head if one.is_content):
        return ""
    others = [part for part in said.which if not (noun in _ACT_FOR and part.link in {"of", "s"})]
    told = any(_ends_with(part, wanted, every) for part in others)
    return _written(said.head) if told else ""


def _part_made_all(
    mine: NounPhrase | None, said: NounPhrase | None, every: AbstractSet[str], parts: AbstractSet[str]
) -> str:
    """`two of the six men` of whom the claim says that it was `the six men`, or `six men`; empty where it does not."""
    if mine is None or said is None or len(said.head) > 1 or not said.which:
        return ""
    noun, first, whole = said.head[0].bare, mine.head[0].low, said.which[-1]
    if not (noun in parts or noun[0].isdecimal()) or root(noun) in every or whole.link != "of":
        return ""
    is_definite = bool(whole.words) and whole.words[0].low in DETERMINERS
    counts = {one.low for one in whole.words if one.low[0].isdecimal() or one.low in _PART_OF}
    is_all = is_definite and (first in DETERMINERS - {"a", "an"} or first in counts)
    return f"{noun} of {_written(whole.words)}" if is_all and _ends_with(whole, mine.head[-1].bare, every) else ""


def _is_namesake(mine: NounPhrase, said: NounPhrase) -> bool:
    """Whether the claim's full name only tells which one is meant of those who bear its surname: a relative."""
    name = [one.bare for one in mine.head if one.written[0].isupper()][-2:]
    heads = [one.bare for one in (*said.head, *said.others)]
    is_full = len(name) == 2 and mine.head[-1].bare == name[-1]  # noqa: PLR2004
    is_other = name[0] not in heads and name[-1] in heads if is_full else False
    return is_other and any([one.bare for one in part.words[-2:]] == name for part in said.which)


def _ends_with(part: _Part, wanted: str, known: AbstractSet[str]) -> bool:
    """Whether a part is the one that is wanted, with no words before it that may belong to something else."""
    if not part.words or part.words[-1].bare != wanted:
        return False
    before = [one for one in part.words[:-1] if one.low not in DETERMINERS]
    is_name = not part.words[-1].written[0].islower()
    if not is_name and part.words[0].low in DETERMINERS:
        return True
    return all(
        root(one.bare) in known or (is_name and any(after.low in TITLES for after in before[at:]))
        for at, one in enumerate(before)
    )


def _written(part: Sequence[Word]) -> str:
    return " ".join(one.written for one in part)


@kept_of_short
def read_words(text: str) -> tuple[Word, ...]:
    """The words and marks of a text, up to a bound."""
    return tuple(Word(found[0], fold(found[0]) or found[0]) for found in islice(_TOKEN.finditer(text), _LONGEST))


@kept_of_short
def deeds(text: str) -> tuple[Deed, ...]:
    """What a text tells to be done, in its order."""
    said = read_words(text)
    found = []
    at = 0
    while at < len(said):
        verb = verb_at(said, at) if at and said[at - 1].low not in _BEFORE_NOUNS else None
        if verb is None:
            at += 1
            continue
        end, is_passive = verb
        is_led = end + 1 < len(said) and said[end + 1].low in _PARTICLES
        subject, object_ = _before(said, at), _behind(said, end + 1 + is_led)
        doer, done_to = (None, subject) if is_passive else (subject, object_)
        word = said[end].low
        is_saying = is_verb_of_saying(word) or word in {"declined", "refused"}
        found.append(Deed(root(word), doer, done_to, is_saying, is_passive))
        at = end + 1
    return tuple(found)


def verb_at(said: Sequence[Word], at: int) -> tuple[int, bool] | None:
    """Where a verb that begins there has its main word, and whether it is a passive; None where none begins.

    Of `is a lawyer` that is `lawyer`.
    """
    place, helpers = at, []
    while place < len(said) and (said[place].low in _HELPERS or is_adverb(said[place].low)):
        helpers.append(said[place].low)
        place += 1
    has_helper = any(one in AUXILIARIES or one in _BE for one in helpers)
    while has_helper and helpers[-1] in _BE and place < len(said) and said[place].low in DETERMINERS:
        place += 1
    if place >= len(said) or not said[place].is_content:
        return None
    word = said[place].low
    if has_helper:
        return place, is_past(word) and not _BE.isdisjoint(helpers)
    if helpers and not all(map(is_adverb, helpers)):
        return None
    behind = said[place + 1] if place + 1 < len(said) else None
    is_present = (
        word.endswith("s")
        and not word.endswith("ss")
        and not said[place].is_owner
        and said[place].written[0].islower()
        and behind is not None
        and (behind.low in DETERMINERS - {"that"} or behind.written[0].isupper() or behind.low[0].isdecimal())
    )
    return (place, False) if (is_past(word) or is_present) and not _is_of_object(said, at) else None


def _is_of_object(said: Sequence[Word], at: int) -> bool:
    """Whether nothing but nouns stands between a word and an auxiliary before it: `has an advanced economy`."""
    begin = at - 1
    while begin >= 0 and (said[begin].is_content or said[begin].low in DETERMINERS):
        begin -= 1
    return begin >= 0 and said[begin].low in AUXILIARIES


def _before(said: Sequence[Word], verb: int) -> NounPhrase | None:
    """The noun phrase that ends before a verb; None where it is not plain."""
    last = verb - 1
    if said[last].low != ",":
        return _read_back(said, last)
    comma = next((at for at in range(last - 1, max(-1, last - _REACH), -1) if said[at].low == ","), 0)
    whole, aside = _read_back(said, comma - 1), said[comma + 1 : last]
    if whole is None or not aside:
        return whole
    if aside[0].low in _RELATIVES:
        return replace(whole, which=[*whole.which, _Part("", aside[1:])])
    if is_past(aside[-1].low) and aside[0].low in DETERMINERS:  # German: `the man, the Lopez attacked,`
        return replace(whole, which=[*whole.which, _Part("", aside[1:-1])])
    name = _read_back(aside, len(aside) - 1)
    return name and NounPhrase(whole.head, [*whole.which, *name.which], name.head)


def _read_back(said: Sequence[Word], last: int) -> NounPhrase | None:
    """The noun phrase whose last word stands there, read to its first one; None where there is none."""
    which, at = list[_Part](), last
    while base := _base_back(said, at):
        words_of, owner, at = base
        which += [owner] if owner else []
        linked = _link_back(said, at)
        if linked is None or last - at > _REACH:
            return NounPhrase(words_of, which) if any(one.is_content for one in words_of) else None
        link, at = linked
        which += [_Part(link, words_of)] if words_of else []
    return None


def _base_back(said: Sequence[Word], at: int) -> tuple[list[Word], _Part | None, int] | None:
    """A noun with what stands before it, without prepositions, its owner, and where the word before all that stands.

    None where a verb stands among them.
    """
    while at >= 0 and (said[at].low in _HELPERS or is_past(said[at].low)):
        at -= 1  # `accused of`, `was owned by`
    found: list[Word] = []
    while at >= 0 and said[at].is_content and not said[at].is_owner and not _takes_object(said, at):
        if is_past(said[at].low) and not (at and said[at - 1].low in DETERMINERS):
            return None
        found.insert(0, said[at])
        at -= 1
    if at >= 0 and said[at].low in DETERMINERS and said[at].low != "that":
        return [said[at], *found], None, at - 1
    if at >= 0 and said[at].is_owner and found:
        name = _name_back(said, at)
        return found, _Part("s", name), at - len(name)
    return found, None, at


def _link_back(said: Sequence[Word], at: int) -> tuple[str, int] | None:
    """What links a noun phrase that begins behind that word to one before it, and where that one ends."""
    if at < 0:
        return None
    if said[at].low in _BELONGS:
        return said[at].low, at - 1
    begin = _takes_object(said, at) if said[at].is_content else 0
    return ("", begin - 1) if begin else None


def _takes_object(said: Sequence[Word], at: int) -> int:
    """Where `who hit` or `killing` begins, if the word there takes what follows as its object; else 0."""
    word = said[at].low
    if is_verb_of_saying(word) or root(word) in _KNOWING:
        return 0
    is_led_by = at and (said[at - 1].is_content or said[at - 1].low in _BELONGS)
    if word.endswith("ing") and said[at].written[0].islower() and is_led_by:
        return at
    begin = at
    while begin and (said[begin - 1].low in _BEFORE_VERBS or is_adverb(said[begin - 1].low)):
        begin -= 1
    is_led = begin and said[begin - 1].low in _RELATIVES
    is_verb = is_past(word) or (word.endswith("s") and said[at].written[0].islower()) or begin < at
    return begin - 1 if is_led and is_verb and begin > 1 else 0


def _name_back(said: Sequence[Word], at: int) -> list[Word]:
    """The words of an owner back from its `'s`."""
    first = at
    while first and at - first < _NEAR and said[first - 1].is_content and not is_past(said[first - 1].low):
        first -= 1
    return list(said[first - bool(first and said[first - 1].low in DETERMINERS) : at + 1])


def _behind(said: Sequence[Word], first: int) -> NounPhrase | None:
    """The noun phrase that begins there, behind a verb; None where none does."""
    parts = [_Part("", [])]
    for word in said[first : first + _REACH]:
        words_of = parts[-1].words
        if word.low == "of" and words_of:
            parts.append(_Part("of", []))
        elif word.is_owner:
            parts[-1:] = [_Part("s", [*words_of, word]), _Part(parts[-1].link, [])]
        elif (word.is_content and not is_past(word.low)) or (word.low in DETERMINERS and not words_of):
            parts[-1] = _Part(parts[-1].link, [*words_of, word])
        else:
            break
    # Before `of` stands the head, behind an owner likewise.
    head = next((at for at, one in enumerate(parts) if one.link != "s"), None)
    if head is None or not any(one.is_content for one in parts[head].words):
        return None
    return NounPhrase(parts[head].words, [one for at, one in enumerate(parts) if at != head and one.words])
