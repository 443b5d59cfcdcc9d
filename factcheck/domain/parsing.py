"""What the parsing of one file or page may take."""

from dataclasses import dataclass

_SHORTEST, LONGEST = 1, 3600
_LEAST, _MOST = 200, 1_000_000  # the C library alone sets 128 MB aside for a thread


@dataclass(frozen=True, slots=True)
class ParsingLimits:
    """Seconds of processor time, and megabytes of memory beyond what the parsers themselves take."""

    seconds: float = 10.0
    megabytes: int = 500

    def __post_init__(self) -> None:
        """Raise ValueError for a bound that nothing could keep to."""
        if not (_SHORTEST <= self.seconds <= LONGEST and _LEAST <= self.megabytes <= _MOST):
            raise ValueError(f"parsing takes {_SHORTEST} to {LONGEST} seconds and {_LEAST} to {_MOST} megabytes")
