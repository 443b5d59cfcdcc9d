"""The process that parses: it answers questions until standard input, or the program that asks, has ended."""

import logging
import math
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from inspect import isgeneratorfunction
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

_NOTHING = pickle.dumps(None)
_LONGEST = 200  # characters of a parser's own words
_STATUS = Path("/proc/self/status")
_MAXRSS = 1 if sys.platform == "darwin" else 1024  # bytes that `ru_maxrss` counts in
_ROOM = 1.5
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
                for answer in _answers(function, arguments):
                    if answer.goes_on:
                        send(answers, replace(answer, logged=log.told()))
                        bounds.set_time(limits)
                bounds.lift()
            except MemoryError:
                os._exit(FULL)
            send(answers, replace(answer, logged=log.told(), is_last=bounds.are_worn or answer.broken is not None))


def _answers(function: Callable[..., Any], arguments: tuple[object, ...]) -> Iterator[Answer]:
    """What the function gives; of a generator one thing after the other, and nothing at its end."""
    if not isgeneratorfunction(function):
        yield _answer(function, arguments)
        return
    given = function(*arguments)
    while True:
        answer = _answer(next, (given, None))
        goes_on = answer.given not in {b"", _NOTHING}
        yield replace(answer, goes_on=goes_on)
        if not goes_on:
            return


def _answer(function: Callable[..., object], arguments: tuple[object, ...]) -> Answer:
    try:
        return Answer(pickle.dumps(function(*arguments)))
    except FactcheckError as error:
        return Answer(error=error)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a parser may raise anything over what strangers wrote
        return Answer(broken=_told(error))


def _told(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    told = str(error) if isinstance(error, ValueError) else ""
    return (told or traceback.format_exception_only(error)[-1].strip())[:_LONGEST]


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
    """What this process may take; the thread ends it where that is passed, and with its parent."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._parent = os.getppid()
        self._most = self._worn = math.inf  # bytes

    def set(self, limits: ParsingLimits) -> None:
        """Bound the time and memory from now on."""
        if resource is None:
            return
        self.set_time(limits)
        size, more = _memory("VmSize"), limits.megabytes * 1_000_000
        self._worn = min(self._worn, size + more // 2)
        self._most = max(size + more, _memory("VmPeak"))
        # A bound that is held by what takes too much and not by the system leaves room above: parsers that are refused
        # memory often go on without what they were reading.
        _lower("RLIMIT_AS", size + more * _ROOM)

    def set_time(self, limits: ParsingLimits) -> None:
        """Bound the time from now on."""
        if resource is not None:
            used = resource.getrusage(resource.RUSAGE_SELF)
            _lower("RLIMIT_CPU", math.ceil(used.ru_utime + used.ru_stime + limits.seconds))

    def lift(self) -> None:
        """Bound nothing, until the next question. Raises MemoryError if more was taken than allowed."""
        most, self._most = self._most, math.inf
        for kind in ("RLIMIT_CPU", "RLIMIT_AS"):
            _lower(kind, math.inf)
        if resource is not None and _memory("VmPeak") > most:
            raise MemoryError

    @property
    def are_worn(self) -> bool:
        """Whether so much is kept in memory that the next bound would begin far above the first."""
        return resource is not None and _memory("VmSize") > self._worn

    @override
    def run(self) -> None:
        while os.getppid() == self._parent:
            if self._most < math.inf and _memory("VmSize") > self._most:
                os._exit(FULL)
            sleep(_GLANCE)
        os._exit(0)


def _memory(name: str) -> int:
    """Bytes of address space by Linux's name for them; elsewhere the most memory that there has been."""
    with suppress(OSError, StopIteration):
        line = next(line for line in _STATUS.read_text("ascii", "replace").splitlines() if line.startswith(name))
        return int(line.split()[1]) * 1024
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
