"""Which sentences of a page speak of a claim."""

from factcheck.text.bearing import bearing_on

CLAIM = "At least 107 people died when a crane fell in Mecca."
PAGE = """Menu

The weather was bad on that day. A crane fell on the mosque in Mecca. Many were hurt.

Civil defence counted 107 dead. Bread costs more. A crane is a bird, too."""


def picked(claim: str, page: str = PAGE, most: int = 3) -> list[str]:
    return [one.span.cut(page) for one in bearing_on(claim, page, "en", most)]


def test_sentences_that_speak_of_it_come_first() -> None:
    assert picked(CLAIM, most=2) == ["A crane fell on the mosque in Mecca.", "Civil defence counted 107 dead."]


def test_sentences_beside_it_are_told() -> None:
    [one] = bearing_on(CLAIM, PAGE, "en", 1)

    assert one.before is not None
    assert one.after is not None
    assert (one.before.cut(PAGE), one.after.cut(PAGE)) == ("The weather was bad on that day.", "Many were hurt.")


def test_number_is_found_in_other_spelling() -> None:
    assert picked("3,400 people came.", "Nobody spoke.\n\nIn all 3 400 arrived.\n\nIt rained.", 1) == [
        "In all 3 400 arrived."
    ]


def test_foreign_page_gives_nothing() -> None:
    assert picked(CLAIM, "Bread costs more. Milk does, too.") == []
    assert picked(CLAIM, "") == []
    assert picked("?!") == []


def test_wall_of_words_is_no_sentence() -> None:
    assert picked(CLAIM, "crane Mecca 107 " * 200) == []


def test_heading_that_is_a_name_says_nothing() -> None:
    page = "Sanae Takaichi\n\nShe was born in Nara. Takaichi was minister until 2024."

    assert picked("Sanae Takaichi is a minister.", page) == ["Takaichi was minister until 2024."]
