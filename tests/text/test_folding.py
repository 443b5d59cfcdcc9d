import unicodedata

import pytest

from factcheck.domain.sentence import Span
from factcheck.text.folding import fold, fold_spelling, fold_with_offsets, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Golden AGE", "golden age"),
        ("‘golden’ ‚golden‛ `golden´ goldenʼ", "'golden' 'golden' 'golden' golden'"),
        ("“golden” „golden‟ «golden»", '"golden" "golden" "golden"'),
        ("one—two–three‑four−five", "one-two-three-four-five"),
        ("  two\u00a0 \n\tblanks  ", "two blanks"),
        ("ﬁve ﬂoods", "five floods"),
        ("Straße", "strasse"),
        ("co\u00adoperate\u200b", "cooperate"),
        ("and so on…", "and so on..."),
        ("１９３１", "1931"),
    ],
)
def test_typography_is_folded_away(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_both_accent_forms_fold_alike() -> None:
    assert fold("café") == fold(unicodedata.normalize("NFD", "café"))


def test_different_letters_stay_different() -> None:
    assert len({fold(word) for word in ("cafe", "café", "cafè")}) == 3


def test_folding_twice_changes_nothing() -> None:
    once = fold("“U.S.—Japan’s” ½ Straße…")
    assert fold(once) == once


def test_folded_match_leads_back_home() -> None:
    text = "Er ging  die Straße entlang."
    folded = fold_with_offsets(text)
    at = folded.text.index("strasse")
    assert folded.source_span(at, at + 7) == Span(13, 19)
    assert text[13:19] == "Straße"


def test_each_folded_character_has_an_origin() -> None:
    text = "ﬁve\u00ad  “½”…"
    folded = fold_with_offsets(text)
    assert len(folded.text) == len(folded.origins)
    assert list(folded.origins) == sorted(folded.origins)


def test_blanks_can_be_left_out() -> None:
    folded = fold_with_offsets("U. S.\u00a0", blanks=False)
    assert (folded.text, list(folded.origins)) == ("u.s.", [0, 1, 3, 4])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan’s dams, all 3.", ["japan", "dams", "all", "3"]),
        ("US$ 20,000.50 in the U.S.", ["us", "20,000.50", "in", "the", "u.s"]),
        ("rare-earth snake_case", ["rare", "earth", "snake", "case"]),
        ("don’t", ["don't"]),
        ("Müller", ["mu\u0308ller"]),
        ("“—”", []),
    ],
)
def test_words_are_folded_and_whole(text: str, expected: list[str]) -> None:
    assert list(words(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("访问北京。3万人", ["访问", "问北", "北京", "3", "万人"]),
        ("「はい」と", ["はい", "と"]),
        ("がく", ["か\u3099く"]),
        ("US访问", ["us", "访问"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("كِتاب ٣٤", ["كتاب", "34"]),
        ("ไป", ["ไป"]),
    ],
)
def test_words_of_other_scripts(text: str, expected: list[str]) -> None:
    assert list(words(text)) == [unicodedata.normalize("NFKD", word) for word in expected]


@pytest.mark.parametrize("text", ["１２", "١٢", "१२"])
def test_digits_of_all_scripts_are_alike(text: str) -> None:
    assert fold(text) == "12"


def test_both_ways_of_folding_agree() -> None:
    text = "A\u00a8  b \u200b c\u00ad½\t １２ ﬁve\u3000。 \u200b"
    assert fold_with_offsets(text).text.strip() == fold_spelling(text)
    assert fold_with_offsets(text, blanks=False).text == fold_spelling(text).replace(" ", "")
