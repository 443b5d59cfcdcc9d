"""The desk as people have it: a real server, Chromium, a keyboard, a phone; and nothing that a hostile text does."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import needs_chromium
from playwright.sync_api import Browser
from stage import NOW, Stage
from web_person import PHONE, Person
from web_server import served, served_here, stage_in

from factcheck.domain.evidence import EvidenceDraft, Snapshot, Stance
from factcheck.domain.lookup import FoundPage, Kinship, Lookup, Passage, Reading
from factcheck.domain.review import QueuedClaim, Remarks
from factcheck.domain.states import Role
from factcheck.settings import Settings
from factcheck.settings.web_key import make_key
from factcheck.storage.accounts import SqlAccounts
from factcheck.storage.database import Database
from factcheck.storage.lookups import SqlLookups
from factcheck.storage.people import SqlPeople
from factcheck.web.passwords import ArgonPasswords
from factcheck.workflow import amend_claim, edit_claim, review_claim
from factcheck.workflow.collect_evidence import add_evidence

pytestmark = needs_chromium

SAID = tuple(f"Prices rose by {number} percent in the year {2000 + number}." for number in range(30))
PAGES = (
    *(
        "/",
        "/claims",
        "/claims/1",
        "/claims/2",
        "/claims/3",
        "/claims/4",
        "/claims/4/log",
        "/claims/4/alike",
        "/claims/1/look",
    ),
    *("/articles", "/articles/1", "/people", "/log", "/enter", "/password", "/nowhere"),
)
TRAP = "\n".join(  # noqa: FLY002 - an attack a line
    (
        "</title></textarea></script>--><script>window.owned=1</script>",
        "<img src=https://a.example/x onerror=window.owned=1><svg onload=window.owned=1>",
        "\"><b autofocus tabindex=1 onfocus='window.owned=1'>' onmouseover='window.owned=1' x='",
        "<style>@import 'https://a.example/s'</style><link rel=stylesheet href=https://a.example/l>",
        "<iframe srcdoc='<script>top.owned=1</script>'></iframe><base href=https://a.example/>",
        "javascript:window.owned=1 {{ 7 * 7 }} {% raw %} %(name)s %s &lt;script&gt;",
        "\u202ereversed\u2066\u2069 \u2028\u2029 \x1b]0;owned\x07",
    )
)


Come = Callable[..., Person]


@pytest.fixture
def path(empty_database: Path, tmp_path: Path) -> Path:
    """A desk with thirty claims, of which the fourth is settled and the third published."""
    path = Path(shutil.copy(empty_database, tmp_path / "desk.db"))
    with stage_in(path) as stage:
        stage.clock.now = datetime.now(UTC)
        stage.file(SAID, title="Prices through the years")
        for number in (3, 4):
            review_claim.record_verdict(stage.desk, number, "true", "ben", "The office says so.")
            source = EvidenceDraft("https://a.example/office", Stance.SUPPORTS, quote="rose", title="Office")
            add_evidence(stage.desk, number, source, "ben")
        edit_claim.sign_off_and_publish(stage.desk, 3, "eve")
    return path


@pytest.fixture
def address(path: Path) -> Iterator[str]:
    """Where that desk is served, to Ana unless somebody says otherwise."""
    with served_here(path, "ana") as address:
        yield address


@pytest.fixture
def come(browser: Browser, address: str) -> Iterator[Come]:
    """Lets people come in; keywords are the browser's own. At the end nobody's browser has said anything."""
    people, contexts = list[Person](), []

    def comes(name: str | None = None, **settings: Any) -> Person:
        contexts.append(browser.new_context(**settings))
        person = Person.at(address, contexts[-1])
        page = person.page
        people.append(person)
        if name:
            person.open("/enter")
            page.fill("[name=name]", name)
            page.click("main button.primary")
            person.goes_to("/")
        return person

    yield comes
    for one in contexts:
        one.close()
    assert [one.noise for one in people] == [[] for _ in people]


def claim(path: Path, number: int) -> QueuedClaim:
    with stage_in(path) as stage:
        return stage.queue.claim(number, datetime.now(UTC))


def test_reader_works_by_keyboard_alone(come: Come, path: Path) -> None:
    ana = come()
    ana.open("/")
    ana.press("n")
    ana.goes_to("/claims/1")
    ana.press("1", "r")
    ana.page.keyboard.type("The office counts 2 percent. 1 n x")
    ana.press("Escape", "Enter")
    ana.goes_to("/claims/2?done=next")
    ana.press("x")
    ana.page.keyboard.type("An opinion")
    ana.press("Tab", "Enter")
    ana.goes_to("/claims/2?done=saved")

    first, second = claim(path, 1), claim(path, 2)
    assert first.verdict is not None
    assert (first.verdict.label, first.verdict.rationale) == ("false", "The office counts 2 percent. 1 n x")
    assert second.aside == "An opinion"


def test_first_stop_of_the_keyboard_leads_to_the_content(come: Come) -> None:
    ana = come()
    ana.open("/claims/1")
    ana.press("Tab")

    assert ana.page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_keys_can_be_turned_off_for_good(come: Come) -> None:
    ana = come()
    ana.open("/claims/1")
    ana.page.uncheck("[data-keys-on]")
    ana.open("/claims/1")
    ana.press("1")

    assert ana.page.locator("[name=label]:checked").count() == 0
    assert not ana.page.is_visible(".key-hint >> nth=0")


def test_editor_works_on_a_phone(come: Come, path: Path) -> None:
    eve = come("eve", **PHONE)
    eve.page.tap("text=Show them")
    eve.goes_to("/claims?state=to-sign-off")
    eve.page.tap("a.words")
    eve.goes_to("/claims/4")
    eve.page.tap("button:has-text('Sign off and publish')")
    eve.goes_to("/claims/4?done=published")
    eve.page.tap("summary:has-text('Correct what is published')")
    eve.page.select_option("#act-correct [name=label]", "outdated")
    eve.page.fill("#act-correct [name=reason]", "It fell since.")
    eve.page.tap("text=Publish the correction")
    eve.goes_to("/claims/4?done=corrected")
    eve.open("/articles/1/preview")

    assert eve.page.is_visible("text=It fell since.")
    corrected = claim(path, 4)
    assert corrected.verdict is not None
    assert corrected.verdict.label == "outdated"


def test_reader_works_without_script(come: Come, path: Path) -> None:
    ana = come(java_script_enabled=False)
    ana.open("/")
    ana.page.click("text=Take the next")
    ana.page.check("[value=mixed]")
    ana.page.fill("[name=rationale]", "Half of it.")
    ana.page.click("text=Keep as draft")
    assert ana.page.input_value("[name=rationale]") == "Half of it."
    ana.page.click("text=Give the verdict >> nth=1")

    given = claim(path, 1).verdict
    assert given is not None
    assert (given.label, given.rationale) == ("mixed", "Half of it.")


def test_draft_is_kept_by_itself(come: Come) -> None:
    ana = come()
    ana.open("/claims/1")
    ana.page.fill("[name=rationale]", "So far.")
    ana.page.wait_for_selector("text=Draft kept.")
    ana.open("/claims/1")

    assert ana.page.input_value("[name=rationale]") == "So far."


def test_other_form_of_the_page_keeps_the_draft_first(come: Come, path: Path) -> None:
    ana = come()
    ana.open("/claims/1")
    ana.page.fill("[name=rationale]", "Not lost.")
    ana.page.click("summary:has-text('Leave a note')")
    ana.page.fill("#act-note [name=text]", "see page 3")
    ana.page.click("text=Leave it")
    ana.goes_to("/claims/1?done=saved")

    assert ana.page.input_value("[name=rationale]") == "Not lost."
    assert [one.text for one in claim(path, 1).notes] == ["see page 3"]


def test_claim_that_moved_on_keeps_what_was_typed(come: Come, path: Path) -> None:
    ana = come()
    ana.open("/claims/1")
    ana.page.check("[value=true]")
    ana.page.fill("[name=rationale]", "My long reason.")
    with stage_in(path) as stage:
        stage.clock.now = datetime.now(UTC)
        amend_claim.reword_claim(stage.desk, 1, "Prices rose by 7 percent.", "ben")
    ana.page.click("text=Give the verdict, go on")

    ana.page.wait_for_selector("text=has moved on")
    assert ana.page.is_visible("text=ben put it in other words")
    assert ana.page.input_value("[name=rationale]") == "My long reason."
    assert ana.page.is_checked("[value=true]")
    ana.noise.clear()  # Chromium tells of the 409 itself
    ana.page.click("text=Give the verdict, go on")
    ana.goes_to("/claims/2")
    given = claim(path, 1).verdict
    assert given is not None


def test_words_of_the_claim_are_in_sight(come: Come) -> None:
    ana = come(viewport={"width": 1280, "height": 800})
    ana.open("/claims/29")

    assert ana.page.evaluate("""() => {
        const pane = document.querySelector("[data-pane]").getBoundingClientRect();
        const mark = document.querySelector("mark#here").getBoundingClientRect();
        return mark.top >= pane.top && mark.bottom <= pane.bottom && scrollY === 0;
    }""")


@pytest.mark.parametrize(("scheme", "locale"), [("light", "en-GB"), ("dark", "de-DE")])
def test_nothing_shuts_anybody_out(come: Come, path: Path, scheme: str, locale: str) -> None:
    _fill(path)
    ana = come(color_scheme=scheme, locale=locale)
    for one in PAGES:
        ana.open(one)
        ana.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert not (found := ana.is_shut_out()), f"{one}\n{found}"
    ana.noise.clear()  # Chromium tells of the 404 itself


def test_no_page_is_wider_than_the_window(come: Come, path: Path) -> None:
    _fill(path)
    ana = come(locale="de-DE")
    for one in PAGES:
        ana.open(one)
        ana.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        for width in (320, 390, 768, 1280):
            ana.page.set_viewport_size({"width": width, "height": 800})
            assert ana.page.evaluate("document.documentElement.scrollWidth") <= width, (one, width)
    ana.noise.clear()  # as above


def test_command_serves_until_it_is_stopped(browser: Browser, path: Path) -> None:
    with served(path, "--reviewer", "ana") as address:
        page = browser.new_page()
        page.goto(address)

        assert page.is_visible("text=What waits for you")
        page.close()


def test_password_is_asked_for_and_believed(browser: Browser, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    make_key(Path("factcheck.key"))
    settings = Settings(db=str(path))
    database = Database(settings.db)
    SqlPeople(database).set_roles("ana", [Role.REVIEWER], datetime.now(UTC), None)
    SqlAccounts(database).set_hash("ana", ArgonPasswords().hashed("correct horse battery"), datetime.now(UTC), None)
    database.close()
    with served_here(path, "ben") as address:
        page = browser.new_page(locale="de-DE")
        page.goto(f"{address}/claims/5")
        assert Axe().run(page).violations_count == 0
        page.fill("[name=name]", "ana")
        page.fill("[name=password]", "wrong")
        page.keyboard.press("Enter")
        page.wait_for_selector("[role=alert]")
        page.fill("[name=password]", "correct horse battery")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/claims/5")
        page.click("text=Abmelden")
        page.wait_for_selector("text=Sie sind abgemeldet.")
        page.goto(address)
        assert page.is_visible("[name=password]")
        page.close()


def test_page_of_another_site_does_nothing(come: Come, path: Path) -> None:
    ana = come()
    ana.open("/claims/1")
    token = ana.page.input_value("[name=token] >> nth=0")
    inside = f'<input name=token value="{token}"><input name=text value=x>'
    form = f'<form method=post action="{ana.address}/claims/1/note">{inside}</form>'
    ana.page.goto("about:blank")
    ana.page.set_content(form)
    with ana.page.expect_navigation() as going:
        ana.page.evaluate("document.forms[0].submit()")

    assert going.value is not None
    assert going.value.status == 403
    assert claim(path, 1).notes == ()
    ana.noise.clear()  # Chromium tells of the 403 itself


def test_hostile_texts_stay_texts(come: Come, path: Path) -> None:
    with stage_in(path) as stage:
        numbers = _hostile(stage, path)
    ana = come()
    pages = [f"/claims/{one}" for one in numbers] + [f"/claims/{one}/log" for one in numbers]
    for one in (
        *pages,
        "/",
        "/claims",
        "/articles",
        "/articles/2",
        "/people",
        "/log",
        f"/claims/{numbers[0]}/alike",
        "/claims/5/look",
    ):
        ana.open(one)
        ana.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        ana.page.wait_for_timeout(50)
        assert ana.page.evaluate("window.owned") is None, one
        assert ana.page.evaluate("document.querySelectorAll('iframe,base,img,svg,style,script:not([src])').length") == 0
        assert ana.page.evaluate("document.querySelectorAll('[onerror],[onload],[onfocus],[onmouseover]').length") == 0
    answer = ana.open("/articles/2/preview?drafts=1")
    assert answer is not None
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert ana.page.evaluate("window.owned") is None


def _hostile(stage: Stage, path: Path) -> list[int]:
    """Claims with an attack in every text that somebody may write."""
    stage.clock.now = datetime.now(UTC)
    desk = stage.desk
    stage.file(("Rain fell on Monday.", "The minister said that wages rose."), title=TRAP, url="https://a.example/a")
    read, edited, free = 31, 32, 5
    for number in (read, edited, free):
        amend_claim.reword_claim(desk, number, f"{number} {TRAP}", "ben")
        amend_claim.set_speaker(desk, number, TRAP, "ben")
        amend_claim.flag_claim(desk, number, TRAP, "ben")
        amend_claim.add_note(desk, number, TRAP, TRAP)
        amend_claim.record_contact(desk, number, NOW.date(), TRAP, "ben")
        source = EvidenceDraft(None, Stance.CONTEXT, TRAP, TRAP, TRAP, TRAP, TRAP, locator=TRAP)
        add_evidence(desk, number, source, TRAP)
        amend_claim.save_draft(desk, number, "ana", None, TRAP)
    for number in (read, edited):
        review_claim.record_verdict(desk, number, "true", TRAP, TRAP, remarks=Remarks(note=TRAP))
    edit_claim.sign_off_and_publish(desk, edited, "eve", despite=TRAP)
    edit_claim.correct(desk, edited, "false", "eve", TRAP, TRAP)
    _look(stage, path, free, TRAP, TRAP)
    return [read, edited, free]


def _fill(path: Path) -> None:
    """Notes, flags, doubts and tasks, so that all of the pages is seen."""
    with stage_in(path) as stage:
        stage.clock.now = datetime.now(UTC)
        desk = stage.desk
        review_claim.take_claim(desk, 1, "ana")
        review_claim.take_claim(desk, 2, "cyd")
        for number in (1, 4):
            amend_claim.add_note(desk, number, "see page 3", "ben")
            amend_claim.flag_claim(desk, number, "odd", "ben")
            amend_claim.assign_claim(desk, number, "ana", "eve")
        amend_claim.reword_claim(desk, 1, "Prices rose by a percent.", "ana")
        add_evidence(desk, 1, EvidenceDraft("https://a.example/1", Stance.REFUTES, "fell"), "ana")
        _look(stage, path, 1, "Prices through the years", "Prices fell in most of those years, the office says.")


def _look(stage: Stage, path: Path, number: int, title: str, said: str) -> None:
    """A look-up for a claim, with what a machine suggests; and somebody of that name."""
    page = Snapshot(said.encode(), "text/plain", "https://a.example/found", 200)
    passage = Passage(said, said, said, 2, Reading.REFUTES, said)
    found = FoundPage(
        page.url or "", "wikipedia", title, said, page.sha256, (Kinship.SAME_PUBLISHER,), None, (passage,)
    )
    copy = replace(found, kinships=(Kinship.SAME_TEXT,), same_as=page.url, passages=())
    with closing(Database(str(path))) as database:
        SqlPeople(database).set_roles(said, tuple(Role), stage.clock(), None)
        lookups = SqlLookups(database)
        asked = Lookup(
            number, stage.clock(), (said,), ("wikipedia",), (found, copy), (f"searxng says {said}",), (said,)
        )
        lookups.keep(asked, [page])
        lookups.suggest(asked, replace(found, source="a machine, scout", suggested_by=said), page)
