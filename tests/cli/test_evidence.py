"""Evidence on the command line, its pages on loopback."""

import re
from pathlib import Path

import pytest
from conftest import Command
from fakes import StandIn, pdf_of

ON_BOTH_DATABASES = True

PAGE = (
    "<!DOCTYPE html><html><head><title>Toll of the crane</title></head><body><article>"
    + "<p>At least 107 people died in the mosque, the civil defence said on Friday evening in the city.</p>" * 3
    + "</article><p>{}</p></body></html>"
)
NAME = ("--reviewer", "ana")


@pytest.fixture(autouse=True)
def desk(factcheck: Command, folder: Path, stand_in: StandIn) -> None:
    """A desk of three claims, without evidence."""
    del stand_in
    (folder / "a.txt").write_text("Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday.")
    factcheck("extract", "a.txt")


@pytest.fixture
def page(stand_in: StandIn) -> str:
    """The address of a page."""
    stand_in.pages["/toll"] = ("text/html", PAGE.format("One reader.").encode())
    return f"{stand_in.address}/toll"


def test_page_is_fetched_and_its_quote_found(factcheck: Command, page: str) -> None:
    about = (
        "--stance",
        "refutes",
        "--quote",
        "at least 107 people DIED",
        "--locator",
        "paragraph 1",
        "--kind",
        "primary",
    )
    done = factcheck("evidence", "add", 2, page, *about, *NAME, "--json")

    [evidence] = done.json["evidence"]
    assert (evidence["quote_status"], evidence["title"]) == ("normalised", "Toll of the crane")
    assert (evidence["locator"], evidence["kind"], evidence["media_type"]) == ("paragraph 1", "primary", "text/html")
    assert evidence["last_check"]["status"] == 200
    assert len(evidence["sha256"]) == 64
    assert done.err == ""


def test_missing_quote_is_told(factcheck: Command, page: str) -> None:
    done = factcheck("evidence", "add", 2, page, "--stance", "refutes", "--quote", "Nobody died", *NAME)

    assert done.code == 0
    assert "the quote does not stand in" in done.err
    assert "factcheck evidence remove 1" in done.err
    assert factcheck("evidence", "list", 2, "--json").json[0]["blocks_sign_off"] is True


def test_unfetched_page_is_unchecked(factcheck: Command, stand_in: StandIn) -> None:
    url = f"{stand_in.address}/nothing"
    done = factcheck("evidence", "add", 2, url, "--stance", "refutes", "--quote", "x", "--no-fetch", "--json")

    [evidence] = done.json["evidence"]
    assert (evidence["quote_status"], evidence["last_check"], done.err) == ("unchecked", None, "")


def test_missing_page_is_added_and_told(factcheck: Command, stand_in: StandIn) -> None:
    done = factcheck("evidence", "add", 2, f"{stand_in.address}/nothing", "--stance", "refutes")

    assert done.code == 0
    assert "answers 404" in done.err
    assert "claim 2 has 1 source(s)" in done.out


def test_private_page_is_added_unfetched(factcheck: Command, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FACTCHECK_ALLOW_PRIVATE_FETCH")

    done = factcheck("evidence", "add", 2, page, "--stance", "refutes", "--json")

    assert "is not fetched" in done.err
    assert done.json["evidence"][0]["last_check"]["outcome"] == "refused"


def test_file_is_attached(factcheck: Command, folder: Path) -> None:
    (folder / "report.pdf").write_bytes(pdf_of("At least 107 people died."))
    about = ("--file", folder / "report.pdf", "--stance", "supports", "--quote", "107 people died", "--locator", "p. 1")

    [evidence] = factcheck("evidence", "add", 2, *about, *NAME, "--json").json["evidence"]

    assert (evidence["file"], evidence["url"], evidence["quote_status"]) == ("report.pdf", None, "exact")
    assert evidence["media_type"] == "application/pdf"


def test_described_source_is_listed(factcheck: Command) -> None:
    factcheck("evidence", "add", 2, "--stance", "context", "--description", "A call with a guard", "--anonymous")

    listed = factcheck("evidence", "list", 2).out
    assert "1. context: A call with a guard (not named)" in listed
    assert "claim 2 has 1 source(s), 0 of them named" in listed


def test_source_must_be_named(factcheck: Command) -> None:
    done = factcheck("evidence", "add", 2, "--stance", "context")

    assert done.code == 2
    assert "give a URL, --file PATH or --description TEXT" in done.err


def test_missing_file_adds_nothing(factcheck: Command) -> None:
    done = factcheck("evidence", "add", 2, "--stance", "context", "--file", "gone.pdf")

    assert done.code == 3
    assert factcheck("evidence", "list", 2, "--json").json == []


def test_check_tells_what_became_of_pages(factcheck: Command, page: str, stand_in: StandIn) -> None:
    factcheck("evidence", "add", 2, page, "--stance", "refutes", "--quote", "107 people died")
    outcomes = []
    for content in (PAGE.format("Two readers."), PAGE.replace("city", "town"), PAGE.replace("107", "87"), None):
        stand_in.pages["/toll"] = ("text/html", content.encode()) if content else ("", b"")
        done = factcheck("evidence", "check", 2, *NAME, "--json")
        outcomes.append((done.json[0]["outcome"], done.code))

    assert outcomes == [("same", 0), ("changed", 0), ("quote_gone", 12), ("gone", 12)]
    assert "gone on " in factcheck("claim", 2).out


def test_all_claims_are_checked(factcheck: Command, page: str) -> None:
    for number in (2, 3):
        factcheck("evidence", "add", number, page, "--stance", "refutes")
    factcheck("evidence", "remove", 2, *NAME)

    done = factcheck("evidence", "check", "--all")

    assert done.out.count("same: ") == 1


@pytest.mark.parametrize("which", [(), (2, "--all")])
def test_check_needs_a_claim_or_all(factcheck: Command, which: tuple[object, ...]) -> None:
    done = factcheck("evidence", "check", *which)

    assert done.code == 2
    assert "factcheck evidence check 1" in done.err


def test_removed_evidence_leaves_the_claim(factcheck: Command) -> None:
    factcheck("evidence", "add", 2, "https://a.example", "--stance", "context", "--no-fetch")

    assert factcheck("evidence", "remove", 1, *NAME).out == "evidence 1 is removed; claim 2 has 0 source(s)\n"
    assert factcheck("evidence", "remove", 1, *NAME).code == 6
    assert factcheck("evidence", "list", 2, "--json").json == []


def test_evidence_is_told_in_another_way(factcheck: Command, page: str) -> None:
    factcheck("evidence", "add", 2, page, "--stance", "refutes", "--quote", "Nobody died", "--kind", "primary")
    about = ("--stance", "supports", "--quote", "at least 107 people", "--publisher", "The Desk", "--title", "")

    done = factcheck("evidence", "edit", 1, *about, "--kind", "", "--published", "2026-01-02", *NAME, "--json")

    [evidence] = done.json["evidence"]
    assert (evidence["stance"], evidence["quote_status"]) == ("supports", "normalised")
    assert (evidence["publisher"], evidence["published"]) == ("The Desk", "2026-01-02")
    assert (evidence["title"], evidence["kind"], evidence["url"]) == (None, None, page)
    assert (evidence["added_by"], evidence["edited_by"]) == (None, NAME[1])
    assert factcheck("audit", "verify").code == 0
    assert done.err == ""


def test_mended_quote_may_be_missing_too(factcheck: Command, page: str) -> None:
    factcheck("evidence", "add", 2, page, "--stance", "refutes", "--quote", "107 people")

    done = factcheck("evidence", "edit", 1, "--quote", "Nobody died", *NAME)

    assert done.out == "evidence 1 of claim 2 is told anew\n"
    assert "factcheck evidence edit 1 --quote TEXT" in done.err


@pytest.mark.parametrize(
    ("number", "told", "code"), [(1, (), 2), (9, ("--title", "x"), 6), (1, ("--archive-url", "nowhere"), 2)]
)
def test_useless_edit_is_refused(factcheck: Command, number: int, told: tuple[str, ...], code: int) -> None:
    factcheck("evidence", "add", 2, "https://a.example", "--stance", "context", "--no-fetch")

    done = factcheck("evidence", "edit", number, *told, *NAME)

    assert (done.code, done.out) == (code, "")


def test_only_source_is_not_cleared_away(factcheck: Command) -> None:
    factcheck("evidence", "add", 2, "--stance", "context", "--description", "A call")

    assert factcheck("evidence", "edit", 1, "--description", "", *NAME).code == 2


def test_advice_finds_the_evidence(factcheck: Command) -> None:
    factcheck("evidence", "add", 2, "https://a.example", "--stance", "context", "--no-fetch")

    done = factcheck("evidence", "remove", 99, *NAME)

    assert done.code == 6
    advised = done.err.strip().rpartition("factcheck ")[2].split()
    assert [source["id"] for claim in factcheck(*advised).json for source in claim["evidence"]] == [1]


def test_evidence_of_published_verdict_stays(factcheck: Command) -> None:
    factcheck("evidence", "add", 2, "https://a.example", "--stance", "context", "--no-fetch")
    factcheck("verdict", 2, "true", *NAME, "--rationale", "It says so.")
    factcheck("sign-off", 2, "--reviewer", "eve")
    factcheck("publish", 2, "--reviewer", "eve")

    done = factcheck("evidence", "remove", 1, *NAME)

    assert done.code == 7
    assert "factcheck correct 2 LABEL" in done.err
    assert len(factcheck("evidence", "list", 2, "--json").json) == 1


def test_archive_is_set_by_address(
    factcheck: Command, page: str, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in.pages["/saved"] = ("text/plain", b"saved")
    monkeypatch.setenv("FACTCHECK_ARCHIVE_SAVE", f"{stand_in.address}/save/{{url}}")

    done = factcheck("evidence", "add", 2, page, "--stance", "refutes", "--json")

    assert "the archive did not save the page" in done.err
    assert done.json["evidence"][0]["archive_url"] is None


def test_config_file_allows_and_archives(
    factcheck: Command, page: str, stand_in: StandIn, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FACTCHECK_ALLOW_PRIVATE_FETCH")
    table = f'[fetch]\nallow_private = true\narchive_save = "{stand_in.address}/save/{{url}}"\n'
    (folder / "factcheck.toml").write_text(table, "utf-8")

    done = factcheck("evidence", "add", 2, page, "--stance", "refutes", "--json")

    assert done.json["evidence"][0]["last_check"]["outcome"] == "taken"
    assert "the archive did not save the page" in done.err


@pytest.mark.parametrize("value", ["https://archive.example/save", "{url}", "ftp://a.example/{url}"])
def test_archive_needs_a_place_for_the_page(factcheck: Command, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("FACTCHECK_ARCHIVE_SAVE", value)

    done = factcheck("claims")

    assert done.code == 2
    assert "with {url} in it" in done.err


def test_words_of_a_page_steer_nothing(factcheck: Command, stand_in: StandIn) -> None:
    hostile = "=HYPERLINK(1) \x1b[31m<img src=x> \u202egpj **bold**"
    page = PAGE.replace("Toll of the crane", hostile.replace("<", "&lt;"))
    stand_in.pages["/toll"] = ("text/html; charset=utf-8", page.encode())
    factcheck("evidence", "add", 2, f"{stand_in.address}/toll", "--stance", "refutes", "--locator", hostile)
    factcheck("verdict", 2, "false", *NAME)

    shown = [
        factcheck(*command).out
        for command in (("claim", 2), ("evidence", "list", 2), ("evidence", "list", 2, "--json"))
    ]
    shown += [factcheck("report", "--drafts", "--format", kind).out for kind in ("markdown", "csv", "json")]

    assert all(not re.search("[\x1b\u202e]", one) for one in shown)
    assert "<img" not in shown[3]
    assert all("HYPERLINK" in one for one in shown)
