"""Countries by what they and their people are called: `Denmark` and `Danish`, `the U.S.` and `American`.

Names of countries and of languages are CLDR's. A people mostly bears its language's name, and where both
names begin with one letter it surely does: `Danish` is of Denmark, `Hindi` is of no country here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import takewhile

from factcheck.text.folding import fold, plain_letters

_OF_ONE_LETTER_ANYWAY = {"nl": "NL", "pt": "PT", "my": "MM"}
# `Austrian German`: what is left without `German` are the people of a country.
_WITH_ANOTHER_LANGUAGE = (
    ("de", "AT"), ("en", "AU"), ("en", "CA"), ("en", "GB"), ("en", "US"), ("es", "MX"), ("fr", "CH"), ("pt", "BR"),
)  # fmt: skip
_MORE_OF_ENGLISH = {
    "US": "us|usa|america", "GB": "uk|britain|great britain|briton|britons|brit|brits", "AE": "uae|emirati|emiratis",
    "NL": "holland", "CY": "cypriot|cypriots", "NE": "nigerien|nigeriens", "KP": "dprk",
    "TR": "turkey|turk|turks", "CZ": "czech republic", "CI": "ivory coast|ivorian|cote",
    "MM": "burma|myanmar", "SZ": "swaziland|swazi|swazis", "MK": "macedonia",
    "PS": "palestine|palestinian|palestinians", "HK": "hong kong", "SA": "saudi",
    "CV": "cape verde|cabo verde|cape verdean|cabo verdean", "TL": "east timor", "VA": "vatican|holy see",
    "PH": "filipino|filipinos|philippine",
    "CD": "congo|congolese", "CG": "congo|congolese", "DK": "dane|danes", "SE": "swede|swedes", "FI": "finn|finns",
    "ES": "spaniard|spaniards", "PL": "pole|poles", "ENG": "england|english", "SCT": "scotland|scottish|scots",
    "WLS": "wales|welsh", "EU": "eu|european union",
}  # fmt: skip
_MORE_EVERYWHERE = {"US": "usa"}
_MORE_OF_OTHERS = {
    "es": {"US": "ee uu|eeuu", "UN": "onu"}, "pt": {"US": "eua", "UN": "onu"}, "gl": {"US": "eeuu", "UN": "onu"},
    "ca": {"US": "eua|eeuu", "UN": "onu"}, "fr": {"UN": "onu"}, "it": {"UN": "onu"}, "ro": {"UN": "onu"},
    "de": {"UN": "un|uno|vereinten nationen"},
    "nl": {"UN": "vn"}, "sv": {"UN": "fn"}, "da": {"UN": "fn"}, "nb": {"UN": "fn"},
}  # fmt: skip
_PEOPLES_ENDINGS = tuple(
    "an ans n ns ian ians ean eans ese ish i is ic ine ines ite ites ot ots er ers egian egians vian vians".split()  # noqa: SIM905
)
_NOT_COMPARED = re.compile(r"[\u0300-\u036f.']")  # accents, too
_ROOT = 4
_REMEMBERED = 4096  # names: an article says most of its own more than once
_LONGEST_REST = 5  # `istan`


@lru_cache(_REMEMBERED)
def countries(name: str, language: str) -> frozenset[str]:
    """The countries that a bare name, or a people's, may mean in a language, as ISO 3166 has them."""
    names = _names(language)
    if found := names.get(name):
        return found
    if language == "en" and (found := names.get(name.removesuffix("s"))):
        return found  # `Slovaks`
    return _by_root(name) if language == "en" else frozenset()


@cache
def _names(language: str) -> Mapping[str, frozenset[str]]:
    """The names of one language; they are loaded when the first name of an article is in doubt."""
    found: dict[str, set[str]] = {}
    for name, country in _named(language):
        bare = plain_letters(_NOT_COMPARED.sub("", fold(name).replace("-", " ")))
        found.setdefault(bare, set()).add(country)
    return {name: frozenset(several) for name, several in found.items()}


def _named(language: str) -> Iterator[tuple[str, str]]:
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return
    territories = {code: name for code, name in locale.territories.items() if code.isalpha()}
    yield from ((name, code) for code, name in territories.items())
    likely = get_global("likely_subtags")
    for code, name in locale.languages.items():
        country = _OF_ONE_LETTER_ANYWAY.get(code) or str(likely.get(code, "")).rpartition("_")[2]
        is_peoples = code in _OF_ONE_LETTER_ANYWAY or fold(name)[:1] == fold(territories.get(country, "-"))[:1]
        if len(code) == 2 and is_peoples:  # noqa: PLR2004 - longer codes are of small languages
            yield name, country
    for code, country in _WITH_ANOTHER_LANGUAGE:
        spoken = str(locale.languages.get(code, "")).split()
        both = str(locale.languages.get(f"{code}_{country}", "")).split()
        yield " ".join(word for word in both if word not in spoken), country
    more = _MORE_OF_ENGLISH if language == "en" else _MORE_OF_OTHERS.get(language, {})
    for listed in (_MORE_EVERYWHERE, more):
        yield from ((name, country) for country, names in listed.items() for name in names.split("|"))


@cache
def _by_beginning() -> Mapping[str, Sequence[str]]:
    """The English names of one word by their first letters."""
    found: dict[str, list[str]] = {}
    for country in _names("en"):
        if " " not in country:
            found.setdefault(country[:_ROOT], []).append(country)
    return found


def _by_root(name: str) -> frozenset[str]:
    """The country whose name begins as its people's does: `Belgian` is nearest to `Belgium`."""
    nearest, found = 0, frozenset[str]()
    for country in _by_beginning().get(name[:_ROOT], ()) if len(name) >= _ROOT else ():
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(name, country, strict=False)))
        is_people = name[shared:] in _PEOPLES_ENDINGS and len(country) - shared <= _LONGEST_REST
        if shared > nearest and is_people:
            nearest, found = shared, _names("en")[country]
    return found
