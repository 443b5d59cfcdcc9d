"""When a claim's event was, by the claim's own words and its article's day; nothing rather than a guess."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache

from factcheck.domain.article import Article
from factcheck.domain.claim import Anchor
from factcheck.domain.sentence import Sentence, Span
from factcheck.domain.when import When
from factcheck.text.date_grammar import DateGrammar, grammar_of
from factcheck.text.date_phrases import DatePhrases, Phrase, Standing
from factcheck.text.folding import words
from factcheck.text.whole_dates import whole_dates_of

_DATELINE_BLOCKS = 6
_LONGEST_DATELINE = 60  # characters
_LOOKED_BACK = 600
_LONGEST = 2_000
_KEPT = 64  # texts of one article: each claim of a sentence asks about it once more
_HANGS_ON = 3  # words
_NAMED_YEAR = re.compile(r"(?<![\w.,/-])(?:1[5-9]\d\d|20\d\d)(?![\w%])")


class ClaimDates:
    """The days of the claims of one article.

    Relative words count from the day that the article was published, or from a line of its beginning that is a whole
    date; where there is neither, only dates with their year are read. A weekday, a day or a month without its year
    is the last one before that day, or the first one after it where the verb looks ahead; where no verb tells,
    nothing is read. `since 2019`, `by 2030`, `until March`, `from 5 % in 2019` and `two days after` name an end, or
    something that is compared, and no day of the event: they are passed over. So is nothing else: a second date, a
    `03/04/2024`, a `next Friday` that is this week's or the next one's, a `yesterday` inside a quotation leave a claim
    without a day. Weeks run from Monday to Sunday. 2,000 characters of a claim and of a sentence are looked at.
    """

    def __init__(self, article: Article, sentences: Sequence[Sentence]) -> None:
        self._article = article
        self._spans = {one.position: one.span for one in sentences}
        self._find: Callable[[str], list[Phrase]] | None = None

    def of(self, claim: str, anchor: Anchor) -> When | None:
        """When it was, out of the claim's words, else of the words of its sentence that the claim builds on."""
        claim = _line(claim)
        language = (self._article.read_as or "en").partition("-")[0].lower()
        grammar = grammar_of(language)
        if grammar is None:
            return self._whole(claim, anchor, language)
        if grammar.apart.search(claim):
            return None
        if self._find is None:
            self._find = lru_cache(_KEPT)(DatePhrases(language, grammar, self._day(language, grammar)).find)
        find = self._find
        spans = [self._spans[one] for one in anchor.sentence_ids]
        said = [(span, _line(span.cut(self._article.text))) for span in spans]
        own = find(claim)
        around = [(span, text, one) for span, text in said for one in find(text)]
        if own:
            found = _single(own)
            return found.when if found and self._agrees(found, [one for _, _, one in around], anchor) else None
        found = _single(one for _, _, one in around)
        if found is None or grammar.apart.search(" ".join(text for _, text in said)):
            return None
        span, text = next((span, text) for span, text, one in around if one is found)
        is_right = _hangs_on(claim, text, found.span) and not self._is_of_other_year(found, span.start)
        return found.when if is_right else None

    def _whole(self, claim: str, anchor: Anchor, language: str) -> When | None:
        """The whole date that a claim names itself, in a language whose other words of time are not read."""
        dates = whole_dates_of(language)
        own = _single(dates.find(claim)) if dates else None
        if dates is None or own is None:
            return None
        spans = (self._spans[one] for one in anchor.sentence_ids)
        around = [one for span in spans for one in dates.find(_line(span.cut(self._article.text)))]
        return own.when if self._agrees(own, around, anchor) else None

    def _agrees(self, own: Phrase, around: Sequence[Phrase], anchor: Anchor) -> bool:
        """Whether the sentence says the same, or nothing of time while the claim's date needs no day to count from."""
        if not around:
            return own.is_absolute
        start = self._spans[anchor.sentence_ids[0]].start
        return any(_within(own, one) or _within(one, own) for one in around) and not self._is_of_other_year(own, start)

    def _is_of_other_year(self, phrase: Phrase, start: int) -> bool:
        """Whether a day without its year stands in a story of another year than the one supposed."""
        if not phrase.lacks_year or phrase.when is None:
            return False
        named = _NAMED_YEAR.findall(self._article.text, max(0, start - _LOOKED_BACK), start)
        return bool(named) and int(named[-1]) != phrase.when.first.year

    def _day(self, language: str, grammar: DateGrammar) -> date | None:
        """The day from which relative words count."""
        if self._article.published is not None:
            return self._article.published
        reader = DatePhrases(language, grammar, None)
        head = (_line(one) for one in self._article.text[:_LONGEST].split("\n"))
        for line in [one for one in head if one][:_DATELINE_BLOCKS]:
            found = reader.find(line) if len(line) <= _LONGEST_DATELINE else []
            if len(found) == 1 and found[0].when and found[0].when.first == found[0].when.last:
                rest = line[: found[0].span.start] + line[found[0].span.end :]
                if not re.search(r"\w", rest):
                    return found[0].when.first
        return None


def _line(text: str) -> str:
    """The beginning of a text in one line: runs of blanks would make the patterns slow."""
    return " ".join(text[:_LONGEST].split())


def _single(phrases: Iterable[Phrase]) -> Phrase | None:
    """The one date of a text; None if it has none, several, or one that is unclear."""
    found = [one for one in phrases if one.standing is not Standing.BOUND]
    days = {(one.when.first, one.when.last) if one.when else None for one in found}
    return found[0] if len(days) == 1 and None not in days else None


def _within(inner: Phrase, outer: Phrase) -> bool:
    """Whether the days of one are among the days of the other."""
    small, large = inner.when, outer.when
    return small is not None and large is not None and large.first <= small.first and small.last <= large.last


def _hangs_on(claim: str, sentence: str, date_at: Span) -> bool:
    """Whether the claim has the words that the date belongs to: those before it; after it, too, if it comes early."""
    kept = set(words(claim))
    near = words(sentence[: date_at.start])[-_HANGS_ON:]
    if len(near) < _HANGS_ON:
        near += words(sentence[date_at.end :])[:_HANGS_ON]
    return bool(near) and all(one in kept for one in near)
