"""Quotes of many languages that leave out the word for `not`."""

import pytest

from factcheck.domain.claim import AnchorStatus
from factcheck.text.anchoring import Anchorer
from factcheck.text.sentences import split_sentences


@pytest.mark.parametrize(
    ("language", "sentence", "quote"),
    [
        ("fi", "Kaupunki ei maksanut laskua toukokuussa.", "Kaupunki maksanut laskua toukokuussa"),
        ("fi", "Kaupungit eivät myyneet siltaa vuonna 2019.", "Kaupungit myyneet siltaa vuonna 2019"),
        ("et", "Linn ei ostnud silda mais Tartus.", "Linn ostnud silda mais Tartus"),
        ("hr", "Grad nije kupio most u svibnju 2019.", "Grad kupio most u svibnju 2019"),
        ("hr", "Grad neće kupiti most u svibnju.", "Grad kupiti most u svibnju"),
        ("sr", "Град није купио мост у мају.", "Град купио мост у мају"),
        ("ro", "Orașul nu a cumpărat podul în mai.", "Orașul a cumpărat podul în mai"),
        ("is", "Borgin keypti ekki brúna í maí.", "Borgin keypti brúna í maí"),
        ("lt", "Miestas nėra nupirkęs tilto gegužę.", "Miestas nupirkęs tilto gegužę"),
        ("lv", "Pilsēta nav nopirkusi tiltu maijā.", "Pilsēta nopirkusi tiltu maijā"),
        ("ms", "Bandar itu tak membeli jambatan pada Mei.", "Bandar itu membeli jambatan pada Mei"),
        ("ur", "شہر نے مئی میں پل نہیں خریدا تھا۔", "شہر نے مئی میں پل خریدا تھا"),
        ("vi", "Thành phố chẳng mua cây cầu vào tháng Năm.", "Thành phố mua cây cầu vào tháng Năm"),
        ("th", "เมืองนี้ไม่ได้ซื้อสะพานในเดือนพฤษภาคม", "เมืองนี้ซื้อสะพานในเดือนพฤษภาคม"),
        ("zh", "市政府五月不会出售大桥给银行。", "市政府五月出售大桥给银行"),
    ],
)
def test_quote_that_leaves_out_a_denial_is_not_found(language: str, sentence: str, quote: str) -> None:
    anchorer = Anchorer(sentence, split_sentences(sentence, language), language=language)

    assert anchorer.anchor(quote, 1, [1]).status is AnchorStatus.SENTENCE


@pytest.mark.parametrize(
    ("language", "sentence", "quote"),
    [
        ("sv", "Borgmästaren köpte nu en bro i maj.", "Borgmästaren köpte en bro i maj"),
        ("nl", "De burgemeester kocht nu een brug in mei.", "De burgemeester kocht een brug in mei"),
        ("pl", "Burmistrz kupił tak most w maju w Łodzi.", "Burmistrz kupił most w maju w Łodzi"),
        ("de", "Der Wirt hat das Ei am Montag in Köln gekauft.", "Der Wirt hat am Montag in Köln gekauft"),
        ("fr", "Le maire a acheté en tout le pont de Lyon.", "Le maire a acheté le pont de Lyon"),
        ("fr", "Le maire a vendu un engin de la ville en mai.", "Le maire a vendu en mai"),
        ("no", "Byen og NAV kjøpte broen i mai.", "Byen kjøpte broen i mai"),
        ("es", "La alcaldesa, p. ej., compró el puente en mayo.", "La alcaldesa compró el puente en mayo"),
        ("zh", "市政府五月不断出售大桥给银行。", "市政府五月出售大桥给银行"),
    ],
)
def test_words_that_deny_in_another_language_may_be_left_out(language: str, sentence: str, quote: str) -> None:
    anchorer = Anchorer(sentence, split_sentences(sentence, language), language=language)

    assert anchorer.anchor(quote, 1, [1]).status is AnchorStatus.NORMALISED


def test_language_is_detected_where_none_is_told() -> None:
    article = "De burgemeester kocht nu een brug in mei. Het is niet bekend wat het de stad kostte."

    anchor = Anchorer(article, split_sentences(article)).anchor("De burgemeester kocht een brug in mei", 1, [1])

    assert anchor.status is AnchorStatus.NORMALISED
