from time import process_time

import pytest

from factcheck.text.sentences import split_blocks

LONG = "The river rose by two metres on Monday and again on Tuesday,"
assert len(LONG) == 60


def blocks(text: str, language: str = "en") -> list[str]:
    return [block.cut(text) for block, _ in split_blocks(text, language)]


@pytest.mark.parametrize("text", ["", " ", "\n\n \n", "# ", "- \n* "])
def test_no_words_make_no_block(text: str) -> None:
    assert blocks(text) == []


def test_blank_line_parts_two_paragraphs() -> None:
    assert blocks("The dam held.\n\nNobody was hurt.") == ["The dam held.", "Nobody was hurt."]


def test_line_of_blanks_parts_paragraphs() -> None:
    assert blocks(f"{LONG}\n \t\nNobody was hurt.") == [LONG, "Nobody was hurt."]


def test_short_lines_stand_alone() -> None:
    assert blocks("The dam held\nNobody was hurt") == ["The dam held", "Nobody was hurt"]


def test_hard_wrapped_lines_are_joined() -> None:
    text = f"{LONG}\nthe office said.\n\nNobody was hurt."
    assert blocks(text) == [f"{LONG}\nthe office said.", "Nobody was hurt."]


def test_overlong_lines_are_not_wrapped() -> None:
    text = f"{LONG} {LONG} said.\nNobody was hurt."
    assert blocks(text) == [f"{LONG} {LONG} said.", "Nobody was hurt."]


@pytest.mark.parametrize(("width", "count"), [(49, 2), (50, 1), (120, 1), (121, 2)])
def test_wrapped_lines_have_usual_width(width: int, count: int) -> None:
    assert len(blocks(f"{'x' * width}\nthe office said.")) == count


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_may_be_windows(end: str) -> None:
    text = end.join([LONG, "the office said.", "", "Nobody was hurt."])
    assert blocks(text) == [f"{LONG}{end}the office said.", "Nobody was hurt."]


@pytest.mark.parametrize("end", ["\r", "\u2028", "\u2029"])
def test_other_line_ends_part_too(end: str) -> None:
    assert blocks(f"{LONG}{end}the office said.") == [LONG, "the office said."]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("# The dam", "The dam"),
        ("###### The dam", "The dam"),
        ("- The dam", "The dam"),
        ("  * The dam", "The dam"),
        ("• The dam", "The dam"),
        ("12. The dam", "The dam"),
        ("3) The dam", "The dam"),
        ("> The dam", "The dam"),
        ("• 12. The dam", "The dam"),
        ("⁃3. The dam", "The dam"),
    ],
)
def test_marker_stays_outside_the_block(line: str, words: str) -> None:
    assert blocks(line) == [words]


@pytest.mark.parametrize("line", ["#dam", "-5 degrees", "1990. That year", "3.5 million", "*The* dam"])
def test_look_alikes_are_no_marker(line: str) -> None:
    assert blocks(line) == [line]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("# Dam", "headline"),
        ("## Dam", "heading"),
        ("- Dam", "item"),
        ("3. Dam", "item"),
        ("> Dam", "quote"),
        ("Dam", "paragraph"),
    ],
)
def test_marks_tell_the_kind(line: str, kind: str) -> None:
    assert [found for _, found in split_blocks(line)] == [kind]


def test_long_list_items_stay_apart() -> None:
    assert blocks(f"- {LONG}\n- {LONG}\n- and it fell.") == [LONG, LONG, "and it fell."]


def test_long_numbered_items_stay_apart() -> None:
    assert blocks(f"1. {LONG}\n2. {LONG}\n3. and it fell.") == [LONG, LONG, "and it fell."]


def test_numbered_bullets_stay_apart() -> None:
    assert blocks(f"⁃1. {LONG}\n⁃2. {LONG}\n⁃3. and it fell.") == [LONG, LONG, "and it fell."]


def test_wrapped_list_item_is_joined() -> None:
    assert blocks(f"- {LONG}\n  and fell.\n- Nobody was hurt.") == [f"{LONG}\n  and fell.", "Nobody was hurt."]


def test_wrapped_date_starts_no_item() -> None:
    text = f"{LONG[:55]}\n12. September, as it had before."
    assert blocks(text) == [text]


def test_long_heading_needs_no_blank_line() -> None:
    assert blocks(f"## {LONG}\nNobody was hurt.") == [LONG, "Nobody was hurt."]


def test_unfinished_line_goes_on_in_small_letters() -> None:
    text = "The council voted on Monday to\nclose the old bridge after\nengineers found cracks."
    assert blocks(text) == [text]


def test_finished_line_does_not_go_on() -> None:
    assert blocks("The council voted on Monday.\nclose the bridge") == [
        "The council voted on Monday.",
        "close the bridge",
    ]


@pytest.mark.parametrize("following", ["by Ada Smith", "https://example.org/a", "b. the second", "the second of them"])
def test_line_of_its_own_does_not_go_on(following: str) -> None:
    assert blocks(f"the first of them\n{following}") == ["the first of them", following]


@pytest.mark.parametrize("language", ["de", "cs"])
def test_number_alone_is_an_ordinal(language: str) -> None:
    assert blocks("1. FC Köln hat gewonnen", language) == ["1. FC Köln hat gewonnen"]
    assert blocks("1. FC Köln hat gewonnen", "en") == ["FC Köln hat gewonnen"]


def test_numbers_in_a_row_are_a_list() -> None:
    assert blocks("1. Köln\n\n2. Mainz", "de") == ["Köln", "Mainz"]
    assert blocks("1. Die Wahl", "de") == ["Die Wahl"]


@pytest.mark.parametrize(
    "text", ["1. Milk 2. Eggs 3. Bread", "1) Milk 2) Eggs 3) Bread", "• 1. Milk • 2. Eggs • 3. Bread"]
)
def test_list_in_one_line_is_parted(text: str) -> None:
    assert blocks(text) == ["Milk", "Eggs", "Bread"]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "1. They lost by 3 to 2. Nobody cared"), ("de", "1. FC Köln stieg in die 2. Bundesliga ab")],
)
def test_number_in_sentence_starts_no_item(language: str, text: str) -> None:
    assert len(blocks(text, language)) == 1


@pytest.mark.parametrize("piece", ["1. a\n", "a b c d\ne f g h\n", "1. A x 2.  ", "a ", "7. B 8. C "])
def test_hostile_lines_are_read_once(piece: str) -> None:
    began = process_time()
    blocks("1. " + piece * (100_000 // len(piece)), "de")

    assert process_time() - began < 5
