"""`extract --enqueue`, `worker` and `jobs`: read here, asked about there."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from os import environ
from pathlib import Path
from unittest.mock import Mock

import pytest
from batch_stand_in import BatchStandIn
from conftest import Finished
from fakes import StandIn, failing, one_claim_a_sentence
from loopback_site import loopback_site
from postgresql_desk import ServedDesk

from factcheck import wiring
from factcheck.domain.jobs import PeriodicJob
from factcheck.jobs import shift
from factcheck.settings import Settings
from factcheck.workflow import work_on_jobs
from factcheck.workflow.work_on_jobs import WorkProgress

Command = Callable[..., Finished]

TEXT = "Rain fell on 3 towns on Monday. Wages rose by 4 percent in May."
DUE = """
INSERT INTO factcheck_jobs.pgqueuer_schedules (entrypoint, expression, next_run) VALUES ('watch', '* * * * *', now())
"""
OTHER = "Snow lay on 7 hills on Tuesday. Rents fell by 2 percent in June."


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, served_desk_url: str, stand_in: StandIn, folder: Path) -> StandIn:
    """An empty desk on a server, a model, two articles in a folder, and workers that do not wait long."""
    monkeypatch.setenv("FACTCHECK_DB", served_desk_url)
    monkeypatch.setattr(shift, "PACE", shift.Pace(silence=1.0, look=0.2, moment=0.1))
    monkeypatch.setattr(work_on_jobs, "put_off_for", lambda failures: None if failures > 1 else timedelta())
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(TEXT)
    (folder / "in" / "b.txt").write_text(OTHER)
    return stand_in


@pytest.mark.usefixtures("served")
def test_articles_wait_for_a_worker_and_are_extracted(factcheck: Command, stand_in: StandIn) -> None:
    put = factcheck("extract", "--enqueue", "in")
    before = factcheck("jobs", "--json").json

    done = factcheck("worker", "--drain")

    assert (put.code, put.out.splitlines()[0]) == (0, "2 articles enqueued; 0 waited or ran before")
    assert before == {"waiting": 2, "running": 0, "failed": [], "periodic": []}
    assert done.code == 0, done.err
    assert sorted(one.partition(",")[0] for one in done.out.splitlines()) == [
        "article 1: 2 new claims",
        "article 2: 2 new claims",
    ]
    assert factcheck("jobs", "--json").json == {"waiting": 0, "running": 0, "failed": [], "periodic": []}
    assert [one["sentences"]["claims"] for one in factcheck("articles", "--json").json] == [2, 2]
    assert len(stand_in.requests) == 2


@pytest.mark.usefixtures("served")
def test_what_is_extracted_is_not_queued_again(factcheck: Command) -> None:
    factcheck("extract", "--enqueue", "in/a.txt")
    factcheck("worker", "--drain")

    assert factcheck("extract", "--enqueue", "in", "--json").json == {
        "put": 1,
        "waiting": 0,
        "answered": 1,
        "unread": 0,
    }


def test_job_that_fails_waits_for_a_person(factcheck: Command, served: StandIn, folder: Path) -> None:
    (folder / "in" / "a.txt").write_text("Perhaps we should all be kinder. Who would not want that?")
    # A checkable sentence at which a model fails twice goes to the desk as it is written.
    served.answer = failing(400, "content_filter", "too odd \x1b[31m")
    factcheck("extract", "--enqueue", "in/a.txt")
    done = factcheck("worker", "--drain")

    shown, told = factcheck("jobs"), factcheck("jobs", "--json").json
    served.answer = one_claim_a_sentence
    retried = factcheck("jobs", "retry")
    factcheck("worker", "--drain")

    assert (done.code, done.err.count("job 1, article 1:")) == (0, 2)
    assert "it waits for a person" in done.err
    [failed] = told["failed"]
    assert (failed["article_id"], failed["reason"].partition(":")[0]) == (1, "2 of 2 sentences failed")
    assert ("\x1b" not in shown.out + shown.err + done.err, "factcheck jobs retry" in shown.err) == (True, True)
    assert retried.out == "1 job put back for a worker\n"
    assert factcheck("jobs", "--json").json == {"waiting": 0, "running": 0, "failed": [], "periodic": []}


def test_worker_without_a_server_gives_back_what_it_has(
    factcheck: Command, served: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    del served
    factcheck("extract", "--enqueue", "in/a.txt")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")

    done = factcheck("worker", "--drain")

    assert done.code == 4
    assert factcheck("jobs", "--json").json == {"waiting": 1, "running": 0, "failed": [], "periodic": []}


@pytest.mark.usefixtures("served")
def test_job_waits_while_a_batch_asks(
    factcheck: Command, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch, postgresql_database: ServedDesk
) -> None:
    worked = environ["OPENAI_BASE_URL"]
    batches = BatchStandIn(status="in_progress")
    with batches.serving() as base_url:
        monkeypatch.setenv("OPENAI_BASE_URL", base_url)
        factcheck("extract", "--batch", "in/a.txt")
        factcheck("extract", "--enqueue", "in/a.txt")
        waited = factcheck("worker", "--drain")
        left = factcheck("jobs", "--json").json["waiting"]
        factcheck("batches", "--cancel", "1")
        batches.status = "cancelled"
        factcheck("batches")
    monkeypatch.setenv("OPENAI_BASE_URL", worked)
    with postgresql_database.connected() as connection:
        connection.execute("UPDATE factcheck_jobs.pgqueuer SET execute_after = now()")

    done = factcheck("worker", "--drain")

    assert (waited.code, left) == (0, 1)
    assert waited.out == "article 1: in batch 1; its job waits until that has its answers\n"
    assert (done.out.partition(",")[0], len(stand_in.requests)) == ("article 1: 2 new claims", 1)


@pytest.mark.usefixtures("served")
def test_what_is_new_in_what_is_watched_waits_for_a_worker(factcheck: Command) -> None:
    with loopback_site() as site:
        page = site.article("/rain", "Rain fell on 3 towns on Monday.")
        feed = site.feed("/feed", (page, "2026-03-01"))

        first = factcheck("watch", feed, "--enqueue")
        again = factcheck("watch", feed, "--enqueue")

    assert (first.code, first.out.splitlines()[0]) == (0, "1 article enqueued; 0 waited or ran before")
    assert (again.code, again.out) == (0, "")


@pytest.mark.usefixtures("served")
def test_budget_of_a_worker_is_kept(factcheck: Command, folder: Path) -> None:
    (folder / "prices.toml").write_text('"openai:stand-in" = { input = 10, output = 100 }\n')
    factcheck("extract", "--enqueue", "in")

    done = factcheck("worker", "--drain", "--budget", "0.0001", "--prices", "prices.toml")

    assert done.code == 10
    assert factcheck("jobs", "--json").json["waiting"] == 2


@pytest.mark.usefixtures("served")
def test_machines_are_told_a_line_for_each_article(factcheck: Command) -> None:
    factcheck("extract", "--enqueue", "in")

    lines = factcheck("worker", "--drain", "--json").out.splitlines()

    assert sorted(json.loads(one)["article"]["id"] for one in lines) == [1, 2]


@pytest.mark.parametrize("words", [("extract", "--enqueue", "a.txt"), ("worker",), ("jobs",), ("jobs", "retry")])
def test_file_has_no_workers(words: tuple[str, ...], factcheck: Command, folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT)

    done = factcheck(*words)

    assert done.code == 8
    assert "PostgreSQL" in done.err
    assert "factcheck copy --to postgresql://" in done.err
    assert not (folder / "factcheck.db").exists()


def test_missing_engine_is_told_with_the_next_step(
    factcheck: Command, served: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    del served
    for name in [one for one in sys.modules if one.startswith(("factcheck.jobs", "pgqueuer"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pgqueuer", None)

    done = factcheck("extract", "--enqueue", "in")

    assert (done.code, "factcheck-desk[workers]" in done.err) == (8, True)


@pytest.mark.parametrize("option", ["--again", "--batch", "--dry-run", "--budget=1", "--model=openai:x"])
def test_options_of_asking_are_the_workers(option: str, factcheck: Command) -> None:
    done = factcheck("extract", "a.txt", "--enqueue", option)

    assert (done.code, "exclude each other" in done.err) == (2, True)


@pytest.mark.usefixtures("served")
def test_no_desk_is_made_by_looking_at_jobs(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_DB", "postgresql://nobody@127.0.0.1:9/none")

    assert factcheck("jobs").code == 8


@pytest.mark.timeout(120)
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGTERM")
@pytest.mark.usefixtures("served")
def test_worker_reads_what_is_watched_when_it_is_due(
    factcheck: Command, folder: Path, postgresql_database: ServedDesk
) -> None:
    with loopback_site() as site:
        page = site.article("/rain", "Rain fell on 3 towns on Monday.")
        feed = site.feed("/feed", (page, "2026-03-01"))
        settings = f'[jobs]\nwatch = "* * * * *"\n[watch]\nsources = ["{feed}", "{site.address}/gone"]\n'
        (folder / "factcheck.toml").write_text(settings + "[fetch]\nallow_private = true\n")
        factcheck("extract", "--enqueue", "in")
        with postgresql_database.connected() as connection:
            connection.execute(DUE)
        words = [sys.executable, "-m", "factcheck", "worker"]
        with subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as worker:
            assert worker.stdout is not None
            told = [worker.stdout.readline() for _ in range(3)]
            worker.send_signal(signal.SIGTERM)
            said = worker.communicate()[1]

    assert (worker.returncode, sorted(one[:9] for one in told)) == (0, ["article 1", "article 2", "article 3"]), said
    assert "watch: " in said
    assert "tried again when it is due next" in said
    [watch] = factcheck("jobs", "--json").json["periodic"]
    assert (watch["job"], watch["is_running"], watch["last_at"] is None) == ("watch", False, False)
    assert "* * * * *" in factcheck("jobs").out


@pytest.mark.usefixtures("served")
def test_watching_nothing_is_told(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text('[jobs]\nwatch = "* * * * *"\n')
    factcheck("extract", "--enqueue", "in")

    done = factcheck("worker")

    assert (done.code, "watch.sources names nothing" in done.err) == (2, True)


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(("job", "told"), [("evidence", "there is none"), ("batches", "0 were under way")])
def test_periodic_jobs_say_what_they_did(factcheck: Command, job: str, told: str) -> None:
    factcheck("extract", "--enqueue", "in")
    heard = Mock(spec=WorkProgress)

    wiring.periodic(Settings.from_environment(), heard).run(PeriodicJob(job), lambda: False)

    assert heard.periodic_done.call_args.args[0] == job
    assert heard.periodic_done.call_args.args[1].startswith(told)
