"""From when, and until when: `closed from 14 April` of what is closed until 14 April, in seven languages."""

import re
from collections.abc import Iterator

from factcheck.text.calendar_words import months
from factcheck.text.folding import fold, words
from factcheck.text.marked import PASSED_OVER
from factcheck.text.turns import Difference, Turn
from factcheck.text.verbs import is_adverb, root

_FROM, _UP_TO, _IN = ("since", "after", "from"), ("until", "till", "before", "by", "through"), ("in", "during")
_STEPS = {
    **{word: word for word in (*_FROM, *_UP_TO)},
    **dict.fromkeys(words("ab vom seit desde dès depuis partir dal dall partire vanaf sinds"), "from"),
    **dict.fromkeys(words("bis hasta jusqu jusque fino até tot"), "until"),
}
_BETWEEN = frozenset(words("the of zum dem den der le la du au el al del de il do da o à early late mid end"))
"""These may stand between a step and its date: `bis zum 3. Mai`."""
_TOKEN = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)|[^\W\d_]+")
_DAYS_OF_MONTH = 31
_Date = tuple[int, int]


def are_other_ways(one: str, other: str) -> bool:
    """Whether two steps to a time, in English, tell another side of it: `from Friday` and `until Friday`."""
    kinds = [{kind for kind in (_FROM, _UP_TO, _IN) if step in kind} for step in (one, other)]
    if not all(kinds) or kinds[0] == kinds[1]:
        return False
    return _IN not in (*kinds[0], *kinds[1]) or not {one, other}.isdisjoint({"before", "after", "by"})


def other_sides_of_dates(claim: str, sentence: str, language: str | None) -> Iterator[Difference]:
    """A day of a month from which the claim says what the sentence says until it, or the other way round."""
    here = list(_steps(claim, language))
    there = list(_steps(sentence, language)) if here else []
    for date, step, told in here:
        same = [(other, its) for its_date, other, its in there if its_date == date]
        if same and all(are_other_ways(step, other) for other, _ in same) and _says_no_more(claim, sentence):
            yield Difference(Turn.BINDS, same[0][1], told)


def _says_no_more(claim: str, sentence: str) -> bool:
    """Whether the claim has no verb of its own: what is closed until a day will reopen from that day."""
    said = {root(fold(found[0])) for found in _TOKEN.finditer(sentence)}
    own = (fold(found[0]) for found in _TOKEN.finditer(claim) if found[0].islower())
    known = PASSED_OVER | _BETWEEN | _STEPS.keys()
    return all(root(word) in said or word in known or is_adverb(word) for word in own)


def _steps(text: str, language: str | None) -> Iterator[tuple[_Date, str, str]]:
    """Each day of a month behind a step, with that in English, and as written."""
    names = months(language)
    found = list(_TOKEN.finditer(text))
    for at, one in enumerate(found):
        month = names.get(one[0])
        if month is None:
            continue
        before = next((place for place in range(at - 1, max(-1, at - 3), -1) if not _is_between(found[place])), at)
        day = _day(found[before])
        first, last = (before, at) if day else (at, at + 1)
        day = day or (_day(found[last]) if last < len(found) else 0)
        step = next((place for place in range(first - 1, max(-1, first - 4), -1) if not _is_between(found[place])), at)
        way = _STEPS.get(fold(found[step][0]))
        if day and way:
            yield (day, month), way, " ".join(text[found[step].start() : found[last].end()].split())


def _is_between(token: re.Match[str]) -> bool:
    return fold(token[0]) in _BETWEEN


def _day(token: re.Match[str]) -> int:
    day = int(token["day"] or 0)
    return day if day <= _DAYS_OF_MONTH else 0
