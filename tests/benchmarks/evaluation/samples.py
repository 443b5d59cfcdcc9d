"""The samples as articles: what is asked about, and what people found there."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from factcheck.domain.article import Article
from factcheck.domain.extraction import Window
from factcheck.domain.sentence import Sentence, Span
from factcheck.text.sentences import split_sentences
from factcheck.workflow.windows import plan_windows

from .standing import Pronoun

_ROOT = Path(__file__).parents[3]
_DATA = Path(__file__).parents[1] / "data"
_READ_AT = datetime(2026, 3, 1, tzinfo=UTC)

_HE = re.compile(r"\b(?:He|She|he|she)\b")
_POSSESSIVE = re.compile(r"\b(?:His|Her|his|her)\b")

_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """An article with the claims, or the pronouns, that people marked in it.

    `asked` is the one sentence that is asked about; None for the whole article.
    """

    id: str
    article: Article
    sentences: tuple[Sentence, ...]
    asked: Sentence | None = None
    gold: tuple[str, ...] = ()
    pronouns: tuple[Pronoun, ...] = ()

    def windows(self, size: int) -> tuple[Window, ...]:
        """The calls that ask about this sample, at most `size` sentences each."""
        if self.asked is None:
            return plan_windows(self.sentences, size)
        return (Window((self.asked,), tuple(one for one in self.sentences if one.position < self.asked.position)),)

    @property
    def wanted(self) -> tuple[Sentence, ...]:
        """The sentences that are asked about, in reading order."""
        return tuple(sentence for window in self.windows(1) for sentence in window.sentences)


@dataclass(frozen=True, slots=True)
class SampleSet:
    """A named set. `windows` are the sizes worth comparing; `has_all_claims` says that its gold is exhaustive.

    `of` is the set whose file and recordings it reads in another way; None if it has its own.
    """

    name: str
    windows: tuple[int, ...]
    read: Callable[[_Row], Sample]
    has_all_claims: bool = True
    of: str | None = None

    @property
    def source(self) -> str:
        """The name that its file and its recordings have."""
        return self.of or self.name

    def samples(self, rows: int | None = None) -> tuple[Sample, ...]:
        """The samples, or the first of them."""
        lines = (_DATA / f"{self.source}.jsonl").read_text(encoding="utf-8").splitlines()
        return tuple(self.read(json.loads(line)) for line in lines[:rows])


def _biography(row: _Row) -> Sample:
    """FActScore: the sentences before are context, the last one is asked about."""
    before = split_sentences(row["before"]) if row["before"] else ()
    text = f"{row['before']} {row['sentence']}".strip()
    asked = Sentence(len(before) + 1, Span(len(text) - len(row["sentence"]), len(text)))
    return Sample(row["id"], _article(text, row["topic"]), (*before, asked), asked, tuple(row["gold"]))


def _named_biography(row: _Row) -> Sample:
    """FActScore with the person's name where the gold says `He` or `Her`: its facts were never made self-contained."""
    found = _biography(row)
    return replace(
        found, gold=tuple(_POSSESSIVE.sub(f"{row['topic']}'s", _HE.sub(row["topic"], one)) for one in found.gold)
    )


def _page(row: _Row) -> Sample:
    """FEVERFact: the sentences are those of the set, and one of them is asked about."""
    sentences = tuple(_joined(row["context"]))
    asked = sentences[row["context"].index(row["sentence"])]
    return Sample(row["id"], _article(" ".join(row["context"]), row["page"]), sentences, asked, tuple(row["gold"]))


def _answer(row: _Row) -> Sample:
    """Factcheck-Bench: a model's whole answer, which has no title."""
    article = _article(row["response"])
    return Sample(row["id"], article, split_sentences(article.text), gold=tuple(row["gold"]))


def _news(row: _Row) -> Sample:
    """GUM: a whole article with its pronouns."""
    article = _article(row["text"], row["title"], date.fromisoformat(row["date"]))
    pronouns = tuple(_pronoun(one, row["sentences"]) for one in row["pronouns"] if _points_outside(one))
    return Sample(row["id"], article, split_sentences(article.text), pronouns=pronouns)


def _listed(row: _Row) -> Sample:
    """The demo's article, its claims listed by hand."""
    article = _article((_ROOT / row["article"]).read_text(encoding="utf-8"), row["title"])
    return Sample(row["id"], article, split_sentences(article.text), gold=tuple(row["gold"]))


def _in_language(language: str) -> Callable[[_Row], Sample]:
    """Articles in another language than the prompt's, their claims listed by hand."""

    def read(row: _Row) -> Sample:
        article = _article(row["text"], row["title"], language=language)
        return Sample(row["id"], article, split_sentences(article.text, language), gold=tuple(row["gold"]))

    return read


def _article(text: str, title: str | None = None, published: date | None = None, language: str = "en") -> Article:
    return Article(text, _READ_AT, title=title, published=published, language=language)


def _joined(sentences: Sequence[str]) -> Iterator[Sentence]:
    start = 0
    for position, words in enumerate(sentences, 1):
        yield Sentence(position, Span(start, start + len(words)))
        start += len(words) + 1


def _points_outside(pronoun: _Row) -> bool:
    return bool(pronoun["antecedents"]) and not pronoun["same_sentence_antecedent"]


def _pronoun(row: _Row, sentences: Sequence[Sequence[int]]) -> Pronoun:
    names = (*row["name_tokens"], *row["antecedents"], *filter(None, [row["wiki"]]))
    return Pronoun(Span(row["start"], row["end"]), Span(*sentences[row["sentence"]]), names)


_ONE_SENTENCE = (1,)
_SIZES = (1, 2, 3, 5, 9)

SETS = (
    SampleSet("factscore", _ONE_SENTENCE, _biography),
    SampleSet("factscore_named", _ONE_SENTENCE, _named_biography, of="factscore"),
    SampleSet("feverfact", _ONE_SENTENCE, _page, has_all_claims=False),
    SampleSet("factcheck_bench", _SIZES, _answer),
    SampleSet("gum_news", _SIZES, _news),
    SampleSet("seed", _SIZES, _listed),
    SampleSet("german", _SIZES, _in_language("de")),
    SampleSet("spanish", _SIZES, _in_language("es")),
)
"""Every set, those of single sentences first."""
