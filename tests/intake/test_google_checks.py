"""Google's Fact Check Tools as they are documented: played from a stand-in's recording, or asked on loopback."""

import gzip
import json
import socket
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import Command
from google_stand_in import ANSWERS, CASSETTE, player
from loopback_site import LoopbackSite, loopback_site

from factcheck.domain.known import KnownClaim, KnownRating
from factcheck.errors import CheckServiceError, NoServiceKeyError, RefusedServiceKeyError, ServiceQuotaError
from factcheck.intake.google_checks import KEY_HEADER, GoogleChecks
from factcheck.settings import Settings

KEY = "AIzaSecretKey"
QUESTION = "The bridge of Kelso was opened in 1931."
Asked = Callable[[str], str]


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the stand-in has answered, with a key in the environment."""
    monkeypatch.setenv("FACTCHECK_GOOGLE_KEY", KEY)
    with player().use_cassette(str(CASSETTE)):
        yield


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with loopback_site() as opened:
        yield opened


def at(site: LoopbackSite, seconds: float = 20.0) -> GoogleChecks:
    return GoogleChecks(KEY, search=f"{site.address}/search", allow_private=True, seconds=seconds)


@pytest.mark.usefixtures("played")
def test_answers_are_shaped_as_known_claims() -> None:
    first, second = GoogleChecks(KEY).ask(QUESTION)

    assert first == KnownClaim(
        "The bridge of Kelso was opened in 1941.",
        "https://checkers.example/1",
        KnownRating("False", on=date(2021, 6, 2)),
        "Checkers",
        "Silva",
        date(2021, 5, 30),
        "en",
        headline="Check 1",
    )
    assert (second.publisher, second.rating.text) == ("Others", "Mostly false")


@pytest.mark.usefixtures("played")
def test_language_is_asked_for() -> None:
    (found,) = GoogleChecks(KEY).ask("Brücke von Kelso", "de")

    assert (found.language, found.rating.text) == ("de", "Falsch")


@pytest.mark.usefixtures("played")
def test_nothing_is_found_in_an_empty_answer() -> None:
    assert GoogleChecks(KEY).ask("nothing") == ()


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize(
    ("words", "kind", "told"),
    [
        ("refused key", RefusedServiceKeyError, "answers 400 (API key not valid. Please pass a valid API key.)"),
        ("forbidden", RefusedServiceKeyError, "answers 403 (Fact Check Tools API has not been used in project 1.)"),
        ("too often", ServiceQuotaError, "answers 429 (Quota exceeded for quota metric 'Queries'.)"),
        ("broken down", CheckServiceError, "gives no answer: it answers 503"),
        ("other shape", CheckServiceError, "gives no answer: its answer lists no claims"),
        ("broken JSON", CheckServiceError, "gives no answer: its answer is no JSON object"),
    ],
)
def test_refusals_are_told(words: str, kind: type[CheckServiceError], told: str) -> None:
    with pytest.raises(kind) as caught:
        GoogleChecks(KEY).ask(words)

    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_a_key_nothing_is_asked() -> None:
    with pytest.raises(NoServiceKeyError):
        GoogleChecks(None).ask("bridge")


def test_key_goes_out_in_a_header_alone(site: LoopbackSite) -> None:
    with pytest.raises(CheckServiceError) as caught:
        at(site).ask("bridge")

    assert [one[KEY_HEADER] for one in site.headers] == [KEY]
    assert KEY not in "".join(site.asked) + str(caught.value) + repr(at(site)) + repr(Settings(google_key=KEY))


def test_key_stands_in_no_recording() -> None:
    assert KEY_HEADER not in CASSETTE.read_text("utf-8").lower()
    assert "stand-in on loopback" in CASSETTE.read_text("utf-8").splitlines()[0]


def test_redirect_carries_no_key_off(site: LoopbackSite) -> None:
    site.pages["/search?query=bridge&pageSize=20"] = 302, {"location": "/elsewhere"}, b""

    with pytest.raises(CheckServiceError, match="redirects"):
        at(site).ask("bridge")
    assert "/elsewhere" not in site.asked


def test_bomb_is_cut_off(site: LoopbackSite) -> None:
    bomb = gzip.compress(b'{"claims": [' + b" " * 20_000_000)
    site.pages["/search?query=bridge&pageSize=20"] = 200, {"content-encoding": "gzip"}, bomb

    with pytest.raises(CheckServiceError, match="is larger than 5,000,000 bytes"):
        at(site).ask("bridge")


def test_slow_server_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/search"

        with pytest.raises(CheckServiceError, match=r"gives no answer: .* does not answer"):
            GoogleChecks(KEY, search=address, allow_private=True, seconds=0.3).ask("bridge")


@pytest.mark.usefixtures("played")
def test_answers_stand_beside_what_was_imported(factcheck: Command) -> None:
    factcheck("people", "add", "ana")

    found = factcheck("known", "search", QUESTION, "--google", "--json").json

    assert {one["publisher"] for one in found} == {"Checkers", "Others"}
    assert found[0]["differs"] == [{"kind": "date", "here": "1931", "there": "1941"}]
    assert factcheck("known", "--json").json == []


@pytest.mark.usefixtures("played")
def test_answers_are_kept_on_request(factcheck: Command) -> None:
    factcheck("people", "add", "ana")

    kept = factcheck("known", "search", QUESTION, "--google", "--keep")

    assert "kept: 2 new, 0 with another rating, 0 known already" in kept.err
    (source,) = factcheck("known", "--json").json
    assert (source["source"], source["claims"]) == ("Google Fact Check Tools", 2)


@pytest.mark.usefixtures("played")
def test_refusal_loses_nothing_of_the_rest(factcheck: Command, folder: Path) -> None:
    review = {"@type": "ClaimReview", "url": "https://a.example/1", "claimReviewed": "We were told too often."}
    (folder / "a.json").write_text(json.dumps(review), "utf-8")
    (folder / "factcheck.toml").write_text("[known]\ngoogle = true\n", "utf-8")
    factcheck("known", "import", "a.json")

    done = factcheck("known", "search", "too", "often")

    assert done.code == 3
    assert done.out.startswith("We were told too often.\n")
    assert done.err.startswith("factcheck: Google Fact Check Tools answers 429 (")
    assert done.err.count("\n") == 1
    assert KEY not in done.out + done.err


def test_each_answer_is_on_the_recording() -> None:
    assert CASSETTE.read_text("utf-8").count("- request:") == len(ANSWERS)
