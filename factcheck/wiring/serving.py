"""What serves a desk over HTTP."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from secrets import token_bytes
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from factcheck.domain.identity import LOOPBACK
from factcheck.errors import MissingExtraError, NoPasswordsError, NoWebKeyError, NoWebPackageError, ServingError
from factcheck.settings.web_key import read_key, read_secret
from factcheck.wiring import desks
from factcheck.wiring.posting import webhooks_sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from factcheck.settings import Settings
    from factcheck.web.office import Office
    from factcheck.workflow.account_ports import IdentityProvider
    from factcheck.workflow.log_in import Doorkeeper
    from factcheck.workflow.ports import Stores


def serve(
    settings: Settings, host: str, port: int, told: Callable[[str], None], stopping: Callable[[int], None]
) -> None:
    """Serve the desk until it is told to stop. Raises ServingError.

    `told` hears the address once it answers; `stopping`, at the end, for how many calls of a model it waits.
    """
    try:
        from factcheck.web.app import create_app
        from factcheck.web.server import bound
        from factcheck.web.server import serve as run
    except ModuleNotFoundError as error:
        raise _not_installed(error) from error
    public = settings.web_address
    if public is None and host not in LOOPBACK:
        raise NoPasswordsError(
            f"{host!r} can be reached from elsewhere, and no address is set at which people reach it"
        )
    with bound(host, port) as listening:
        place = f"{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
        with office(settings, public or f"http://{place}", stopping) as opened, webhooks_sent(settings):
            address = f"{opened.address.origin}, served at {place}" if public else opened.address.origin
            run(create_app(opened), listening, partial(told, address), is_behind_proxy=public is not None)


@contextmanager
def office(settings: Settings, address: str, stopping: Callable[[int], None] = lambda _: None) -> Iterator[Office]:
    """What the web room serves at that address, with its database open. Raises ServingError."""
    from factcheck.export.formats import PAGE_FILES
    from factcheck.web.office import Address, Office
    from factcheck.wiring.asking import extraction_session
    from factcheck.wiring.extracting import extracting
    from factcheck.wiring.looking import looking, lookup_session
    from factcheck.workflow.look_for_evidence import DeskLook
    from factcheck.workflow.submit_article import SubmitArticles

    key = read_key(Path(settings.web_key))
    with extracting(settings, stopping) as extractions, desks.stores(settings, creates=False) as opened:
        opened.accounts.drop_ended(opened.clock())  # it writes: an older file is brought up to date before it is shared
        origin = _origin(address)
        has_passwords = settings.web_passwords and opened.accounts.has_any()
        _require_safe(origin, key, has_passwords=has_passwords, has_provider=settings.oidc is not None)
        desk = desks.desk(opened, settings)
        yield Office(
            stores=opened,
            desk=desk,
            address=Address(origin),
            secret=key or token_bytes(32),
            is_guarded=key is not None,
            door=_door(opened),
            newsroom=partial(desks.newsroom, opened, settings, PAGE_FILES),
            articles=SubmitArticles(desk, opened, partial(extraction_session, settings), extractions),
            has_roles=settings.roles,
            sources=partial(desks.sources, settings),
            look=DeskLook(looking(opened, desk), partial(lookup_session, settings), settings.look.open),
            person=settings.reviewer,
            takes_passwords=settings.web_passwords,
            provider=_provider(settings, opened),
            identity=settings.oidc,
        )


def _provider(settings: Settings, opened: Stores) -> IdentityProvider | None:
    """What knows people by another login, if the settings name one. Raises MissingExtraError, OidcSecretError."""
    if settings.oidc is None:
        return None
    from factcheck.intake.guard import GuardedBackend, GuardedTransport

    try:
        from factcheck.web.oidc import OidcProvider
    except ModuleNotFoundError as error:
        raise MissingExtraError(str(error.name), "oidc") from error

    def transport(asked: str, seconds: float, most_bytes: int) -> GuardedTransport:
        # Whoever keeps the desk has named the provider, which may stand in their own network.
        return GuardedTransport(GuardedBackend(asked, seconds, most_bytes, allow_private=True))

    secret = settings.oidc_secret
    if secret is None and settings.oidc_secret_file is not None:
        secret = read_secret(Path(settings.oidc_secret_file))
    return OidcProvider(replace(settings.oidc, secret=secret), transport, opened.clock)


@contextmanager
def door(settings: Settings) -> Iterator[Doorkeeper]:
    """What passwords are set with. Raises NoWebPackageError."""
    with desks.stores(settings, creates=False) as opened:
        yield _door(opened)


def _door(opened: Stores) -> Doorkeeper:
    from factcheck.workflow.log_in import Doorkeeper

    try:
        from factcheck.web.passwords import ArgonPasswords
    except ModuleNotFoundError as error:
        raise _not_installed(error) from error
    return Doorkeeper(opened.people, opened.accounts, ArgonPasswords(), opened.clock)


def _origin(address: str) -> str:
    """The origin of an address. Raises ServingError for one with a path, or that nobody reaches."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ServingError(f"{address!r} is no address") from error
    if host is None or parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username:
        raise ServingError(f"{address!r} is no address of a whole site, such as https://desk.example.org")
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    named = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{named}" + ("" if port in {None, usual} else f":{port}")


def _require_safe(origin: str, key: bytes | None, *, has_passwords: bool, has_provider: bool) -> None:
    """Raise ServingError for a desk that others would reach without logging in, or where nobody could."""
    parts = urlsplit(origin)
    if key is None and has_provider:
        raise NoWebKeyError("an identity provider is set, and the key that signs who is logged in is not there")
    if key is None and has_passwords:
        raise NoWebKeyError("people of this desk have passwords, and the key that signs who is logged in is not there")
    if key is not None and not (has_passwords or has_provider):
        raise NoPasswordsError("there is a key, and nobody can log in: no password is taken, and no provider is set")
    if parts.hostname in LOOPBACK:
        return
    if key is None:
        raise NoPasswordsError(f"{origin!r} can be reached from elsewhere, and nobody at this desk has a password")
    if parts.scheme != "https":
        raise ServingError(f"{origin!r} is not encrypted: passwords would be seen on their way")


def _not_installed(error: ModuleNotFoundError) -> NoWebPackageError:
    return NoWebPackageError(f"the package {error.name!r}, which serves desks, is not installed")
