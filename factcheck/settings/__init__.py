"""The one reader of the environment and the config file; the first wins over the second, the command line over both."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from factcheck.domain.extraction import ServiceTier
from factcheck.domain.fields import field_names
from factcheck.domain.identity import ProviderSettings
from factcheck.domain.jobs import PeriodicJob
from factcheck.domain.lookup import LookSettings
from factcheck.domain.page import PageLook
from factcheck.domain.parsing import ParsingLimits
from factcheck.domain.publisher import Publisher
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.sign_off import SignOffRules
from factcheck.domain.states import BLOCKING_FIRST, Stage
from factcheck.errors import ConfigFileError, InputError

DEFAULT_DB = "factcheck.db"
DEFAULT_CONFIG = "factcheck.toml"
DEFAULT_WEB_KEY = "factcheck.key"
DEFAULT_CONCURRENCY = 4
DEFAULT_TIMEOUT = 300
_MOST_MINUTES = 99_999


@dataclass(frozen=True, slots=True)
class PageFiles:
    """The files that published pages are made with; paths are relative to the working folder."""

    logo: str | None = None
    stylesheet: str | None = None
    method: str | None = None
    catalogue: str | None = None
    template: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set from outside. `timeout` is in seconds a try, `pause` in seconds between two pages of a host."""

    db: str = DEFAULT_DB
    model: str | None = None
    reviewer: str | None = None
    lease: timedelta = timedelta(minutes=30)
    concurrency: int = DEFAULT_CONCURRENCY
    timeout: float = DEFAULT_TIMEOUT
    openai_base_url: str | None = None
    prices: str | None = None
    service_tier: ServiceTier | None = None
    split_compounds: bool = True
    allow_private_fetch: bool = False
    archive_save: str | None = None
    robots: bool = True
    pause: float = 1.0
    ask_google: bool = False
    google_key: str | None = field(default=None, repr=False)
    watched: tuple[str, ...] = ()
    periodic: Mapping[PeriodicJob, str] = field(default_factory=lambda: MappingProxyType({}))
    parsing: ParsingLimits = field(default_factory=ParsingLimits)
    look: LookSettings = field(default_factory=LookSettings)
    scale: str = "truth-5"
    scale_files: tuple[str, ...] = ()
    roles: bool = False
    second_reading: SecondReadingRules = field(default_factory=SecondReadingRules)
    sign_off: SignOffRules = field(default_factory=SignOffRules)
    order: tuple[Stage, ...] = BLOCKING_FIRST
    publisher: Publisher | None = None
    page_look: PageLook = field(default_factory=PageLook)
    page_files: PageFiles = field(default_factory=PageFiles)
    heads_file: str | None = None
    config_file: str = DEFAULT_CONFIG
    old_after: timedelta | None = timedelta(days=365)
    alike_model: str | None = None
    web_address: str | None = None
    web_key: str = DEFAULT_WEB_KEY
    web_passwords: bool = True
    oidc: ProviderSettings | None = None
    oidc_secret: str | None = field(default=None, repr=False)
    oidc_secret_file: str | None = None
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def from_environment(cls, db: str | None = None, config: str | None = None) -> Self:
        """Read the environment and the config file: ./factcheck.toml, if there, or another named. Raises InputError."""
        # The config file may make these, too; an empty variable makes none of them.
        readers = {
            "lease": ("FACTCHECK_LEASE_MINUTES", _lease),
            "allow_private_fetch": ("FACTCHECK_ALLOW_PRIVATE_FETCH", _switch),
            "archive_save": ("FACTCHECK_ARCHIVE_SAVE", _pattern),
            "service_tier": ("FACTCHECK_SERVICE_TIER", _tier),
            "split_compounds": ("FACTCHECK_SPLIT_COMPOUNDS", _switch),
        }
        named = config or _text("FACTCHECK_CONFIG")
        made = _from_file(named)
        made |= {key: read(name, value) for key, (name, read) in readers.items() if (value := _text(name))}
        return cls(
            **made,
            db=db or _text("FACTCHECK_DB") or DEFAULT_DB,
            model=_text("FACTCHECK_MODEL"),
            reviewer=_text("FACTCHECK_REVIEWER"),
            openai_base_url=_text("OPENAI_API_BASE") or _text("OPENAI_BASE_URL"),  # LangChain's order
            prices=_text("FACTCHECK_PRICES"),
            google_key=_text("FACTCHECK_GOOGLE_KEY"),
            oidc_secret=_text("FACTCHECK_OIDC_SECRET"),
            config_file=named or DEFAULT_CONFIG,
        )


@dataclass(frozen=True, slots=True)
class Telemetry:
    """Where traces and metrics go, by OpenTelemetry's names of exporters, and what this service is called there."""

    traces: str | None
    metrics: str | None
    service: str | None


def asked_telemetry() -> Telemetry | None:
    """What the OTEL_* variables ask for; None where they ask for nothing."""
    if (_text("OTEL_SDK_DISABLED") or "").lower() == "true":
        return None
    usual = "otlp" if _text("OTEL_EXPORTER_OTLP_ENDPOINT") else None
    named = (_text(f"OTEL_{signal}_EXPORTER") or usual for signal in ("TRACES", "METRICS"))
    traces, metrics = (None if one == "none" else one for one in named)
    return Telemetry(traces, metrics, _text("OTEL_SERVICE_NAME")) if traces or metrics else None


def logs_in_json() -> bool:
    """Whether what is told on stderr is wanted as lines of JSON. Raises InputError."""
    name = "FACTCHECK_LOG"
    value = _text(name) or "words"
    if value not in {"words", "json"}:
        raise InputError(f"{name} is {value[:20]!r}; set it to words, or to json")
    return value == "json"


def _switch(name: str, value: str) -> bool:
    if value not in {"0", "1"}:
        raise InputError(f"{name} is {value[:20]!r}; set it to 1, or to 0")
    return value == "1"


def _lease(name: str, value: str) -> timedelta:
    minutes = int(value) if value.isdecimal() and len(value) <= len(str(_MOST_MINUTES)) else 0
    if not minutes:
        raise InputError(f"{name} is {value[:20]!r}; set it to a whole number of minutes, 1 to {_MOST_MINUTES}")
    return timedelta(minutes=minutes)


def _tier(name: str, value: str) -> ServiceTier:
    if value not in set(ServiceTier):
        raise InputError(f"{name} is {value[:20]!r}; set it to one of {', '.join(ServiceTier)}")
    return ServiceTier(value)


def _from_file(named: str | None) -> dict[str, Any]:
    """The settings that the config file makes; none if there is no file, and none was named."""
    path = Path(named or DEFAULT_CONFIG)
    if named is None and not path.exists():
        return {}
    # Pydantic, which this loads, takes a good 70 ms.
    from factcheck.settings.config_file import ConfigFile  # noqa: PLC0415 - most commands find no config file
    from factcheck.toml_files import read_table, read_toml  # noqa: PLC0415

    try:
        file = read_table(ConfigFile, read_toml(path))
        asked, minutes, oidc = file.second_reading, file.lease_minutes, file.web.oidc
        made = {
            "scale": file.scale,
            "scale_files": tuple(str(path.parent / one) for one in file.scales),
            "lease": None if minutes is None else _lease("lease_minutes", str(minutes)),
            "roles": file.roles,
            "heads_file": file.heads_file and str(path.parent / file.heads_file),
            "service_tier": file.service_tier,
            "split_compounds": file.split_compounds,
            "second_reading": SecondReadingRules(
                frozenset(asked.labels), frozenset(asked.flags), asked.editor_flag, asked.sample
            ),
            "sign_off": None if file.sign_off.require is None else SignOffRules(frozenset(file.sign_off.require)),
            "order": file.queue.order and tuple(dict.fromkeys((*file.queue.order, *BLOCKING_FIRST))),
            "publisher": Publisher(**dict(file.publisher)) if file.publisher else None,
            "page_look": PageLook(file.report.article, accent=file.report.accent, accent_dark=file.report.accent_dark),
            "page_files": PageFiles(
                **{
                    name: str(path.parent / named)
                    for name in field_names(PageFiles)
                    if (named := getattr(file.report, name))
                }
            ),
            "allow_private_fetch": file.fetch.allow_private,
            "robots": file.fetch.robots,
            "pause": file.fetch.pause,
            "ask_google": file.known.google,
            "watched": tuple(file.watch.sources),
            "periodic": MappingProxyType({one: cron for one in PeriodicJob if (cron := getattr(file.jobs, one))}),
            "archive_save": _pattern("fetch.archive_save", file.fetch.archive_save),
            "look": file.look.settings(),
            "parsing": ParsingLimits(**dict(file.parsing)),
            "old_after": timedelta(days=file.already_checked.old_after_days),
            "alike_model": file.already_checked.model or None,
            "web_address": file.web.address,
            "web_key": file.web.key and str(path.parent / file.web.key),
            "web_passwords": file.web.passwords,
            "oidc": oidc and oidc.settings(),
            "oidc_secret_file": str(path.parent / oidc.secret_file) if oidc and oidc.secret_file else None,
            "keys": MappingProxyType(file.keys),
        }
    except OSError as error:
        raise ConfigFileError(f"the config file {str(path)!r} cannot be read: {error.strerror}") from error
    except (ValueError, InputError) as error:
        raise ConfigFileError(f"the config file {str(path)!r} is broken: {error}") from error
    return {name: value for name, value in made.items() if value is not None}


def _pattern(name: str, value: str) -> str | None:
    """An address with a place for another one in it; None if it is empty."""
    if value and ("{url}" not in value or not value.startswith(("http://", "https://"))):
        raise InputError(f"{name} is {value[:80]!r}; set it to an address with {{url}} in it, or to nothing")
    return value or None


def _text(name: str) -> str | None:
    value = os.environ.get(name) or None
    try:
        (value or "").encode()
    except UnicodeEncodeError as error:
        raise InputError(f"{name} is {value!r}, which is not text; set it again") from error
    return value
