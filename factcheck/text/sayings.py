"""Verbs of saying: English ones by their forms, those of other languages by how they begin."""

from factcheck.text.folding import words
from factcheck.text.verbs import root


def _forms(verbs: str, past: str) -> frozenset[str]:
    """The forms with `-s` and `-ed`, and irregular pasts; the infinitive is too often a noun."""
    every = set(past.split())
    for verb in verbs.split():
        every.add(f"{verb[:-1]}ies" if verb.endswith("fy") else f"{verb}es" if verb.endswith("ss") else f"{verb}s")
        every.add(f"{verb[:-1]}ied" if verb.endswith("fy") else f"{verb}d" if verb.endswith("e") else f"{verb}ed")
    return frozenset(every)


# The reporting verbs of textacy (Apache-2.0) that a statement follows, without those of belief, request and denial.
SAID = _forms(
    "acknowledge add allege announce argue assert claim complain concede conclude confirm contend continue declare"
    " describe disclose estimate explain insist maintain mention note observe post predict recall report reveal state"
    " stress suggest testify tweet warn remark",
    "say says said tell tells told write writes wrote replies replied admits admitted argue warn insist contend",
)
_ROOTS = frozenset(map(root, SAID))


def is_verb_of_saying(word: str) -> bool:
    """Whether an English word reports what somebody says, as `said` and `announces`."""
    return word in SAID


def is_of_saying(word: str) -> bool:
    """Whether an English word is a form of such a verb, or a noun like it: `announcing`, `report`."""
    return root(word) in _ROOTS


_LAST_LATIN = "\u024f\uffff"
_BEGINNINGS = tuple(
    words("""
    sagt sagen gesagt erklär betont kritisiert fordert warnt berichtet behaupt meint teilte äußert bestätig laut zufolge
    angaben
    dijo dice dijeron dicho según afirm asegur declar explic señal anunci advirti advierte denunci sostien sostuv
    manifest
    dit selon expliqu estim annonc assur ajout soulign indiqu
    detto secondo afferm dichiar spieg annunc sostien
    disse diz segundo declarou
    zegt zei zeggen gezegd volgens aldus verklaar meldt meldde stelt
    säger sade enligt uppger sagde siger sier ifølge
    powiedzia mówi według twierdz stwierdz řekl uvedl podle söyledi dedi göre
""")
)
"""German, Spanish, French, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian, Polish, Czech and Turkish.

What says by whose word something is so stands among them.
"""


def begins_as_saying(word: str) -> bool:
    """Whether a folded word of another language reports what somebody says, by how it begins.

    Of a word in other letters than Latin ones nothing is known, so that it may.
    """
    return word.startswith(_BEGINNINGS) or word > _LAST_LATIN
