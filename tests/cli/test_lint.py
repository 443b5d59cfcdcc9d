import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Command
from fakes import StandIn

CASES = json.loads((ROOT / "tests/domain/data/claimreview/cases.json").read_text("utf-8"))
GOOGLE = "https://developers.google.com/search/docs/appearance/structured-data/factcheck (2025-12-10)"
VALID = CASES[0]["claimreview"]
PAGE = '<!DOCTYPE html><html><body><script type="application/ld+json">{}</script></body></html>'


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a site with a page and a JSON file."""
    monkeypatch.setenv("FACTCHECK_ALLOW_PRIVATE_FETCH", "1")
    own = VALID | {"url": "http://127.0.0.1/checks/1"}
    pages = {
        "/page": ("text/html; charset=utf-8", PAGE.replace("{}", json.dumps(own)).encode()),
        "/json": ("application/ld+json", json.dumps(VALID).encode()),
    }
    stand_in = StandIn(pages=pages)
    with stand_in.serving():
        yield stand_in.address


def test_valid_review_passes(factcheck: Command, folder: Path) -> None:
    (folder / "a.json").write_text(json.dumps(VALID))
    done = factcheck("lint", "a.json")
    assert (done.code, done.err) == (0, "no errors, 0 warnings in 1 ClaimReview objects\n")
    assert done.out == "ClaimReview 1 (json-ld, $): City bus ridership doubled between 2019 and 2024.\n"


@pytest.mark.parametrize("first", ["null", "# two checks", "[]", "{broken"])
def test_lines_behind_a_bad_one_are_read(factcheck: Command, folder: Path, first: str) -> None:
    (folder / "a.jsonl").write_text(f"{first}\n{json.dumps(VALID)}\n")
    done = factcheck("lint", "a.jsonl")
    assert "ClaimReview 1 (json-ld, line 2: $): City bus ridership" in done.out


def test_broken_rule_is_named_with_its_source(factcheck: Command, folder: Path) -> None:
    (folder / "a.html").write_text(PAGE.replace("{}", json.dumps(VALID | {"url": "/checks/1", "author": "Desk"})))
    done = factcheck("lint", "a.html")
    assert done.code == 14
    assert done.out.splitlines()[1:] == [
        "  error url:not-absolute at $.url: '/checks/1' is not absolute",
        f"    begin with https:// and the domain; {GOOGLE}",
        "  warning author:not-an-object at $.author: 'Desk' is no object",
        "    give an Organization or Person; https://schema.org/ClaimReview (30.0)",
    ]


def test_json_holds_everything(factcheck: Command, folder: Path) -> None:
    (folder / "a.jsonl").write_text(f"{json.dumps(VALID)}\n{json.dumps(VALID | {'url': ''})}\n")
    done = factcheck("lint", "a.jsonl", "--json")
    assert (done.code, done.json["errors"], done.json["warnings"], done.json["blocks"]) == (14, 1, 0, [])
    first, second = done.json["claimreviews"]
    assert (first["findings"], first["fields"]["rating_value"], first["syntax"]) == ([], 2, "json-ld")
    assert second["findings"] == [
        {
            "rule": "url:missing",
            "severity": "error",
            "source": GOOGLE,
            "path": "line 2: $.url",
            "message": "'' will not do",
            "advice": "link to the page with the full fact check",
        }
    ]


def test_source_without_review_says_so(factcheck: Command, folder: Path) -> None:
    (folder / "a.html").write_text(PAGE)
    done = factcheck("lint", "a.html", "--json")
    assert (done.code, done.err) == (6, "'a.html' holds no ClaimReview\n")
    assert done.json["claimreviews"] == []


def test_mended_json_is_an_error(factcheck: Command, folder: Path) -> None:
    (folder / "a.html").write_text(PAGE.replace("{}", json.dumps(VALID)[:-1] + ",}"))
    done = factcheck("lint", "a.html")
    assert done.code == 14
    assert "block 1\n  error json:mended at $: strict readers skip the whole block" in done.out
    assert "ClaimReview 1 (block 1, json-ld, $)" in done.out


def test_page_address_asks_for_the_domain(factcheck: Command, folder: Path) -> None:
    (folder / "a.json").write_text(json.dumps(VALID))
    assert factcheck("lint", "a.json", "--page-url", "https://desk.example.org/x").code == 0
    assert "url:other-domain" in factcheck("lint", "a.json", "--page-url", "https://other.example.org/x").out
    assert factcheck("lint", "a.json", "--page-url", "x").code == 2


def test_address_is_fetched(factcheck: Command, site: str) -> None:
    assert factcheck("lint", f"{site}/page").code == 0
    elsewhere = factcheck("lint", f"{site}/json", "--json")
    assert [one["rule"] for one in elsewhere.json["claimreviews"][0]["findings"]] == ["url:other-domain"]


def test_standard_input_is_read(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(VALID).encode())))
    assert factcheck("lint", "-").code == 0


def test_missing_file_is_told(factcheck: Command) -> None:
    done = factcheck("lint", "gone.json")
    assert (done.code, done.out) == (3, "")
    assert "'gone.json' cannot be read" in done.err


def test_hostile_markup_stays_text(factcheck: Command, folder: Path) -> None:
    hostile = "\x1b[31mred\x07\u202e\nClaimReview 9 (forged)"
    (folder / "a.json").write_text(
        json.dumps({"@type": "ClaimReview", "claimReviewed": hostile, hostile: {"url": hostile}})
    )
    done = factcheck("lint", "a.json")
    assert not {"\x1b", "\x07", "\u202e"} & set(done.out + done.err)
    assert not any(line.startswith("ClaimReview 9") for line in done.out.splitlines())
    assert "\x1b" not in factcheck("lint", "a.json", "--json").out


def test_error_is_an_error_where_nobody_reads_it(folder: Path) -> None:
    (folder / "a.json").write_text(json.dumps(VALID | {"url": ""}))
    reads, writes = os.pipe()
    os.close(reads)

    with (folder / "a.json").open() as source:
        command = (sys.executable, "-m", "factcheck", "lint", "-")
        done = subprocess.run(command, stdin=source, stdout=writes, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writes)

    assert (done.returncode, done.stderr) == (14, "1 errors, 0 warnings in 1 ClaimReview objects\n")
