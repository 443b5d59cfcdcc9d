"""Who is who in an article: the people that it names, and whom a claim names where its sentence says `she`.

Names are told by their capitals, people from bodies and places by the words around and in a name. English only.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, pairwise

from factcheck.domain.sentence import Sentence
from factcheck.text.folding import fold, words
from factcheck.text.names import Token, may_be_name, name_runs, name_tokens
from factcheck.text.places import countries
from factcheck.text.sayings import is_verb_of_saying
from factcheck.text.titles import OF_BODIES, TITLES, TITLES_OF_MEN, TITLES_OF_WOMEN

_OFFICES = frozenset(words("""
    minister secretary president premier chancellor senator governor mayor director commissioner ambassador attorney
    spokesman spokeswoman spokesperson congressman congresswoman inspector detective
"""))  # fmt: skip
_FIELD = 3  # words, as of `Senior Foreign Trade Minister`
_LONGEST_NAME = 4  # words
_ENGLISH = "en"

_OF_MEN = re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE)
_OF_WOMEN = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)
_PARTICLES = frozenset(("de", "la", "du", "der", "van", "von"))
_DEFINITE = frozenset(("the", "a", "an"))
_AGENT = re.compile(r"\w{2,}(?:er|or|ist|man|woman|ian|ant|eer|ney)")
_BEHIND_A_PERSON = re.compile(r", (?:\d{1,2}\b|(?:who|whose|a|an|the|his|her|former|then|now)\b)|,? who\b")
_NAME_WORD = r"[A-Z][\w.&'’-]*"
_SAME_START = 3  # letters
_LOOKED_AT = 40  # characters behind a name


PRONOUN_OF_PEOPLE = re.compile(rf"{_OF_MEN.pattern}|{_OF_WOMEN.pattern}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A person's name where it stands. All mentions of one person share a key; `sex` is the title's: M, F or empty."""

    key: str
    written: str
    start: int
    sex: str


@dataclass(frozen=True, slots=True)
class _Name:
    """A run of capitalised words without the titles before it, with those titles and what stands around it.

    `described` is the word before, also over a comma, as in `the minister, Rita Gomes`.
    """

    tokens: Sequence[Token]
    titles: frozenset[str]
    before: str
    described: str
    behind: str

    @property
    def key(self) -> str:
        return " ".join(one.bare for one in self.tokens)

    @property
    def may_be_persons(self) -> bool:
        """Whether it could be a person's full name, or stands behind a title."""
        parts = [one.bare for one in self.tokens]
        fits = len(parts) <= _LONGEST_NAME and OF_BODIES.isdisjoint(parts) and not countries(parts[-1], _ENGLISH)
        is_acronym = any(one.word.isupper() and len(one.bare) > 1 for one in self.tokens)
        is_full = len(parts) > 1 and self.before not in _DEFINITE and not is_acronym
        return fits and all(map(str.isalpha, parts)) and (is_full or bool(self.titles))

    @property
    def has_sign(self) -> bool:
        """Whether what stands around it is said of people alone."""
        return bool(
            self.titles
            or any(len(one.bare) == 1 for one in self.tokens)
            or _AGENT.fullmatch(self.described)
            or self.described in TITLES
            or is_verb_of_saying(self.before)
            or _BEHIND_A_PERSON.match(self.behind)
            or is_verb_of_saying(self.behind.split(" ")[1] if self.behind.startswith(" ") else "")
        )


class People:
    """The people whom a text names, wherever it names them."""

    def __init__(self, text: str) -> None:
        names = list(_names(text))
        self._keys = _people(names)
        self.mentions = tuple(self._of(names))

    def named_in(self, words_of_claim: str) -> tuple[Mention, ...]:
        """The mentions of these people in other words."""
        return tuple(self._of(_names(words_of_claim)))

    def _of(self, names: Iterable[_Name]) -> Iterator[Mention]:
        for one in names:
            start, last = one.tokens[0].span.start, one.tokens[-1].bare
            written = " ".join(token.word for token in one.tokens)
            person = self._keys.get(one.key) or (self._keys.get(last) if one.may_be_persons else None)
            if person is not None:
                yield Mention(person, written, start, _sex(one.titles))


class WhoIsWho:
    """The people of one article. Reading the article once makes each claim cheap."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._words = {one.position: one.span.cut(text) for one in sentences}
        self._begins = {one.position: one.span.start for one in sentences}
        self._ordered = sorted(self._begins.values())
        self._people = People(text)
        self._mentions = self._people.mentions
        self._starts = [one.start for one in self._mentions]
        self._sexes = {one.key: one.sex for one in self._mentions if one.sex}

    def rival(self, claim: str, position: int) -> tuple[str, str] | None:
        """A name that the claim has for a pronoun of that sentence, and another that may be meant; None if none may.

        The other one stands nearer: behind the sentence that last had the claim's name, or in it.
        """
        sentence, begin = self._words[position], self._begins[position]
        pronouns = [one.start() for one in PRONOUN_OF_PEOPLE.finditer(sentence)]
        if not pronouns:
            return None
        wrong = _sex_not_meant(sentence)
        first, end = bisect_left(self._starts, begin), bisect_left(self._starts, begin + len(sentence))
        own = {one.key for one in self._mentions[first:end]}
        for named in self._people.named_in(claim):
            near = self._since(named.key, begin, begin + pronouns[-1]) if named.key not in own else ()
            for other in reversed(near):
                if other.key != named.key and not (wrong and self._sexes.get(other.key) == wrong):
                    return named.written, other.written
        return None

    def named_before(self, position: int) -> tuple[str, ...]:
        """The people named before a sentence and not in it, in the words that first name each."""
        begin = self._begins[position]
        end = begin + len(self._words[position])
        own = {one.key for one in self._mentions if begin <= one.start < end}
        names: dict[str, str] = {}
        for one in self._mentions[: bisect_left(self._starts, begin)]:
            names.setdefault(one.key, one.written)
        return tuple(name for key, name in names.items() if key not in own)

    def _since(self, key: str, begin: int, end: int) -> Sequence[Mention]:
        """The mentions up to a place from the sentence on that last had this name before its sentence's begin."""
        before = self._mentions[: bisect_left(self._starts, begin)]
        last = next((one.start for one in reversed(before) if one.key == key), 0)
        home = self._ordered[max(0, bisect_right(self._ordered, last) - 1)]
        return self._mentions[bisect_left(self._starts, home) : bisect_left(self._starts, end)]


_SUBJECT = rf"(?P<name>{_NAME_WORD}(?: {_NAME_WORD}){{0,4}})"
_DOES = re.compile(rf"(?:[Tt]he )?{_SUBJECT} (?P<does>[a-z][\w'’-]* [\w'’-]+ [\w'’-]+)")
_CLAUSE = r"(?:^|[,;:–—“\"(] ?|\b(?:as|that|but|because|while|when|since|if|although|where|whereas|before|after) )"


def other_subject(claim: str, sentence: str) -> tuple[str, str] | None:
    """The sentence's name and the claim's, where both say the same of one name each and the names are not alike.

    `as Japan has taken steps` is no `Takaichi has taken steps`. None where they agree, or nothing can be said.
    """
    said = _DOES.match(claim)
    if said is None or not may_be_name(said["name"].split()[0]):
        return None
    does = re.escape(said["does"])
    meant = [one["name"] for one in re.finditer(rf"{_CLAUSE}(?:the )?{_SUBJECT} {does}\b", sentence)]
    others = [one for one in meant if may_be_name(one.split()[0]) and not _may_be_one(one, said["name"])]
    return (others[0], said["name"]) if others and len(others) == len(meant) else None


def _may_be_one(name: str, other: str) -> bool:
    """Whether two names may be one's: they share a word's beginning, or one may be the other's initials."""
    one, two = ({_bare_start(word) for word in words(fold(each))} for each in (name, other))
    shared = countries(fold(name), _ENGLISH) & countries(fold(other), _ENGLISH)
    return bool(one & two or shared) or name.isupper() or other.isupper()


def _bare_start(word: str) -> str:
    return word[:_SAME_START]


def _people(names: Sequence[_Name]) -> dict[str, str]:
    """The key of each person by full name, first name and last name, those that stand for two left out.

    A full name needs a sign that it is a person's: words around it, or its last name alone elsewhere.
    """
    alone = {one.key for one in names if len(one.tokens) == 1}
    signed = {one.key for one in names if one.has_sign}
    full = {one.key for one in names if one.may_be_persons and (one.key in signed or one.tokens[-1].bare in alone)}
    found: dict[str, set[str]] = {}
    for key in full:
        last = key.rpartition(" ")[2]
        for short in {key, last, key.partition(" ")[0]}:
            if len(short) > 1:
                found.setdefault(short, set()).add(last)
    return {short: next(iter(keys)) for short, keys in found.items() if len(keys) == 1}


def _names(text: str) -> Iterator[_Name]:
    tokens = name_tokens(text)
    before_it = {token: previous for previous, token in pairwise(tokens)}
    for run in name_runs(tokens):
        for part in _parts(run, text):
            names = list(dropwhile(_is_no_name, _behind_office(part)))
            if names:
                previous = before_it.get(names[0], names[0])
                before = previous.word.lower() if names[0].follows else ""
                is_behind_comma = text[previous.span.end : names[0].span.start] == ", "
                titles = frozenset(one.bare for one in part[: -len(names)]) | {before}
                end = names[-1].span.end
                described = previous.word.lower() if is_behind_comma else before
                yield _Name(names, titles & TITLES, before, described, text[end : end + _LOOKED_AT])


def _is_no_name(token: Token) -> bool:
    """Whether a word before a name is none of it: a title, an article, a word that opens its sentence."""
    return token.bare in TITLES or not may_be_name(token.word)


def _behind_office(part: Sequence[Token]) -> Sequence[Token]:
    """What follows an office that its field stands before, as in `Health Minister Rita Gomes`; else all."""
    ends = [place + 1 for place, one in enumerate(part[:-1]) if one.bare in _OFFICES and place <= _FIELD]
    return part[ends[-1] :] if ends else part


def _parts(run: Sequence[Token], text: str) -> Iterator[list[Token]]:
    """A run cut at the small words that join two names, but not at those of one: `Ursula von der Leyen`."""
    part: list[Token] = []
    for one in run:
        if one.is_capital or one.word in _PARTICLES:
            part.append(one)
            if one.word.endswith(("'s", "’s")) or _ends_sentence(one, text):
                yield part
                part = []
        elif part:
            yield part
            part = []
    if part:
        yield part


def _ends_sentence(token: Token, text: str) -> bool:
    """Whether the full stop behind a word is more than that of a title or an initial: `the Sea Org. He was …`."""
    return text.startswith(". ", token.span.end) and len(token.bare) > 1 and token.bare not in TITLES


def _sex(titles: frozenset[str]) -> str:
    return "M" if titles & TITLES_OF_MEN else "F" if titles & TITLES_OF_WOMEN else ""


def _sex_not_meant(sentence: str) -> str:
    """Who cannot be meant where a sentence has the pronouns of one sex alone."""
    of_men, of_women = bool(_OF_MEN.search(sentence)), bool(_OF_WOMEN.search(sentence))
    return "" if of_men == of_women else "F" if of_men else "M"
