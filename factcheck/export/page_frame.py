"""What all pages are made with: the templates in a page's language, its style, its script and its policy."""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from factcheck.domain.evidence import Stance, is_web_address
from factcheck.domain.page import ArticleShown, PageLook
from factcheck.export import claim_lines, reader_words
from factcheck.export.highlights import Place, in_blocks
from factcheck.export.tones import TONES, word_of
from factcheck.export.visible import visible
from factcheck.export.words import Words

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_TEMPLATES = files("factcheck.export") / "templates"
_BDI, _END_BDI, _CODE, _END_CODE = map(Markup, ("<bdi>", "</bdi>", "<code>", "</code>"))


@dataclass(frozen=True)
class Frame:
    """The style and the script that a page carries inside, and the policy that lets nothing else in."""

    look: PageLook
    has_filter: bool = False

    @cached_property
    def styles(self) -> list[Markup]:
        """The style sheets, in the order in which they hold."""
        own = [template_file("report.css"), _accents(self.look), self.look.style or ""]
        return [Markup(one) for one in own if one]  # noqa: S704 - the package's own, and the newsroom's without "</"

    @cached_property
    def script(self) -> Markup | None:
        """The filter, for pages of many claims."""
        return Markup(template_file("report.js")) if self.has_filter else None  # noqa: S704 - the package's own file

    @cached_property
    def policy(self) -> str:
        """The page's Content-Security-Policy."""
        style = " ".join(map(_hash_source, self.styles))
        script = f"; script-src {_hash_source(self.script)}" if self.script else ""
        picture = "; img-src data:" if self.look.logo else ""
        return f"default-src 'none'; style-src {style}{script}{picture}; base-uri 'none'; form-action 'none'"

    @cached_property
    def site_policy(self) -> str:
        """The policy of a page of a site, whose style and search are files beside it."""
        picture = " data:" if self.look.logo else ""
        return f"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'{picture}; base-uri 'none'"

    @property
    def site_files(self) -> list[tuple[str, str]]:
        """The style sheet and the search that the pages of a site share."""
        return [("style.css", "\n".join(self.styles)), ("search.js", template_file("search.js"))]

    @cached_property
    def logo(self) -> str | None:
        """The logo as an address that holds it."""
        logo = self.look.logo
        return f"data:{logo.media_type};base64,{base64.b64encode(logo.content).decode()}" if logo else None


@cache
def environment(words: Words) -> Environment:
    """The templates, speaking that language."""
    made = Environment(
        loader=PackageLoader("factcheck.export"),
        autoescape=True,
        # What the template itself has made stays as it is.
        finalize=lambda one: visible(one) if isinstance(one, str) and not isinstance(one, Markup) else one,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"language_tag": language_tag, "claims_of": claims_of}
    made.globals |= _speaking(words) | {
        "words": words,
        "web_link": web_link,
        "in_blocks": in_blocks,
        "word": word_of,
        "tones": TONES,
        "stances": tuple(Stance),
        "ArticleShown": ArticleShown,
        "claim_lines": claim_lines,
        **{name: getattr(reader_words, name) for name in _TABLES},
    }
    return made


_TABLES = ("ANCHORS", "CREDITS", "KINDS", "LOOKS", "QUOTES", "SENTENCES", "STANCES", "TRACES", "UNSURE")


def _speaking(words: Words) -> dict[str, Any]:
    """What templates call to say something. Values are escaped, what is markup already stays."""
    plain = cache(lambda message: escape(words.text(message)))

    def say(message: str, **values: object) -> Markup:
        said = plain(message)
        return said % {name: _shown(value) for name, value in values.items()} if values else said

    counted = cache(lambda one, many, number: escape(words.count(one, many, number)))
    form = cache(lambda one, many, number: escape(words.form(one, many, number)))

    def say_count(one: str, many: str, number: int, **values: object) -> Markup:
        if not values:
            return counted(one, many, number)
        shown = {name: _shown(value) for name, value in values.items()}
        return form(one, many, number) % {"number": words.number(number), **shown}

    return {
        "_": say,
        "ngettext": say_count,
        "day": lambda moment: _time(moment, words.day(moment)),
        "minute": lambda moment: _time(moment, words.moment(moment)),
        "day_of": lambda told: day_of(told, words),
        "outcome": lambda claim: reader_words.outcome_name(words, claim),
        "label": lambda label: reader_words.label_name(words, label),
        "changed_labels": lambda one: reader_words.changed_labels(words, one),
        "meaning": lambda tone: reader_words.tone_meaning(words, tone),
        "definition": lambda masthead, verdict: reader_words.definition(words, masthead, verdict),
        "people": lambda names: Markup(words.listed(map(bdi, names))),  # noqa: S704 - each name is escaped
        "bdi": bdi,
        "code": lambda text: _CODE + visible(text) + _END_CODE,
    }


def bdi(text: object) -> Markup:
    """Foreign words within the page's own, whichever way they are written."""
    # Added, not formatted: a page of 500 claims has ten thousand of them.
    return _BDI + visible(str(text)) + _END_BDI


def day_of(told: str, words: Words) -> Markup:
    """A day as somebody has written it down; in the page's language where it is one of ISO 8601."""
    try:
        return _time(day := date.fromisoformat(told), words.day(day))
    except ValueError:
        return bdi(told)


def _shown(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@lru_cache(maxsize=4096)
def _time(moment: date, shown: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), shown)


def web_link(url: str | None) -> str | None:
    """The address if it is one that a reader may be sent to, else None."""
    return url if url and is_web_address(url) else None


def language_tag(language: str | None) -> str | None:
    """The language if it has the form of a tag, else None."""
    return language if language and _LANGUAGE_TAG.fullmatch(language) else None


def claims_of(places: Iterable[Place]) -> str:
    """The numbers of the claims of these places, each once, as an attribute's words."""
    return " ".join(dict.fromkeys(str(place.claim.id) for place in places))


def _accents(look: PageLook) -> str:
    light = f":root{{--accent:{look.accent}}}" if look.accent else ""
    dark = look.accent_dark or look.accent
    return light + (f"@media(prefers-color-scheme:dark){{:root{{--accent:{dark}}}}}" if dark else "")


def _hash_source(content: str) -> str:
    """What Content-Security-Policy calls a hash-source: it lets this text run, or style the page, and no other."""
    return f"'sha256-{base64.b64encode(sha256(content.encode()).digest()).decode()}'"


@cache
def template_file(name: str) -> str:
    """A file that stands beside the templates."""
    return (_TEMPLATES / name).read_text("utf-8")
