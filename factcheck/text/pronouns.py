"""Whom `he` and `she` mean beside a verb of saying, as an article goes on; in doubt nobody."""

import re
from collections.abc import Sequence
from itertools import pairwise

from factcheck.text.abbreviations import as_words
from factcheck.text.noun_phrases import Phrase, Token, is_person, is_plural, name_first, subject_first

_SMALL = re.compile(r"(?<!\w)[a-z]\w++")
_NAMED = re.compile(r"[a-z,]\s([A-Z]\w++)")
_SHE = as_words("Mrs. Ms. Mrs Ms Mme.")
_HE = as_words("Mr. Mr")
_LEADING = as_words("in on at during after before for with from despite since amid while when as")
_FAR = 12
_FULL = 2
"""Words of a name that says who is meant, even if nobody of this name has spoken."""


class Persons:
    """The persons of one article, told its sentences in reading order."""

    def __init__(self, text: str) -> None:
        self._small = set(_SMALL.findall(text))
        self._named = set(_NAMED.findall(text))
        self._last: str | None = None
        self._heard: set[str] = set()
        self._pronouns: dict[str, str] = {}

    def meant_by(self, pronoun: str) -> str | None:
        """Who began the sentence before, or else who spoke last; nobody if the other pronoun was used of them."""
        if self._last is None:
            return None
        known = self._pronouns.setdefault(_surname(self._last), pronoun)
        return self._last if known == pronoun else None

    def hear(self, text: str, tokens: Sequence[Token], speaker: Phrase) -> None:
        """That somebody speaks."""
        if is_person(tokens, speaker) and not self._is_common(tokens, speaker):
            self._mean(text, tokens, speaker)
            self._heard.update(one.word for one in tokens[speaker.first : speaker.stop] if one.is_name)

    def begin(self, text: str, tokens: Sequence[Token]) -> bool:
        """That a sentence begins, whose subject comes first to mind; returns whether that is a person known by name."""
        first = _subject(tokens)
        if first is None or not self._is_known(tokens, first):
            first = name_first(tokens)
        if first is None or not self._is_known(tokens, first):
            return False
        self._mean(text, tokens, first)
        return True

    def end(self, text: str, tokens: Sequence[Token], *, has_report: bool) -> None:
        """That a sentence ends: if it reports nothing, and another person is in it, `he` may be either."""
        if not self.begin(text, tokens) and not has_report and (_introduces(tokens) or self._names_another(tokens)):
            self._last = None

    def _is_known(self, tokens: Sequence[Token], person: Phrase) -> bool:
        """Whether it is a person's full name, or one of whom the article has told before."""
        names = tokens[person.first : person.stop]
        if not names[-1].is_name or not is_person(tokens, person) or self._is_common(tokens, person):
            return False
        # A heading may be in capitals too, but nothing stands behind it.
        is_full = len(names) >= _FULL and person.stop < len(tokens) and tokens[person.stop].word not in ".:"
        return names[-1].word in self._heard or (is_full and _subject(tokens) == person)

    def _names_another(self, tokens: Sequence[Token]) -> bool:
        first = _subject(tokens)
        if first is None or not tokens[first.stop - 1].is_name:
            return False
        return is_person(tokens, first) and not self._is_common(tokens, first)

    def _mean(self, text: str, tokens: Sequence[Token], person: Phrase) -> None:
        self._last = person.words(text, tokens)
        title = tokens[person.first].word
        if title in _SHE or title in _HE:
            self._pronouns[_surname(self._last)] = "she" if title in _SHE else "he"

    def _is_common(self, tokens: Sequence[Token], phrase: Phrase) -> bool:
        """Whether a capital stands there only because a sentence begins: `Police`, `Officials`."""
        if phrase.first or phrase.stop > 1:
            return False
        return tokens[0].lower in self._small or (is_plural(tokens[0]) and tokens[0].word not in self._named)


def _subject(tokens: Sequence[Token]) -> Phrase | None:
    """The phrase that a sentence begins with, behind words such as `In July,`."""
    begin = 0
    if tokens and tokens[0].lower in _LEADING:
        begin = next((at + 1 for at, one in enumerate(tokens[:_FAR]) if one.word == ","), 0)
    found = subject_first(tokens[begin:])
    return found and Phrase(found.first + begin, found.stop + begin)


def _surname(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1]


def _introduces(tokens: Sequence[Token]) -> bool:
    """Whether a full name stands there with an apposition: `Ana Silva, a nurse` or `Ana Silva, mayor of Lisbon`."""
    run = 0
    for token, following in pairwise(tokens):
        if token.word == "," and run >= _FULL and (following.lower in {"a", "an", "the"} or _is_noun(following)):
            return True
        run = run + 1 if token.is_name else 0
    return False


def _is_noun(token: Token) -> bool:
    return token.is_content and not token.is_name and not token.word.endswith(("ing", "ed", "ly"))
