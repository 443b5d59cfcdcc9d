"""Calls in a thread of their own, and Ctrl-C while they are under way."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from factcheck.extraction.background import BackgroundLoop, Landings

ended: list[str] = []


async def at_end() -> None:
    ended.append("end")


async def hang() -> str:
    try:
        await asyncio.sleep(60)
    finally:
        ended.append("call")
    return "never"


async def land(word: str) -> str:
    await asyncio.sleep(0)
    return word


async def fail() -> str:
    raise ValueError


def nothing() -> None:
    pass


@pytest.fixture
def loop() -> Iterator[BackgroundLoop]:
    """A running loop; `ended` tells in which order things came to an end."""
    ended.clear()
    with BackgroundLoop(at_end) as opened:
        yield opened


def test_calls_run_beside_the_caller(loop: BackgroundLoop) -> None:
    async def thread() -> int:
        await asyncio.sleep(0)
        return threading.get_ident()

    assert loop.submit(thread()).result(5) != threading.get_ident()


def test_end_cancels_calls_first() -> None:
    ended.clear()
    with BackgroundLoop(at_end) as loop:
        call = loop.submit(hang())
        assert loop.submit(land("now")).result(5) == "now"

    assert (ended, call.cancelled()) == (["call", "end"], True)


def test_calls_are_taken_as_they_land(loop: BackgroundLoop) -> None:
    with Landings[str](nothing, nothing) as landings:
        landings.add(loop.submit(hang()))
        landings.add(loop.submit(land("first")))

        assert landings.take().result() == "first"
        assert len(landings.under_way) == 1


def test_failed_call_lands_too(loop: BackgroundLoop) -> None:
    with Landings[str](nothing, nothing) as landings:
        landings.add(loop.submit(fail()))

        assert isinstance(landings.take().exception(), ValueError)


def test_leaving_cancels_calls(loop: BackgroundLoop) -> None:
    with Landings[str](nothing, nothing) as landings:
        call = loop.submit(hang())
        landings.add(call)

    assert call.cancelled()


def test_interrupt_waits_for_calls_under_way(loop: BackgroundLoop) -> None:
    heard: list[str] = []
    answer = asyncio.Event()

    async def paid() -> str:
        await answer.wait()
        return "paid"

    def interrupted() -> None:
        with Landings[str](lambda: heard.append("stop"), lambda: heard.append("tell")) as landings:
            landings.add(loop.submit(paid()))
            signal.raise_signal(signal.SIGINT)
            assert heard == ["stop"]
            threading.Timer(0.1, loop.call, (answer.set,)).start()
            heard.append(landings.take().result())

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert heard == ["stop", "tell", "paid"]


def test_missed_wakeup_is_made_up_for(loop: BackgroundLoop) -> None:
    told = threading.Event()

    def interrupted() -> None:
        with Landings[str](nothing, told.set) as landings:
            call = loop.submit(hang())
            landings.add(call)
            threading.Timer(0.05, setattr, (landings, "_is_interrupted", True)).start()
            threading.Thread(target=lambda: told.wait(60) and call.cancel()).start()
            landings.take()

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert told.is_set()


@pytest.mark.parametrize("settles", [True, False])
def test_error_waits_for_calls_if_it_settles(loop: BackgroundLoop, settles: bool) -> None:  # noqa: FBT001 - a parameter
    heard: list[str] = []

    async def paid() -> str:
        await asyncio.sleep(0.1)
        return "paid"

    def fails() -> None:
        with Landings[str](lambda: heard.append("stop"), nothing, settles=settles) as landings:
            calls.append(loop.submit(paid()))
            landings.add(calls[0])
            raise LookupError

    calls: list[Future[str]] = []
    with pytest.raises(LookupError):
        fails()
    assert (heard, calls[0].cancelled()) == (["stop"] * settles, not settles)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
def test_other_signals_stop_as_ctrl_c_does(number: signal.Signals) -> None:
    before = signal.signal(number, signal.default_int_handler)
    try:
        landings = Landings[str](nothing, nothing).__enter__()
        signal.raise_signal(number)
        assert landings.is_interrupted
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
        with pytest.raises(KeyboardInterrupt):
            landings.__exit__(None)
    finally:
        signal.signal(number, before)


def test_second_interrupt_waits_for_nothing() -> None:
    landings = Landings[str](nothing, nothing).__enter__()
    signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        landings.__exit__(None)


def test_leaving_gives_interrupts_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Landings[str](nothing, nothing):
        assert signal.getsignal(signal.SIGINT) != before

    assert signal.getsignal(signal.SIGINT) == before
