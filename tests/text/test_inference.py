import pytest

from factcheck.domain.claim import Anchor, AnchorStatus, InferredWord
from factcheck.text.inference import WordSources, content_words, shared_words
from factcheck.text.sentences import split_sentences

TEXT = (
    "Ada Example opened the dam in 1931. It cost 20,000 crowns. The builders were paid late. "
    "The mayor praised it. A storm came in May. The storm passed."
)
SOURCES = WordSources(TEXT, split_sentences(TEXT))


def at(*positions: int) -> Anchor:
    return Anchor(AnchorStatus.SENTENCE, (), positions)


def test_word_outside_quote_is_inferred() -> None:
    found = SOURCES.inferred("The dam cost 20,000 crowns.", "It cost 20,000 crowns", at(2))
    assert found == (InferredWord("dam", 1),)


def test_quoted_words_are_not_inferred() -> None:
    assert SOURCES.inferred("The storm came in May.", "A storm came in May", at(5)) == ()


def test_function_words_are_not_inferred() -> None:
    assert SOURCES.inferred("It was the dam that they had.", "dam", at(1)) == ()


def test_inflected_form_is_the_same_word() -> None:
    assert SOURCES.inferred("Mayors praise storms.", "The mayor praised storm", at(4)) == ()


def test_nearest_sentence_is_named() -> None:
    near_the_end = SOURCES.inferred("storm", "It", at(6))
    near_the_start = SOURCES.inferred("storm", "It", at(2))
    assert near_the_end == (InferredWord("storm", 6),)
    assert near_the_start == (InferredWord("storm", 5),)


def test_earlier_of_two_near_wins() -> None:
    text = "The dam held. It was old. The dam fell."
    found = WordSources(text, split_sentences(text)).inferred("dam", "It", at(2))
    assert found == (InferredWord("dam", 1),)


def test_word_from_nowhere_has_none() -> None:
    assert SOURCES.inferred("It cost 20,000 dollars.", "It cost 20,000", at(2)) == (InferredWord("dollars", None),)


def test_unanchored_claim_looks_from_the_start() -> None:
    assert SOURCES.inferred("storm", "", Anchor(AnchorStatus.NONE)) == (InferredWord("storm", 5),)


def test_unanchored_claim_takes_first_sentence() -> None:
    text = "The dam held. The dam fell."
    found = WordSources(text, split_sentences(text)).inferred("dam", "", Anchor(AnchorStatus.NONE))
    assert found == (InferredWord("dam", 1),)


def test_inferred_word_is_named_once() -> None:
    found = SOURCES.inferred("Dam, dam and DAM.", "It", at(2))
    assert found == (InferredWord("dam", 1),)


def test_number_of_the_article_is_supported() -> None:
    assert SOURCES.unsupported_numbers("In 1931 it cost 20,000 crowns.") == ()


def test_invented_number_is_unsupported() -> None:
    assert SOURCES.unsupported_numbers("In 1932 it cost 20,500.5 crowns.") == ("1932", "20,500.5")


def test_part_of_number_is_unsupported() -> None:
    assert SOURCES.unsupported_numbers("It cost 20 crowns.") == ("20",)


def test_wide_digits_are_the_same_number() -> None:
    assert SOURCES.unsupported_numbers("In １９３１.") == ()


def test_stem_keeps_three_letters() -> None:
    assert content_words("cars buses bus used king seeing") == {"car", "bus", "used", "king", "see"}


def test_content_words_are_stems() -> None:
    assert content_words("The builders praised storms in it") == {"builder", "prais", "storm"}


CHINESE = (
    "德国总理默茨星期三访问了北京。他与中国领导人讨论了贸易问题。默茨说：“我们需要新的协议。”会谈持续了三个小时。"
    "德国汽车工业协会欢迎这次访问。"
)
OF_CHINESE = WordSources(CHINESE, split_sentences(CHINESE))


def test_chinese_words_find_their_sentences() -> None:
    found = OF_CHINESE.inferred("德国总理默茨与中国领导人讨论了贸易问题。", "他与中国领导人讨论了贸易问题", at(2))
    assert found == (InferredWord("德国总理默茨", 1),)


def test_chinese_quote_leaves_nothing_to_infer() -> None:
    assert OF_CHINESE.inferred("会谈持续了三个小时。", "会谈持续了三个小时", at(5)) == ()


def test_chinese_words_of_two_sentences_are_parted() -> None:
    found = OF_CHINESE.inferred("默茨在汽车工业协会说", "说", at(3))
    assert found == (InferredWord("默茨", 3), InferredWord("汽车工业协会", 5), InferredWord("说", 3))


def test_chinese_words_from_nowhere_are_one() -> None:
    found = OF_CHINESE.inferred("法国总统访问了北京。", "访问了北京", at(1))
    assert found == (InferredWord("法国总统", None),)


def test_chinese_particles_are_not_inferred() -> None:
    assert OF_CHINESE.inferred("访问了的北京", "访问了。北京", at(1)) == ()


def test_german_compound_keeps_its_umlaut() -> None:
    assert SOURCES.inferred("Dämme", "It", at(1)) == (InferredWord("d\u00e4mme", None),)


def test_content_words_of_chinese_are_pairs() -> None:
    assert content_words("访问北京") == {"访问", "问北", "北京"}


@pytest.mark.parametrize(
    ("claim", "passage", "share"),
    [
        ("Ana flew to Lisbon.", "In Lisbon, Ana Silva was flying a kite.", 2 / 3),
        ("Ana flew.", "Rain fell.", 0.0),
        ("It was there.", "Rain fell.", 1.0),
        ("访问北京", "他访问了北京。", 2 / 3),
    ],
)
def test_words_shared_with_a_passage_are_counted(claim: str, passage: str, share: float) -> None:
    assert shared_words(claim, passage) == pytest.approx(share)
