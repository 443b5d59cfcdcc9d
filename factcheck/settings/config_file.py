"""The form of factcheck.toml, as workflow/README.md shows it; it loads pydantic, so only where there is a file."""

from enum import Enum
from typing import Annotated

from pydantic import BeforeValidator, Field

from factcheck.domain.claim import Flag
from factcheck.domain.extraction import ServiceTier
from factcheck.domain.page import ArticleShown
from factcheck.domain.sign_off import Requirement
from factcheck.domain.states import Stage
from factcheck.toml_files import Table


def _one_of(kind: type[Enum], *names: str) -> BeforeValidator:
    """Reads one of these names, which stand for the members of an enum in their order."""
    known = dict(zip(names, kind, strict=True))

    def read(name: object) -> Enum:
        if name not in known:
            raise ValueError(f"there is no such name; there are {', '.join(names)}")
        return known[str(name)]

    return BeforeValidator(read)


class SecondReading(Table):
    """As SecondReadingRules in the domain."""

    labels: list[str] = Field(default=[])
    flags: list[Annotated[Flag, _one_of(Flag, *Flag)]] = Field(default=[])
    editor_flag: bool = False
    sample: float = 0.0


class SignOff(Table):
    """As SignOffRules in the domain."""

    require: list[Annotated[Requirement, _one_of(Requirement, *Requirement)]] | None = None


class QueueTable(Table):
    """The order in which readings are handed out; those that are not named come last."""

    order: list[Annotated[Stage, _one_of(Stage, "first", "second", "adjudication")]] | None = None


class PublisherTable(Table):
    """As Publisher in the domain."""

    name: str
    url: str
    claim_url_pattern: str
    logo: str | None = None
    corrections_policy: str | None = None
    methodology: str | None = None
    language: str | None = None
    licence: str | None = None


class ReportTable(Table):
    """As PageLook in the domain, with paths in the place of what stands in the files."""

    article: Annotated[ArticleShown, _one_of(ArticleShown, *ArticleShown)] = ArticleShown.EXCERPTS
    logo: str | None = None
    accent: str | None = None
    accent_dark: str | None = None
    stylesheet: str | None = None
    method: str | None = None
    catalogue: str | None = None
    template: str | None = None


class Fetch(Table):
    """How articles and evidence are fetched; an empty `archive_save` asks no archive."""

    allow_private: bool = False
    archive_save: str = ""
    robots: bool = True
    pause: float = Field(default=1.0, ge=0, le=3600)


class Watch(Table):
    """What `factcheck watch` looks at where nothing else is named."""

    sources: list[str] = Field(default=[])


class Parsing(Table):
    """As ParsingLimits in the domain."""

    seconds: float = 10.0
    megabytes: int = 500


class ConfigFile(Table):
    """The whole file."""

    scale: str | None = None
    scales: list[str] = Field(default=[])
    lease_minutes: int | None = None
    service_tier: Annotated[ServiceTier | None, _one_of(ServiceTier, *ServiceTier)] = None
    roles: bool = False
    heads_file: str | None = None
    second_reading: SecondReading = SecondReading()
    sign_off: SignOff = SignOff()
    queue: QueueTable = QueueTable()
    publisher: PublisherTable | None = None
    report: ReportTable = ReportTable()
    fetch: Fetch = Fetch()
    watch: Watch = Watch()
    parsing: Parsing = Parsing()
    keys: dict[str, str] = Field(default={})
