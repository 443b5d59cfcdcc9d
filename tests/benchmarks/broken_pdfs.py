"""PDFs that are broken, and some that are whole and never end."""

import re
import zlib
from collections.abc import Callable, Sequence
from random import Random

SENTENCE = "The river Stand rose by two metres on Monday, and about 300 people left their homes, the office said."


def cut(chance: Random, page: bytes) -> bytes:
    """The beginning of it, or the end."""
    return page[: chance.randrange(1, len(page))] if chance.random() < 0.7 else page[chance.randrange(len(page)) :]


def flipped(chance: Random, page: bytes) -> bytes:
    """Bytes changed, thrown in, taken away, moved and doubled."""
    content = bytearray(page)
    for _ in range(chance.choice((1, 3, 20, 200))):
        at, length = chance.randrange(len(content) + 1), chance.choice((1, 2, 8, 200))
        piece = content[at : at + length]
        new = (chance.randbytes(length), b"", piece * 3, bytes(reversed(piece)), b"<", b">", b'"', b"\0" * length)
        content[at : at + length] = chance.choice(new)
    return bytes(content)


def pdf(
    stream: bytes, extra: bytes = b"", pages: bytes = b"<</Type/Pages/Kids[3 0 R]/Count 1>>", more: bytes = b""
) -> bytes:
    """A PDF of one page, drawn by the stream; `extra` stands in the stream's dictionary, `more` in the page's."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        pages,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R"
        + more
        + b">>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), extra, stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Title(River rises)>>",
    )
    content, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % one for one in places)
    trailer = b"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % len(content)
    return content + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer


def drawn(lines: Sequence[str]) -> bytes:
    """What draws the lines below each other."""
    shown = "".join(f"({one}) Tj T*\n" for one in lines)
    return f"BT /F1 12 Tf 14 TL 72 770 Td {shown} ET".encode("latin-1", "replace")


def broken_pdf(chance: Random, page: bytes) -> bytes:
    """A PDF, its own or one of the corpus, with bytes, numbers and objects that are not what they should be."""
    whole = page if page.startswith(b"%PDF-") else pdf(drawn([SENTENCE] * 12))
    if chance.random() < 0.4:
        return cut(chance, whole) if chance.random() < 0.5 else flipped(chance, whole)
    content = whole
    for _ in range(chance.choice((1, 2, 5))):
        numbers = list(re.finditer(rb"\d+|/[A-Z]\w+|<<|>>|\[|\]|R\b|obj|endstream", content))
        spot = chance.choice(numbers)
        new = (
            b"",
            b"-1",
            b"99999999999",
            b"3 0 R",
            b"<<" * 999,
            b"[" * 5_000,
            b"/Pages",
            b"null",
            b"(\\",
            spot[0] * 2,
            b"1e400",
        )
        content = content[: spot.start()] + chance.choice(new) + content[spot.end() :]
    return content


def hostile_pdf(chance: Random, page: bytes) -> bytes:
    """A PDF that is whole, and never ends: packed nothing, pages that hold themselves, a million operators."""
    del page
    many = chance.choice((100, 5_000, 60_000))
    packed = b"/Filter/FlateDecode"
    bomb = zlib.compress(b" " * chance.choice((1_000_000, 60_000_000)) + drawn([SENTENCE]), 9)
    new: tuple[Callable[[], bytes], ...] = (
        lambda: pdf(bomb, packed),
        lambda: pdf(bomb[: len(bomb) // 2], packed),
        lambda: pdf(zlib.compress(bomb, 9), b"/Filter[/FlateDecode/FlateDecode]"),
        lambda: pdf(drawn([SENTENCE]), pages=b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>"),
        lambda: pdf(drawn([SENTENCE]), pages=b"<</Type/Pages/Kids[" + b"3 0 R " * (many // 10) + b"]/Count 1>>"),
        lambda: pdf(drawn([SENTENCE]), pages=b"<</Type/Pages/Kids[3 0 R]/Count 99999999>>"),
        lambda: pdf(b"q " * many + drawn([SENTENCE]) + b" Q" * many),
        lambda: pdf(b"BT /F1 12 Tf " + b"(a) Tj " * many + b"ET"),
        lambda: pdf(b"BT /F1 12 Tf " + b"[(a) -900 (b)] TJ 1e9 -1e9 Td " * (many // 4) + b"ET"),
        lambda: pdf(b"BT /F1 1e38 Tf 1e38 0 0 -1e38 nan inf Tm 4 Ts (a) Tj (1) Tj ET"),
        lambda: pdf(b"(" * many + drawn([SENTENCE])),
        lambda: pdf(b"[" * many + drawn([SENTENCE])),
        lambda: pdf(b"<<" * many + drawn([SENTENCE])),
        lambda: pdf(b"BT " + b"/F1 12 Tf (x-) Tj T* " * (many // 10) + b"ET"),
        lambda: pdf(drawn(["x" * many, "a-", "b"] * 3)),
        lambda: pdf(drawn([SENTENCE]), more=b"/Contents 3 0 R/Resources 3 0 R"),
        lambda: pdf(drawn([SENTENCE]), more=b"/Parent 3 0 R"),
        lambda: pdf(b"/F1 Do " * many + drawn([SENTENCE])),
        lambda: pdf(
            drawn([SENTENCE]),
            b"/Filter" + chance.choice((b"/LZWDecode", b"/ASCII85Decode", b"/JBIG2Decode", b"/Crypt", b"/X")),
        ),
        lambda: pdf(drawn([SENTENCE]), b"/DecodeParms<</Predictor 15/Columns 99999999>>/Filter/FlateDecode"),
        lambda: pdf(drawn([SENTENCE])).replace(b"/Root", b"/Encrypt<</Filter/Standard/V 9/R 9>>/Root"),
        lambda: pdf(drawn([SENTENCE])).replace(b"xref\n0 7", b"xref\n0 99999999"),
    )
    return chance.choice(new)()
