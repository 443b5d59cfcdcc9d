"""The encoding of a page: its byte order mark, what the user, the server and the page say, and then a guess."""

import codecs
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import name as name_of

from factcheck.errors import EncodingError

_log = logging.getLogger(__name__)

# UTF-32 before UTF-16, whose mark begins like it.
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    **dict.fromkeys((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE), "utf-32"),
    **dict.fromkeys((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE), "utf-16"),
}
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
"""What browsers read where a name is given, since pages use the wider set under the narrower name (WHATWG Encoding)."""

_NEVER = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf-7"})
"""No page is written in these, and some take an hour over a megabyte."""

_META = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.+-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.+-]{1,40})")
_GUESSED = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "iso8859_2",
    "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "koi8_r", "koi8_u", "cp932", "euc-jp", "gb18030", "big5hkscs",
    "cp949", "utf_8", "mac_roman",
)  # fmt: skip
"""The encodings that pages are written in (WHATWG Encoding), without those that anything fits.

ISO 8859-15 is left out: the few letters in which it differs from cp1252 are signs there that texts have, too.
"""

_ESCAPES = {b"\x1b$B": "iso2022_jp_ext", b"\x1b$@": "iso2022_jp_ext", b"\x1b$)C": "iso2022_kr"}
_TAG = re.compile(rb"<[^<>]*>")
_CONTROL = re.compile("[\0-\x08\x0e-\x1f]")  # no text has them, and most other files do
_HALF = re.compile("[\ud800-\udfff]")
_BROKEN = "\ufffd"
_HEAD = 4096  # bytes; the standard looks for a page's own word within the first 1,024
_SAMPLE = 50_000  # bytes
_LEAST_WIDE = 0.3  # of one half of the bytes are zero where letters of UTF-16 are mostly those of ASCII
_LEAST_LETTERS = 8  # by which UTF-16 is known
_MOST_BROKEN = 0.001
_FEW = 20  # letters that are right for each that is lost
_MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page, the name of its encoding, and whether characters were lost that it cannot read."""

    text: str
    encoding: str
    is_lossy: bool = False


def decoded_page(content: bytes, source: str, named: str | None = None, header: str | None = None) -> Decoded:
    """The page as text: the first encoding that it fits, or where it fits none, the first that was named, with U+FFFD.

    `named` is the user's word and `header` the server's. A guess is logged as a warning. Raises EncodingError if the
    user names no encoding that Python knows. How much may be lost, `refuse_broken` says.
    """
    if named is not None and _codec(named) is None:
        raise EncodingError(f"{named!r} is not an encoding that Python knows")
    candidates = list(dict.fromkeys(_candidates(content, named, header)))
    for encoding in candidates:
        try:
            return Decoded(_storable(content.decode(encoding)), encoding)
        except UnicodeError:
            continue
    if candidates:
        return Decoded(_storable(content.decode(candidates[0], "replace")), candidates[0], is_lossy=True)
    guess = next(iter(fitting(content)), None)
    if guess is None:
        return Decoded(content.decode("utf-8", "replace"), "utf-8", is_lossy=True)
    _log.warning("%r names no encoding; it is read as %s, which is a guess", source, guess)
    return Decoded(_storable(content.decode(guess, "replace")), guess)


def marked(content: bytes) -> str | None:
    """The encoding that a byte order mark tells."""
    return next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)


def told_fitting(content: bytes) -> str:
    """Which encodings the content fits, for an error; "" if it fits none."""
    names = ", ".join(fitting(content)[:_MOST_NAMES])
    return names and f"it fits {names}"


def refuse_broken(text: str, page: Decoded, content: bytes, source: str) -> None:
    """Raise EncodingError if more than a thousandth of the text is lost, with the encodings that the page fits."""
    lost = text.count(_BROKEN)
    if page.is_lossy and lost > _MOST_BROKEN * len(text):
        raise EncodingError(
            f"{source!r} is not {page.encoding} text: {lost:,} of its {len(text):,} characters cannot be read; "
            f"{told_fitting(content) or 'it fits no other encoding'}"
        )


def unmarked(content: bytes) -> str | None:
    """UTF-16 without its mark, or one of the encodings of ISO 2022, which nothing else looks like; else None."""
    head = content[:_HEAD]
    if content.isascii() and b"\x1b$" in content:
        return next((name for escape, name in _ESCAPES.items() if escape in content and fits(content, name)), None)
    half = len(head) // 2
    if half < _LEAST_LETTERS:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    for name, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > _LEAST_WIDE * half and others <= zeros // 20 and fits(content, name):
            return None if _CONTROL.search(content[: 2 * half].decode(name, "ignore")) else name
    # A script of its own has few zeros, but those of figures and line ends. Read the wrong way round these are none.
    wide = ("utf-16-le", "utf-16-be") if even or odd else ()
    found = [one for one in wide if fits(content, one) and _is_written(content[: 2 * half].decode(one, "ignore"))]
    return found[0] if len(found) == 1 else None


def _is_written(text: str) -> bool:
    """Whether every character is one that is written, which hardly any file is by chance that is no text."""
    return all(one.isprintable() or one.isspace() for one in text) and not _CONTROL.search(text)


def fitting(content: bytes) -> list[str]:
    """The encodings that the content can be read in, the likeliest first, by chardet."""
    from chardet import detect_all  # noqa: PLC0415 - loads with the first page that needs it

    # Its words alone: tags are ASCII, and make every encoding look likely. None of the encodings that are guessed
    # puts a bracket into a letter.
    words = _TAG.sub(b" ", content)
    parts = [part for part in re.split(rb"[\r\n]+| {2,}", words) if not part.isascii()]
    sample = b"\n".join(parts)[:_SAMPLE] if parts else words[:_SAMPLE]
    found = detect_all(
        sample, ignore_threshold=True, include_encodings=_GUESSED, prefer_superset=True, compat_names=False
    )
    names = [name for one in found if one["encoding"] and (name := meant(one["encoding"])) and fits(content, name)]
    names.sort(key=lambda name: _mixes_scripts(sample.decode(name, "replace")))
    # Where the letters are the same in either, the one that most of the web is written in.
    alike = [one for one in names if content.decode(one) == content.decode(names[0])]
    best = [one for one in ("cp1252", "cp1251") if one in alike]
    return list(dict.fromkeys(best[:1] + names))


def _mixes_scripts(text: str) -> bool:
    """Whether most letters beyond ASCII are of another script and within Latin words, as no language is written."""
    letters = [at for at, one in enumerate(text) if one.isalpha() and not one.isascii()]
    foreign = [at for at in letters if not name_of(text[at], "").startswith("LATIN")]
    beside = sum(any("A" <= one.upper() <= "Z" for one in text[max(at - 1, 0) : at + 2]) for at in foreign)
    return 2 * beside > len(letters)


def _candidates(content: bytes, named: str | None, header: str | None) -> Iterator[str]:
    if mark := marked(content):
        yield mark
    if named is not None:
        yield named
        return
    # Many pages of UTF-8 are named otherwise, and no text of another encoding looks like it.
    if not content.isascii() and b"\0" not in content and fits(content, "utf-8"):
        yield "utf-8"
    if wide := unmarked(content):
        yield wide
    head = content[:_HEAD]
    said = [header, *(match[1].decode() for match in (_XML.match(head), _META.search(head)) if match)]
    names = [meant(one) for one in said if one]
    # A page that could say that it is UTF-16 in ASCII is not.
    yield from (one for one in names if one and (b"\0" in content or not one.startswith(("utf-16", "utf-32"))))
    if content.isascii() or _is_mostly_utf8(content):
        yield "utf-8"


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether nearly all letters beyond ASCII are those of UTF-8: some pages are cut within one."""
    text = content.decode("utf-8", "replace")
    lost = text.count(_BROKEN)
    return lost * _FEW <= sum(not one.isascii() for one in text) - lost


def _codec(name: str) -> str | None:
    """The name that Python gives it; None for what is no encoding of text."""
    try:
        b"".decode(name)
        return codecs.lookup(name).name
    except (LookupError, UnicodeError, ValueError):
        return None


def meant(name: str) -> str | None:
    """The encoding that a page or a server means by a name; None where none is."""
    codec = _codec(name) or _codec(name.lower().removeprefix("x-"))
    return None if codec is None or codec in _NEVER else _MEANT.get(codec, codec)


def fits(content: bytes, encoding: str) -> bool:
    """Whether every byte of the content means something in the encoding."""
    try:
        content.decode(encoding)
    except (LookupError, UnicodeError):
        return False
    return True


def _storable(text: str) -> str:
    """Without halves of characters, which some encodings can spell and nothing can store."""
    return _HALF.sub(_BROKEN, text)
