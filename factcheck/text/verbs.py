"""English verbs and superlatives that are known by their forms alone."""

import re
from functools import lru_cache

from factcheck.text.folding import words

AUXILIARIES = frozenset(words("""
    is are was were has have had will would can could may might must should did does do isn't aren't wasn't weren't
    hasn't haven't hadn't won't can't didn't doesn't don't
"""))  # fmt: skip
"""Verbs that a subject stands before, whatever follows; of those with `not` the commonest."""

PASTS = (
    "went", "became", "won", "left", "made", "took", "gave", "wrote", "ran", "led", "met", "held", "began", "fell",
    "rose", "grew", "sold", "bought", "built", "lost", "found", "spoke", "came", "flew", "fled", "shot",
)  # fmt: skip
"""Irregular pasts that news is full of, and that are hardly ever anything else."""


_IRREGULAR = """
    arise arose arisen; awake awoke awoken; bear bore born borne; beat beaten; become became; begin began begun;
    bend bent; bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken; breed bred;
    bring brought; build built; burn burnt; buy bought; catch caught; choose chose chosen; cling clung; come came;
    creep crept; deal dealt; die died dies dying; dig dug; do did done; draw drew drawn; dream dreamt;
    drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought;
    find found; flee fled; fling flung; fly flew flown; forbid forbade forbidden; forget forgot forgotten;
    forgive forgave forgiven; freeze froze frozen; get got gotten; give gave given; go went gone; grow grew grown;
    hang hung; have had has; hear heard; hide hid hidden; hold held; keep kept; kneel knelt; know knew known;
    lay laid; lead led; leap leapt; learn learnt; leave left; lend lent; lie lain lied lies lying;
    tie tied ties tying; light lit; lose lost; make made; mean meant; meet met; mistake mistook mistaken;
    overcome overcame; pay paid; prove proven; ride rode ridden; ring rang rung; rise rose risen; run ran; say said;
    see saw seen; seek sought; sell sold; send sent; shake shook shaken; shine shone; shoot shot; show shown;
    shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat; slay slew slain; sleep slept; slide slid;
    speak spoke spoken; spend spent; spin spun; steal stole stolen; stick stuck; sting stung;
    strike struck stricken; swear swore sworn; sweep swept; swim swam swum; swing swung; take took taken;
    teach taught; tear tore torn; tell told; think thought; throw threw thrown; undergo underwent undergone;
    understand understood; undertake undertook undertaken; wake woke woken; wear wore worn; weave wove woven;
    weep wept; win won; withdraw withdrew withdrawn; withhold withheld; withstand withstood; write wrote written
"""
_BASES = {form: forms[0] for forms in map(str.split, _IRREGULAR.split(";")) for form in forms[1:]}
UNCHANGED = frozenset(words("beat bet bid burst cast cost cut hit hurt let put quit set shed shut split spread upset"))
"""Verbs whose past is their base form."""

_NO_PASTS = frozenset(words("""
    succeed proceed exceed speed need feed breed bleed heed seed weed deed reed greed creed indeed hundred sacred
    kindred bed red watershed sled
"""))  # fmt: skip
"""Base forms, and other words, with the ending of a past."""
IRREGULAR_PASTS = frozenset(_BASES) - {"has", "dies", "dying", "lies", "lying", "ties", "tying"} | UNCHANGED
"""Pasts and participles that `-ed` does not tell."""
_PREFIX = re.compile(r"(?:re|over|under|out|up|mis|fore)(?=\w{3})")
_LEAST_ROOT = 3
_REGULAR = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""))


@lru_cache(20_000)
def root(word: str) -> str:
    """What the forms of a folded English word share: `buy` of `bought`, `rob` of `robbed`; rough, as a stem is."""
    base = _BASES.get(word, word)
    if base == word and (prefix := _PREFIX.match(word)) and (rest := _BASES.get(word[prefix.end() :])):
        base = prefix[0] + rest  # as `overtook` and `rebuilt`
    for ending, put in _REGULAR:
        if base.endswith(ending) and len(base) - len(ending) + len(put) >= _LEAST_ROOT and base not in _NO_PASTS:
            base = base.removesuffix(ending) + put
            break
    return base[:-1] if len(base) > _LEAST_ROOT and base[-1] == base[-2] else base


_NO_SUPERLATIVES = frozenset(words("""
    west east interest request test protest forest guest contest arrest harvest invest suggest rest honest modest priest
    quest chest northwest southwest northeast southeast conquest manifest nest digest vest unrest
"""))  # fmt: skip


def is_superlative(word: str) -> bool:
    """Whether a folded English word says that nothing has more of it: `largest`, `most`."""
    return (word.endswith("est") and word not in _NO_SUPERLATIVES) or word in {"most", "worst", "least", "top"}


_NO_ADVERBS = frozenset(words("""
    family italy july ally assembly monopoly supply reply rally fly apply only early daily weekly monthly yearly emily
    sicily kelly belly bully jelly anomaly butterfly multiply comply rely imply likely unlikely elderly friendly
"""))  # fmt: skip


def is_adverb(word: str) -> bool:
    """Whether a folded English word looks like an adverb that may stand beside a verb."""
    return word.endswith("ly") and word not in _NO_ADVERBS


def is_past(word: str) -> bool:
    """Whether a folded English word has the form of a past or a participle."""
    if (word.endswith("ed") and word not in _NO_PASTS) or word in IRREGULAR_PASTS:
        return True
    prefix = _PREFIX.match(word)
    return bool(prefix and word[prefix.end() :] in IRREGULAR_PASTS)
