"""`factcheck demo`: the whole way, replayed, offline."""

from pathlib import Path

import pytest
from conftest import Command

from factcheck import wiring
from factcheck.cli.demo import LOOKED_UP
from factcheck.cli.progress import BatchDisplay
from factcheck.extraction.lookup_recording import lookup_played
from factcheck.extraction.recording import read_recording
from factcheck.settings import Settings
from factcheck.workflow.extract_batch import Wanted
from factcheck.workflow.plan_extraction import ExtractionOptions

CASSETTES = Path(__file__).parents[2] / "cassettes"
RECORDINGS = sorted((*CASSETTES.glob("demo/*.yaml"), *CASSETTES.glob("articles/*.yaml")))


def test_demo_refutes_three_claims(factcheck: Command, folder: Path) -> None:
    done = factcheck("demo")

    assert done.code == 0
    assert "verdicts: 3 false, 1 true" in done.out
    assert "Sanae Takaichi is the Minister for Economic Security of Japan." in done.out
    report = (folder / "factcheck-demo.md").read_text("utf-8")
    assert report.count(": FALSE\n") == 3
    assert (folder / "factcheck-demo.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "- Verdict: **false** (truth-5 v1)." in report


def test_false_claims_stand_among_the_first_ten(factcheck: Command, demo_desk: Path) -> None:
    del demo_desk
    listed = factcheck("claims", "--json").json
    order = sorted(listed, key=lambda one: (-one["check_worthiness"], one["id"]))
    places = [place for place, one in enumerate(order, 1) if (one["verdict"] or {}).get("label") == "false"]

    assert len(places) == 3
    assert max(places) <= 10


def test_demo_holds_a_look_up(factcheck: Command) -> None:
    done = factcheck("demo")

    assert "look 4 --last" in done.out
    shown = factcheck("--db", "factcheck-demo.db", "look", 4, "--last").out
    assert f"claim 4 {LOOKED_UP}" in " ".join(factcheck("--db", "factcheck-demo.db", "claim", 4).out.split())
    assert "“The new Minister for Economic Security is Kimi Onoda, a member of the upper house.”" in shown
    assert "none of them is evidence" in shown


def test_passage_of_the_demo_is_taken_offline(factcheck: Command) -> None:
    factcheck("demo")

    factcheck("--db", "factcheck-demo.db", "look", 4, "--take", 2, "--stance", "refutes", "--reviewer", "ana")

    [evidence] = factcheck("--db", "factcheck-demo.db", "evidence", "list", 4, "--json").json
    assert (evidence["stance"], evidence["quote_status"]) == ("refutes", "exact")


def test_look_up_of_the_demo_says_who_answered() -> None:
    with lookup_played(CASSETTES / "stand_in" / "demo_look_up.yaml") as header:
        assert header.answered_by == "tests/demo_look_up_stand_in.py"


def test_demo_writes_a_site(factcheck: Command, folder: Path) -> None:
    factcheck("demo")

    page = (folder / "factcheck-demo-site" / "articles" / "1" / "index.html").read_text("utf-8")
    assert "Sanae Takaichi is the Minister for Economic Security of Japan." in page
    assert "Your newsroom" in page


def test_demo_names_no_address_that_nobody_has(factcheck: Command) -> None:
    assert "news.example" not in factcheck("demo").err


def test_site_of_the_demo_is_the_newsrooms(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(
        '[publisher]\nname = "The Desk"\nurl = "https://d.example"\nclaim_url_pattern = "https://d.example/c/{id}"\n'
    )

    factcheck("demo")

    assert "The Desk" in (folder / "factcheck-demo-site" / "index.html").read_text("utf-8")


def test_demo_says_what_is_next(factcheck: Command) -> None:
    assert "factcheck --db factcheck-demo.db next --reviewer" in factcheck("demo").out


def test_advice_names_the_database(factcheck: Command) -> None:
    assert "factcheck --db factcheck-demo.db extract --retry 1" in factcheck("demo").err


def test_demo_twice_changes_nothing(factcheck: Command, folder: Path) -> None:
    factcheck("demo")
    report = (folder / "factcheck-demo.md").read_bytes()

    again = factcheck("demo")

    assert "nothing was paid" in again.out
    assert (folder / "factcheck-demo.md").read_bytes() == report


def test_demo_begun_anew_writes_its_site_again(factcheck: Command, folder: Path) -> None:
    factcheck("demo")
    (folder / "factcheck-demo.db").unlink()
    assert factcheck("demo").code == 0


def test_page_furniture_makes_no_claim(factcheck: Command, demo_desk: Path) -> None:
    del demo_desk
    states = {one["text"]: one["state"] for one in factcheck("article", 1, "--json").json["sentences"]}

    for line, state in states.items():
        if line.startswith(("Home /", "Leave a Reply", "Source link", "Your email address")):
            assert state == "not_checkable"
    headline = "Trump and Takaichi sign trade and rare earths deals heralding ‘golden age’ of alliance"
    assert [one["kind"] for one in factcheck("article", 1, "--json").json["sentences"] if one["text"] == headline] == [
        None,
        "repeat",
    ]


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_recording_is_played_to_end(path: Path, folder: Path) -> None:
    settings = Settings(db=str(folder / "desk.db"))
    with wiring.stores(settings, creates=True) as opened:
        options = ExtractionOptions(replay=path)
        batch = wiring.extract_batch(opened, options, BatchDisplay(None))
        done = batch.run(wiring.extraction_session(settings, options), Wanted((str(path.with_suffix(".txt")),)))

    recorded = len(read_recording(path).calls["interactions"])
    assert done.summaries[0].usage.calls == recorded
    assert done.summaries[0].new_claims > 0


def test_marks_of_headings_stay_out_of_reports(factcheck: Command, folder: Path, demo_desk: Path) -> None:
    del demo_desk
    assert factcheck("report", "--drafts", "-o", "all.html").code == 0
    assert factcheck("report", "--drafts", "--format", "annotated", "-o", "all.txt").code == 0
    page, text = ((folder / name).read_text("utf-8") for name in ("all.html", "all.txt"))
    assert '<h4 class="part" dir="auto">The Significance of Rare Earths</h4>' in page
    assert "The Significance of Rare Earths\n" in text
    assert "###" not in page + text
