import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis.strategies import datetimes, just

from factcheck.domain.article import Article, BlockKind, FiledArticle
from factcheck.domain.cost import Estimate, Price
from factcheck.domain.desk import Addition, Amendment, Concern, ConcernKind, EditorialAct
from factcheck.domain.evidence import Evidence, Stance
from factcheck.domain.extraction import ExtractionSetup, ExtractionSummary, FiledRun, Usage
from factcheck.domain.review import Lease, QueuedClaim
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span, count_states
from factcheck.domain.states import Act
from factcheck.export.records import (
    article_record,
    claim_record,
    estimate_record,
    evidence_record,
    ledger_record,
    run_record,
    sentence_record,
    summary_record,
    to_json,
)

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("hostile", ["\x1b", "\x00", "\r", "\x7f", "\x9b", "\u202e", "\u2066"])
def test_control_characters_are_escaped(hostile: str) -> None:
    written = to_json({"text": f"a{hostile}b"})
    assert hostile not in written
    assert json.loads(written) == {"text": f"a{hostile}b"}


def test_readable_text_is_not_escaped() -> None:
    assert to_json({"text": "„Müller“ 日本 😀"}, indent=None) == '{"text": "„Müller“ 日本 😀"}'


def test_json_stands_on_one_line() -> None:
    assert "\n" not in to_json({"text": "one\ntwo", "ids": [1, 2]}, indent=None)


def test_checked_claim_is_written_whole(checked: QueuedClaim) -> None:
    assert claim_record(checked) == {
        "id": 1,
        "uid": "a" * 16,
        "revision": checked.revision,
        "article_id": 1,
        "text": "The dam was built in 1931.",
        "quote": "The dam was built in 1931",
        "segments": [[0, 7], [8, 25]],
        "anchor": "exact",
        "sentence_ids": [1],
        "also": [],
        "speaker": "The mayor",
        "when": None,
        "locator": None,
        "attribution": None,
        "check_worthiness": 0.8,
        "check_worthiness_reason": "a date",
        "inferred": [],
        "flags": [],
        "flag_reasons": {},
        "status": "decided",
        "vanished_in": None,
        "lease": None,
        "verdict": {
            "label": "mostly-true",
            "scale": "truth-5",
            "scale_version": 1,
            "reviewer": "ada",
            "rationale": "It was opened in 1932.",
            "decided_at": "2026-03-01T12:00:00+00:00",
            "role": "first",
            "known_as_of": None,
            "confidence": None,
            "note": None,
            "error_type": None,
        },
        "readings": [],
        "editorial": "open",
        "words": "The dam was built in 1931.",
        "amendment": None,
        "second_asked": None,
        "aside": None,
        "duplicate_of": None,
        "split_from": None,
        "assigned_to": None,
        "due_on": None,
        "editor_flags": [],
        "contact": None,
        "notes": [],
        "editorial_acts": [],
        "corrections": [],
        "evidence": [
            {
                "id": None,
                "url": "https://archive.example/dam?p=1",
                "description": None,
                "file": None,
                "stance": "supports",
                "quote": "Begun in 1929, built in 1931.",
                "quote_status": "unchecked",
                "locator": None,
                "kind": None,
                "anonymous": False,
                "title": "Dams",
                "publisher": "The Archive",
                "published": "1932",
                "retrieved_at": None,
                "media_type": None,
                "sha256": None,
                "canonical_url": None,
                "archive_url": None,
                "source": "archive.example/dam?p=1",
                "blocks_sign_off": False,
                "added_by": "ada",
                "added_at": "2026-03-01T12:00:00+00:00",
                "last_check": None,
                "edited_by": None,
            },
        ],
        "run": {
            "id": 3,
            "model": "fake:model",
            "prompt": "extract_claims",
            "prompt_version": "1",
            "prompt_hash": "c0ffee" + "0" * 58,
            "recording": None,
            "recording_sha256": None,
        },
        "added": None,
    }


@given(at=datetimes(timezones=just(UTC)))
def test_moments_are_written_as_isoformat_writes_them(at: datetime) -> None:
    assert evidence_record(Evidence("https://example.org/", Stance.CONTEXT, at))["added_at"] == at.isoformat()


def test_corrected_claim_keeps_old_verdict(corrected: QueuedClaim) -> None:
    record = claim_record(corrected)

    assert (record["editorial"], record["words"]) == ("corrected", "The dam was built in 1932.")
    assert record["editorial_acts"][0] == {
        "act": "signed_off",
        "editor": "eve",
        "at": "2026-03-01T12:00:00+00:00",
        "comment": "Well done.",
        "despite": None,
        "concerns": [],
    }
    [correction] = record["corrections"]
    assert (correction["was"]["label"], correction["now"]["label"]) == ("mostly-true", "true")
    assert (correction["reason"], correction["now"]["known_as_of"]) == ("A deed came up.", "2026-02-28")


def test_desk_words_are_written(corrected: QueuedClaim) -> None:
    record = claim_record(corrected)

    at = "2026-03-01T12:00:00+00:00"
    assert record["amendment"] == {"text": "The dam was built in 1932.", "reviewer": "ada", "at": at}
    assert record["editor_flags"] == [{"reason": "Libel?", "reviewer": "bob", "at": at}]
    assert record["notes"] == [{"text": "Ask the archive.", "reviewer": "bob", "at": at}]
    assert record["contact"] == {"asked_on": "2026-02-27", "answer": "No comment.", "reviewer": "ada"}


def test_tasks_and_concerns_are_written(waiting: QueuedClaim) -> None:
    concerns = (Concern(ConcernKind.SOURCE_GONE, "https://gone.example/"), Concern(ConcernKind.NO_RATIONALE))
    record = claim_record(
        replace(
            waiting,
            origin=None,
            added=Addition("ann", NOW),
            attribution=Amendment("The mayor", "ann", NOW),
            assigned_to="ben",
            due_on=date(2026, 3, 9),
            editorial_acts=(EditorialAct(Act.SIGNED_OFF, "eve", NOW, None, "The archive has it.", concerns),),
        )
    )

    at = "2026-03-01T12:00:00+00:00"
    assert (record["run"], record["added"]) == (None, {"by": "ann", "at": at})
    assert (record["speaker"], record["attribution"]["reviewer"]) == ("The mayor", "ann")
    assert (record["assigned_to"], record["due_on"]) == ("ben", "2026-03-09")
    [act] = record["editorial_acts"]
    assert act["despite"] == "The archive has it."
    assert act["concerns"] == [
        {"kind": "source_gone", "source": "https://gone.example/"},
        {"kind": "no_rationale", "source": None},
    ]


def test_waiting_claim_names_its_flaws(waiting: QueuedClaim) -> None:
    record = claim_record(waiting)
    assert (record["verdict"], record["evidence"], record["segments"]) == (None, [], [])
    assert record["flags"] == ["unanchored_quote", "unsupported_number"]
    assert record["flag_reasons"] == {"unsupported_number": "“95” stands nowhere in the article"}
    assert record["inferred"] == [{"word": "dam", "sentence_id": 1}, {"word": "years", "sentence_id": None}]


def test_lease_is_written_with_its_end(waiting: QueuedClaim) -> None:
    leased = replace(waiting, lease=Lease("bob", NOW))
    assert claim_record(leased)["lease"] == {"reviewer": "bob", "until": "2026-03-01T12:00:00+00:00"}


def test_article_record_leaves_text_out() -> None:
    record = article_record(FiledArticle(4, Article("The dam held.", NOW)))
    assert record == {
        "id": 4,
        "sha256": Article("The dam held.", NOW).sha256,
        "title": None,
        "url": None,
        "authors": [],
        "published": None,
        "language": None,
        "detected_language": None,
        "retrieved_at": "2026-03-01T12:00:00+00:00",
    }


@pytest.mark.parametrize(("at", "told"), [(None, "2026-02-01"), (NOW, "2026-03-01T12:00:00+00:00")])
def test_article_is_dated_as_exactly_as_known(at: datetime | None, told: str) -> None:
    article = Article("The dam held.", NOW, published=date(2026, 2, 1), published_at=at)
    assert article_record(FiledArticle(4, article))["published"] == told


def test_sentence_record_holds_its_words() -> None:
    sentence = Sentence(
        2, Span(3, 8), BlockKind.CAPTION, LedgerEntry(SentenceState.NOT_CHECKABLE, "opinion", "no fact")
    )
    assert sentence_record(sentence, "😀. It rose", ("4 percent",)) == {
        "id": 2,
        "span": [3, 8],
        "block": "caption",
        "text": "It ro",
        "state": "not_checkable",
        "kind": "opinion",
        "detail": "no fact",
        "uncovered": ["4 percent"],
    }


def test_ledger_record_names_every_state() -> None:
    assert ledger_record({SentenceState.CLAIMS: 2}) == {
        "pending": 0,
        "claims": 2,
        "not_checkable": 0,
        "ambiguous": 0,
        "failed": 0,
    }


def test_run_record_holds_its_cost() -> None:
    setup = ExtractionSetup("fake:model", "extract_claims", "1", "0" * 64, {"window": 2})
    record = run_record(FiledRun(5, 1, setup, Usage(3, 100, 50, 20, 1.23456), "finished", 0.1 + 0.2))
    assert (record["calls"], record["prompt_tokens"], record["cached_tokens"]) == (3, 100, 50)
    assert (record["completion_tokens"], record["seconds"], record["price"]) == (20, 1.235, 0.3)
    assert (record["id"], record["parameters"], record["outcome"]) == (5, {"window": 2}, "finished")


def test_summary_counts_every_sentence() -> None:
    filed = FiledArticle(1, Article("It rose. It fell.", NOW))
    sentences = (Sentence(1, Span(0, 8), entry=LedgerEntry(SentenceState.CLAIMS)), Sentence(2, Span(9, 17)))
    record = summary_record(ExtractionSummary(filed, count_states(sentences), 7, Usage(1, 10, 0, 5, 0.1), run_id=None))
    assert record["sentences"] == {"pending": 1, "claims": 1, "not_checkable": 0, "ambiguous": 0, "failed": 0}
    assert (record["run"], record["new_claims"], record["usage"]["calls"]) == (None, 7, 1)
    assert (record["usage"]["seconds"], record["usage"]["price"]) == (0.1, None)


def test_estimate_has_price_if_known() -> None:
    estimate = Estimate(2, 1000, 500, 4000, 900)

    assert estimate_record(estimate, Price(1, 1, 4)) == {
        "calls": 2,
        "prompt_tokens": 1000,
        "answer_tokens": 500,
        "price": 0.003,
    }
    assert estimate_record(estimate, None)["price"] is None
