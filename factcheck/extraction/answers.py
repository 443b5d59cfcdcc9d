"""A model's answer read with suspicion: each sentence alone, each quote anchored by code."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from os.path import commonprefix

from pydantic import ValidationError

from factcheck.domain.article import Article
from factcheck.domain.claim import Anchor, AnchorStatus, Claim, Doubt, Flag
from factcheck.domain.extraction import Window
from factcheck.domain.sentence import DATELINE, NO_SERVER, REPEAT, LedgerEntry, Sentence, SentenceState
from factcheck.extraction.lines import clean_line
from factcheck.extraction.offers import OfferedClaim, SentenceAnswer, put_right
from factcheck.extraction.schema import AMBIGUOUS, MAX_CLAIMS, NO_CLAIM_KINDS, WORTH_STEPS, sentence_key
from factcheck.text.anchoring import Anchorer
from factcheck.text.attribution import Attributions
from factcheck.text.calendar_words import is_mere_date
from factcheck.text.dates import ClaimDates
from factcheck.text.doubts import ClaimDoubts
from factcheck.text.empty_claims import breaks_off, says_nothing
from factcheck.text.folding import fold
from factcheck.text.gates import same_wording
from factcheck.text.inference import shared_words
from factcheck.text.locators import locator_of
from factcheck.text.mending import NameMender
from factcheck.text.self_reference import speaks_of_itself
from factcheck.text.uncovered import uncovered_numbers
from factcheck.text.worth import worth_of

_VIEWS = frozenset(("opinion", "prediction"))
_DETAIL_LIMIT = 500  # characters
_MERE_DATE = "a date alone says of nothing that it was then"
_A_DATE = LedgerEntry(SentenceState.NOT_CHECKABLE, DATELINE, _MERE_DATE)
_MIDDLING = 0.5
"""The model's part of the worth of words that are not its own."""
_OWN_WORDS = 0.5
"""The part of a claim's words that a sentence must hold if the same claim was given for another one already."""


class _UnusableError(Exception):
    """A part of an answer cannot be used; the message says why."""


class AnswerReader:
    """Turns answers about one article into ledger entries and anchored claims."""

    def __init__(self, article: Article, sentences: Sequence[Sentence], prompt_example: str) -> None:
        self._text = article.text
        self._locator_of = partial(locator_of, article, sentences)
        self._anchorer = Anchorer(article.text, sentences, language=article.read_as)
        self._language = article.read_as
        self._doubts = ClaimDoubts(article, sentences)
        self._dates = ClaimDates(article, sentences)
        self._attributions = Attributions(article.text, sentences)
        self._repeats = _repeats(article.text, sentences)
        words_of = {one.position: self.words_of(one) for one in sentences}
        self._saying_nothing = frozenset(
            at for at, said in words_of.items() if self._doubts.is_english and says_nothing(said)
        )
        self._dates_alone = frozenset(at for at, said in words_of.items() if is_mere_date(said, self._language))
        self._example = fold(prompt_example)

    def words_of(self, sentence: Sentence) -> str:
        """A sentence as the article writes it."""
        return sentence.span.cut(self._text)

    def is_checkable(self, position: int) -> bool:
        """Whether a sentence may hold a checkable claim; code says so, whatever a model does."""
        return self._doubts.is_checkable((position,)) and position not in self._saying_nothing

    def read(
        self,
        answer: object,
        window: Window,
        left_out: str = "the answer leaves this sentence out",
        *,
        kind: str | None = None,
    ) -> tuple[dict[int, LedgerEntry], list[Claim]]:
        """An entry for each sentence of the window, and all claims.

        A sentence that the answer lacks has failed with `left_out`, and is of that kind.
        """
        entries = {one: _A_DATE for one in window.positions if one in self._dates_alone}
        claims: list[Claim] = []
        told: dict[str, int] = {}
        names = NameMender(" ".join(one.span.cut(self._text) for one in window.sentences), self._doubts.names)
        asked = [(at, one) for at, one in enumerate(window.sentences) if one.position not in entries]
        for index, sentence in asked:
            part = answer.get(sentence_key(index)) if isinstance(answer, Mapping) else None
            if part is None:
                entries[sentence.position] = failed(left_out, kind)
                continue
            try:
                offered = SentenceAnswer.model_validate(part)
                entries[sentence.position], found = self._sentence(offered, sentence, window, told, names)
                claims += found
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                place = ".".join(map(str, first["loc"])) or "the answer"
                entries[sentence.position] = failed(f"the answer does not follow the schema: {place}: {first['msg']}")
            except _UnusableError as unusable:
                entries[sentence.position] = failed(str(unusable))
        # A small model may list a claim one sentence too early: the anchors put the entries right.
        with_claims = {position for claim in claims for position in claim.anchor.sentence_ids}
        for position, entry in entries.items():
            is_said_to_have = entry.state is SentenceState.CLAIMS
            if is_said_to_have and position not in with_claims:
                entries[position] = failed("the claims that the model gave for this sentence stand in others")
            elif position in with_claims and not is_said_to_have:
                entries[position] = LedgerEntry(SentenceState.CLAIMS)
        found = distinct(claims)
        return entries, [*found, *self._in_own_words(window.sentences, entries, found)]

    def _in_own_words(
        self, sentences: Iterable[Sentence], entries: dict[int, LedgerEntry], claims: Sequence[Claim]
    ) -> list[Claim]:
        """The sentences that stand for what the model lost: a number, or twice its whole answer; entries are put right.

        Nothing that matters is missing from the queue because a model stumbled; where only its server was out, the
        sentence is asked about again.
        """
        added: list[Claim] = []
        for one in sentences:
            entry = entries[one.position]
            told = [claim.text for claim in claims if one.position in claim.positions]
            lost = uncovered_numbers(one.span.cut(self._text), told, self._language) if told else ()
            is_twice = entry.state is one.entry.state is SentenceState.FAILED
            has_failed_twice = is_twice and NO_SERVER not in {entry.kind, one.entry.kind}
            if lost:
                added.append(self._as_written(one, f"no other claim of its sentence holds {' or '.join(lost)}"))
            elif has_failed_twice and self.is_checkable(one.position):
                entries[one.position] = LedgerEntry(SentenceState.CLAIMS, detail=entry.detail)
                added.append(self._as_written(one, f"the model failed at it twice: {entry.detail}"))
        return added

    def _sentence(
        self, answer: SentenceAnswer, sentence: Sentence, window: Window, told: dict[str, int], names: NameMender
    ) -> tuple[LedgerEntry, list[Claim]]:
        """The entry and the claims of a sentence; `told` says for which one each wording was given first."""
        offered, done = answer.claims[:MAX_CLAIMS], tuple[str, ...]()
        if self._doubts.is_english:
            offered, done = put_right(offered, sentence.span.cut(self._text), names)
        claims = [self._claim(one, sentence, window) for one in offered]
        if answer.is_fact and any(Flag.OTHER_LANGUAGE in one.flags for one in claims):
            best = max(claims, key=lambda one: one.check_worthiness)
            wrong = f"{len(claims)} claim(s) left out: they are not in the article's language"
            said = f"the model answered in another language: “{best.text}”"
            return LedgerEntry(SentenceState.CLAIMS, detail=wrong), [self._as_written(sentence, said)]
        if answer.is_fact:
            told |= {same_wording(one.text): sentence.position for one in claims} | told
        why_not = [self._why_left_out(one, sentence, window, told) for one in claims]
        kept = [claim for claim, why in zip(claims, why_not, strict=True) if why is None]
        counted = Counter(one for one in why_not if one)
        if len(answer.claims) > MAX_CLAIMS:
            counted[f"more than the {MAX_CLAIMS} asked for"] = len(answer.claims) - MAX_CLAIMS
        left_out = [f"{count} claim(s) left out: {reason}" for reason, count in counted.items()]
        if left_out and not kept:
            raise _UnusableError("; ".join(left_out))
        if answer.kind in NO_CLAIM_KINDS:
            return self._put_aside(answer, kept, sentence, window)
        if not kept or not answer.is_fact:
            raise _UnusableError(f"the model called it {answer.kind!r} and gave {len(kept) or 'no'} claim(s)")
        return LedgerEntry(SentenceState.CLAIMS, detail="; ".join((*left_out, *done))[:_DETAIL_LIMIT] or None), kept

    def _as_written(self, sentence: Sentence, reason: str) -> Claim:
        """The sentence in its own words as a claim, where the model's are of no use."""
        words = " ".join(sentence.span.cut(self._text).split())
        anchor = self._anchorer.anchor(words, sentence.position, ())
        is_doubtful = not self._doubts.is_checkable((sentence.position,))
        worth = worth_of(words, _MIDDLING, "", self._language, is_doubtful=is_doubtful)
        return Claim(
            text=words,
            quote=words,
            anchor=anchor,
            check_worthiness=worth.value,
            reason=worth.reason,
            speaker=self._attributions.speaker_of(anchor),
            doubts=(Doubt(Flag.AS_WRITTEN, reason[:_DETAIL_LIMIT]),),
            when=self._dates.of(words, anchor),
            locator=self._locator_of(anchor),
        )

    def _behind(self, claim: Claim, kind: str) -> Claim:
        """The claim of a sentence that the model calls a view and code a fact: behind the others, with that doubt."""
        worth = worth_of(claim.text, None, "", self._language, is_doubtful=True)
        doubt = Doubt(Flag.DOUBTFUL_KIND, f"the model calls its sentence {kind}; its words say that it can be checked")
        others = tuple(one for one in claim.doubts if one.flag is not Flag.DOUBTFUL_KIND)
        return replace(claim, check_worthiness=worth.value, reason=worth.reason, doubts=(doubt, *others))

    def _put_aside(
        self, answer: SentenceAnswer, kept: Sequence[Claim], sentence: Sentence, window: Window
    ) -> tuple[LedgerEntry, list[Claim]]:
        """The entry of a sentence that has no claim, with the words in which the model put it.

        Where code is sure that a view of the model's can be checked, its claims are queued behind the others.
        """
        begins = fold(answer.begins)
        texts = {one: fold(one.span.cut(self._text)) for one in window.sentences}
        shared = {one: len(commonprefix((begins, text))) for one, text in texts.items()}  # noqa: RUF071 - of characters
        if shared[sentence] < max(shared.values()):
            raise _UnusableError("the answer for this sentence begins with the words of another")
        if kept and answer.kind in _VIEWS and self._doubts.is_surely_checkable(sentence.position):
            return LedgerEntry(SentenceState.CLAIMS), [self._behind(one, answer.kind) for one in kept]
        state = SentenceState.AMBIGUOUS if answer.kind == AMBIGUOUS else SentenceState.NOT_CHECKABLE
        is_plain = state is SentenceState.NOT_CHECKABLE and not self._doubts.is_checkable((sentence.position,))
        agreed = "no checkable claim by its words either" if is_plain else ""
        # All readings of an ambiguous sentence, or an opinion in the model's words: nothing of it is queued.
        said = " / ".join(dict.fromkeys(one.text for one in kept))[:_DETAIL_LIMIT]
        return LedgerEntry(state, answer.kind, "; ".join(filter(None, (agreed, said)))[:_DETAIL_LIMIT] or None), []

    def _claim(self, offered: OfferedClaim, sentence: Sentence, window: Window) -> Claim:
        nearby = (*window.positions, *(one.position for one in window.before))
        anchor = self._anchorer.anchor(offered.quote, sentence.position, nearby)
        others = [one for one in nearby if one not in anchor.sentence_ids]
        better = self._doubts.carriers.better(offered.claim, anchor.sentence_ids, others)
        if better is not None:  # the quote is another sentence's, whatever the model says
            anchor = Anchor(AnchorStatus.SENTENCE, sentence_ids=(better,))
        doubts = tuple(self._doubts.of(offered.claim, anchor))
        is_doubtful = any(one.flag is Flag.DOUBTFUL_KIND for one in doubts)
        said = None if offered.worth is None else offered.worth / WORTH_STEPS
        worth = worth_of(offered.claim, said, offered.why, self._language, is_doubtful=is_doubtful)
        return Claim(
            text=offered.claim,
            quote=offered.quote,
            anchor=anchor,
            check_worthiness=worth.value,
            reason=worth.reason,
            speaker=self._attributions.speaker_told(
                offered.claim, anchor, offered.speaker, is_english=self._doubts.is_english
            ),
            inferred=self._doubts.sources.inferred(offered.claim, offered.quote, anchor),
            doubts=doubts,
            # Where the article says the whole sentence once more, it says the same words.
            also=tuple(
                self._anchorer.anchor(offered.quote, repeat, ())
                for position in anchor.sentence_ids
                for repeat in self._repeats.get(position, ())
            ),
            when=self._dates.of(offered.claim, anchor),
            locator=self._locator_of(anchor),
        )

    def _why_left_out(self, claim: Claim, sentence: Sentence, window: Window, told: Mapping[str, int]) -> str | None:
        """Why a claim that the model gave for a sentence does not count as one of it, or None."""
        return next(self._against(claim, sentence, window, told), None)

    def _against(self, claim: Claim, sentence: Sentence, window: Window, told: Mapping[str, int]) -> Iterator[str]:
        said, positions = self.words_of(sentence), claim.anchor.sentence_ids
        if self._doubts.is_english and says_nothing(claim.text):
            yield "they say nothing"
        if breaks_off(claim.text):
            yield "they break off"
        if speaks_of_itself(claim.text, said):
            yield "they tell of the article, not what it says"
        if Flag.UNANCHORED_QUOTE in claim.flags and fold(claim.text) in self._example:
            yield "the prompt's example came back"
        if positions and self._dates_alone.issuperset(positions):
            yield _MERE_DATE
        if positions and not set(positions) & set(window.positions):
            # Another call answers for those.
            yield "they are of sentences given for context only"
        is_repeated = told.get(same_wording(claim.text), sentence.position) != sentence.position
        if is_repeated and shared_words(claim.text, said) < _OWN_WORDS:
            yield "they repeat those of another sentence"


def failed(reason: str, kind: str | None = None) -> LedgerEntry:
    """The entry of a sentence whose call, or whose part of the answer, failed."""
    return LedgerEntry(SentenceState.FAILED, kind, clean_line(reason)[:_DETAIL_LIMIT])


def detailed(entry: LedgerEntry, done: str) -> LedgerEntry:
    """An entry that tells of one thing more."""
    return replace(entry, detail="; ".join(filter(None, (entry.detail, done)))[:_DETAIL_LIMIT])


def distinct(claims: Iterable[Claim]) -> list[Claim]:
    """Each wording once, with the first quote that was found for it and every sentence that says so."""
    kept: dict[str, Claim] = {}
    for claim in claims:
        wording = same_wording(claim.text)
        first = kept.setdefault(wording, claim)
        better, other = (claim, first) if claim.anchor.segments and not first.anchor.segments else (first, claim)
        kept[wording] = better.found_at((other.anchor, *other.also))
    return list(kept.values())


def _repeats(text: str, sentences: Sequence[Sentence]) -> dict[int, list[int]]:
    """The positions of sentences that only repeat an earlier one, by that one's position."""
    by_words: dict[str, list[int]] = {}
    if any(one.entry.kind == REPEAT for one in sentences):
        for one in sentences:
            by_words.setdefault(fold(one.span.cut(text)), []).append(one.position)
    return {first: repeats for first, *repeats in by_words.values() if repeats}
