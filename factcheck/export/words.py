"""A page's own words and dates in one language: English as the templates have them, others from gettext catalogues."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from factcheck.domain.page import PageLook
from factcheck.errors import InputError

if TYPE_CHECKING:
    from babel.messages import Message

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
_FILLED = re.compile(r"%%|%\(\w+\)s")  # each value is text, numbers too
_TRIED = 200
_SHIPPED = frozenset({"de"})
ENGLISH = "en"


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """What a page says by itself, in the language of that BCP 47 tag; days and numbers as CLDR writes them there."""

    language: str
    locale: Locale
    catalogue: NullTranslations

    def text(self, message: str, **values: object) -> str:
        """The message in this language, with the values in its places."""
        said = self.catalogue.gettext(message)
        return said % values if values else said

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """The message for that number, which its `%(number)s` stands for."""
        return self.form(one, many, number) % {"number": self.number(number), **values}

    def form(self, one: str, many: str, number: int) -> str:
        """The message for that number, with its places as they are."""
        return self.catalogue.ngettext(one, many, number)

    def day(self, moment: date) -> str:
        """The day, in UTC where it is a moment: `March 1, 2026`."""
        return _day(moment.astimezone(UTC).date() if isinstance(moment, datetime) else moment, self.locale)

    def moment(self, moment: datetime) -> str:
        """The day and the minute in UTC."""
        return _minute(moment, self)

    def number(self, number: int) -> str:
        """The number with its thousands parted."""
        return format_decimal(number, locale=self.locale)

    def listed(self, names: Iterable[str]) -> str:
        """`A, B and C`."""
        return format_list(list(names), locale=self.locale)

    @property
    def direction(self) -> str:
        """`ltr`, or `rtl` where the language is written from right to left."""
        return self.locale.text_direction


def words_for(look: PageLook, *languages: str | None) -> Words:
    """The words in the first of these languages that there is a catalogue for, else in English. Raises InputError."""
    own = _own_words(look.catalogue) if look.catalogue is not None else None
    for language in filter(None, languages):
        if own and _primary(own.language) == _primary(language):
            return own
        if (found := _shipped_words(language)) is not None:
            return found
    return _english(ENGLISH)


def with_catalogue(words: Words, content: bytes, name: str) -> Words:
    """The same language, with a catalogue that is asked first. Raises InputError for one that is broken."""
    translations, _ = _translations(content, f"the catalogue {name}")
    translations.add_fallback(words.catalogue)
    return replace(words, catalogue=translations)


def placeholders(*messages: str | None) -> frozenset[str]:
    """The names of the places that these hold for values."""
    return frozenset(name for one in messages for name in _PLACEHOLDER.findall(one or ""))


@cache
def _shipped_words(language: str) -> Words | None:
    locale = _locale(language)
    if locale is None or locale.language not in _SHIPPED | {ENGLISH}:
        return None
    if locale.language == ENGLISH:
        return _english(language)
    path = files("factcheck.export") / "catalogues" / f"{locale.language}.po"
    return Words(_tag(locale), locale, _translations(path.read_bytes(), f"the catalogue {path.name}")[0])


@cache
def _english(language: str) -> Words:
    locale = _locale(language) or Locale(ENGLISH)
    return Words(_tag(locale), locale, NullTranslations())


@lru_cache(maxsize=2)
def _own_words(content: bytes) -> Words:
    translations, locale = _translations(content, "the catalogue of report.catalogue")
    if locale is None:
        raise InputError("the catalogue of report.catalogue names no language; put a line Language: into its header")
    return Words(_tag(locale), locale, translations)


def _translations(content: bytes, name: str) -> tuple[GNUTranslations, Locale | None]:
    """What a catalogue holds. Raises InputError for one that is broken, or would leave a value out."""
    # Half of what Babel takes to load, and most pages are English.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    try:
        catalogue = read_po(BytesIO(content), abort_invalid=True)
        written = BytesIO()
        write_mo(written, catalogue)
        written.seek(0)
        translations = GNUTranslations(written)
        for number in range(_TRIED):
            translations.ngettext("", "", number)  # by the header's formula, which may divide by nothing
    except (PoFileError, ValueError, LookupError, ArithmeticError, UnknownLocaleError) as error:
        raise InputError(f"{name} is broken: {error}") from error
    for message in catalogue:
        _ensure_fillable(message, name)
    return translations, catalogue.locale


def _ensure_fillable(message: "Message", name: str) -> None:
    """Raise InputError for a translation that leaves a value out of its places, or has none for them."""
    ids, strings = (one if isinstance(one, tuple | list) else (one,) for one in (message.id, message.string))
    if not message.id:
        return
    told, where = placeholders(*ids), f"{name} is broken in line {message.lineno}"
    if placeholders(*strings) - told:
        raise InputError(f"{where}: it holds places that {ids[0]!r} has no values for")
    # What holds no place is printed as it stands.
    if (told or message.pluralizable) and any("%" in _FILLED.sub("", one or "") for one in strings):
        raise InputError(
            f"{where}: it cannot be filled; write %(name)s for a value of {ids[0]!r}, and %% for a percent sign"
        )


def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def _tag(locale: Locale) -> str:
    return str(locale).replace("_", "-")


def _primary(language: str) -> str:
    return re.split("[-_]", language)[0].lower()


@lru_cache(maxsize=1024)
def _day(day: date, locale: Locale) -> str:
    return format_date(day, "long", locale=locale)


@lru_cache(maxsize=4096)
def _minute(moment: datetime, words: Words) -> str:
    return f"{words.day(moment)}, {moment.astimezone(UTC):%H:%M} UTC"
