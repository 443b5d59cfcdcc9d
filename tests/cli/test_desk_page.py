"""`factcheck report --format desk`: the page for those who run the desk."""

from pathlib import Path

import pytest
from conftest import Command
from lxml.html import document_fromstring

from factcheck.domain.agreement import Alpha
from factcheck.export.desk_page import meaning_of

pytestmark = pytest.mark.usefixtures("demo_desk")


def test_page_says_who_waits_and_who_read(factcheck: Command, folder: Path) -> None:
    trap = "<script>owned</script>"
    factcheck("verdict", 2, "true", "--reviewer", trap, "--rationale", "So.")
    done = factcheck("report", "--format", "desk", "-o", "desk.html")
    page = document_fromstring((folder / "desk.html").read_text("utf-8"))
    status = factcheck("status", "--json").json
    cells = [one.text_content().split()[0] for one in page.cssselect("table")[0].cssselect("tbody td:nth-of-type(1)")]
    readers = [one.text_content() for one in page.cssselect("table")[1].cssselect("tbody th")]

    assert (done.code, page.cssselect("script")) == (0, [])
    assert cells == [str(one["claims"]) for one in status["waiting"].values()]
    assert readers == list(status["desk"]["reviewers"])
    assert trap in readers


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.9, "can be relied on"), (0.7, "tentative"), (0.4, "too little"), (-0.1, "chance"), (None, "few")],
)
def test_agreement_is_told_in_words(value: float | None, said: str) -> None:
    assert said in meaning_of(Alpha(20, value, undefined=None if value else "few"))
