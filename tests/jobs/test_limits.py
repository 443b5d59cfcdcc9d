from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import Finished
from fakes import StandIn, failing
from postgresql_desk import ServedDesk

from factcheck.domain.jobs import Limits
from factcheck.jobs.queue import EngineJobs
from factcheck.workflow import work_on_jobs

Command = Callable[..., Finished]
Opened = Callable[..., EngineJobs]


def test_nothing_is_limited_at_first(jobs: EngineJobs) -> None:
    assert jobs.limits().limits() == Limits()


def test_turn_is_taken_once_it_is_due(opened: Opened) -> None:
    one, other = (opened().limits() for _ in range(2))
    one.set_pace(6)

    turns = [limits.next_call() for limits in (one, other, one, other)]

    assert turns == pytest.approx([0, 10, 10, 10], abs=5)  # less what the calls before have taken


def test_one_of_all_workers_has_each_turn(opened: Opened) -> None:
    every = [opened().limits() for _ in range(4)]
    every[0].set_pace(1)

    with ThreadPoolExecutor(len(every)) as threads:
        turns = [*threads.map(lambda number: every[number % 4].next_call(), range(20))]

    assert turns.count(0.0) == 1


@pytest.mark.parametrize("rate", [60_000, None])
def test_new_rate_counts_from_now(jobs: EngineJobs, rate: float | None) -> None:
    limits = jobs.limits()
    limits.set_pace(0.01)
    taken, refused = limits.next_call(), limits.next_call()

    limits.set_pace(rate)

    assert (taken, refused > 1000, limits.next_call()) == (0, True, 0)


def test_budget_holds_whoever_asks_when(opened: Opened) -> None:
    every = [opened().limits() for _ in range(4)]
    every[0].set_budget(1.0)

    with ThreadPoolExecutor(len(every)) as threads:
        found = [*threads.map(lambda number: every[number % 4].set_aside(0.125), range(20))]

    assert (found.count(1), found.count(None), every[1].limits().spent) == (8, 12, 1.0)


def test_what_was_not_spent_can_be(jobs: EngineJobs) -> None:
    limits = jobs.limits()
    limits.set_budget(1.0)
    number = limits.set_aside(0.75)
    assert number is not None

    limits.paid(number, 0.75, 0.25)

    assert (limits.set_aside(0.75), limits.set_aside(0.125)) == (number, None)
    assert limits.limits() == Limits(budget=1.0, spent=1.0)


def test_new_budget_counts_from_nothing(jobs: EngineJobs) -> None:
    limits = jobs.limits()
    limits.set_budget(1.0)
    limits.set_aside(0.75)

    limits.set_budget(1.0)

    assert limits.limits() == Limits(budget=1.0)


def test_call_of_an_older_budget_leaves_the_new_one_alone(jobs: EngineJobs) -> None:
    limits = jobs.limits()
    limits.set_budget(1.0)
    older = limits.set_aside(0.75)
    assert older is not None
    limits.set_budget(1.0)
    newer = limits.set_aside(0.75)

    limits.paid(older, 0.75, 0.0)

    assert (newer != older, limits.set_aside(0.75)) == (True, None)
    assert limits.limits() == Limits(budget=1.0, spent=0.75)


def test_limits_of_the_first_version_get_numbers(opened: Opened, postgresql_database: ServedDesk) -> None:
    opened().limits().set_budget(1.0)
    with postgresql_database.connected() as connection:
        connection.execute("ALTER TABLE factcheck_jobs.all_workers DROP COLUMN budget_number")
    limits = opened().limits()
    assert limits.limits() == Limits(budget=1.0)

    limits.set_budget(2.0)

    assert (limits.set_aside(2.0), limits.set_aside(2.0)) == (1, None)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, served_desk_url: str, stand_in: StandIn) -> StandIn:
    """An empty desk on a server, a model with a price, and an article in the folder."""
    monkeypatch.setenv("FACTCHECK_DB", served_desk_url)
    monkeypatch.setenv("FACTCHECK_PRICES", "prices.toml")
    for name, text in (("prices.toml", '"openai:stand-in" = { input = 10, output = 100 }\n'), ("a.txt", "Rain fell.")):
        with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123 - the folder is the working one
            file.write(text)
    return stand_in


@pytest.mark.parametrize("status", [None, 401, 403, 404])
def test_worker_that_can_ask_nothing_spends_nothing(
    factcheck: Command, served: StandIn, monkeypatch: pytest.MonkeyPatch, status: int | None
) -> None:
    if status is None:
        monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    else:
        served.answer = failing(status, "refused", "not you")
    factcheck("extract", "--enqueue", "a.txt")
    factcheck("jobs", "limit", "--budget", "1")

    code = factcheck("worker", "--drain").code

    assert (code, factcheck("jobs", "limit", "--json").json["spent"]) == (4, pytest.approx(0))


def test_call_that_may_be_paid_stays_counted(
    factcheck: Command, served: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_on_jobs, "put_off_for", lambda _: None)
    served.answer = failing(500, "broken", "a part of me")
    factcheck("extract", "--enqueue", "a.txt")
    factcheck("jobs", "limit", "--budget", "1")

    factcheck("worker", "--drain")

    assert factcheck("jobs", "limit", "--json").json["spent"] > 0


def test_worker_keeps_to_the_limits_of_all(factcheck: Command, served: StandIn) -> None:
    factcheck("extract", "--enqueue", "a.txt")
    factcheck("jobs", "limit", "--budget", "0.00001", "--requests-per-minute", "60000")

    kept_to = factcheck("worker", "--drain")
    spent = factcheck("jobs", "limit", "--json").json
    factcheck("jobs", "limit", "--budget", "1")
    done = factcheck("worker", "--drain")
    told = factcheck("jobs", "limit").out
    factcheck("jobs", "limit", "--lift")

    assert (kept_to.code, "budget of all workers" in kept_to.err, len(served.requests)) == (10, True, 1)
    assert spent == {"calls_a_minute": 60000, "budget": 0.00001, "spent": 0}
    assert (done.code, "$1.00" in told, "60000" in told) == (0, True, True)
    assert factcheck("jobs", "limit", "--json").json == {"calls_a_minute": None, "budget": None, "spent": 0}
