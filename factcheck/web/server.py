"""Serves an application until it is told to stop."""

import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI
from typing_extensions import override

from factcheck.errors import ServingError

_SECONDS_TO_END = 10


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 is any free one. Raises ServingError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=256)
    except (OSError, OverflowError) as error:
        raise ServingError(f"{host!r} port {port} cannot be listened at: {error}") from error


def serve(app: FastAPI, listening: socket.socket, told: Callable[[], None], *, is_behind_proxy: bool) -> None:
    """Answer requests until SIGINT or SIGTERM; those under way are answered first.

    `told` hears that they are answered from now on. Behind a proxy on the same machine, its word is taken for who asks.
    """
    config = uvicorn.Config(
        app,
        proxy_headers=is_behind_proxy,
        forwarded_allow_ips="127.0.0.1,::1",
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=_SECONDS_TO_END,
    )
    _Server(config, told).run(sockets=[listening])


class _Server(uvicorn.Server):
    """Tells when it is there: a signal that came before would find nobody who heeds it."""

    def __init__(self, config: uvicorn.Config, told: Callable[[], None]) -> None:
        super().__init__(config)
        self._told = told

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._told()
