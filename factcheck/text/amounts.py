"""A number with what it is counted in, how often, and which way: `by 5 million Canadian dollars a year`.

Units are those of English, German, Dutch and Romance languages; the same word is none of another unit in another one.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from factcheck.text.folding import fold, words
from factcheck.text.keeping import kept_of_short
from factcheck.text.numbers import placed_numbers
from factcheck.text.opposites import MOVES, key

MOST_AMOUNTS = 100
NEAR = 60
"""Characters around a number that are looked at."""

_UNITS = {
    form: listed.split()[0].replace("_", " ")
    for listed in map(fold, (
        "dollar dollars usd dólar dólares dollari", "euro euros eur", "pound pounds gbp", "yen", "yuan renminbi",
        "rupee rupees", "franc francs franken franchi", "rouble roubles ruble rubles rubel", "peso pesos", "real reais",
        "krona kronor krone kroner", "shekel shekels", "lira",
        "mile miles mi", """kilometre kilometres kilometer kilometers km kilómetro kilómetros kilomètre kilomètres
        chilometro chilometri quilômetro quilômetros quilómetros""",
        "metre metres meter meters m metro metros mètre mètres metri",
        "centimetre centimetres centimeter centimeters cm", "millimetre millimetres millimeter millimeters mm",
        "foot feet ft", "yard yards", "inch inches", "knot knots",
        "tonne tonnes ton tons tonnen tonelada toneladas tonnellata tonnellate", "kilogram kilograms kilo kilos kg",
        "gram grams", "milligram milligrams mg", "ounce ounces", "carat carats", "bushel bushels",
        "acre acres", "hectare hectares ha hektar hectárea hectáreas ettaro ettari",
        "litre litres liter liters litro litros", "hectolitre hectolitres hectoliter hectoliters hl hektoliter",
        "millilitre millilitres milliliter milliliters ml", "gallon gallons", "barrel barrels", "pint pints",
        "percent prozent procent", """point points punkt punkte punkten prozentpunkt prozentpunkte prozentpunkten punto
        puntos punti ponto pontos procentpunt procentpunten procentpuntje""",
        "second seconds sekunde sekunden segundo segundos seconde secondes secondi",
        "minute minutes minuten minuto minutos minuti", "hour hours stunde stunden hora horas heure heures ore uur",
        "day days tag tage tagen día días jour jours giorno giorni dia dias dagen",
        "week weeks woche wochen semana semanas semaine semaines settimana settimane weken",
        "month months monat monate monaten mes meses mois mese mesi maand maanden",
        "year years jahr jahre jahren año años ans année années anno anni ano anos jaar",
        "decade decades", "century centuries", "watt watts", "kilowatt kilowatts kw", "megawatt megawatts mw",
        "gigawatt gigawatts gw", "terawatt terawatts tw", "volt volts", "calorie calories",
        "kilocalorie kilocalories kcal",
        "celsius", "fahrenheit", "square_metre sqm quadratmeter quadratmetern", "cubic_metre kubikmeter kubikmetern",
        "square_kilometre sqkm quadratkilometer quadratkilometern", "square_foot sqft",
    ))
    for form in listed.split()
}  # fmt: skip
_SIGNS = {
    "° c": "celsius",
    "°c": "celsius",
    "° f": "fahrenheit",
    "°f": "fahrenheit",
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "₹": "rupee",
    "%": "percent",
}
_COUNTRIES = """
    us american canadian australian new\\szealand hong\\skong singapore taiwan jamaican bermudian fijian namibian
    liberian swiss cfa cfp congolese rwandan mexican argentine argentinian chilean colombian cuban philippine uruguayan
    indian pakistani nepalese indonesian mauritian turkish syrian egyptian lebanese sudanese
    swedish danish norwegian icelandic czech
"""
"""Of whose dollars, francs, pounds, crowns, rupees a text speaks."""
_WORD = r"[a-z\u0300-\u036f]+"
_SCALES = fold(
    "million|millions|billion|billions|trillion|thousand|hundred|millionen|milliarde|milliarden|mio|mrd|tausend|millón"
    "|millones|mil|milliard|milliards|mille|milione|milioni|miliardo|miliardi|mila|milhão|milhões|bilhão|bilhões|miljoen"
    "|miljard|duizend"
)
_KINDS = {
    form: f"{listed.split()[0]} "
    for listed in map(fold, (
        "square sq vierkante 2 cuadrados carrés quadrati quadrados", "cubic cu kubieke 3 cúbicos cubes cubi",
        "nautical", "light",
    ))
    for form in listed.split()
}  # fmt: skip
_KINDS_BEFORE, _KINDS_BEHIND = "square|sq|vierkante|cubic|cu|kubieke|nautical|light", "|".join(sorted(_KINDS))
_UNIT_BEHIND = re.compile(
    r"(?:\s?(?P<sign>[$€£¥₹%]|° ?[cf]\b)"
    rf"|[\s-](?:(?:{_SCALES}|degrees?|de|di|d)[\s'-]){{0,4}}(?:(?P<country>{'|'.join(_COUNTRIES.split())})[\s-])?"
    rf"(?:(?P<kind>{_KINDS_BEFORE})\.?[\s-])?"
    rf"(?P<unit>per\s?cent(?:age\s+points?)?|p(?:or|our|er)\s+c(?:i?ento?)|{_WORD})"
    rf"(?:(?P<power>[23])(?!\w)|\s(?P<told>{_KINDS_BEHIND})\b)?)"
)
_SIGN_BEFORE = re.compile(r"(?P<sign>[$€£¥₹])\s?$")
_PERIODS = {
    "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "annually": "year", "yearly": "year",
}  # fmt: skip
_RATE_BEHIND = re.compile(
    r"(?:\s+[a-z]+){0,3}?\s+(?:(?:an?|per|each|every|the)\s+(?P<period>second|minute|hour|day|night|week|month|quarter|year"
    r"|decade)\b(?!\s+(?:ago|earlier|later|before|after|old|in))|(?P<adverb>daily|weekly|monthly|quarterly|annually|yearly))"
)
_YEAR = re.compile(r"1[5-9]\d\d|2[01]\d\d")
_STEPS = {
    "en": {one: one for one in words("by to from since until till before after in through during")},
    "de": {"um": "by", "auf": "to"},
    "es": {"hasta": "to", "a": "to", "al": "to"},
    "fr": {"à": "to"},
    "it": {"a": "to", "al": "to", "all": "to", "fino": "to"},
    "pt": {"para": "to", "até": "to"},
    "nl": {"naar": "to", "tot": "to"},
}  # fmt: skip
_STEPS = {language: {fold(one): way for one, way in known.items()} for language, known in _STEPS.items()}
_BEHIND_MOVES = frozenset(words("of de d di del dell en em met um by"))
"""`subió en 3 puntos`, `a rise of 3 points`: behind a verb or noun of change the number is what it came to more."""
_ABOUT = frozenset(words("""
    about around nearly almost some over just early late the mid end more than rund etwa fast knapp mehr als gut un une
    una uns unos unas el la los las le les casi más de que environ presque près plus circa quasi oltre più cerca mais
    ongeveer bijna ruim o os
"""))  # fmt: skip
_TOKEN = re.compile(rf"{_WORD}|\d+|[,;:.!?()]")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what it is counted in, how often, and what stands before it; each may be empty.

    `country` is that of its currency, `place` where it begins and ends in the folded text.
    """

    written: str
    readings: frozenset[Decimal]
    unit: str
    country: str
    period: str
    before: str
    is_year: bool
    place: tuple[int, int] = (0, 0)


@kept_of_short
def amounts(text: str, language: str | None = None) -> tuple[Amount, ...]:
    """The numbers of a text that are surely such, read in its language."""
    folded, found = fold(text), []
    for number, at, end in placed_numbers(folded, language):
        if not number.readings or not number.is_sure:
            continue
        before, behind = folded[max(0, at - NEAR) : at], folded[end : end + NEAR]
        is_year = bool(_YEAR.fullmatch(number.written))
        unit, country = ("", "") if is_year else _unit(before, behind)
        rate = _RATE_BEHIND.match(behind) if unit else None
        period = (rate["period"] or _PERIODS[rate["adverb"]]) if rate else ""
        found.append(Amount(number.written, number.readings, unit, country, period, before, is_year, (at, end)))
    return tuple(found[:MOST_AMOUNTS])


def _unit(before: str, behind: str) -> tuple[str, str]:
    """What a number is counted in, and of which country that currency is."""
    if sign := _SIGN_BEFORE.search(before):
        return _SIGNS[sign["sign"]], ""
    found = _UNIT_BEHIND.match(behind)
    if not found:
        return "", ""
    if found["sign"]:
        return _SIGNS[found["sign"]], ""
    unit = found["unit"]
    if re.match(r"p(?:er|or|our)\s?c", unit):
        return "point" if "age" in unit else "percent", ""
    unit = _UNITS.get(unit, "")
    kind = _KINDS.get(found["kind"] or found["power"] or found["told"], "")
    return unit and kind + unit, found["country"] or ""


def way(amount: Amount, language: str | None) -> str:
    """The English word that says which way a number goes, as `by` and `to`; empty where none does.

    Right behind a verb of change a number is what something changed by: `rose 3 percent`.
    """
    steps = _STEPS.get((language or "en").split("-")[0].lower(), {})
    found = _TOKEN.findall(amount.before.rstrip("$€£¥₹ "))[::-1]
    while found and found[0] not in steps and (found[0] in _ABOUT or found[:2] == ["of", "end"]):
        found = found[1:]
    if not found:
        return ""
    first, *rest = found
    if first in steps:
        return steps[first]
    moved = first if first not in _BEHIND_MOVES else next(iter(rest), "")
    return "by" if key(moved) in MOVES and not amount.is_year else ""
