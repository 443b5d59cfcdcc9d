"""Who publishes the verdicts, as the config file says it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Publisher:
    """The newsroom. `claim_url_pattern` holds `{id}` or `{uid}` in the place of a claim's own."""

    name: str
    url: str
    claim_url_pattern: str
    logo: str | None = None
    corrections_policy: str | None = None
    methodology: str | None = None
    language: str | None = None
