"""How much a claim is worth checking: mostly its signs, told in words, and partly the model's word."""

from dataclasses import dataclass

from factcheck.text.checkability import is_english
from factcheck.text.signs import WITHOUT_WORDS, named, signs
from factcheck.text.weights import weights_of

_OF_MODEL = 0.1
"""The model's part: a small one gives .7 to nearly everything."""
_DOUBTFUL = 0.1
"""Claims of doubtful kind share what lies below, the others what lies above: none stands before one of them."""
_MOST_SIGNS = 4
_ROOM = 100  # characters of a reason, with the model's why


@dataclass(frozen=True, slots=True)
class Worth:
    """From 0 (nobody would check it) to 1 (check it first), with the reason in words that a person reads."""

    value: float
    reason: str


def worth_of(
    claim: str, model: float | None, why: str, language: str | None = None, *, is_doubtful: bool = False
) -> Worth:
    """The worth of a claim of an article in that language.

    `model`, from 0 to 1, and `why` are the model's word; where it told no number, None, the signs alone count.
    """
    is_read = is_english(claim, language)
    found = {sign: count for sign, count in signs(claim).items() if is_read or sign in WITHOUT_WORDS}
    learnt = weights_of("worth")
    by_signs = learnt.likelihood(found, is_english=is_read)
    value = (1 - _OF_MODEL) * by_signs + _OF_MODEL * (by_signs if model is None else model)
    parts = learnt.parts(found)
    speaking = sorted((sign for sign in parts if parts[sign] > 0), key=lambda sign: -parts[sign])
    told = list(filter(None, (named(sign, found[sign]) for sign in speaking)))[:_MOST_SIGNS]
    if not told and is_read:
        told = ["a general statement"]
    reason = "; ".join(told)
    said = f" (model: {why})" if reason and why else why
    return Worth(
        _DOUBTFUL * value if is_doubtful else _DOUBTFUL + (1 - _DOUBTFUL) * value,
        reason + said if not reason or len(reason + said) <= _ROOM else reason,
    )
