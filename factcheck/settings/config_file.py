"""The config file's form. It loads pydantic, so it is imported only where there is a file.

scale = "truth-5"                  # the desk's rating scale
scales = ["newsroom.toml"]         # further scales; paths from the config file's folder
lease_minutes = 30
roles = false                      # whether people need roles (factcheck people)

[second_reading]                   # which first readings need another
labels = ["false"]
flags = ["unsupported_number"]
editor_flag = true
sample = 0.1                       # of all claims

[publisher]
name = "The Example"
url = "https://example.org/"
claim_url_pattern = "https://example.org/checks/{id}"

[fetch]                            # of articles and evidence
allow_private = false              # true: also private addresses, and any port
archive_save = "https://web.archive.org/save/{url}"

[keys]                             # of the review screen
skip = "space"
"""

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
