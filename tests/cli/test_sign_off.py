"""Nothing is signed off on the command line that nobody checked, on the demo's claims."""

from pathlib import Path

import pytest
from conftest import Command, Finished

ON_BOTH_DATABASES = True

pytestmark = pytest.mark.usefixtures("demo_desk")

REASONS = ("--rationale", "It says so.", "--evidence", "https://a.example/0")


def by(factcheck: Command, reviewer: str, *arguments: object) -> Finished:
    return factcheck(*arguments, "--reviewer", reviewer, "--json")


def test_bare_verdict_is_not_signed_off(factcheck: Command) -> None:
    by(factcheck, "ana", "verdict", 2, "false")

    refused = by(factcheck, "eve", "sign-off", 2)

    assert (refused.code, refused.out) == (7, "")
    assert "the verdict has no rationale; the verdict has no source of its own; say why with --rationale" in refused.err
    assert "factcheck evidence add 2 URL --stance STANCE, or go on with --despite REASON" in refused.err
    assert factcheck("claim", 2, "--json").json["editorial"] == "open"


def test_reason_to_go_on_is_kept(factcheck: Command) -> None:
    by(factcheck, "ana", "verdict", 2, "false")

    [act] = by(factcheck, "eve", "sign-off", 2, "--despite", "Satire.").json["editorial_acts"]

    kinds = [one["kind"] for one in act["concerns"]]
    assert (act["despite"], kinds) == ("Satire.", ["no_rationale", "no_source"])
    assert "signed off despite that: Satire." in factcheck("claim", 2).out


def test_config_says_what_is_asked(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text('[sign_off]\nrequire = ["second_person", "primary_source"]\n', "utf-8")
    by(factcheck, "ana", "verdict", 2, "true")

    refused = by(factcheck, "ana", "sign-off", 2).err

    assert "ask somebody else to sign it off" in refused
    assert "--kind primary" in refused
    (folder / "factcheck.toml").write_text("[sign_off]\nrequire = []\n", "utf-8")
    assert by(factcheck, "ana", "sign-off", 2).code == 0


def test_reviewer_is_told_what_speaks_against(factcheck: Command) -> None:
    factcheck("evidence", "add", 2, "https://a.example/1", "--stance", "refutes", "--no-fetch")

    told = factcheck("verdict", 2, "true", "--reviewer", "ana", "--rationale", "So.")

    against = "every source that takes a side speaks against the label"
    assert f"speaks against claim 2: {against}" in told.err
    assert against in factcheck("claim", 2).out
    assert "speaks against it" in factcheck("claim", 2).out
    assert [one["kind"] for one in factcheck("claim", 2, "--json").json["concerns"]] == ["against_label"]
    assert f"speaks against claim 2: {against}" in factcheck("sign-off", 2, "--reviewer", "eve").err


def test_one_reader_is_told_of(factcheck: Command) -> None:
    by(factcheck, "ana", "verdict", 2, "true", *REASONS)

    told = factcheck("sign-off", 2, "--reviewer", "ana").err

    assert "speaks against claim 2: nobody but its reader has looked at the verdict" in told


def test_blind_reader_is_told_nothing(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text('[second_reading]\nlabels = ["false"]\n', "utf-8")
    by(factcheck, "ana", "verdict", 2, "false")

    assert "speaks against it" in factcheck("claim", 2, "--reviewer", "ana").out
    assert "speaks against it" not in factcheck("claim", 2, "--reviewer", "bob").out
    assert by(factcheck, "bob", "claim", 2).json["concerns"] == []


def test_sign_off_publishes_at_once(factcheck: Command) -> None:
    for number in (2, 4):
        by(factcheck, "ana", "verdict", number, "true", *REASONS)

    done = factcheck("sign-off", 2, 4, "--publish", "--reviewer", "eve")

    assert done.out == "claim 2 is signed off and published by eve\nclaim 4 is signed off and published by eve\n"
    acts = [one["act"] for one in factcheck("claim", 2, "--json").json["editorial_acts"]]
    assert acts == ["signed_off", "published"]


def test_sign_off_that_cannot_be_published_is_none_either(factcheck: Command, folder: Path) -> None:
    by(factcheck, "ana", "verdict", 2, "true", *REASONS)
    (folder / "factcheck.toml").write_text('heads_file = "no/such/folder/heads.txt"\n', "utf-8")

    assert by(factcheck, "eve", "sign-off", 2, "--publish").code != 0

    assert factcheck("claim", 2, "--json").json["editorial"] == "open"


def test_editor_puts_own_verdict_beside(factcheck: Command) -> None:
    by(factcheck, "ana", "verdict", 2, "true", *REASONS)

    claim = by(factcheck, "eve", "sign-off", 2, "--label", "Mostly true", "--rationale", "Nearly.").json

    assert (claim["verdict"]["label"], claim["verdict"]["rationale"]) == ("mostly-true", "Nearly.")
    assert [(one["role"], one["reviewer"], one["label"]) for one in claim["readings"]] == [
        ("first", "ana", "true"),
        ("editor", "eve", "mostly-true"),
    ]


@pytest.mark.parametrize("said", [("--label", "true"), ("--rationale", "So."), ("--expect", "0123456789ab")])
def test_own_verdict_is_for_one_claim(factcheck: Command, said: tuple[str, str]) -> None:
    done = by(factcheck, "eve", "sign-off", 2, 4, *said)

    assert (done.code, f"{said[0]} is about one claim" in done.err) == (2, True)


def test_sign_off_is_taken_back(factcheck: Command) -> None:
    by(factcheck, "ana", "verdict", 2, "true", *REASONS)
    by(factcheck, "eve", "sign-off", 2, "--label", "mixed")
    assert [one["act"] for one in by(factcheck, "eve", "history").json] == ["signed_off", "amended"]

    undone = [factcheck("undo", "--reviewer", "eve").out for _ in range(2)]

    first, second = undone
    told = "undone: claim 2 is no longer signed off; its verdict is mixed by eve, and it waits for a sign-off; "
    assert first == f"{told}undo again to take your verdict back too\n"
    assert second == "undone: claim 2 is no longer amended; its verdict is true by ana, and it waits for a sign-off\n"
    claim = factcheck("claim", 2, "--json").json
    assert (claim["editorial"], claim["lease"], claim["verdict"]["label"]) == ("open", None, "true")
    assert by(factcheck, "eve", "history").json == []


def test_undone_verdict_of_an_editor_leaves_that_of_the_one_before(factcheck: Command) -> None:
    by(factcheck, "ana", "verdict", 2, "true", *REASONS)
    by(factcheck, "eve", "sign-off", 2, "--label", "mostly-true", "--rationale", "Eve says.")
    by(factcheck, "edith", "sign-off", 2, "--label", "mixed", "--rationale", "Edith says.")

    first, second = (factcheck("undo", "--reviewer", "edith").out for _ in range(2))

    assert "its verdict is mixed by edith, and what was signed off was another one; undo again" in first
    assert "its verdict is mostly-true by eve, and the sign-off before stands again" in second


def test_published_verdict_is_not_undone(factcheck: Command) -> None:
    by(factcheck, "ana", "verdict", 2, "true", *REASONS)
    by(factcheck, "eve", "sign-off", 2, "--publish")

    assert by(factcheck, "eve", "undo").code == 7


@pytest.fixture
def published(factcheck: Command, demo_desk: Path) -> None:
    """Claim 2 published as true."""
    del demo_desk
    by(factcheck, "ana", "verdict", 2, "true", *REASONS)
    by(factcheck, "eve", "sign-off", 2, "--publish")


@pytest.mark.usefixtures("published")
def test_correction_keeps_the_explanation(factcheck: Command) -> None:
    claim = by(factcheck, "eve", "correct", 2, "mostly-true", "--reason", "The toll rose.").json

    assert (claim["verdict"]["label"], claim["verdict"]["rationale"]) == ("mostly-true", "It says so.")
    assert "It says so." in factcheck("report", "--claim", 2).out


@pytest.mark.usefixtures("published")
def test_corrected_claim_shows_the_verdict_before(factcheck: Command) -> None:
    by(factcheck, "eve", "correct", 2, "mostly-true", "--reason", "The toll rose.", "--rationale", "It rose to 111.")

    shown = factcheck("claim", 2).out

    assert "first: true (truth-5 v1) by ana It says so." in shown
    assert "correction: mostly-true (truth-5 v1) by eve It rose to 111." in shown


@pytest.mark.usefixtures("published")
def test_typo_leaves_the_label(factcheck: Command) -> None:
    about = ("--typo", "--reason", "A slip.", "--rationale", "It says so!", "--words", "Other words.")

    done = factcheck("correct", 2, *about, "--reviewer", "eve")

    assert done.out == "claim 2 has a typo put right, and its label stays: A slip.\n"
    claim = factcheck("claim", 2, "--json").json
    assert (claim["verdict"]["label"], claim["verdict"]["rationale"]) == ("true", "It says so!")
    assert (claim["words"], claim["corrections"][0]["is_typo"]) == ("Other words.", True)
    assert claim["corrections"][0]["words_were"] in factcheck("claim", 2).out
    assert ": a typo, the claim read “" in factcheck("claim", 2).out


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("true", "--typo"), 2),
        (("--typo", "--confidence", "low"), 2),
        (("mixed", "--words", "Other words."), 2),
        ((), 2),
        (("--typo",), 2),
        (("true",), 7),
    ],
)
def test_correction_says_what_it_is(factcheck: Command, asked: tuple[str, ...], code: int) -> None:
    done = by(factcheck, "eve", "correct", 2, *asked, "--reason", "A slip.")

    assert (done.code, done.out) == (code, "")
    assert "--typo" in done.err or "typo" in done.err


def test_hidden_flag_is_not_listed(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text('[second_reading]\nlabels = ["false"]\n', "utf-8")
    by(factcheck, "ana", "flag", 2, "--reason", "Libel?")
    by(factcheck, "ana", "note", 2, "Mind it.")
    by(factcheck, "ana", "evidence", "add", 2, "https://a.example", "--stance", "refutes", "--no-fetch")
    assert [one["id"] for one in factcheck("claims", "--flagged", "--json").json] == [2]
    by(factcheck, "ana", "verdict", 2, "false")
    by(factcheck, "ana", "assign", 2, "bob")

    assert factcheck("claims", "--flagged", "--json").json == []
    actions = [one["action"] for one in by(factcheck, "bob", "log", 2).json]
    assert actions == ["hidden", "hidden", "hidden", "first_read", "assigned"]
    assert "flagged" not in factcheck("log", "--reviewer", "bob").out
    flagged = by(factcheck, "bob", "flag", 2, "--reason", "Odd.")
    assert [one["reason"] for one in flagged.json["editor_flags"]] == ["Odd."]
    assert [one["id"] for one in factcheck("claims", "--flagged", "--json").json] == [2]
    assert "Libel?" not in factcheck("claim", 2, "--reviewer", "bob").out
    assert "Libel? (ana)" in factcheck("claim", 2, "--reviewer", "ana").out
    by(factcheck, "bob", "flag", 2, "--clear")
    own = [one["action"] for one in by(factcheck, "ana", "log", 2).json][:-2]
    assert own == ["flagged", "noted", "evidence_added", "first_read", "assigned"]
