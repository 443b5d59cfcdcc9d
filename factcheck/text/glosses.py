"""A sentence of another language put so that rules for English can read it: who does what, and what is only planned.

The rules know an English order and English small words. So articles, prepositions, auxiliaries, offices and verbs of
intent are put in English, other verbs become their base form with an English ending, and the part of a verb that German
and Dutch put at the end goes back to its auxiliary. Other nouns and names stay as they are. It is no translation: what
is told to a person is put back into the words of the text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from factcheck.text import gloss_words as known
from factcheck.text.folding import fold
from factcheck.text.gloss_clauses import clauses_governed
from factcheck.text.gloss_german import SUBJECTS, in_english_order
from factcheck.text.gloss_reading import JOINS, STOPS, VERBS, Word, as_verb, glossed_words, is_last_of_clause, stem_of
from factcheck.text.lemmas import LANGUAGES, infinitive
from factcheck.text.turns import Difference

_HE = frozenset(("er", "sie", "es", "man"))
_DENIALS = frozenset(("not", "never", "hardly"))
_OF_ADVERBS = ("ment", "mente", "aussi", "bientôt", "también", "anche", "também")
_BETWEEN = _DENIALS | {"him", "to", "of"}
_BEFORE_INFINITIVES = frozenset(
    ("de", "d", "à", "a", "con", "di", "em", "que", "se", "s", "pas", "no", "non", "não", "por", "per")
)
_OF_OTHERS = frozenset(("ask", "demand", "propose", "suspect"))
"""What one wants of another, who may stand between: `demandé au maire de signer`."""
_ASKED = frozenset(("ask", "demand", "suspect"))
"""What is done to another one, too, so that it has two sides: `invited the mayor to resign`."""
_BEHIND_NOUNS = frozenset(("of", "of the", "of a", "that", "who"))
_UNLINKED = frozenset(("shall", "must", "can", "may", "reportedly"))
_ROMANCE = frozenset(("es", "fr", "it", "pt"))
_FRONTED = {
    "es": ("a", "al"), "fr": ("à", "au", "aux"), "it": ("a", "al", "alla", "ai", "alle"),
    "pt": ("ao", "à", "aos", "às"),
}  # fmt: skip
"""With one of these an object may open a clause."""
_AGENTS = {
    "de": ("von", "vom", "durch"), "es": ("por",), "pt": ("por", "pelo", "pela", "pelos", "pelas"), "fr": ("par",),
    "it": ("da", "dal", "dalla", "dai", "dalle", "dall", "dallo"), "nl": ("door",),
}  # fmt: skip
_ADDED = ("shall", "would")
"""What stands in the ending of a word elsewhere, as in `cerrará`."""
_SCORE = re.compile(r"(?<=\d) ([-–]) (?=\d)")
_REACH = 8
_NEAR = 3
_KEPT = 1_000  # texts: a sentence is held against each of its claims
"""Tokens of a text that is put so."""


@dataclass(frozen=True, slots=True)
class Gloss:
    """A text put so, and what each of its words was."""

    text: str
    written: Mapping[str, str]

    def told(self, said: str) -> str:
        """The words of the text for those of the gloss."""
        return " ".join(filter(None, (self.written.get(one, one) for one in said.split())))


@lru_cache(_KEPT)
def gloss(text: str, language: str | None) -> Gloss | None:
    """A text so that rules for English can read it; None in languages that are not known here."""
    primary = (language or "").split("-")[0].lower()
    if primary not in LANGUAGES:
        return None
    said = _offices(_nouns_told(list(glossed_words(known.EXPRESSIONS[primary].sub(_in_one, text), primary)), primary))
    if primary == "de":
        said = in_english_order(said)
    if primary == "nl":
        said = _subjects_perhaps(said)
    said = clauses_governed(said, primary)
    together = [one for one in _verbs_together(said, primary) if one.put]
    put = [one for one in _denied(_parted(together, primary), primary) if one.put]
    written = {fold(one.put.split()[-1]): one.written for one in reversed([*put, *together])}
    doubted = next((one.written for one in together if one.put.startswith("reportedly ")), "")  # `aurait`
    written = dict.fromkeys(_ADDED, "") | {"reportedly": doubted} | written | {"to": known.VERB_LAST.get(primary, "")}
    return Gloss(_SCORE.sub(r"\1", " ".join(one.put for one in put)), written)


def _in_one(found: re.Match[str]) -> str:
    """An expression as one word: `más de` as `más_de`."""
    return found[0].replace(" ", "_")


def in_words(found: Difference, claim: Gloss, sentence: Gloss) -> Difference:
    """A difference between two such texts in their own words."""
    return replace(found, sentence=sentence.told(found.sentence), claim=claim.told(found.claim))


def _nouns_told(said: Sequence[Word], language: str) -> list[Word]:
    """What looks like a verb and is none, and what looks like an article and is a pronoun: `donde la recibió`.

    Behind `el` and `un` stands a noun, and behind `la` if `of` follows: `la salida de`. Where a verb follows, the first
    word is who does it: `Asad compró`.
    """
    found = list(said)
    if [one.kind for one in found[:2]] == ["verb", "verb"] and found[0].written[0].isupper():
        found[0] = Word(found[0].written, found[0].written)
    for at in range(len(found) - 1):
        one, two, behind = found[at], found[at + 1], found[at + 2].put if at + 2 < len(found) else ""
        if two.kind not in VERBS - {"intends"} or not (one.put == "the" or one.low in known.ARTICLES[language]):
            continue
        is_owned = at > 0 and found[at - 1].put == "whose"  # `dont le père`
        is_article = one.low in known.ARTICLES[language] or behind in _BEHIND_NOUNS
        is_participle = two.low.endswith(known.PARTICIPLES.get(language, "\0"))
        is_infinitive = two.low == two.base and one.low != "a"  # which is a preposition, too
        is_noun = language in known.ENCLITIC if is_infinitive else is_article or is_participle
        if two.kind == "verb" and (is_owned or is_noun):
            found[at + 1] = Word(two.written, two.written)
        elif one.put == "the":
            found[at] = replace(one, put="him")
    return found


def _subjects_perhaps(said: Sequence[Word]) -> list[Word]:
    """A Dutch pronoun behind a comma, which may be a subject: `de man, die de stad bestuurde`."""
    found = list(said)
    for at in range(1, len(found)):
        if found[at - 1].written == "," and found[at].put == "that":
            found[at] = replace(found[at], put="who")
    return found


def _offices(said: Sequence[Word]) -> list[Word]:
    """`presidente electo` as in `incoming president`."""
    found = list(said)
    for at in range(1, len(found)):
        before = at - 1 - (found[at - 1].low == "par")  # `président par intérim`
        if found[at].kind == "of_office" and before >= 0 and found[before].kind == "office":
            found[before : at + 1] = [found[at], found[before], *[Word("", "")] * (at - 1 - before)]
    return found


def _verbs_together(said: Sequence[Word], language: str) -> list[Word]:
    """The parts of each verb side by side, in English order."""
    found = list(said)
    for at in range(len(found)):
        if found[at].kind in {"intends", "can"}:
            _intend(found, at, language)
        elif language in known.VERB_LAST and found[at].put == "had" and _is_copula(found, at):
            found[at] = replace(found[at], put="was")  # `wier vader burgemeester was`
        elif found[at].kind in {"be", "have"}:
            _complete(found, at, language)
    for at in range(len(found) - 1):
        is_participle = found[at].kind == "verb" and found[at].low.endswith(known.PARTICIPLES.get(language, ("\0",)))
        is_active = any(one.kind == "have" for one in found[max(0, at - 2) : at])
        if is_participle and not is_active and found[at + 1].low in _AGENTS[language]:
            found[at + 1] = replace(found[at + 1], put="by")  # `presentato dalla senatrice`
    return found


def _intend(found: list[Word], at: int, language: str) -> None:
    """Puts the infinitive that a word of intent governs right behind it; without one it intends nothing."""
    one = found[at]
    if language in known.VERB_LAST and at and found[at - 1].is_infinitive:  # `dass sie Flugzeuge kaufen will`
        found[at - 1], found[at] = one, _governed(found[at - 1], one)
        return
    place = _intended(found, at, language)
    if place is None:
        if one.put == "refuse" and _denies_clause(found, at):
            found[at] = replace(one, put="disputed", kind="verb")
        elif one.kind == "intends":
            verb = infinitive(one.low, language) if one.written[0].islower() or not at else ""
            put = as_verb(one.low, one.base, language) if verb else one.written
            put = f"{one.put}ed" if verb and one.put == "ask" else put
            found[at] = replace(one, put=put, kind="verb" if verb else "")
        return
    last = place - 1 if found[place - 1].low == known.VERB_LAST.get(language) else place
    between = [other for other in found[at + 1 : last] if other.written != "," and not _belongs(other)]
    if language not in known.VERB_LAST and one.put not in _OF_OTHERS:
        between = [other for other in between if other.put in _DENIALS]
    if one.low in known.CARRIED_OUT:
        found[at] = replace(one, put="")
    if one.put in _ASKED:
        found[at] = replace(one, put=f"{one.put}ed")
    gone = place - at - 1 - len(between)
    found[at + 1 : place + 1] = [_governed(found[place], one), *between, *[Word("", "")] * gone]


def _denies_clause(found: list[Word], at: int) -> bool:
    """Whether a clause follows that is denied: `negó que`, `dementierte Berichte, wonach`. It is put behind `that`."""
    behind = list(found[at + 1 : at + 2 + _NEAR])
    if any(one.low in known.REPORTS for one in behind):
        at += next(place for place, one in enumerate(behind, 1) if one.low in known.REPORTS)
        comma = found[at + 1] if at + 2 < len(found) else found[at]
        if comma.written == "," and found[at + 2].low in SUBJECTS | _HE:  # `Vorwürfe, er habe`
            found[at + 1] = replace(comma, put=", that")
        behind = list(found[at + 1 : at + 1 + _NEAR])
    elif behind and behind[0].written != ",":
        behind = behind[:1]
    return any(one.put.endswith("that") for one in behind[:2])


def _belongs(word: Word) -> bool:
    """Whether a word only marks the past in an infinitive, or the passive: `avoir`, `être`."""
    return word.kind in {"have", "be"} and word.base == word.low


def _governed(verb: Word, governing: Word) -> Word:
    if governing.low in known.CARRIED_OUT:  # `pudo salvar` tells what was done
        return verb.done(always=True)
    linked = "" if governing.put in _UNLINKED else "to "
    return replace(verb, put=linked + stem_of(verb.base), kind="governed")


def _intended(found: Sequence[Word], at: int, language: str) -> int | None:
    """Where the infinitive stands that a word of intent governs; in `avoir tué` the participle."""
    behind = range(at + 1, len(found))
    clause = takewhile(lambda place: found[place].written not in STOPS and not _joins(found[place]), behind)
    if language in known.VERB_LAST:
        return next((place for place in clause if _is_last_infinitive(found, place, language)), None)
    is_of_others = found[at].put in _OF_OTHERS
    for place in clause:
        one, before = found[place], found[place - 1]
        if one.kind == "verb" and (one.is_infinitive or _belongs(before)):
            is_linked = before.low in _BEFORE_INFINITIVES or _belongs(before)
            return place if is_linked or not is_of_others else None
        if is_of_others and one.kind == "verb" and "that" in {other.put for other in found[at + 1 : place]}:
            return place  # `pidió que cesaran las hostilidades`
        if is_of_others and place < at + _REACH:
            continue
        if not (
            one.low in _BEFORE_INFINITIVES
            or one.low.endswith(_OF_ADVERBS)
            or one.kind in {"have", "be"}
            or one.put in _BETWEEN
        ):
            return None
    return None


def _joins(word: Word) -> bool:
    return word.kind == "small" and word.put in JOINS - {"that"}


def _is_last_infinitive(found: Sequence[Word], place: int, language: str) -> bool:
    """Whether a German or Dutch infinitive stands at the end of its clause, or the participle of one in the past."""
    one = found[place]
    if one.kind != "verb":
        return False
    particle = known.VERB_LAST[language]
    behind = [word for word in found[place + 1 : place + 3] if word.low != particle]
    if behind and behind[0].kind in {"have", "be"} and behind[0].low == behind[0].base:
        return True  # `überfallen zu haben`, `gestohlen haben`
    is_last = is_last_of_clause(found, place)
    return one.is_infinitive and (is_last or found[place - 1].low == particle or one.base != one.low)


def _is_copula(found: Sequence[Word], at: int) -> bool:
    """Whether a form of `be` at the end of its clause helps no verb before it."""
    return at > 0 and found[at - 1].kind != "verb" and is_last_of_clause(found, at)


def _complete(found: list[Word], at: int, language: str) -> None:
    """Puts the participle behind its auxiliary, and the agent of a passive behind `by`."""
    if language in known.VERB_LAST and at and found[at - 1].kind == "verb" and is_last_of_clause(found, at):
        found[at - 1], found[at] = found[at], found[at - 1].done(always=True)  # `deren Sohn verurteilt wurde`
        return
    behind = range(at + 1, len(found))
    ends = (here for here in behind if found[here].kind in {"verb", "intends", "can"} or found[here].written in STOPS)
    place = next(ends, None)
    if place is None or found[place].kind != "verb" or (language not in known.VERB_LAST and found[place].is_infinitive):
        return
    # `wird kaufen`; `wurde entlassen` is a passive, though its participle is as the infinitive.
    is_future = found[at].base == "werden" and found[place].is_infinitive and not found[at].low.startswith("wurd")
    others = (found[at], *found[at + 1 : place], *found[place + 1 : place + 2])
    is_passive = not is_future and any(one.kind == "be" for one in others)
    if is_passive:
        _name_agent(found, at, language)
        for here in behind:
            if found[here].kind == "be":
                found[here] = replace(found[here], put="", kind="")
    between = found[at + 1 : place]
    hedge = "reportedly " if found[at].put.startswith("reportedly") else ""
    if is_future:
        found[at] = replace(found[at], put="shall")
    elif is_passive and found[at].put != "shall be":
        found[at] = replace(found[at], put=f"{hedge}was")
    done = found[place].done(always=language in known.VERB_LAST and not is_future)
    found[at + 1 : place + 1] = [done, *between] if language in known.VERB_LAST else [*between, done]


def _name_agent(found: list[Word], at: int, language: str) -> None:
    """Puts `by` before whoever does what a passive tells, up to the end of its clause."""
    for here in range(at + 1, len(found)):
        if found[here].written in STOPS:
            return
        if found[here].low in _AGENTS[language]:
            found[here] = replace(found[here], put="by")
            return


def _parted(said: Sequence[Word], language: str) -> list[Word]:
    """Cut where a Romance language may put its subject behind the verb: `la moción que había presentado el grupo`."""
    found: list[Word] = []
    is_fronted = len(said) > 1 and said[0].low in _FRONTED.get(language, ()) and not said[1].is_infinitive
    for at, one in enumerate(said):
        is_verb = one.kind in VERBS
        is_relative = at > 0 and said[at - 1].put == "that" and language in _ROMANCE
        if is_verb and (is_relative or is_fronted):
            found.insert(len(found) - (found[-1].put in _DENIALS), Word("", ";"))
            is_fronted = False
        found.append(one)
    return found


def _denied(said: Sequence[Word], language: str) -> list[Word]:
    """A denial, or `beinahe`, that German and Dutch put at the end of a clause before its verb: `zahlte sie nicht`."""
    found = list(said)
    if language not in known.VERB_LAST:
        return found
    for at, one in enumerate(said):
        is_last = is_last_of_clause(said, at) or said[at + 1].put == "nor"
        begin = next((here for here in range(at - 1, -1, -1) if said[here].ends_clause()), -1)
        verb = next((here for here in range(begin + 1, at) if said[here].kind in {"verb", "governed"}), None)
        if (one.put in _DENIALS | {"neither"} or one.low in known.NEARLY) and is_last and verb is not None:
            found[verb] = replace(said[verb], put=f"{one.put} {said[verb].put}")
            found[at] = Word("", "")
    return found
