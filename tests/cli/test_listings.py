"""Feeds, lists and folders through the command, over real HTTP on loopback."""

import gzip
import socket
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from conftest import Command
from fakes import StandIn
from loopback_site import LoopbackSite, loopback_site

from factcheck.intake import fetch


@pytest.fixture
def site(folder: Path) -> Iterator[LoopbackSite]:
    """A site that may be fetched from without pauses, with two articles and a feed of them."""
    (folder / "factcheck.toml").write_text("[fetch]\nallow_private = true\npause = 0\n")
    with loopback_site() as found:
        one, two = found.article("/1", "Bridge to be repaired"), found.article("/2", "School to be closed")
        found.feed("/feed", (one, "2026-03-01"), (two, "2026-03-05"))
        yield found


def test_feed_fills_the_queue(factcheck: Command, site: LoopbackSite, stand_in: StandIn) -> None:
    done = factcheck("extract", f"{site.address}/feed")

    assert (done.code, len(stand_in.requests)) == (0, 2)
    assert "/feed: feed of 2 pages, 2 to read\n" in done.err
    assert "sources: 2 read\n" in done.err
    assert site.asked == ["/feed", "/robots.txt", "/2", "/1"]


def test_second_extract_fetches_nothing_again(factcheck: Command, site: LoopbackSite, stand_in: StandIn) -> None:
    factcheck("extract", f"{site.address}/feed")
    site.asked.clear()

    done = factcheck("extract", f"{site.address}/feed")

    assert (done.code, done.out, site.asked, len(stand_in.requests)) == (0, "", ["/feed"], 2)
    assert "sources: 0 read, 2 in already\n" in done.err


def test_refresh_takes_what_has_changed(factcheck: Command, site: LoopbackSite, stand_in: StandIn) -> None:
    site.article("/1", "Bridge to be repaired", etag='"a"')
    site.article("/2", "School to be closed", etag='"b"')
    factcheck("extract", f"{site.address}/feed")
    site.article("/2", "School to be kept", etag='"c"')

    done = factcheck("extract", f"{site.address}/feed", "--refresh")

    assert "sources: 1 read, 1 in already\n" in done.err
    assert (len(factcheck("articles", "--json").json), len(stand_in.requests)) == (3, 3)


def test_limit_and_since_choose(factcheck: Command, site: LoopbackSite, stand_in: StandIn) -> None:
    del stand_in
    limited = factcheck("extract", f"{site.address}/feed", "--limit", 1, "--dry-run")
    later = factcheck("extract", f"{site.address}/feed", "--since", "2026-03-06", "--dry-run")

    assert "School to be closed" in limited.out
    assert "Bridge" not in limited.out
    assert "feed of 2 pages, 0 chosen, 0 to read" in later.err


def test_forbidden_page_is_told_and_retried(factcheck: Command, site: LoopbackSite, stand_in: StandIn) -> None:
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /1"
    done = factcheck("extract", f"{site.address}/feed")
    assert done.code == 3
    assert "/1' is not fetched: " in done.err
    assert (
        "sources: 1 read, 1 unread\n  to read again what could not be: factcheck extract --retry unread\n" in done.err
    )

    site.pages["/robots.txt"] = 404
    again = factcheck("extract", "--retry", "unread")

    assert (again.code, len(stand_in.requests)) == (0, 2)
    assert factcheck("extract", "--retry", "unread").err.startswith(
        "the desk: list of what could not be read of 0 pages"
    )


def test_robots_may_be_switched_off(factcheck: Command, site: LoopbackSite, stand_in: StandIn, folder: Path) -> None:
    del stand_in
    (folder / "factcheck.toml").write_text("[fetch]\nallow_private = true\npause = 0\nrobots = false\n")
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /"

    assert factcheck("extract", f"{site.address}/feed").code == 0


def test_page_that_is_named_asks_no_robots(factcheck: Command, site: LoopbackSite, stand_in: StandIn) -> None:
    del stand_in
    factcheck("extract", f"{site.address}/1")

    assert site.asked == ["/1"]


def test_packed_index_leads_to_pages(factcheck: Command, site: LoopbackSite, stand_in: StandIn) -> None:
    del stand_in
    inner = f"<urlset><url><loc>{site.address}/1</loc></url></urlset>".encode()
    site.pages["/a.xml.gz"] = 200, {"content-type": "application/gzip"}, gzip.compress(inner)
    site.pages["/index"] = (
        f"<sitemapindex><sitemap><loc>{site.address}/a.xml.gz</loc></sitemap></sitemapindex>".encode()
    )

    done = factcheck("extract", f"{site.address}/index")

    assert (done.code, "Bridge to be repaired" in done.out) == (0, True)


def test_list_of_addresses_is_read(factcheck: Command, site: LoopbackSite, stand_in: StandIn, folder: Path) -> None:
    (folder / "list.txt").write_text(f"# ours\n{site.address}/1\n{site.address}/gone\n{site.address}/2\n")

    done = factcheck("extract", "--from-file", "list.txt")

    assert (done.code, len(stand_in.requests)) == (3, 2)
    assert "/gone' answers 404 Not Found; check the address" in done.err
    assert "sources: 2 read, 1 unread" in done.err


def test_private_pages_of_a_feed_are_refused(
    factcheck: Command, site: LoopbackSite, stand_in: StandIn, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_ALLOW_PRIVATE_FETCH", "0")
    (folder / "feed.xml").write_bytes(site.pages["/feed"][2])  # type: ignore[arg-type,index]

    done = factcheck("extract", "feed.xml")

    assert (done.code, done.err.count("is not fetched: it leads to port"), site.asked) == (3, 2, [])
    assert stand_in.requests == []


def test_folder_is_read(factcheck: Command, folder: Path, stand_in: StandIn) -> None:
    (folder / "in").mkdir()
    for name in ("a.txt", "b.md"):
        (folder / "in" / name).write_text(f"Ana Silva flew to Lisbon with {name}.")
    (folder / "in" / "c.bin").write_bytes(b"\0")

    done = factcheck("extract", "in")

    assert (done.code, len(stand_in.requests)) == (0, 2)
    assert "in: folder of 2 files, 2 to read\n  passed over: 1 of other kinds, such as 'in/c.bin'\n" in done.err


def test_one_file_is_counted_in_the_singular(factcheck: Command, folder: Path, stand_in: StandIn) -> None:
    del stand_in
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text("Ana Silva flew to Lisbon.")

    assert "in: folder of 1 file, 1 to read\n" in factcheck("extract", "in").err


def test_watch_takes_what_is_new(factcheck: Command, site: LoopbackSite, stand_in: StandIn) -> None:
    factcheck("watch", f"{site.address}/feed")
    quiet = factcheck("watch", f"{site.address}/feed")
    site.feed("/feed", f"{site.address}/1", site.article("/3", "Mill to be sold"))

    done = factcheck("watch", f"{site.address}/feed")

    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    assert "Mill to be sold" in done.out
    assert (site.asked.count("/1"), len(stand_in.requests)) == (1, 3)


def test_change_that_a_broken_server_hid_is_not_lost(factcheck: Command, site: LoopbackSite, stand_in: StandIn) -> None:
    factcheck("watch", f"{site.address}/feed")
    site.feed("/feed", (f"{site.address}/1", "2026-03-09"))
    site.pages["/1"] = 503
    failed = factcheck("watch", f"{site.address}/feed")
    site.article("/1", "Bridge to be closed")

    again = factcheck("extract", "--retry", "unread")

    assert (failed.code, "extract --retry unread" in failed.err) == (3, True)
    assert "Bridge to be closed" in again.out
    assert len(stand_in.requests) == 3


def test_dates_that_cannot_be_read_are_told_and_taken(
    factcheck: Command, site: LoopbackSite, stand_in: StandIn
) -> None:
    del stand_in
    site.feed("/feed", (f"{site.address}/1", "one of these days"), (f"{site.address}/2", "2026-03-05"))

    done = factcheck("extract", f"{site.address}/feed", "--since", "2026-03-06", "--dry-run")

    assert "feed of 2 pages, 1 chosen, 1 to read" in done.err
    assert "1 tell a date that cannot be read for certain, so that --since takes them" in done.err


def test_feed_that_never_ends_holds_up_no_other(
    factcheck: Command, site: LoopbackSite, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "Limits", partial(fetch.Limits, seconds=0.5))
    with socket.create_server(("127.0.0.1", 0)) as mute:  # it takes the call, and says nothing
        hanging = f"http://127.0.0.1:{mute.getsockname()[1]}/feed"
        done = factcheck("watch", hanging, f"{site.address}/feed")

    assert (done.code, len(stand_in.requests)) == (3, 2)
    assert "School to be closed" in done.out
    assert [line for line in done.err.splitlines() if hanging in line]


def test_watch_looks_at_what_the_config_file_names(
    factcheck: Command, site: LoopbackSite, stand_in: StandIn, folder: Path
) -> None:
    with (folder / "factcheck.toml").open("a") as file:
        file.write(f'[watch]\nsources = ["{site.address}/feed"]\n')

    assert (factcheck("watch").code, len(stand_in.requests)) == (0, 2)


def test_watch_of_nothing_is_a_mistake(factcheck: Command, folder: Path) -> None:
    del folder
    done = factcheck("watch")

    assert (done.code, "name a SOURCE, or set watch.sources in the config file" in done.err) == (2, True)


def test_recording_holds_the_whole_listing(
    factcheck: Command, site: LoopbackSite, stand_in: StandIn, folder: Path
) -> None:
    factcheck("extract", f"{site.address}/feed")
    factcheck("extract", f"{site.address}/feed", "--again", "--record", "tape.yaml")
    asked = len(stand_in.requests)
    site.asked.clear()

    played = factcheck("--db", "other.db", "extract", f"{site.address}/feed", "--replay", "tape.yaml")

    assert (played.code, site.asked, len(stand_in.requests)) == (0, [], asked)
    assert (folder / "other.db").exists()
