"""Who publishes the verdicts, as the config file says it."""

from dataclasses import dataclass

from factcheck.domain.claimreview_rules import is_absolute, is_on_domain
from factcheck.errors import InputError

_PLACES = ("{id}", "{uid}")


@dataclass(frozen=True, slots=True)
class Publisher:
    """The newsroom. `claim_url_pattern` holds `{id}` or `{uid}` in the place of a claim's own.

    `language` is the BCP 47 tag of what the newsroom writes; `licence` is the address of the
    licence of its structured data. Raises InputError for what no aggregator could use.
    """

    name: str
    url: str
    claim_url_pattern: str
    logo: str | None = None
    corrections_policy: str | None = None
    methodology: str | None = None
    language: str | None = None
    licence: str | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            message = f"publisher.name is {self.name!r}; say who publishes the fact checks"
            raise InputError(message)
        for key in ("url", "claim_url_pattern", "logo", "corrections_policy", "methodology", "licence"):
            self._require_address(key)
        if not any(place in self.claim_url_pattern for place in _PLACES):
            message = f"publisher.claim_url_pattern is {self.claim_url_pattern!r}; put {{id}} or {{uid}} into it"
            raise InputError(message)
        if not is_on_domain(self.claim_url(1, "0"), self.url):
            message = (
                f"publisher.claim_url_pattern {self.claim_url_pattern!r} is not on the domain of {self.url!r}; "
                "aggregators take fact checks from the publisher's own domain only"
            )
            raise InputError(message)

    def claim_url(self, claim_id: int, uid: str) -> str:
        """The address of the page about a claim."""
        return self.claim_url_pattern.replace("{id}", str(claim_id)).replace("{uid}", uid).strip()

    def _require_address(self, key: str) -> None:
        value = getattr(self, key)
        address = self.claim_url(1, "0") if key == "claim_url_pattern" else value
        if address is not None and not is_absolute(address):
            message = f"publisher.{key} is {value!r}; give the whole address, with https://"
            raise InputError(message)
