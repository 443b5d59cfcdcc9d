"""Which key to press after an error, where one helps: the errors tell the facts."""

from collections.abc import Mapping

from factcheck import errors
from factcheck.screen.keys import Keymap

ADVICE: Mapping[type[errors.FactcheckError], tuple[str, str]] = {
    errors.NothingToUndoError: ("back", "shows what you have decided"),
    errors.QuoteMissingError: ("reject", "sends the claim back, so that its evidence is mended"),
}
"""By class: an act of the keymap, and what its key does about the error."""


def with_advice(error: errors.FactcheckError, keymap: Keymap) -> str:
    """The error's message and, after a semicolon, which key helps, where one does and is bound."""
    act, words = ADVICE.get(type(error), ("", ""))
    keys = keymap.keys_of(act)
    return f"{error}; {keys[0]} {words}" if keys else str(error)
