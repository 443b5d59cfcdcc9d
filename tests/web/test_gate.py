"""What is let in, and how every answer is sealed."""

import pytest
from fastapi.testclient import TestClient

from factcheck.web.gate import MOST_BYTES
from factcheck.web.office import Address


@pytest.mark.parametrize("host", ["127.0.0.1:8760", "localhost:8760", "LOCALHOST:8760"])
def test_desk_has_two_names_on_loopback(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:8760", ""])
def test_other_host_is_turned_away(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "sent",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    ],
)
def test_change_sent_by_other_site_is_refused(client: TestClient, sent: dict[str, str]) -> None:
    assert client.post("/", headers=sent).status_code == 403


@pytest.mark.parametrize("sent", [{}, {"Origin": "http://127.0.0.1:8760", "Sec-Fetch-Site": "same-origin"}])
def test_own_page_and_program_pass_the_gate(client: TestClient, sent: dict[str, str]) -> None:
    assert client.post("/", headers=sent).status_code == 405


def test_long_body_is_refused_before_it_is_read(client: TestClient) -> None:
    assert client.post("/", content=b"x" * (MOST_BYTES + 1)).status_code == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "9" * 5000, "٣"])
def test_odd_length_is_refused(client: TestClient, length: str) -> None:
    assert client.post("/", headers={b"Content-Length": length.encode()}).status_code in {400, 413}


def test_every_answer_is_sealed(client: TestClient) -> None:
    for answer in (client.get("/"), client.get("/nowhere"), client.get("/", headers={"Host": "evil.example"})):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


def test_no_page_of_the_framework_is_served(client: TestClient) -> None:
    assert {client.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")} == {404}


def test_address_with_name_has_one_host() -> None:
    address = Address("https://desk.example.org")

    assert address.is_secure
    assert address.hosts == {"desk.example.org"}
    assert address.origins == {"https://desk.example.org"}


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"])
def test_proxy_is_turned_away_where_names_are_trusted(client: TestClient, name: str) -> None:
    assert client.get("/", headers={name: "203.0.113.9"}).status_code == 421
