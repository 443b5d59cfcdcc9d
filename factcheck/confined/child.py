"""The process that parses: it answers questions until standard input, or the program that asks, has ended."""

import logging
import math
import os
import signal
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from pkgutil import resolve_name
from threading import Thread
from time import sleep
from typing import Any

from typing_extensions import override

from factcheck.confined import FULL
from factcheck.confined.messages import Answer, received, send
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import FactcheckError

try:
    import resource
except ImportError:  # of systems that bound no process
    resource = None  # type: ignore[assignment]

_LONGEST = 200  # characters of a parser's own words
_STATM = Path("/proc/self/statm")
_MAXRSS = 1 if sys.platform == "darwin" else 1024  # bytes that `ru_maxrss` counts in
_GLANCE = 0.2  # seconds


def serve() -> None:
    """Answer questions on standard input."""
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that asks, and it ends this one
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    logging.getLogger("factcheck").addHandler(log := _Log())
    (bounds := _Bounds()).start()
    with suppress(EOFError, BrokenPipeError):
        while True:
            name, arguments, limits = received(sys.stdin.buffer)
            function = resolve_name(name)  # with its libraries, which count for nothing
            send(answers, "begun")
            try:
                bounds.set(limits)
                answer = Answer(function(*arguments), logged=log.told(), is_last=bounds.are_worn)
                send(answers, answer)
            except MemoryError:
                os._exit(FULL)
            except FactcheckError as error:
                send(answers, Answer(error=error, logged=log.told(), is_last=bounds.are_worn))
            except Exception as error:  # noqa: BLE001 - a parser may raise anything over what strangers wrote
                send(answers, Answer(broken=_told(error), logged=log.told(), is_last=True))
            bounds.lift()


def _told(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return traceback.format_exception_only(error)[-1].strip()[:_LONGEST]


class _Log(logging.Handler):
    """Keeps what is logged for the program that asks, which tells it."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[tuple[str, int, str]] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self._kept.append((record.name, record.levelno, record.getMessage()))

    def told(self) -> tuple[tuple[str, int, str], ...]:
        """What was kept since the last time."""
        kept, self._kept = self._kept, []
        return tuple(kept)


class _Bounds(Thread):
    """What this process may take; the thread ends it where the system has no such bound, and with its parent."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._parent = os.getppid()
        self._most = math.inf  # bytes, that are watched and not bounded
        self._first: int | None = None

    def set(self, limits: ParsingLimits) -> None:
        """Bound the time and memory from now on."""
        if resource is None:
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower("RLIMIT_CPU", math.ceil(used.ru_utime + used.ru_stime + limits.seconds))
        size, more = _size(), limits.megabytes * 1_000_000
        self._first = self._first or size + more // 2
        if not (_STATM.exists() and _lower("RLIMIT_AS", size + more)):
            self._most = size + more

    def lift(self) -> None:
        """Bound nothing, until the next question."""
        self._most = math.inf
        for kind in ("RLIMIT_CPU", "RLIMIT_AS"):
            _lower(kind, math.inf)

    @property
    def are_worn(self) -> bool:
        """Whether so much is kept in memory that the next bound would begin far above the first."""
        return resource is not None and _size() > (self._first or 0)

    @override
    def run(self) -> None:
        while os.getppid() == self._parent:
            if _size() > self._most:
                os._exit(FULL)
            sleep(_GLANCE)
        os._exit(0)


def _size() -> int:
    """Bytes of address space; where the system does not tell, the most memory that there has been."""
    with suppress(OSError):
        return int(_STATM.read_text("ascii").split()[0]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS


def _lower(kind: str, bound: float) -> bool:
    """Set a soft bound within the hard one, if the system has it."""
    if resource is None or not hasattr(resource, kind):
        return False
    which = getattr(resource, kind)
    hard = resource.getrlimit(which)[1]
    wanted = resource.RLIM_INFINITY if bound == math.inf else int(bound)
    if hard != resource.RLIM_INFINITY:
        wanted = hard if bound == math.inf else min(wanted, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(which, (wanted, hard))
        return True
    return False
