"""The body of an answer without its packing (gzip, deflate), to its end: what was cut off on its way is no page."""

import zlib
from collections.abc import Iterable, Iterator

import httpx2

_GZIP = frozenset({"gzip", "x-gzip"})
_MAGIC = b"\x1f\x8b"
_PIECE = 1_000_000  # bytes that are unpacked at once
_MOST_LAYERS = 5
_ZLIB, _LEAST_ZLIB = 8, 2  # its method, and the bytes of its head
ACCEPTED = "gzip, deflate"


def unpacked(response: httpx2.Response) -> Iterator[bytes]:
    """The body, piece by piece. Raises httpx2.HTTPError where it is broken or ends early."""
    told = response.headers.get_list("content-encoding", split_commas=True)
    layers = [one for one in (coding.strip().lower() for coding in told) if one not in {"", "identity"}]
    if not layers or len(layers) > _MOST_LAYERS or not _GZIP.union({"deflate"}).issuperset(layers):
        return response.iter_bytes()
    pieces = response.iter_raw()
    for layer in reversed(layers):
        pieces = _Packed(is_gzip=layer in _GZIP).unpacked(pieces)
    return pieces


class _Packed:
    """A stream of zlib: one of gzip may be several, one behind the other; deflate has a head with some servers only."""

    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._stream: zlib._Decompress | None = None
        self._waiting = b""
        self._has_ended = False

    def unpacked(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """What is in the pieces. Raises httpx2.DecodingError."""
        try:
            for piece in pieces:
                self._waiting += piece
                yield from self._read()
            yield from self._read(is_end=True)
        except zlib.error as error:
            raise httpx2.DecodingError(str(error)) from error
        if self._stream is not None and not self._stream.eof:
            raise httpx2.DecodingError("its body ends early, in the middle of what is packed")

    def _read(self, *, is_end: bool = False) -> Iterator[bytes]:
        while self._waiting and not self._has_ended:
            if self._stream is None or self._stream.eof:
                if len(self._waiting) < _LEAST_ZLIB and not is_end:
                    return
                if self._stream is not None and not (self._is_gzip and self._waiting.startswith(_MAGIC)):
                    self._has_ended = True  # what stands behind the end is padding
                    return
                self._stream = zlib.decompressobj(self._window())
            # It may hold back what it has read already, so it is asked until it gives nothing.
            while piece := self._stream.decompress(self._waiting, _PIECE):
                self._waiting = self._stream.unconsumed_tail
                yield piece
            self._waiting = self._stream.unused_data

    def _window(self) -> int:
        if self._is_gzip:
            return zlib.MAX_WBITS | 16
        has_head = self._waiting[0] & 15 == _ZLIB and int.from_bytes(self._waiting[:2]) % 31 == 0
        return zlib.MAX_WBITS if has_head else -zlib.MAX_WBITS
