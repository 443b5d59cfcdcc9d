"""How the published pages look, and what of an article stands on them: the newsroom's choice, from the config file."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import InputError

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


class ArticleShown(StrEnum):
    """How much of the checked article a page republishes."""

    EXCERPTS = "excerpts"
    FULL = "full"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a page carries inside: `media_type` is that of an `<img>`."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A newsroom's own Jinja2 template, the path of its file, and what rendering it may take."""

    source: str
    path: str
    limits: ParsingLimits = field(default_factory=ParsingLimits)


@dataclass(frozen=True, slots=True)
class PageLook:
    """What a newsroom may say of its pages.

    `accent` and `accent_dark` are CSS colours in hex. `style` is a style sheet that comes after the page's own.
    `method` is Markdown: how the newsroom checks, for a page of its site.
    `catalogue` holds a gettext catalogue (.po) of the page's words in another language, `template` is what takes
    the page's place. Raises InputError for what no page could carry.
    """

    article: ArticleShown = ArticleShown.EXCERPTS
    logo: Picture | None = None
    accent: str | None = None
    accent_dark: str | None = None
    style: str | None = None
    catalogue: bytes | None = None
    method: str | None = None
    template: OwnTemplate | None = None

    def __post_init__(self) -> None:
        for name in ("accent", "accent_dark"):
            colour = getattr(self, name)
            if colour is not None and not _COLOUR.fullmatch(colour):
                raise InputError(f"report.{name} is {colour[:40]!r}; give a colour in hex, such as #0b4fa8")
        # It stands inside a style element, which these letters would end.
        if self.style and "</" in self.style:
            raise InputError("the style sheet of report.stylesheet holds '</', which no style sheet needs; take it out")


PLAIN = PageLook()
"""What a newsroom gets that has said nothing."""
