"""All that code doubts about a claim of an article, whoever made it: a model, or a person at the desk."""

from collections.abc import Iterator, Sequence
from itertools import islice

from factcheck.domain.article import Article
from factcheck.domain.claim import Anchor, AnchorStatus, Doubt, Flag
from factcheck.domain.sentence import Sentence
from factcheck.text.bodies import BodiesMeant
from factcheck.text.carrying import Carriers
from factcheck.text.checkability import is_checkable, is_english, is_surely_checkable, why_not
from factcheck.text.gates import Gates, nowhere
from factcheck.text.inference import WordSources
from factcheck.text.language import detect_language
from factcheck.text.meaning import differences
from factcheck.text.misread_names import misread_name
from factcheck.text.people import WhoIsWho, other_subject
from factcheck.text.reckoning import worked_out
from factcheck.text.splicing import Splices
from factcheck.text.turns import Turn


class ClaimDoubts:
    """The doubts of one article. Reading the article once makes each claim cheap."""

    def __init__(self, article: Article, sentences: Sequence[Sentence]) -> None:
        self.sources = WordSources(article.text, sentences, article.read_as)
        self.carriers = Carriers(article.text, sentences)
        self._splices = Splices(article.text, sentences)
        self._gates = Gates(article.text, article.title, article.read_as)
        self._words = {one.position: one.span.cut(article.text) for one in sentences}
        self._language = article.read_as
        self._spoken = article.read_as or detect_language(article.text)
        self.is_english = is_english(article.text, article.read_as)
        self.names = self._gates.names
        self._bodies = BodiesMeant(article.text, sentences)
        self._who = WhoIsWho(article.text, sentences) if self.is_english else None
        self._checkable: dict[int, bool] = {}

    def of(self, claim: str, anchor: Anchor) -> Iterator[Doubt]:
        """What is doubted about a claim that stands there, each with its reason."""
        if anchor.status in {AnchorStatus.SENTENCE, AnchorStatus.NONE}:
            yield Doubt(Flag.UNANCHORED_QUOTE, "the quote stands nowhere in the article, or in several places")
        said = " ".join(self._words[one] for one in anchor.sentence_ids)
        if numbers := self.sources.unsupported_numbers(claim):
            yield Doubt(Flag.UNSUPPORTED_NUMBER, "; ".join((nowhere(numbers), *_reckoned(numbers, said))))
        if anchor.sentence_ids and not self.is_checkable(anchor.sentence_ids):
            why = why_not(self._words[anchor.sentence_ids[0]])
            yield Doubt(Flag.DOUBTFUL_KIND, f"its sentence does not look checkable: {why}")
        doubts = list(self._gates.doubts(claim))
        yield from doubts
        if any(one.flag is Flag.OTHER_LANGUAGE for one in doubts):
            return  # words of two languages are not compared
        if anchor.sentence_ids and self.carriers.is_astray(claim, anchor.sentence_ids):
            yield Doubt(Flag.ASTRAY, "its sentence holds hardly a word of what it says")
        elif self.is_english and anchor.sentence_ids and (taken := self._splices.taken(claim, anchor.sentence_ids)):
            yield Doubt(Flag.ASTRAY, f"“{taken[0]}” is what sentence {taken[1]} says, not its own")
        yield from self._referents(claim, anchor.sentence_ids)
        # A number from nowhere is told as one already.
        turned = (one for one in differences(claim, said, self._spoken) if not (numbers and one.turn is Turn.NUMBERS))
        yield from (Doubt(Flag.CHANGED_MEANING, str(one)) for one in islice(turned, 1))

    def _referents(self, claim: str, positions: Sequence[int]) -> Iterator[Doubt]:
        """Whether another one is meant than the claim names, each with both names."""
        misread = (misread_name(claim, self._words[one]) for one in positions)
        if len(positions) == 1 and (pair := next(filter(None, misread), None)):
            yield Doubt(Flag.REFERENT, f"“{pair[0]}” is not “{pair[1]}”, whom the sentence names")
        if self._who is None:
            return
        found = (self._who.rival(claim, one) for one in positions)
        if pair := next(filter(None, found), None):
            yield Doubt(Flag.REFERENT, f"“{pair[0]}” stands for a pronoun, which may mean “{pair[1]}”")
        bodies = (self._bodies.rival(claim, one) for one in positions)
        if told := next(filter(None, bodies), None):
            yield Doubt(Flag.REFERENT, "“{}” stands for “{}”, which may mean “{}”".format(*told))
        changed = (other_subject(claim, self._words[one]) for one in positions)
        if pair := next(filter(None, changed), None):
            yield Doubt(Flag.REFERENT, f"the sentence says it of “{pair[0]}”, the claim of “{pair[1]}”")

    def is_surely_checkable(self, position: int) -> bool:
        """Whether a sentence holds a checkable claim by many signs, so that a model that denies it is doubted."""
        return is_surely_checkable(self._words[position], self._language)

    def is_checkable(self, positions: Sequence[int]) -> bool:
        """Whether one of the sentences, at least, may hold a checkable claim; code says so, whatever a model does."""
        for one in positions:
            if one not in self._checkable:  # each claim of the sentence asks
                self._checkable[one] = is_checkable(self._words[one], self._language)
        return any(self._checkable[one] for one in positions)


def _reckoned(numbers: Sequence[str], said: str) -> Iterator[str]:
    """From which numbers of its sentence each number that stands nowhere may have been worked out."""
    for one in numbers:
        if pair := worked_out(one, said):
            yield f"“{one}” may be worked out from “{pair[0]}” and “{pair[1]}”"
