"""Opens an article's source in a browser with a window of its own; elsewhere its address is handed over."""

import webbrowser
from collections.abc import Callable

from factcheck.domain.evidence import require_web_address
from factcheck.errors import InputError


def open_source(url: str | None, copy: Callable[[str], None]) -> str:
    """Open the address; returns what was done. Raises InputError if there is none.

    A browser that runs in the terminal would draw over the screen, so the address is copied then:
    many terminals take it, over SSH too.
    """
    if url is None:
        raise InputError("this article came without a web address; it was read from a file or a pipe")
    address = require_web_address(url)
    if _opens_window() and webbrowser.open(address):
        return f"opened {address}"
    copy(address)
    return f"copied for your terminal: {address}"


def _opens_window() -> bool:
    try:
        # A generic browser is one that the terminal waits for, such as lynx; its subclasses go their own way.
        return type(webbrowser.get()) is not webbrowser.GenericBrowser
    except webbrowser.Error:
        return False
