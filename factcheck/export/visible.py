"""Hostile text made harmless to look at: what steers a terminal or a reader's eye is shown."""

import re

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that override the direction of the text around them."""


def visible(text: str) -> str:
    """The text with control characters and direction overrides replaced by U+FFFD; line feeds and tabs stay."""
    return STEERING.sub("\ufffd", text)


def one_line(text: str) -> str:
    """The text made visible, on one line."""
    return " ".join(visible(text).split())
