"""How fast and how surely quotes are found again in their articles.

    python tests/benchmarks/anchoring.py [TEXT-FILE...]

Takes the articles of the recordings, or those named; a few seconds.
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from factcheck.domain.claim import Anchor, AnchorStatus
from factcheck.domain.sentence import Span
from factcheck.text.anchoring import Anchorer
from factcheck.text.folding import fold
from factcheck.text.sentences import split_sentences

if TYPE_CHECKING:
    from benchmarks.measure import Figure, at_most, noted, report, seconds
else:  # a script's own folder is on the path, its parent is not
    from measure import Figure, at_most, noted, report, seconds

CASSETTES = Path(__file__).parents[2] / "cassettes"
ARTICLES = (*sorted((CASSETTES / "articles").glob("*.txt")), CASSETTES / "demo" / "trump_takaichi.txt")
LENGTH = 6_000
QUOTES = 1_000
WORDS = range(6, 13)
FOUND = (AnchorStatus.EXACT, AnchorStatus.NORMALISED)
RETYPED: tuple[Mapping[int, int | str], ...] = (
    str.maketrans("‘’“”", "''\"\""),
    str.maketrans("'\"", "’”"),
    str.maketrans("-–—", "–—-"),
    str.maketrans(" ", "\u00a0"),
    {ord(" "): "  "},
    {ord(" "): "\n"},
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article, and where they were taken from."""

    words: str
    span: Span
    position: int


class Text:
    """An article ready to be quoted from."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences = split_sentences(text)
        self.words = plain(text)

    def quotes(self) -> Iterator[Quote]:
        """Every stretch of six to twelve words that stands in one sentence."""
        for sentence in self.sentences:
            words = [match.span() for match in re.finditer(r"\S+", sentence.span.cut(self.text))]
            for length in WORDS:
                for first, last in zip(words, words[length - 1 :], strict=False):
                    span = Span(sentence.span.start + first[0], sentence.span.start + last[1])
                    yield Quote(span.cut(self.text), span, sentence.position)


def main() -> int:
    """Measure, report, and return the exit code."""
    chance = random.Random(20260301)  # noqa: S311 - repeatable, not secret
    named = [Path(name) for name in sys.argv[1:]]
    texts = [Text(path.read_text(encoding="utf-8")) for path in named or ARTICLES]
    return report([speed(texts, chance), *retyped_quotes(texts, chance), *invented_quotes(texts, chance)])


def speed(texts: Sequence[Text], chance: random.Random) -> Figure:
    """The time for all quotes of one long article, the article's own preparation included."""
    article = Text("\n\n".join(one.text for one in reversed(texts))[:LENGTH])
    quotes = chance.sample(list(article.quotes()), QUOTES)
    asked = [(retyped(one.words, chance), one.position, window(article, one.position)) for one in quotes]

    def anchor_all() -> None:
        anchorer = Anchorer(article.text, article.sentences)
        for words, position, around in asked:
            anchorer.anchor(words, position, around)

    taken = median(seconds(anchor_all) for _ in range(5))
    return at_most(f"{QUOTES:,} quotes in {len(article.text):,} characters", 0.5, taken, " s")


def retyped_quotes(texts: Sequence[Text], chance: random.Random) -> Iterator[Figure]:
    """Quotes whose typography a model has changed, with their sentence named and without."""
    counts: Counter[tuple[str, str]] = Counter()
    for article in texts:
        anchorer = Anchorer(article.text, article.sentences)
        for quote in article.quotes():
            words, around = retyped(quote.words, chance), window(article, quote.position)
            for how, position in (("named", quote.position), ("unnamed", None)):
                anchor = anchorer.anchor(words, position, around)
                counts[how, anchor.status.value] += 1
                counts[how, "wrong"] += is_wrong(anchor, quote, article)
    for how in ("named", "unnamed"):
        shares = [f"{counts[how, status.value]}" for status in AnchorStatus]
        yield at_most(f"retyped quotes, sentence {how}: wrong anchors", 0, counts[how, "wrong"])
        yield noted("  exact/normalised/sentence/none", "/".join(shares))


def invented_quotes(texts: Sequence[Text], chance: random.Random) -> Iterator[Figure]:
    """Quotes that their article lacks: its own words in another order, and another article's."""
    yield invented(
        "quotes with shuffled words", texts, [[shuffled(one, chance) for one in own(text)] for text in texts]
    )
    others = [[one for other in texts if other is not text for one in own(other)] for text in texts]
    yield invented("quotes from another article", texts, [chance.sample(one, QUOTES) for one in others])


def invented(name: str, texts: Sequence[Text], quotes: Sequence[Sequence[Quote]]) -> Figure:
    """How many quotes are anchored in an article that does not hold their words."""
    asked = anchored = 0
    for article, many in zip(texts, quotes, strict=True):
        anchorer = Anchorer(article.text, article.sentences)
        for quote in many:
            position = (quote.position - 1) % len(article.sentences) + 1
            if plain(quote.words) not in article.words and not in_order(quote.words, article, position):
                asked += 1
                anchored += anchorer.anchor(quote.words, position, window(article, position)).status in FOUND
    return at_most(f"{asked:,} {name}: anchored", 0, anchored)


def in_order(words: str, article: Text, position: int) -> bool:
    """Whether a sentence holds the words in this order, with others between: then they are no invention."""
    offered = iter(plain(article.sentences[position - 1].span.cut(article.text)).split())
    return all(word in offered for word in plain(words).split())


def plain(text: str) -> str:
    """The words alone: a dash that was shuffled makes no other quote."""
    return " ".join(re.findall(r"\w+", fold(text)))


def own(article: Text) -> list[Quote]:
    """The article's quotes, as they stand."""
    return list(article.quotes())


def shuffled(quote: Quote, chance: random.Random) -> Quote:
    """The quote with its words in an order of chance."""
    words = quote.words.split()
    chance.shuffle(words)
    return Quote(" ".join(words), quote.span, quote.position)


def retyped(words: str, chance: random.Random) -> str:
    """The words with other quotation marks, dashes, blanks and letters' case."""
    for table in chance.sample(RETYPED, 2):
        words = words.translate(table)
    return chance.choice((str, str.upper, str.lower))(words)


def window(article: Text, position: int) -> list[int]:
    """The sentences of one call around a position."""
    start = (position - 1) // 9 * 9 + 1
    return list(range(start, min(start + 9, len(article.sentences) + 1)))


def is_wrong(anchor: Anchor, quote: Quote, article: Text) -> bool:
    """Whether the anchor holds other words than the quote's own, wherever they stand."""
    if anchor.status not in FOUND:
        return False
    first, last = anchor.segments[0].start, anchor.segments[-1].end
    is_inside = quote.span.start <= first and last <= quote.span.end
    found = " ".join(segment.cut(article.text) for segment in anchor.segments)
    return not is_inside or bare(found) != bare(quote.words)


def bare(words: str) -> list[str]:
    """The words alone."""
    return re.findall(r"\w+", fold(words))


if __name__ == "__main__":
    sys.exit(main())
