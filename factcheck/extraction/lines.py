"""Text as one harmless line, on its way to a model or from one."""

import re

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")

_TAG_CHARACTERS = re.compile("(\U0001f3f4[\U000e0030-\U000e007a]{2,6}\U000e007f)|[\U000e0000-\U000e007f]")
"""Invisible letters. The first group is their one honest use, in the flags of England, Scotland and Wales."""

_BOUNDARY = re.compile(
    r"""
      < (?= [|｜] )                                    # <|im_start|>, <|eot_id|>, <｜User｜>
    | < (?= /? (?: s | bos | eos | start_of_turn | end_of_turn ) > )
    | < (?= < /? SYS >> )
    | \[ (?= /? (?: INST | SYSTEM_PROMPT ) \] )
    | \b s (?= \d+ : )                                  # the number of a sentence, s3:
    """,
    re.VERBOSE,
)


def clean_line(text: str) -> str:
    """The text on one line; halves of characters become `?`, and control characters, which a terminal obeys, U+FFFD."""
    return _CONTROL.sub("\ufffd", " ".join(text.encode(errors="replace").decode().split()))


def question_line(text: str) -> str:
    """The text on one line that can end neither its line nor its message, nor begin another sentence.

    A server that runs a model itself may take `<|im_end|>` in a text for the end of the message, so
    such marks get a blank inside, and so does what looks like the number of a sentence. Tag
    characters are removed: a model reads them, a person cannot.
    """
    return _BOUNDARY.sub(r"\g<0> ", " ".join(_TAG_CHARACTERS.sub(r"\1", text).split()))
