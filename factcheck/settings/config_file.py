"""The form of factcheck.toml, as workflow/README.md shows it; it loads pydantic, so only where there is a file."""

from enum import Enum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from factcheck.domain.claim import Flag
from factcheck.domain.evidence import is_web_address
from factcheck.domain.extraction import ServiceTier
from factcheck.domain.identity import IdentityClaim, ProviderSettings
from factcheck.domain.lookup import LookSettings
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


class JobsTable(Table):
    """When periodic jobs are done, by cron expressions; what is not named is not done."""

    evidence: str | None = None
    batches: str | None = None
    watch: str | None = None


class Known(Table):
    """Where `factcheck known search` looks besides what was imported; the key comes from the environment alone."""

    google: bool = False


def _web_address(value: str) -> str:
    if not is_web_address(value.replace("{claim}", "x").replace("{language}", "en")):
        raise ValueError("write an address that begins with http:// or https://, without a password")
    return value


def _with_claim(value: str) -> str:
    if "{claim}" not in value:
        raise ValueError("write {claim} where the claim is to stand")
    return _web_address(value)


_Address = Annotated[str, AfterValidator(_web_address)]


class OidcTable(Table):
    """As ProviderSettings in the domain; the secret comes from the environment or from a file of its own."""

    issuer: _Address
    client_id: str
    claim: Annotated[IdentityClaim, _one_of(IdentityClaim, *IdentityClaim)] = IdentityClaim.EMAIL
    people: dict[str, str] = Field(default={})
    secret_file: str | None = None

    def settings(self) -> ProviderSettings:
        """What it says."""
        return ProviderSettings(self.issuer, self.client_id, self.claim, self.people)


class WebTable(Table):
    """The desk in a browser: where it is reached, the file of its key, and by what people log in."""

    address: _Address | None = None
    key: str | None = None
    passwords: bool = True
    oidc: OidcTable | None = None


class Look(Table):
    """As LookSettings in the domain."""

    sources: list[str] | None = None
    searxng: _Address | None = None
    wikipedia: _Address | None = None
    open: list[Annotated[str, AfterValidator(_with_claim)]] = Field(default=[])

    def settings(self) -> LookSettings:
        """What it says, and the usual for the rest."""
        usual = LookSettings()
        sources = usual.sources if self.sources is None else tuple(self.sources)
        return LookSettings(sources, self.searxng, self.wikipedia or usual.wikipedia, tuple(self.open))


class Parsing(Table):
    """As ParsingLimits in the domain."""

    seconds: float = 10.0
    megabytes: int = 500


class AlreadyChecked(Table):
    """When a past verdict is shown as old, and the model that tells how near claims are; an empty one is the usual."""

    old_after_days: int = Field(default=365, ge=0, le=36_500)
    model: str = ""


class ConfigFile(Table):
    """The whole file."""

    scale: str | None = None
    scales: list[str] = Field(default=[])
    lease_minutes: int | None = None
    service_tier: Annotated[ServiceTier | None, _one_of(ServiceTier, *ServiceTier)] = None
    split_compounds: bool = True
    roles: bool = False
    heads_file: str | None = None
    second_reading: SecondReading = SecondReading()
    sign_off: SignOff = SignOff()
    queue: QueueTable = QueueTable()
    publisher: PublisherTable | None = None
    report: ReportTable = ReportTable()
    fetch: Fetch = Fetch()
    watch: Watch = Watch()
    jobs: JobsTable = JobsTable()
    known: Known = Known()
    look: Look = Look()
    parsing: Parsing = Parsing()
    already_checked: AlreadyChecked = AlreadyChecked()
    web: WebTable = WebTable()
    keys: dict[str, str] = Field(default={})
