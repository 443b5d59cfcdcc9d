"""Who is who: the people of an article, and whom a claim names where its sentence has a pronoun."""

import time

import pytest

from factcheck.text.people import WhoIsWho, other_subject
from factcheck.text.sentences import split_sentences

TEXT = (
    "The minister, Rita Gomes, spoke first. Rain fell. A spokeswoman, Ana Silva, said the talks went well. "
    "The vote against her was close. She left."
)


def who(text: str = TEXT) -> WhoIsWho:
    return WhoIsWho(text, split_sentences(text))


def test_people_are_told_from_bodies_and_places() -> None:
    text = (
        "The mayor, Tom Reed, met the Sea Org in New York. Kendrick Moxon, 41, was there with Julie Hahn. Hahn spoke "
        "for the Green Party. Freedom Magazine wrote of Environment Canada. It ended."
    )

    assert who(text).named_before(5) == ("Tom Reed", "Kendrick Moxon", "Julie Hahn")


def test_name_with_a_nearer_rival_is_told_with_both() -> None:
    assert who().rival("The vote against Rita Gomes was close.", 4) == ("Rita Gomes", "Ana Silva")


def test_last_name_is_the_person() -> None:
    assert who().rival("The vote against Gomes was close.", 4) == ("Gomes", "Ana Silva")


def test_name_without_a_nearer_rival_is_not_doubted() -> None:
    text = TEXT.replace("A spokeswoman, Ana Silva,", "A spokeswoman")

    assert who(text).rival("The vote against Rita Gomes was close.", 4) is None


@pytest.mark.parametrize(("title", "doubted"), [("Mr", None), ("Ms", ("Rita Gomes", "Silva"))])
def test_he_is_no_rival_of_she(title: str, doubted: tuple[str, str] | None) -> None:
    text = TEXT.replace("A spokeswoman, Ana Silva,", f"{title} Silva")

    assert who(text).rival("The vote against Rita Gomes was close.", 4) == doubted


def test_sentence_without_a_pronoun_has_no_rivals() -> None:
    assert who().rival("Rain fell on Rita Gomes.", 2) is None


def test_name_of_the_sentence_itself_is_not_doubted() -> None:
    text = "Rita Gomes spoke. Tom Reed said that Ana Silva had lost her seat."

    assert who(text).rival("Ana Silva had lost her seat.", 2) is None


@pytest.mark.parametrize(
    ("claim", "sentence", "found"),
    [
        ("Takaichi has taken steps.", "It went on, as Japan has taken steps.", ("Japan", "Takaichi")),
        ("Takaichi has taken steps.", "It went on, as Takaichi has taken steps.", None),
        ("Sanae Takaichi has taken steps.", "Takaichi has taken steps.", None),
        ("The Federal Reserve has raised rates.", "The Fed has raised rates.", None),
        ("The U.S. has taken steps.", "America has taken steps.", None),
        ("Ana Silva has taken steps.", "The mayor of Lisbon has taken steps.", None),
        ("She has taken steps.", "Ana Silva has taken steps.", None),
        ("Ana Silva has taken steps.", "She has taken steps.", None),
        ("Fish avoided war with Spain.", "Grant and Fish avoided war with Spain.", None),
        ("Grant avoided war with Spain.", "Grant and Fish avoided war with Spain.", None),
    ],
)
def test_same_said_of_another_is_told(claim: str, sentence: str, found: tuple[str, str] | None) -> None:
    assert other_subject(claim, sentence) == found


@pytest.mark.parametrize("piece", ["A ", "Ana ", "Ana. ", "Ana, ", "Mr ", "de ", "Ana's ", "as Ana has ", "\n", "she "])
def test_long_text_costs_no_more_than_its_length(piece: str) -> None:
    text = f"Rita Gomes spoke. {piece * 20_000} She left."
    began = time.process_time()

    who(text).rival("Rita Gomes left.", 1)
    other_subject(text, text)

    assert time.process_time() - began < 10
