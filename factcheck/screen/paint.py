"""Passages as Textual draws them: never markup, so that no text can style or link itself."""

from textual.content import Content, Span

from factcheck.screen.passages import Ink, Passage

STYLES = {
    Ink.STRONG: "bold",
    Ink.FAINT: "dim",
    Ink.QUOTED: "reverse",
    Ink.SENTENCE: "bold",
    Ink.OTHER: "underline",
    Ink.INFERRED: "underline",
    Ink.MACHINE: "italic",
    Ink.ADDED: "bold underline",
    Ink.REMOVED: "strike",
    Ink.WARNING: "bold $warning",
    Ink.KEY: "bold",
}
"""Colour only strengthens what a weight or a line says already."""


def painted(passage: Passage) -> Content:
    """The passage with its inks."""
    return Content(passage.text, [Span(one.start, one.end, STYLES[one.ink]) for one in passage.marks])


def line_of(passage: Passage, offset: int, width: int) -> int:
    """The line on which a character of the passage stands, wrapped at that many cells."""
    word_end = passage.text.find(" ", offset)
    before = passage.text[: word_end if word_end >= 0 else len(passage.text)]
    return max(0, Content(before).get_height({}, max(1, width)) - 1)
