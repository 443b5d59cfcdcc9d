"""The same article again: what stands in both versions is asked and judged once."""

import json
import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Command
from fakes import Reply, StandIn, numbered_sentences, one_claim_a_sentence

SAID = (
    "The river Cávado rose by 4 metres on Monday.",
    "Ana Silva counted 210 houses under water.",
    "The council of Braga paid 3 million euros.",
    "A bridge from 1912 was closed for 6 weeks.",
    "Ben Costa leads 40 firemen there.",
    "The school of Esposende lost 12 rooms.",
    "Rain fell on 19 of 28 days.",
    "The dam held 98 percent of its water.",
)
TEXT = "\n\n".join(SAID)
CHANGED = TEXT.replace("210 houses", "230 houses")


@pytest.fixture
def first(factcheck: Command, folder: Path, stand_in: StandIn) -> Path:
    """A file that was article 1, with all its sentences asked about."""
    path = folder / "river.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert factcheck("extract", path).code == 0
    stand_in.requests.clear()
    return path


def asked(stand_in: StandIn) -> list[str]:
    return [one for request in stand_in.requests for one in numbered_sentences(request).values()]


def again(factcheck: Command, path: Path, text: str) -> Any:
    path.write_text(text, encoding="utf-8")
    [summary] = factcheck("extract", path, "--json").json
    return summary


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace("\n\n", "\n\n\n") + "\n",
        TEXT.replace("Ana Silva", "Ana  Silva"),
        unicodedata.normalize("NFD", TEXT),
        TEXT.replace("210", "2 10"),
        TEXT.replace(" paid", "paid"),
        TEXT.replace(".\n\nRain", ".Rain"),
    ],
)
def test_blanks_and_coding_cost_nothing(factcheck: Command, first: Path, stand_in: StandIn, other: str) -> None:
    summary = again(factcheck, first, other)

    assert stand_in.requests == []
    assert len(summary["claims"]) == len(SAID)
    assert summary["sentences"]["pending"] == 0
    assert factcheck("audit", "verify").code == 0


def test_double_blank_makes_no_other_article(factcheck: Command, first: Path) -> None:
    assert again(factcheck, first, TEXT.replace("Ana Silva", "Ana  Silva"))["article"]["id"] == 1
    assert len(factcheck("articles", "--json").json) == 1


def test_only_the_changed_sentence_is_asked(factcheck: Command, first: Path, stand_in: StandIn) -> None:
    summary = again(factcheck, first, CHANGED)

    assert asked(stand_in) == ["Ana Silva counted 230 houses under water."]
    assert (summary["article"]["id"], summary["new_claims"], len(summary["claims"])) == (2, 1, len(SAID))
    told = factcheck("article", 2, "--json").json
    assert (told["previous"], told["claims"]) == (1, len(SAID))
    assert factcheck("article", 1, "--json").json["later"] == [2]
    assert factcheck("audit", "verify").code == 0


def test_dry_run_tells_the_changed_sentence(factcheck: Command, first: Path, stand_in: StandIn) -> None:
    first.write_text(CHANGED, encoding="utf-8")

    told = factcheck("extract", first, "--dry-run", "--json").json

    assert told["articles"][0]["sentences"] == 1
    assert stand_in.requests == []
    assert len(factcheck("articles", "--json").json) == 1


def test_diff_tells_each_changed_sentence(factcheck: Command, first: Path) -> None:
    again(factcheck, first, CHANGED.replace(SAID[6] + "\n\n", "") + "\n\nThe mayor left on Friday.")

    told = factcheck("article", 2, "--diff", "--json").json["changes"]
    shown = factcheck("article", 2, "--diff").out

    assert [(one["was"] and one["was"]["text"], one["now"] and one["now"]["text"]) for one in told] == [
        (SAID[1], SAID[1].replace("210", "230")),
        (SAID[6], None),
        (None, "The mayor left on Friday."),
    ]
    assert "-    7  Rain fell" in shown
    assert "3 sentences changed" in shown
    assert factcheck("article", 1, "--diff").code == 6


def test_unchanged_claims_keep_their_verdicts(factcheck: Command, first: Path) -> None:
    factcheck(
        "verdict", 1, "true", "--reviewer", "ana", "--rationale", "Measured.", "--evidence", "https://example.org/a"
    )

    again(factcheck, first, "It was a wet month.\n\n" + CHANGED)

    report = factcheck("report", "--article", 2, "--drafts", "--format", "json").json
    [article] = report["articles"]
    claims = {one["text"]: one for one in article["claims"]}
    assert len(claims) == len(SAID) + 1
    kept = next(one for one in claims.values() if "4 metres" in one["text"])
    assert kept["verdict"]["label"] == "true"
    text = factcheck("article", 2, "--json").json["text"]
    for claim in claims.values():
        place = claim["segments"]
        assert "".join(text[start:end] for start, end in place) == claim["quote"]


def resolved(request: dict[str, Any]) -> Reply:
    """As a model answers that puts a name in the pronoun's place."""
    name = "Ana Sousa" if "Sousa" in request["messages"][-1]["content"] else "Ana Silva"
    status, answer, headers = one_claim_a_sentence(request)
    return status, json.loads(json.dumps(answer).replace(r"claim\": \"She ", rf"claim\": \"{name} ")), headers


def test_claim_on_changed_words_is_asked_again(factcheck: Command, folder: Path, stand_in: StandIn) -> None:
    stand_in.answer = resolved
    said = ("Ana Silva leads the town of Braga.", "She won 58 percent of 9,000 votes.", *SAID[2:])
    again(factcheck, folder / "town.txt", " ".join(said))
    stand_in.requests.clear()

    again(factcheck, folder / "town.txt", " ".join(said).replace("Silva", "Sousa"))

    assert asked(stand_in) == ["Ana Sousa leads the town of Braga.", said[1]]
    texts = {one["id"]: one["text"] for one in factcheck("claims", "--article", 2, "--json").json}
    assert "Ana Sousa won 58 percent of 9,000 votes." in texts.values()
    assert "Ana Silva won 58 percent of 9,000 votes." not in texts.values()


def test_versions_lead_on(factcheck: Command, first: Path, stand_in: StandIn) -> None:
    again(factcheck, first, CHANGED)
    stand_in.requests.clear()

    again(factcheck, first, CHANGED.replace("6 weeks", "7 weeks"))

    assert asked(stand_in) == ["A bridge from 1912 was closed for 7 weeks."]
    assert factcheck("article", 3, "--json").json["claims"] == len(SAID)
    assert factcheck("article", 3, "--json").json["previous"] == 2
    assert factcheck("audit", "verify").code == 0


def test_other_article_is_no_version(factcheck: Command, first: Path) -> None:
    other = "\n\n".join(
        one.replace("the", "each").replace("of", "near").replace("was", "is") for one in reversed(SAID[:3])
    )

    again(
        factcheck, first, other + "\n\nThe markets of Lisbon closed with a loss of 3 percent on Tuesday, traders said."
    )

    assert factcheck("article", 2, "--json").json["previous"] is None


def test_page_is_a_version_by_its_address(factcheck: Command, stand_in: StandIn) -> None:
    def page(words: str) -> tuple[str, bytes]:
        body = "".join(f"<p>{words} {day} nurses met in Lisbon on day {day}, they said.</p>" for day in range(9))
        return "text/html", f"<html lang='en'><body><article><h1>Talks</h1>{body}</article></body></html>".encode()

    stand_in.pages["/talks"] = page("On the first of the month")
    factcheck("extract", f"{stand_in.address}/talks")
    stand_in.pages["/talks?utm_source=x"] = page("Nobody knows why, but")
    factcheck("extract", f"{stand_in.address}/talks?utm_source=x")

    assert factcheck("article", 2, "--json").json["previous"] == 1


def own(stand_in: StandIn, path: str, canonical: str, words: str) -> str:
    """A page that calls an address its own; where it is read."""
    first = words.split(maxsplit=1)[0]
    body = "".join(f"<p>{words} {number}, as {first} {number} said.</p>" for number in range(20))
    head = f"<title>{words}</title><link rel='canonical' href='{stand_in.address}{canonical}'>"
    page = f"<html lang='en'><head>{head}</head><body><article>{body}</article></body></html>"
    stand_in.pages[path] = "text/html", page.encode()
    return f"{stand_in.address}{path}"


@pytest.mark.parametrize("canonical", ["/news", "/toll"], ids=["a section", "the first of two pages"])
def test_pages_that_call_one_address_their_own_are_no_versions(
    factcheck: Command, stand_in: StandIn, canonical: str
) -> None:
    for page, words in (("/toll", "Hospitals in Rome counted victims of fire"), ("/bridge", "Kelso closed bridge")):
        factcheck("extract", own(stand_in, page, canonical, words))
        claim = factcheck("claims", "--json", "--all").json[-1]["id"]
        factcheck(
            "verdict", claim, "true", "--rationale", "r", "--evidence", "https://example.org/a", "--reviewer", "ana"
        )
        factcheck("sign-off", claim, "--publish", "--despite", "a test", "--reviewer", "eve")

    factcheck("extract", f"{stand_in.address}/toll")  # it has not come back: the other one stood elsewhere

    assert factcheck("article", 2, "--json").json["previous"] is None
    assert len(factcheck("claims", "--editorial", "published", "--json").json) == 2
    assert factcheck("claims", "--changed", "--json").json == []


def test_other_spelling_of_a_page_is_a_version(factcheck: Command, stand_in: StandIn) -> None:
    factcheck("extract", own(stand_in, "/toll", "/toll", "Hospitals in Rome counted victims of fire"))
    page = own(stand_in, "/amp/toll", "/toll", "Hospitals in Rome counted victims of the flood")
    factcheck("extract", page)

    assert factcheck("article", 2, "--json").json["previous"] == 1


def test_many_pages_of_a_section_hide_no_version(factcheck: Command, stand_in: StandIn) -> None:
    places = "Kelso", "Braga", "Lund", "Ghent", "Turku", "Graz"
    first = own(stand_in, "/rome", "/news", "Hospitals of Rome counted victims")
    factcheck("extract", first)
    for place in places:
        factcheck("extract", own(stand_in, f"/{place}", "/news", f"{place} closed {place}er bridges near {place}"))
    own(stand_in, "/rome", "/news", "Doctors from Milan told of the dead")
    factcheck("extract", first)

    assert factcheck("article", 8, "--json").json["previous"] == 1


def test_claim_found_again_keeps_its_verdict(factcheck: Command, first: Path) -> None:
    again(factcheck, first, CHANGED)
    before = len(factcheck("claims", "--json").json)

    factcheck("extract", "--article", 2, "--again")

    assert len(factcheck("claims", "--json").json) == before
    assert factcheck("article", 2, "--json").json["claims"] == len(SAID)
    assert factcheck("audit", "verify").code == 0


@pytest.fixture
def published(factcheck: Command, first: Path) -> int:
    """The number of a claim whose verdict is published, on words that a later version has no more."""
    [number] = [one["id"] for one in factcheck("claims", "--json").json if "210 houses" in one["text"]]
    reasons = ("--rationale", "Counted.", "--evidence", "https://example.org/a")
    factcheck("verdict", number, "true", "--reviewer", "ana", *reasons)
    assert factcheck("sign-off", number, "--publish", "--reviewer", "eve").code == 0
    again(factcheck, first, CHANGED)
    return int(number)


def waiting(factcheck: Command) -> list[int]:
    return [one["id"] for one in factcheck("claims", "--changed", "--json").json]


def test_editor_is_told_of_changed_words(factcheck: Command, published: int) -> None:
    assert waiting(factcheck) == [published]
    assert "signed off, on changed words" in factcheck("status").out
    assert "factcheck article 2 --diff" in factcheck("claim", published).out
    assert factcheck("audit", "verify").code == 0


@pytest.mark.parametrize(
    "act",
    [
        ("withdraw", "N", "--reason", "The count was wrong."),
        ("correct", "N", "mostly-true", "--reason", "It was 230."),
        ("article", 2, "--seen"),
    ],
)
def test_alert_ends_with_the_editors_act(factcheck: Command, published: int, act: tuple[Any, ...]) -> None:
    done = factcheck(*(published if one == "N" else one for one in act), "--reviewer", "eve")

    assert done.code == 0
    assert waiting(factcheck) == []
    assert factcheck("audit", "verify").code == 0


def test_words_that_changed_after_the_sign_off_are_not_published(factcheck: Command, first: Path) -> None:
    [number] = [one["id"] for one in factcheck("claims", "--json").json if "210 houses" in one["text"]]
    reasons = ("--rationale", "Counted.", "--evidence", "https://example.org/a")
    factcheck("verdict", number, "true", "--reviewer", "ana", *reasons)
    assert factcheck("sign-off", number, "--reviewer", "eve").code == 0
    again(factcheck, first, CHANGED)

    refused = factcheck("publish", number, "--reviewer", "eve")

    assert refused.code == 7
    assert "a later version of the article has not the words of the claim" in refused.err
    assert waiting(factcheck) == [number]
    assert "true, signed off, changed since" in factcheck("claim", number).out
    assert factcheck("report", "--format", "json").json["articles"] == []
    despite = ("--despite", "It was so on Monday.", "--reviewer", "eve")
    assert factcheck("sign-off", number, "--publish", "--reviewer", "eve").code == 7
    assert factcheck("sign-off", number, "--publish", *despite).code == 0
    assert factcheck("audit", "verify").code == 0


def test_each_claim_is_told_once_where_it_stands_last(factcheck: Command, published: int) -> None:
    [held] = [one["id"] for one in factcheck("claims", "--json").json if "98 percent" in one["text"]]
    reasons = ("--rationale", "Measured.", "--evidence", "https://example.org/b")
    factcheck("verdict", held, "true", "--reviewer", "ana", *reasons)
    assert factcheck("sign-off", held, "--publish", "--reviewer", "eve").code == 0

    articles = factcheck("report", "--format", "json").json["articles"]

    told = [(one["id"], [claim["id"] for claim in one["claims"]]) for one in articles]
    assert told == [(1, [published]), (2, [held])]
    [alone] = factcheck("report", "--claim", held, "--format", "json").json["articles"]
    assert [one["id"] for one in alone["claims"]] == [held]


def test_typo_ends_no_alert(factcheck: Command, published: int) -> None:
    typo = ("--typo", "--reason", "A slip.", "--rationale", "Counted twice.", "--reviewer", "eve")

    assert factcheck("correct", published, *typo).code == 0

    assert waiting(factcheck) == [published]


def test_claim_in_both_versions_alerts_nobody(factcheck: Command, first: Path, stand_in: StandIn) -> None:
    del stand_in
    factcheck(
        "verdict", 1, "true", "--reviewer", "ana", "--rationale", "Measured.", "--evidence", "https://example.org/a"
    )
    factcheck("sign-off", 1, "--publish", "--reviewer", "eve")

    again(factcheck, first, CHANGED)

    assert waiting(factcheck) == []


def test_articles_of_older_desks_are_found(factcheck: Command, first: Path, stand_in: StandIn) -> None:
    with closing(sqlite3.connect("factcheck.db")) as connection:
        connection.execute("DELETE FROM article_sketch")
        connection.commit()

    again(factcheck, first, CHANGED)

    assert len(asked(stand_in)) == 1
    with closing(sqlite3.connect("factcheck.db")) as connection:
        assert connection.execute("SELECT count(DISTINCT article_id) FROM article_sketch").fetchone() == (2,)


@pytest.mark.parametrize("address", ["https://[", "//", "mailto:ana@example.org", "https://example.org:99999/a"])
def test_page_that_names_no_address_is_filed(factcheck: Command, folder: Path, stand_in: StandIn, address: str) -> None:
    del stand_in
    page = (
        f"<html><head><link rel='canonical' href='{address}'></head><body><article>{'<p>'.join(SAID)}</article></body>"
    )

    for number in (1, 2):
        (folder / "page.html").write_text(page.replace("210", str(number)), encoding="utf-8")
        assert factcheck("extract", "page.html").code == 0

    assert factcheck("article", 2, "--json").json["previous"] == 1


def test_words_that_changed_before_the_sign_off_are_told_then(factcheck: Command, first: Path) -> None:
    [number] = [one["id"] for one in factcheck("claims", "--json").json if "210 houses" in one["text"]]
    reasons = ("--rationale", "Counted.", "--evidence", "https://example.org/a")
    factcheck("verdict", number, "true", "--reviewer", "ana", *reasons)
    again(factcheck, first, CHANGED)

    refused = factcheck("sign-off", number, "--reviewer", "eve")

    assert refused.code == 7
    assert "a later version of the article has not the words of the claim" in refused.err
    assert factcheck("sign-off", number, "--despite", "It was so on Monday.", "--reviewer", "eve").code == 0
    assert waiting(factcheck) == []
    assert factcheck("undo", "--reviewer", "eve").code == 0
    assert factcheck("sign-off", number, "--reviewer", "eve").code == 7
    assert factcheck("sign-off", number, "--despite", "It was so on Monday.", "--reviewer", "eve").code == 0
    assert factcheck("publish", number, "--reviewer", "eve").code == 0
    assert factcheck("audit", "verify").code == 0


def test_text_that_comes_back_is_the_last_version_again(factcheck: Command, folder: Path, stand_in: StandIn) -> None:
    path, head = folder / "river.md", "---\nurl: https://news.example/river\n---\n\n"
    again(factcheck, path, head + TEXT)
    [was] = [one["id"] for one in factcheck("claims", "--json").json if "210 houses" in one["text"]]
    reasons = ("--rationale", "Counted.", "--evidence", "https://example.org/a")
    for number in (was, 3):
        factcheck("verdict", number, "true", "--reviewer", "ana", *reasons)
        assert factcheck("sign-off", number, "--publish", "--reviewer", "eve").code == 0
    again(factcheck, path, head + CHANGED)
    [now] = [one["id"] for one in factcheck("claims", "--json").json if "230 houses" in one["text"]]
    factcheck("verdict", now, "false", "--reviewer", "ana", *reasons)
    assert factcheck("sign-off", now, "--publish", "--reviewer", "eve").code == 0
    assert waiting(factcheck) == [was]

    again(factcheck, path, head + TEXT)

    assert waiting(factcheck) == [now]
    told = factcheck("report", "--format", "json").json["articles"]
    assert [(one["id"], [claim["id"] for claim in one["claims"]]) for one in told] == [(1, [was, 3]), (2, [now])]
    stand_in.requests.clear()
    third = again(factcheck, path, f"{head}{TEXT}\n\nThe bridge was opened again.")
    assert asked(stand_in) == ["The bridge was opened again."]
    assert (third["new_claims"], was in [one["id"] for one in third["claims"]]) == (1, True)
    assert factcheck("audit", "verify").code == 0
