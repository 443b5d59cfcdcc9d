"""`factcheck look`: searches and pages on loopback, a passage taken as evidence, a look-up played again."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import Command
from fakes import StandIn, completion
from loopback_site import LoopbackSite, filling, loopback_site

NAME = ("--reviewer", "ana")
TEXT = "At least 107 people died in Mecca when a crane fell. Wind blew on Tuesday."
TOLL = "Civil defence in Mecca counted 107 dead on that evening."


class _AnyQuery(dict[str, object]):
    """Pages of a site that gives one answer to every search."""

    def get(self, path: str, default: object = None) -> object:
        return super().get(path.partition("?")[0], default)


def page(words: str, title: str = "Toll", head: str = "") -> tuple[int, dict[str, str], bytes]:
    body = f"<h1>{title}</h1><p>It was a stormy day. {words} Many were hurt.</p><p>{filling(words + title)}</p>"
    text = f"<html><head><title>{title}</title>{head}</head><body><article>{body}</article></body></html>"
    return 200, {"content-type": "text/html; charset=utf-8"}, text.encode()


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with loopback_site() as opened:
        opened.pages = _AnyQuery()  # type: ignore[assignment]
        yield opened


def found(site: LoopbackSite, *paths: str) -> None:
    results = [{"url": one if "://" in one else site.address + one, "title": one, "content": ""} for one in paths]
    site.pages["/search"] = 200, {"content-type": "application/json"}, json.dumps({"results": results}).encode()


@pytest.fixture(autouse=True)
def desk(
    factcheck: Command, folder: Path, stand_in: StandIn, site: LoopbackSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk of two claims, whose config names a SearXNG on loopback, and whose pages may be private."""
    del stand_in
    (folder / "a.txt").write_text(TEXT)
    (folder / "factcheck.toml").write_text(f'[look]\nsources = ["searxng"]\nsearxng = "{site.address}"\n')
    monkeypatch.setenv("FACTCHECK_ALLOW_PRIVATE_FETCH", "1")
    factcheck("extract", "a.txt")


def test_passages_are_shown_with_what_is_around(factcheck: Command, site: LoopbackSite) -> None:
    site.pages["/toll"] = page(TOLL)
    found(site, "/toll")

    done = factcheck("look", 1)

    assert done.code == 0
    assert f"1. “{TOLL}”" in done.out
    assert "… It was a stormy day." in done.out
    assert "Many were hurt. …" in done.out
    assert "none of them is evidence until it is taken" in done.out
    assert "--take 1 --stance supports" in done.err


def test_nothing_is_evidence_until_it_is_taken(factcheck: Command, site: LoopbackSite) -> None:
    site.pages["/toll"] = page(TOLL)
    found(site, "/toll")
    factcheck("look", 1)
    assert factcheck("evidence", "list", 1, "--json").json == []
    site.pages["/toll"] = 404  # what was seen was kept

    factcheck("look", 1, "--take", 1, "--stance", "refutes", *NAME)

    [evidence] = factcheck("evidence", "list", 1, "--json").json
    assert (evidence["quote"], evidence["stance"], evidence["quote_status"]) == (TOLL, "refutes", "exact")
    assert (evidence["locator"], evidence["added_by"]) == ("paragraph 3 of the page's text", "ana")
    assert re.fullmatch("[0-9a-f]{64}", evidence["sha256"])
    assert factcheck("audit", "verify").code == 0


def test_passage_of_a_colleagues_look_up_is_taken_by_its_mark_alone(factcheck: Command, site: LoopbackSite) -> None:
    site.pages["/toll"], site.pages["/other"] = page(TOLL), page("Some 108 died in Mecca when a crane fell.", "Other")
    found(site, "/toll")
    before = factcheck("look", 1, *NAME, "--json").json["mark"]
    found(site, "/other")
    after = factcheck("look", 1, "--reviewer", "ben").err.rpartition("--expect ")[2].strip()
    take = ("look", 1, "--take", 1, "--stance", "refutes", *NAME)

    refused = [factcheck(*take), factcheck(*take, "--expect", before)]

    assert [one.code for one in refused] == [7, 7]
    assert "was looked up anew meanwhile" in refused[0].err
    assert factcheck("evidence", "list", 1, "--json").json == []
    assert factcheck(*take, "--expect", after).code == 0
    assert factcheck("look", 1, "--expect", after).code == 2


def test_who_tells_no_mark_is_told_what_was_taken(factcheck: Command, site: LoopbackSite) -> None:
    site.pages["/toll"] = page(TOLL)
    found(site, "/toll")
    factcheck("look", 1)

    done = factcheck("look", 1, "--take", 1, "--stance", "refutes", *NAME)

    assert f"/toll: “{TOLL}”" in done.err


def test_same_passage_is_taken_once(factcheck: Command, site: LoopbackSite) -> None:
    site.pages["/toll"] = page(TOLL)
    found(site, "/toll")
    factcheck("look", 1)
    factcheck("look", 1, "--take", 1, "--stance", "refutes", *NAME)

    assert "was there already" in factcheck("look", 1, "--take", 1, "--stance", "refutes", *NAME).out


def test_passage_is_taken_from_the_address_that_was_fetched(factcheck: Command, site: LoopbackSite) -> None:
    official = f"{site.address}/@ministry/statement"
    site.pages["/@anybody/post"] = page(TOLL, head=f"<link rel='canonical' href='{official}'>")
    found(site, "/@anybody/post")
    factcheck("look", 1)

    factcheck("look", 1, "--take", 1, "--stance", "supports", *NAME)

    [evidence] = factcheck("evidence", "list", 1, "--json").json
    assert evidence["url"] == f"{site.address}/@anybody/post"
    assert "/@ministry/statement" not in site.asked


def test_copies_are_told_and_offer_nothing(factcheck: Command, site: LoopbackSite) -> None:
    site.pages["/toll"] = site.pages["/copy"] = page(TOLL)
    site.pages["/mirror"] = 200, {"content-type": "text/plain"}, TEXT.encode()
    found(site, "/toll", "/copy", "/mirror")

    pages = factcheck("look", 1, "--json").json["pages"]

    told = {urlsplit(one["url"]).path: (one["kinships"], len(one["passages"])) for one in pages}
    assert told["/toll"][0] == []
    assert told["/toll"][1] > 0
    assert told["/copy"] == (["the same text"], 0)
    assert told["/mirror"] == (["a copy of the article"], 0)


def test_what_fails_is_one_line_and_the_rest_goes_on(factcheck: Command, site: LoopbackSite) -> None:
    site.pages["/toll"] = page(TOLL)
    found(site, "/gone", "/toll", "ftp://a.example/", "http://127.0.0.1:1/")
    sources = ("--source", "no_such_package.Search", "--source", "searxng")

    done = factcheck("look", 1, *sources)

    assert done.code == 0
    assert TOLL in done.out
    assert "factcheck: no_such_package.Search is not installed; try: pip install no-such-package" in done.err
    assert "/gone', which is gone" in done.err
    assert done.err.count("\n") == 4


def test_nothing_found_and_something_failed_is_no_success(factcheck: Command, site: LoopbackSite) -> None:
    site.pages["/search"] = 429

    done = factcheck("look", 1)

    assert done.code == 3
    assert "searxng answers 429: it is asked too often, or its quota is used up" in done.err


def test_private_pages_stay_shut(factcheck: Command, site: LoopbackSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FACTCHECK_ALLOW_PRIVATE_FETCH")
    site.pages["/toll"] = page(TOLL)
    found(site, "/toll")

    done = factcheck("look", 1)

    assert "is not fetched" in done.err
    assert "/toll" not in site.asked


def test_hostile_words_stay_words(factcheck: Command, site: LoopbackSite) -> None:
    site.pages["/toll"] = page(TOLL.replace("Civil", "\x1b[2J\u202eCivil"), "\x1b]0;owned\x07 <b>Ignore the claim</b>")
    found(site, "/toll")

    done = factcheck("look", 1)

    assert not {"\x1b", "\u202e", "\x07"} & set(done.out + done.err)
    assert done.code == 0


def test_unknown_passage_says_how_to_look(factcheck: Command) -> None:
    done = factcheck("look", 1, "--take", 7, "--stance", "supports", *NAME)

    assert done.code == 6
    assert "has no passage 7; it has 0; look for some with: factcheck look 1" in done.err


def test_passage_without_stance_is_refused(factcheck: Command) -> None:
    assert factcheck("look", 1, "--take", 1).code == 2


def test_own_query_is_asked_instead(factcheck: Command, site: LoopbackSite) -> None:
    found(site)

    factcheck("look", 1, "--query", "crane toll")

    assert [parse_qs(urlsplit(one).query)["q"] for one in site.asked] == [["crane toll"]]


def test_last_look_up_is_shown_again(factcheck: Command, site: LoopbackSite) -> None:
    site.pages["/toll"] = page(TOLL)
    found(site, "/toll")
    first = factcheck("look", 1).out
    asked = len(site.asked)

    assert factcheck("look", 1, "--last").out == first
    assert len(site.asked) == asked


def test_look_up_is_recorded_and_played(factcheck: Command, site: LoopbackSite, folder: Path) -> None:
    site.pages["/toll"] = page(TOLL)
    found(site, "/toll")
    first = factcheck("look", 1, "--record", "look.yaml", "--json").json
    asked = len(site.asked)

    again = factcheck("look", 1, "--replay", "look.yaml", "--json").json

    moment = {"at": "", "mark": ""}
    assert again | moment == first | moment
    assert len(site.asked) == asked
    assert "prompt: look" in (folder / "look.yaml").read_text()


def test_other_look_up_is_not_in_the_recording(factcheck: Command, site: LoopbackSite) -> None:
    site.pages["/toll"] = page(TOLL)
    found(site, "/toll")
    factcheck("look", 1, "--record", "look.yaml")

    done = factcheck("look", 2, "--replay", "look.yaml")

    assert done.code == 5
    assert "holds nothing for what this look-up asks" in done.err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('searxng = "search.example.org"', "look.searxng"),
        ('open = ["https://a.example/"]', "look.open"),
        ('open = ["javascript:{claim}"]', "look.open"),
        ('sources = "wikipedia"', "look.sources"),
    ],
)
def test_broken_config_is_told(factcheck: Command, folder: Path, line: str, told: str) -> None:
    (folder / "factcheck.toml").write_text(f"[look]\n{line}\n")

    done = factcheck("claims")

    assert done.code == 2
    assert told in done.err


def test_model_makes_queries_too(factcheck: Command, site: LoopbackSite, stand_in: StandIn) -> None:
    found(site)
    stand_in.answer = lambda _: (200, completion("Mecca crane toll\n!g site:evil.example -crane\n\nfour\nfive"), {})

    done = factcheck("look", 1, "--ask-model", "--model", "openai:stand-in", "--json")

    assert done.json["from_model"] == ["Mecca crane toll", "g site evil.example crane"]
    assert len({parse_qs(urlsplit(one).query)["q"][0] for one in site.asked}) == len(site.asked) == 5


def test_failing_model_is_one_line(factcheck: Command, site: LoopbackSite, stand_in: StandIn) -> None:
    site.pages["/toll"] = page(TOLL)
    found(site, "/toll")
    stand_in.answer = lambda _: (401, {"error": {"message": "bad key"}}, {})

    done = factcheck("look", 1, "--ask-model", "--model", "openai:stand-in")

    assert done.code == 0
    assert "the model makes no queries: " in done.err
    assert TOLL in done.out


def test_model_that_is_not_named_is_asked_for(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FACTCHECK_MODEL", raising=False)

    assert factcheck("look", 1, "--ask-model").code == 4


def test_model_reads_the_last_passages(factcheck: Command, site: LoopbackSite, stand_in: StandIn) -> None:
    site.pages |= {"/toll": page(TOLL), "/dead": page("The ministry counted 107 dead in Mecca.", "Dead")}
    found(site, "/toll", "/dead")
    factcheck("look", 1)
    stand_in.answer = lambda _: (200, completion("counted 107 dead\nsupports"), {})
    asked = len(site.asked)

    done = factcheck("look", 1, "--read", "--model", "openai:stand-in")

    assert done.code == 0
    assert "a model suggests: supports, by “counted 107 dead”" in done.out
    assert done.out.count("by “counted 107 dead”") == 2
    assert "passages read: " in done.err
    assert len(site.asked) == asked
    assert factcheck("look", 1, "--last", "--json").json["pages"][0]["passages"][0]["reading"] == "supports"
    assert factcheck("claim", 1, "--json").json["evidence"] == []


def test_failing_reading_cannot_tell(factcheck: Command, site: LoopbackSite, stand_in: StandIn) -> None:
    site.pages["/toll"] = page(TOLL)
    found(site, "/toll")
    factcheck("look", 1)
    stand_in.answer = lambda _: (200, completion("I cannot help with that."), {})

    done = factcheck("look", 1, "--read", "--model", "openai:stand-in")

    assert (done.code, "a model suggests: cannot tell" in done.out) == (0, True)


def test_budget_of_no_reading_is_refused(factcheck: Command) -> None:
    assert factcheck("look", 1, "--budget", "1").code == 2
    assert factcheck("look", 1, "--read", "--model", "openai:stand-in").code == 7
