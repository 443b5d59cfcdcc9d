"""The verdict on a claim as a picture of 1200 by 630, for those who share its page."""

from collections.abc import Iterator
from textwrap import wrap

from markupsafe import escape

from factcheck.domain.report import Masthead
from factcheck.domain.reported_claim import ReportedClaim
from factcheck.export.reader_words import outcome_name
from factcheck.export.tones import tone_of
from factcheck.export.visible import one_line
from factcheck.export.words import Words

_COLOURS = {
    "refuted": ("#fbe0dd", "#8a1a11"),
    "conflicting": ("#fdeec8", "#654500"),
    "supported": ("#dcf3e2", "#0a5226"),
    "unproven": ("#e3e8f7", "#2b3b78"),
}
_OTHERS = ("#ececec", "#444444")
_LINE, _MOST_LINES = 40, 5
_SANS = "system-ui, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif"
_SERIF = "Iowan Old Style, Charter, Palatino Linotype, Palatino, Georgia, serif"


def share_card(claim: ReportedClaim, masthead: Masthead, words: Words) -> str:
    """The picture as SVG, which asks for nothing and runs nothing."""
    tone = tone_of(claim, masthead)
    fill, ink = _COLOURS.get(tone.name, _OTHERS)
    name = one_line(outcome_name(words, claim))
    accent = masthead.look.accent or ink
    said = "".join(
        f'<text x="70" y="{260 + 62 * at}" font-size="48" font-weight="700">{escape(line)}</text>'
        for at, line in enumerate(_lines(one_line(claim.words)))
    )
    publisher = one_line(masthead.publisher.name) if masthead.publisher else ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630" width="1200" height="630" role="img" '
        f'lang="{words.language}"><title>{escape(name)}: {escape(one_line(claim.words))}</title>'
        f'<rect width="1200" height="630" fill="#fff"/><rect width="1200" height="14" fill="{accent}"/>'
        f'<rect x="70" y="80" width="{min(1060, 100 + 30 * len(name))}" height="90" rx="14" fill="{fill}"/>'
        f'<text x="100" y="142" font-family="{_SANS}" font-size="50" font-weight="700" fill="{ink}">'
        f'{tone.symbol} {escape(name)}</text><g font-family="{_SERIF}">{said}</g>'
        f'<text x="70" y="590" font-family="{_SANS}" font-size="30" fill="#565b63">{escape(publisher)}</text></svg>\n'
    )


def _lines(text: str) -> Iterator[str]:
    lines = wrap(text, _LINE)
    for at, line in enumerate(lines[:_MOST_LINES], 1):
        yield f"{line} …" if at == _MOST_LINES < len(lines) else line
