"""Who publishes the verdicts, as the config file says it."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from factcheck.domain.claimreview_rules import is_absolute, is_on_domain
from factcheck.errors import InputError


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
            raise InputError(f"publisher.name is {self.name!r}; say who publishes the fact checks")
        for key in ("url", "claim_url_pattern", "logo", "corrections_policy", "methodology", "licence"):
            value = getattr(self, key)
            address = self.claim_url(1, "0") if key == "claim_url_pattern" else value
            if address is not None and not is_absolute(address):
                raise InputError(f"publisher.{key} is {value!r}; give the whole address, with https://")
        if not ("{id}" in self.claim_url_pattern or "{uid}" in self.claim_url_pattern):
            message = f"publisher.claim_url_pattern is {self.claim_url_pattern!r}; put {{id}} or {{uid}} into it"
            raise InputError(message)
        if not all(map(_is_file_name, urlsplit(self.claim_url(1, "0")).path.split("/"))):
            message = f"publisher.claim_url_pattern is {self.claim_url_pattern!r}"
            raise InputError(
                f"{message}; take '.', '..', slashes in code, backslashes and control characters out of it"
            )
        if not is_on_domain(self.claim_url(1, "0"), self.url):
            raise InputError(
                f"publisher.claim_url_pattern {self.claim_url_pattern!r} is not on the domain of {self.url!r}; "
                "aggregators take fact checks from the publisher's own domain only"
            )

    def claim_url(self, claim_id: int, uid: str) -> str:
        """The address of the page about a claim."""
        return self.claim_url_pattern.replace("{id}", str(claim_id)).replace("{uid}", uid).strip()


def _is_file_name(part: str) -> bool:
    """Whether a part of an address may name a file or a folder where it stands, and none elsewhere."""
    name = unquote(part)
    return name not in {".", ".."} and not any(char in "/\\\x7f" or char < " " for char in name)
