from time import process_time

import pytest

from factcheck.intake.pdf_pages import reflowed

LINE = "Rain fell on the old town for three days and nights"


def test_full_lines_are_one_paragraph() -> None:
    assert reflowed([f"{LINE}\n{LINE}\nuntil it ended."]) == f"{LINE} {LINE} until it ended."


def test_short_line_ends_its_paragraph() -> None:
    assert reflowed([f"{LINE}\nand it ended.\n{LINE}"]) == f"{LINE} and it ended.\n\n{LINE}"


def test_blank_line_parts_paragraphs() -> None:
    assert reflowed([f"{LINE}\n\n{LINE}"]) == f"{LINE}\n\n{LINE}"


@pytest.mark.parametrize("item", ["- a boat", "• a boat", "2. a boat", "12) a boat"])
def test_item_begins_its_own_paragraph(item: str) -> None:
    assert reflowed([f"{LINE}\n{item}"]) == f"{LINE}\n\n{item}"


@pytest.mark.parametrize("goes_on", ["12. The mayor left.", "– who is old – left it.", "— who is old — left it."])
def test_number_or_dash_within_a_sentence_begins_no_item(goes_on: str) -> None:
    assert reflowed([f"{LINE}\n{goes_on}"]) == f"{LINE} {goes_on}"


@pytest.mark.parametrize("items", [["– A boat", "– A bridge"], ["1. A boat", "2. A bridge", "3. A house"]])
def test_items_after_full_lines_stay_items(items: list[str]) -> None:
    long = [f"{item}, and {LINE}" for item in items]
    assert reflowed(["\n".join([f"{LINE}:", *long])]).split("\n\n") == [f"{LINE}:", *long]


def test_sentence_goes_on_over_pages() -> None:
    assert reflowed([f"1\n{LINE}", f"{LINE}\n- 2 -", f"{LINE}\nPage 3 of 3"]) == f"{LINE} {LINE} {LINE}"


def test_number_of_no_page_stays() -> None:
    assert reflowed([f"{LINE}\n1931"]) == f"{LINE} 1931"


@pytest.mark.parametrize("end", ["1%.", "1 %", "$1", "1 €", "-1", "1.", "1/2.", "1/2", "1 of 3"])
def test_number_of_a_sentence_is_no_page_number(end: str) -> None:
    assert reflowed([f"{LINE}, with a lead of\n{end}"]).endswith(f"a lead of {end}")


@pytest.mark.parametrize("number", ["1", "- 1 -", "[1]", "Page 1", "page 1 of 9", "1/2", "1 of 2"])
def test_number_of_its_page_goes(number: str) -> None:
    assert reflowed([f"{LINE}\n{number}", LINE]) == f"{LINE} {LINE}"


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u00ad"])
def test_divided_word_is_joined(hyphen: str) -> None:
    assert reflowed([f"{LINE} and the fire bri{hyphen}\ngade came"]).endswith("the fire brigade came")


@pytest.mark.parametrize("elsewhere", ["a long-term plan", "one term, the next term"], ids=["hyphenated", "two words"])
def test_hyphen_of_the_word_stays(elsewhere: str) -> None:
    assert "the long-term view" in reflowed([f"{LINE}, {elsewhere}, and then the long-\nterm view of it"])


def test_word_known_whole_is_joined() -> None:
    text = reflowed([f"{LINE}, the gade of a firebrigade, a gade, and the firebri-\ngade came"])

    assert text.endswith("the firebrigade came")


@pytest.mark.parametrize("broken", ["Anglo-\nSaxon", "1990-\n1995", "pre-\n1990"])
def test_names_and_numbers_keep_their_hyphen(broken: str) -> None:
    assert reflowed([f"{LINE} in {broken} times"]).endswith(broken.replace("\n", "") + " times")


@pytest.mark.parametrize("pages", [[], [""], ["\n", " "]])
def test_nothing_stays_nothing(pages: list[str]) -> None:
    assert reflowed(pages) == ""


def test_long_word_is_read_once() -> None:
    began = process_time()

    assert reflowed(["x" * 50_000 + " he-\nld"]) == "x" * 50_000 + " held"
    assert process_time() - began < 2


def test_running_heads_go() -> None:
    page = "The Daily Stand-in, page {0}\n{1},\n{1},\nwww.example.org {0}"
    assert reflowed([page.format(number, LINE) for number in (1, 2)]) == ", ".join([LINE] * 4) + ","


@pytest.mark.parametrize(
    "lines",
    [
        ("Killed in the region: 45 people", "Killed in the region: 152 people"),
        ("The fire brigade counted 45 dead.", "The fire brigade counted 46 dead."),
        ("Deaths in 2019", "Deaths in 2020"),
        ("45", "152"),
    ],
    ids=["total", "sentence", "year", "number"],
)
def test_lines_that_differ_in_their_numbers_are_no_heads(lines: tuple[str, str]) -> None:
    for form in ("{line}\n{text}\n{text}", "{text}\n{text}\n{line}"):
        read = reflowed([form.format(line=line, text=LINE) for line in lines])
        assert all(line in read for line in lines)


@pytest.mark.parametrize("head", ["{} The Daily", "12/03/2024 The Daily {}/9", "Page {} of 9", "{}"])
def test_head_whose_number_rises_with_the_pages_goes(head: str) -> None:
    pages = [f"{head.format(number + 30)}\n{LINE}\n{LINE}" for number in range(3)]
    assert reflowed(pages) == " ".join([LINE] * 6)


def test_bullet_on_its_own_line_goes() -> None:
    assert reflowed([f"{LINE}\n•\nA boat sank.\n■\nA bridge fell."]).endswith("\n\nA boat sank.\n\nA bridge fell.")


def test_rows_of_a_table_stay_apart() -> None:
    assert reflowed([f"Year | Cars\n2019 | 14,000\n{LINE}"]) == f"Year | Cars\n\n2019 | 14,000\n\n{LINE}"


@pytest.mark.parametrize(
    "whole",
    ["well-known", "long-term", "half-empty", "re-elected", "anti-vaccine", "two-thirds", "far-right", "vice-mayor",
     "e-mail", "post-war", "ex-husband", "six-year", "one-third"],
)  # fmt: skip
def test_first_part_of_a_compound_keeps_its_hyphen(whole: str) -> None:
    assert f"the {whole} limit" in reflowed([f"{LINE} and the {whole.replace('-', f'-{chr(10)}')} limit of it"])


@pytest.mark.parametrize(
    "broken",
    [
        "well-ness",
        "long-ing",
        "far-mer",
        "anti-cipated",
        "post-poned",
        "six-teen",
        "ex-pected",
        "re-ality",
        "pre-sident",
    ],
)
def test_word_that_begins_like_a_compound_is_joined(broken: str) -> None:
    joined = broken.replace("-", "")
    assert f"the {joined} limit" in reflowed([f"{LINE} and the {broken.replace('-', f'-{chr(10)}')} limit of it"])


def test_compound_of_three_words_keeps_its_hyphens() -> None:
    assert "the sister-in-law sued" in reflowed([f"{LINE} and the sister-\nin-law sued for it"])


@pytest.mark.parametrize("left", ["Pre", "short"])
def test_word_whose_second_part_is_told_once_stays_apart(left: str) -> None:
    assert f"{left}- and post-war houses" in reflowed([f"{LINE} on {left}-\nand post-war houses"])


def test_hyphen_stays_where_words_are_divided_by_another_sign() -> None:
    read = reflowed([f"{LINE}, the fire bri\u2010\ngade and the snow-\nwhite boats of it"])
    assert "fire brigade and the snow-white boats" in read


def test_first_parts_of_other_languages_are_no_english_ones() -> None:
    german = "Der Rat der Stadt hat am Dienstag die Sperrung der Brücke mit dem Geld von der"
    assert "Postwagen" in reflowed([f"{german} Post-\nwagen und das ist nicht von der Stadt"])


@pytest.mark.parametrize(("first", "second"), [("xi", "xii"), ("– iv –", "– v –"), ("xxxix", "xl")])
@pytest.mark.parametrize("page", ["{line}\n{number}", "{number}\n{line}"])
def test_small_roman_numbers_of_pages_go(page: str, first: str, second: str) -> None:
    pages = [page.format(line=f"{LINE}\n{LINE}", number=number) for number in (first, second)]
    assert reflowed(pages) == " ".join([LINE] * 4)


@pytest.mark.parametrize("numbers", [("xi", "xi"), ("vi", "mm"), ("XI", "XII"), ("lid", "lie"), ("iiii", "v")])
def test_words_and_numbers_that_follow_on_no_other_page_stay(numbers: tuple[str, str]) -> None:
    assert all(number in reflowed([f"{LINE}\n{one}" for one in numbers]) for number in numbers)


NOTE = "3 The estimate of last autumn was lower."


@pytest.mark.parametrize(
    "notes", [[NOTE], ["* As the mayor said"], [NOTE, "4 City archive, 1931"], ["3Lower in 1931."]]
)
def test_note_below_a_sentence_that_goes_on_overleaf_stands_behind_it(notes: list[str]) -> None:
    foot = "\n\n".join(notes)
    pages = [f"{LINE}\n\n{foot}\n1", f"and {LINE}\nuntil it ended.\n{LINE}"]
    assert reflowed(pages).split("\n\n") == [f"{LINE} and {LINE} until it ended.", *notes, LINE]


@pytest.mark.parametrize(
    "pages",
    [
        # The note goes on overleaf, or it is what a sentence ends with.
        [f"{LINE}.\n\n3 Rain fell on the old town for three days, as", "the archive has it."],
        [f"{LINE}\n\n3.5 million saw it, more than ever before, and", "the mayor, too."],
        ["What was lost\n\n3 boats and all that the mayor had in it went down.", "the cars, too."],
        [f"{LINE}\n\nand all that the mayor had in it went down, with", "the cars."],
        [f"{LINE}:\n\n3 boats and all that the mayor had in it, with", "the cars."],
    ],
)
def test_what_is_no_note_in_a_sentence_is_read_in_its_place(pages: list[str]) -> None:
    first, *_, last = reflowed(pages).split("\n\n")
    assert last.endswith(pages[1])
    assert not first.endswith(pages[1])


def test_note_stands_behind_a_sentence_whose_last_line_is_short() -> None:
    pages = [f"{LINE}\nand it was\n\n{NOTE}", f"over on Monday.\n{LINE}"]
    assert reflowed(pages).split("\n\n") == [f"{LINE} and it was over on Monday.", NOTE, LINE]


def test_page_without_words_is_passed_over() -> None:
    assert reflowed([LINE, "", f"and {LINE}"]) == f"{LINE} and {LINE}"


def test_notes_of_many_pages_are_read_in_linear_time() -> None:
    begin = process_time()
    reflowed([f"{LINE}\n\n{NOTE}"] + [f"and {LINE}\n\n{NOTE}"] * 20_000)
    assert process_time() - begin < 10
