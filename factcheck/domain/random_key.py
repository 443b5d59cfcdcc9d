"""Random keys that are shown or sent once, such as tokens, links and cookies: what a desk keeps of them."""

from hashlib import sha256


def hash_of_key(key: str) -> str:
    """What is kept of a key in its place, as hexadecimal. No salt, no stretching: 256 random bits are not guessed."""
    return sha256(key.encode(errors="replace")).hexdigest()
