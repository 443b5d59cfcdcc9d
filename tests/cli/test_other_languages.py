"""Recorded articles in German and in Japanese, played from their recordings."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Command

from factcheck.cli.main import run

ARTICLES = ROOT / "cassettes" / "articles"


@pytest.fixture(scope="module", params=["nicaragua_de", "harbour_ja"])
def recorded(request: pytest.FixtureRequest) -> str:
    """The name of a recorded article in another language than English."""
    return str(request.param)


@pytest.fixture(scope="module")
def played(recorded: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that its recording has filled, made once; copy it."""
    article = ARTICLES / recorded
    path = tmp_path_factory.mktemp(recorded) / "factcheck.db"
    assert run(["--db", str(path), "extract", f"{article}.txt", "--replay", f"{article}.yaml"]) in {0, 10}
    return path


@pytest.fixture
def claims(factcheck: Command, folder: Path, played: Path) -> list[dict[str, Any]]:
    """The claims that its recording gives."""
    shutil.copy(played, folder)
    found: list[dict[str, Any]] = factcheck("claims", "--json").json
    return found


def test_claims_stand_on_their_words(claims: list[dict[str, Any]], recorded: str) -> None:
    text = (ARTICLES / f"{recorded}.txt").read_text(encoding="utf-8")
    found = [one for one in claims if one["anchor"] in {"exact", "normalised"}]
    exact = [one for one in found if one["anchor"] == "exact"]

    assert len(found) >= 0.75 * len(claims)
    assert all("".join(text[start:end] for start, end in one["segments"]) in one["quote"] for one in exact)


def test_claims_are_in_the_language_of_their_article(claims: list[dict[str, Any]], recorded: str) -> None:
    text = " ".join((ARTICLES / f"{recorded}.txt").read_text(encoding="utf-8").split())
    written = [one for one in claims if "as_written" in one["flags"]]

    assert len(written) <= 0.25 * len(claims)
    assert all(one["text"] in text for one in written)
    assert not [one for one in claims if "other_language" in one["flags"]]


def test_every_sentence_is_accounted_for(factcheck: Command, claims: list[dict[str, Any]]) -> None:
    states = {one["state"] for one in factcheck("article", 1, "--json").json["sentences"]}

    assert claims
    assert states <= {"claims", "not_checkable", "ambiguous", "failed"}


def test_language_is_told_by_the_text(factcheck: Command, claims: list[dict[str, Any]], recorded: str) -> None:
    assert claims
    assert factcheck("article", 1, "--json").json["detected_language"] == recorded[-2:]
