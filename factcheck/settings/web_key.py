"""Files that only their owner may read: the key that signs sessions of browsers, and the secret of a provider.

Who reads the key can be anybody at the desk.
"""

import os
import secrets
import stat
from pathlib import Path

from factcheck.bounded_files import plain_file
from factcheck.errors import NoWebKeyError, OidcSecretError, OutputError, ServingError, TargetExistsError

_BYTES = 32
_MOST_BYTES = 1_000
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def make_key(path: Path) -> None:
    """Write a new key that only this user may read. Raises TargetExistsError, OutputError."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError as error:
        raise TargetExistsError(f"there is a key at {str(path)!r} already") from error
    except OSError as error:
        raise OutputError(f"{str(path)!r} cannot be written: {error.strerror}") from error
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{secrets.token_hex(_BYTES)}\n")


def read_key(path: Path) -> bytes | None:
    """The key; None where there is no file. Raises NoWebKeyError for one that others may read, or that holds no key."""
    written = _private(path, "key", NoWebKeyError)
    if written is None:
        return None
    try:
        key = bytes.fromhex(written.decode("ascii").strip())
    except ValueError as error:
        raise NoWebKeyError(f"{str(path)!r} holds no key") from error
    if len(key) != _BYTES:
        raise NoWebKeyError(f"{str(path)!r} holds no key")
    return key


def read_secret(path: Path) -> str:
    """The secret that a provider knows this desk by. Raises OidcSecretError, for one that others may read too."""
    written = _private(path, "secret", OidcSecretError)
    try:
        secret = (written or b"").decode().strip()
    except UnicodeDecodeError as error:
        raise OidcSecretError(f"{str(path)!r} holds no secret") from error
    if not secret:
        raise OidcSecretError(f"{str(path)!r} holds no secret")
    return secret


def _private(path: Path, what: str, kind: type[ServingError]) -> bytes | None:
    """The first bytes of a file that only its owner may read; None where there is none."""
    try:
        with plain_file(path) as file:
            mode, written = os.fstat(file.fileno()).st_mode, file.read(_MOST_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise kind(f"the {what} {str(path)!r} cannot be read: {error.strerror}") from error
    if mode & _OTHERS:
        raise kind(f"the {what} {str(path)!r} can be read by others than its owner")
    return written
