"""A reader's part: claims taken, judged, sourced, given back; what was typed outlives whatever comes in between."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from fakes import NOTHING_ASKED, NoPastVerdicts
from fastapi.testclient import TestClient
from stage import Stage
from web_visitor import Visitor

from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.sentence import Sentence
from factcheck.domain.states import ClaimStatus
from factcheck.settings import Settings
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.queue import SqlQueue
from factcheck.web.app import create_app
from factcheck.web.office import Office
from factcheck.wiring import office as opened_office
from factcheck.workflow import amend_claim, edit_claim, review_claim
from factcheck.workflow.collect_evidence import add_evidence

ORIGIN = "http://127.0.0.1:8760"


@pytest.fixture
def ana(client: TestClient) -> Visitor:
    return Visitor(client)


def test_first_page_counts_what_waits(ana: Visitor) -> None:
    ana.open("/")

    assert "4First readings" in ana.text


def test_next_claim_is_taken_and_shown(ana: Visitor, office: Office) -> None:
    ana.send("/", "/next", stage="first")
    ana.follow()

    assert "Yours until" in ana.text
    assert office.desk.queue.held_by("ana", office.desk.clock()) == (1,)


def test_verdict_is_given_and_next_claim_taken(ana: Visitor, office: Office) -> None:
    ana.send("/", "/next", stage="first")
    ana.send("/claims/1", "/claims/1/verdict", label="false", rationale="It fell.", confidence="high", next="1")

    assert ana.last is not None
    assert ana.last.headers["location"].startswith("/claims/2")
    claim = office.desk.queue.claim(1, office.desk.clock())
    assert claim.verdict is not None
    assert (claim.verdict.label, claim.verdict.rationale, claim.verdict.reviewer) == ("false", "It fell.", "ana")


def test_words_of_the_claim_are_marked_in_its_article(ana: Visitor) -> None:
    page = ana.open("/claims/2")

    [mark] = page.xpath("//div[@data-pane]//mark")
    assert "The minister said that wages rose by 3 percent." in mark.text_content()
    assert [one.get("href") for one in page.xpath("//div[@data-pane]//a[@class='other']")] == [
        "/claims/1",
        "/claims/3",
        "/claims/4",
    ]


def test_verdict_without_label_keeps_what_was_typed(ana: Visitor) -> None:
    answer = ana.send("/claims/1", "/claims/1/verdict", rationale="Because of <b>this</b>.")

    assert answer.status_code == 400
    assert "choose a label" in ana.text
    assert "Because of <b>this</b>." in ana.text
    assert "Because of <b>this</b>." in ana.open("/claims/1").text_content()


def test_claim_that_moved_on_shows_what_happened(ana: Visitor, office: Office) -> None:
    page = ana.open("/claims/1")
    [form] = page.xpath("//form[@action='/claims/1/verdict']")
    fields = {one.name: one.value for one in form.xpath(".//input[@type='hidden']")}
    amend_claim.reword_claim(office.desk, 1, "Prices rose by 6 percent in May.", "ben")

    ana.last = ana.client.post("/claims/1/verdict", data=fields | {"label": "true", "rationale": "My long reason."})

    assert ana.last.status_code == 409
    assert "has moved on" in ana.text
    assert "ben put it in other words" in ana.text
    assert "Prices rose by 5 percent in May. Prices rose by 6 percent in May." in ana.text
    assert "My long reason." in ana.text
    assert office.desk.queue.claim(1, office.desk.clock()).status is ClaimStatus.QUEUED
    # What stands there now is sent as it is.
    ana.send("/claims/1", "/claims/1/verdict", label="true", rationale="My long reason.")
    assert office.desk.queue.claim(1, office.desk.clock()).status is ClaimStatus.DECIDED


def test_page_of_a_claim_is_of_one_moment(ana: Visitor, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = SqlLedger.sentences

    def meanwhile_reworded(ledger: SqlLedger, article: int) -> tuple[Sentence, ...]:
        with ThreadPoolExecutor(1) as ben:
            said = "Prices rose by 6 percent in May."
            ben.submit(amend_claim.reword_claim, office.desk, 1, said, "ben").result()
        return sentences(ledger, article)

    with monkeypatch.context() as patched:
        patched.setattr(SqlLedger, "sentences", meanwhile_reworded)
        [form] = ana.open("/claims/1").xpath("//form[@action='/claims/1/verdict']")
    fields = {one.name: one.value for one in form.xpath(".//input[@type='hidden']")}
    ana.last = ana.client.post("/claims/1/verdict", data=fields | {"label": "true"})

    assert ana.last.status_code == 409
    assert "ben put it in other words" in ana.text


def test_words_for_a_claim_that_somebody_else_decided_are_not_lost(ana: Visitor, office: Office) -> None:
    ana.open("/claims/1")
    token = ana.token()
    review_claim.record_verdict(office.desk, 1, "true", "ben")

    answer = ana.client.post(
        "/claims/1/verdict", data={"token": token, "revision": "x", "label": "false", "rationale": "My long reason."}
    )

    assert answer.status_code == 409
    assert "My long reason." in answer.text


def test_draft_of_the_terminal_is_in_the_form(ana: Visitor, office: Office) -> None:
    amend_claim.save_draft(office.desk, 1, "ana", "mixed", "Half of it.", '{"reasons": {"note": "look again"}}')

    page = ana.open("/claims/1")

    assert page.xpath("//textarea[@name='rationale']")[0].text == "Half of it."
    assert page.xpath("//textarea[@name='note']")[0].text == "look again"
    assert page.xpath("//input[@name='label'][@checked]/@value") == ["mixed"]


def test_draft_is_kept_quietly_and_for_other_fronts(ana: Visitor, office: Office) -> None:
    amend_claim.save_draft(office.desk, 1, "ana", None, None, '{"split": {"parts": "a"}}')

    answer = ana.post("/claims/1/draft", quiet="1", rationale="So far.", label="true", confidence="low")

    assert answer.status_code == 200
    draft = office.desk.queue.draft(1, "ana")
    assert draft is not None
    assert (draft.rationale, draft.label) == ("So far.", "true")
    assert draft.form == '{"reasons": {"confidence": "low", "rationale": "So far."}, "split": {"parts": "a"}}'


def test_draft_that_stands_is_not_kept_again(ana: Visitor, office: Office) -> None:
    ana.post("/claims/1/draft", rationale="So far.", label="true", confidence="low")
    head = office.stores.log.head()

    ana.post("/claims/1/draft", rationale="So far.", label="true", confidence="low")

    assert office.stores.log.head() == head


@pytest.mark.parametrize(
    "form", ["no json", "[1]", '"text"', '{"reasons": 3}', '{"reasons": [1]}', "null", "[" * 50_000]
)
def test_odd_draft_of_another_program_harms_nothing(ana: Visitor, office: Office, form: str) -> None:
    amend_claim.save_draft(office.desk, 1, "ana", None, "Words.", form)

    assert ana.open("/claims/1").xpath("//textarea[@name='rationale']")[0].text == "Words."
    assert ana.post("/claims/1/draft", rationale="Others.").status_code == 303


def test_lease_is_renewed_and_its_end_told(ana: Visitor, office: Office) -> None:
    review_claim.take_claim(office.desk, 1, "ana")

    answer = ana.post("/claims/1/renew", quiet="1")

    assert answer.status_code == 200
    lease = office.desk.queue.claim(1, office.desk.clock()).lease
    assert lease is not None
    assert answer.json() == {"until": lease.until.isoformat()}


def test_claim_is_given_back(ana: Visitor, office: Office) -> None:
    ana.send("/claims/1", "/claims/1/take")
    ana.send("/claims/1", "/claims/1/release")

    assert office.desk.queue.held_by("ana", office.desk.clock()) == ()


def test_second_reader_sees_nothing_of_the_first(ana: Visitor, office: Office) -> None:
    desk = office.desk
    add_evidence(desk, 1, EvidenceDraft("https://a.example/secret", Stance.REFUTES), "ben")
    amend_claim.add_note(desk, 1, "I am sure it is wrong", "ben")
    object.__setattr__(desk, "second_reading", SecondReadingRules(sample=1.0))
    review_claim.record_verdict(desk, 1, "misattributed", "ben", "A hidden reason")

    pages = [ana.open(path).text_content() for path in ("/claims/1", "/claims/1/log", "/log", "/articles/1", "/claims")]
    preview = ana.client.get("/articles/1/preview?drafts=1").text

    for told in (*pages, preview):
        for secret in ("secret", "I am sure it is wrong", "A hidden reason"):
            assert secret not in told
    assert "stay hidden" in pages[0]
    ana.send("/claims/1", "/claims/1/verdict", label="false")
    assert "A hidden reason" in ana.open("/claims/1").text_content()


def test_what_happened_since_stays_blind(ana: Visitor, office: Office) -> None:
    desk = office.desk
    object.__setattr__(desk, "second_reading", SecondReadingRules(sample=1.0))
    review_claim.record_verdict(desk, 1, "misattributed", "ben", "A hidden reason")
    [form] = ana.open("/claims/1").xpath("//form[@action='/claims/1/verdict']")
    fields = {one.name: one.value for one in form.xpath(".//input[@type='hidden']")}
    amend_claim.add_note(desk, 1, "I am sure it is wrong", "ben")
    amend_claim.set_speaker(desk, 1, "the mayor", "cyd")

    ana.last = ana.client.post("/claims/1/verdict", data=fields | {"label": "true"})

    assert ana.last.status_code == 409
    assert "cyd said who made the claim" in ana.text
    assert "I am sure it is wrong" not in ana.text
    assert "ben something that stays hidden" in ana.text


def test_source_is_added_and_told_in_another_way(ana: Visitor, office: Office) -> None:
    ana.send(
        "/claims/1", "/claims/1/source", url="https://a.example/x", quote="It rose.", stance="supports", unfetched="1"
    )
    ana.follow()
    assert "speaks for the claim" in ana.text

    ana.send("/claims/1", "/claims/1/edit-source", stance="refutes", quote="It fell.", title="Office")

    [source] = office.desk.queue.claim(1, office.desk.clock()).evidence
    assert (source.stance, source.quote, source.title) == (Stance.REFUTES, "It fell.", "Office")
    ana.send("/claims/1", "/claims/1/remove-source")
    assert office.desk.queue.claim(1, office.desk.clock()).evidence == ()


def test_source_at_a_private_address_is_not_fetched(ana: Visitor, office: Office) -> None:
    ana.send("/claims/1", "/claims/1/source", url="http://127.0.0.1:1/metadata", stance="context")
    ana.follow()

    assert "its page could not be kept" in ana.text
    [source] = office.desk.queue.claim(1, office.desk.clock()).evidence
    assert source.sha256 is None


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "no address", "http://a:b@c.example"])
def test_odd_address_of_a_source_is_refused(ana: Visitor, url: str) -> None:
    assert ana.send("/claims/1", "/claims/1/source", url=url, stance="context").status_code == 400
    assert ana.text.count("is not a web address") == 1


def test_decision_is_taken_back(ana: Visitor, office: Office) -> None:
    ana.send("/claims/1", "/claims/1/verdict", label="false")
    ana.send("/", "/undo")
    ana.follow()

    assert "taken back" in ana.text
    assert office.desk.queue.claim(1, office.desk.clock()).status is ClaimStatus.LEASED


def test_no_other_decision_is_taken_back_than_the_page_names(ana: Visitor, office: Office) -> None:
    for number in (1, 2):
        ana.send(f"/claims/{number}", f"/claims/{number}/verdict", label="false")
    old = old_form(ana, "/", "/undo")
    assert "Take the last one back: claim 2" in ana.text
    ana.send("/claims/3", "/claims/3/verdict", label="true")

    assert ana.post("/undo", **old).status_code == 409
    ana.send("/", "/undo")
    answers = [ana.post("/undo", **old).status_code for _ in range(2)]

    assert answers == [303, 409]
    statuses = [office.desk.queue.claim(number, office.desk.clock()).status for number in (1, 2, 3)]
    assert statuses == [ClaimStatus.DECIDED, ClaimStatus.LEASED, ClaimStatus.LEASED]


def test_nothing_to_take_back_is_told(ana: Visitor) -> None:
    assert ana.post("/undo").status_code == 409


def old_form(visitor: Visitor, page: str, action: str) -> dict[str, str]:
    """What a form of a page that stays open sends besides what is typed."""
    [form] = visitor.open(page).xpath(f"//form[@action='{action}']")
    return {one.name: one.value or "" for one in form.xpath(".//input[@type='hidden']")}


def test_old_form_of_a_contact_writes_over_nothing(ana: Visitor, office: Office) -> None:
    old = old_form(ana, "/claims/1", "/claims/1/contact")
    ana.send("/claims/1", "/claims/1/contact", asked_on="2026-02-27", answer="We deny it.")

    assert ana.post("/claims/1/contact", **old | {"asked_on": "2026-02-26", "answer": ""}).status_code == 409

    contact = office.desk.queue.claim(1, office.desk.clock()).contact
    assert contact is not None
    assert (str(contact.asked_on), contact.answer) == ("2026-02-27", "We deny it.")


def test_old_form_of_a_task_writes_over_nothing(ana: Visitor, office: Office) -> None:
    old = old_form(ana, "/claims/1", "/claims/1/task")
    ana.send("/claims/1", "/claims/1/task", assignee="ana", due="2026-03-05")

    assert ana.post("/claims/1/task", **old | {"assignee": "", "due": "2026-04-01"}).status_code == 409

    claim = office.desk.queue.claim(1, office.desk.clock())
    assert (claim.assigned_to, str(claim.due_on)) == ("ana", "2026-03-05")


def test_every_other_form_of_a_claim_does_what_it_says(ana: Visitor, office: Office) -> None:
    for act, typed in {
        "speaker": {"speaker": "the minister"},
        "flag": {"reason": "odd"},
        "note": {"text": "see page 3"},
        "task": {"assignee": "ana", "due": "2026-03-05"},
        "contact": {"asked_on": "2026-03-01", "answer": "Yes."},
        "reword": {"text": "Prices rose by 5 percent in May 2026."},
    }.items():
        assert ana.send("/claims/1", f"/claims/1/{act}", **typed).status_code == 303, ana.text
    ana.send("/claims/2", "/claims/2/split", parts="Wages rose.\nThey rose by 3 percent.")
    ana.send("/claims/3", "/claims/3/same", into="#1")
    ana.send("/claims/4", "/claims/4/set-aside", reason="an opinion")
    ana.send("/claims/1", "/claims/1/add", sentence="4", text="A bridge was opened.", quote="The bridge was opened")

    claims = {one: office.desk.queue.claim(one, office.desk.clock()) for one in range(1, 8)}
    first = claims[1]
    assert (first.speaker, first.words) == ("the minister", "Prices rose by 5 percent in May 2026.")
    assert first.flags
    assert first.contact is not None
    assert (first.flags[0].reason, first.notes[0].text, first.contact.answer) == ("odd", "see page 3", "Yes.")
    assert (first.assigned_to, str(first.due_on)) == ("ana", "2026-03-05")
    assert [claims[one].status for one in (2, 3, 4)] == [
        ClaimStatus.SPLIT,
        ClaimStatus.DUPLICATE,
        ClaimStatus.NOT_CHECKABLE,
    ]
    assert [claims[one].words for one in (5, 6, 7)] == [
        "Wages rose.",
        "They rose by 3 percent.",
        "A bridge was opened.",
    ]


def test_claims_are_searched_and_narrowed(ana: Visitor) -> None:
    assert ana.open("/claims?q=wages").xpath("//a[@class='words']/@href") == ["/claims/2"]
    assert ana.open("/claims?state=to-sign-off").xpath("//a[@class='words']") == []
    assert len(ana.open("/claims?article=1&state=to-read").xpath("//a[@class='words']")) == 4


def test_what_was_done_is_told_once_and_by_no_link(ana: Visitor, office: Office) -> None:
    ana.open("/claims/1?done=published")
    assert "The verdict is published." not in ana.text

    ana.send("/claims/1", "/claims/1/note", text="a word")
    assert ana.last is not None
    address = ana.last.headers["location"]
    ana.open("/claims/2?done=saved")
    assert "It is kept." not in ana.text
    ana.open("/claims/1?done=published")
    assert "The verdict is published." not in ana.text
    ana.open(address)
    assert "It is kept." in ana.text
    ana.open(address)
    assert "It is kept." not in ana.text
    with TestClient(create_app(office), base_url=ORIGIN) as other:
        assert "It is kept." not in other.get(address).text


def test_claims_that_are_read_are_found_whichever_reading_it_is(ana: Visitor, office: Office) -> None:
    twice = replace(office.desk, second_reading=SecondReadingRules(sample=1.0))
    for number, labels in ((1, ["true"]), (2, ["true", "false"])):
        for name, label in zip(("ben", "eve"), labels, strict=False):
            review_claim.record_verdict(twice, number, label, name)
    for number in (1, 2, 3):
        review_claim.take_claim(office.desk, number, "ana")

    page = ana.open("/claims?state=being-read")

    assert page.xpath("//a[@class='words']/@href") == ["/claims/1", "/claims/2", "/claims/3"]
    counts = office.desk.queue.counts(office.desk.clock())
    assert page.xpath("//option[@selected]/text()") == [f"being read ({counts.leased})"]


def test_verdict_on_a_claim_like_it_is_carried_over(ana: Visitor, office: Office) -> None:
    review_claim.record_verdict(office.desk, 2, "true", "ana", "It did.")
    amend_claim.reword_claim(office.desk, 1, "Wages rose by 3 percent, said the minister.", "ana")

    ana.send("/claims/1/alike", "/claims/1/carry-over")

    verdict = office.desk.queue.claim(1, office.desk.clock()).verdict
    assert verdict is not None
    assert "Carried over from claim 2" in (verdict.rationale or "")


def test_same_claim_of_another_article_is_named(ana: Visitor, stage: Stage) -> None:
    stage.file(("Prices rose by 5 percent in May.",), title="Another paper")

    page = ana.open("/claims/1/alike")

    assert page.xpath("//section[@aria-labelledby='waits']//a[@class='words']/@href") == ["/claims/5"]


def test_desk_on_a_server_is_served_too(served_desk_url: str) -> None:
    database = Database(served_desk_url)
    Stage(SqlLedger(database), SqlQueue(database), NoPastVerdicts()).file()
    database.close()
    settings = Settings(db=served_desk_url, reviewer="ana")
    with opened_office(settings, ORIGIN) as office, TestClient(create_app(office), base_url=ORIGIN) as client:
        ana = Visitor(client)
        ana.post("/next", stage="first")
        ana.post("/claims/1/draft", rationale="So far.")
        ana.open("/claims/1")
        assert "So far." in ana.text
        ana.send("/claims/1", "/claims/1/verdict", label="false", rationale="It fell.")
        for path in (
            "/",
            "/claims?q=prices",
            "/claims/1",
            "/claims/1/log",
            "/claims/2/alike",
            "/articles/1",
            "/people",
        ):
            ana.open(path)
        assert ana.post("/claims/1/note", text="\0").status_code == 400

        assert office.desk.queue.claim(1, office.desk.clock()).status is ClaimStatus.DECIDED


def test_twin_is_offered_after_the_verdict_and_takes_a_press_each(ana: Visitor, office: Office, stage: Stage) -> None:
    stage.file(("Snow lay on the hills.", "Prices rose by 5 percent in May."), title="Another paper")
    assert ana.open("/claims/1").xpath("//section[@aria-labelledby='twins']") == []
    ana.send("/claims/1", "/claims/1/verdict", label="false", rationale="It fell.", next="1")

    page = ana.follow()
    assert "The same as what you just decided waits in other articles" in ana.text
    [token] = page.xpath("//form[@action='/claims/1/twin']//input[@name='token']/@value")
    assert office.desk.queue.claim(6, office.desk.clock()).readings == ()
    assert len(ana.open("/claims/1").xpath("//section[@aria-labelledby='twins']//li")) == 1

    ana.last = ana.client.post("/claims/1/twin", data={"token": token})
    page = ana.follow()
    assert ana.last is not None
    assert (ana.last.url.path, ana.last.url.query) == ("/claims/6", b"done=take&after=1")
    assert "It says the same as claim 1" in ana.text
    assert "It fell." in ana.text
    assert office.desk.queue.claim(6, office.desk.clock()).readings == ()

    ana.send("/claims/6?after=1", "/claims/6/carry-over", next="1")
    carried = office.desk.queue.claim(6, office.desk.clock()).verdict
    assert carried is not None
    assert (carried.label, carried.reviewer) == ("false", "ana")
    assert "The same as what" not in ana.follow().text_content()


def test_twin_that_nobody_has_is_told(ana: Visitor) -> None:
    assert ana.post("/claims/1/twin").status_code == 409
    assert "no other article has a claim that waits and says the same as claim 1" in ana.text


def test_second_reader_is_offered_no_verdict_of_the_first(ana: Visitor, office: Office, stage: Stage) -> None:
    stage.file(("Snow lay on the hills.", "Prices rose by 5 percent in May."), title="Another paper")
    twice = replace(office.desk, second_reading=SecondReadingRules(sample=1.0))
    review_claim.record_verdict(twice, 1, "false", "ben", "It fell.")

    page = ana.open("/claims/6?after=1")

    assert "It fell." not in ana.text
    assert page.xpath("//section[@aria-labelledby='twin-head']") == []
    assert ana.open("/claims/1").xpath("//form[@action='/claims/1/twin']") == []


@pytest.mark.parametrize("after", ["", "0", "-1", "x", "9" * 30, "2", "999", "1.5", "%00", "\u0663"])
def test_odd_claim_before_is_none(ana: Visitor, after: str) -> None:
    assert ana.open(f"/claims/1?after={after}").xpath("//section[@aria-labelledby='twin-head']") == []


def test_what_an_editor_types_is_kept_or_refused(ana: Visitor, office: Office) -> None:
    review_claim.record_verdict(office.desk, 1, "true", "ben", "They said so.")
    typed = {"comment": "Ask legal before any change.", "despite": "It is known.", "publish": "1"}
    assert ana.send("/claims/1", "/claims/1/sign-off", **typed).status_code == 303, ana.text

    published = office.desk.queue.claim(1, office.desk.clock())
    assert [one.comment for one in published.editorial_acts] == ["Ask legal before any change.", None]
    both = {"label": "mixed", "words": "Prices fell.", "reason": "Both are wrong."}
    assert ana.send("/claims/1", "/claims/1/correct", **both).status_code == 400
    assert "put those right as a typo" in ana.text
    assert office.desk.queue.claim(1, office.desk.clock()) == published


def test_corrected_claim_shows_the_verdict_before(ana: Visitor, office: Office) -> None:
    desk = replace(office.desk, sign_off=NOTHING_ASKED)
    review_claim.record_verdict(desk, 1, "true", "ben", "They said so.")
    edit_claim.sign_off_and_publish(desk, 1, "eve")
    edit_claim.correct(desk, 1, "false", "eve", "They took it back.", rationale="They say otherwise now.")

    ana.open("/claims/1")

    assert "First reader, replaced by a correction: ben" in ana.text
    assert ana.text.index("They said so.") < ana.text.index("They say otherwise now.")
    assert "Correction: eve" in ana.text


def test_number_that_goes_on_after_a_claim_before_is_none(ana: Visitor, office: Office, stage: Stage) -> None:
    stage.file(("Snow lay on the hills.", "Prices rose by 5 percent in May."), title="Another paper")
    review_claim.record_verdict(office.desk, 1, "false", "ana", "It fell.")
    head = "//section[@aria-labelledby='twin-head']"

    assert ana.open("/claims/6?after=0000000001").xpath(head) != []
    assert ana.open("/claims/6?after=00000000019").xpath(head) == []
