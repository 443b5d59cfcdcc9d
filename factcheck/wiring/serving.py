"""What serves a desk over HTTP."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from secrets import token_bytes
from typing import TYPE_CHECKING

from factcheck.errors import NoPasswordsError, NoWebPackageError
from factcheck.wiring import desks
from factcheck.wiring.posting import webhooks_sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from factcheck.settings import Settings
    from factcheck.web.office import Office

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def serve(settings: Settings, host: str, port: int, told: Callable[[str], None]) -> None:
    """Serve the desk until it is told to stop; `told` hears the address once it listens. Raises ServingError."""
    try:
        from factcheck.web.app import create_app
        from factcheck.web.server import bound
        from factcheck.web.server import serve as run
    except ModuleNotFoundError as error:
        raise NoWebPackageError(
            f"the desk is served with the package {error.name!r}, which is not installed"
        ) from error
    if host not in LOOPBACK:
        raise NoPasswordsError(f"{host!r} can be reached from elsewhere, and nobody at this desk has a password")
    with bound(host, port) as listening:
        named = f"[{host}]" if ":" in host else host
        origin = f"http://{named}:{listening.getsockname()[1]}"
        with office(settings, origin) as opened, webhooks_sent(settings):
            told(origin)
            run(create_app(opened), listening, is_behind_proxy=False)


@contextmanager
def office(settings: Settings, origin: str) -> Iterator[Office]:
    """What the web room serves, with its database open."""
    from factcheck.web.office import Address, Office
    from factcheck.wiring.looking import looking, lookup_session
    from factcheck.workflow.look_for_evidence import DeskLook

    with desks.stores(settings, creates=False) as opened:
        desk = desks.desk(opened, settings)
        yield Office(
            stores=opened,
            desk=desk,
            address=Address(origin),
            secret=token_bytes(32),
            asks_passwords=False,
            newsroom=partial(desks.newsroom, opened, settings, ()),
            sources=partial(desks.sources, settings),
            look=DeskLook(looking(opened, desk), partial(lookup_session, settings), settings.look.open),
            person=settings.reviewer,
        )
