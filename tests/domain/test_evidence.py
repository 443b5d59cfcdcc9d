from datetime import UTC, datetime

import pytest

from factcheck.domain.evidence import Evidence, Stance, require_web_address
from factcheck.errors import InputError

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=c#d",
        "http://127.0.0.1:8000/",
        "HTTPS://EXAMPLE.ORG",
        "https://münchen.example/straße",
        "http://[::1]/a",
    ],
)
def test_web_address_comes_back_unchanged(url: str) -> None:
    assert require_web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "//example.org/a",
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "data:text/html,hello",
        "file:///etc/hosts",
        "ftp://example.org/a",
        "mailto:ada@example.org",
        "http:///no-host",
        "https://:443/",
        "http://[::1",
        "https://example.org/a b",
        " https://example.org",
        "https://example.org\n",
        "https://example.org/\x1b[31m",
        "https://example.org/\u202egpj",
        "https://example.org/a\u00a0b",
    ],
)
def test_anything_else_is_no_address(url: str) -> None:
    with pytest.raises(InputError, match="http:// or https://") as caught:
        require_web_address(url)
    assert repr(url) in str(caught.value)


def test_evidence_checks_its_own_address() -> None:
    with pytest.raises(InputError, match="is not a web address"):
        Evidence("javascript:alert(1)", Stance.CONTEXT, NOW)
