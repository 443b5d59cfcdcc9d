"""Webhooks: what another program is told of the desk, signed, and tried again with growing pauses.

It is told that something happened to a claim, and reads the claim itself, as its token may: no label, name or word of
anybody goes out by itself, so that nothing tells a second reader what the first one thinks.

Signed as https://www.standardwebhooks.com/ has it, so that its libraries verify it.
"""

import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self
from urllib.parse import urlsplit

from factcheck.domain.states import Act
from factcheck.errors import InputError

PUBLIC = (Act.PUBLISHED, Act.CORRECTED, Act.WITHDRAWN)
"""What is told unless something else is asked for: what readers see."""
HEARD = (
    *PUBLIC, Act.SIGNED_OFF, Act.REJECTED, Act.DECIDED, Act.FIRST_READ, Act.AGREED, Act.DISPUTED, Act.ADJUDICATED,
    Act.NOT_CHECKABLE,
)  # fmt: skip
"""All that may be asked for."""
PAUSES = (
    *(timedelta(seconds=one) for one in (10, 60, 300, 1_800)),
    *(timedelta(hours=one) for one in (2, 6, 12, 24)),
)
"""So long after each failure it is tried again; after the last one no more."""
SECRET_MARK = "whsec_"  # noqa: S105 - how every secret begins
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a program hears of these acts; `secret` is shared with it. `id` is 0 until it is stored."""

    id: int
    url: str
    acts: tuple[Act, ...]
    added_at: datetime
    added_by: str | None = None
    removed_at: datetime | None = None
    secret: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        unheard = [one.value for one in self.acts if one not in HEARD]
        if unheard or not self.acts:
            raise InputError(f"a webhook hears of some of {', '.join(HEARD)}, not of {', '.join(unheard) or 'nothing'}")


def origin_of(url: str) -> str:
    """What may be told of a webhook's address: its path and query are often what lets somebody in."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one webhook: `key` is alike in every try, by which whoever hears it twice knows that.

    `next_at` is when it is tried next, None once it was sent or given up.
    """

    id: int
    webhook: Webhook
    key: str
    event_id: int
    act: Act
    claim_id: int | None
    at: datetime
    tries: int = 0
    next_at: datetime | None = None
    sent_at: datetime | None = None
    failure: str | None = None

    @property
    def body(self) -> bytes:
        """What is sent: the same bytes in every try."""
        about = {"event": self.event_id, "claim": self.claim_id}
        told = {"type": f"claim.{self.act.value}", "timestamp": self.at.isoformat(), "data": about}
        return json.dumps(told, separators=(",", ":")).encode()

    def headers(self, now: datetime) -> Mapping[str, str]:
        """What goes with it: its key, the moment, and the signature over both and the body."""
        stamp = str(int(now.timestamp()))
        signed = signature(self.webhook.secret, self.key, stamp, self.body)
        named = {"webhook-id": self.key, "webhook-timestamp": stamp, "webhook-signature": signed}
        return {"content-type": "application/json", **named}

    def sent(self, now: datetime) -> Self:
        """The delivery once somebody has taken it."""
        return replace(self, tries=self.tries + 1, sent_at=now, next_at=None, failure=None)

    def failed(self, now: datetime, why: str) -> Self:
        """The delivery after a try that nobody has taken: it is tried again, or given up after the last pause."""
        next_at = now + PAUSES[self.tries] if self.tries < len(PAUSES) else None
        return replace(self, tries=self.tries + 1, next_at=next_at, failure=why[:_SHOWN])


def signature(secret: str, key: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 over `key.stamp.body`, in base64 behind its version."""
    signed = hmac.digest(
        b64decode(secret.removeprefix(SECRET_MARK)), b".".join([key.encode(), stamp.encode(), body]), sha256
    )
    return f"v1,{b64encode(signed).decode()}"
