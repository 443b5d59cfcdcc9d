"""A cause that the claim makes of what came before, or of what something was done in spite of.

`He left because it rained` says more than `he left two weeks after it rained`, and the opposite of `although it did`.
In English, German, Spanish and French. A plain `after` often tells a cause, and is left in peace.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.text.marked import PASSED_OVER
from factcheck.text.turns import Difference, Turn, stretches
from factcheck.text.verbs import root


@dataclass(frozen=True, slots=True)
class _Links:
    """What links a deed to its cause, to what came before it, or to what it was done in spite of, in one language."""

    causes: re.Pattern[str]
    effects: re.Pattern[str]
    signs: re.Pattern[str]
    others: re.Pattern[str]

    @classmethod
    def of(cls, causes: str, effects: str, signs: str, spans: str, after: str, despite: str) -> "_Links":
        """From the alternatives of each: a cause stands behind `causes` or before `effects`, `spans` before `after`."""
        return cls(
            re.compile(rf"\b(?:{causes})", re.IGNORECASE),
            re.compile(rf"\b(?:{effects})", re.IGNORECASE),
            re.compile(rf"\b(?:{causes}|{signs})", re.IGNORECASE),
            re.compile(rf"\b(?:(?:{spans}),? (?:{after})|{despite})\b", re.IGNORECASE),
        )


_LINKS = {
    "en": _Links.of(
        r"because(?: of)?\b|due to\b|owing to\b|as a result of\b|thanks to\b",
        r"(?:has |have |had )?(?:led to|caused|prompted|resulted in|triggered|brought about)\b",
        r"since (?!\d)|caus|led to\b|prompt(?:s|ed|ing)\b|forc(?:ed|ing)\b|blam|cit(?:ed|es|ing)\b|in response\b"
        r"|reasons?\b|why\b|trigger|attribut|as a result\b",
        r"hours?|days?|weeks?|months?|years?|shortly|soon",
        r"after",
        r"although|though|even though|despite|in spite of|notwithstanding",
    ),
    "de": _Links.of(
        r"weil\b|wegen\b|aufgrund\b|infolge\b",
        r"(?:führte|führten) zu(?:m|r)?\b|verursachten?\b|bewirkten?\b",
        r"denn\b|deshalb\b|deswegen\b|daher\b|veranlasst|ausgelöst|Gr[uü]nd\w*|angesichts\b",
        r"Stunden?|Tage?n?|Wochen?|Monate?n?|Jahre?n?|kurz",
        r"nach(?:dem)?",
        r"obwohl|obgleich|trotz",
    ),
    "es": _Links.of(
        r"porque\b|debido a\b|a causa de\b|por culpa de\b",
        r"(?:ha |han )?(?:provocó|provocaron|provocado|causó|causaron|causado|llevó a|llevaron a)\b",
        r"ya que\b|causa|provoc|por ello\b|por eso\b|raz[oó]n|motivo|obligad|ante\b",
        r"horas?|días?|semanas?|mes(?:es)?|años?|poco",
        r"después de(?: que)?",
        r"aunque|pese a|a pesar de",
    ),
    "fr": _Links.of(
        r"parce qu|à cause d|en raison d|du fait d",
        r"(?:a |ont )?(?:provoqué|causé|entraîné|conduit à)(?!\w)",
        r"car\b|puisqu|caus|provoqu|raison|motif|contraint|forcé",
        r"heures?|jours?|semaines?|mois|ans?|années?|peu",
        r"après(?: qu[e'’])?",
        r"bien qu[e'’]|malgré|en dépit d|quoiqu[e'’]",
    ),
}
_MARK = re.compile(r"[,;:.!?](?=\s|$)")
_MOST_LACKING = 1 / 2


def invented_cause(claim: str, sentence: str, language: str | None) -> Iterator[Difference]:
    """A cause of the claim that the sentence only tells as earlier, or as what did not keep somebody from it."""
    links = _LINKS.get((language or "en").split("-")[0].lower())
    told = _told_cause(claim, links) if links else None
    if links is None or told is None:
        return
    cause, reason, done = told
    for link in links.others.finditer(sentence):
        under, rest = _parted(sentence, link)
        if links.signs.search(rest):
            continue
        wanted, held = _roots(reason), _roots(under)
        is_same = wanted and len(wanted - held) <= _MOST_LACKING * len(wanted)
        # No mark need stand behind it where the verb comes second: `Trotz des Streiks wuchs …`.
        if is_same and not (_roots(done) - wanted).isdisjoint(_roots(rest) or held):
            yield Difference(Turn.DEPENDS, link[0], cause)
            return


def _told_cause(claim: str, links: _Links) -> tuple[str, str, str] | None:
    """The words by which a claim tells a cause, the cause, and what came of it."""
    if found := links.causes.search(claim):
        return found[0], *_parted(claim, found)
    if found := links.effects.search(claim):
        done, reason = _parted(claim, found)
        return found[0], reason, done
    return None


def _parted(text: str, link: re.Match[str]) -> tuple[str, str]:
    """What stands under a link up to the next mark, and the rest."""
    stop = _MARK.search(text, link.end())
    end = stop.start() if stop else len(text)
    return text[link.end() : end], f"{text[: link.start()]}, {text[end:]}"


def _roots(text: str) -> frozenset[str]:
    return frozenset(root(one) for stretch in stretches(text) for one in stretch if one not in PASSED_OVER)
