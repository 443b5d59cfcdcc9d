"""Programs at a real server, all at once and over its death: nothing is done twice, and nothing is lost."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx2
import pytest
from conftest import Command
from served_desk import served_desk

ON_BOTH_DATABASES = True
AT_ONCE = 12

pytestmark = pytest.mark.usefixtures("demo_desk")


@pytest.fixture
def token(factcheck: Command, demo_desk: Path) -> str:
    del demo_desk
    return factcheck("tokens", "add", "ana", "--scope", "review").out.strip()


def client_of(address: str, token: str) -> httpx2.Client:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx2.Client(base_url=f"{address}/api/v1", headers=headers, timeout=60, trust_env=False)


def test_one_key_sent_by_many_takes_one_claim(factcheck: Command, folder: Path, token: str) -> None:
    with served_desk(folder) as served, client_of(served.address, token) as client:

        def take(key: str) -> int:
            answer = client.post("/claims/next", json={}, headers={"Idempotency-Key": key})
            assert answer.status_code == 200, answer.text
            return int(answer.json()["id"])

        with ThreadPoolExecutor(AT_ONCE) as many:
            same = set(many.map(take, ["the-same"] * AT_ONCE))
            others = list(many.map(take, map(str, range(AT_ONCE))))

    assert len(same) == 1
    assert len({*same, *others}) == AT_ONCE + 1
    leases = Counter(one["claim_id"] for one in factcheck("log", "--all", "--json").json if one["action"] == "leased")
    assert set(leases.values()) == {1}
    assert factcheck("audit", "verify").code == 0


def test_what_was_acknowledged_stands_after_a_kill(factcheck: Command, folder: Path, token: str) -> None:
    wanted = [one["id"] for one in factcheck("claims", "--json").json if one["status"] == "queued"][:20]

    def decide(client: httpx2.Client, number: int) -> httpx2.Response:
        read = client.get(f"/claims/{number}")
        sent = {"If-Match": read.headers["ETag"], "Idempotency-Key": f"verdict-{number}"}
        tags.setdefault(number, sent)
        said = {"label": "true", "rationale": "It did."}
        return client.post(f"/claims/{number}/verdict", json=said, headers=tags[number])

    tags: dict[int, dict[str, str]] = {}
    acknowledged = []
    with served_desk(folder) as served, client_of(served.address, token) as client, suppress(httpx2.TransportError):
        for number in wanted:
            assert decide(client, number).status_code == 200
            acknowledged.append(number)
            if len(acknowledged) == len(wanted) // 2:
                with ThreadPoolExecutor(1) as beside:  # it dies while the next one is under way
                    under_way = beside.submit(decide, client, wanted[len(acknowledged)])
                    served.process.kill()
                    under_way.result()
    assert len(acknowledged) == len(wanted) // 2

    standing = {one["id"]: one for one in factcheck("claims", "--json").json}
    assert {standing[one]["status"] for one in acknowledged} == {"decided"}
    with served_desk(folder) as served, client_of(served.address, token) as client:
        answers = {one: decide(client, one) for one in wanted}

    assert {one.status_code for one in answers.values()} == {200}
    assert all("Idempotent-Replayed" in answers[one].headers for one in acknowledged)
    log = factcheck("log", "--all", "--json").json
    decided = Counter(one["claim_id"] for one in log if one["action"] == "decided" and one["actor"] == "ana")
    assert decided == dict.fromkeys(wanted, 1)
    assert factcheck("audit", "verify").code == 0
