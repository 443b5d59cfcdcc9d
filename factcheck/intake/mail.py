"""E-mail and saved pages (MHTML): their article, with what the headers tell. Run within bounds."""

import logging
import re
from base64 import b64decode
from dataclasses import replace
from datetime import date, datetime
from email import message_from_bytes
from email.errors import InvalidBase64CharactersDefect, InvalidBase64LengthDefect, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from factcheck.domain.article import Article
from factcheck.errors import EncodingError, SourceError
from factcheck.intake.charset import decoded_page, marked, refuse_broken, unmarked
from factcheck.intake.dates_in_text import day_in
from factcheck.intake.mail_page import joined_page, own_html
from factcheck.intake.mail_parts import MESSAGE, PAGE, OwnParts, own_parts
from factcheck.intake.mail_words import is_passed_on, own_subject
from factcheck.intake.page import article_of_page
from factcheck.intake.plain import article_from_text
from factcheck.intake.replies import Forwarded, own_words, unflowed

_log = logging.getLogger(__name__)

_BROKEN_BASE64 = (InvalidBase64CharactersDefect, InvalidBase64LengthDefect)
_FEW_WORDS = 20  # with which a message passes another one on
_MAX_PARTS = 1_000
_MAX_DEPTH = 30
_SHOWN_NAMES = 5
_MOST_OF_NAME = 100  # characters
_COUNT = re.compile(rb"(\d{1,9}) *\r?\n")  # of bytes, with which Apple's files of messages begin
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_SEVEN_BITS = frozenset({"utf-7", "unicode-1-1-utf-7", "x-unicode-1-1-utf-7"})
_LEAST_SHARE = 0.5  # of the words of the plain text, under which the page's reader has missed the article
_ADDRESSED = re.compile(r"([^<>]{1,300})<[^<>\s]{1,300}@[^<>\s]{1,300}>\s*")
_VIA = re.compile(r"'?(?P<name>.{1,300}?)'? via \S.{0,300}")  # a list, for which it was sent
_CODE = re.compile(r"[A-Za-z0-9+/=]*\s*(?:\n|\Z)")
_OF_THREAD = ("in-reply-to", "references")


def article_of_message(
    content: bytes, source: str, now: datetime, encoding: str | None, header: str | None, url: str | None
) -> Article:
    """What its writer says in a message, without what it answers to and without signatures.

    Attachments are not read, and a warning names them. Raises SourceError where it is encrypted, broken or without
    text, and EncodingError.
    """
    del header
    return _article(_opened(content, source), source, now, encoding, url)


def _article(message: Message, source: str, now: datetime, encoding: str | None, url: str | None) -> Article:
    parts = _parts(message, source)
    own = own_parts(message)
    if any(one.get_content_type() in _ENCRYPTED for one in parts) or any(map(_is_armoured, own.plain)):
        raise SourceError(f"{source!r} is encrypted; save its text from the mail program, and give that")
    subject = _words(message, "subject")
    is_of_thread = any(message.get(one) for one in _OF_THREAD)
    is_forward = is_passed_on(subject or "", is_of_thread=is_of_thread)
    found, forwarded = _body(own, source, now, encoding, is_forward=is_forward)
    inside = [one for one in parts if one.get_content_type() == MESSAGE]
    if len(inside) == 1 and (found is None or len(found.text.split()) < _FEW_WORDS):
        passed_on = inside[0].get_payload(0)
        if isinstance(passed_on, Message):
            return _article(passed_on, source, now, encoding, url)
    names = [_name(one) for one in own.attached]
    if found is None:
        about = f"; its attachment {names[0]!r} may: save that, and give it" if names else "; give its text"
        raise SourceError(f"{source!r} is a message without text{about}")
    if names:
        shown = ", ".join(map(repr, names[:_SHOWN_NAMES])) + (" and others" if len(names) > _SHOWN_NAMES else "")
        _log.warning("%r: what is attached is not read: %s; save it and give it, if it matters", source, shown)
    author = _person(forwarded.sender or "") if forwarded else _sender(message)
    sent = forwarded.sent if forwarded else _words(message, "date")
    title = own_subject((forwarded and forwarded.subject) or subject or "", is_of_thread=is_of_thread)
    return replace(
        found,
        title=title or found.title,
        authors=(author,) if author else found.authors,
        published=_day(sent) or (day_in(sent) if sent else None) or found.published,
        url=url or found.url,
    )


def article_of_saved_page(
    content: bytes, source: str, now: datetime, encoding: str | None, header: str | None, url: str | None
) -> Article:
    """The article of a page that a browser has saved with all that belongs to it. Raises SourceError, EncodingError."""
    del header
    message = _opened(content, source)
    pages = [one for one in _parts(message, source) if one.get_content_type() in {"text/html", "application/xhtml+xml"}]
    if not pages:
        raise SourceError(f"{source!r} is a saved page without HTML; save the page again, and give that")
    start = str(message.get_param("start") or "")
    page = next((one for one in pages if start and one.get("content-id", "").strip() == start), pages[0])
    address = _words(message, "snapshot-content-location") or _words(page, "content-location") or url
    at = address if address and address.startswith(("http://", "https://")) else url
    found = article_of_page(_payload(page, source), at, now, encoding, page.get_content_charset(), source)
    return replace(found, title=found.title or _words(message, "subject"))


def _opened(content: bytes, source: str) -> Message:
    wide = marked(content) or unmarked(content) or ""
    if wide.startswith(("utf-16", "utf-32")):  # some programs save a message as a text of their system's kind
        content = content.decode(wide, "replace").removeprefix("\ufeff").encode("utf-8", "replace")
    content = content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if counted := _COUNT.match(content):
        content = content[counted.end() :][: int(counted[1])]
    try:
        return message_from_bytes(content)
    except (RecursionError, ValueError, LookupError, TypeError) as error:
        why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]
        raise SourceError(f"{source!r} cannot be read as a message: {why}; give its text") from error


def _parts(message: Message, source: str) -> list[Message]:
    """All parts that hold something, among them messages that are attached whole. Raises SourceError."""
    found: list[Message] = []
    waiting = [(message, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > _MAX_DEPTH or len(found) > _MAX_PARTS:
            most = f"{_MAX_PARTS:,} parts or {_MAX_DEPTH} layers"
            raise SourceError(f"{source!r} is a message of more than {most}; give its text")
        inside = part.get_payload()
        if isinstance(inside, list) and (part is message or part.get_content_maintype() != "message"):
            if part.get_content_type() in _ENCRYPTED:
                return [part]
            waiting += [(one, depth + 1) for one in reversed(inside) if isinstance(one, Message)]
        else:
            found.append(part)
    return found


def _body(
    own: OwnParts, source: str, now: datetime, encoding: str | None, *, is_forward: bool
) -> tuple[Article | None, Forwarded | None]:
    """The message's own article, of its page or of its text; and whose words they are, where it passes them on."""
    plain = "\n\n".join(_text(one, source, encoding) for one in own.plain)
    words, forwarded = own_words(plain, is_forward=is_forward)
    text = article_from_text(words, now) if any(map(str.isalnum, words)) else None
    if text is not None:
        text = replace(text, title=None)  # the first line of a letter is its greeting
    if not own.has_page:
        return text, forwarded
    page = joined_page((_text(one, source, encoding), one.get_content_type() == PAGE) for one in own.shown)
    html, passed_on = own_html(page, is_forward=is_forward)
    found = article_of_page(html.encode(), None, now, "utf-8", None, source)
    if not any(map(str.isalnum, found.text)):
        return text, forwarded
    if text is not None and len(found.text.split()) < _LEAST_SHARE * len(text.text.split()):
        return text, forwarded
    return replace(found, authors=(), published=None), passed_on or forwarded


def _text(part: Message, source: str, encoding: str | None) -> str:
    content, charset = _payload(part, source), part.get_content_charset()
    if charset in _SEVEN_BITS and encoding is None:
        content, charset = _of_seven_bits(content, source), "utf-8"
    page = decoded_page(content, source, encoding, charset)
    refuse_broken(page.text, page, content, source)
    text = page.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    if str(part.get_param("format") or "").lower() == "flowed":
        return unflowed(text, deletes_space=str(part.get_param("delsp") or "").lower() == "yes")
    return text


def _of_seven_bits(content: bytes, source: str) -> bytes:
    """Words of UTF-7, which messages alone are written in, as UTF-8. Raises EncodingError."""
    try:
        return content.decode("utf-7").encode()
    except UnicodeError as error:
        raise EncodingError(f"{source!r} is not utf-7 text; save the message again, or its text") from error


def _payload(part: Message, source: str) -> bytes:
    content = part.get_payload(decode=True)
    if any(isinstance(one, _BROKEN_BASE64) for one in part.defects):
        content = _until_padding(str(part.get_payload()))
        if content is None:
            raise SourceError(
                f"{source!r} is broken: its base64 cannot be decoded; save the message again, or its text"
            )
    return content if isinstance(content, bytes) else b""


def _until_padding(written: str) -> bytes | None:
    """What base64 says until its padding, behind which a mailing list has added words in clear; else None."""
    code, padding, behind = written.partition("=")
    line, _, clear = behind.partition("\n")
    goes_on = _CODE.match(clear.lstrip())  # it was cut or mended elsewhere, and the padding ends nothing
    if not padding or line.strip() not in {"", "="} or goes_on:
        return None
    try:
        return b64decode("".join((code + padding + line).split()), validate=True)
    except ValueError:
        return None


def _is_armoured(part: Message) -> bool:
    content = part.get_payload(decode=True)
    return isinstance(content, bytes) and content.lstrip().startswith(b"-----BEGIN PGP MESSAGE-----")


def _name(part: Message) -> str:
    return (_decoded(part.get_filename() or "") or part.get_content_type())[:_MOST_OF_NAME]


def _words(message: Message, name: str) -> str | None:
    return _decoded(_written(message, name)) or None


def _written(message: Message, name: str) -> str:
    """A header as it was written: what is not ASCII, `get` takes for no words."""
    written = next((str(text) for header, text in message.raw_items() if header.lower() == name), "")
    return written.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _decoded(header: str) -> str:
    """The words of a header, in whichever way they are encoded."""
    try:
        written = str(make_header(decode_header(header[:5_000])))
    except (MessageError, LookupError, UnicodeError, ValueError):
        written = header
    return " ".join(written.encode("utf-8", "replace").decode().split())


def _sender(message: Message) -> str | None:
    """Its writer; a comma that is encoded is part of the name, and divides no addresses."""
    written = " ".join(_written(message, "from").split())
    name, address = parseaddr(written)
    return _person(f'"{_decoded(name)}" <{address}>') if name and "@" in address else _person(_decoded(written))


def _person(sender: str) -> str | None:
    """The name that stands before the address, or before the list that it came by; an address alone names nobody."""
    addressed = _ADDRESSED.fullmatch(sender)
    name = addressed[1] if addressed else parseaddr(sender)[0]
    name = " ".join(name.strip(" '\"").split())
    via = _VIA.fullmatch(name)
    name = via["name"] if via else name
    return name if name and "@" not in name else None


def _day(sent: str | None) -> date | None:
    try:
        return parsedate_to_datetime(sent).date() if sent else None
    except (ValueError, TypeError, IndexError):
        return None
