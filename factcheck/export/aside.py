"""Text that is written before its place in a report has come."""

from codecs import iterdecode
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Self

_IN_MEMORY = 4 * 1024 * 1024  # bytes
_PIECE = 64 * 1024  # bytes


class Aside:
    """What a report says at its top is known when its last claim has passed by; what stands below waits here till then.

    A large report would not fit into memory, and a second look at the desk might find another one: between the two
    somebody may have signed a claim off. Beyond some megabytes the text goes to a file without a name.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile[bytes](_IN_MEMORY)

    def write(self, text: str) -> None:
        """Add to what is kept."""
        self._file.write(text.encode("utf-8", "surrogatepass"))

    def pieces(self) -> Iterator[str]:
        """All that was kept, once, in the order in which it came."""
        self._file.seek(0)
        return iterdecode(iter(lambda: self._file.read(_PIECE), b""), "utf-8", "surrogatepass")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
