"""`factcheck audit desk`: the desk's own work, counted."""

import pytest
from conftest import Command

pytestmark = pytest.mark.usefixtures("demo_desk")


def test_own_work_is_counted(factcheck: Command) -> None:
    found = factcheck("audit", "desk", "--json").json

    assert found["verdicts"] == 4
    assert found["few_named_sources"] == {"count": 3, "claims": [3, 7, 8]}
    assert found["claimant_not_asked"]["count"] == 4
    assert found["corrected"] == {"count": 0, "claims": []}
    assert sum(one["verdicts"] for one in found["targets"]) == 4


def test_asking_and_correcting_shows(factcheck: Command) -> None:
    factcheck("contact", 3, "--asked-on", "2026-03-01", "--reviewer", "ana")
    factcheck("correct", 3, "mixed", "--reviewer", "eve", "--reason", "Half of it.")

    found = factcheck("audit", "desk", "--json").json

    assert found["claimant_not_asked"]["claims"] == [5, 7, 8]
    assert found["corrected"]["claims"] == [3]


def test_table_names_the_claims(factcheck: Command) -> None:
    shown = factcheck("audit", "desk").out

    assert "few named sources" in shown
    assert "3, 7, 8" in shown
    assert "nobody named" in shown
