"""A search and pages on loopback that speak of the demo's article, and the recording of a look-up there.

`python tests/demo_look_up_stand_in.py` writes cassettes/stand_in/demo_look_up.yaml anew. The pages are invented; no
search and no newspaper was ever asked.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from loopback_site import LoopbackSite, loopback_site

from factcheck import wiring
from factcheck.cli.demo import LOOK_UP, LOOKED_UP, claim_to_look_up, extract_article
from factcheck.extraction.lookup_recording import lookup_recorded
from factcheck.settings import Settings
from factcheck.text.queries import queries_of

CASSETTE = Path(__file__).parents[1] / "cassettes" / "stand_in" / "demo_look_up.yaml"
_HEADER = """\
# Recorded from a stand-in on loopback (tests/demo_look_up_stand_in.py).
# No search and no newspaper was asked: the pages, their words and their addresses are invented.
"""
_PAGES: Mapping[str, str] = {
    "gazette.example/politics/prime-minister": """Diet elects Takaichi as prime minister
Tokyo, 21 October 2025. Both houses of the Diet elected Sanae Takaichi prime minister of Japan on Tuesday.
Takaichi, who was Minister for Economic Security until October 2024, leads the Liberal Democratic Party. She is the \
first woman in the office, and named her ministers in the evening.
The new Minister for Economic Security is Kimi Onoda, a member of the upper house. The opposition said that it would \
judge the cabinet by its budget.
Her first guest from abroad was expected in Tokyo within the week, and the talks were to be about trade and about rare \
earths, for which Japan and the United States look for suppliers.""",
    "almanac.example/people/sanae-takaichi": """Sanae Takaichi
Sanae Takaichi, born in 1961 in Nara, is a politician of the Liberal Democratic Party of Japan.
In August 2022 she was appointed Minister for Economic Security, and held that office until 1 October 2024.
On 4 October 2025 her party elected her as its leader, and since 21 October 2025 she has been prime minister.
She has sat in the lower house for Nara since 1993, with one break, and has been minister of internal affairs twice. \
Her books are about energy, space and the security of supplies.""",
    "harbour-news.example/cars": """Carmakers wait for the tariffs
Carmakers in Nagoya and Yokohama wait for the American tariffs, which may rise or fall with the talks.
Half of what they build for sale abroad goes to the United States, says their association, and the yards are full. \
Dockers at two harbours have worked shorter weeks since the summer.
Growers of rice, for their part, fear that cheaper rice will be let in for cheaper cars. Their union wants a promise \
that it will not.""",
}
"""The title and the paragraphs of each, line by line."""


def record() -> None:
    """Look the claim up where the stand-in is, and let its addresses say what they stand for."""
    CASSETTE.unlink(missing_ok=True)
    with loopback_site() as site, TemporaryDirectory() as folder:
        _put_up(site)
        settings = Settings(db=str(Path(folder) / "demo.db"), allow_private_fetch=True)
        with wiring.stores(settings, creates=True) as opened:
            number = claim_to_look_up(opened, extract_article(opened, settings))
            assert number is not None
            settings = replace(settings, look=replace(LOOK_UP, searxng=site.address))
            with (
                lookup_recorded(CASSETTE, answered_by=f"tests/{Path(__file__).name}"),
                wiring.lookup_session(settings) as searching,
            ):
                made = wiring.looking(opened, wiring.desk(opened, settings)).run(number, replace(searching, at_once=1))
        assert not made.troubles, made.troubles
        tape = CASSETTE.read_text("utf-8")
        for path in _PAGES:
            tape = tape.replace(f"{site.address}/{path}", f"https://{path}")
        assert LOOK_UP.searxng
        tape = tape.replace(site.address, LOOK_UP.searxng)
    CASSETTE.write_text(_HEADER + tape, "utf-8")


def _put_up(site: LoopbackSite) -> None:
    html = {"content-type": "text/html; charset=utf-8"}
    for path, text in _PAGES.items():
        title, *paragraphs = text.splitlines()
        body = "".join(f"<p>{one}</p>" for one in paragraphs)
        page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
        site.pages[f"/{path}"] = 200, html, page.encode()
    found = [
        {"url": f"{site.address}/{path}", "title": text.partition("\n")[0], "content": ""}
        for path, text in _PAGES.items()
    ]
    answer = 200, {"content-type": "application/json"}, json.dumps({"results": found}).encode()
    for query in queries_of(LOOKED_UP, language="en"):
        for asked in ({"q": query, "format": "json"}, {"q": query, "format": "json", "language": "en"}):
            site.pages[f"/search?{urlencode(asked)}"] = answer


if __name__ == "__main__":
    record()
