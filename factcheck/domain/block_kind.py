"""The kinds of stretches that an article is made of."""

from enum import StrEnum


class BlockKind(StrEnum):
    """What a stretch of an article is to its reader."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list
    CAPTION = "caption"
    QUOTE = "quote"  # set apart; a quotation within a sentence is part of its paragraph
    TABLE = "table"  # a row of it
    EMBED = "embed"  # a post of somebody else that the page shows
