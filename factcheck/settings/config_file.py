"""The form of factcheck.toml, as workflow/README.md shows it; it loads pydantic, so only where there is a file."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from factcheck.domain.claim import Flag
from factcheck.toml_files import Table


class SecondReading(Table):
    """As SecondReadingRules in the domain."""

    labels: list[str] = Field(default=[])
    flags: list[Annotated[Flag, BeforeValidator(Flag)]] = Field(default=[])
    editor_flag: bool = False
    sample: float = 0.0


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


class Fetch(Table):
    """How articles and evidence are fetched; an empty `archive_save` asks no archive."""

    allow_private: bool = False
    archive_save: str = ""


class ConfigFile(Table):
    """The whole file."""

    scale: str | None = None
    scales: list[str] = Field(default=[])
    lease_minutes: int | None = None
    roles: bool = False
    second_reading: SecondReading = SecondReading()
    publisher: PublisherTable | None = None
    fetch: Fetch = Fetch()
    keys: dict[str, str] = Field(default={})
