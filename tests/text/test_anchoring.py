import unicodedata
from typing import Literal

import pytest

from factcheck.domain.claim import Anchor, AnchorStatus
from factcheck.text.anchoring import Anchorer
from factcheck.text.sentences import split_sentences

TEXT = (
    "The U.S. and Japan’s newly appointed minister praised a “golden age” of alliance. "
    "She said the dam—built in 1931—had cost 20,000 crowns, and the mayor said the dam had held. "
    "A storm caused a crane to fall into the mosque, killing 107 or more and wounding 238. "
    "Nobody in the old town was hurt."
)
EVERYWHERE = (1, 2, 3, 4)

Form = Literal["NFC", "NFD"]


def anchor(quote: str, position: int | None, *, text: str = TEXT, window: tuple[int, ...] = EVERYWHERE) -> Anchor:
    return Anchorer(text, split_sentences(text)).anchor(quote, position, window)


def segments(found: Anchor, text: str = TEXT) -> list[str]:
    return [segment.cut(text) for segment in found.segments]


def test_exact_quote_is_found_exactly() -> None:
    found = anchor("killing 107 or more", 3)
    assert (found.status, segments(found), found.sentence_ids) == (AnchorStatus.EXACT, ["killing 107 or more"], (3,))


def test_whole_sentence_is_found_exactly() -> None:
    found = anchor("Nobody in the old town was hurt.", 4)
    assert (found.status, segments(found)) == (AnchorStatus.EXACT, ["Nobody in the old town was hurt."])


@pytest.mark.parametrize("quote", ["The dam held", "The dam", "dam held"])
def test_quote_may_touch_both_ends(quote: str) -> None:
    assert anchor(quote, 1, text="The dam held").status is AnchorStatus.EXACT


@pytest.mark.parametrize("quote", ['"killing 107 or more"', "‘killing 107 or more.’", " killing 107 or more, "])
def test_outer_punctuation_does_not_count(quote: str) -> None:
    found = anchor(quote, 3)
    assert (found.status, segments(found)) == (AnchorStatus.EXACT, ["killing 107 or more"])


@pytest.mark.parametrize(
    ("quote", "position", "words"),
    [
        ("Japan's newly appointed minister", 1, "Japan’s newly appointed minister"),
        ('praised a "golden age" of alliance', 1, "praised a “golden age” of alliance"),
        ("praised a «golden age» of", 1, "praised a “golden age” of"),
        ("the dam-built in 1931-had", 2, "the dam—built in 1931—had"),
        ("the dam – built in 1931 – had", 2, "the dam—built in 1931—had"),
        ("The U. S. and Japan’s", 1, "The U.S. and Japan’s"),
        ("KILLING 107 OR MORE", 3, "killing 107 or more"),
        ("killing  107\u00a0or\nmore", 3, "killing 107 or more"),
    ],
)
def test_typography_is_looked_through(quote: str, position: int, words: str) -> None:
    found = anchor(quote, position)
    assert (found.status, segments(found)) == (AnchorStatus.NORMALISED, [words])


def test_blank_in_article_may_be_missing() -> None:
    text = "The U. S. army built the dam."
    assert segments(anchor("The U.S. army", 1, text=text), text) == ["The U. S. army"]


@pytest.mark.parametrize(("article_form", "quote_form"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_accents_match_in_both_forms(article_form: Form, quote_form: Form) -> None:
    text = "Le président a fermé le café de la cité."
    text = unicodedata.normalize(article_form, text)
    found = anchor(unicodedata.normalize(quote_form, "président a fermé le café"), 1, text=text)
    assert found.status is AnchorStatus.NORMALISED
    assert unicodedata.normalize("NFC", segments(found, text)[0]) == "président a fermé le café"


@pytest.mark.parametrize("article_form", ["NFC", "NFD"])
def test_missing_accent_is_another_word(article_form: Form) -> None:
    text = unicodedata.normalize(article_form, "Ayer ella pasó.")
    assert anchor("ella paso", 1, text=text).status is AnchorStatus.SENTENCE


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Ещё вчера мэр Семёнов ушёл.", "Еще вчера мэр Семенов ушел"),
        ("Еще вчера мэр ушел домой.", "ещё вчера мэр ушёл"),
        ("Le cœur de l'œuvre bat.", "Le coeur de l'oeuvre"),
        ("Un coeur d'oeuvre bat.", "cœur d'œuvre bat"),
        ("The Encyclopædia was sold.", "The Encyclopaedia was"),
    ],
)
def test_other_spelling_of_one_word_matches(text: str, quote: str, form: Form) -> None:
    text = unicodedata.normalize(form, text)
    assert anchor(quote, 1, text=text).status is AnchorStatus.NORMALISED
    assert Anchorer(text, ()).standing(quote) is AnchorStatus.NORMALISED


def test_other_letter_is_no_other_spelling() -> None:
    assert anchor("Мои край стал", 1, text="Мой край стал зимой.").status is AnchorStatus.SENTENCE
    assert anchor("vres were cut", 1, text="Œuvres were cut.").status is AnchorStatus.SENTENCE


@pytest.mark.parametrize(
    ("text", "quote", "stands"),
    [
        ("Costs rose 7%² over the year.", "Costs rose 7% over", True),
        ("The council³ met in town.", "The council met in", True),
        ("The plot is 5 km² of land.", "The plot is 5 km of land", False),
        ("The sum is 10² of it.", "The sum is 10 of it", False),
    ],
)
def test_mark_of_a_note_is_passed_over(text: str, quote: str, *, stands: bool) -> None:
    assert (Anchorer(text, ()).standing(quote) is AnchorStatus.NORMALISED) is stands


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The therapist came.", "rapist"),
        ("The therapist came.", "the rapist came"),
        ("We are nowhere near it.", "now here near it"),
        ("The category changed.", "cat"),
        ("Adam held it.", "dam held it"),
        ("It cost 20,000 crowns.", "cost 20"),
        ("It cost 20,000 crowns.", "000 crowns"),
        ("It rose by 3.5 percent.", "It rose by 3"),
        ("It rose by 1931 metres.", "rose by 193"),
        ("It rose by 10½ metres.", "It rose by 10"),
        ("It rose by ½ metre.", "It rose by 1"),
        ("한국은 크다.", "하"),
    ],
)
def test_part_of_word_never_matches(text: str, quote: str) -> None:
    found = anchor(quote, 1, text=text)
    assert (found.status, found.segments, found.sentence_ids) == (AnchorStatus.SENTENCE, (), (1,))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("He was un-\nable to swim to the shore.", "able to swim to the shore"),
        ("The law is non-binding for the states.", "binding for the states"),
        ("The ex-mayor of Rome left the fair.", "mayor of Rome left the fair"),
        ("It cost 1 500 000 euros to build it.", "500 000 euros to build it"),
        ("It cost 1'500'000 euros to build it.", "500'000 euros to build it"),
        ("It cost –5 million euros to build it.", "5 million euros to build it"),
        ("The 1/2 dollar a day was paid.", "2 dollar a day was paid"),
        ("They won 3:12 in Rome on Friday.", "12 in Rome on Friday"),
        ("In 2010–2015 the firm made a loss.", "2015 the firm made a loss"),
        ("The rate was 10² units in all.", "The rate was 102 units in all."),
        (
            "Mr Lee said the mayor was a thief. He later withdrew the remark. The mayor lost the vote.",
            "the mayor was a thief. … The mayor lost the vote",
        ),
    ],
)
def test_half_of_a_compound_or_number_or_what_was_taken_back_never_matches(text: str, quote: str) -> None:
    assert Anchorer(text, split_sentences(text)).standing(quote) is AnchorStatus.NONE


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("On May 12 500 people marched in Rome.", "500 people marched in Rome"),
        ("It cost 1 500 000 euros to build it.", "It cost 1 500 000 euros"),
        ("The bridge was safe.¹ The engineer told us so.", "The bridge was safe. The engineer told us so."),
        ("The bridge was safe† and the engineer told us.", "The bridge was safe and the engineer told us."),
        ("The long-\nterm plan was dropped by the city.", "The long-term plan was dropped by the city"),
    ],
)
def test_whole_numbers_and_compounds_and_marks_of_notes_still_match(text: str, quote: str) -> None:
    assert Anchorer(text, split_sentences(text)).standing(quote) is not AnchorStatus.NONE


def test_chinese_words_match_without_blanks() -> None:
    text = "特朗普与高市早苗签署了稀土协议。失业率降至3%。"
    found = anchor("高市早苗签署了稀土协议", 1, text=text)
    assert (found.status, segments(found, text)) == (AnchorStatus.EXACT, ["高市早苗签署了稀土协议"])


def test_long_chinese_quote_is_found_elsewhere() -> None:
    text = "特朗普与高市早苗签署了稀土协议。失业率降至3%。"
    found = anchor("特朗普与高市早苗签署了稀土", 2, text=text)
    assert (segments(found, text), found.sentence_ids) == (["特朗普与高市早苗签署了稀土"], (1,))


@pytest.mark.parametrize("dots", ["...", "…", " … ", " [...] ", " [. . .] "])
def test_ellipsis_makes_several_segments(dots: str) -> None:
    found = anchor(f"A storm caused a crane to fall{dots}killing 107 or more", 3)
    assert found.status is AnchorStatus.NORMALISED
    assert segments(found) == ["A storm caused a crane to fall", "killing 107 or more"]


def test_left_out_words_make_segments() -> None:
    found = anchor("A storm caused a crane to fall, wounding 238", 3)
    assert (found.status, found.sentence_ids) == (AnchorStatus.NORMALISED, (3,))
    assert segments(found) == ["A storm caused a crane to fall", "wounding 238"]


def test_pieces_out_of_order_never_fit() -> None:
    assert anchor("killing 107 or more ... A storm caused a crane", 3).status is AnchorStatus.SENTENCE


def test_pieces_that_fit_twice_are_refused() -> None:
    # `the dam` before `had held` stands in the sentence twice.
    assert anchor("the dam ... had held", 2).status is AnchorStatus.SENTENCE


@pytest.mark.parametrize(
    ("quote", "is_found"), [("a storm caused ... mosque", True), ("a storm ... the mosque", False)]
)
def test_some_piece_needs_three_words(quote: str, is_found: bool) -> None:  # noqa: FBT001 - a table's column
    assert bool(anchor(quote, 3).segments) is is_found


@pytest.mark.parametrize(
    ("quote", "count"),
    [
        ("ash beech cedar ... elm fir ... hazel ivy ... kauri larch", 4),
        ("ash beech cedar ... elm fir ... hazel ivy ... kauri larch ... nettle oak pine", 0),
        ("ash beech cedar ... elm ... gum hazel", 0),
        ("ash beech cedar ... elm ... gum hazel ivy", 3),
    ],
)
def test_many_pieces_are_no_quote(quote: str, count: int) -> None:
    text = "Ash beech cedar date elm fir gum hazel ivy jute kauri larch maple nettle oak pine."
    assert len(anchor(quote, 1, text=text).segments) == count


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The mayor did not take money from the firm.", "The mayor did take money from the firm"),
        ("The mayor denied taking money from the firm.", "The mayor ... taking money from the firm"),
        ("The mayor allegedly took money from the firm.", "The mayor took money from the firm"),
        ("The mayor was accused of taking money from the firm.", "The mayor was taking money from the firm"),
        ("The mayor took, if the firm is right, money every week.", "The mayor took money every week"),
        ("He sold some of the paintings of the town hall.", "He sold the paintings of the town hall"),
        ("He paid three million dollars for the town hall.", "He paid dollars for the town hall"),
        ("The council refused to sell the old town hall.", "The council sell the old town hall"),
        ("Die Stadt hat das Rathaus nicht an die Firma verkauft.", "Die Stadt hat das Rathaus an die Firma verkauft"),
    ],
)
def test_quote_turned_round_is_not_found(sentence: str, quote: str) -> None:
    assert anchor(quote, 1, text=sentence).status is AnchorStatus.SENTENCE


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The mayor quietly took money from the firm.", "The mayor took money from the firm"),
        ("The mayor, who did not run again, took money from the firm.", "The mayor took money from the firm"),
        ("It is not known that the mayor took money from the firm.", "the mayor took money from the firm"),
        ("In May the mayor, in three years, took money from the firm.", "the mayor took money from the firm"),
    ],
)
def test_harmless_words_may_be_left_out(sentence: str, quote: str) -> None:
    assert anchor(quote, 1, text=sentence).segments


@pytest.mark.parametrize(
    ("text", "quote", "status"),
    [
        ("The mayor is not allowed to sell it.", "the mayor is … allowed to sell", AnchorStatus.NONE),
        ("The mayor is, by law, allowed to sell it.", "the mayor is … allowed to sell", AnchorStatus.NORMALISED),
        (
            "It rained on Monday. He did not see the mayor sell it.",
            "It rained on … see the mayor sell",
            AnchorStatus.NONE,
        ),
        (
            "It rained on Monday, not Tuesday. Nobody came. He saw the mayor sell it.",
            "It rained on … saw the mayor sell",
            AnchorStatus.NORMALISED,
        ),
        (
            "It rained in the town. Prices fell by 7%. The mayor sold the land.",
            "It rained in the town … The mayor sold",
            AnchorStatus.NORMALISED,
        ),
        (
            "It rained in the town. Few were early. The mayor sold the land.",
            "It rained in the town … The mayor sold",
            AnchorStatus.NORMALISED,
        ),
        (
            "It rained in the town. That is not true. The mayor sold the land.",
            "It rained in the town … The mayor sold",
            AnchorStatus.NONE,
        ),
    ],
)
def test_elision_may_not_turn_a_quote(text: str, quote: str, status: AnchorStatus) -> None:
    assert Anchorer(text, ()).standing(quote) is status


def test_scattered_words_are_no_quote() -> None:
    assert anchor("storm crane fall mosque killing", 3).status is AnchorStatus.SENTENCE


def test_list_item_may_stand_alone() -> None:
    text = "Rare earths are crucial in a wide range of products, including smartphones, cars and ships."
    found = anchor("Rare earths are crucial in cars and smartphones", 1, text=text)
    assert found.status is AnchorStatus.SENTENCE
    found = anchor("Rare earths are crucial in smartphones and ships", 1, text=text)
    assert segments(found, text) == ["Rare earths are crucial in", "smartphones", "and ships"]


def test_subject_may_stand_alone() -> None:
    found = anchor("Nobody was hurt", 4)
    assert found.status is AnchorStatus.SENTENCE
    found = anchor("Nobody the old town was hurt", 4)
    assert segments(found) == ["Nobody", "the old town was hurt"]


def test_scraps_of_two_words_are_refused() -> None:
    assert anchor("A storm ... crane to ... or more", 3).status is AnchorStatus.SENTENCE


@pytest.mark.parametrize("quote", ["the dam", "THE DAM", "said the dam"])
def test_repeated_quote_is_not_anchored(quote: str) -> None:
    found = anchor(quote, 2)
    assert (found.status, found.segments, found.sentence_ids) == (AnchorStatus.SENTENCE, (), (2,))


def test_named_sentence_settles_a_repeat() -> None:
    text = "The old dam held well. Later the old dam held again."
    found = anchor("old dam held", 2, text=text)
    assert [segment.start for segment in found.segments] == [text.rindex("old dam held")]


def test_unique_quote_corrects_the_sentence() -> None:
    found = anchor("a crane to fall", 4)
    assert (found.status, segments(found), found.sentence_ids) == (AnchorStatus.EXACT, ["a crane to fall"], (3,))


def test_whole_quote_elsewhere_beats_pieces() -> None:
    text = "The access of many people to the site in Turkey was cut. They said access to the site in Turkey was back."
    found = anchor("access to the site in Turkey", 1, text=text)
    assert (segments(found, text), found.sentence_ids) == (["access to the site in Turkey"], (2,))


def test_quote_outside_window_is_refused() -> None:
    found = anchor("a crane to fall", 4, window=(1, 2))
    assert (found.status, found.sentence_ids) == (AnchorStatus.SENTENCE, (4,))


def test_short_quote_stays_with_its_sentence() -> None:
    assert anchor("wounding 238", 1).status is AnchorStatus.SENTENCE


def test_three_words_are_enough_elsewhere() -> None:
    assert anchor("killing 107 or", 1).sentence_ids == (3,)
    assert anchor("killing 107", 1).status is AnchorStatus.SENTENCE


@pytest.mark.parametrize(("quote", "sentence"), [("高市早苗签署了稀土协议吗", 2), ("市早苗签署了稀土协议吗", 1)])
def test_twelve_characters_are_enough_elsewhere(quote: str, sentence: int) -> None:
    text = "失业率降至3%。特朗普与高市早苗签署了稀土协议吗？"
    assert anchor(quote, 1, text=text).sentence_ids == (sentence,)


def test_repeat_elsewhere_is_not_guessed() -> None:
    text = "The old dam held. Later the old dam held. It rained."
    found = anchor("old dam held", 3, text=text)
    assert (found.status, found.sentence_ids) == (AnchorStatus.SENTENCE, (3,))


def test_quote_may_span_two_sentences() -> None:
    found = anchor("and wounding 238. Nobody in the old town", 3)
    assert segments(found) == ["and wounding 238. Nobody in the old town"]
    assert found.sentence_ids == (3, 4)


def test_unknown_position_is_still_searched() -> None:
    found = anchor("a crane to fall", 99)
    assert (segments(found), found.sentence_ids) == (["a crane to fall"], (3,))


@pytest.mark.parametrize("position", [None, 0, -1, 99])
def test_invented_quote_has_no_place(position: int | None) -> None:
    assert anchor("the minister resigned in tears", position) == Anchor(AnchorStatus.NONE)


@pytest.mark.parametrize("quote", ["", " ", "“”", "...", "…", "—"])
def test_quote_without_words_is_refused(quote: str) -> None:
    assert anchor(quote, 4) == Anchor(AnchorStatus.SENTENCE, (), (4,))


def test_window_may_name_unknown_sentences() -> None:
    assert anchor("a crane to fall", None, window=(77, 3)).sentence_ids == (3,)


def test_empty_window_finds_nothing() -> None:
    assert anchor("a crane to fall", None, window=()) == Anchor(AnchorStatus.NONE)


def test_lone_repeated_word_anchors_nothing() -> None:
    text = "Lanterns were lit on Saturday as hundreds of thousands of people came."
    sentences = split_sentences(text)

    anchor = Anchorer(text, sentences).anchor("lit on Saturday as hundreds thousands of of", 1, [1])

    assert anchor.status is AnchorStatus.SENTENCE


PAGE = "“Rain fell on the old town,” she said. It ended on Monday. Rain fell on the old town.\n\nSnow lay on the hills."


@pytest.mark.parametrize(
    ("quote", "status"),
    [
        ("It ended on Monday", AnchorStatus.EXACT),
        ("Rain fell on the old town", AnchorStatus.EXACT),
        ('"rain fell on the OLD town," she said', AnchorStatus.NORMALISED),
        ("on the old town. Snow lay", AnchorStatus.NORMALISED),
        ("It ended on Monday … Snow lay on the hills", AnchorStatus.NORMALISED),
        ("Rain fell on [...] lay on the hills.", AnchorStatus.NORMALISED),
        ("Snow lay on the hills ... It ended on Monday", AnchorStatus.NONE),
        ("It ended … on Monday", AnchorStatus.NONE),
        ("It ended on Tuesday", AnchorStatus.NONE),
        ("Rain never fell on the old town", AnchorStatus.NONE),
        ("It ended on Mon", AnchorStatus.NONE),
        ("…", AnchorStatus.NONE),
        ("", AnchorStatus.NONE),
    ],
)
def test_words_of_a_page_stand(quote: str, status: AnchorStatus) -> None:
    assert Anchorer(PAGE, ()).standing(quote) is status


@pytest.mark.parametrize("end", ["the hills", "the hills … the old town"])
def test_last_words_of_page_end_quote(end: str) -> None:
    status = AnchorStatus.NORMALISED if end == "the hills" else AnchorStatus.NONE

    assert Anchorer(PAGE.rstrip("."), ()).standing(f"It ended on Monday … Snow lay on {end}") is status


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The rate [sic] was 5% in 2020.", "The rate was 5% in 2020"),
        ("He said nothing happened in the old town that day.", "[H]e said nothing happened in the old town"),
        ("The rate was 5% [12] in May.", "The rate was 5% in May"),
        ("The rate was 5%[12] in May.", "The rate was 5% in May"),
        ("Işık İstanbul'da 5 kişiyi öldürdü.", "ışık istanbul'da 5 kişiyi öldürdü"),
        ("قال الوزير إنّ الأسعارَ ارتفعت ٥٪.", "قال الوزير إن الأسعار ارتفعت 5%"),
    ],
)
def test_editors_brackets_and_vowel_signs_do_not_matter(sentence: str, quote: str) -> None:
    found = anchor(quote, 1, text=sentence)

    assert found.status is AnchorStatus.NORMALISED
    assert Anchorer(sentence, ()).standing(quote) is AnchorStatus.NORMALISED


def test_inserted_denial_is_not_passed_over() -> None:
    assert anchor("He did take the money", 1, text="He did [not] take the money.").segments == ()


def test_bracketed_words_are_still_found_as_written() -> None:
    assert anchor("the [old] town hall", 1, text="He sold the [old] town hall.").status is AnchorStatus.EXACT


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("He killed [the brother of] Ana Smith.", "He killed Ana Smith"),
        ("Some 107 [thousand] people died.", "Some 107 people died"),
        ("The [fake] video shows a dog.", "The video shows a dog"),
        ("The toll was 1[0]7 people.", "The toll was 17 people"),
        ("He couldn't take the money.", "t take the money"),
        ("He couldn’t take the money.", "t take the money"),
    ],
)
def test_words_of_the_text_are_not_passed_over(sentence: str, quote: str) -> None:
    assert Anchorer(sentence, ()).standing(quote) is AnchorStatus.NONE


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("It stood there [citation needed] for years.", "It stood there for years"),
        ("L'homme a pris l'argent.", "homme a pris l'argent"),
        ("He sold the [old] “town hall”.", 'He sold the [old] "town hall"'),
        ("He took the money.", "[Mayor Smith] took the money"),
    ],
)
def test_notes_and_what_the_writer_of_a_quote_puts_in_are_passed_over(sentence: str, quote: str) -> None:
    assert Anchorer(sentence, ()).standing(quote) is not AnchorStatus.NONE


@pytest.mark.parametrize(
    ("page", "quote", "stands"),
    [
        ("Deaths\n\n12\n\nInjured\n\n107", "12 Injured", False),
        ("Nobody\n\ndied in the fire on Monday.", "Nobody died in the fire", False),
        ("It fell.\n\nSnow lay on the hills.", "It fell. Snow lay", True),
        ("Rain fell\non Monday.", "Rain fell on Monday", True),
    ],
)
def test_no_quote_goes_from_one_block_into_the_next_in_mid_sentence(page: str, quote: str, *, stands: bool) -> None:
    assert (Anchorer(page, (), is_parted=True).standing(quote) is not AnchorStatus.NONE) is stands
    assert Anchorer(page, ()).standing(quote) is not AnchorStatus.NONE
