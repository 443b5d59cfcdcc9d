"""How a password is asked for: at a prompt that shows none, or as a line of standard input; never as an argument."""

import sys

import click

from factcheck.errors import InputError

_LONGEST_LINE = 10_000


def password_from(name: str) -> str:
    """A password for somebody. Raises InputError for a line that is no text."""
    if sys.stdin.isatty():
        return str(click.prompt(f"password of {name}", hide_input=True, confirmation_prompt=True, err=True))
    line = sys.stdin.buffer.readline(_LONGEST_LINE)
    try:
        return line.decode().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise InputError("the password on standard input is not text in UTF-8") from error
