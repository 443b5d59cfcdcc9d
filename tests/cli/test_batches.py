"""`extract --batch` and `batches`: sent once, held while they are out, collected at half the price."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from batch_stand_in import BatchStandIn
from conftest import Finished
from fakes import completion, one_claim_a_sentence

from factcheck.domain.article import Article
from factcheck.domain.cost import Price
from factcheck.errors import DatabaseError
from factcheck.extraction.prompts import load_prompt
from factcheck.extraction.questions import TokenEstimator
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.text.sentences import split_sentences
from factcheck.wiring import clock
from factcheck.workflow.windows import plan_windows

ON_BOTH_DATABASES = True

pytestmark = pytest.mark.usefixtures("server")

Command = Callable[..., Finished]
TEXT = "Rain fell on 3 towns on Monday. Wages rose by 4 percent in May."
OTHER = "Snow lay on 7 hills on Tuesday. Rents fell by 2 percent in June."
PRICES = '"openai:stand-in" = { input = 10, output = 100 }\n'
OF_ONE_CALL = (100 * 10 + 20 * 100) / 1e6


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[BatchStandIn]:
    """A stand-in for OpenAI's batches, set as the server, with a price, and two articles in the folder."""
    stand_in = BatchStandIn()
    (folder / "prices.toml").write_text(PRICES)
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text(OTHER)
    with stand_in.serving() as base_url:
        monkeypatch.setenv("OPENAI_BASE_URL", base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "stand-in")
        monkeypatch.setenv("FACTCHECK_MODEL", "openai:stand-in")
        monkeypatch.setenv("FACTCHECK_PRICES", "prices.toml")
        yield stand_in


def counts(factcheck: Command, number: int = 1) -> dict[str, int]:
    """How many sentences of an article stand in which state, without those that none does."""
    [found] = [one for one in factcheck("articles", "--json").json if one["id"] == number]
    return {state: many for state, many in found["sentences"].items() if many}


def locked(*_: object) -> int:
    """In place of what stores an answer."""
    raise DatabaseError("locked")


def test_articles_go_out_in_one_batch(factcheck: Command, server: BatchStandIn) -> None:
    sent = factcheck("extract", "a.txt", "b.txt", "--batch")

    assert sent.code == 0
    assert len(server.batches) == 1
    assert len(server.requests()) == 2
    assert "in batch 1" in sent.out
    assert server.chats == []


def test_collected_answers_become_claims(factcheck: Command) -> None:
    factcheck("extract", "a.txt", "b.txt", "--batch")

    collected = factcheck("batches")

    assert collected.code == 0
    assert len(factcheck("claims", "--json").json) == 4
    assert [one["outcome"] for one in factcheck("runs", "--json").json] == ["finished", "finished"]


def test_requests_are_those_of_ordinary_calls(factcheck: Command, server: BatchStandIn) -> None:
    for form in ("json_schema", "function_calling", "json_mode"):
        factcheck("--db", f"{form}.db", "extract", "a.txt", "--structured", form)
        factcheck("--db", f"{form}-batch.db", "extract", "a.txt", "--structured", form, "--batch")

    bodies = [one["body"] for one in server.requests()]
    assert len(bodies) == 3
    assert bodies == server.chats


def test_each_request_names_its_run_and_window(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt", "--batch", "--window", 1)

    names = [one["custom_id"] for one in server.requests()]
    assert len(set(names)) == 2
    assert all(".r1.w" in name and len(name) <= 64 for name in names)


def test_usage_lands_at_half_the_price(factcheck: Command) -> None:
    factcheck("extract", "a.txt", "--batch")
    factcheck("batches")

    [run] = factcheck("runs", "--json").json
    assert run["prompt_tokens"] == 100
    assert run["price"] == pytest.approx(OF_ONE_CALL / 2)


def test_dry_run_tells_half_the_price(factcheck: Command, server: BatchStandIn) -> None:
    full = factcheck("extract", "a.txt", "--dry-run", "--json").json["total"]["price"]

    assert factcheck("extract", "a.txt", "--dry-run", "--batch", "--json").json["total"]["price"] == full / 2
    assert "by batch" in factcheck("extract", "a.txt", "--dry-run", "--batch").out
    assert server.calls == []


def test_budget_holds_before_anything_is_sent(factcheck: Command, server: BatchStandIn) -> None:
    stopped = factcheck("extract", "a.txt", "--batch", "--budget", 0.01)

    assert stopped.code == 10
    assert "budget of $0.01 reached" in stopped.err
    assert server.batches == {}


def test_articles_beyond_the_budget_stay_pending(factcheck: Command, server: BatchStandIn) -> None:
    article = Article(TEXT, datetime(2026, 3, 1, tzinfo=UTC))
    [window] = plan_windows(split_sentences(TEXT), 9)
    most = Price(10, 10, 100).at_most(TokenEstimator(load_prompt("extract_claims")).estimate(article, window))

    stopped = factcheck("extract", "a.txt", "b.txt", "--batch", "--budget", most * 0.8)  # one takes half of that

    assert stopped.code == 10
    assert len(server.requests()) == 1
    assert counts(factcheck, 2) == {"pending": 2}


def test_nobody_asks_what_a_batch_holds(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt", "--batch")

    for more in (("a.txt",), ("a.txt", "--batch"), ("a.txt", "--again"), ("--retry", 1), ("--article", 1, "--batch")):
        held = factcheck("extract", *more)
        assert held.code == 10
        assert "in batch 1, nothing was asked; collect the answers with: factcheck batches" in held.out
    assert server.chats == []
    assert len(server.batches) == 1


def test_runs_say_which_batch_holds_them(factcheck: Command) -> None:
    factcheck("extract", "a.txt", "--batch")

    assert "in batch 1" in factcheck("runs").out


def test_batch_that_is_out_is_shown(factcheck: Command, server: BatchStandIn) -> None:
    server.status = "in_progress"
    factcheck("extract", "a.txt", "b.txt", "--batch")

    shown = factcheck("batches")
    [told] = factcheck("batches", "--json").json

    assert "out: in_progress" in shown.out
    assert (told["state"], told["requests"], told["left"], told["articles"]) == ("out", 2, 2, [1, 2])
    assert counts(factcheck) == {"pending": 2}


def test_list_collects_nothing(factcheck: Command) -> None:
    factcheck("extract", "a.txt", "--batch")

    assert "out: completed" in factcheck("batches", "--list").out
    assert counts(factcheck) == {"pending": 2}


def test_wait_goes_on_until_all_is_collected(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt", "--batch")
    looks = [0]

    def not_yet(method: str, path: str) -> None:
        if (method, path) == ("GET", "/v1/batches/batch_1"):
            looks[0] += 1
            server.batches["batch_1"]["status"] = "validating" if looks[0] == 3 else "in_progress"

    server.hook = not_yet
    waited = factcheck("batches", "--wait", "--interval", 1)

    assert waited.code == 0
    assert looks == [3]
    assert counts(factcheck) == {"claims": 2}


def test_broken_line_costs_nothing_else(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt", "b.txt", "--batch")
    foreign = json.dumps({"custom_id": "somebody-else", "response": {"status_code": 200, "body": {}}}).encode()
    endless = b'{"custom_id": ' + b"9" * 3_000_000
    deep = b'{"custom_id": ' + b"[" * 100_000
    server.written = lambda lines: [foreign, b"{", endless, deep, b"\xff", lines[1], lines[1], b'{"custom_id": 1e999}']

    assert factcheck("batches").code == 4
    assert counts(factcheck, 1) == {"pending": 2}
    assert counts(factcheck, 2) == {"claims": 2}
    factcheck("batches", "--cancel", 1)

    assert counts(factcheck, 1) == {"failed": 2}
    assert counts(factcheck, 2) == {"claims": 2}
    [first, second] = factcheck("runs", "--json").json
    assert (first["calls"], second["calls"]) == (0, 1)


def once(reply: Any) -> Callable[[str, str], Any]:
    """A hook that answers the first look at a file of answers, and no other one."""
    replies = [reply]
    return lambda _, path: replies.pop() if replies and path.endswith("/content") else None


@pytest.mark.parametrize(
    "first",
    [
        (200, b"<html>Bad gateway</html>", {}),
        (200, b'{"custom_id"', {}),
        (200, b"", {}),
        (404, {"error": {"message": "there is no such file yet"}}, {}),
    ],
    ids=["a page", "cut", "empty", "not there"],
)
def test_answers_that_come_late_are_waited_for(factcheck: Command, server: BatchStandIn, first: Any) -> None:
    factcheck("extract", "a.txt", "b.txt", "--batch")
    server.hook = once(first)

    late = factcheck("batches")

    assert late.code == 4
    assert "batch 1 is over, and the server's files lack the answers to 2 of 2 requests" in late.err
    assert "factcheck batches --cancel 1" in late.err
    assert counts(factcheck, 1) == counts(factcheck, 2) == {"pending": 2}
    assert factcheck("batches").code == 0
    assert counts(factcheck, 1) == counts(factcheck, 2) == {"claims": 2}


def test_batch_is_completed_before_its_file_is_named(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt", "--batch")
    factcheck("batches", "--list")
    [batch] = server.batches.values()
    named, batch["output_file_id"] = batch["output_file_id"], None

    assert factcheck("batches").code == 4
    assert counts(factcheck) == {"pending": 2}
    batch["output_file_id"] = named
    assert factcheck("batches", "--wait").code == 0
    assert counts(factcheck) == {"claims": 2}


def test_what_a_short_file_holds_is_stored_at_once(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt", "b.txt", "--batch")
    server.written = lambda lines: [lines[0], lines[1][:60]]

    assert factcheck("batches").code == 4
    [told] = factcheck("batches", "--list", "--json").json

    assert (told["state"], told["left"]) == ("out", 1)
    assert (counts(factcheck, 1), counts(factcheck, 2)) == ({"claims": 2}, {"pending": 2})
    assert factcheck("extract", "b.txt").code == 10  # it is not asked about, and paid, again
    assert factcheck("batches", "--cancel", 1).code == 10
    assert (counts(factcheck, 1), counts(factcheck, 2)) == ({"claims": 2}, {"failed": 2})
    assert len(factcheck("claims", "--json").json) == 2


def test_short_file_of_an_expired_batch_is_known_by_its_counts(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt", "b.txt", "--batch")
    server.status, server.written = "expired", lambda lines: lines[:1]
    server.hook = once((200, b"", {}))

    assert factcheck("batches").code == 4
    assert counts(factcheck, 1) == {"pending": 2}
    assert factcheck("batches").code == 10
    assert (counts(factcheck, 1), counts(factcheck, 2)) == ({"claims": 2}, {"failed": 2})


def test_nobody_waits_for_ever_for_a_short_file(
    factcheck: Command, server: BatchStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    factcheck("extract", "a.txt", "--batch")
    server.written = lambda _: []
    pauses = list[float]()
    monkeypatch.setattr("factcheck.cli.batches.sleep", pauses.append)

    assert factcheck("batches", "--wait").code == 4
    assert len(pauses) == 9


def test_answers_that_the_server_has_lost_can_be_given_up(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt", "--batch")
    factcheck("batches", "--list")
    del server.files[server.batches["batch_1"]["output_file_id"]]

    assert factcheck("batches").code == 4
    assert factcheck("batches", "--cancel", 1).code == 10
    assert counts(factcheck) == {"failed": 2}
    assert factcheck("batches", "--list", "--json").json == []
    assert factcheck("extract", "--retry", 1).code == 0
    assert counts(factcheck) == {"claims": 2}


def test_cancelling_gives_up_no_answers_that_come_a_moment_later(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt", "--batch")
    server.batches["batch_1"]["status"] = "in_progress"

    def ended(method: str, path: str) -> Any:
        if (method, path[-7:]) == ("POST", "/cancel"):
            server.batches["batch_1"]["status"] = "validating"
            server.reply("GET", "/v1/batches/batch_1", {}, b"", "")
            return 409, {"error": {"message": "it is completed"}}, {}
        return late(method, path)

    late = once((200, b"", {}))
    server.hook = ended

    assert factcheck("batches", "--cancel", 1).code == 4
    assert counts(factcheck) == {"pending": 2}
    assert factcheck("batches").code == 0
    assert counts(factcheck) == {"claims": 2}


def test_answer_counts_before_an_error_of_the_same_request(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt", "--batch")
    failed = {"response": None, "error": {"code": "server_error", "message": "try again"}}
    server.written = lambda lines: [json.dumps(json.loads(lines[0]) | failed).encode(), *lines]

    assert factcheck("batches").code == 0
    assert counts(factcheck) == {"claims": 2}


def test_answer_given_twice_counts_once(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt", "--batch")
    server.written = lambda lines: lines * 3

    factcheck("batches")

    [run] = factcheck("runs", "--json").json
    assert run["calls"] == 1
    assert len(factcheck("claims", "--json").json) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"response": {"status_code": 400, "body": {"error": {"message": "no such field"}}}}, "no such field"),
        ({"response": None, "error": {"code": "batch_expired", "message": "it expired"}}, "it expired"),
        ({"response": {"status_code": 200, "body": {"choices": 5}}}, "not a chat completion"),
        ({"response": {"status_code": 200, "body": []}}, "the server's line holds no answer"),
        ({"response": "?"}, "the server's line holds no answer"),
    ],
)
def test_error_fails_its_sentences(factcheck: Command, server: BatchStandIn, line: dict[str, Any], reason: str) -> None:
    factcheck("extract", "a.txt", "b.txt", "--batch")
    server.written = lambda lines: [json.dumps(json.loads(lines[0]) | line).encode(), lines[1]]

    collected = factcheck("batches")

    assert collected.code == 10
    assert counts(factcheck, 1) == {"failed": 2}
    assert counts(factcheck, 2) == {"claims": 2}
    assert reason in " ".join(factcheck("article", 1).out.split()) or any(
        reason in one["detail"] for one in factcheck("article", 1, "--json").json["sentences"]
    )


def test_answer_cut_short_keeps_what_is_whole(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt", "--batch")
    _, body, _ = one_claim_a_sentence(server.requests()[0]["body"])
    assert isinstance(body, dict)
    content = body["choices"][0]["message"]["content"]
    server.answer = lambda _: (200, completion(content[: content.index('"s2"') + 20], "length"), {})

    factcheck("batches")

    assert counts(factcheck) == {"claims": 1, "failed": 1}
    [run] = factcheck("runs", "--json").json
    assert run["completion_tokens"] == 20


def test_refused_answer_fails_its_sentences(factcheck: Command, server: BatchStandIn) -> None:
    server.answer = lambda _: (200, completion(None, refusal="I will not"), {})
    factcheck("extract", "a.txt", "--batch")
    factcheck("batches")

    [first, _] = factcheck("article", 1, "--json").json["sentences"]
    assert (first["state"], first["detail"]) == ("failed", "the model refused: I will not")


def test_expired_batch_is_asked_again_on_demand(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt", "b.txt", "--batch")
    server.status, server.written = "expired", lambda lines: lines[:1]

    collected = factcheck("batches")

    assert collected.code == 10
    assert counts(factcheck, 1) == {"claims": 2}
    assert {one["detail"] for one in factcheck("article", 2, "--json").json["sentences"]} == {
        "the batch expired before the server came to this"
    }
    assert factcheck("extract", "--retry", 2).code == 0
    assert counts(factcheck, 2) == {"claims": 2}
    assert len(server.chats) == 1


def test_refused_batch_says_why(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt", "--batch")
    server.batches["batch_1"] |= {"status": "failed", "errors": {"data": [{"message": "token limit exceeded"}]}}

    factcheck("batches")

    [first, _] = factcheck("article", 1, "--json").json["sentences"]
    assert first["detail"] == "the server refused the batch: token limit exceeded"


def test_cancelled_batch_frees_its_sentences(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt", "--batch")

    assert factcheck("batches", "--cancel", 1).code == 10
    assert server.batches["batch_1"]["status"] == "cancelled"
    assert counts(factcheck) == {"failed": 2}
    assert factcheck("extract", "--retry", 1, "--batch").code == 0
    assert len(server.batches) == 2


def test_batch_unknown_to_the_server_can_be_given_up(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt", "--batch")
    server.batches.clear()

    assert factcheck("batches").code == 4
    assert counts(factcheck) == {"pending": 2}
    assert factcheck("batches", "--cancel", 1).code == 10
    assert counts(factcheck) == {"failed": 2}


def test_key_goes_to_the_server_that_is_set_alone(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    factcheck("extract", "a.txt", "--batch")
    with BatchStandIn().serving() as other:
        monkeypatch.setenv("OPENAI_BASE_URL", other)
        refused = factcheck("batches")

    assert refused.code == 4
    assert "batch 1 is with the server" in refused.err


def test_number_without_a_batch_is_not_found(factcheck: Command) -> None:
    assert factcheck("batches", "--cancel", 7).code == 6


def test_no_batch_needs_no_server(factcheck: Command) -> None:
    assert factcheck("batches").code == 0
    assert factcheck("batches", "--json").json == []


@pytest.mark.parametrize(
    "more",
    [
        ("--record", "x.yaml"),
        ("--replay", "x.yaml"),
        ("--concurrency", 2),
        ("--requests-per-minute", 2),
        ("--service-tier", "flex"),
    ],
)
def test_options_of_single_calls_are_refused(factcheck: Command, more: tuple[object, ...]) -> None:
    refused = factcheck("extract", "a.txt", "--batch", *more)

    assert refused.code == 2
    assert f"--batch and {more[0]} exclude each other" in refused.err


def test_other_providers_have_no_batches(factcheck: Command) -> None:
    refused = factcheck("extract", "a.txt", "--batch", "--model", "anthropic:some")

    assert refused.code == 2
    assert "only OpenAI's API has them" in refused.err


def test_server_without_batches_frees_the_sentences(factcheck: Command, server: BatchStandIn) -> None:
    server.hook = lambda _, path: (404, {"detail": "Not Found"}, {}) if path == "/v1/files" else None

    assert factcheck("extract", "a.txt", "--batch").code == 4
    assert factcheck("extract", "a.txt").code == 0


def test_create_is_tried_once_and_looked_for(factcheck: Command, server: BatchStandIn) -> None:
    def lost(method: str, path: str) -> Any:
        if (method, path) == ("POST", "/v1/batches") and not server.batches:
            server.create({"input_file_id": "file-1", "metadata": None, "endpoint": "/v1/chat/completions"})
            return 500, {"error": {"message": "the answer is lost"}}, {}
        return None

    server.hook = lost
    assert factcheck("extract", "a.txt", "--batch").code == 0
    assert len(server.batches) == 1
    assert server.calls.count(("POST", "/v1/batches")) == 1


def test_again_is_asked_by_batches_too(factcheck: Command, server: BatchStandIn) -> None:
    factcheck("extract", "a.txt")
    factcheck("extract", "a.txt", "--batch", "--again")

    assert factcheck("batches").code == 0
    assert [one["outcome"] for one in factcheck("runs", "--json").json] == ["finished", "finished"]
    assert len(server.requests()) == 1


def test_tokens_written_to_a_cache_cost_what_they_cost_in_a_batch(
    factcheck: Command, server: BatchStandIn, folder: Path
) -> None:
    (folder / "prices.toml").write_text('"openai:stand-in" = { input = 10, cache_write = 12, output = 100 }\n')

    def answer(request: dict[str, Any]) -> Any:
        status, body, headers = one_claim_a_sentence(request)
        assert isinstance(body, dict)
        usage = body["usage"] | {"prompt_tokens_details": {"cache_write_tokens": 100}}
        return status, body | {"usage": usage}, headers

    server.answer = answer
    factcheck("extract", "a.txt", "--batch")
    factcheck("batches")

    [run] = factcheck("runs", "--json").json
    assert run["price"] == pytest.approx((100 * 12 + 20 * 100) / 1e6 / 2)


def set_clocks(patch: pytest.MonkeyPatch, moment: Callable[[], datetime]) -> None:
    """Set the machine's clock and that of the database's server."""
    patch.setattr(clock, "utc_now", moment)
    patch.setattr(Database, "server_time", lambda _: moment())


def test_answer_kept_beside_the_database_is_not_paid_again_by_batch(
    factcheck: Command, server: BatchStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqlLedger, "record_outcome", locked)
        assert factcheck("extract", "a.txt").code == 8
    began = datetime.now(UTC)
    set_clocks(monkeypatch, lambda: began + timedelta(minutes=1))

    assert factcheck("extract", "a.txt", "--batch").code == 0

    assert (len(server.chats), server.batches) == (1, {})
    assert counts(factcheck) == {"claims": 2}
    [run] = factcheck("runs", "--json").json
    assert run["price"] == pytest.approx(OF_ONE_CALL)


def test_batch_waits_for_answers_that_a_run_under_way_keeps(factcheck: Command, server: BatchStandIn) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqlLedger, "record_outcome", locked)
        assert factcheck("extract", "a.txt").code == 8
    began, waited = datetime.now(UTC), list[float]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "sleep", waited.append)
        set_clocks(patch, lambda: began + timedelta(minutes=len(waited)))
        assert factcheck("extract", "a.txt", "--batch").code == 0

    assert server.batches == {}
    assert counts(factcheck) == {"claims": 2}


def test_upload_without_an_id_frees_the_sentences(factcheck: Command, server: BatchStandIn) -> None:
    server.hook = lambda method, path: (
        (200, {"object": "file"}, {}) if (method, path[-6:]) == ("POST", "/files") else None
    )

    sent = factcheck("extract", "a.txt", "--batch")

    assert (sent.code, server.batches) == (4, {})
    assert "named no id for it" in sent.err
    server.hook = None
    assert factcheck("extract", "a.txt").code == 0


def test_batch_that_nobody_tells_of_can_be_given_up(
    factcheck: Command, server: BatchStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.hook = lambda _, path: (500, {"error": {"message": "no"}}, {}) if path.startswith("/v1/batches") else None
    assert factcheck("extract", "a.txt", "--batch").code == 4
    assert factcheck("batches", "--cancel", 1).code == 4  # its process has died just now
    later = datetime.now(UTC) + timedelta(minutes=2)
    set_clocks(monkeypatch, lambda: later)
    assert (factcheck("batches").code, factcheck("extract", "a.txt").code) == (4, 10)

    given_up = factcheck("batches", "--cancel", 1)

    assert "batch 1 is given up: whether the server has it, it does not say" in given_up.err
    assert factcheck("extract", "a.txt").code == 0
    assert counts(factcheck) == {"claims": 2}


@pytest.mark.parametrize("how", [(), ("--batch",)])
def test_dry_run_counts_nothing_that_a_batch_holds(factcheck: Command, how: tuple[str, ...]) -> None:
    factcheck("extract", "a.txt", "--batch")

    told = factcheck("extract", "a.txt", "b.txt", "--dry-run", *how, "--json").json

    assert [(one["batch"], one["sentences"], one["calls"]) for one in told["articles"]] == [(1, 0, 0), (None, 2, 1)]
    assert told["total"]["calls"] == 1
    assert "(article 1, which batch 1 asks about)" in factcheck("extract", "a.txt", "--dry-run", *how).out
