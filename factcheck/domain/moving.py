"""What was copied from one database to another."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MovedDesk:
    """How many rows of each table were copied, and the last event with its hash, alike on both sides."""

    rows: Mapping[str, int]
    event_id: int
    hash: str
