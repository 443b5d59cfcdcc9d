"""German words in an order that rules for English can read: `lehnte den Bau ab`, `Den Rat lobte der Mann`."""

from collections.abc import Sequence
from dataclasses import replace

from factcheck.text import gloss_words as known
from factcheck.text.gloss_reading import VERBS, Word, is_last_of_clause

SUBJECTS = frozenset(("der", "die", "das", "ein", "eine"))
"""Articles that a subject may have."""
PREPOSITIONS = frozenset(("in", "on", "after", "before", "since", "at", "with", "from", "during", "according"))
_OBJECTS = frozenset(("den", "dem", "einen", "einem"))
_OBJECTS_OF_CLAUSES = frozenset(("den", "dem", "denen"))


def in_english_order(said: Sequence[Word]) -> list[Word]:
    """The words of a German sentence as English would have them, what joins clauses and opens relative ones told."""
    return _subject_first([one for one in _joined(_relatives(_of_the(_but_first(said)))) if one.put])


def _but_first(said: Sequence[Word]) -> list[Word]:
    """A German `aber` behind the verb that it joins to another one: `lobte den Wirt, verwarnte aber den Koch`."""
    found = list(said)
    for at in range(2, len(found)):
        if found[at].low == "aber" and found[at - 1].kind == "verb" and found[at - 2].written == ",":
            found[at - 1 : at + 1] = [Word("aber", "but", "small"), found[at - 1]]
    return found


def _of_the(said: Sequence[Word]) -> list[Word]:
    """The German `der` between two nouns, as in `Gegner der Regierung`."""
    found = list(said)
    for at in range(1, len(found) - 1):
        is_between = found[at - 1].written[:1].isupper() and found[at + 1].written[:1].isupper()
        is_noun = found[at - 1].low not in known.VERB_FIRST and found[at - 1].put not in {"the", "a", *PREPOSITIONS}
        if found[at].written == "der" and is_between and is_noun:
            found[at] = replace(found[at], put="of the")
    return found


def _relatives(said: Sequence[Word]) -> list[Word]:
    """A German article behind a comma with another one behind it, which is a pronoun: `der Mann, den ein Hund biss`.

    Only what is no subject for sure, by its own form or by that of the other one.
    """
    found = list(said)
    for at in range(1, len(found) - 1):
        is_object = found[at].low in _OBJECTS_OF_CLAUSES and found[at + 1].put in {"a", "the", "his", "their", "no"}
        if found[at - 1].written != "," or found[at].put != "the":
            continue
        if is_object or found[at + 1].low == "der":
            found[at] = replace(found[at], put="that")
        elif found[at].low in SUBJECTS and _opens_relative(found, at):
            found[at] = replace(found[at], put="who")
    return found


def _opens_relative(found: Sequence[Word], at: int) -> bool:
    """Whether what may be an article stands before no noun, and a verb ends its clause: `, das seit Mai spielt`."""
    behind = found[at + 1]
    is_led = behind.put in PREPOSITIONS or behind.low in known.ADVERBS | _OBJECTS | _OBJECTS_OF_CLAUSES
    last = next((one for one in range(at + 1, len(found)) if is_last_of_clause(found, one)), at)
    return is_led and last > at + 1 and found[last].kind in VERBS


def _joined(said: Sequence[Word]) -> list[Word]:
    """German verbs with what stands apart from them at the end of their clause: `lehnte den Bau ab`."""
    found = list(said)
    for at, one in enumerate(said):
        is_last = is_last_of_clause(said, at)
        verb = next((place for place in range(at - 1, -1, -1) if said[place].kind in {"verb", "intends"}), None)
        if one.low not in known.PARTICLES or not is_last or verb is None:
            continue
        found[at] = replace(one, put="", kind="")
        whole = one.low + said[verb].base
        if put := known.INTENDS["de"].get(whole):
            found[verb] = replace(said[verb], put=put, kind="intends", base=whole)
        elif said[verb].kind == "verb":
            found[verb] = replace(said[verb], put=f"{whole}ed", base=whole)
    return found


def _subject_first(said: Sequence[Word]) -> list[Word]:
    """A German clause that begins with its object or an adverb, with its subject there: `Den Rat lobte der Mann`."""
    verb = next((at for at, one in enumerate(said) if one.kind in VERBS), 0)
    before, behind = list(said[:verb]), list(said[verb + 1 :])
    if not before or not behind or any(one.ends_clause() for one in before):
        return list(said)
    is_object = before[0].low in _OBJECTS and (behind[0].low in SUBJECTS or behind[0].written[0].isupper())
    is_adverbial = before[0].put in PREPOSITIONS or before[0].low in known.ADVERBS
    end = next((at for at, one in enumerate(behind, 1) if one.written[:1].isupper()), 0)
    while end and end < len(behind) and behind[end].written[:1].isupper():
        end += 1
    if not end or not (is_object or is_adverbial):
        return list(said)
    subject, rest = behind[:end], behind[end:]
    return [*subject, said[verb], *before, *rest] if is_object else [*before, *subject, said[verb], *rest]
