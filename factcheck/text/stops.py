"""Whether a sentence ends at a full stop or another sign, by what stands on both sides of it."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from factcheck.text.abbreviations import (
    as_words,
    before_anything,
    common_words,
    is_indic_abbreviation,
    is_told_by_letter,
    is_without_vowels,
    months,
    powers_of_ten,
    stands_before_figures,
    units,
)
from factcheck.text.number_words import vocabulary

_BREAK = re.compile(r"[\s(\[{/]")
_NEXT = re.compile(r"[\[(¿¡–-]*([^\W_]+(?:['’.-][^\W_]+)*)")
_FOOTNOTE = re.compile(r"\.(?:[⁰¹²³⁴-⁹]+|(?:\[[^\[\]]{1,30}\])+)$")
_THAI_OR_LAO = re.compile(r"[\u0e00-\u0eff]\.$")
_GEORGIAN = range(0x10D0, 0x1100)
_EAST_ASIAN = re.compile(r"\A.*[\u2e80-\ud7ff]")
_GOES_ON = re.compile(r"[,;:)&]|\(\d{4}|[–—-]\s*(?P<small>[^\W\d_])")
_ADDRESS = re.compile(r"[(\[]?[\w-]*(?:[.@/]\w|://)|#?[a-z]{1,3}[A-Z]")
_ROMAN = re.compile(r"[IVXLC]{2,}")
_CLOCK = re.compile(r"\b[ap]\. ?m\.$", re.IGNORECASE)
_BEHIND_CLOCK = re.compile(
    r"""
    (?: (?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?
      | Jan(?:uary)? | Feb(?:ruary)? | Mar(?:ch)? | Apr(?:il)? | May | June? | July? | Aug(?:ust)? | Sept?(?:ember)?
      | Oct(?:ober)? | Nov(?:ember)? | Dec(?:ember)?
      | [A-Z]{1,3}T | UTC | (?:Eastern|Central|Mountain|Pacific|Greenwich) (?=\ (?:[a-z]|Standard|Daylight|Mean|Time))
    ) \b (?!['’]s)
    """,
    re.VERBOSE,
)
_NUMBERED = re.compile(r"N[º°] ?\d|№ ?\d")
_HOUSE = re.compile(r"\b(?:at|to|of|from|near|outside|on) \d{1,5}(?: [A-Z][\w'’-]{1,30}\.?){1,3} St\.$")
_ERA = re.compile(r"(?:Chr|Kr|Cr|J\.?-?C|C\.|Hr|Krist)")
# And so on: it may be in the middle, but before a capital it is the end.
_AND_SO_ON = re.compile(
    r"\b(?:etc|ecc|usw|enz|osv|itd|itp|atd|atp|stb|др|ін|m\.m|o\.s\.v|[тșş]\. ?[дпa](?:\. ?m\. ?d)?)\.$"
)
_ANOTHER_ORDINAL = re.compile(r"[–-]?\d{1,2}\.")
# CLDR's rules write an ordinal figure with a full stop in these languages.
ORDINALS = as_words("bs cs da de dsb et eu fi fo hr hsb hu is lb lv nb nn no pl sh sk sl sr tr")
_LONGEST_ORDINAL = 3  # figures
_LEAST_OF_MONTH = 3  # letters: `Mar. 5`
_LONGEST_INITIAL = 2
_LEAST_OF_ACRONYM = 3  # letters
_WORDS_OF_ONE_LETTER = "AIOYÉÀ"
_BEFORE_ORDINAL = re.compile(
    r"(?:[dms]?ein|k?ein|d|ihr|unser|eur|jed|jen|dies|welch)(?:e[mnrs]?|as|ie|et)?|im|am|zum|zur|vom|beim|ins|az?"
)
_BEFORE_CARDINAL = as_words(
    "ist war wurde wird sind waren werden auf mit um nur erst schon über unter etwa rund knapp fast gegen nach"
    " vor bei bereits circa noch"
)
# Small letters in English, where the same word with a capital is short for a month, a title or a state.
_SMALL_IN_ENGLISH = as_words(
    "al approx ave ca cf co corp dept ed eds eg esp est et etc ext fig figs govt ie inc incl ltd max min misc nos"
    " op para paras resp sec secs temp viz"
)
_ENDING_CAPITALS = as_words("JR SR INC CORP LTD CO NO BROS ESQ")
_INITIALS = re.compile(r"[^\W\d_](?:[.-]+[^\W\d_])?|([A-Z])\1")
_DEGREES = as_words("M.D J.D B.A M.A B.S M.S")
_BEFORE_DEGREE = as_words("a an his her their my our your no this that and or")
_PARTICLES = as_words("de da do dos das di del della la le les el al van von den der ten ter bin ben ibn af av")
_TIED = "-–ºª°[⁰¹²³⁴⁵⁶⁷⁸⁹"  # to the full stop before them: `n.º`
_LEAST_LETTERS = 4  # of a word that is not short for another
_SHORT_OPENING = 3  # words: `In 2020 r.` is not a sentence


@dataclass(frozen=True)
class Stop:
    """A place where a sentence may end, with what stands on both sides."""

    language: str
    before: str  # the sentence so far, its last characters
    after: str
    is_apart: bool  # by a blank, or a mark laid aside
    is_small: bool  # the sentence so far begins with a small letter

    @property
    def is_full_stop(self) -> bool:
        """Whether it is one full stop alone."""
        return self.before[-1] == "." and not self.before.endswith("..")

    @cached_property
    def token(self) -> str:
        """What stands between the last blank or bracket and the full stop."""
        return _BREAK.split(self.before[:-1])[-1]

    @cached_property
    def stem(self) -> str:
        """The token without what is tied to it, as in `l'art. 5` and `彼はDr.`."""
        return _EAST_ASIAN.sub("", re.split("['’]", self.token)[-1].lstrip("–-"))

    @cached_property
    def previous(self) -> str:
        """The word before the token."""
        return (self.before[: -len(self.token) - 1].split() or [""])[-1]

    @cached_property
    def word(self) -> str:
        """The next word, without brackets and dashes before it."""
        found = _NEXT.match(self.after)
        return found[1] if found else ""

    @property
    def is_behind_figure(self) -> bool:
        """Whether the word before the token is a figure, or ends with one."""
        return self.previous[-1:].isdecimal()

    @property
    def is_behind_capital(self) -> bool:
        """Whether the word before the sign begins with a capital, whatever blanks and marks are between them."""
        return (self.before[:-1].split() or [""])[-1][:1].isupper()

    @cached_property
    def begins_commonly(self) -> bool:
        """Whether the next word is one that sentences begin with, and not the first half of a name: `Le Pen`."""
        small = self.word.lower()
        following = self.after.partition(self.word)[2].lstrip()
        if len(small) == 1:
            return self.word in _WORDS_OF_ONE_LETTER and following[:1].islower()
        if small not in common_words(self.language):
            return False
        return self.language == "de" or not (small in _PARTICLES and following[:1].isupper())


def ends_sentence(stop: Stop) -> bool | None:
    """Whether a sentence ends there, as the first rule says that knows; None leaves it to sentencex."""
    rules = _RULES
    if not stop.is_apart and stop.before[-1] in ".．":
        rules = _RULES_WITHOUT_BLANK
    elif stop.is_full_stop and stop.word:
        rules = (*_RULES, *_RULES_OF_FULL_STOP)
    return next((judged for rule in rules if (judged := rule(stop)) is not None), None)


def _judge_tied(stop: Stop) -> bool | None:
    """A full stop without its blank: `closed.The` are two sentences, `LL.AA.`, `3.5` and `n.º` are not."""
    token, word, char = stop.token, stop.word, stop.after[0]
    is_plain = stop.before[-1] == "." and "." not in token and "@" not in token and len(token) > 1
    is_word = word[:1].isupper() and (word[1:].islower() or word in _WORDS_OF_ONE_LETTER)
    if is_plain and is_word and stop.after[len(word) : len(word) + 1].isspace():
        is_end = token[-1] in "%)]" or (token.islower() and token.isalpha())
        if is_end or word.lower() in common_words(stop.language):
            return token.lower() not in before_anything(stop.language)
    last = token.rpartition(".")[2]
    is_initial = char.isalpha() and len(last) <= _LONGEST_INITIAL and not _EAST_ASIAN.match(char)  # `कि.मी.`
    return False if char.isdecimal() or char.lower() != char.upper() or char in _TIED or is_initial else None


def _judge_sign(stop: Stop) -> bool | None:
    """A comma, `&`, a bracket with a year, or a dash before a small letter goes on: `— сказал он`."""
    goes_on = _GOES_ON.match(stop.after)
    return False if goes_on and (not goes_on["small"] or goes_on["small"].islower()) else None


def _judge_small_letter(stop: Stop) -> bool | None:
    """A small letter goes on, but says nothing before `iPhone`, or in a text without capitals.

    Behind `!` and `?` it goes on where these may belong to a title: `Jeopardy! host`.
    """
    if not _is_small(stop.word[:1]) or _ADDRESS.match(stop.after):
        return None
    if stop.before[-1] in "!?":
        return False if stop.is_behind_capital and not stop.is_small else None
    return None if stop.is_small and len(stop.token) >= _LEAST_LETTERS else False


def _is_small(char: str) -> bool:
    """Whether it is a small letter; a Georgian one is by Unicode, but begins sentences."""
    return char.islower() and ord(char) not in _GEORGIAN


def _judge_other_script(stop: Stop) -> bool | None:
    """Signs that sentencex does not know; the Thai and the Lao end nothing with a full stop."""
    return True if stop.before[-1] in "។៕෴" else False if _THAI_OR_LAO.search(stop.before) else None


def _judge_ellipsis(stop: Stop) -> bool | None:
    """An ellipsis, or a footnote's sign behind a full stop, ends before a capital; `… I` may go on."""
    if _FOOTNOTE.search(stop.before) or stop.before.endswith(("…", "...")):
        return True if stop.after[0].isupper() and stop.word != "I" else None
    return None


def _judge_clock(stop: Stop) -> bool | None:
    """`8 p.m. Monday` goes on."""
    is_clock = stop.language == "en" and _CLOCK.search(stop.before)
    return False if is_clock and _BEHIND_CLOCK.match(stop.after) else None


def _judge_figure(stop: Stop) -> bool | None:
    """A figure behind the full stop: `No. 5`, `art. 49`, `3. 5. 2020`, `of. Nº 5`."""
    stem, small = stop.stem, stop.stem.lower()
    if not stop.word[0].isdecimal():
        is_word = len(small) > _LEAST_LETTERS or small in common_words(stop.language)
        return False if _NUMBERED.match(stop.after) and not is_word else None
    if stem.isdecimal():
        return False if stop.language in ORDINALS and _ANOTHER_ORDINAL.match(stop.after) else None
    is_month = len(stem) >= _LEAST_OF_MONTH and any(
        name.startswith(small) and name != small for name in months(stop.language)
    )
    if stop.is_behind_figure:
        return False if is_month else None
    is_letter = len(stem) == 1 and stem.isalpha() and (stem.islower() or stop.language != "en")
    is_known = stands_before_figures(stem) or small in before_anything(stop.language)
    is_short = is_letter or is_known or is_without_vowels(stem) or is_indic_abbreviation(stem)
    return False if is_month or is_short else None


def _judge_ordinal(stop: Stop) -> bool | None:
    """A figure before the full stop: `1. FC Köln`, `sein 50. Geburtstag`, `Karel IV. Lucemburský`, `XII. Pál`."""
    if stop.language not in ORDINALS:
        return None
    previous, small = stop.previous.lower(), stop.word.lower()
    if not stop.stem.isdecimal():
        is_name = bool(_ROMAN.fullmatch(stop.token)) and (not previous or stop.previous[0].isupper())
        return False if is_name and not stop.begins_commonly else None
    if any(small.startswith(name) for name in months(stop.language)):
        return False
    if len(stop.stem) > _LONGEST_ORDINAL:
        return None
    # Germans write every noun with a capital; others the 2. World War.
    is_possible = len(stop.stem) == 1 or (stop.language == "de" and previous not in _BEFORE_CARDINAL)
    is_ordinal = not previous or (is_possible and stop.previous[0].islower())
    return False if _BEFORE_ORDINAL.fullmatch(previous) or (is_ordinal and not stop.begins_commonly) else None


def _judge_and_so_on(stop: Stop) -> bool | None:
    """`etc.` and its like end a sentence before a capital; English is sentencex's own."""
    is_known = len(stop.stem) > 1 and stop.stem.lower() in before_anything(stop.language)
    is_last = stop.language != "en" and not is_known and stop.word[0].isupper()
    return True if is_last and _AND_SO_ON.search(stop.before) else None


def _judge_label(stop: Stop) -> bool | None:
    """`plan B. Nobody`, `vitamin C. I know`: a letter that tells one of a kind, and no initial."""
    is_letter = len(stop.token) == 1 and stop.token.isupper() and is_told_by_letter(stop.previous)
    is_begun = len(stop.word) > 1 and stop.word[0].isupper()
    return True if is_letter and (is_begun or stop.begins_commonly) else None


def _judge_unit(stop: Stop) -> bool | None:
    """`at 24 h. No`, `20 руб. Мэр`: a unit behind its number ends, if the sentence is not too short to be one."""
    number = stop.previous.rstrip(".").lower()
    is_amount = stop.is_behind_figure or number in powers_of_ten(stop.language)
    is_opening = len(stop.before.split()) <= _SHORT_OPENING and not stop.begins_commonly
    is_unit = stop.token.islower() and stop.token in units(stop.language)
    if not is_amount or is_opening or not stop.word[0].isupper() or not is_unit:
        return None
    # Others have their own rule for letters, English has none; Germans write what is measured with a capital.
    is_known = stop.token in before_anything(stop.language) or (len(stop.token) == 1) != (stop.language == "en")
    return None if is_known or (stop.language == "de" and not stop.begins_commonly) else True


def _judge_answer(stop: Stop) -> bool | None:
    """`No. Anna left` is an answer, `No. 5` and `No. Nine` are numbers."""
    is_answer = stop.language == "en" and stop.before.strip() == "No."
    return True if is_answer and stop.word[0].isupper() and not vocabulary("en").may_begin(stop.word.lower()) else None


def _judge_street(stop: Stop) -> bool | None:
    """`at 12 Main St. Police came`: behind the number of a house it is a street and no saint."""
    is_street = stop.language == "en" and _HOUSE.search(stop.before)
    return True if is_street and not stop.word.isupper() and stop.word[0].isupper() else None


def _judge_indic(stop: Stop) -> bool | None:
    """`डॉ. शर्मा` goes on."""
    return False if is_indic_abbreviation(stop.stem) else None


def _judge_acronym(stop: Stop) -> bool | None:
    """`م.ت.ف. موقفها`: three letters or more, each with its full stop, go on where there are no capitals to tell."""
    parts = stop.token.split(".")
    is_of_letters = all(sum(unicodedata.category(char) == "Lo" for char in part) == 1 for part in parts)
    return False if is_of_letters and len(parts) >= _LEAST_OF_ACRONYM else None


def _judge_abbreviation(stop: Stop) -> bool | None:
    """`dott. Rossi`, `5 Mio. Euro`, `sec. XV`, and what has no vowel: `mgr Nowak`."""
    stem, small = stop.stem, stop.stem.lower()
    known = before_anything(stop.language)
    if stop.is_behind_figure:
        is_power = small in powers_of_ten(stop.language) and not stop.begins_commonly
        return False if is_power else None
    is_numbered = (small == stem and len(stem) <= _LEAST_LETTERS) or stands_before_figures(stem)
    if is_numbered and _ROMAN.fullmatch(stop.word):
        return False
    # In capitals it is a name, if what follows is not.
    is_written = stem in known or known.issuperset(stem.split("."))
    is_name = len(stem) > 1 and stem.isupper() and not stop.word.isupper() and not is_written
    is_known = is_written or not known.isdisjoint((small, small.rpartition("-")[2]))
    if is_known and not is_name:
        return False
    may_be_short = stem.islower() or stop.language != "en"
    return False if may_be_short and is_without_vowels(stem) and not stop.begins_commonly else None


def _judge_initial(stop: Stop) -> bool | None:
    """One letter or two: `M. Dupont`, `г. Москва`, `DD. HH.`; a unit behind a figure, though, ends: `50 m. El`."""
    stem = stop.stem
    is_tied = stem != stop.token and stem.islower()  # `it's.`
    if stop.language == "en" or is_tied or not _INITIALS.fullmatch(stem) or "\u2e80" <= stem[0] <= "\ud7ff":
        return None
    if stop.is_behind_figure or stop.previous.endswith("/"):
        is_opening = len(stop.before.split()) <= _SHORT_OPENING and not stop.begins_commonly
        return False if _ERA.match(stop.after) or is_opening else stop.word[0].isupper() or None
    return None if stop.begins_commonly else False


def _judge_degree(stop: Stop) -> bool | None:
    """`with M.D. Anderson` goes on: a degree has an article or a name before it."""
    is_name = stop.language == "en" and stop.token in _DEGREES and stop.previous.islower()
    return False if is_name and stop.previous not in _BEFORE_DEGREE and not stop.begins_commonly else None


def _judge_word(stop: Stop) -> bool | None:
    """A word that sentencex may take for an abbreviation: `in May. Police`, `en contra. El`, `is OK. Markets`."""
    stem, small, is_english = stop.stem, stop.stem.lower(), stop.language == "en"
    if not stop.word[0].isupper() or small in before_anything(stop.language):
        return None
    is_word, is_heading = small in months(stop.language), len(stop.word) > 1 and stop.word.isupper()
    if stem.isalpha() and len(stem) > 1 and stem.isupper() and stem not in _ENDING_CAPITALS:
        is_roman = stop.language in ORDINALS and _ROMAN.fullmatch(stem)
        is_word = is_word or not (is_roman or is_heading)
    elif stem.isalpha() and len(stem) > 1 and stem.islower() and not stop.is_behind_figure:
        is_common = small not in _SMALL_IN_ENGLISH if is_english else small in common_words(stop.language)
        is_word = is_word or (is_common and not is_without_vowels(stem))
    if is_word:
        return True
    return True if not is_english and len(stem) > 1 and stop.begins_commonly and not is_heading else None


_Rules = tuple[Callable[[Stop], bool | None], ...]
_RULES: _Rules = (_judge_sign, _judge_small_letter, _judge_other_script, _judge_ellipsis)
_RULES_WITHOUT_BLANK: _Rules = (_judge_sign, _judge_tied)
_RULES_OF_FULL_STOP: _Rules = (
    _judge_clock,
    _judge_figure,
    _judge_label,
    _judge_unit,
    _judge_answer,
    _judge_street,
    _judge_and_so_on,
    _judge_ordinal,
    _judge_indic,
    _judge_acronym,
    _judge_abbreviation,
    _judge_initial,
    _judge_degree,
    _judge_word,
)
