"""What the parsing of one file or page may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParsingLimits:
    """Seconds of processor time, and megabytes of memory beyond what the parsers themselves take."""

    seconds: float = 10.0
    megabytes: int = 500

    def __post_init__(self) -> None:
        """Raise ValueError for a bound that nothing could keep to."""
        if not (0 < self.seconds <= 3600 and 0 < self.megabytes <= 1_000_000):  # noqa: PLR2004 - an hour, a terabyte
            raise ValueError("parsing takes up to 3600 seconds and 1 to 1000000 megabytes")
