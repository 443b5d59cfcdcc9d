import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from textwrap import dedent

import pytest

from factcheck import confined as module
from factcheck.confined import UnparsedError, confined, confined_each
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import SourceError

SHORT = ParsingLimits(seconds=1, megabytes=200)
WAIT = 100.0  # seconds that a very busy machine may take
FOREIGN = """
    import logging, resource, time
    from pathlib import Path
    from factcheck.confined import child
    from factcheck.errors import SourceError

    def go_on_without_memory():
        try:
            return bytes(240_000_000)[:1]
        except MemoryError:
            return b""

    def grow_where_address_space_has_no_bound():
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2)
        held = []
        while True:
            held.append(bytearray(b"a" * 4_000_000))
            time.sleep(0.005)

    def tell_no_size():
        child._STATUS = Path("/nowhere/at/all")

    def warn():
        print("what a library prints")
        logging.getLogger("factcheck.there").warning("a guess")

    def refuse():
        raise SourceError("it is no page")

    def nest():
        held = []
        for _ in range(100_000):
            held = [held]
        return held

    def count(upto):
        logging.getLogger("factcheck.there").warning("begun")
        for number in range(upto):
            yield number
            if number == 2:
                refuse()

    def work_for_each():
        for _ in range(4):
            began = time.process_time()
            while time.process_time() - began < 0.6:
                pass
            yield True

    def never_give_a_second():
        yield 1
        while True:
            pass

    def hoard():
        held = []
        while True:
            held.append(b"a" * 40_000_000)
            yield len(held)

    def keep():
        keep.held = bytes(120_000_000)
"""


@pytest.fixture(autouse=True)
def _own_processes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Processes for this test alone, which may import `foreign`."""
    (tmp_path / "foreign.py").write_text(dedent(FOREIGN), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(module, "_CHILDREN", module._new_children())  # noqa: SLF001 - or a test would end another's
    monkeypatch.setattr(module, "_ALIVE", set())
    yield
    module._end_all()  # noqa: SLF001


@pytest.mark.parametrize(
    ("function", "argument", "why"),
    [
        ("builtins:sum", range(10**12), "it takes longer than 1 s"),
        ("builtins:bytes", 10**9, "it takes more memory than 200 MB"),
        ("foreign:go_on_without_memory", None, "it takes more memory than 200 MB"),
        ("foreign:grow_where_address_space_has_no_bound", None, "it takes more memory than 200 MB"),
        ("signal:raise_signal", signal.SIGKILL, "the system has killed its parser"),
        ("signal:raise_signal", signal.SIGSEGV, "its parser ended with SIGSEGV"),
        ("os:_exit", 3, "its parser ended with code 3"),
        ("json:loads", "{", "Expecting property name"),
        ("foreign:nest", None, "it is nested too deeply"),
    ],
)
def test_refusal_spares_the_next_question(function: str, argument: object, why: str) -> None:
    with pytest.raises(UnparsedError, match=why):
        confined(function, *([] if argument is None else [argument]), limits=SHORT)

    assert confined("builtins:len", "abc") == 3


def test_memory_is_bounded_where_size_is_not_told() -> None:
    # What a process is told to have taken at most may be what the one took that it was made from: these tests.
    confined("foreign:tell_no_size", limits=ParsingLimits(60, 8_000))

    with pytest.raises(UnparsedError, match="it takes more memory than 200 MB"):
        confined("foreign:grow_where_address_space_has_no_bound", limits=ParsingLimits(60, 200))


def test_process_that_sleeps_is_ended_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.5)

    with pytest.raises(UnparsedError, match="it takes longer than 1 s"):
        confined("time:sleep", 1000, limits=SHORT)


def test_error_on_purpose_is_raised_here() -> None:
    with pytest.raises(SourceError, match="it is no page"):
        confined("foreign:refuse")


def test_warning_is_logged_here(caplog: pytest.LogCaptureFixture) -> None:
    confined("foreign:warn")

    assert caplog.record_tuples == [("factcheck.there", 30, "a guess")]


def test_process_stays_for_the_next_question() -> None:
    assert confined("os:getpid") == confined("os:getpid") != os.getpid()


def test_process_that_keeps_much_is_not_asked_again() -> None:
    first = confined("os:getpid", limits=SHORT)
    confined("foreign:keep", limits=SHORT)

    assert confined("os:getpid", limits=SHORT) != first


def test_process_killed_while_idle_is_replaced() -> None:
    os.kill(confined("os:getpid"), signal.SIGKILL)

    assert confined("builtins:len", "abc") == 3


def test_refusal_leaves_no_zombie() -> None:
    pid = confined("os:getpid")
    with pytest.raises(UnparsedError):
        confined("os:abort")

    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def test_threads_share_a_few_processes() -> None:
    def ask(number: int) -> tuple[int, int]:
        return confined("builtins:abs", -number), confined("os:getpid")

    with ThreadPoolExecutor(12) as pool:
        asked = list(pool.map(ask, range(60)))

    assert [number for number, _ in asked] == list(range(60))
    assert len({pid for _, pid in asked}) <= 4


def test_running_event_loop_may_ask() -> None:
    async def both() -> list[int]:
        return [confined("builtins:len", "abc"), *await asyncio.gather(*[asyncio.to_thread(confined, "os:getpid")])]

    assert asyncio.run(both())[0] == 3


PAGE = b"<html><body><article><p>The river Stand rose by two metres on Monday, the office said.</p></article>"
PROGRAM = """
    import os, sys
    import factcheck
    from factcheck.confined import confined
    print("two metres" in factcheck.read_article("page.html").text, flush=True)
    if hasattr(os, "fork"):
        if not (pid := os.fork()):
            print("two metres" in factcheck.read_article("page.html").text, flush=True)
            os._exit(0)
        os.waitpid(pid, 0)
    print("two metres" in factcheck.read_article("page.html").text, flush=True)
"""


@pytest.mark.parametrize("how", [["-"], ["-c", dedent(PROGRAM)]], ids=["stdin", "c"])
def test_program_that_nobody_can_import_reads_pages(tmp_path: Path, how: list[str]) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)

    told = subprocess.run(
        [sys.executable, "-W", "error", *how],
        check=False,
        input=dedent(PROGRAM),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=WAIT,
    )

    assert (told.stdout.split(), told.stderr) == (["True"] * 3, "")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the states of processes are read from /proc")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_outlives_the_program(end: signal.Signals) -> None:
    code = (
        "from factcheck.confined import confined; print(confined('os:getpid'), flush=True); confined('time:sleep', 600)"
    )
    program = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert program.stdout
    with program:
        pid = int(program.stdout.readline())
        program.send_signal(end)
    until = time.monotonic() + WAIT
    while _runs(pid) and time.monotonic() < until:
        time.sleep(0.05)

    assert not _runs(pid)


def _runs(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    return False


def test_things_come_one_after_the_other(caplog: pytest.LogCaptureFixture) -> None:
    assert list(confined_each("foreign:count", 2, limits=SHORT)) == [0, 1]
    assert caplog.messages == ["begun"]
    assert confined("builtins:len", (1, 2), limits=SHORT) == 2


def test_error_behind_some_things_comes_after_them() -> None:
    given = confined_each("foreign:count", 9, limits=SHORT)

    assert [next(given), next(given), next(given)] == [0, 1, 2]
    with pytest.raises(SourceError, match="it is no page"):
        next(given)


def test_bound_of_time_is_of_each_thing() -> None:
    assert list(confined_each("foreign:work_for_each", limits=SHORT)) == [True] * 4

    given = confined_each("foreign:never_give_a_second", limits=SHORT)
    assert next(given) == 1
    with pytest.raises(UnparsedError, match="longer than 1 s"):
        next(given)


def test_bound_of_memory_is_of_all_things() -> None:
    given = confined_each("foreign:hoard", limits=SHORT)

    with pytest.raises(UnparsedError, match="more memory than 200 MB"):
        list(given)


def test_who_stops_listening_gets_no_rest() -> None:
    given = confined_each("foreign:count", 2, limits=SHORT)
    next(given)
    given.close()  # type: ignore[attr-defined] # it is a generator

    assert confined("builtins:len", (1, 2), limits=SHORT) == 2


def test_lock_that_a_stop_has_left_locked_holds_up_no_end() -> None:
    assert confined("json:loads", "[1]") == [1]
    module._CHILDREN.mutex.acquire()  # noqa: SLF001 - as Ctrl-C leaves it that comes between it and what it guards

    module._end_all()  # noqa: SLF001

    assert not module._ALIVE  # noqa: SLF001
