"""A stand-in for Google's Fact Check Tools API on loopback, made from its documentation, and the recording of it.

`python tests/google_stand_in.py` writes cassettes/stand_in/google_fact_check.yaml anew. Google itself was never asked.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from loopback_site import Page, loopback_site
from vcr import VCR
from vcr.record_mode import RecordMode
from vcr.request import Request

from factcheck.errors import CheckServiceError
from factcheck.intake.google_checks import KEY_HEADER, SEARCH, GoogleChecks

CASSETTE = Path(__file__).parents[1] / "cassettes" / "stand_in" / "google_fact_check.yaml"
_HEADER = """\
# Recorded from a stand-in on loopback (tests/google_stand_in.py), made from the documentation of claims:search.
# Google was never asked: the claims, publishers and addresses are invented.
"""
_JSON = {"content-type": "application/json; charset=UTF-8"}


def check(number: int, rating: str, publisher: str = "Checkers", language: str = "en") -> dict[str, Any]:
    """A ClaimReview as claims:search gives it."""
    return {
        "publisher": {"name": publisher, "site": f"{publisher.lower()}.example"},
        "url": f"https://{publisher.lower()}.example/{number}",
        "title": f"Check {number}",
        "reviewDate": "2021-06-02T00:00:00Z",
        "textualRating": rating,
        "languageCode": language,
    }


def error(code: int, status: str, message: str) -> Page:
    """What Google's services answer to a question that they refuse."""
    return code, _JSON, json.dumps({"error": {"code": code, "message": message, "status": status}}).encode()


def found(*claims: Mapping[str, object]) -> Page:
    return 200, _JSON, json.dumps({"claims": claims, "nextPageToken": "CAo"} if claims else {}).encode()


BRIDGE = {"text": "The bridge of Kelso was opened in 1941.", "claimant": "Silva", "claimDate": "2021-05-30T00:00:00Z"}
GERMAN = {"text": "Die Brücke von Kelso wurde 1931 eröffnet.", "claimReview": [check(2, "Falsch", "Prüfer", "de")]}
ANSWERS: Mapping[tuple[str, str | None], Page] = {
    ("The bridge of Kelso was opened in 1931.", None): found(
        BRIDGE | {"claimReview": [check(1, "False"), check(1, "Mostly false", "Others")]},
        {"text": "", "claimReview": [check(3, "False")]},
        {"text": "Kelso is a town.", "claimReview": [{"publisher": None, "url": "javascript:alert(1)"}]},
    ),
    ("Brücke von Kelso", "de"): found(GERMAN),
    ("nothing", None): found(),
    ("refused key", None): error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key."),
    ("forbidden", None): error(403, "PERMISSION_DENIED", "Fact Check Tools API has not been used in project 1."),
    ("too often", None): error(429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'Queries'."),
    ("broken down", None): (503, {"content-type": "text/html"}, b"<html>Service unavailable"),
    ("broken JSON", None): (200, _JSON, b'{"claims": [{"text": "The bri'),
    ("other shape", None): (200, _JSON, b'{"claims": {"a": [1]}, "claimReview": 3}'),
}
"""By question and language."""


def player(*, records: bool = False) -> VCR:
    """What plays the recording, or makes it: of Google's address, and without the key."""
    return VCR(
        record_mode=RecordMode.ALL if records else RecordMode.NONE,
        match_on=("method", "scheme", "host", "path", "query"),
        filter_headers=[KEY_HEADER, "user-agent"],
        before_record_request=_as_googles,
    )


def _as_googles(request: Request) -> Request:
    parts = urlsplit(request.uri)
    request.uri = f"{SEARCH}?{parts.query}"
    return request


def record() -> None:
    """Ask the stand-in each question, and keep what it answers."""
    CASSETTE.unlink(missing_ok=True)
    path = urlsplit(SEARCH).path
    with loopback_site() as site, player(records=True).use_cassette(str(CASSETTE)):
        for (words, language), page in ANSWERS.items():
            asked = {"query": words, "pageSize": "20"} | ({"languageCode": language} if language else {})
            site.pages[f"{path}?{urlencode(asked)}"] = page
            try:
                GoogleChecks("stand-in", search=site.address + path, allow_private=True).ask(words, language)
            except CheckServiceError as told:
                print(told)
    CASSETTE.write_text(_HEADER + CASSETTE.read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    record()
