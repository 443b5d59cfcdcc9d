"""Parses what strangers wrote in a process of its own, within a bound of time and memory.

No parser of pages, PDFs, TOML or YAML has such bounds: a page of 400 kB may keep libxml2 at work for half a minute. The
process stays for what comes next, so that its libraries load once, and only there. It is no fork, which threads forbid,
and nothing of the program that asks is imported in it.
"""

import atexit
import logging
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from queue import LifoQueue
from threading import Event, Timer
from typing import Any

from factcheck.confined.messages import Answer, received, send
from factcheck.domain.parsing import ParsingLimits

FULL = 77
"""The code with which a process ends that takes more memory than it may."""

_AT_A_TIME = 4  # processes; who asks beyond them waits
_PATIENCE = 30 if os.name == "posix" else 1
"""So many times its seconds of a processor it may take by the clock: a busy machine lets it wait. Without POSIX, the
clock is the only bound."""
_GLANCE = 0.2  # seconds
_PROGRAM = "import sys; sys.path[:] = {path!r}; from factcheck.confined.child import serve; serve()"


class UnparsedError(Exception):
    """The function has given nothing; the message says why, and goes on from the name of what was to be read."""

    def __init__(self, why: str, *, is_limit: bool = False) -> None:
        self.is_limit = is_limit
        super().__init__(why)


def confined(function: str, *arguments: object, limits: ParsingLimits | None = None) -> Any:  # noqa: ANN401 - what the function gives
    """What `module:function` gives for the arguments in the other process, whose warnings are logged here.

    Raises UnparsedError over a bound and where the parser breaks, and what the function raises of FactcheckError.
    """
    allowed = limits or ParsingLimits()
    slots = _CHILDREN
    child = slots.get()
    try:
        child, answer = _asked(child, (function, arguments, allowed), allowed)
    finally:
        # Whatever broke the talk off, Ctrl-C too, its process has ended: what came next would answer another question.
        slots.put(child if child and child.is_able else None)
    return _given(answer)


def confined_each(function: str, *arguments: object, limits: ParsingLimits | None = None) -> Iterator[Any]:
    """What the generator `module:function` gives, one after the other, as `confined`.

    The bound of time is of each, that of memory of all; while one is used here, the next is made there.
    """
    allowed = limits or ParsingLimits()
    slots = _CHILDREN
    child = slots.get()
    is_asked = True
    try:
        child, answer = _asked(child, (function, arguments, allowed), allowed)
        while answer.goes_on:
            yield _given(answer)
            answer = child.answer(allowed)
        is_asked = False
        _given(answer)
    finally:
        if is_asked and child:
            child.end()  # nobody hears the rest
        slots.put(child if child and child.is_able else None)


def _given(answer: Answer) -> Any:  # noqa: ANN401 - what the function gives
    for name, level, message in answer.logged:
        logging.getLogger(name).log(level, "%s", message)
    if answer.error is not None:
        raise answer.error
    if answer.broken is not None:
        raise UnparsedError(answer.broken)
    return pickle.loads(answer.given)  # noqa: S301 - of this very program


def _asked(child: "_Child | None", question: object, limits: ParsingLimits) -> tuple["_Child", Answer]:
    if child and child.is_able:
        with suppress(_NotBegunError):  # somebody has ended it since the last question
            child.tell(question)
            return child, child.answer(limits)
    child = _Child()
    try:
        child.tell(question)
    except _NotBegunError as error:
        raise UnparsedError(f"its parser does not start (by {sys.executable!r})") from error
    return child, child.answer(limits)


class _NotBegunError(Exception):
    """The process has ended before it began with the question."""


class _Child:
    """The process, as the one who asks sees it."""

    def __init__(self) -> None:
        self.is_able = True
        # -P: no module is taken from the working directory that the caller's own path does not name.
        command = [sys.executable or "python3", "-Pc", _PROGRAM.format(path=sys.path)]
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        try:
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing)  # noqa: S603 - this very program
        except OSError as error:
            raise UnparsedError(f"its parser does not start (by {sys.executable!r}): {error.strerror}") from error
        _ALIVE.add(self)

    def tell(self, question: object) -> None:
        """Ask, and wait until what parses has been loaded. Raises _NotBegunError."""
        try:
            send(self._process.stdin, question)
            received(self._process.stdout)
        except BaseException as error:
            self.end()
            if isinstance(error, EOFError | OSError):
                raise _NotBegunError from error
            raise

    def answer(self, limits: ParsingLimits) -> Answer:
        """The answer to what it was told. Raises UnparsedError if it does not live to give one."""
        late = Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        watch = Timer(limits.seconds * _PATIENCE, stop)
        watch.daemon = True
        watch.start()
        try:
            answer: Answer = received(self._process.stdout)
        except BaseException as error:
            code = self.end()
            if isinstance(error, EOFError | OSError):
                raise _unsurvived(code, limits, is_late=late.is_set()) from error
            raise
        finally:
            watch.cancel()
        if answer.is_last:
            self.end()
        return answer

    def end(self) -> int:
        """Kill the process, if it does not end by itself; the code that it ended with."""
        self.is_able = False
        with suppress(OSError):
            self._process.stdin.close()  # type: ignore[union-attr] # which it takes for the end
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GLANCE)  # one that has ended by itself tells why
        self._process.kill()
        self._process.stdout.close()  # type: ignore[union-attr]
        code = self._process.wait()
        _ALIVE.discard(self)
        return code


def _unsurvived(code: int, limits: ParsingLimits, *, is_late: bool) -> UnparsedError:
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"code {code}"
    if code == FULL:
        return UnparsedError(f"it takes more memory than {limits.megabytes:,} MB", is_limit=True)
    if is_late or name == "SIGXCPU":
        return UnparsedError(f"it takes longer than {limits.seconds:g} s", is_limit=True)
    if name == "SIGKILL":
        return UnparsedError("the system has killed its parser, perhaps for want of memory", is_limit=True)
    return UnparsedError(f"its parser ended with {name}")


def _new_children() -> LifoQueue[_Child | None]:
    """Places for processes, of which one that stands ready is taken first."""
    children: LifoQueue[_Child | None] = LifoQueue()
    for _ in range(_AT_A_TIME):
        children.put(None)
    return children


def _end_all() -> None:
    # Not out of the queue: a Ctrl-C may have left its lock locked, and the program would never end.
    for child in tuple(_ALIVE):
        child.end()


def _leave_to_parent() -> None:
    """In a fork: the processes are the parent's, which is kept in mind only so that none is waited for."""
    global _CHILDREN, _ALIVE
    _OF_PARENTS.append((_CHILDREN, _ALIVE))
    _CHILDREN, _ALIVE = _new_children(), set()


_CHILDREN = _new_children()
_ALIVE: set[_Child] = set()
"""The processes that have not ended, in a place or at work."""
_OF_PARENTS: list[object] = []
atexit.register(_end_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_to_parent)
