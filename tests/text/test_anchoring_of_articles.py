"""Many quotes of real articles, made with a fixed seed: an anchor may be missing, never wrong."""

import random
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from factcheck.domain.sentence import Span
from factcheck.text.anchoring import Anchorer
from factcheck.text.sentences import split_sentences

CASSETTES = Path(__file__).parents[2] / "cassettes"
PATHS = [CASSETTES / "demo" / "trump_takaichi.txt", *sorted((CASSETTES / "articles").glob("*.txt"))]
QUOTES = 200

CURLY = str.maketrans({"'": "’", '"': "”", "-": "‑"})
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
ANGLED = str.maketrans({"“": "«", "”": "»", '"': "„", "’": "´", "'": "`", "–": "—", "-": "–"})


CASES: list[Callable[[str], str]] = [str, str.upper, str.lower, str.title]


class Sample:
    """An article, and quotes drawn from it by chance, the same each time."""

    def __init__(self, path: Path) -> None:
        self.text = path.read_text(encoding="utf-8")
        self.sentences = split_sentences(self.text)
        self.window = tuple(sentence.position for sentence in self.sentences)
        self.anchorer = Anchorer(self.text, self.sentences)
        self.chance = random.Random(path.name)  # noqa: S311 - the same quotes in every run

    def quotes(self) -> Iterator[tuple[int, Span]]:
        """A sentence's position and six to twelve of its words, from letter to letter."""
        long_enough = [one for one in self.sentences if len(one.span.cut(self.text).split()) >= 6]
        for _ in range(QUOTES if long_enough else 0):
            sentence = self.chance.choice(long_enough)
            words = [match.span() for match in re.finditer(r"\S+", sentence.span.cut(self.text))]
            length = min(self.chance.randint(6, 12), len(words))
            first = self.chance.randint(0, len(words) - length)
            start, end = words[first][0], words[first + length - 1][1]
            yield sentence.position, core(self.text, sentence.span.start + start, sentence.span.start + end)

    def disguised(self, words: str) -> str:
        """The words in other typography: quotes, dashes, blanks and case."""
        words = words.translate(self.chance.choice([CURLY, STRAIGHT, ANGLED, {}]))
        words = self.chance.choice(CASES)(words)
        return words.replace(" ", self.chance.choice([" ", "  ", "\u00a0", "\n"]))

    def holds(self, quote: str, position: int) -> bool:
        """Whether the words stand together in the text, or in that sentence with others between them."""
        wanted = plain(quote)
        offered = iter(plain(self.sentences[position - 1].span.cut(self.text)))
        return " ".join(wanted) in " ".join(plain(self.text)) or all(word in offered for word in wanted)


def plain(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def core(text: str, start: int, end: int) -> Span:
    """The stretch without the punctuation at its ends."""
    while not text[start].isalnum():
        start += 1
    while not text[end - 1].isalnum():
        end -= 1
    return Span(start, end)


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Sample:
    return Sample(request.param)


def is_repeated(sample: Sample, words: str) -> bool:
    return len(re.findall(re.escape(words), sample.text, re.IGNORECASE)) > 1


def test_disguised_quotes_are_found_rightly(sample: Sample) -> None:
    for position, span in sample.quotes():
        quote = sample.disguised(span.cut(sample.text))
        found = sample.anchorer.anchor(quote, position, sample.window)
        assert [core(sample.text, one.start, one.end) for one in found.segments] == [span], quote
        assert position in found.sentence_ids


def test_misplaced_quotes_are_found_rightly(sample: Sample) -> None:
    for position, span in sample.quotes():
        quote = sample.disguised(span.cut(sample.text))
        elsewhere = sample.chance.choice([one for one in sample.window if one != position])
        found = sample.anchorer.anchor(quote, elsewhere, sample.window)
        if is_repeated(sample, span.cut(sample.text)):
            continue
        assert [core(sample.text, one.start, one.end) for one in found.segments] == [span], quote


def test_shuffled_quotes_are_never_anchored(sample: Sample) -> None:
    for position, span in sample.quotes():
        words = span.cut(sample.text).split()
        shuffled = " ".join(sample.chance.sample(words, len(words)))
        if not sample.holds(shuffled, position):
            assert sample.anchorer.anchor(shuffled, position, sample.window).segments == (), shuffled


def test_invented_word_is_never_anchored(sample: Sample) -> None:
    for position, span in sample.quotes():
        words = span.cut(sample.text).split()
        words[sample.chance.randrange(len(words))] = "blorvik"
        assert sample.anchorer.anchor(" ".join(words), position, sample.window).segments == (), words


def test_halves_of_two_sentences_never_anchor(sample: Sample) -> None:
    for (position, first), (_, second) in pairwise(sample.quotes()):
        mixed = f"{first.cut(sample.text)} {second.cut(sample.text)}"
        if not sample.holds(mixed, position):
            assert sample.anchorer.anchor(mixed, position, sample.window).segments == (), mixed
