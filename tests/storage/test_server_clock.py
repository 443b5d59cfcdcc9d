"""The clock of a desk on a server, which people on several machines work at."""

from datetime import UTC, datetime, timedelta

import pytest

from factcheck.errors import DatabaseError
from factcheck.settings import Settings
from factcheck.wiring import clock, desks
from factcheck.wiring.clock import ServerClock

TRUE = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Machine:
    """A machine whose clock is off, and a server that is asked how late it is."""

    def __init__(self, off: timedelta) -> None:
        self.off, self.passed, self.asked, self.is_down = off, timedelta(), 0, False

    def now(self) -> datetime:
        return TRUE + self.passed + self.off

    def server_time(self) -> datetime:
        if self.is_down:
            raise DatabaseError("gone")
        self.asked += 1
        return TRUE + self.passed


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine that is half an hour ahead."""
    made = Machine(timedelta(minutes=30))
    monkeypatch.setattr(clock, "utc_now", made.now)
    return made


def test_moment_is_the_servers(machine: Machine) -> None:
    told = ServerClock(machine.server_time)

    assert told() == TRUE
    machine.passed = timedelta(minutes=4)
    assert (told(), machine.asked) == (TRUE + machine.passed, 1)


@pytest.mark.parametrize("step", [timedelta(hours=-2), timedelta(hours=2)])
def test_clock_that_is_set_meanwhile_is_seen(machine: Machine, step: timedelta) -> None:
    told = ServerClock(machine.server_time)
    told()

    machine.off += step

    assert told() == TRUE


def test_server_that_is_away_stops_no_clock(machine: Machine) -> None:
    told = ServerClock(machine.server_time)
    told()
    machine.passed, machine.is_down = timedelta(minutes=9), True

    assert told() == TRUE + machine.passed


def test_server_that_never_answered_is_told(machine: Machine) -> None:
    machine.is_down = True

    with pytest.raises(DatabaseError):
        ServerClock(machine.server_time)()


def test_desk_on_a_server_has_the_servers_clock(desk_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = timedelta(hours=1)
    monkeypatch.setattr(clock, "utc_now", lambda: datetime.now(UTC) + ahead)

    with desks.stores(Settings(db=desk_url)) as opened:
        off = opened.clock() - datetime.now(UTC)

    assert abs(off - (timedelta() if "://" in desk_url else ahead)) < timedelta(seconds=30)
