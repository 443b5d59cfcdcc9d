"""English verbs of saying, by their forms."""

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
