"""The names of an article, asked whether a claim's names are among them, in whatever form."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from factcheck.domain.sentence import Span
from factcheck.text.folding import fold, plain_letters, words
from factcheck.text.keeping import kept_of_short
from factcheck.text.language import main_script, script_of
from factcheck.text.numbers import find_numbers
from factcheck.text.places import countries
from factcheck.text.stop_words import stop_words
from factcheck.text.titles import OF_BODIES, TITLES


class ArticleNames:
    """The words of one article, asked whether a claim's names are among them."""

    def __init__(self, text: str, language: str = "en") -> None:
        self._language = language
        tokens = name_tokens(text)
        self._runs = runs = list(name_runs(tokens))
        self._stems = {stem for token in tokens if token.is_capital for stem in _stems(token.word, language)}
        self._capitals = {_bare(token.word) for token in tokens if token.is_capital}
        self._dotted = tuple({_bare(token.word) for token in tokens if token.is_dotted and len(token.word) > 1})
        self._joined = {one.bare + other.bare for run in runs for one, other in pairwise(run)}
        self._shorts = {found[0] for found in _SHORTENED.finditer(text)}
        self._words = {form for token in tokens for form in _forms(token.word)}
        # By their first letters, so that a name is not compared with every word of the article.
        self._roots: dict[str, list[str]] = {}
        for word in self._words:
            self._roots.setdefault(word[:_ROOT], []).append(word)
        self._acronyms = {_bare(token.word) for token in tokens if _is_acronym(token.word)}
        self._initials = {initials for run in runs for initials in _initials(run)}
        self._script = main_script(text)
        self._unknown_in = lru_cache(_KEPT)(self._found_unknown)

    def unknown_in(self, claim: str) -> tuple[str, ...]:
        """The names of the claim that the article has in no form; a claim that is all in capitals tells none."""
        return self._unknown_in(claim)

    def _found_unknown(self, claim: str) -> tuple[str, ...]:
        tokens = name_tokens(claim)
        if not any(token.word[0].islower() for token in tokens):
            return ()
        spans = [span for run in name_runs(tokens) for span in self._unknown(run)]
        if self._language == "en" and _GERUND.match(claim):
            spans = [span for span in spans if span.start]
        return tuple(dict.fromkeys(_POSSESSIVE.sub("", span.cut(claim)) for span in spans))

    def _unknown(self, run: Sequence["Token"]) -> list[Span]:
        """The stretches of a run whose names are unknown; neighbours are one name, with the initials between them."""
        shortened = self._shortened(run) | self._written_apart(run) | set(_titles(run))
        stretches: list[Span] = []
        was_unknown = False
        for place, token in enumerate(run):
            if token.is_capital and len(_bare(token.word)) == 1:
                continue
            is_unknown = (
                token.is_capital
                and place not in shortened
                and not self._is_known(token)
                and self._countries.isdisjoint(self._countries_of(run, place))
            )
            if is_unknown:
                start = stretches.pop().start if was_unknown else token.span.start
                stretches.append(Span(start, token.span.end))
            was_unknown = is_unknown
        return stretches

    def _shortened(self, run: Sequence["Token"]) -> set[int]:
        """The places of a run whose initials the article has, as `WHO` for `World Health Organization`."""
        places: set[int] = set()
        for last in range(2, len(run) + 1):
            for first in range(max(0, last - _LONGEST_SPELT_OUT), last - 1):
                if not _initials(run[first:last]).isdisjoint(self._acronyms):
                    places.update(range(first, last))
        return places

    def _written_apart(self, run: Sequence["Token"]) -> set[int]:
        """The places of words that the article writes as one, as `De Santis` for `DeSantis`."""
        pairs = ((place, one, other) for place, (one, other) in enumerate(pairwise(run)))
        return {
            at for place, one, other in pairs if one.bare + other.bare in self._capitals for at in (place, place + 1)
        }

    def _is_known(self, token: "Token") -> bool:
        name, folded, forms = token.word, fold(token.word), _forms(token.word)
        endings = _ENDINGS | _ENDINGS_OF_NOUNS if token.opens else _ENDINGS
        # `Don't` does not pass for a name, nor does an adverb that opens a sentence.
        return (
            folded.endswith("n't")
            or (token.opens and self._language in _ELIDING and bool(_ELIDED_NOUN.match(name)))
            or (token.opens and (folded.endswith("ly") or self._is_small(folded) or self._counts(folded)))
            or not (forms.isdisjoint(_NO_NAMES) and forms.isdisjoint(self._words))
            or script_of(name[0]) != self._script
            or (_is_acronym(name) and any(_bare(name) in initials for initials in self._initials))
            or any(
                _is_same_root(form, word, endings) and not self._are_two_countries(form, word)
                for form in forms
                for word in self._roots.get(form[:_ROOT], ())
            )
            or not self._stems.isdisjoint(_stems(name, self._language))
            or (token.is_dotted and any(_may_be_short(folded, word) for word in self._capitals))
            or token.bare in self._joined
            or any(folded.startswith(short) for short in self._dotted if len(short) >= _ROOT)
            or any(_is_shortened(short, folded) for short in self._shorts)
        )

    def _are_two_countries(self, one: str, other: str) -> bool:
        """Whether two words name different countries or peoples, however alike: `Niger` and `Nigerian`."""
        if one == other:
            return False
        meant, known = countries(one, self._language), countries(other, self._language)
        return bool(meant and known) and meant.isdisjoint(known)

    def _counts(self, folded: str) -> bool:
        """Whether a word that opens a text is a number, which is looked for among numbers."""
        return any(number.is_sure for number in find_numbers(folded, self._language))

    def _is_small(self, folded: str) -> bool:
        # The English ones hold names, as of companies; `_NO_NAMES` stands for them.
        return self._language != "en" and folded in stop_words(self._language)

    @cached_property
    def _countries(self) -> frozenset[str]:
        """The countries that the article names, or the people of; looked for when a name of a claim is unknown."""
        named = (
            self._countries_of(run, place) for run in self._runs for place, one in enumerate(run) if one.is_capital
        )
        return frozenset().union(*named)

    def _countries_of(self, run: Sequence["Token"], place: int) -> frozenset[str]:
        """The countries that a word of a run names, alone or with its neighbours."""
        last = min(len(run), place + _COUNTRY_WORDS)
        phrases = (
            " ".join(_bare(token.word) for token in run[start:end])
            for start in range(max(0, place - _COUNTRY_WORDS + 1), place + 1)
            for end in range(place + 1, last + 1)
            if end - start <= _COUNTRY_WORDS and run[start].is_capital
        )
        return frozenset().union(*(countries(phrase, self._language) for phrase in phrases))


_KEPT = 64  # claims: each is asked about when it is put right, and when it is doubted
_COUNTRY_WORDS = 3  # and few have more
_LONGEST_SPELT_OUT = 10  # words; a claim in title case must not cost its length cubed
# `Swimming each day`: behind a name stands no article.
_GERUND = re.compile(r"[A-Z][a-z]{2,20}ing (?:the|an?|its|his|her|their|each|every|less|more|too|this|these|those)\b")
_ELIDING = frozenset(("fr", "it", "ca"))
# `L'effetto` and `D'après` have a capital where a sentence begins; behind it stands no name.
_ELIDED_NOUN = re.compile(r"[A-Z][a-z]{0,6}['’](?![A-ZÀ-Þ])")
_POSSESSIVE = re.compile(r"['’]s$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word and its span; `opens` if its place may be why it has a capital, `follows` if it may go on a name."""

    word: str
    span: Span
    opens: bool
    follows: bool
    is_dotted: bool = False

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.word[0].isupper()

    @property
    def owner(self) -> str:
        """The word without the ending of a possessive."""
        return _POSSESSIVE.sub("", self.word)

    @property
    def bare(self) -> str:
        """The folded word without accents, dots, apostrophes and the ending of a possessive."""
        return _bare(self.word)


_TOKEN = re.compile(
    r"(?<!\w)[^\W\d_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])*(?:[.'’][^\W_]+)*(?:(?<=\.[^\W\d_])\.)?"
)
_OPENING = re.compile(r"[.!?:;\"“„«‘(\n]")
# What may stand between two words of one name; a hyphen that does not break, and an ampersand, too.
_JOINING = frozenset((" ", "\u00a0", "-", "‑", "–", " & "))
_LINKS = frozenset(("of", "the", "and", "for", "in", "on", "de", "la", "du", "der", "van", "von"))
_SHORTENED_WORD = 3


@kept_of_short
def name_tokens(text: str) -> tuple[Token, ...]:
    """The words of a text, with what tells whether they belong to names."""
    found: list[Token] = []
    before, end = "", 0
    for match in _TOKEN.finditer(text):
        gap = text[end : match.start()]
        is_dotted = gap == ". " and len(before) <= _SHORTENED_WORD  # as in `J. Doe`
        opens = not before or (bool(_OPENING.search(gap)) and not is_dotted)
        follows = bool(before) and (is_dotted or gap in _JOINING)
        # A full stop that ends no sentence tells that the word is shortened.
        is_shortened = bool(_GOES_ON.match(text, match.end()))
        found.append(Token(match[0], Span(*match.span()), opens, follows, is_shortened))
        before, end = match[0], match.end()
    return tuple(found)


def name_runs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Capitalised words in a row, with the small words between them, as in `Bank of England`."""
    run: list[Token] = []
    links: list[Token] = []
    for token in tokens:
        if run and not (token.follows and (token.is_capital or token.word in _LINKS)):
            yield run
            run, links = [], []
        if token.is_capital:
            run += [*links, token]
            links = []
        elif run:
            links.append(token)
    if run:
        yield run


def _titles(run: Sequence[Token]) -> Iterator[int]:
    """The places of titles before the name of a person, which are no names: `Detective Stone`."""
    for place, (one, other) in enumerate(pairwise(run)):
        if one.is_capital and one.bare in TITLES and other.is_capital and other.bare not in OF_BODIES:
            yield place


def _initials(run: Sequence[Token]) -> set[str]:
    """The first letters of a run, small words counted and not."""
    letters = [(_bare(token.word)[:1], token.is_capital) for token in run]
    return {"".join(letter for letter, _ in letters), "".join(letter for letter, is_capital in letters if is_capital)}


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(_bare(word)) > 1


_MARKS = re.compile(r"[\u0300-\u036f.']")


@kept_of_short
def _bare(word: str) -> str:
    """The folded word without accents, dots, apostrophes and the ending of a possessive."""
    return plain_letters(_MARKS.sub("", fold(word).removesuffix("'s")))


# Where these letters are not to be had, they are written so, or without their signs.
_RESPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj"})


def _forms(word: str) -> set[str]:
    """The bare word, as it may be spelt too, and either side of an apostrophe, as in `l'Italie` and `Ankara'da`."""
    before, _, behind = fold(word).partition("'")
    respelt = unicodedata.normalize("NFC", word).lower().translate(_RESPELT)
    return {_bare(word), _bare(respelt), *(_bare(part) for part in (before, behind) if len(part) > 2 and part != word)}  # noqa: PLR2004


_GOES_ON = re.compile(r"\.(?:,| [a-z\d])")
# `St. Paul`: two or three letters that begin and end as the whole word does.
_SHORTENED = re.compile(r"\b[A-Z][a-z]{1,2}(?=\.(?:,| \w))")


def _may_be_short(short: str, word: str) -> bool:
    """Whether `calif` may stand for `california`, and `va` for `virginia`."""
    return word.startswith(short) or _is_shortened(short, word)


def _is_shortened(short: str, word: str) -> bool:
    """Whether `St` may stand for `saint`."""
    rest = iter(word)
    return (
        len(word) >= len(short) + 2
        and word[0] == short[0].lower()
        and word[-1] == short[-1]
        and all(letter in rest for letter in short.lower())
    )


# The case endings of names, by those who set names into cases; German and English names have none.
_CYRILLIC_CASES = (
    "ами ями ого его ому ему ыми ими ах ях ам ям ов ев ом ем ой ей ою ею ым им ую юю ая яя ое ее ые ие ых их "
    "а я о е у ю ы и ь й і ї є ові еві ою ів ів"
)
_CASES = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk"), _CYRILLIC_CASES),
    **dict.fromkeys(
        ("pl", "cs", "sk", "sl", "hr", "bs"),
        "ami ach ech ich ych om em im ie iem ym ém ów ův ego eho emu ému owi ovi iem ej ou ą ę a á e é ě i í o u ů y ý",
    ),
    **dict.fromkeys(
        ("lt", "lv"),
        "as is us ius ys os es iu uje iuje oje eje yje iumi umi o io ui iui ą į ų e ė a u i am em im ā ē ī ū š s",
    ),
    "el": "ος ου ο ον ους οι ων ης η ας α ες ε εσ οσ ησ ασ",
    "ro": "ul ului lui ei a e i u",
    "fi": "ssa ssä sta stä lla llä lta ltä lle ksi na nä in en an än on n a ä t",
    "et": "sse st le lt ks ga ni na s l t d a e i u",
    "hu": "ban ben ba be ból ből nak nek val vel ról ről ra re hoz hez höz tól től on en ön n ért ig t ot et at ok k",
    "tr": "da de ta te dan den tan ten ya ye a e ı i u ü nın nin nun nün ın in un ün yı yi",
}
_LEAST_STEM = 3


def _stems(word: str, language: str) -> set[str]:
    """A name, and what it may be without its case ending, in languages where names have cases."""
    bare = _bare(word)
    endings = _bare_endings(language)
    cut = {bare[: -len(ending)] for ending in endings if bare.endswith(ending)}
    return {bare, *(stem for stem in cut if len(stem) >= _LEAST_STEM)} if endings else set()


@cache
def _bare_endings(language: str) -> frozenset[str]:
    return frozenset(map(_bare, _CASES.get(language, "").split()))


_ROOT = 4
# What may set `Brazil` and `Brazilian`, `Texas` and `Texan` apart, behind four letters that agree.
_ENDINGS = frozenset(
    ("", "s", "a", "o", "e", "i", "y", "n", "an", "ns", "ans", "ian", "ians", "ean", "ese", "ish", "ic", "ey", "is")
)
_ENDINGS_OF_NOUNS = frozenset(("ing", "ings", "ed", "er", "ers", "es", "ion", "ions", "ment"))
_NO_NAMES = frozenset(words("""
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    mr mrs ms miss dr prof sir dame lord lady president vice prime minister senator sen rep governor gov general
    king queen prince princess chancellor judge justice professor doctor captain mayor director chief secretary
    a an the this that these those some all both each every no many most several other another one two three
    in on at by for from with as to of under over after before during since until despite about against between
    when while where if although because though unless whereas and but or nor so he she it they we his her its their
    there here not then thus yet still also however now later meanwhile moreover instead therefore together
    around about almost nearly just roughly approximately fewer less more than only even according once perhaps
    maybe due prior given such same few half none nobody everyone everybody nothing something someone anyone what
    who which how why
    former acting interim up least most any either neither nor
"""))  # fmt: skip


def may_be_name(word: str) -> bool:
    """Whether a capitalised English word is none of those that any sentence may write large, as months and titles."""
    return _forms(word).isdisjoint(_NO_NAMES)


def _is_same_root(name: str, word: str, endings: frozenset[str]) -> bool:
    """Whether two words differ in their endings only, as `Brazil` and `Brazilian`."""
    cuts = range(_ROOT, min(len(name), len(word)) + 1)
    return any(name[cut:] in endings and word[cut:] in endings and name[:cut] == word[:cut] for cut in cuts)
