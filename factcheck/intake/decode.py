"""Bytes to text, without guessing: offsets must mean the same on every machine."""

import codecs

from factcheck.errors import EncodingError, SourceError

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_WITH_NULS = ("utf-16", "utf-32")


def as_text(content: bytes, source: str, encoding: str | None = None) -> str:
    """The text of a file: UTF-8, what its byte order mark says, or the named encoding.

    Every line ends in a line feed. Raises SourceError for binary content and unknown encodings.
    """
    chosen = encoding or next((name for mark, name in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        if b"\0" in content and not codecs.lookup(chosen).name.startswith(_WITH_NULS):
            message = f"{source!r} is a binary file; give the article as text, Markdown or HTML"
            raise SourceError(message)
        text = content.decode(chosen)
        text.encode()  # some encodings can spell halves of characters, which nothing can store
    except LookupError as error:
        message = f"{encoding!r} is not an encoding that Python knows"
        raise EncodingError(message) from error
    except UnicodeError as error:
        message = f"{source!r} is not {chosen} text"
        raise EncodingError(message) from error
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
