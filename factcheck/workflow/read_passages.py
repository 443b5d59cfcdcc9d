"""Let a model say what the passages of a look-up do to the claim: suggestions, apart from any person's stance."""

from dataclasses import dataclass, field, replace

from factcheck.domain.cost import Estimate, Price, dollars
from factcheck.domain.extraction import Usage
from factcheck.domain.lookup import Lookup
from factcheck.errors import BudgetReachedError, ConflictError, UnknownPriceError
from factcheck.workflow.lookup_ports import Lookups, PassageReader
from factcheck.workflow.review_claim import Desk


@dataclass(slots=True)
class Spending:
    """What the calls have cost, and the limit in dollars that they keep; None for no limit, or no known price."""

    price: Price | None = None
    limit: float | None = None
    spent: float = 0.0
    usage: Usage = field(default_factory=Usage)

    def begin(self, estimate: Estimate) -> float:
        """The most that a call can cost, which may begin. Raises BudgetReachedError."""
        if self.price is None:
            return 0.0
        most = self.price.at_most(estimate)
        if self.limit is not None and self.spent + most > self.limit:
            spent, limit, next_call = dollars(self.spent), dollars(self.limit), dollars(most)
            told = f"budget of {limit} reached: {spent} is spent, and the next call can cost {next_call}"
            raise BudgetReachedError(f"{told}; what was read is kept")
        return most

    def end(self, usage: Usage, most: float) -> None:
        """Count a call with its price; one whose tokens nobody told with the most that it can cost."""
        self.usage += usage
        price = self.price.of(usage) if self.price else 0.0
        self.spent += most if price is None else price


def read_passages(desk: Desk, lookups: Lookups, number: int, reader: PassageReader, spending: Spending) -> Lookup:
    """The claim's last look-up with what a model says of each of its passages that none has read; it is kept.

    What was read is kept whatever becomes of the rest. Raises NotFoundError, ConflictError if nothing was looked up,
    UnknownPriceError, BudgetReachedError, and ModelError where no call can work.
    """
    claim = desk.queue.claim(number, desk.clock())
    found = lookups.last(number)
    if spending.limit is not None and spending.price is None:
        raise UnknownPriceError(f"a budget needs a price, and none is known for {reader.name!r}")
    if found is None or not any(found.numbered()):
        raise ConflictError(f"no passage was looked up for claim {number} that could be read")
    unread = [(at, one.quote) for at, _, one in found.numbered() if one.reading is None]
    read = found
    try:
        for at, quote in unread:
            most = spending.begin(reader.estimate(claim.words, quote))
            told = reader.read(claim.words, quote)
            spending.end(told.usage, most)
            read = read.read(at, told.reading, told.relies_on)
    finally:
        if read is not found:
            read = replace(read, read_by=tuple(dict.fromkeys((*read.read_by, reader.name))))
            lookups.tell(read)
    return read
