"""The number words of many languages, from the libraries that know them, for `factcheck/text/number_words.json`.

    pip install babel icu-rbnf num2words number-parser simplemma
    PYTHONPATH=. python tests/tables/number_words.py

CLDR (in Babel) has the scales with their plurals and abbreviations and the decimal sign, simplemma the cases of the
scales, num2words the words up to a thousand, or where it lacks the language ICU with CLDR's rules, number-parser their
other genders and Hindi's. All are asked here, once for each of their versions, so that reading a number needs none.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from babel import Locale
from icu_rbnf import spellout
from num2words import num2words
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from factcheck.text.folding import fold

TABLE = Path(__file__).parents[2] / "factcheck" / "text" / "number_words.json"
# Where a word stands for two numbers, the first language that has it decides.
LANGUAGES = (
    "en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "fi", "pl", "ru", "uk", "cs", "sk", "sl", "hr", "sr",
    "bs", "be", "bg", "mk", "el", "hu", "ro", "ca", "gl", "eu", "et", "lv", "lt", "is", "sq", "tr", "az", "kk", "id",
    "ms", "fil", "vi", "af", "ar", "fa", "ur", "he", "hi", "mr", "bn", "pa", "gu", "ta", "te", "kn", "ml", "ne", "si",
    "th", "hy", "ka", "am", "ko",
)  # fmt: skip
REGIONS = {"en": "en_IN", "pt": "pt_PT"}
SPOKEN = frozenset(
    (
        "en",
        "de",
        "fr",
        "es",
        "pt",
        "it",
        "nl",
        "sv",
        "da",
        "nb",
        "fi",
        "pl",
        "cs",
        "sk",
        "ru",
        "uk",
        "hu",
        "ro",
        "ca",
        "tr",
        "id",
        "vi",
        "bn",
        "ar",
        "fa",
        "he",
        "sr",
        "sl",
        "lt",
        "lv",
        "is",
    )
)
# By CLDR's rules, which num2words has not, or not rightly.
SPELLED = frozenset(("af", "az", "bg", "bs", "el", "et", "gu", "hr", "hy", "ka", "mk", "ms", "ne", "sq", "ta"))
UNSEEN = re.compile("[\u00ad\u200b]")
# Other forms of those words, by what their endings become.
FORMS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "bg": (
        (r"([аи])йсет\b", r"\1десет"), (r"шейсет\b", "шестдесет"), (r"четиресет\b", "четиридесет"),
        (r"две$", "два"), (r"едно$", "един"), (r"едно$", "една"),
    ),
    "el": (
        (r"όσια$", "όσιοι"), (r"όσια$", "όσιες"), (r"τρία$", "τρεις"), ("δεκατρεις", "δεκατρείς"),
        (r"τέσσερα$", "τέσσερις"), (r"τέσσερα$", "τέσσερεις"), ("εννενήντα", "ενενήντα"), (r"επτά$", "εφτά"),
        (r"οκτώ$", "οχτώ"), (r"εννέα$", "εννιά"), (r"εκατό$", "εκατόν"),
    ),
}  # fmt: skip
OTHER_GENDERS = frozenset(("es", "pt", "pt-PT", "ru", "uk", "fr", "it", "hi"))
WITH_ORDINALS = frozenset(("en", "de", "fr", "es", "pt", "it", "nl", "sv", "pl", "ru", "uk", "tr"))
LEAST_LETTERS = 2  # a lone letter is a unit as often as a scale
HUNDRED = 2
MILLION = 6
OFTEN = 5  # of the eight words for 200 to 900
# Those whose scales change their endings, by the names of their dictionaries.
DECLINED = {
    "bg": "bg", "bs": "hbs", "cs": "cs", "da": "da", "el": "el", "et": "et", "fi": "fi", "hr": "hbs",
    "hu": "hu", "hy": "hy", "is": "is", "ka": "ka", "lt": "lt", "lv": "lv", "mk": "mk", "nb": "nb", "pl": "pl",
    "ro": "ro", "ru": "ru", "sk": "sk", "sl": "sl", "sr": "hbs", "sv": "sv", "tr": "tr", "uk": "uk",
}  # fmt: skip
STEM = 4  # letters
# Of these the small numbers' cases are told by those dictionaries, too, without what else begins so: `pěje`, he sings.
WITH_CASES = {"bg": "", "cs": "pě(?!ti$)", "el": "", "hr": "", "lt": "", "lv": "", "pl": "", "sk": "", "uk": ""}
# What the libraries lack: abbreviations of newspapers, the lakh and crore of southern India, and halves.
MORE_SCALES: Mapping[str, Mapping[str, int]] = {
    "en": {"millions": 6, "billions": 9, "trillions": 12, "milliards": 9, "lakhs": 5, "lac": 5, "lacs": 5, "crores": 7,
           "mn": 6, "mln": 6, "bn": 9, "bln": 9, "tn": 12, "trn": 12},
    "de": {"tsd": 3},
    "fr": {"milliers": 3, "mds": 9, "mrd": 9},
    "nl": {"mio": 6, "mrd": 9},
    "ar": {"مليارات": 9, "ألفا": 3, "مليونا": 6},
    "ta": {"லட்சம்": 5, "கோடி": 7},
    "te": {"వేల": 3, "లక్ష": 5, "లక్షలు": 5, "లక్షల": 5, "కోటి": 7, "కోట్లు": 7, "కోట్ల": 7},
    "kn": {"ಲಕ್ಷ": 5, "ಕೋಟಿ": 7},
    "ml": {"ലക്ഷം": 5, "കോടി": 7},
    "si": {"ලක්ෂ": 5, "කෝටි": 7},
}  # fmt: skip
HALVES = {
    "en": "half one-half", "de": "halb halbe halben halbes halber einhalb", "fr": "demi demie", "es": "medio media",
    "pt": "meio meia", "it": "mezzo mezza", "ca": "mig mitja",
    "nl": "half halve enhalf eenhalf eneenhalf ënhalf een-half een-halve",
    "sv": "halv halvt halva en-halv ett-halvt", "da": "halv halvt halve en-halv et-halvt",
    "nb": "halv halvt halve en-halv et-halvt", "cs": "půl", "sk": "pol", "uk": "пів з-половиною", "tr": "buçuk yarım",
    "pl": "pół", "ru": "пол с-половиной", "fi": "puoli",
}  # fmt: skip
ONE_AND_A_HALF = {
    "sv": "en-och-en-halv ett-och-ett-halvt", "cs": "jeden-a-půl", "sk": "jeden-a-pol",
    "de": "anderthalb", "nl": "anderhalf anderhalve", "da": "halvanden halvandet", "nb": "halvannen", "pl": "półtora",
    "ru": "полтора полторы полутора", "uk": "півтора", "hu": "másfél", "fi": "puolitoista",
    "tr": "bir-buçuk", "hi": "डेढ़", "bn": "দেড়", "ur": "ڈیڑھ",
}  # fmt: skip
TWO_AND_A_HALF = {"hi": "ढाई", "bn": "আড়াই", "ur": "ڈھائی"}
# What is told before the number that it is added to.
AHEAD: Mapping[str, Mapping[str, float]] = {
    "hi": {"साढ़े": 0.5, "सवा": 0.25, "पौने": -0.25}, "bn": {"সাড়ে": 0.5, "সোয়া": 0.25, "পৌনে": -0.25},
}  # fmt: skip
MORE_POINTS = {"es": "coma", "it": "virgola"}
ELSEWHERE = {"fr": ("fr_CH", "fr_BE")}  # `nonante`


def main() -> int:
    """Write the table, one language a line."""
    rows = (f'"{language}": {json.dumps(row(language), ensure_ascii=False)}' for language in LANGUAGES)
    TABLE.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
    return 0


def row(language: str) -> dict[str, Any]:
    """What the table says of one language, as texts are folded."""
    locales = [Locale.parse(one) for one in (language, REGIONS.get(language)) if one]
    joined = re.search(r"\{0\}\s*(\S+?)\s*\{1\}", locales[0].list_patterns["standard"]["2"])
    scales = {word: power for locale in reversed(locales) for word, power in scales_of(locale)}
    words: dict[str, float] = {}
    if language in SPOKEN | SPELLED:
        spoken = {number: in_words(number, language) for number in (*range(100), *range(100, 1000, 100))}
        more = multipliers(language, spoken)
        # Hundreds of CLDR are kept whole: not each of those languages has its words read in parts.
        made = () if language in SPELLED else tuple(word for word, power in more.items() if power == HUNDRED)
        words = {word: number for number, word in spoken.items() if not word.endswith(made)}
        words |= dict(before_scales(language, more))
        words |= {in_words(number, one): number for one in ELSEWHERE.get(language, ()) for number in range(70, 100)}
        for ending, other in FORMS.get(language, ()):
            words |= {re.sub(ending, other, word): number for word, number in words.items()}
        words |= {word: number for word, number in cases(language, words) if word not in words | scales}
        scales |= more
    words |= of_other_kinds(language)
    for module in (language, f"{language}-{language.upper()}"):
        if module in OTHER_GENDERS:
            words |= {word: value for word, value in inflected(module) if word not in words | scales}
    words |= dict.fromkeys(HALVES.get(language, "").split(), 0.5)
    words |= dict.fromkeys(ONE_AND_A_HALF.get(language, "").split(), 1.5)
    words |= dict.fromkeys(TWO_AND_A_HALF.get(language, "").split(), 2.5)
    found: dict[str, Any] = {
        "decimal": locales[0].number_symbols["latn"]["decimal"],
        "and": [joined[1]] if joined else [],
        "scales": scales | dict(MORE_SCALES.get(language, {})),
        "words": words,
    }
    found["declined"] = {word: power for word, power in declined(language, scales) if word not in found["scales"]}
    found |= {
        "one": singular(locales[0]),
        "points": [*points(language), *MORE_POINTS.get(language, "").split()],
        "ahead": dict(AHEAD.get(language, {})),
    }
    if language in WITH_ORDINALS:
        found["ordinals"] = dict(ordinals(language))
        # Portuguese counts its weekdays: `quarta-feira`.
        days = locales[0].days["format"]["wide"].values()
        if counted := [day for day in days if "-" in day and day.split("-")[0] in found["ordinals"]]:
            found["days"] = counted
    return {key: folded(value) for key, value in found.items()}


def of_other_kinds(language: str) -> dict[str, float]:
    """The words that a language has besides: Hebrew's masculine, and Korea's own numbers."""
    if language == "he":
        hows = ({"construct": False}, {"construct": True})
        return {num2words(number, lang="he", gender="m", **how): number for how in hows for number in range(1, 100)}
    if language == "ko":
        # Ordinals are told in Korea's own numbers, cardinals in Chinese ones, which are read sign by sign.
        return {in_words(number, language, to="ordinal").removesuffix(" 번째"): number for number in range(2, 100)}
    return {}


def folded(value: Any) -> Any:
    """The words of a row as they are compared: folded, and with blanks for hyphens."""
    if isinstance(value, dict):
        return {folded(word): number for word, number in value.items()}
    return [folded(one) for one in value] if isinstance(value, list) else fold(str(value).replace("-", " "))


def in_words(number: int | Decimal, language: str, to: str = "cardinal") -> str:
    """A number in the words of num2words, or by the rules of CLDR."""
    if language in SPELLED:
        return UNSEEN.sub("", spellout(number if isinstance(number, int) else float(number), language))
    return str(num2words(number, lang="no" if language == "nb" else language, to=to)).strip()


def scales_of(locale: Locale) -> Iterator[tuple[str, int]]:
    """The words that follow figures, each with its power of ten; those of several words are read word by word."""
    for forms in locale.compact_decimal_formats.values():
        for patterns in forms.values():
            for power, pattern in patterns.items():
                written = pattern.pattern.split(";")[0]
                word = re.sub(r"[0'.\u200e\u200f॰]", "", written).replace("\u202f", " ").strip("\u00a0 -")
                # `जलधि` ends in a vowel sign, which Python counts to no word.
                if len(word) >= LEAST_LETTERS and not re.search(r"[\s\u00a0\d]", word):
                    yield word, len(power) - max(1, written.count("0"))


def singular(locale: Locale) -> list[str]:
    """The scales of a million and more in the form for one thing, where it is no other's: `миллион`."""
    words: dict[str, set[str]] = {}
    for plural, patterns in locale.compact_decimal_formats["long"].items():
        for power, pattern in patterns.items():
            if len(power) > MILLION:
                words.setdefault(plural, set()).add(re.sub(r"[0'.\s\u00a0]", "", pattern.pattern))
    others = {word for plural, found in words.items() if plural != "one" for word in found}
    return sorted(word for word in words.get("one", set()) - others if word.isalpha())


def points(language: str) -> Iterator[str]:
    """The word for the decimal sign: `point`, `Komma`."""
    if language in SPOKEN | SPELLED:
        told = in_words(Decimal("2.5"), language).split()
        if told[0] == in_words(2, language) and told[2:] == [in_words(5, language)]:
            yield told[1]


def before_scales(language: str, more: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Other forms of the digits before a scale that is written in one with them: `két` of `kétszáz`."""
    for count in range(2, 10):
        for scale, power in more.items():
            told = in_words(count * 10**power, language)
            if told.endswith(scale) and told[: -len(scale)].isalpha():
                yield told[: -len(scale)], count


def declined(language: str, scales: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """The other cases of the scales that are whole words: `milijonus`, `миллионами`."""
    if language not in DECLINED:
        return
    entries = DefaultDictionaryFactory().get_dictionary(DECLINED[language])
    whole = {word: power for word, power in scales.items() if len(word) > STEM and power > HUNDRED}
    bases = {base: power for word, power in whole.items() for base in (word, entries.get(word, word))}
    for form, base in entries.items():
        power = bases.get(base)
        stem = folded(form)[:STEM]
        if power and form.isalpha() and len(form) > STEM and any(folded(word).startswith(stem) for word in whole):
            yield form, power


def cases(language: str, words: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """The other cases and genders of number words: `pięciu`, `dvou`, `keturios`."""
    if language not in WITH_CASES:
        return
    known = {folded(word): number for word, number in words.items() if word.isalpha() and number > 1}
    other = WITH_CASES[language]
    for form, base in DefaultDictionaryFactory().get_dictionary(DECLINED[language]).items():
        number = known.get(folded(base))
        is_case = form.isalpha() and form.islower() and form[0] == base[0] and folded(form) not in known
        if number and is_case and not (other and re.match(other, form)):
            yield form, number


def multipliers(language: str, spoken: Mapping[int, str]) -> dict[str, int]:
    """The words that multiply by a hundred or a thousand, told by what several of their multiples share."""
    found: dict[str, int] = {}
    for power, least in ((HUNDRED, OFTEN), (3, 1)):
        rests = Counter(
            in_words(count * 10**power, language).removeprefix(spoken[count]).strip(" -")
            for count in range(2, 10)
            if in_words(count * 10**power, language).startswith(spoken[count])
        )
        shared = [word for word, count in rests.items() if count >= least and word and " " not in word]
        alone = in_words(10**power, language).removeprefix(spoken[1]).strip(" -")
        if shared:
            found |= dict.fromkeys([*shared, *([alone] if " " not in alone else [])], power)
    return found


def inflected(module: str) -> Iterator[tuple[str, int]]:
    """The words that number-parser knows, with their genders and cases."""
    known = import_module(f"number_parser.data.{module}").info
    for kind in ("UNIT_NUMBERS", "DIRECT_NUMBERS", "TENS", "HUNDREDS"):
        yield from known[kind].items()


def ordinals(language: str) -> Iterator[tuple[str, int]]:
    """The ordinals up to 99, with their feminine and their endings where these follow a rule."""
    for number in range(1, 100):
        word = in_words(number, language, to="ordinal")
        endings = {"de": ("", "r", "n", "s", "m")}.get(language, ("",))
        yield from ((word + ending, number) for ending in endings)
        if language in {"es", "pt", "it"}:
            yield re.sub(r"o\b", "a", word), number


if __name__ == "__main__":
    sys.exit(main())
