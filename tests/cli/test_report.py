"""`factcheck report`: scopes, forms, drafts, files."""

import csv
import json
import os
from pathlib import Path

import pytest
from conftest import Command
from jsonschema import Draft202012Validator

from factcheck.export.formats import FORMATS

pytestmark = pytest.mark.usefixtures("demo_desk")

FORMS = ("markdown", "html", "annotated", "json", "jsonl", "csv")


@pytest.mark.parametrize("form", FORMS)
def test_report_is_the_same_twice(factcheck: Command, form: str) -> None:
    first = factcheck("report", "--drafts", "--format", form).out
    taken = factcheck("next", "--reviewer", "ana")
    second = factcheck("report", "--drafts", "--format", form).out

    assert (taken.code, first) == (0, second)
    assert "Minister for Economic Security" in first


@pytest.mark.parametrize("form", FORMS)
def test_drafts_are_marked_in_every_form(factcheck: Command, form: str) -> None:
    factcheck("verdict", 2, "true", "--reviewer", "ana")

    assert "draft" in factcheck("report", "--drafts", "--format", form).out.lower()
    assert "draft" not in factcheck("report", "--format", form).out.lower().replace(".draft", "").replace("drafts", "")


def test_unchecked_claims_need_drafts(factcheck: Command) -> None:
    counts = [len(factcheck("report", "--format", "jsonl", *drafts).out.splitlines()) for drafts in ((), ("--drafts",))]

    assert counts == [4, 30]


def test_report_waits_for_the_editor(factcheck: Command) -> None:
    factcheck("verdict", 2, "true", "--reviewer", "ana", "--rationale", "So.", "--evidence", "https://a.example")
    decided = factcheck("report", "--claim", 2, "--format", "json").json
    factcheck("sign-off", 2, "--reviewer", "eve")
    signed_off = factcheck("report", "--claim", 2, "--format", "json").json

    assert [len(one["articles"][0]["claims"]) for one in (decided, signed_off)] == [0, 1]
    assert signed_off["articles"][0]["claims"][0]["standing"] == "signed_off"


def test_page_names_the_publisher(factcheck: Command, folder: Path) -> None:
    lines = ("[publisher]", 'name = "The Example"', 'url = "https://example.org/"')
    more = ('claim_url_pattern = "https://example.org/{id}"', 'methodology = "https://example.org/how"')
    (folder / "factcheck.toml").write_text("\n".join((*lines, *more)))

    page, markdown = factcheck("report", "--format", "html").out, factcheck("report").out

    assert 'href="https://example.org/how"' in page
    assert "Published by The Example, <https://example.org/>. How we check: <https://example.org/how>.\n" in markdown


@pytest.mark.parametrize("form", FORMS)
def test_missing_logo_fails_what_shows_it_alone(factcheck: Command, folder: Path, form: str) -> None:
    (folder / "factcheck.toml").write_text('[report]\nlogo = "gone.png"\nmethod = "gone.md"\n')
    done = factcheck("report", "--format", form)

    assert (done.code == 0, "gone.png" in done.err) == ((False, True) if form == "html" else (True, False))


def test_report_in_other_words_needs_their_catalogue(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(
        '[publisher]\nname = "D"\nurl = "https://e.org/"\nclaim_url_pattern = "https://e.org/{id}"\n'
        '[report]\ncatalogue = "gone.po"\n'
    )

    assert "gone.po" in factcheck("report", "--format", "claimreview").err
    assert factcheck("report", "--format", "csv").code == 0


def test_one_claim_is_reported_alone(factcheck: Command) -> None:
    (article,) = factcheck("report", "--claim", 5, "--format", "json").json["articles"]

    assert [one["id"] for one in article["claims"]] == [5]
    assert article["claims_left_out"] == 29


def test_other_days_hold_nothing(factcheck: Command) -> None:
    done = factcheck("report", "--until", "2020-01-01", "--format", "json")

    assert done.json["articles"] == []
    assert "no claim is reported" in done.err


def test_advice_tells_of_drafts(factcheck: Command) -> None:
    assert "--drafts" in factcheck("report", "--claim", 2).err
    assert factcheck("report", "--claim", 2, "--drafts").err == ""


def test_table_may_begin_with_bom(factcheck: Command, folder: Path) -> None:
    done = factcheck("report", "--format", "csv", "--bom", "-o", "out.csv")

    assert (done.code, done.out) == (0, "")
    assert (folder / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfclaim_id,")
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 4


def test_sources_have_rows_of_their_own(factcheck: Command) -> None:
    rows = list(csv.DictReader(factcheck("report", "--format", "csv", "--evidence").out.splitlines()))
    told = [one for line in factcheck("report", "--format", "jsonl").out.splitlines() for one in sources_in(line)]
    assert [one["url"] for one in rows] == told
    assert "--evidence is for --format csv" in factcheck("report", "--evidence").err


def sources_in(line: str) -> list[str]:
    return [one["url"] for one in json.loads(line)["claim"]["evidence"]]


def test_schema_needs_no_database(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.db").unlink()

    schema = factcheck("report", "--schema").json

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert not (folder / "factcheck.db").exists()


def test_failed_report_keeps_old_file(factcheck: Command, folder: Path) -> None:
    (folder / "report.html").write_text("the old one")

    assert factcheck("report", "--article", 99, "--format", "html", "-o", "report.html").code == 6
    assert (folder / "report.html").read_text() == "the old one"


def test_page_and_data_name_one_record(factcheck: Command) -> None:
    record = json.loads(factcheck("report", "--format", "json").out)["record_sha256"]

    assert record in factcheck("report", "--format", "html").out
    assert record in factcheck("report").out


def test_what_a_killed_run_left_is_in_nobodys_way(factcheck: Command, folder: Path) -> None:
    (folder / f".report.md.{os.getpid()}").touch()  # in a container every run has the same number
    assert factcheck("report", "-o", "report.md").code == 0


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("page.html", "<!DOCTYPE html>"),
        ("NOTES.MD", "# Fact-check report"),
        ("r.jsonl", '{"article":'),
        ("r", "# Fact"),
    ],
)
def test_file_name_chooses_the_form(factcheck: Command, folder: Path, name: str, begins: str) -> None:
    assert factcheck("report", "-o", name).code == 0
    assert (folder / name).read_text("utf-8").startswith(begins)


@pytest.mark.parametrize(("name", "form"), [("md", "markdown"), ("HTML", "html"), ("txt", "annotated")])
def test_form_may_be_named_shortly(factcheck: Command, name: str, form: str) -> None:
    assert factcheck("report", "--format", name).out == factcheck("report", "--format", form).out != ""


def test_form_and_file_must_agree(factcheck: Command, folder: Path) -> None:
    (folder / "page.html").write_text("the old one")

    done = factcheck("report", "--format", "csv", "-o", "page.html")

    assert (done.code, done.out) == (2, "")
    assert "--format csv contradicts -o 'page.html', which is html" in done.err
    assert (folder / "page.html").read_text() == "the old one"


def test_unknown_suffix_names_the_known(factcheck: Command, folder: Path) -> None:
    done = factcheck("report", "-o", "report.foo")

    assert (done.code, done.out) == (2, "")
    assert "'report.foo'" in done.err
    assert all(suffix in done.err for one in FORMATS.values() for suffix in one.suffixes)
    assert not (folder / "report.foo").exists()


def test_named_form_takes_any_suffix(factcheck: Command, folder: Path) -> None:
    assert factcheck("report", "--format", "csv", "-o", "report.foo").code == 0
    assert (folder / "report.foo").read_text("utf-8").startswith("claim_id,")


def test_several_claims_stand_together(factcheck: Command) -> None:
    record = factcheck("report", "--drafts", "--claim", 5, "--claim", 2, "--format", "json").json

    assert [one["id"] for one in record["articles"][0]["claims"]] == [2, 5]
    assert (record["scope"]["claim_id"], record["scope"]["claim_ids"]) == (None, [2, 5])
    Draft202012Validator(factcheck("report", "--schema").json).validate(record)


@pytest.mark.parametrize("claims", [(), (5,), (5, 5)])
def test_one_claim_keeps_its_scope(factcheck: Command, claims: tuple[int, ...]) -> None:
    named = [one for number in claims for one in ("--claim", number)]

    scope = factcheck("report", *named, "--format", "json").json["scope"]

    assert list(scope) == ["article_id", "claim_id", "since", "until", "drafts"]
    assert scope["claim_id"] == (5 if claims else None)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--bom",), 2, "--bom is for --format csv"),
        (("--since", "2026-03-02", "--until", "2026-03-01"), 2, "2026-03-02, is after its last, 2026-03-01"),
        (("--since", "yesterday"), 2, "'yesterday'"),
        (("--claim", 999), 6, "claim 999"),
        (("--format", "pdf"), 2, "'pdf'"),
    ],
)
def test_wrong_request_is_told(factcheck: Command, arguments: tuple[object, ...], code: int, told: str) -> None:
    done = factcheck("report", *arguments)

    assert (done.code, done.out) == (code, "")
    assert told in done.err


NEWSROOM = """
id = "newsroom"
version = {version}
labels = [
    {{ id = "wrong", definition = "It is {wrong}.", averitec = "Refuted", grade = {grade} }},
    {{ id = "right", definition = "It holds.", averitec = "Supported", grade = 5 }},
]
"""
DESK = """
scale = "newsroom"
scales = ["newsroom.toml"]

[publisher]
name = "The Desk"
url = "https://desk.example.org/"
claim_url_pattern = "https://desk.example.org/checks/{id}"
"""


@pytest.fixture
def judged_on_two_versions(factcheck: Command, folder: Path, demo_desk: Path) -> None:
    """Claims 2 and 4 signed off as `wrong`, by what the label meant before and after the scale changed."""
    del demo_desk
    (folder / "factcheck.toml").write_text(DESK, "utf-8")
    for number, version, wrong, grade in ((2, 1, "off by a lot", 1), (4, 2, "off by a bit", 2)):
        scale = NEWSROOM.format(version=version, wrong=wrong, grade=grade)
        (folder / "newsroom.toml").write_text(scale, "utf-8")
        reasons = ("--rationale", "It is wrong.", "--evidence", "https://a.example")
        assert factcheck("verdict", number, "wrong", "--reviewer", "ana", *reasons).code == 0
        assert factcheck("sign-off", number, "--reviewer", "eve").code == 0


@pytest.mark.usefixtures("judged_on_two_versions")
@pytest.mark.parametrize("form", ["markdown", "html"])
def test_verdict_keeps_its_definition(factcheck: Command, form: str) -> None:
    first, second = (factcheck("report", "--claim", number, "--format", form).out for number in (2, 4))

    assert ("off by a lot" in first, "off by a bit" in first) == (True, False)
    assert ("off by a lot" in second, "off by a bit" in second) == (False, True)


@pytest.mark.usefixtures("judged_on_two_versions")
def test_record_holds_every_version(factcheck: Command) -> None:
    record = factcheck("report", "--format", "json").json

    definitions = {(one["id"], one["version"]): one["labels"][0]["definition"] for one in record["scales"]}
    verdicts = {one["id"]: one["verdict"] for one in record["articles"][0]["claims"]}
    told = [definitions[verdicts[number]["scale"], verdicts[number]["scale_version"]] for number in (2, 4)]
    assert told == ["It is off by a lot.", "It is off by a bit."]


@pytest.mark.usefixtures("judged_on_two_versions")
def test_verdict_keeps_its_grade(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(
        DESK.replace('scales = ["newsroom.toml"]', "").replace("newsroom", "truth-5")
    )

    reviews = factcheck("report", "--format", "claimreview").json

    grades = {one["url"][-2:]: one["reviewRating"].get("ratingValue") for one in reviews}
    assert (grades["/2"], grades["/4"]) == (1, 2)
