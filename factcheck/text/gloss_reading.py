"""The words of a sentence of another language, each with what it is and what English has for it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from factcheck.text import gloss_words as known
from factcheck.text.folding import fold
from factcheck.text.lemmas import infinitive, infinitive_of_present, lemma
from factcheck.text.marked import HEDGES, QUANTIFIERS, TIMES

_TOKEN = re.compile(r"[^\W\d_](?:[\w-]*\w)?|\d\d?\.(?=\s[^\W\d_])|\d+(?:[.,:]\d+)*|[^\s'’]")
STOPS = frozenset('.!?;:()"“”„«»–—')
JOINS = frozenset(("and", "but", "or", "because", "if", "that", "while"))
VERBS = frozenset(("verb", "be", "have", "can", "intends"))
"""What a word is that is a verb, or helps one."""
_AUXILIARIES = (
    ("can", known.CAN, "can", "may"),
    ("be", known.BE, "was", "reportedly was"),
    ("have", known.HAVE, "has", "reportedly has"),
)
_TURNING = frozenset(HEDGES) | frozenset(QUANTIFIERS) | frozenset(TIMES)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, as what it is put, and what it does there.

    That is `small`, `office`, `of_office`, `can`, `be`, `have`, `intends`, `verb`, or nothing of these.
    """

    written: str
    put: str
    kind: str = ""
    base: str = ""

    @property
    def low(self) -> str:
        """As written, in small letters."""
        return self.written.lower()

    @property
    def is_infinitive(self) -> bool:
        """Whether it is a verb in its base form, alone or around its particle, as `anzukaufen`."""
        around = (self.low[: at.start()] + self.low[at.end() :] for at in re.finditer("zu", self.low))
        return self.kind == "verb" and self.base in {self.low, *around}

    def ends_clause(self) -> bool:
        """Whether a clause ends before it."""
        return self.written in STOPS or self.written == "," or (self.kind == "small" and self.put in JOINS)

    def done(self, *, always: bool = False) -> "Word":
        """A verb as what was done; one in its base form only if `always`."""
        return self if self.is_infinitive and not always else replace(self, put=f"{stem_of(self.base)}ed")


def glossed_words(text: str, language: str) -> Iterator[Word]:
    """Each word with what it is."""
    found = list(islice(_TOKEN.finditer(text), _LONGEST))
    at_start, before = True, Word("", "")
    for at, match in enumerate(found):
        following = found[at + 1][0] if at + 1 < len(found) else ""
        # At the start every word has a capital; a name has another one behind it: `Marco Lodi`.
        is_name = match[0][0].isupper() and "_" not in match[0] and (not at_start or following[:1].isupper())
        is_small = at_start and match[0].lower() in known.SMALL[language]
        one = _noun(match[0], language) if is_name and not is_small else _word(match[0], language)
        if language == "de" and one.low == "sein" and not following[:1].isalpha():
            one = _auxiliary(match[0], language) or one  # `soll geflohen sein`, and not `sein Haus`
        # `causa` behind a noun is a verb, behind an article a noun.
        if not one.kind and not is_name and not before.kind and before.put[:1].isalpha():
            verb = infinitive_of_present(one.low, language)
            one = replace(one, put=f"{stem_of(verb)}s", kind="verb", base=verb) if verb else one
        if before.put in {"the", "a"} and (one.kind == "be" or (one.kind == "have" and one.low == one.base)):
            one = Word(match[0], match[0])  # `l'été` is a season; who `la había visto` saw her
        yield one
        at_start, before = match[0] in STOPS, one


def _noun(written: str, language: str) -> Word:
    """A word with a capital: a name, and in German any noun."""
    low = written.lower()
    if put := known.OFFICES[language].get(low):
        return Word(written, put, "office")
    if language == "de" and (put := known.INTENDS[language].get(low)):
        return Word(written, put, "intends")
    if language == "de":
        return Word(written, known.LOOK_ENGLISH.get(low) or known.SMALL[language].get(low, written))
    return Word(written, written)


def _word(written: str, language: str) -> Word:
    low = written.lower()
    if "_" in low:
        expressed = known.OF_EXPRESSIONS[low.replace("_", " ")]
        return Word(written.replace("_", " "), expressed, "intends" if expressed == "refuse" else "small")
    if not low[0].isalpha():
        return Word(written, written)
    for kind, listed in (("small", known.SMALL), ("office", known.OFFICES), ("of_office", known.OF_OFFICES)):
        if put := listed[language].get(low):
            return Word(written, put, kind)
    return _auxiliary(written, language) or _verb(written, language)


def _auxiliary(written: str, language: str) -> Word | None:
    """A word as a verb that helps another, in the form that tells what was, will be, or may be."""
    base, low = lemma(written.lower(), language), written.lower()
    for kind, listed, put, doubted in _AUXILIARIES:
        if base in listed[language]:
            if low.endswith(known.CONDITIONAL[language]):
                return Word(written, doubted, kind, base)
            if low in known.CARRIED_OUT:
                return Word(written, put, "can", base)
            if kind == "have" and low in known.PASTS_OF_BEING:
                return Word(written, "had", kind, base)
            is_to_come = kind == "be" and low.endswith(known.FUTURE.get(language, ()))
            return Word(written, "shall be" if is_to_come else put, kind, base)
    return None


def _verb(written: str, language: str) -> Word:
    """A word as a verb of intent, or another one; as itself where it is none."""
    low = written.lower()
    if fold(low) in _TURNING or low in known.NO_VERBS:
        return Word(written, written)  # `présumé` turns what it stands beside, and presumes nothing
    base, verb = lemma(low, language), infinitive(low, language)
    intends = known.INTENDS[language]
    if put := intends.get(base) or intends.get(low) or intends.get(verb):
        return Word(written, put, "intends", verb or base)
    if verb:
        return Word(written, as_verb(low, verb, language), "verb", verb)
    return Word(written, "" if low in known.DROPPED else written)


def stem_of(base: str) -> str:
    """A base form without the last `e`, which an English past would take away."""
    return base.rstrip("e")


def as_verb(low: str, base: str, language: str) -> str:
    """A verb with an English ending."""
    stem = stem_of(base)
    if low == base:
        return stem
    if low.endswith(known.FUTURE.get(language, ())):
        return f"shall {stem}"
    if low.endswith(known.CONDITIONAL[language]) and language not in known.VERB_LAST:
        return f"would {stem}"
    is_present = low.endswith(known.PRESENT[language]) and not low.endswith(known.PAST[language])
    return f"{stem}s" if is_present else f"{stem}ed"


def is_last_of_clause(said: Sequence[Word], at: int) -> bool:
    """Whether a clause ends behind a word."""
    return at + 1 == len(said) or said[at + 1].ends_clause()
