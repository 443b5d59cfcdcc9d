import codecs

import pytest

from factcheck.errors import EncodingError, SourceError
from factcheck.intake.plain import as_text

WORDS = "Le café – “fermé”\n"


def test_text_is_taken_for_utf8() -> None:
    assert as_text(WORDS.encode(), "a.txt") == WORDS


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF8 + WORDS.encode(),
        codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + WORDS.encode("utf-32-be"),
    ],
)
def test_byte_order_mark_names_encoding(content: bytes) -> None:
    assert as_text(content, "a.txt") == WORDS


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "utf8"])
def test_named_encoding_keeps_no_mark(encoding: str) -> None:
    assert as_text(codecs.BOM_UTF8 + WORDS.encode(), "a.txt", encoding) == WORDS


def test_encoding_can_be_named() -> None:
    assert as_text(WORDS.encode("cp1252"), "a.txt", "cp1252") == WORDS


def test_named_encoding_beats_utf8() -> None:
    assert as_text("é".encode(), "a.txt", "latin-1") == "Ã©"


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "base64"])
def test_unknown_encoding_is_refused(encoding: str) -> None:
    with pytest.raises(EncodingError, match=f"'{encoding}' is not an encoding that Python knows$"):
        as_text(b"The dam held.", "a.txt", encoding)


def test_other_bytes_need_their_encoding() -> None:
    with pytest.raises(EncodingError, match=r"'a\.txt' is not utf-8 text; it fits cp1252"):
        as_text(WORDS.encode("cp1252"), "a.txt")


def test_wrong_encoding_is_named_back() -> None:
    with pytest.raises(SourceError, match=r"'a\.txt' is not ascii text"):
        as_text(WORDS.encode(), "a.txt", "ascii")


def test_broken_utf16_is_refused() -> None:
    with pytest.raises(SourceError, match=r"'a\.txt' is not utf-16 text"):
        as_text(codecs.BOM_UTF16_LE + b"T\0h", "a.txt")


@pytest.mark.parametrize("content", [b"PK\x03\x04\0\0", b"The dam\0held."])
def test_binary_file_is_refused(content: bytes) -> None:
    with pytest.raises(SourceError, match=r"'a\.txt' is a binary file"):
        as_text(content, "a.txt")


def test_line_ends_become_line_feeds() -> None:
    assert as_text(b"one\r\ntwo\rthree\n\r\nfour", "a.txt") == "one\ntwo\nthree\n\nfour"
