"""What a use case that looks things up takes: the ports of one open database, with the clock."""

from dataclasses import dataclass

from factcheck.workflow.ports import Clock, Ledger, Log, PastVerdicts, People, Queue, Statistics


@dataclass(frozen=True, slots=True)
class Stores:
    """One open database. `location` is what to call it, with no password in it."""

    ledger: Ledger
    queue: Queue
    people: People
    log: Log
    statistics: Statistics
    past_verdicts: PastVerdicts
    location: str
    clock: Clock
