from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from factcheck.domain.article import Article, Block, BlockKind
from factcheck.domain.sentence import SentenceState, Span
from factcheck.text.sentences import sentences_of, split_sentences

CASSETTES = Path(__file__).parents[2] / "cassettes"
TEXTS = [CASSETTES / "demo" / "trump_takaichi.txt", *sorted((CASSETTES / "articles").glob("*.txt"))]
DEMO = TEXTS[0].read_text(encoding="utf-8")


def cuts(text: str, language: str | None = None) -> list[str]:
    return [sentence.span.cut(text) for sentence in split_sentences(text, language)]


def kinds(text: str) -> list[str | None]:
    return [sentence.entry.kind for sentence in split_sentences(text)]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_spans_are_stripped_ordered_disjoint(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    spans = [sentence.span for sentence in split_sentences(text)]
    assert spans
    assert all(span.cut(text) == span.cut(text).strip() != "" for span in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_word_is_left_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    covered = {offset for one in split_sentences(text) for offset in range(one.span.start, one.span.end)}
    assert [offset for offset, char in enumerate(text) if char.isalnum() and offset not in covered] == []


def test_positions_are_counted_from_one() -> None:
    assert [sentence.position for sentence in split_sentences("It held. It fell.\n\nIt rose.")] == [1, 2, 3]


def test_offsets_are_in_code_points() -> None:
    text = "😀 It held.  😀😀 It fell."
    assert [(one.span.start, one.span.end) for one in split_sentences(text)] == [(0, 10), (12, 23)]


def test_abbreviations_end_no_sentence() -> None:
    text = "Dr. Ada spoke for the U.S. Army at 5 p.m. on Monday. Mr. Bob paid $3.5 million."
    assert cuts(text) == ["Dr. Ada spoke for the U.S. Army at 5 p.m. on Monday.", "Mr. Bob paid $3.5 million."]


def test_wrapped_sentence_keeps_its_break() -> None:
    text = "The river rose by two metres on Monday and again on Tuesday,\nthe office said. Nobody was hurt."
    assert cuts(text) == [text[:77], "Nobody was hurt."]


def test_windows_line_ends_stay_outside() -> None:
    assert cuts("It held.\r\n\r\nIt fell.\r\n") == ["It held.", "It fell."]


def test_list_items_are_sentences() -> None:
    assert cuts("- The dam held\n- Nobody was hurt") == ["The dam held", "Nobody was hurt"]


@pytest.mark.parametrize("text", ["", " \n ", "---\n\n***\n\n“…”"])
def test_no_words_make_no_sentence(text: str) -> None:
    assert split_sentences(text) == ()


def test_chinese_sentences_need_no_blanks() -> None:
    text = "特朗普与高市早苗签署了协议。失业率降至3%！他说：“这是黄金时代。”真的吗？"
    assert cuts(text, "zh") == ["特朗普与高市早苗签署了协议。", "失业率降至3%！", "他说：“这是黄金时代。”", "真的吗？"]


def test_japanese_tag_may_name_a_region() -> None:
    text = "日本は輸出に依存している。「黄金時代だ」と彼は述べた。次は？"
    assert cuts(text, "ja-JP") == ["日本は輸出に依存している。", "「黄金時代だ」と彼は述べた。", "次は？"]


def test_german_dates_end_no_sentence() -> None:
    text = "Am 3. Oktober 1990 trat die DDR bei. Dr. Müller sagte z. B. nichts. „Es ist vorbei.“"
    expected = ["Am 3. Oktober 1990 trat die DDR bei.", "Dr. Müller sagte z. B. nichts.", "„Es ist vorbei.“"]
    assert cuts(text, "de") == expected


def test_unknown_language_is_still_split() -> None:
    assert cuts("It held. It fell.", "tlh") == ["It held.", "It fell."]


def test_demo_asks_only_the_article() -> None:
    settled = [(one.entry.kind, one.span.cut(DEMO)) for one in split_sentences(DEMO) if one.entry.kind]
    headline = "Trump and Takaichi sign trade and rare earths deals heralding ‘golden age’ of alliance"
    assert settled == [
        ("furniture", f"Home / NEWS / {headline}"),
        ("repeat", headline),
        ("heading", "Main Keyword: U.S.-Japan Trade Relations"),
        ("heading", "The Significance of Rare Earths"),
        ("heading", "Economic Diplomacy: A Balancing Act"),
        ("heading", "Geopolitical Context"),
        ("heading", "Future Outlook"),
        ("heading", "Conclusion"),
        ("furniture", "Source link"),
        ("furniture", "Leave a Reply"),
        ("furniture", "Your email address will not be published. Required fields are marked *"),
    ]


def test_repeated_headline_is_asked_once() -> None:
    headline = [one for one in split_sentences(DEMO) if one.span.cut(DEMO).startswith("Trump and Takaichi sign")]
    assert [one.entry.state for one in headline] == [SentenceState.PENDING, SentenceState.NOT_CHECKABLE]
    assert headline[1].entry.detail == f"same words as sentence {headline[0].position}"


def test_repeat_may_differ_in_typography() -> None:
    assert kinds('The “dam” held.\n\nThe "DAM"  held.\n\nThe dam fell.') == [None, "repeat", None]


@pytest.mark.parametrize("title", ["Dam", "Future Outlook", "The Significance of Rare Earths", "A Look at the Dams"])
def test_topic_heading_is_not_asked(title: str) -> None:
    assert kinds(f"## {title}\n\nIt held.") == ["heading", None]


@pytest.mark.parametrize(
    "title",
    ["Unemployment fell to 3 percent", "Mayor says that the dam held", "Dam Costs City 30 Million Euros"],
)
def test_statement_heading_is_asked_about(title: str) -> None:
    sentence = split_sentences(f"## {title}\n\nIt held.")[0]
    assert sentence.block is BlockKind.HEADING
    assert sentence.entry.state is SentenceState.PENDING


def test_statement_heading_needs_four_words() -> None:
    assert kinds("## Dam held again\n\n## Dam held again today") == ["heading", None]


def test_headline_is_asked_about() -> None:
    assert kinds("# Golden Age\n\nIt held.") == [None, None]


def test_lettered_items_in_one_line_are_told_apart() -> None:
    text = "Thanks for these: a) Leaving a life behind. b) Refusing to lie."

    assert [one.span.cut(text) for one in split_sentences(text)] == [
        "Thanks for these:",
        "a) Leaving a life behind.",
        "b) Refusing to lie.",
    ]


def test_words_left_out_end_no_sentence() -> None:
    text = "Man hörte, wie sie kämpfte […] Schließlich ließ er los."

    assert len(split_sentences(text, "de")) == 1


def of_blocks(*blocks: tuple[BlockKind, str]) -> list[tuple[str, str, str | None]]:
    """The kind of block, words and kind of each sentence of an article of these blocks."""
    text, places = "", []
    for kind, words in blocks:
        places.append(Block(Span(len(text), len(text) + len(words)), kind))
        text += f"{words}\n\n"
    article = Article(text, datetime(2026, 3, 1, tzinfo=UTC), blocks=tuple(places))
    return [(one.block, one.span.cut(text), one.entry.kind) for one in sentences_of(article)]


def test_sentence_knows_its_block() -> None:
    told = of_blocks((BlockKind.CAPTION, "The dam in May. It held."), (BlockKind.PARAGRAPH, "- It rose."))
    assert told == [("caption", "The dam in May.", None), ("caption", "It held.", None), ("item", "It rose.", None)]


def test_heading_without_marks_may_name_topic() -> None:
    assert of_blocks((BlockKind.HEADING, "The Dam"), (BlockKind.PARAGRAPH, "The Dike"))[0][2] == "heading"


def test_first_line_with_the_title_is_headline() -> None:
    article = Article("Dam holds\n\nIt held.\n\nDam holds", datetime(2026, 3, 1, tzinfo=UTC), title="Dam holds")
    assert [one.block for one in sentences_of(article)] == ["headline", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    "credit",
    [
        "Photo: Ana Lopez/Agency",
        "(Image credit: Best Buy)",
        "Fot. Europol Gaz",
        "Photo by ipopba /Getty Images/iStockphoto",
        "Foto: Nick Fedirko/Shutterstock",
        "Image via Getty Images",
        "© APA/APA (dpa)/Jens Büttner",
        "picture alliance/dpa",
        "(FILE)",
        "Courtesy of the museum",
    ],
)
def test_credit_of_picture_is_not_asked_about(credit: str) -> None:
    assert of_blocks((BlockKind.CAPTION, credit))[0][2] in {"credit", "furniture"}


@pytest.mark.parametrize(
    "caption",
    [
        "The dam in 2019. Photo: Ana Lopez/Agency",
        "Photos of the dam were shown to 40 visitors",
        "Reuters moved its office to Leeds",
        "File sharing was banned in 2019.",
        "Nato was founded in Washington DC in 1949",
    ],
)
def test_caption_with_a_statement_is_asked_about(caption: str) -> None:
    assert of_blocks((BlockKind.CAPTION, caption))[0][2] is None


def test_credit_outside_caption_is_asked_about() -> None:
    assert of_blocks((BlockKind.PARAGRAPH, "Photo: Ana Lopez/Agency"))[0][2] is None


@pytest.mark.parametrize("word", ["Advertisement", "Anzeige", "Werbung", "Publicidad", "Publicité", "Reklama"])
def test_advertisement_is_furniture_in_many_languages(word: str) -> None:
    assert kinds(f"The dam held.\n\n{word}\n\nIt rose.") == [None, "furniture", None]
