import pytest

from factcheck.domain.evidence import Stance
from factcheck.domain.rating import TRUTH_5, AveritecClass
from factcheck.errors import InputError, UnknownLabelError


def test_label_is_found_by_id() -> None:
    assert TRUTH_5.label("mostly-true").grade == 4


@pytest.mark.parametrize("typed", ["Mostly true", "MOSTLY_TRUE", " mostly-True ", "mostly  true"])
def test_label_is_found_however_typed(typed: str) -> None:
    assert TRUTH_5.label(typed).id == "mostly-true"


def test_unknown_label_names_every_label() -> None:
    with pytest.raises(UnknownLabelError) as caught:
        TRUTH_5.label("half-true")
    assert "'half-true'" in str(caught.value)
    assert all(label.id in str(caught.value) for label in TRUTH_5.labels)


def test_unknown_label_is_wrong_input() -> None:
    with pytest.raises(InputError):
        TRUTH_5.label("truly")


def test_scale_has_name_and_version() -> None:
    assert (TRUTH_5.id, TRUTH_5.version) == ("truth-5", 1)


def test_label_ids_are_all_different() -> None:
    ids = [label.id for label in TRUTH_5.labels]
    assert len(set(ids)) == len(ids)


def test_grades_run_from_one_to_five() -> None:
    assert [label.grade for label in TRUTH_5.labels if label.grade is not None] == [1, 2, 3, 4, 5]


def test_false_is_worst_true_best() -> None:
    assert (TRUTH_5.label("false").grade, TRUTH_5.label("true").grade) == (1, 5)


def test_every_averitec_class_is_used() -> None:
    assert {label.averitec for label in TRUTH_5.labels} == set(AveritecClass)


@pytest.mark.parametrize(
    ("label", "averitec"),
    [
        ("false", AveritecClass.REFUTED),
        ("mostly-false", AveritecClass.REFUTED),
        ("mixed", AveritecClass.CONFLICTING),
        ("mostly-true", AveritecClass.SUPPORTED),
        ("true", AveritecClass.SUPPORTED),
        ("unproven", AveritecClass.NOT_ENOUGH_EVIDENCE),
    ],
)
def test_label_maps_to_averitec_class(label: str, averitec: AveritecClass) -> None:
    assert TRUTH_5.label(label).averitec is averitec


def test_each_label_has_a_definition() -> None:
    assert all(label.definition.endswith(".") for label in TRUTH_5.labels)


@pytest.mark.parametrize(
    ("averitec", "stance"),
    [
        (AveritecClass.SUPPORTED, Stance.SUPPORTS),
        (AveritecClass.REFUTED, Stance.REFUTES),
        (AveritecClass.CONFLICTING, Stance.CONTEXT),
        (AveritecClass.NOT_ENOUGH_EVIDENCE, Stance.CONTEXT),
    ],
)
def test_verdict_gives_evidence_its_stance(averitec: AveritecClass, stance: Stance) -> None:
    assert Stance.of_verdict(averitec) is stance
