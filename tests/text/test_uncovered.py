"""Numbers and names of a sentence that no claim of it holds."""

from datetime import UTC, datetime

import pytest

from factcheck.domain.article import Article
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.text.sentences import split_sentences
from factcheck.text.uncovered import uncovered, uncovered_numbers, uncovered_of


@pytest.mark.parametrize(
    ("sentence", "claims", "lost"),
    [
        ("The auditors found 38 of 290 schools unsafe.", ["The auditors found schools unsafe."], ("38", "290")),
        ("The auditors found 38 of 290 schools unsafe.", ["Thirty-eight of 290 schools were unsafe."], ()),
        ("Ana Silva met Tomás Vale in Lisbon.", ["Silva was in Lisbon."], ("Tomás Vale",)),
        ("The Danish minister met Ana Silva.", ["The minister of Denmark met Silva."], ()),
        ("It grew by 12% on March 4, 2011.", ["It grew on 4 March 2011."], ("12",)),
        ("Nobody supports IE6 or HTML 5 any more.", ["Nobody supports IE6 any more."], ("HTML",)),
        ("Rents in Lisbon rose by 3 million in May.", ["Rents in Lisbon rose by €3m in May."], ()),
    ],
)
def test_what_no_claim_holds_is_found(sentence: str, claims: list[str], lost: tuple[str, ...]) -> None:
    assert uncovered(sentence, claims, "en") == lost


def test_nouns_in_capitals_are_no_names() -> None:
    sentence = "Die Prüfer fanden in 38 Schulen keinen zweiten Ausgang."

    assert uncovered(sentence, ["Die Prüfer fanden etwas."], "de") == ("38",)


def test_number_of_a_name_is_no_number() -> None:
    assert uncovered_numbers("Microsoft asks users to leave Internet Explorer 6 and IE7.", [], "en") == ()


@pytest.mark.parametrize(
    ("sentence", "claim", "language", "lost"),
    [
        ("In Germany 40 firms closed.", "Firms closed in Germany.", "en", "40"),
        ("In Rome 12 died.", "People died.", "en", "12"),
        ("Gestern starben in Köln 12 Menschen.", "Menschen starben in Köln.", "de", "12"),
        ("En Lima 12 personas murieron.", "Personas murieron en Lima.", "es", "12"),
    ],
)
def test_number_behind_a_place_counts(sentence: str, claim: str, language: str, lost: str) -> None:
    assert uncovered_numbers(sentence, [claim], language) == (lost,)


def test_all_claims_of_a_sentence_count() -> None:
    text = "Rain fell for 9 days. Snow fell for 8 days. Wind blew for 7 days."
    sentences = split_sentences(text)

    def claim(words: str, position: int, *also: int) -> Claim:
        places = [Anchor(AnchorStatus.SENTENCE, (), (one,)) for one in (position, *also)]
        return Claim(words, "", places[0], 0.5, also=tuple(places[1:]))

    claims = [claim("Rain fell.", 1, 2), claim("It fell for 9 days.", 1)]

    assert uncovered_of(Article(text, datetime(2026, 1, 1, tzinfo=UTC)), sentences, claims) == {2: ("8",)}


def test_word_that_only_opens_a_sentence_is_no_name() -> None:
    text = "Authorities fined Acme in May. Acme Steel paid. Gomes of Acme said so, as Rita Gomes had."
    sentences = split_sentences(text)
    claims = [
        Claim(words, "", Anchor(AnchorStatus.SENTENCE, (), (at,)), 0.5)
        for at, words in enumerate(("A firm was fined.", "A firm paid.", "She said so."), 1)
    ]

    told = uncovered_of(Article(text, datetime(2026, 1, 1, tzinfo=UTC)), sentences, claims)

    assert told == {1: ("Acme",), 2: ("Acme Steel",), 3: ("Gomes", "Acme", "Rita Gomes")}


def test_speaker_of_a_claim_is_held() -> None:
    text = "Rents rose in Porto, said Rita Gomes."
    claim = Claim("Rents rose.", "", Anchor(AnchorStatus.SENTENCE, (), (1,)), 0.5, speaker="Rita Gomes")

    told = uncovered_of(Article(text, datetime(2026, 1, 1, tzinfo=UTC)), split_sentences(text), [claim])

    assert told == {1: ("Porto",)}
