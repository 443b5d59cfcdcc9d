"""Prompt files: what they declare is what they use, and their example keeps their own rules."""

import json
from datetime import UTC, date, datetime

import pytest

from factcheck.domain.article import Article
from factcheck.domain.claim import AnchorStatus
from factcheck.domain.extraction import StructuredMethod, Window
from factcheck.domain.sentence import SentenceState
from factcheck.errors import PromptError
from factcheck.extraction.answers import AnswerReader
from factcheck.extraction.prompts import Example, load_prompt, parse_prompt
from factcheck.extraction.questions import question_messages
from factcheck.text.sentences import split_sentences

FILE = b"""---
version: "7"
inputs: [word]
---
<!-- system -->
Rules.
<!-- user -->
Example.
<!-- assistant -->
{}
<!-- user -->
Say $word
"""


def test_hash_covers_every_byte() -> None:
    assert parse_prompt("p", FILE).sha256 != parse_prompt("p", FILE + b" ").sha256


def test_input_with_dollar_stays_literal() -> None:
    assert parse_prompt("p", FILE).fill(word="$word ${word} $$") == "Say $word ${word} $$"


def test_each_example_becomes_two_messages() -> None:
    second = b"Example.\n<!-- assistant -->\n{}\n<!-- user -->\nAnother.\n<!-- assistant -->\n[]\n<!-- user -->"
    prompt = parse_prompt("p", FILE.replace(b"Example.\n<!-- assistant -->\n{}\n<!-- user -->", second))

    assert prompt.messages("Say x") == [
        ("system", "Rules."),
        ("human", "Example."),
        ("ai", "{}"),
        ("human", "Another."),
        ("ai", "[]"),
        ("human", "Say x"),
    ]


def test_missing_input_is_refused() -> None:
    with pytest.raises(PromptError, match="word"):
        parse_prompt("p", FILE).fill(words="x")


@pytest.mark.parametrize(
    "broken", [b"", b"Say hello", FILE.replace(b"inputs", b"input"), FILE.replace(b"$word", b"$other")]
)
def test_broken_prompt_file_is_refused(broken: bytes) -> None:
    with pytest.raises(PromptError, match="'p'"):
        parse_prompt("p", broken)


def test_unknown_prompt_is_refused() -> None:
    with pytest.raises(PromptError, match="'no_such_prompt'"):
        load_prompt("no_such_prompt")


@pytest.mark.parametrize("example", load_prompt("extract_claims").examples, ids=lambda one: one.language or "en")
def test_example_quotes_stand_in_example(example: Example) -> None:
    question = example.question.split("\n\n", 1)[1]
    lines = [line.split(": ", 1)[1] for line in question.split("\n\n", 1)[0].splitlines()]
    article = Article("\n\n".join(lines), datetime(2026, 1, 1, tzinfo=UTC), language=example.language)
    sentences = split_sentences(article.text, example.language)
    offered = json.loads(example.answer)

    entries, claims = AnswerReader(article, sentences, "").read(offered, Window(sentences))

    assert {claim.anchor.status for claim in claims} == {AnchorStatus.EXACT}
    assert [claim.anchor.sentence_ids for claim in claims] == [
        (int(key[1:]),) for key, part in offered.items() if part["kind"] == "fact" for _ in part["claims"]
    ]
    assert all(entry.state is not SentenceState.FAILED for entry in entries.values())


@pytest.mark.parametrize("example", load_prompt("extract_claims").examples, ids=lambda one: one.language or "en")
def test_example_asks_as_the_program_does(example: Example) -> None:
    title, published, _ = (line.split(": ", 1)[1] for line in example.question.split("\n\n")[0].splitlines())
    lines = [line.split(": ", 1)[1] for line in example.question.split("\n\n")[1].splitlines()]
    article = Article(
        "\n\n".join(lines),
        datetime(2026, 1, 1, tzinfo=UTC),
        title=title,
        published=date.fromisoformat(published),
        language=example.language,
    )
    window = Window(split_sentences(article.text, example.language))

    *_, last = question_messages(load_prompt("extract_claims"), StructuredMethod.JSON_SCHEMA, article, window)

    assert last == ("human", example.question)


def test_example_in_the_text_s_language_stands_in_for_the_others() -> None:
    german = FILE.replace(b"{}\n", b"{}\n<!-- user de -->\nBeispiel.\n<!-- assistant -->\n[]\n")
    prompt = parse_prompt("p", german)

    assert prompt.messages("Say x", "de")[1:-1] == [("human", "Beispiel."), ("ai", "[]")]
    assert prompt.messages("Say x", "fr") == prompt.messages("Say x") == parse_prompt("p", FILE).messages("Say x")


def test_example_of_a_split_says_what_its_claim_says() -> None:
    [example] = load_prompt("split_claim").examples
    claim = example.question.splitlines()[0].removeprefix("Claim: ")

    parts = json.loads(example.answer)["claims"]

    assert len(parts) == 2
    assert not set(" ".join(parts).split()) - set(claim.split()) - {"May."}
