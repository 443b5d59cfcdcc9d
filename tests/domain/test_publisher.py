from typing import Any

import pytest

from factcheck.domain.publisher import Publisher
from factcheck.errors import InputError

DESK = {"name": "The Desk", "url": "https://www.example.org/", "claim_url_pattern": "https://example.org/checks/{id}"}


def publisher(**changes: Any) -> Publisher:
    return Publisher(**DESK | changes)


def test_pattern_makes_addresses() -> None:
    assert publisher().claim_url(7, "c0ffee") == "https://example.org/checks/7"
    both = publisher(claim_url_pattern=" https://fact.example.org/{uid}#{id} ")
    assert both.claim_url(7, "c0ffee") == "https://fact.example.org/c0ffee#7"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": " "}, "publisher.name is ' '; say who publishes"),
        ({"url": "example.org"}, "publisher.url is 'example.org'; give the whole address"),
        ({"claim_url_pattern": "/checks/{id}"}, "publisher.claim_url_pattern is '/checks/{id}'; give the whole"),
        ({"claim_url_pattern": "https://example.org/checks"}, "put {id} or {uid} into it"),
        ({"claim_url_pattern": "https://example.com/{id}"}, "is not on the domain of 'https://www.example.org/'"),
        ({"logo": "logo.png"}, "publisher.logo is 'logo.png'"),
        ({"corrections_policy": "javascript:alert(1)"}, "publisher.corrections_policy is 'javascript:alert(1)'"),
        ({"methodology": ""}, "publisher.methodology is ''"),
        ({"licence": "CC BY"}, "publisher.licence is 'CC BY'"),
    ],
    ids=str,
)
def test_useless_setting_is_refused(changes: dict[str, str], told: str) -> None:
    with pytest.raises(InputError) as raised:
        publisher(**changes)
    assert told in str(raised.value)


@pytest.mark.parametrize(
    "end",
    [
        "{id}%2F..%2F..%2Fx",
        "{id}/../../x",
        "../{id}",
        "%2e%2e/{id}",
        "./{id}",
        "%2F{id}",
        "{id}%00",
        "{id}%0a",
        "{id}%5Cx",
        "{id}\\x",
    ],
)
def test_pattern_that_leaves_its_folder_is_refused(end: str) -> None:
    with pytest.raises(InputError) as raised:
        publisher(claim_url_pattern=f"https://example.org/checks/{end}")
    assert str(raised.value).startswith(
        f"publisher.claim_url_pattern is {f'https://example.org/checks/{end}'!r}; take "
    )


@pytest.mark.parametrize(
    "end", ["{id}", "{uid}/", "claim.{id}.html", "...{id}", "pr%C3%BCfung/{id}", "a%20b/{id}", "{id}?x=../y"]
)
def test_pattern_of_ordinary_names_stands(end: str) -> None:
    address = f"https://example.org/checks/{end}"
    assert publisher(claim_url_pattern=address).claim_url_pattern == address
