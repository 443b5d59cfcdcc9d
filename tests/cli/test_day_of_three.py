"""A day of three people: Ana and Ben read, Eve adjudicates, signs off and publishes; two corrections follow."""

import json
from pathlib import Path

import pytest
from conftest import ROOT, Command

ON_BOTH_DATABASES = True

ARTICLE = ROOT / "cassettes" / "articles" / "mecca_crane"
AGENCY = (
    "Saudi Press Agency, 11 September 2015. The crane fell at 17:23. Civil Defense: 107 killed and 238 injured so far."
)
FINAL = "Ministry of Health, 20 September 2015. The number of dead of the fall of the crane is 111, of injured 394."
CONFIG = """
[second_reading]
labels = ["true"]

[sign_off]
require = ["rationale", "source", "second_person"]
"""


@pytest.fixture
def day(factcheck: Command, tmp_path: Path) -> Command:
    """The desk before the day begins; each command must end with the exit code that it is given."""
    (tmp_path / "factcheck.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "agency.txt").write_text(AGENCY, encoding="utf-8")
    (tmp_path / "ministry.txt").write_text(FINAL, encoding="utf-8")
    assert factcheck("extract", f"{ARTICLE}.txt", "--replay", f"{ARTICLE}.yaml").code == 0
    return factcheck


def play(day: Command, lines: str) -> None:
    """Each line: an exit code, and a command in words parted by `|`."""
    for line in filter(None, map(str.strip, lines.splitlines())):
        code, *words = (word.strip() for word in line.split("|"))
        done = day(*words)
        assert str(done.code) == code, f"{line}\n{done.err}"


READ = """
    0 | assign | 1 | ana | --reviewer | eve
    0 | due | 1 | 2026-12-01 | --reviewer | eve
    0 | next | --reviewer | ana
    0 | evidence | add | 1 | --stance | supports | --file | agency.txt | --quote | 107 killed and 238 | --reviewer | ana
    0 | speaker | 1 | Saudi Civil Defense | --reviewer | ana
    0 | verdict | 1 | true | --rationale | The agency gives teh number. | --known-as-of | 2015-09-12 | --reviewer | ana
    0 | next | --reviewer | ben
    0 | verdict | 1 | mostly-true | --rationale | It says so far. | --reviewer | ben
    0 | next | --adjudicate | --reviewer | eve
    0 | verdict | 1 | true | --rationale | That is teh number so far. | --error-type | misread-claim | --reviewer | eve
"""
PUBLISHED = """
    7 | publish | 1 | --reviewer | eve
    0 | sign-off | 1 | --rationale | On teh day this was the number. | --publish | --reviewer | eve
    7 | undo | --reviewer | eve
    7 | correct | 1 | true | --reason | None. | --reviewer | eve
    0 | correct | 1 | --typo | --reason | A slip. | --rationale | On the day this was the number. | --reviewer | eve
    0 | evidence | add | 1 | --stance | refutes | --file | ministry.txt | --quote | is 111 | --reviewer | ana
    0 | correct | 1 | outdated | --reason | The ministry counts 111. | --reviewer | eve
"""


def test_day_ends_with_a_corrected_report(day: Command) -> None:
    play(day, READ + PUBLISHED)

    report = day("report", "--article", 1, "--format", "json").json
    [claim] = report["articles"][0]["claims"]
    assert (claim["verdict"]["label"], claim["standing"]) == ("outdated", "corrected")
    assert claim["verdict"]["rationale"] == "On the day this was the number."
    assert claim["speaker"] == "Saudi Civil Defense"
    assert [one["is_typo"] for one in claim["corrections"]] == [True, False]
    assert {one["name"] for one in claim["credits"]} == {"ana", "ben", "eve"}
    assert day("audit", "verify").code == 0


def test_every_form_tells_the_day(day: Command) -> None:
    play(day, READ + PUBLISHED)

    forms = ("markdown", "html", "annotated", "csv", "jsonl")
    written = {form: day("report", "--article", 1, "--format", form).out for form in forms}

    told = ("ana", "ben", "eve", "outdated", "On the day this was the number.", "The ministry counts 111.", "A slip.")
    assert [(form, one) for form in forms for one in told if one not in written[form]] == []


def test_day_is_structured_data_too(day: Command) -> None:
    play(day, READ + PUBLISHED)
    config = Path("factcheck.toml")
    publisher = (
        '[publisher]\nname = "Desk"\nurl = "https://desk.example"\nclaim_url_pattern = "https://desk.example/{id}"\n'
    )
    config.write_text(CONFIG + publisher, encoding="utf-8")

    written = day("report", "--article", 1, "--format", "claimreview", "-o", "check.jsonld")
    assert written.code == 0, written.err
    assert day("lint", "check.jsonld").code == 0
    assert "Saudi Civil Defense" in json.dumps(json.loads(Path("check.jsonld").read_text(encoding="utf-8")))


def test_nothing_unchecked_is_published(day: Command) -> None:
    play(
        day,
        """
        0 | verdict | 2 | false | --reviewer | ana
        7 | sign-off | 2 | --publish | --reviewer | ana
        7 | sign-off | 2 | --publish | --reviewer | eve
        7 | publish | 2 | --reviewer | eve
        """,
    )

    refused = day("sign-off", 2, "--reviewer", "ana")
    assert "no rationale" in refused.err
    assert "no source" in refused.err
    assert "nobody but its reader" in refused.err
    assert "--despite" in refused.err
    play(day, "0 | sign-off | 2 | --despite | It is plain to see. | --reviewer | eve")
    assert day("claim", 2, "--json").json["editorial_acts"][-1]["despite"] == "It is plain to see."


def test_claim_by_hand_goes_the_same_way(day: Command) -> None:
    play(
        day,
        """
        0 | add | Strong winds made the crane fall. | --article | 1 | --sentence | 9 | --reviewer | ben
        0 | next | --search | winds made | --reviewer | ana
        """,
    )
    found = [one for one in day("claims", "--json").json if one["added"]]

    assert [one["text"] for one in found] == ["Strong winds made the crane fall."]
    assert found[0]["lease"]["reviewer"] == "ana"
