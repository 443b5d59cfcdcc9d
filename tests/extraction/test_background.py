"""Calls in a thread of their own, and Ctrl-C while they are under way."""

import asyncio
import signal
import threading
from collections.abc import Iterator

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
    with Landings[str]() as landings:
        landings.add(loop.submit(hang()))
        landings.add(loop.submit(land("first")))

        assert landings.take().result() == "first"
        assert len(landings.under_way) == 1


def test_failed_call_lands_too(loop: BackgroundLoop) -> None:
    with Landings[str]() as landings:
        landings.add(loop.submit(fail()))

        assert isinstance(landings.take().exception(), ValueError)


def test_leaving_cancels_calls(loop: BackgroundLoop) -> None:
    with Landings[str]() as landings:
        call = loop.submit(hang())
        landings.add(call)

    assert call.cancelled()


def test_interrupt_waits_for_what_landed(loop: BackgroundLoop) -> None:
    with Landings[str]() as landings:
        landings.add(loop.submit(hang()))
        landed = loop.submit(land("paid"))
        landings.add(landed)
        landed.result(5)
        signal.raise_signal(signal.SIGINT)

        assert landings.take().result() == "paid"
        with pytest.raises(KeyboardInterrupt):
            landings.take()


def test_interrupt_ends_the_waiting(loop: BackgroundLoop) -> None:
    timer = threading.Timer(0.1, signal.pthread_kill, (threading.get_ident(), signal.SIGINT))
    with Landings[str]() as landings:
        landings.add(loop.submit(hang()))
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            landings.take()


def test_missed_wakeup_ends_the_waiting_too(loop: BackgroundLoop) -> None:
    with Landings[str]() as landings:
        landings.add(loop.submit(hang()))
        threading.Timer(0.05, setattr, (landings, "is_interrupted", True)).start()
        with pytest.raises(KeyboardInterrupt):
            landings.take()


def test_second_interrupt_waits_for_nothing() -> None:
    with Landings[str]():
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_leaving_gives_interrupts_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Landings[str]():
        assert signal.getsignal(signal.SIGINT) != before

    assert signal.getsignal(signal.SIGINT) == before
