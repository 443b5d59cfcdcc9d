"""A desk of three people on the command line, on the demo's claims."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Command, Finished

from factcheck.cli import audit
from factcheck.errors import DatabaseError
from factcheck.workflow.measure_desk import DeskStatus, desk_status
from factcheck.workflow.ports import Stores

pytestmark = pytest.mark.usefixtures("demo_desk")

REASONS = ("--rationale", "It says so.", "--evidence", "https://a.example/0")
CAREFUL = '[second_reading]\nlabels = ["false"]\n'


@pytest.fixture
def careful(folder: Path) -> None:
    """A config file that wants a second reading of every `false`."""
    (folder / "factcheck.toml").write_text(CAREFUL, "utf-8")


@pytest.fixture
def with_roles(demo_desk: Path, factcheck: Command) -> None:
    """A config file that turns roles on, and ana, a reviewer, and eve, an editor."""
    demo_desk.with_name("factcheck.toml").write_text("roles = true\n", "utf-8")
    factcheck("people", "add", "ana")
    factcheck("people", "add", "eve", "--role", "editor")


def by(factcheck: Command, reviewer: str, *arguments: object) -> Finished:
    return factcheck(*arguments, "--reviewer", reviewer, "--json")


@pytest.mark.usefixtures("careful")
def test_claim_goes_all_the_way(factcheck: Command) -> None:
    by(factcheck, "ana", "verdict", 2, "false", "--note", "psst")
    assert by(factcheck, "bob", "next", "--second").json["id"] == 2
    assert by(factcheck, "bob", "verdict", 2, "true").json["status"] == "disputed"
    by(factcheck, "eve", "next", "--adjudicate")
    why = ("--rationale", "Half of it.", "--evidence", "https://a.example/1")
    by(factcheck, "eve", "verdict", 2, "mixed", "--error-type", "slip", "--confidence", "high", *why)
    assert by(factcheck, "bob", "sign-off", 2).code == 7
    assert by(factcheck, "eve", "sign-off", 2, "--comment", "Good.").json["editorial"] == "signed_off"
    assert by(factcheck, "eve", "publish", 2).json["editorial"] == "published"
    correction = by(factcheck, "eve", "correct", 2, "true", "--reason", "A deed.", "--known-as-of", "2026-01-02")
    assert correction.json["verdict"]["known_as_of"] == "2026-01-02"
    claim = by(factcheck, "eve", "withdraw", 2, "--reason", "Satire.").json

    assert (claim["editorial"], claim["corrections"][0]["was"]["label"]) == ("withdrawn", "mixed")
    assert [one["act"] for one in claim["editorial_acts"]] == ["signed_off", "published", "withdrawn"]
    shown = factcheck("claim", 2).out
    assert "was mixed, is true: A deed." in shown
    assert "withdrawn by eve" in shown
    assert factcheck("audit", "verify").code == 0


@pytest.mark.usefixtures("careful")
def test_first_verdict_leaks_nowhere(factcheck: Command) -> None:
    words = ("--rationale", "SECRET", "--note", "SECRET", "--evidence", "https://secret.example")
    by(factcheck, "ana", "verdict", 2, "false", *words)
    by(factcheck, "ana", "note", 2, "SECRET")
    by(factcheck, "ana", "draft", 2, "--rationale", "SECRET")
    by(factcheck, "bob", "next", "--second")
    added = ("evidence", "add", 2, "https://secret.example", "--stance", "context", "--no-fetch")

    told = [
        factcheck(*arguments, *json_option)
        for arguments in (
            ("claim", 2),
            ("claim", 2, "--reviewer", "bob"),
            ("claims",),
            ("log",),
            ("log", 2, "--reviewer", "bob"),
            ("history", "--reviewer", "bob"),
            ("draft", 2, "--reviewer", "bob"),
            ("status",),
            ("evidence", "list", 2, "--reviewer", "bob"),
            ("evidence", "list", 2),
        )
        for json_option in ((), ("--json",))
    ]
    told += [factcheck("report", "--drafts", "--format", form) for form in ("markdown", "json", "csv")]

    assert {one.code for one in told} == {0}
    assert [one.out for one in told if "secret" in (one.out + one.err).lower()] == []
    [own] = by(factcheck, "bob", *added).json["evidence"]
    assert (own["added_by"], own["stance"]) == ("bob", "context")
    removed = by(factcheck, "bob", "evidence", "remove", own["id"])
    assert (removed.json["evidence"], removed.json["readings"]) == ([], [])
    assert "SECRET" in factcheck("claim", 2, "--reviewer", "ana").out
    assert "SECRET" in factcheck("log", 2, "--reviewer", "ana").out


def test_words_are_corrected_and_split(factcheck: Command) -> None:
    assert by(factcheck, "ana", "reword", 2, "Other words.").json["words"] == "Other words."
    assert "as extracted" in factcheck("claim", 2).out
    parts = by(factcheck, "ana", "split", 4, "One part.", "Another part.").json
    assert [one["split_from"] for one in parts] == [4, 4]
    assert by(factcheck, "ana", "merge", parts[0]["id"], 2).json["duplicate_of"] == 2
    aside = by(factcheck, "ana", "not-checkable", parts[1]["id"], "--reason", "Taste.").json
    assert (aside["status"], aside["aside"]) == ("not_checkable", "Taste.")
    acts = [one["act"] for one in by(factcheck, "ana", "history").json]
    assert acts == ["not_checkable", "duplicate", "split", "reworded"]
    undone = [by(factcheck, "ana", "undo").json["undone"] for _ in range(4)]
    assert undone == acts
    assert by(factcheck, "ana", "undo").code == 7


def test_flags_notes_and_contact_show(factcheck: Command) -> None:
    by(factcheck, "ana", "flag", 2, "--reason", "Libel?")
    by(factcheck, "ana", "note", 2, "Ask the archive.")
    by(factcheck, "ana", "contact", 2, "--asked-on", "2026-02-27", "--answer", "No comment.")

    shown = factcheck("claim", 2).out

    assert "Libel? (ana)" in shown
    assert "ana: Ask the archive." in shown
    assert "asked on 2026-02-27: No comment." in shown
    assert by(factcheck, "ana", "flag", 2, "--clear").json["editor_flags"] == []


@pytest.mark.parametrize("said", [("verdict", 2, "true", "--known-as-of"), ("contact", 2, "--asked-on")])
def test_day_ahead_is_refused(factcheck: Command, said: tuple[object, ...]) -> None:
    done = by(factcheck, "ana", *said, "9999-12-31")

    assert (done.code, "9999-12-31 lies ahead, and today is " in done.err) == (2, True)
    assert factcheck("claim", 2, "--json").json["status"] == "queued"


@pytest.mark.parametrize("options", [(), ("--clear", "--reason", "x")])
def test_flag_takes_one_of_two(factcheck: Command, options: tuple[str, ...]) -> None:
    done = factcheck("flag", 2, "--reviewer", "ana", *options)

    assert (done.code, "either --reason TEXT or --clear" in done.err) == (2, True)


def test_draft_waits_for_its_reviewer(factcheck: Command) -> None:
    by(factcheck, "ana", "draft", 2, "--label", "mixed", "--form", "{}")

    assert by(factcheck, "ana", "draft", 2).json["label"] == "mixed"
    assert factcheck("draft", 2, "--reviewer", "bob").err == "bob has no draft on claim 2\n"
    assert by(factcheck, "ana", "draft", 2, "--label", "flase").code == 2


def test_rejected_claim_comes_back(factcheck: Command) -> None:
    by(factcheck, "ana", "verdict", 2, "true")
    rejected = by(factcheck, "eve", "reject", 2, "--comment", "A blog is no source.").json

    assert (rejected["status"], rejected["editorial"], rejected["verdict"]) == ("queued", "rejected", None)
    assert "A blog is no source." in factcheck("claim", 2).out


def test_lease_is_renewed(factcheck: Command) -> None:
    number = by(factcheck, "ana", "next").json["id"]

    assert by(factcheck, "ana", "renew", number).json["lease"]["reviewer"] == "ana"
    assert by(factcheck, "bob", "renew", number).code == 7


@pytest.mark.usefixtures("with_roles")
def test_roles_are_enforced(factcheck: Command) -> None:
    assert by(factcheck, "bob", "next").code == 7
    assert "factcheck people add bob --role reviewer" in by(factcheck, "bob", "verdict", 2, "true").err
    assert by(factcheck, "ana", "verdict", 2, "true", *REASONS).code == 0
    assert by(factcheck, "ana", "sign-off", 2).code == 7
    assert by(factcheck, "eve", "sign-off", 2).code == 0
    assert by(factcheck, "eve", "next").code == 7


@pytest.mark.usefixtures("with_roles")
def test_readers_get_nothing_that_no_editor_has_seen(factcheck: Command, folder: Path) -> None:
    (folder / "register.txt").write_text("The register names her.", "utf-8")
    kept = ("--file", "register.txt", "--stance", "supports")
    source = ("--no-fetch", "--stance", "supports")
    assert by(factcheck, "ana", "verdict", 2, "true", *REASONS).code == 0
    assert factcheck("evidence", "add", 2, "https://b.example/", *source).code == 2
    assert by(factcheck, "ana", "article", 1, "--set", "url=https://elsewhere.example/").code == 7
    assert by(factcheck, "eve", "sign-off", 2, "--publish").code == 0
    assert by(factcheck, "ana", "evidence", "add", 2, "https://b.example/", *source).code == 7
    assert by(factcheck, "ana", "contact", 2, "--answer", "No.").code == 7
    assert by(factcheck, "ana", "article", 1, "--set", "title=Another").code == 7
    assert by(factcheck, "eve", "evidence", "add", 2, "https://b.example/", *source).code == 7
    assert by(factcheck, "ana", "evidence", "add", 2, *kept).code == 7
    assert by(factcheck, "eve", "evidence", "add", 2, *kept).code == 0


@pytest.mark.parametrize("limit", [10**20, 0])
def test_limit_that_nobody_counts_to_is_refused(factcheck: Command, limit: int) -> None:
    assert factcheck("log", "--limit", limit).code == 2


@pytest.mark.parametrize("location", ["/", "a" * 300])
def test_name_of_no_file_is_refused_in_one_line(factcheck: Command, location: str) -> None:
    done = factcheck("status", "--db", location)

    assert done.code == 8
    assert len(done.err.splitlines()) == 1
    assert "can be no file" in done.err


@pytest.mark.usefixtures("with_roles")
def test_people_have_roles(factcheck: Command) -> None:
    factcheck("people", "add", "ana", "--role", "adjudicator")
    factcheck("people", "role", "eve", "reviewer")

    people = {one["name"]: one["roles"] for one in factcheck("people", "list", "--json").json}

    assert people == {"ana": ["reviewer", "adjudicator"], "eve": ["reviewer"]}
    assert "adjudicator" in factcheck("people", "list").out
    assert factcheck("people", "role", "nobody", "editor").code == 6


def test_scale_is_chosen(factcheck: Command, folder: Path) -> None:
    claim = by(factcheck, "ana", "verdict", 2, "fix", "--scale", "pre-publication").json
    assert (claim["verdict"]["scale"], claim["verdict"]["scale_version"]) == ("pre-publication", 1)
    (folder / "factcheck.toml").write_text('scale = "averitec"', "utf-8")
    assert by(factcheck, "ana", "verdict", 6, "refuted").json["verdict"]["scale"] == "averitec"
    done = by(factcheck, "ana", "verdict", 4, "true", "--scale", "stars")
    assert (done.code, "'stars'; there are: truth-5, averitec, pre-publication" in done.err) == (2, True)


def test_scales_say_what_labels_mean(factcheck: Command) -> None:
    assert [one["id"] for one in factcheck("scales", "list", "--json").json] == [
        "truth-5",
        "averitec",
        "pre-publication",
    ]
    assert "used here" in factcheck("scales", "list").out
    assert "Only the author can say" in factcheck("scales", "show", "pre-publication").out
    assert factcheck("scales", "show", "truth-5", "--json").json["labels"][0]["grade"] == 1


def test_log_tells_who_and_what(factcheck: Command) -> None:
    by(factcheck, "ana", "reword", 2, "Other words.")

    [event] = factcheck("log", 2, "--json").json

    assert (event["actor"], event["action"], event["details"]["now"]) == ("ana", "reworded", "Other words.")
    assert "now: Other words." in factcheck("log", 2).out
    assert len(factcheck("log", "--limit", 3, "--json").json) == 3
    assert factcheck("log", 999).code == 6


def test_exported_log_ends_with_the_head(factcheck: Command) -> None:
    lines = [json.loads(line) for line in factcheck("audit", "export").out.splitlines()]

    verified = factcheck("audit", "verify", "--json").json

    assert verified["whole"] == len(lines) == lines[-1]["id"]
    assert verified["head"]["hash"] == lines[-1]["hash"]
    assert factcheck("audit", "verify", "--head", lines[3]["hash"]).code == 0
    assert factcheck("audit", "verify", "--head", "0" * 64).code == 13


@pytest.mark.usefixtures("careful")
def test_status_tells_how_the_desk_works(factcheck: Command) -> None:
    first, second, third = (one["id"] for one in factcheck("claims", "--status", "queued", "--json").json[:3])
    for number, other in ((first, "false"), (second, "true"), (third, "false")):
        by(factcheck, "ana", "verdict", number, "false")
        by(factcheck, "bob", "verdict", number, other)
    by(factcheck, "eve", "verdict", second, "true")

    desk = factcheck("status", "--json").json["desk"]

    assert desk["reviewers"]["ana"]["overturned"] == 1
    assert (desk["judged"], desk["overturned"], desk["reviewers"]["bob"]["last_hour"]) == (6, 1, 3)
    [agreement] = desk["agreement"]
    assert (agreement["scale"], agreement["nominal"]["units"]) == ("truth-5", 3)
    assert agreement["nominal"]["alpha"] == pytest.approx(0)  # five of six say false: as much as by chance
    assert "1 of 6 judged by others overturned" in factcheck("status").out


def test_broken_log_names_the_event(factcheck: Command, demo_desk: Path) -> None:
    with closing(sqlite3.connect(demo_desk)) as connection:
        connection.execute("DROP TRIGGER event_kept")
        connection.execute("UPDATE event SET actor = 'mallory' WHERE id = 5")
        connection.commit()

    done = factcheck("audit", "verify")

    assert (done.code, done.out) == (13, "")
    assert "event 5 is broken: it is not what was written; 4 before it are whole" in done.err
    assert factcheck("audit", "verify", "--json").json["broken_at"] == 5


def test_ten_decisions_are_taken_back(factcheck: Command) -> None:
    waiting = [one["id"] for one in factcheck("claims", "--status", "queued", "--json").json[:10]]
    for number in waiting:
        by(factcheck, "ana", "verdict", number, "true")

    undone = [by(factcheck, "ana", "undo").json["claim"]["id"] for _ in waiting]

    assert undone == waiting[::-1]


def test_editor_finds_what_waits(factcheck: Command) -> None:
    by(factcheck, "ana", "flag", 2, "--reason", "Libel?")
    for number in (4, 6):
        by(factcheck, "ana", "verdict", number, "true", *REASONS)
    by(factcheck, "eve", "sign-off", 6)

    def found(*options: str) -> list[int]:
        return [one["id"] for one in factcheck("claims", *options, "--json").json]

    assert found("--to-sign-off") == [4]
    assert (found("--editorial", "signed_off"), found("--flagged")) == ([6], [2])


def test_search_finds_the_new_words(factcheck: Command) -> None:
    by(factcheck, "ana", "reword", 2, "A quaint zeppelin landed.")

    assert [one["id"] for one in factcheck("claims", "--search", "zeppelin", "--json").json] == [2]


def settled(factcheck: Command, *numbers: int) -> None:
    for number in numbers:
        factcheck("verdict", number, "True", "--reviewer", "ana", *REASONS)


def test_several_claims_are_signed_off(factcheck: Command) -> None:
    settled(factcheck, 2, 4)

    done = factcheck("sign-off", 2, 999, 4, 6, "--reviewer", "eve")

    assert done.out == "claim 2 is signed off by eve\nclaim 4 is signed off by eve\n"
    assert done.err.count("factcheck: ") == 2
    assert done.code == 7
    assert factcheck("publish", 2, 4, "--reviewer", "eve").code == 0


def test_several_claims_are_an_array(factcheck: Command) -> None:
    settled(factcheck, 2, 4)

    done = by(factcheck, "eve", "sign-off", 2, 4, 999)

    assert (done.code, [one["editorial"] for one in done.json]) == (6, ["signed_off", "signed_off"])
    assert by(factcheck, "eve", "publish", 998, 999).json == []
    assert by(factcheck, "eve", "publish", 2).json["editorial"] == "published"


def test_judged_claim_is_told(factcheck: Command) -> None:
    factcheck("evidence", "add", 2, "https://a.example/1", "--stance", "Refutes", "--no-fetch")
    settled(factcheck, 2)

    read = by(factcheck, "eve", "claim", 2).json["revision"]
    told = factcheck("sign-off", 2, "--reviewer", "eve").err

    assert "true (truth-5 v1) by ana: It says so." in told
    assert "refutes: https://a.example/1" in told
    assert f"revision {read}" in told
    assert "no sources" not in told


def test_act_expects_what_was_read(factcheck: Command) -> None:
    settled(factcheck, 2)
    read = by(factcheck, "eve", "claim", 2).json["revision"]
    factcheck("evidence", "add", 2, "https://a.example/1", "--stance", "supports", "--no-fetch", "--reviewer", "bob")

    refused = by(factcheck, "eve", "sign-off", 2, "--expect", read)

    assert (refused.code, refused.out) == (7, "")
    assert "moved on" in refused.err
    assert by(factcheck, "eve", "sign-off", 2, "--expect", "").code == 7
    again = factcheck("sign-off", 2, "--expect", by(factcheck, "eve", "claim", 2).json["revision"], "--reviewer", "eve")
    assert (again.code, again.err) == (0, "")


@pytest.mark.parametrize(
    "act",
    [
        ("verdict", 2, "true"),
        ("reject", 2, "--comment", "No."),
        ("publish", 2),
        ("correct", 2, "true", "--reason", "So."),
        ("withdraw", 2, "--reason", "So."),
    ],
    ids=lambda act: act[0],
)
def test_every_judgement_can_expect(factcheck: Command, act: tuple[object, ...]) -> None:
    done = by(factcheck, "eve", *act, "--expect", "0123456789ab")

    assert (done.code, "moved on" in done.err) == (7, True)


def test_one_revision_is_for_one_claim(factcheck: Command) -> None:
    done = by(factcheck, "eve", "publish", 2, 4, "--expect", "0123456789ab")

    assert done.code == 2
    assert "--expect" in done.err


def test_status_is_watched_until_it_is_stopped(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    def pause(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) > 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("factcheck.cli.audit.sleep", pause)

    lines = factcheck("status", "--watch", "--interval", "7", "--json")
    shown = factcheck("status", "--watch")

    assert (lines.code, shown.code, waits) == (0, 0, [7, 7, 7, 5])
    assert [json.loads(one)["runs"] for one in lines.out.splitlines()] == [1, 1, 1]
    assert shown.out.count("sentences") == 1


def test_status_is_watched_on_once_the_database_answers_again(
    factcheck: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    asked = desk_status

    def restarting(stores: Stores) -> DeskStatus:
        if len(waits) in {1, 2}:
            raise DatabaseError("the server is gone")
        return asked(stores)

    def pause(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) > 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(audit, "sleep", pause)
    monkeypatch.setattr(audit, "desk_status", restarting)

    done = factcheck("status", "--watch", "--json")

    assert (done.code, len(done.out.splitlines())) == (0, 2)
    assert done.err.count("the server is gone; tried again every 5 seconds") == 1
