"""What of an article is shown beside a claim, and what is marked in it."""

import re
from dataclasses import replace

from stage import NOW, SAID, doubtful_claim

from factcheck.domain.article import Article, BlockKind, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span
from factcheck.screen.article import ArticleView, article_view
from factcheck.screen.passages import Ink


def filed(said: tuple[str, ...]) -> tuple[FiledArticle, tuple[Sentence, ...]]:
    sentences, at = [], 0
    for position, words in enumerate(said, 1):
        sentences.append(Sentence(position, Span(at, at + len(words))))
        at += len(words) + 1
    return FiledArticle(1, Article(" ".join(said), NOW)), tuple(sentences)


def marked(view: ArticleView, ink: Ink) -> list[str]:
    return [view.body.plain[one.start : one.end] for one in view.body.spans if one.style is ink]


def test_words_of_claim_are_marked() -> None:
    article, sentences = filed(SAID)
    other = Claim(SAID[2], SAID[2], Anchor(AnchorStatus.EXACT, (sentences[2].span,), (3,)), 0.5)

    view = article_view(article, sentences, doubtful_claim(), [other])

    assert marked(view, Ink.QUOTED) == ["wages rose by 3 percent"]
    assert marked(view, Ink.STRONG) == [SAID[1]]
    assert marked(view, Ink.OTHER) == [SAID[2]]
    assert view.body.plain[view.focus :].startswith(SAID[1])


def test_sentences_stand_with_their_numbers() -> None:
    article, (first, second, *others) = filed(SAID)
    answered = replace(first, entry=LedgerEntry(SentenceState.CLAIMS))
    failed = replace(second, entry=LedgerEntry(SentenceState.FAILED))

    view = article_view(article, [answered, failed, *others], doubtful_claim(), [])

    assert view.body.plain.startswith(f"[1] {SAID[0]} [2 failed] {SAID[1]} [3 pending] {SAID[2]}")


def test_claim_without_place_shows_beginning() -> None:
    article, sentences = filed(SAID)

    view = article_view(article, sentences, Claim("x", "", Anchor(AnchorStatus.NONE), 0.5), [])

    assert view.focus == 0
    assert marked(view, Ink.STRONG) == []


def test_long_article_is_cut_at_sentences() -> None:
    said = tuple(f"This is sentence number {number} of the long article." for number in range(1000))
    article, sentences = filed(said)
    claim = Claim(said[500], said[500], Anchor(AnchorStatus.EXACT, (sentences[500].span,), (501,)), 0.5)

    view = article_view(article, sentences, claim, [])

    first, *_, last = view.body.plain.splitlines()
    assert first == "… the article begins further up …"
    assert last == "… the article goes on …"
    shown = re.sub(r"\[\d+ pending\] ", "", view.body.plain.splitlines()[1])
    assert shown.startswith("This is sentence")
    assert shown.endswith("article.")
    assert len(shown) < 13_000
    assert marked(view, Ink.QUOTED) == [said[500]]
    assert view.body.plain[view.focus :].startswith(said[500])


def test_hostile_article_keeps_its_offsets() -> None:
    said = ("\x1b[2Jwiped \u202e here.", "Rents fell.")
    article, sentences = filed(said)
    claim = Claim(said[1], said[1], Anchor(AnchorStatus.EXACT, (sentences[1].span,), (2,)), 0.5)

    view = article_view(article, sentences, claim, [])

    assert marked(view, Ink.QUOTED) == ["Rents fell."]
    assert "\x1b" not in view.body.plain
    assert "\u202e" not in view.body.plain


def test_kinds_of_blocks_stand_in_place_of_marks() -> None:
    text = "## What it costs\n\n- One million."
    heading = Sentence(1, Span(3, 16), BlockKind.HEADING, LedgerEntry(SentenceState.NOT_CHECKABLE, "heading"))
    item = Sentence(2, Span(20, 32), BlockKind.ITEM)

    view = article_view(FiledArticle(1, Article(text, NOW)), (heading, item), doubtful_claim(), [])

    assert view.body.plain.split() == [
        "[1",
        "heading]",
        "What",
        "it",
        "costs",
        "[2",
        "item",
        "pending]",
        "One",
        "million.",
    ]
