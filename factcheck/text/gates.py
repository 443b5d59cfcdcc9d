"""Doubts about a claim's words that need no second model: a name from nowhere, a subject left hanging, two facts.

A gate reads the claim beside its article and answers with the words that it holds against it.
It would rather miss than cry wolf: what it cannot judge, such as the capitals of German, it lets pass.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from factcheck.domain.claim import Doubt, Flag
from factcheck.text.folding import fold, words
from factcheck.text.initials import Initials
from factcheck.text.keeping import kept_of_short
from factcheck.text.language import NOUNS_IN_CAPITALS, detect_language, is_in_other_language, main_script
from factcheck.text.names import ArticleNames
from factcheck.text.verbs import PASTS

_ENGLISH = "en"
_UNKNOWN_LANGUAGE = "und"


class Gates:
    """The gates of one article. Reading the article once makes each claim cheap.

    `language` is a BCP 47 tag. Without one it is detected, and the gates of English keep silent where it cannot be.
    """

    def __init__(self, text: str, title: str | None = None, language: str | None = None) -> None:
        whole = f"{title}\n\n{text}" if title else text
        primary = re.split(r"[-_]", language or "", maxsplit=1)[0].strip().lower()
        self._language = primary or detect_language(whole) or _UNKNOWN_LANGUAGE
        self._script = main_script(whole)
        self.names = ArticleNames(whole, self._language)
        self._initials = Initials(whole)

    def doubts(self, claim: str) -> Iterator[Doubt]:
        """What the gates hold against a claim, each with its reason."""
        if is_in_other_language(claim, self._language, self._script):
            yield Doubt(Flag.OTHER_LANGUAGE, "the claim is not in the article's language")
        if names := self._unknown_names(claim):
            yield Doubt(Flag.UNKNOWN_NAME, nowhere(names))
        if self._language != _ENGLISH:
            return
        if subject := dangling_subject(claim):
            yield Doubt(Flag.DANGLING_SUBJECT, f"“{subject}” leans on words outside the claim")
        if joint := joint_of_facts(claim):
            yield Doubt(Flag.COMPOUND, f"“{joint}” may join two facts")
        if word := foretelling(claim):
            yield Doubt(Flag.PREDICTION, f"“{word}” speaks of what nobody can look up yet")

    def _unknown_names(self, claim: str) -> Sequence[str]:
        if self._language in {_UNKNOWN_LANGUAGE, *NOUNS_IN_CAPITALS}:
            return ()
        unknown = self.names.unknown_in(claim)
        others = dict.fromkeys(self._initials.others_in(claim))
        return (*unknown, *(name for name in others if not any(part in name for part in unknown)))


def nowhere(words_of_claim: Sequence[str]) -> str:
    """The reason against words that the article lacks."""
    listed = " and ".join(f"“{word}”" for word in words_of_claim)
    return f"{listed} {'stands' if len(words_of_claim) == 1 else 'stand'} nowhere in the article"


_OUTSIDE = "\"'“”‘’«»(–—- "
_NO_NAME = r"(?!\s+[^\W\d_a-z])"  # They Might Be Giants is a name
_CONNECTOR = re.compile(
    r"(?:And|But|So|Yet|Also|However|Then|Therefore|Meanwhile|Moreover|Furthermore|Instead|Thus)\b,?\s"
)
_TIME = "(?:minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|long|longer)"
_JUDGED = "(?:il|un)?(?:legal|lawful|forbidden|common|possible|hard|difficult|easy|safe|necessary)"
_IMPERSONAL = rf"""
    (?!\ (?:(?:has|had)\ |(?:is|was|has\ been)\ )?(?:rain|snow|hail|drizzl|thunder)(?:s|ed|ing)?\b)
    (?!\ (?:took|takes|has\ taken|will\ take)\b[^,.;]{{1,40}}\ {_TIME}\ (?:for\b[^,.;]{{1,40}}\ )?to\ [a-z])
    (?!\ costs?\ [^,.;]{{0,30}}\d[^,.;]{{0,30}}\ to\ [a-z]+\ (?:an?|the|[A-Z]\w+)\b)
    (?!\ (?:is|was)\ (?:not\ )?(?:(?:[A-Z][\w.'’-]*\ ){{1,4}}(?:who|that)
       |(?:in|on|at|until|only|under|because)\b[^,;]{{1,60}}\ that)\b)
    (?!\ (?:turn(?:s|ed)\ out|has\ turned\ out|emerge[sd]|transpire[sd]|follow(?:s|ed)|happen(?:s|ed))\ that\b)
    (?!\ (?:became|becomes|has\ become)\ (?:\w+ly\ )?\w+\ (?:that|to)\b)
    (?!\ (?:is|was)\ against\ the\ \w+\ (?:to|for|that)\b)
    (?!\ (?:is|was|has\ been|remains)\ {_JUDGED}\ (?:since|in|for|at|under)\ [^,.;]{{1,40}}\ to\ [a-z])
"""
"""What stands behind an `it` that stands for nothing: `it rained`, `it took two years to`, `it was X who`."""
_VERB = r"(?:is|was|are|were|has|have|had|will|would|can|could|did|said|\w{2,}ed)\b"
_PRONOUN = re.compile(
    rf"""
    (?: [Hh]e | [Ss]he | [Tt]hey | [Ww]e | I | [Tt]his | [Tt]hese | [Hh]is | [Hh]er | [Ii]ts | [Tt]heir | [Oo]ur | [Mm]y
      | (?:[Bb]oth|[Nn]either) (?=\ (?:is|are|was|were|has|have|had|will|would|did|said)\b)
      | (?:One|Two|Three|Four|Five|Six|Some|Many|Most|All|Both|None|Neither|Several|Half|Few)
        \ of\ (?:them|these|those|us)
      | Others (?=\ [a-z]+\b (?<!\ in) (?<!\ of))
      | (?:Each|Many|Several|Some|One) (?=\ (?:is|was|are|were|has|have|had)\b)
      | Another (?=\ [a-z]+\ {_VERB}) | Both (?=\ [a-z]+\ (?:are|were|have|had|will|did)\b)
      | Doing\ (?:so|this|that|it) | An?\ similar (?=\ [a-z]+\b (?!\ (?:to|in|of)\b))
      | (?:There|Here) (?=,)
      | Such (?=\ [a-z]+s?\ (?:is|are|was|were|has|have|had|will)\b)
      | [Tt]hose (?!\ who | \ of) | [Tt]hat (?=\ (?:is|was|has|had)\b) | [Ww]ho | [Ww]hich | [Ww]hose
      | [Ii]t (?!\ (?:is|was|has\ been|remains)\ (?:\w+ly\ )?\w+\ (?:that|whether|when|how|if|why|where)\b)
        (?!\ (?:is|was|has\ been|remains)\ (?:\w+ly\ )?\w+(?<!ed)\ to\b)
        (?!\ (?:seems|appears)\ that\b) {_IMPERSONAL}
    )\b {_NO_NAME}
    """,
    re.VERBOSE,
)
_LEANING = re.compile(
    r"""
    (?: (?:At|By|Since|Until|From|After|Before|Around)
        \ (?: then | that | this | (?:that|the)\ (?:time|point|moment|stage) )
      | As\ a\ (?:result|consequence) | For\ (?:this|that)\ reason | (?:Because|In\ spite|Instead)\ of\ (?:this|that)
      | Despite\ (?:this|that)
      | (?: According\ to | For | With | In | To | Of | Among | From | By | Unlike | Like | Besides | Without | Under )
        \ (?:him|her|it|them|this|these|those|us|me)
    ) (?=,\ )
    | (?:In|At|On|With|From|Under|During|After|Before)\ (?:his|her|their|its)\ [a-z][^,]{0,40},\ (?:he|she|they|it)\b
    """,
    re.VERBOSE,
)
"""What opens a claim and leans on a sentence before it: `Since then,`, `For him,`, `In his speech, he`."""
_PERIOD = r"(?:(?:day|night|morning|afternoon|evening|week|weekend|month|season|year|decade|century)s?|[A-Z]\w+day)"
_RELATIVE_TIME = re.compile(
    rf"""
    (?: [Ll]ast | [Nn]ext | [Tt]h(?:is|at|e\ (?:next|following|previous|preceding|same)) ) \ {_PERIOD} \b (?=,|\ [a-z])
    | \b (?: [A-Za-z]+ | \d+ ) (?:\ \w+)? \ {_PERIOD} \ (?:later|earlier|ago|before|afterwards?|after\ that|on) \b ,
    | (?: Yesterday | Today | Tomorrow | Tonight ) \b (?: ,\ (?=\w) | \ (?=(?:the|an?|he|she|they|it)\b) )
    | (?: Later | Earlier ) (?:\ (?:on|th(?:at|is)\ {_PERIOD}))? ,
    """,
    re.VERBOSE,
)
_BODY = "(?:council|court|government|parliament|assembly|legislature|police|department|hospital|hall|board|leader)s?"
_DEFINITE = re.compile(
    rf"""
    The\ (?:
        (?: latter | same | others? | two | three ) \b
      | \d{{1,3}}-year-old \b (?=\ [a-z])
      | (?: former | late | then | new | young | old | outgoing | elderly )\ [a-z]+ \b (?=\ {_VERB})
      | (?: company | firm | group | team | club | party | agency | government | country | nation | state | city | town
          | man | woman | couple ) \b
        (?:['’]s\b)? (?!-) (?!(?:\ {_BODY})?\ (?:of|that|which|who|whose|in|for|from|to|at|on|by|with|where|between)\b)
      | (?!(?:most|more|least|\w+ly|\w+est|moon|sun|earth|universe|internet|web|euro|dollar|world|sky)\b)
        [a-z]+\b
        (?=\ (?:\w+ed|found|rose|fell|drew|came|said|says|told|is|was|has|does|are|were|have|had|will|would|can|could
          |did|also)\b
          |\ (?<!s\ )[a-z]+s\ (?:an?|the|no|in|on|to|through|from|that|its|his|her|their|\d+)\b)
      | [a-z]+\ of\ (?:this|these|that|those|his|her|its|their) \b
    ) {_NO_NAME}
    """,
    re.VERBOSE,
)


def dangling_subject(claim: str) -> str | None:
    """The words at the start of an English claim that only another sentence explains, if there are any."""
    start = claim.lstrip(_OUTSIDE)
    matches = (pattern.match(start) for pattern in (_RELATIVE_TIME, _LEANING, _CONNECTOR, _PRONOUN, _DEFINITE))
    return next((match[0].strip(" ,") for match in matches if match), None)


PAST = rf"(?:\w{{2,}}ed|{'|'.join(PASTS)})"
_JOINT = re.compile(
    rf"""
    ; (?=\s)
    | , \s+ (?:and|but|while|whereas|although|though|yet|so|which|who|whose|where|whom) \b
    | \b as\ well\ as \b
    | \b and\ (?:is|was|were|are|has|have|had|will|then|later|also|subsequently) \b
    | (?<=[\w%)]) \ and \ {PAST} \ (?:in|on|at|to|the|an?|from|for|with|by|as|into|his|her|its|their|it|them) \b
    | , \s+ (?!(?:during|including|according|following)\b) [a-z]+ing \b (?!,|\s+and\b)
    """,
    re.VERBOSE,
)
_FINITE = rf"(?:is|was|are|were|has|have|had|{PAST})\b"
_SUBJECT = r"(?:(?:[Tt]he|[Aa]n?)\ [a-z]+|[A-Z]\w+|[A-Za-z][a-z]+s|he|she|they|it)"
_LED = re.compile(rf"(?P<joint>While|Although|Though|Whereas|Even\ though)\ {_SUBJECT}\ {_FINITE}[^,]*+,\ ")
_CLAUSE = re.compile(rf"{_SUBJECT}\ {_FINITE}")
_BETWEEN_CLAUSES = re.compile(
    rf"(?<=[a-z0-9%)])\ (?P<joint>and|but|while|whereas)\ (?={_SUBJECT}\ {_FINITE}(?!\ by\b))"
)
_ENDS_CLAUSE = re.compile(
    rf"(?:^{_SUBJECT}\ (?:(?:is|was|are|were|has|have|had)\ )?{PAST}|(?<![\d.,])\d[\d.,]*+(?:\ [a-z]++)?)$"
)
"""A clause that is over there: its subject and verb alone, or a number at its end."""
_HOLDS_FOR_BOTH = frozenset(words("""
    that which who whom whose when where while if whether because before after since until as than between both either
"""))  # fmt: skip
"""With one of these before a joint what follows it may be no clause of its own."""
# A verb with what belongs to it, right before the word that joins.
_TOLD = re.compile(
    rf"\b(?:is|are|was|were|has|have|had|{PAST})\ (?:\w+\ ){{0,3}}?(?:in|on|at|to|from|for|with|by|as)\ [^,;]{{1,60}}$"
)
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_ITEM_WORDS = 4
_NEAR = 100  # characters


def joint_of_facts(claim: str) -> str | None:
    """The words that join two facts in an English claim, if there are any; a quotation is part of one fact."""
    plain = _QUOTED.sub("…", claim)
    if clauses := _joint_of_clauses(plain):
        return clauses
    for joint in _JOINT.finditer(plain):
        # `, and` behind a short item ends a list, as in `A, B, and C`.
        _, comma, item = plain[: joint.start()].rpartition(",")
        may_end_list = comma and joint[0].startswith(",") and joint[0].endswith("and")
        # `wrote and directed the film` is one fact, `was born in 1984 and died in 2001` is two.
        is_told = not joint[0].startswith(" and ") or _TOLD.search(plain, max(0, joint.start() - _NEAR), joint.start())
        if is_told and (not may_end_list or len(item.split()) > _ITEM_WORDS):
            return joint[0].strip(" ,")
    return None


def _joint_of_clauses(plain: str) -> str | None:
    """The word between two clauses without a comma, or that begins the first one: `X left and Y stayed`."""
    if led := _LED.match(plain):
        return led["joint"]
    if not _CLAUSE.match(plain) or _REPORTED.search(plain):
        return None
    for found in _BETWEEN_CLAUSES.finditer(plain):
        before = plain[: found.start()]
        # `saw the mayor and the clerk left` may join two whom somebody saw.
        if _ENDS_CLAUSE.search(before) and _HOLDS_FOR_BOTH.isdisjoint(before.lower().split()):
            return found["joint"]
    return None


# Behind an article or a possessive `will` is a noun: a testament, or what somebody wants.
_FORETELLING = re.compile(
    r"""
    (?<!\b[Aa]\s) (?<!\b[Tt]he\s) (?<!\b[Oo]f\s) (?<!\b[Hh]is\s) (?<!\b[Hh]er\s) (?<!\b[Tt]heir\s) (?<!\b[Ff]ree\s)
    (?<!\b[Ll]ast\s) (?<!\b[Gg]ood\s) (?<!\b[Aa]t\s) (?<!political\s) (?<!['’]s\s) (?<!s['’]\s)
    \b will \b (?!\ (?:of|and\ testament)\b)
    | \b (?:won['’]t | (?:should|must|might|ought)n['’]t | [A-Za-z]+['’]ll) \b
    | \b (?:could|might|must(?!-)|should|shall|hinges?|poised|ought\ to) \b
    | \b (?:is|are) \s+ (?:\w+\s+)? (?:un)?likely \b
    | \b (?:is|are) \s+ due \s+ (?:in\s+court|back|on\s+[A-Z]) \b
    | \b (?: (?:is|are) \s+ to | may ) \s (?!(?:blame|have)\b) [a-z]+\b [^,;]{0,60} \b(?:in|on|by|from|until|next) \s
      (?:20\d\d | week | month | year | (?:Jan|Febr)uary | March | April | May | June | July | August
       | (?:Septem|Octo|Novem|Decem)ber | [A-Z]\w+day) \b
    | \b (?:is|are|looks?) \s+ (?:\w+ly\s+)?
      (?:due|expected|projected|forecast|slated|scheduled|sure|certain|predicted|set|on\ (?:track|course)) \s+ to \b
    | (?: \b(?:is|are|am) | ['’](?:s|re|m) ) \s+ (?:not\s+)? (?: going | set | about | bound ) \s to \b
      (?! \s (?:[A-Z]|\d|(?:the|an?|his|her|their|its|school|college|work|war|court|jail|prison|bed|church)\b) )
    | \b stands? \s+ to \b
    """,
    re.VERBOSE,
)
# Of participles those count that are verbs: neither `the planned bridge` nor what `is expected` tells who said so.
_REPORTED = re.compile(
    r"""
    \b(?: sa(?:id|ys?|ying) | told | tells? | [Aa]ccording | announces? | argues? | asks? | believes? | claims?
         | demands? | expects? | orders? | plans? | predicts? | promises? | reports? | states? | suggests? | thinks?
         | vows? | warns? )\b
    | (?<!\b[Tt]he\s) (?<!\b[Aa]\s) (?<!\b[Aa]n\s) (?<!\bis\s) (?<!\bare\s) (?<!\bwas\s) (?<!\bwere\s)
    (?<!\bbeen\s) (?<!ly\s)
    \b(?: announced | argued | asked | believed | claimed | demanded | expected | ordered | planned | predicted
         | promised | reported | stated | suggested | thought | vowed | warned | announcing | arguing | promising
         | warning )\b
      (?!\s+(?:in|on|by)\b)
    """,
    re.VERBOSE,
)


def foretelling(claim: str) -> str | None:
    """The word by which an English claim speaks of what will, could or should be, unless it tells who said so."""
    plain = _QUOTED.sub("…", claim)
    found = None if _REPORTED.search(plain) else _FORETELLING.search(plain)
    return found[0] if found else None


_ARTICLES = frozenset(("a", "an", "the"))
_IN_WORDS = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_EDGES = ",;:!?…\"'()[]{}*_"


@kept_of_short
def same_wording(claim: str) -> str:
    """A key that two claims share if only case, punctuation, blanks and articles set their words apart.

    The words keep their order, so that `A beat B` is not `B beat A`; negations, numbers, signs and
    units stay. An article in capitals inside a claim is part of a name, as in `Hepatitis A`.
    """
    written = _IN_WORDS.sub(" ", unicodedata.normalize("NFC", claim)).split()
    if written and written[0].lower() in _ARTICLES:
        written = written[1:]
    folded = (fold(word).strip(_EDGES).rstrip(".-" + _EDGES) for word in written if word.strip(_EDGES) not in _ARTICLES)
    # A minus sign and a decimal point belong to their number.
    bare = (word if re.match(r"[.-]+[\d$€£¥]", word) else word.lstrip(".-" + _EDGES) for word in folded)
    return " ".join(filter(None, bare)) or fold(claim)
