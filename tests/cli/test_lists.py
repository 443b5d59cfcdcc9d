"""Tables for people, JSON for machines, on the demo's claims."""

import re
from pathlib import Path

import pytest
from conftest import NOW, ROOT, Command

from factcheck.domain.article import Article
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger

pytestmark = pytest.mark.usefixtures("demo_desk")

LONGER = ROOT / "cassettes" / "articles" / "scientology_defector"
CLAIM_KEYS = {
    "id", "uid", "article_id", "text", "quote", "segments", "anchor", "sentence_ids", "speaker",
    "check_worthiness", "flags", "flag_reasons", "status", "verdict", "evidence", "run",
}  # fmt: skip


def test_claims_page_is_fifty(factcheck: Command) -> None:
    factcheck("extract", f"{LONGER}.txt", "--replay", f"{LONGER}.yaml")
    done = factcheck("claims")

    assert len(re.findall(r"^ *\d+ +(?:queued|false|true)[ ,]", done.out, re.MULTILINE)) == 50
    assert "50 of 83 shown" in done.err


@pytest.mark.parametrize(("option", "lines"), [(("--limit", 3), 3), (("--all",), 30)])
def test_page_size_can_be_chosen(factcheck: Command, option: tuple[object, ...], lines: int) -> None:
    shown = factcheck("claims", *option).out

    assert len(re.findall(r"^ *\d+ +(?:queued|false|true)[ ,]", shown, re.MULTILINE)) == lines


def test_json_ignores_the_page(factcheck: Command) -> None:
    assert len(factcheck("claims", "--json").json) == 30


def test_claim_object_keeps_contract(factcheck: Command) -> None:
    for claim in factcheck("claims", "--json").json:
        assert claim.keys() >= CLAIM_KEYS


def test_flag_is_shown_with_its_reason(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    flagged = next(one for one in factcheck("claims", "--json").json if one["flags"] == ["compound"])

    assert f"compound: {flagged['flag_reasons']['compound']}\n" in re.sub(
        " +\n", "\n", factcheck("claim", flagged["id"]).out
    )
    assert "[compound]" in factcheck("claims", "--all").out


def test_segments_point_into_stored_text(factcheck: Command) -> None:
    text = factcheck("article", 1, "--json").json["text"]

    exact = [claim for claim in factcheck("claims", "--json").json if claim["anchor"] == "exact"]
    assert len(exact) > 20
    for claim in exact:
        [[start, end]] = claim["segments"]
        assert text[start:end].strip(".,“”") == claim["quote"].strip(".,“”")


def test_sentences_are_all_accounted_for(factcheck: Command) -> None:
    article = factcheck("article", 1, "--json").json

    assert len(article["sentences"]) == 43
    assert {one["state"] for one in article["sentences"]} == {"claims", "not_checkable", "failed"}
    for one in article["sentences"]:
        assert article["text"][slice(*one["span"])] == one["text"]


def test_article_tells_what_no_claim_holds(factcheck: Command) -> None:
    told = {one["text"]: one["uncovered"] for one in factcheck("article", 1, "--json").json["sentences"]}
    [sentence] = [one for one in told if "(REEs)" in one]

    assert told[sentence] == ["REEs"]
    assert re.search(
        r"^ +8 +paragraph +claims +Rare earth elements[^#]*?\n +no claim holds +REEs +\n +9 ",
        factcheck("article", 1).out,
        re.MULTILINE,
    )


def test_search_needs_every_word(factcheck: Command) -> None:
    found = factcheck("claims", "--search", "takaichi MINISTER appointed", "--json").json

    assert [claim["id"] for claim in found] == [4]
    assert len(factcheck("claims", "--search", "takaichi MINISTER", "--json").json) == 2


def test_status_filter_holds(factcheck: Command) -> None:
    assert [claim["id"] for claim in factcheck("claims", "--status", "decided", "--json").json] == [3, 5, 7, 8]
    assert [claim["id"] for claim in factcheck("claims", "--status", "Decided", "--json").json] == [3, 5, 7, 8]
    assert factcheck("claims", "--status", "leased", "--json").json == []


def test_articles_list_is_json(factcheck: Command) -> None:
    [article] = factcheck("articles", "--json").json

    assert article["claims"] == 30
    assert article["sentences"]["claims"] == 16


@pytest.mark.parametrize("width", ["80", "200"])
def test_tables_keep_to_the_width(factcheck: Command, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)

    for command in (("claims", "--all"), ("article", 1), ("articles",), ("runs",), ("claim", 5), ("status",)):
        assert max(map(len, factcheck(*command).out.splitlines())) <= int(width)


def test_hostile_title_steers_no_terminal(factcheck: Command, demo_desk: Path) -> None:
    hostile = Article("\x1b[2Jcleared\x9b31m \u202egnp.exe", NOW, title="\x1b]0;owned\x07title")
    database = Database(str(demo_desk))
    SqlLedger(database).file_article(hostile, (), hostile.retrieved_at)
    database.close()

    for command in (
        ("articles",),
        ("articles", "--json"),
        ("article", 2),
        ("article", 2, "--json"),
        ("report", "--drafts"),
    ):
        shown = factcheck(*command).out
        assert not re.search("[\x1b\x07\x9b\u202e]", shown)


def test_json_keeps_every_character(factcheck: Command, demo_desk: Path) -> None:
    text = "\u200eשלום\u200f \u202bעולם\u202c \x9b31m \x7f \ufeff\u2066x\u2069"
    database = Database(str(demo_desk))
    SqlLedger(database).file_article(Article(text, NOW), (), NOW)
    database.close()

    assert factcheck("article", 2, "--json").json["text"] == text


@pytest.mark.parametrize("place", ["before", "after"])
def test_database_option_stands_anywhere(factcheck: Command, demo_desk: Path, place: str) -> None:
    demo_desk.rename("other.db")
    option, command = ("--db", "other.db"), ("claim", 5, "--json")

    done = factcheck(*option, *command) if place == "before" else factcheck(*command, *option)

    assert done.json["id"] == 5


def test_runs_tell_model_and_cost(factcheck: Command) -> None:
    [run] = factcheck("runs", "--article", 1, "--json").json

    assert run["model"] == "openai:qwen2.5-coder-1.5b-instruct"
    assert (run["calls"], run["prompt_tokens"], run["outcome"]) == (6, 8_394, "finished")
    assert "14,359" in factcheck("runs").out
