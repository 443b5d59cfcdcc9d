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
