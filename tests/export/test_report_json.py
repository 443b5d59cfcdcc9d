import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from hashlib import sha256
from typing import Any

import pytest
from fakes import record_of
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from factcheck.domain.audit import canonical
from factcheck.domain.claim import Flag
from factcheck.domain.evidence import CheckOutcome, QuoteStatus, Stance
from factcheck.domain.report import Report
from factcheck.domain.reported_claim import Contribution, Standing
from factcheck.domain.review import ExtractionOrigin, Lease, QueuedClaim
from factcheck.domain.states import ClaimStatus, EditorialState, ReadingRole
from factcheck.export.records import to_json
from factcheck.export.report_json import (
    claim_sha256,
    record_sha256,
    recordings,
    report_lines,
    report_schema,
)

Reporting = Callable[..., Report]

TENTHS = st.integers(0, 10).map(lambda worth: worth / 10)
SCALARS = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TENTHS | st.text()
"""What records hold; `st.text` has no lone surrogates, and neither has a database."""


def conforms(record: object, part: str | None = None) -> None:
    schema = report_schema()
    wanted = {"$defs": schema["$defs"], "$ref": f"#/$defs/{part}"} if part else schema
    Draft202012Validator(wanted, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(record)


@pytest.mark.parametrize("zone", [None, UTC, timezone(timedelta(hours=-5))])
def test_moment_of_article_conforms(report_on: Reporting, checked: QueuedClaim, zone: timezone | None) -> None:
    day = date(2026, 2, 1)
    report = report_on(checked, published=day, published_at=datetime.combine(day, time(23, 30), zone))
    conforms(record_of(report))
    for one in lines(report):
        conforms(one, "line")


def lines(report: Report) -> list[Any]:
    return [json.loads(one) for one in report_lines(report.masthead, report.articles)]


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(report_schema())


def test_report_conforms_to_its_schema(
    report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim, corrected: QueuedClaim
) -> None:
    report = report_on(checked, waiting, corrected)
    conforms(record_of(report))
    for one in lines(report):
        conforms(one, "line")


@pytest.mark.parametrize("spoilt", [{"schema_version": 2}, {"surprise": 1}, {"record_sha256": "short"}])
def test_schema_refuses_other_records(report_on: Reporting, checked: QueuedClaim, spoilt: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        conforms(record_of(report_on(checked)) | spoilt)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("editorial", {one.value for one in EditorialState}),
        ("standing", {one.value for one in Standing}),
        ("status", {one.value for one in ClaimStatus if not one.stage or one is one.stage.waiting}),
    ],
)
def test_schema_knows_every_state(name: str, values: set[str]) -> None:
    assert set(report_schema()["$defs"]["claim"]["properties"][name]["enum"]) == values


@pytest.mark.parametrize(("name", "values"), [("stance", Stance), ("quote_status", QuoteStatus)])
def test_schema_knows_every_kind_of_evidence(name: str, values: type[StrEnum]) -> None:
    assert set(report_schema()["$defs"]["evidence"]["properties"][name]["enum"]) == set(values)


@pytest.mark.parametrize(
    ("part", "name", "values"), [("verdict", "role", ReadingRole), ("claim", "part", Contribution)]
)
def test_schema_knows_every_part(part: str, name: str, values: type[StrEnum]) -> None:
    properties = report_schema()["$defs"][part]["properties"]
    fields = properties["credits"]["items"]["properties"] if name == "part" else properties
    assert set(fields[name]["enum"]) == set(values)


def test_schema_knows_every_outcome() -> None:
    check, _ = report_schema()["$defs"]["evidence"]["properties"]["last_check"]["oneOf"]
    assert set(check["properties"]["outcome"]["enum"]) == set(CheckOutcome)


def test_schema_knows_every_flag() -> None:
    assert set(report_schema()["$defs"]["claim"]["properties"]["flags"]["items"]["enum"]) == set(Flag)


def test_report_shows_claims_in_context(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    record = record_of(report_on(checked, waiting))
    (article,) = record["articles"]
    assert (record["schema_version"], record["tool"]) == (3, "factcheck-desk 1.2.3")
    assert (article["title"], article["published"]) == ("River rises", "2024-05-06")
    assert article["verdicts"] == {"mostly-true": 1}
    assert [claim["context"] for claim in article["claims"]] == [["The dam was built in 1931."], ["It held."]]
    assert [claim["standing"] for claim in article["claims"]] == ["draft", "unchecked"]


def test_words_to_colleagues_stay_inside(report_on: Reporting, corrected: QueuedClaim) -> None:
    assert corrected.verdict is not None
    noted = replace(
        corrected, verdict=replace(corrected.verdict, note="Psst."), lease=Lease("bob", corrected.notes[0].at)
    )
    written = to_json(record_of(report_on(noted))) + "".join(map(str, lines(report_on(noted))))
    for inside in ("Ask the archive.", "Psst.", "Libel?", "Well done.", '"lease"', '"error_type"'):
        assert inside not in written
    assert "A deed came up." in written


def test_hash_covers_the_record(report_on: Reporting, checked: QueuedClaim) -> None:
    record = record_of(report_on(checked))
    assert record["record_sha256"] == record_sha256(record)
    assert record_sha256(record | {"tool": "another"}) != record["record_sha256"]


def test_claim_has_one_hash_everywhere(report_on: Reporting, checked: QueuedClaim) -> None:
    report = report_on(checked)
    whole, single = record_of(report)["articles"][0]["claims"][0], lines(report)[0]["claim"]
    assert whole == single
    assert whole["record_sha256"] == claim_sha256(report.articles[0].claims[0]) == record_sha256(single)


def test_line_is_canonical_but_for_hash(report_on: Reporting, checked: QueuedClaim) -> None:
    report = report_on(checked)
    (line,) = report_lines(report.masthead, report.articles)
    assert line.count("\n") == 1
    assert line.index('"article"') < line.index('"claim"') < line.index('"schema_version"')
    assert canonical(json.loads(line)["article"]) in line


@given(st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20))
def test_hash_is_of_plain_canonical_json(value: object) -> None:
    record = {"value": value, "record_sha256": "left out"}
    assert record_sha256(record) == sha256(canonical({"value": value}).encode()).hexdigest()


def test_line_steers_no_terminal(report_on: Reporting, checked: QueuedClaim) -> None:
    hostile = replace(checked, claim=replace(checked.claim, text="a\x1b[31m\u202eb"))
    report = report_on(hostile)
    (line,) = report_lines(report.masthead, report.articles)
    assert "\x1b" not in line
    assert "\u202e" not in line
    assert json.loads(line)["claim"]["text"] == "a\x1b[31m\u202eb"


def test_recordings_are_named_once(
    report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim, origin: ExtractionOrigin
) -> None:
    taped = replace(origin, recording="river.yaml", recording_sha256="a" * 64)
    report = report_on(replace(checked, origin=taped), replace(checked, id=9, origin=taped), waiting)
    assert recordings(report.articles) == [("river.yaml", "a" * 64)]
    assert record_of(report)["recordings"] == [{"name": "river.yaml", "sha256": "a" * 64}]


def test_same_report_gives_same_json(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    first, second = (to_json(record_of(report_on(checked, waiting))) for _ in range(2))
    assert first == second
    assert json.loads(first) == record_of(report_on(checked, waiting))
