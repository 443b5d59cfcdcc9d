"""Numbers in letters: `one hundred and five`, `tremila`, `zwei Drittel`, `полтора миллиона`.

`number_table` says what each of them does; here they are put together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import groupby

from factcheck.text.number_table import DOZEN, ENGLISH, HUNDRED, MERE_KOREAN, MERE_WORDS, Kind, Word, rows, words_of

_READ_UNASKED = ("en", "de")
PLACES = 6
"""Decimal places of a value such as two thirds."""
_SURE_ALONE = frozenset((100, 1000))
_LARGEST = 10**18  # nobody tells more in words
_SHORT = 3  # letters; a stranger's abbreviation may be a unit here, as `min` and `km` are

# Words of these are written in one: `zweitausend`, `полмиллиона`.
_GLUED = frozenset(("de", "nl", "it", "sv", "da", "nb", "fi", "hu", "tr", "ru", "pl", "cs", "uk"))
_GLUED_LETTERS = range(6, 61)
_LONGEST_ATOM = 24
_LONGEST_PHRASE = 5


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, and the values that it may have.

    `parts` are values that stand for it together: the figures one by one of `in 3 400 people` and
    `3.5.2020`, the year of `nineteen` `eighty-four`. A number that is not `is_sure` may be a mere
    word, as `one` is.
    """

    written: str
    readings: frozenset[Decimal]
    parts: frozenset[Decimal] = frozenset()
    is_sure: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The number words of a text: those of its language and of English, or of all where it is unknown."""

    words: Mapping[str, Word]
    atoms: Mapping[str, Word]
    """Words that others may be made of."""
    scales: Mapping[str, tuple[Decimal, str]]
    """What may follow figures: a factor, and the decimal sign of those who write so."""
    decimal: str | None
    """The decimal sign of the text's own language, if that is known."""
    tokens: frozenset[str]

    def may_begin(self, word: str) -> bool:
        """Whether a number may begin with the word."""
        what = self.words.get(word)
        if what and what.kind in {"scale", "and", "point"}:
            return what.may_begin
        return self.may_hold(word)

    def may_hold(self, word: str) -> bool:
        """Whether the word may be one of a number's."""
        return word in self.tokens or (len(word) in _GLUED_LETTERS and _is_glued(word, self))


@dataclass(frozen=True, slots=True)
class Scale:
    """What multiplies figures, and where it ends in its text."""

    factor: Decimal
    decimal: str
    end: int
    is_letter: bool = False
    is_weight: bool = False


@cache
def vocabulary(language: str | None) -> Vocabulary:
    """The words by which a text in that language tells numbers; None for one whose language is unknown."""
    table = rows()
    own = [language, ENGLISH] if language else _READ_UNASKED
    # The first language that has a word decides what it means.
    words: dict[str, Word] = {}
    atoms: dict[str, Word] = {}
    for one in (*own, *(() if language else table)):
        if row := table.get(one):
            of_language = {word: replace(what, is_own=one in own, language=one) for word, what in words_of(one, row)}
            words = of_language | words
            if one in _GLUED:
                whole = {
                    word: what
                    for word, what in of_language.items()
                    if " " not in word and what.kind not in {"and", "link"}
                }
                atoms = whole | atoms
    decimal = table[language]["decimal"] if language in table else None
    return Vocabulary(words, atoms, _scales(own), decimal, frozenset(token for word in words for token in word.split()))


def _scales(own: Sequence[str]) -> dict[str, tuple[Decimal, str]]:
    """The words behind figures: the text's own first, then those of every other language."""
    table = rows()
    scales = {"dozen": (Decimal(DOZEN), ".")}
    often: dict[str, set[str]] = {}
    for language, row in table.items():
        for word in (*row["scales"], *row["declined"]):
            often.setdefault(word, set()).add(language)
    for language in dict.fromkeys((*own, *table)):
        row = table.get(language, {"scales": {}, "declined": {}})
        for word, power in (row["scales"] | row["declined"]).items():
            is_clear = language in own or len(word) > _SHORT or len(often[word]) > 1
            if is_clear and (power > HUNDRED or word in {"hundred", "hundert"}):
                scales.setdefault(word, (Decimal(10) ** power, row["decimal"]))
    return scales


@dataclass(slots=True)
class _Sum:
    """A number in the making."""

    is_linked: bool = False
    follows_oh: bool = False
    told: list[str] = field(default_factory=list)
    kinds: set[Kind] = field(default_factory=set)
    total: Decimal = Decimal(0)
    section: Decimal = Decimal(0)
    scale: Decimal = Decimal(1)
    decimals: str | None = None
    """What has been told behind the point; None before it."""
    is_own: bool = True

    @property
    def value(self) -> Decimal:
        """What has been told so far."""
        return self.total + self.section

    def takes(self, word: Word, links: Sequence[str] = (), *, is_and: bool = False) -> bool:
        """Whether the word goes on the number; otherwise it begins another."""
        if self.kinds & {"ordinal", "decade"} or word.kind in {"decade", "oh"} or self.value > _LARGEST:
            return False
        is_broken = bool(self.kinds & {"half", "part"})
        if self.decimals is not None or self.kinds == {"ahead"}:
            return not links and (word.kind == "scale" or (word.kind == "value" and self._takes_digit(word)))
        if word.kind == "scale":
            return not links or is_broken
        if word.kind in {"half", "part"} or self._divides(word):
            return not is_broken and (not links or is_and)
        low = self.section % 100
        # `five and six` are two numbers, as `twenty and five` are; `treinta y una` is one.
        may_end = not low % 10 and low >= 20 and word.value < 10 and links[-1:] not in (["and"], ["und"])  # noqa: PLR2004
        return not is_broken and (not links or (is_and and len(links) == 1)) and (not low or may_end)

    def _takes_digit(self, word: Word) -> bool:
        """Whether a value may follow digits behind a point: one by one they are told, or in one word."""
        return not self.decimals or (word.value < 10 and len(self.decimals) < PLACES)  # noqa: PLR2004 - one figure

    def opens(self, word: Word) -> bool:
        """Whether the word may be the first behind a point."""
        is_whole = self.kinds == {"value"} and self.value == int(self.value) and self.decimals is None
        return is_whole and word.kind == "value" and word.value == int(word.value)

    def add(self, written: Sequence[str], word: Word, *, is_and: bool = False) -> None:
        """Go on with a word."""
        kind = word.kind
        if kind == "scale":
            self.section += 1 if self.kinds == {"ahead"} else 0  # `सवा लाख`
            self._multiply(word.value)
            self.decimals = None
        elif self.decimals is not None:
            kind = "point"
            self.decimals += str(word.value)
            self.section = int(self.section) + Decimal(f"0.{self.decimals}")
        elif kind in {"half", "part"} or self._divides(word):
            kind = "part"
            part = word.value if word.kind == "half" else 1 / word.value
            if is_and or (word.kind == "half" and self.value > 1):
                # `two and a half million` is told before its scale, `deux millions et demi` behind it.
                self.section, self.total = (
                    (self.section + part, self.total)
                    if self.section
                    else (self.section, self.total + part * self.scale)
                )
            else:
                self.section = (self.section or 1) * part
        else:
            self.section += word.value
        self.told += written
        self.kinds.add(kind)
        self.is_own = self.is_own and word.is_own

    def _divides(self, word: Word) -> bool:
        """Whether an ordinal is a part here, as in `two fifth`."""
        return word.kind == "ordinal" and self.kinds == {"value"} and 0 < self.section < word.value

    def _multiply(self, scale: Decimal) -> None:
        if scale <= 100:  # noqa: PLR2004 - hundreds and dozens stay below the thousands
            self.section = (self.section or 1) * scale
        elif self.total and scale >= self.scale:
            self.total, self.section, self.scale = self.value * scale, Decimal(0), scale
        else:
            self.total, self.section, self.scale = self.total + (self.section or 1) * scale, Decimal(0), scale

    @property
    def is_long(self) -> bool:
        """Whether it is told by several words of which one is a scale: no other language says that by chance."""
        return "scale" in self.kinds and len(self.kinds) > 1 and self.value >= 1000  # noqa: PLR2004

    def number(self) -> Number:
        """The number as far as it goes."""
        value = round(self.value, PLACES) if self.kinds & {"part", "ordinal"} else self.value
        readings = {value}
        if "decade" in self.kinds:
            readings |= {1900 + value, 2000 + value}
        elif self.kinds == {"ordinal"} and self.is_linked:
            readings |= {round(1 / value, PLACES), round(100 / value, PLACES)}
        elif "part" in self.kinds and "scale" not in self.kinds:
            readings.add(value * 100)  # percent
        parts = frozenset([Decimal(int(value)), Decimal(self.decimals)]) if self.decimals else frozenset[Decimal]()
        is_mere = (
            value in {0, 1}
            or (self.kinds == {"scale"} and len(self.told) == 1 and not self.is_linked and value not in _SURE_ALONE)
            or self.kinds == {"part"}
            or (self.kinds == {"ordinal"} and (self.is_linked or value == 2))  # noqa: PLR2004 - `a third`, `a second`
            or (len(self.told) == 1 and self.told[0] in MERE_WORDS.keys() | MERE_KOREAN)
        )
        return Number(" ".join(self.told), frozenset(readings), parts, is_sure=not is_mere)


def numbers_of_words(tokens: Sequence[str], known: Vocabulary) -> tuple[list[Number], int]:
    """The numbers at the start of a row of words, and how many words they take: two numbers of `five and six`."""
    row = _Row(known)
    at = 0
    while at < len(tokens):
        length, words = _next_word(tokens, at, known)
        written = tokens[at : at + length]
        at += length
        if not words or not row.goes_on(written, words, at):
            break
    # Links before anything else, as `of a`, need not be read again.
    numbers = [number for one, number in _with_years(row.sums) if one.is_own or one.is_long]
    return numbers, row.end if row.sums else at - 1


@dataclass(slots=True)
class _Row:
    """Numbers in the making, word by word, and where the last of them ends."""

    known: Vocabulary
    sums: list[_Sum] = field(default_factory=list)
    end: int = 0
    links: list[str] = field(default_factory=list)
    point: Sequence[str] = ()
    is_and: bool = False
    follows_oh: bool = False

    def goes_on(self, written: Sequence[str], words: Sequence[Word], at: int) -> bool:
        """Whether the row takes what is written before a place."""
        kind = words[0].kind
        if self.point:
            return self._takes_first_decimal(written, words[0], at)
        if kind in {"oh", "point"}:
            self.follows_oh, self.point = kind == "oh", written if kind == "point" else ()
            return bool(self.sums) and not self.links
        if kind in {"and", "link"}:
            self.links += written
            self.is_and = self.is_and or kind == "and"
            return True
        return self._takes(written, words, at)

    def _takes_first_decimal(self, written: Sequence[str], word: Word, at: int) -> bool:
        last = self.sums[-1]
        if not last.opens(word):
            return False
        last.told += self.point
        last.decimals = ""
        last.add(written, word)
        self.point, self.end = (), at
        return True

    def _takes(self, written: Sequence[str], words: Sequence[Word], at: int) -> bool:
        links = self.links
        if self.follows_oh or not self.sums or not self.sums[-1].takes(words[0], links, is_and=self.is_and):
            if words[0].kind == "scale" and not _may_begin(words[0], links, self.known):
                return False
            is_linked = _is_linked(words[0], links, self.known)
            self.sums.append(_Sum(is_linked=is_linked, follows_oh=self.follows_oh))
        else:
            self.sums[-1].told += links
        for place, word in enumerate(words):
            is_joined = self.is_and and len(self.sums[-1].told) > 0 and not place
            self.sums[-1].add(() if place else written, word, is_and=is_joined)
        self.links, self.is_and, self.follows_oh, self.end = [], False, False, at
        return True


def _is_linked(word: Word, links: Sequence[str], known: Vocabulary) -> bool:
    """Whether links lead up to a word; before an ordinal `a` makes a part in English, but not in `a terceira`."""
    return bool(links) and (word.kind != "ordinal" or known.words[links[-1]].language == word.language)


def _may_begin(scale: Word, links: Sequence[str], known: Vocabulary) -> bool:
    """Whether a number may begin with its scale, as with `mille` and `a thousand`, but not with `million`."""
    return scale.may_begin or (bool(links) and known.words[links[-1]].kind == "link")


def _next_word(tokens: Sequence[str], at: int, known: Vocabulary) -> tuple[int, Sequence[Word]]:
    """The longest phrase at a place with the words that it stands for; none if it tells no number."""
    for length in range(min(_LONGEST_PHRASE, len(tokens) - at), 0, -1):
        if found := known.words.get(" ".join(tokens[at : at + length])):
            return length, [found]
    return 1, _made_of(tokens[at], known.atoms)


@lru_cache(10_000)
def _is_glued(word: str, known: Vocabulary) -> bool:
    """Whether a word is made of several that tell a number; kept, as each word of a text is asked about, often."""
    return bool(_made_of(word, known.atoms))


def _made_of(word: str, atoms: Mapping[str, Word]) -> Sequence[Word]:
    """The atoms of a word such as `dreihunderttausend`, none if it is not one number."""
    found = _cut(word, atoms) if len(word) in _GLUED_LETTERS else []
    if not any(atom.kind in {"scale", "half"} for atom in found):
        return ()
    whole = _Sum()
    for atom in found:
        if whole.told and not whole.takes(atom):
            return ()
        whole.add([word], atom)
    return found


def _cut(word: str, atoms: Mapping[str, Word]) -> list[Word]:
    """A word cut into atoms, none if something is left."""
    # How each place of the word is reached: from where, and by which atom.
    reached: dict[int, tuple[int, Word]] = {0: (0, Word("link"))}
    for start in range(len(word)):
        if start in reached:
            for end in range(start + 2, min(len(word), start + _LONGEST_ATOM) + 1):
                if end not in reached and (atom := atoms.get(word[start:end])):
                    reached[end] = start, atom
    found: list[Word] = []
    at = len(word) if len(word) in reached else 0
    while at:
        at, atom = reached[at]
        found.append(atom)
    return found[::-1]


def _with_years(sums: Sequence[_Sum]) -> Iterator[tuple[_Sum, Number]]:
    """The numbers of a row; those told figure by figure, as `twenty oh five`, stand for a whole number too."""
    row = 0
    rows: list[int] = []
    for one in sums:
        is_short = one.kinds == {"value"} and one.value < 100  # noqa: PLR2004 - two figures
        row += not is_short or one.is_linked
        rows.append(row)
        row += not is_short
    for _, group in groupby(zip(rows, sums, strict=True), key=lambda pair: pair[0]):
        several = [one for _, one in group]
        whole = "".join(f"{'0' if one.follows_oh else ''}{one.value}" for one in several)
        parts = frozenset([Decimal(whole)] if len(several) > 1 and whole.isdecimal() else ())
        for one in several:
            number = one.number()
            yield one, replace(number, parts=parts | number.parts)
