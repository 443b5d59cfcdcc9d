"""What it will cost, what it cost, and what it may cost."""

import re
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import Command
from fakes import Reply, StandIn, completion, in_turn, one_claim_a_sentence

TEXT = "Ana Silva flew to Lisbon on Monday. She met 40 nurses there. She flew home on Friday.\n"
PRICED = '"openai:stand-in" = { input = 1000, cached_input = 500, output = 10000 }\n'
A_CALL = 0.1 + 0.2
"""A hundred prompt tokens and twenty answer tokens, as the stand-in counts them."""

THE_MOST = 14.5
"""Just more than one call about one sentence can cost at these prices: 5,100 bytes sent, 900 tokens back."""


@pytest.fixture
def article(folder: Path) -> Path:
    """Three sentences in a file."""
    path = folder / "talks.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture
def prices(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The stand-in's prices in a file, named by FACTCHECK_PRICES."""
    path = folder / "prices.toml"
    path.write_text(PRICED)
    monkeypatch.setenv("FACTCHECK_PRICES", str(path))
    return path


def test_dry_run_asks_and_stores_nothing(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    done = factcheck("extract", article, "--dry-run", "--window", 2)

    assert done.code == 0
    assert "3 sentences to ask: 2 calls, about" in done.out
    assert stand_in.requests == []
    assert not Path("factcheck.db").exists()


def test_dry_run_needs_no_key(factcheck: Command, article: Path) -> None:
    done = factcheck("extract", article, "--dry-run", "--model", "gpt-4o-mini-2024-07-18")

    assert done.code == 0
    assert re.search(r"total for openai:gpt-4o-mini-2024-07-18: 1 call, .*, price \$0\.000\d+", done.out)


def test_dry_run_without_model_counts_tokens(factcheck: Command, article: Path) -> None:
    done = factcheck("extract", article, "--dry-run")

    assert done.code == 0
    assert "price unknown: no model is named" in done.out


@pytest.mark.usefixtures("stand_in")
def test_dry_run_tells_missing_price(factcheck: Command, article: Path) -> None:
    done = factcheck("extract", article, "--dry-run")

    assert "price unknown: no price for 'openai:stand-in' in prices; add it with --prices FILE" in done.out
    assert "$" not in done.out


@pytest.mark.usefixtures("stand_in", "prices")
def test_dry_run_is_json_too(factcheck: Command, article: Path) -> None:
    Path("more.txt").write_text("Snow fell in Graz.")

    record = factcheck("extract", article, "more.txt", article, "--dry-run", "--json").json

    assert (record["model"], record["price_unknown"]) == ("openai:stand-in", None)
    assert [one["sentences"] for one in record["articles"]] == [3, 1]
    for key in ("calls", "prompt_tokens", "answer_tokens"):
        assert record["total"][key] == sum(one[key] for one in record["articles"]) > 1
    total = record["total"]
    assert total["price"] == pytest.approx((total["prompt_tokens"] * 1000 + total["answer_tokens"] * 10_000) / 1e6)


def test_dry_run_counts_what_is_left(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    factcheck("extract", article)

    assert factcheck("extract", article, "--dry-run", "--json").json["total"]["calls"] == 0
    again = factcheck("extract", "--article", 1, "--again", "--dry-run", "--json").json
    assert (again["total"]["calls"], again["articles"][0]["article"]["id"]) == (1, 1)
    assert len(stand_in.requests) == 1


@pytest.mark.usefixtures("stand_in")
def test_dry_run_tells_unreadable_source(factcheck: Command, article: Path) -> None:
    done = factcheck("extract", "missing.txt", article, "--dry-run")

    assert (done.code, "3 sentences to ask" in done.out) == (3, True)
    assert "'missing.txt'" in done.err


def test_dry_run_records_nothing(factcheck: Command, article: Path) -> None:
    done = factcheck("extract", article, "--dry-run", "--record", "tape.yaml")

    assert done.code == 2
    assert "--record and --dry-run exclude each other" in done.err


@pytest.mark.usefixtures("stand_in", "prices")
def test_price_is_told_everywhere(factcheck: Command, article: Path) -> None:
    done = factcheck("extract", article, "--window", 1)

    assert re.search(r"3 calls, 300 prompt and 60 answer tokens, \d\.\d seconds, price \$0\.90", done.out)
    assert re.search(r" \d\.\d +\$0\.90 +finished", factcheck("runs").out)
    assert re.search(r"price +\$0\.90 *\n", factcheck("status").out)
    [run] = factcheck("article", 1, "--json").json["runs"]
    assert run["price"] == pytest.approx(3 * A_CALL)
    assert run["seconds"] > 0
    status = factcheck("status", "--json").json
    assert (status["price"], status["runs_of_unknown_price"]) == (pytest.approx(3 * A_CALL), 0)
    assert status["seconds"] == run["seconds"]


@pytest.mark.usefixtures("stand_in")
def test_unknown_price_is_never_zero(factcheck: Command, article: Path) -> None:
    done = factcheck("extract", article)

    assert "price unknown" in done.out
    assert " unknown   finished" in factcheck("runs").out
    assert factcheck("runs", "--json").json[0]["price"] is None
    status = factcheck("status", "--json").json
    assert (status["price"], status["runs_of_unknown_price"]) == (None, 1)


@pytest.mark.usefixtures("stand_in", "prices")
def test_status_sums_known_prices(factcheck: Command, article: Path) -> None:
    factcheck("extract", article)
    Path("none.toml").write_text("")
    factcheck("extract", "--article", 1, "--again", "--model", "other", "--prices", "none.toml")

    status = factcheck("status", "--json").json
    assert (status["price"], status["runs_of_unknown_price"]) == (pytest.approx(A_CALL), 1)


def test_broken_prices_stop_before_asking(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    Path("own.toml").write_text('"openai:stand-in" = "cheap"\n')

    done = factcheck("extract", article, "--prices", "own.toml")

    assert (done.code, stand_in.requests) == (2, [])
    assert "'own.toml' hold 'openai:stand-in' = 'cheap'" in done.err


def test_budget_needs_a_price(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    done = factcheck("extract", article, "--budget", 1)

    assert (done.code, stand_in.requests) == (2, [])
    assert "none is known for 'openai:stand-in'; add it with --prices FILE" in done.err


@pytest.mark.usefixtures("prices")
def test_budget_stops_and_keeps_what_landed(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    done = factcheck("extract", article, "--window", 1, "--budget", THE_MOST, "--json")

    assert done.code == 10
    assert "budget of $14.50 reached" in done.err
    assert "the same command goes on with a new --budget" in done.err
    [summary] = done.json
    assert 0 < summary["new_claims"] == len(stand_in.requests) < 3
    assert factcheck("runs", "--json").json[0]["outcome"] == "stopped: budget of $14.50 reached"


@pytest.mark.usefixtures("prices")
def test_budget_goes_on_later(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    factcheck("extract", article, "--window", 1, "--budget", THE_MOST)

    done = factcheck("extract", article, "--window", 1, "--budget", 3 * THE_MOST)

    assert done.code == 0
    assert "3 sentences: 3 claims" in done.out
    assert len(stand_in.requests) == 3


@pytest.mark.usefixtures("prices")
def test_budget_holds_for_longest_answers(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    def longest(request: dict[str, Any]) -> Reply:
        sent = sum(len(one["content"].encode()) for one in request["messages"])
        answer = one_claim_a_sentence(request)[1]
        assert isinstance(answer, dict)
        answer["usage"] = {"prompt_tokens": sent, "completion_tokens": request["max_completion_tokens"]}
        answer["usage"]["total_tokens"] = sum(answer["usage"].values())
        return 200, answer, {}

    stand_in.answer = longest

    factcheck("extract", article, "--window", 1, "--budget", 2.2 * THE_MOST)

    assert 1 < len(stand_in.requests) < 3
    assert factcheck("status", "--json").json["price"] <= 2.2 * THE_MOST


@pytest.mark.usefixtures("prices")
def test_failed_call_keeps_its_share(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    uncounted = {key: value for key, value in completion("no JSON").items() if key != "usage"}
    stand_in.answer = lambda _: (200, uncounted, {})

    done = factcheck("extract", article, "--window", 1, "--budget", 2.2 * THE_MOST)

    assert (done.code, len(stand_in.requests)) == (10, 2)


@pytest.mark.usefixtures("prices")
@pytest.mark.parametrize("usage", [{"prompt_tokens": None}, {"prompt_tokens": 100, "completion_tokens": None}], ids=str)
def test_untold_tokens_are_unknown_and_not_free(
    factcheck: Command, article: Path, stand_in: StandIn, usage: dict[str, Any]
) -> None:
    def untold(request: dict[str, Any]) -> Reply:
        answer = one_claim_a_sentence(request)[1]
        assert isinstance(answer, dict)
        return 200, answer | {"usage": usage}, {}

    stand_in.answer = untold

    done = factcheck("extract", article, "--window", 1, "--budget", 2.2 * THE_MOST)

    assert (done.code, len(stand_in.requests)) == (10, 2)
    assert "2 calls, unknown tokens, " in done.out
    assert ", price unknown" in done.out
    assert re.search(r"tokens +unknown *\n", factcheck("status").out)
    [run] = factcheck("article", 1, "--json").json["runs"]
    assert (run["prompt_tokens"], run["cached_tokens"], run["completion_tokens"]) == (None, None, None)
    assert (run["calls"], run["uncounted_calls"], run["price"]) == (2, 2, None)


@pytest.mark.usefixtures("prices")
def test_partly_counted_run_says_so(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    uncounted = completion("no JSON") | {"usage": None}
    stand_in.answer = in_turn(lambda _: (200, uncounted, {}), one_claim_a_sentence, one_claim_a_sentence)

    done = factcheck("extract", article, "--window", 1, "--concurrency", 1)

    assert "3 calls, 200 prompt and 40 answer tokens (1 of 3 calls not counted), " in done.out
    assert " 240+ " in factcheck("runs").out


@pytest.mark.parametrize("option", ["--budget", "--requests-per-minute"])
def test_nothing_is_no_limit(factcheck: Command, article: Path, option: str) -> None:
    assert factcheck("extract", article, option, 0).code == 2


def test_calls_keep_to_their_pace(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    arrivals: list[float] = []

    def noted(request: dict[str, Any]) -> Reply:
        arrivals.append(time.monotonic())
        return one_claim_a_sentence(request)

    stand_in.answer = noted
    started = time.monotonic()
    factcheck("extract", article, "--window", 1, "--requests-per-minute", 60)

    assert len(arrivals) == 3
    assert arrivals[2] - started >= 2


@pytest.mark.usefixtures("prices")
def test_budget_that_cuts_asking_again_is_told(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    factcheck("extract", article, "--window", 1)

    done = factcheck("extract", "--article", 1, "--again", "--window", 1, "--budget", 1)

    assert (done.code, len(stand_in.requests)) == (10, 3)
    assert "budget of $1.00 reached: $0.00 is spent" in done.err
