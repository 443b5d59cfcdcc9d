"""Whom an article introduced before a window that may speak of them."""

import time

import pytest

from factcheck.text.introductions import introduced

INTRODUCED = "The health minister, Rita Gomes, spoke first. Rain fell on the square. "


def told(before: str, asked: str, shown: str = "") -> str:
    return introduced(before + asked, len(before), asked, f"{shown} {asked}")


@pytest.mark.parametrize("asked", ["The vote against her was close.", "Gomes left early."])
def test_who_came_in_earlier_is_told(asked: str) -> None:
    assert told(INTRODUCED, asked) == "Rita Gomes, the health minister"


def test_nobody_is_told_where_nobody_is_meant() -> None:
    assert told(INTRODUCED, "The bridge was closed.") == ""


def test_full_name_in_sight_is_not_told_again() -> None:
    assert told(INTRODUCED, "She left.", shown="Rita Gomes had no comment.") == ""


def test_whom_the_title_names_needs_no_introduction() -> None:
    assert introduced(INTRODUCED + "She left.", len(INTRODUCED), "She left.", "She left.", "Gomes: no tax") == ""


def test_who_comes_in_later_is_not_told() -> None:
    assert introduced(f"She left. {INTRODUCED}", 0, "She left.", "She left.") == ""


@pytest.mark.parametrize(
    ("before", "role"),
    [
        ("Health Minister Rita Gomes spoke.", "Health Minister"),
        ("They met Spain’s new Minister for Health, Rita Gomes, at noon. Gomes spoke.", "Minister for Health"),
        ("Rita Gomes, a former nurse, spoke.", "a former nurse"),
        ("Rita Gomes, 41, spoke.", "41"),
        ("They met with Rita Gomes. Gomes spoke.", ""),
        ("Rita Gomes spoke. Rita Gomes, the mayor, left.", "the mayor"),
    ],
)
def test_role_is_in_the_article_s_words(before: str, role: str) -> None:
    assert told(f"{before} Rain fell. ", "She left.") == ", ".join(filter(None, ("Rita Gomes", role)))


def test_those_named_last_go_before_where_there_is_no_room() -> None:
    many = "".join(f"Ana Quintana{letter}, a former director of the {letter}-mill, spoke. " for letter in "abcdefgh")

    found = told(many, "She left.")

    assert len(found) <= 220
    assert found.endswith("Ana Quintanah, a former director of the h-mill")
    assert "Quintanaa" not in found


def test_body_meant_by_its_kind_is_told() -> None:
    assert told("The Berndorf City Council met. It voted. ", "Then the council broke up.") == "Berndorf City Council"


def test_other_bodies_are_not_told() -> None:
    assert told("The Berndorf City Council met. It voted. ", "Then the ministry wrote.") == ""


@pytest.mark.parametrize("piece", ["A ", "Ana Silva, ", "Ana of ", "the minister, ", "Council of ", "a, "])
def test_long_texts_are_read_in_time(piece: str) -> None:
    before = piece * 20_000

    began = time.process_time()
    told(before, "She said the council left.")

    assert time.process_time() - began < 20
