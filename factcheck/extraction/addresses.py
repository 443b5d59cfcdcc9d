"""Addresses as they may be stored and shown: a model's server may be reached by a name and a password in them."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

_USER = re.compile(r"(?<=//)[^/?#\s@]*+@")
# In a text, an address ends where a quotation mark, an angle bracket or a blank stands.
_KEY = re.compile(r"(?<=[?&#])((?:api[_-]?|subscription-|access_)?(?:key|token))=[^&#\s\"'<>]*", re.IGNORECASE)


_LEAST_KEY = 12
"""Characters of a key that nobody guesses; local servers take any word, which their errors may hold as well."""


def key_of(headers: Mapping[str, str]) -> str | None:
    """The key that a request was sent with."""
    sent = next((value for name, value in headers.items() if name.lower() in {"authorization", "api-key"}), "")
    key = sent.split()[-1] if sent.split() else ""
    return key if len(key) >= _LEAST_KEY else None


def bare_address(address: str) -> str:
    """An address without user, password, query and fragment."""
    try:
        scheme, host, path, _, _ = urlsplit(address)
    except ValueError:  # it leads nowhere
        return _USER.sub("", address).partition("?")[0]
    return urlunsplit((scheme, host.rpartition("@")[2], path, "", ""))


def without_users(text: str) -> str:
    """A text in which no address holds a user or a password any more."""
    return _USER.sub("", text)


def without_keys(text: str) -> str:
    """A text, or an address, in which no address holds a user, a password, or what searches call a key or a token."""
    return _KEY.sub(r"\1=hidden", without_users(text))
