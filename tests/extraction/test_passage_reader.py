"""What a model's answer about a passage is taken for: words that do not stand in it count for nothing."""

import pytest

from factcheck.domain.lookup import Reading
from factcheck.extraction.passage_reader import reading_of
from factcheck.extraction.prompts import load_prompt

PASSAGE = "Civil defence in Mecca counted 107 dead on that evening."


@pytest.mark.parametrize(
    ("answer", "reading", "relied"),
    [
        ("supports\ncounted 107 dead", Reading.SUPPORTS, "counted 107 dead"),
        ("Refutes.\n“counted 107 dead”", Reading.REFUTES, "counted 107 dead"),
        ("supports: counted 107 dead", Reading.SUPPORTS, "counted 107 dead"),
        ("neither\n-", Reading.NEITHER, ""),
        ("**neither**", Reading.NEITHER, ""),
        ("supports\ncounted 170 dead", Reading.UNSURE, ""),
        ("supports\n-", Reading.UNSURE, ""),
        ("supports", Reading.UNSURE, ""),
        ("I cannot help with that.", Reading.UNSURE, ""),
        ("The sentence refutes the claim.\ncounted 107 dead", Reading.UNSURE, ""),
        ("", Reading.UNSURE, ""),
        ("supportsrefutes\ncounted 107 dead", Reading.UNSURE, ""),
    ],
)
def test_answer_counts_by_words_of_the_passage(answer: str, reading: Reading, relied: str) -> None:
    assert reading_of(answer, PASSAGE) == (reading, relied)


def test_examples_of_the_prompt_rely_on_their_own_sentences() -> None:
    told = []
    for one in load_prompt("read_passage").examples:
        sentence = one.question.partition("Sentence: ")[2]
        told.append(reading_of(one.answer, sentence)[0])
    assert told == [Reading.SUPPORTS, Reading.REFUTES, Reading.NEITHER]
