"""What is told of sources that are not what they seem: at the sign-off, and when they are looked at again."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Command
from fakes import StandIn
from loopback_site import LoopbackSite, filling, loopback_site

ON_BOTH_DATABASES = True

WORDS = "The council said that 107 people died in the fire on Monday."
HTML = {"content-type": "text/html; charset=utf-8"}
NAME = ("--reviewer", "ana")


def page(body: str, head: str = "", around: str = "", title: str = "Fire") -> tuple[int, dict[str, str], bytes]:
    article = f"<article><h1>{title}</h1>{body}<p>{filling('fire')}</p></article>"
    text = f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{around}{article}</body></html>"
    return 200, HTML, text.encode()


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with loopback_site() as opened:
        yield opened


@pytest.fixture(autouse=True)
def desk(factcheck: Command, site: LoopbackSite, stand_in: StandIn) -> None:
    """A desk of the claims of an article that stands on a page."""
    del stand_in
    site.pages["/news/@fire"] = page(f"<p>{WORDS}</p>")
    factcheck("extract", f"{site.address}/news/@fire")


def added(factcheck: Command, *source: object, quote: str | None = WORDS) -> list[str]:
    """What speaks against the first claim once it has the source."""
    quoted = ("--quote", quote) if quote else ()
    factcheck("evidence", "add", 1, *source, "--stance", "supports", *quoted, *NAME)
    factcheck("verdict", 1, "true", "--rationale", "It says so.", *NAME)
    return [one["kind"] for one in factcheck("claim", 1, "--json").json["concerns"]]


@pytest.mark.parametrize("path", ["/news/@fire", "/news/%40fire", "/mirror", "/amp"])
def test_article_is_no_source_of_itself_wherever_it_is_read(factcheck: Command, site: LoopbackSite, path: str) -> None:
    elsewhere = site.address.replace("127.0.0.1", "localhost")
    site.pages["/mirror"] = site.pages["/news/%40fire"] = site.pages["/news/@fire"]
    canonical = f"<link rel='canonical' href='{site.address}/news/@fire'>"
    site.pages["/amp"] = page(f"<p>{WORDS}</p>", canonical, "<p>A short page.</p>")

    told = added(factcheck, (site.address if "news" in path else elsewhere) + path)

    assert {"no_source", "own_article"} <= set(told)


def test_saved_article_is_no_source_of_itself(factcheck: Command, site: LoopbackSite, folder: Path) -> None:
    _, _, content = page(f"<p>{WORDS}</p>")
    assert site.pages["/news/@fire"] == page(f"<p>{WORDS}</p>")
    (folder / "copy.html").write_bytes(content)

    assert {"no_source", "own_article"} <= set(added(factcheck, "--file", "copy.html"))


def test_copy_of_the_articles_text_is_told(factcheck: Command, site: LoopbackSite) -> None:
    site.pages["/copy"] = page(f"<p>{WORDS}</p>", around="<p>Copied from another paper.</p>")
    elsewhere = site.address.replace("127.0.0.1", "localhost")

    assert added(factcheck, f"{elsewhere}/copy") == ["article_copy"]


def test_page_of_the_desk_itself_is_told(factcheck: Command, folder: Path) -> None:
    table = {"name": "D", "url": "https://desk.example/", "claim_url_pattern": "https://desk.example/checks/{id}"}
    lines = (f"{name} = {json.dumps(value)}" for name, value in table.items())
    (folder / "factcheck.toml").write_text("\n".join(("[publisher]", *lines)))

    assert added(factcheck, "https://desk.example/checks/3", "--no-fetch", quote=None) == ["own_site"]


def test_quote_out_of_a_hidden_part_is_told(factcheck: Command, site: LoopbackSite) -> None:
    other = site.address.replace("127.0.0.1", "localhost")
    site.pages["/hidden"] = page(f"<p hidden>{WORDS}</p>{filling('other')}{filling('more')}{filling('else')}")

    assert "quote_hidden" in added(factcheck, f"{other}/hidden")


def test_quote_that_leaves_a_denial_out_is_told(factcheck: Command, site: LoopbackSite) -> None:
    other = site.address.replace("127.0.0.1", "localhost")
    site.pages["/no"] = 200, HTML, b"<html><body><p>It is false that 107 people died in the fire.</p></body></html>"

    assert added(factcheck, f"{other}/no", quote="107 people died in the fire") == ["quote_cut"]


def test_quote_in_a_page_without_text_is_told(factcheck: Command, site: LoopbackSite) -> None:
    other = site.address.replace("127.0.0.1", "localhost")
    site.pages["/app"] = 200, HTML, b"<!DOCTYPE html><html><body><div id='root'></div></body></html>"

    assert added(factcheck, f"{other}/app") == ["quote_unchecked"]


def test_address_that_leads_elsewhere_is_told(factcheck: Command, site: LoopbackSite) -> None:
    other = site.address.replace("127.0.0.1", "localhost")
    site.pages["/home"] = 200, HTML, b"<html><body><p>Welcome home, and read our news.</p></body></html>"
    site.pages["/old"] = 302, {"location": "/home"}, b""

    assert added(factcheck, f"{other}/old", quote=None) == ["source_moved"]


def test_wall_is_no_source_that_was_read(factcheck: Command, site: LoopbackSite) -> None:
    other = site.address.replace("127.0.0.1", "localhost")
    site.pages["/wall"] = 200, HTML, b"<html><body><p>Just a moment... Verify you are human.</p></body></html>"

    assert added(factcheck, f"{other}/wall", quote=None) == ["source_unread"]
    [evidence] = factcheck("evidence", "list", 1, "--json").json
    assert (evidence["sha256"], evidence["last_check"]["outcome"]) == (None, "refused")


def checked(factcheck: Command) -> tuple[str, str]:
    [found] = factcheck("evidence", "check", 1, *NAME, "--json").json
    return found["outcome"], found["detail"] or ""


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (page(f"<p>{WORDS}</p>", around="<div><p>Correction: nobody died.</p></div>"), "Correction: nobody died."),
        (page(f"<p>{WORDS}</p><aside><p>Berichtigung: niemand starb.</p></aside>"), "Berichtigung: niemand starb."),
        (page(f"<p>{WORDS}</p>", title="RETRACTED: Fire"), "RETRACTED: Fire"),
    ],
)
def test_page_that_takes_something_back_has_changed(
    factcheck: Command, site: LoopbackSite, after: tuple[int, dict[str, str], bytes], told: str
) -> None:
    site.pages["/e"] = page(f"<p>{WORDS}</p>")
    added(factcheck, f"{site.address}/e")
    site.pages["/e"] = after

    outcome, detail = checked(factcheck)

    assert outcome == "changed"
    assert told in detail


def test_other_advertisements_change_nothing(factcheck: Command, site: LoopbackSite) -> None:
    site.pages["/e"] = page(f"<p>{WORDS}</p>", around="<p>Buy cheese.</p>")
    added(factcheck, f"{site.address}/e")
    site.pages["/e"] = page(f"<p>{WORDS}</p>", around="<p>Buy bread, it is fresh today.</p>")

    assert checked(factcheck) == ("same", "")


def test_loss_stands_until_the_page_is_seen_again(factcheck: Command, site: LoopbackSite) -> None:
    site.pages["/e"] = page(f"<p>{WORDS}</p>")
    added(factcheck, f"{site.address}/e")
    outcomes = []
    for now in (
        page(f"<p><del>{WORDS}</del> We were wrong.</p>"),
        503,
        (200, HTML, b""),
        404,
        503,
        page(f"<p>{WORDS}</p>"),
    ):
        site.pages["/e"] = now
        outcomes.append(checked(factcheck)[0])

    assert outcomes == ["quote_gone", "quote_gone", "quote_gone", "gone", "gone", "same"]


def test_page_that_shows_nothing_today_has_lost_nothing(factcheck: Command, site: LoopbackSite) -> None:
    site.pages["/e"] = page(f"<p>{WORDS}</p>")
    added(factcheck, f"{site.address}/e")
    site.pages["/e"] = 200, HTML, b"<!DOCTYPE html><html><body></body></html>"
    assert checked(factcheck) == ("unreachable", "its page shows no text today")
    site.pages["/e"] = 200, HTML, b"<html><body><p>Just a moment... Verify you are human.</p></body></html>"

    assert checked(factcheck)[0] == "refused"


def test_doubt_about_a_quote_goes_with_its_edit(factcheck: Command, site: LoopbackSite) -> None:
    other = site.address.replace("127.0.0.1", "localhost")
    site.pages["/no"] = 200, HTML, b"<html><body><p>He was not guilty of fraud, they said.</p></body></html>"
    assert added(factcheck, f"{other}/no", quote="guilty of fraud") == ["quote_cut"]

    factcheck("evidence", "edit", 1, "--quote", "He was not guilty of fraud", *NAME)

    assert factcheck("claim", 1, "--json").json["concerns"] == []
    assert factcheck("audit", "verify").code == 0
