"""What a sentence shows of being checkable, or of being somebody's view: signs that code can count.

Each sign is a count that a person can find again in the sentence; what it weighs is learnt, and stands in
`weights.json`. Words are English. Numbers, years and names are seen in every language written with capitals.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from factcheck.text.folding import fold, words
from factcheck.text.keeping import kept_of_short
from factcheck.text.marked import OFFICES
from factcheck.text.numbers import find_numbers

_LONGEST = 2_000
"""Characters of a sentence that are looked at; nobody writes longer ones, only tables and attacks are."""
_MOST = 3
"""A sign counts so often at most: the tenth number of a list says no more than the third."""
_SHORT = 5  # words

# One list a sign. A word may stand in several.
_LISTS = {
    "date": """january february march april june july august september october november december monday tuesday
        wednesday thursday friday saturday sunday yesterday ago""",
    "amount": """percent million billion trillion thousand hundred thousands hundreds dozens dollar dollars euro euros
        pounds cents majority half third quarter double doubled tripled triple twice average rate total""",
    "comparison": """more less fewer most least largest biggest highest lowest smallest fastest greatest oldest
        youngest longest worst best first last only record higher lower larger smaller than never ever""",
    "change": """rise rises rose risen rising increase increases increased increasing grow grows grew grown growing
        fall falls fell fallen falling decrease decreases decreased decline declines declined cut cuts drop drops
        dropped dropping lost gained reduces reduced reduce raised shrinks shrank""",
    "cause": """because caused cause causes due leads led result resulted causing prevents prevent cures cure reverses
        eliminates kills""",
    "public": """tax taxes budget deficit debt spending jobs unemployment poverty inflation wages income insurance crime
        crimes troops soldiers weapons nuclear casualties tariffs emissions votes percentage cost costs price prices
        workers schools hospitals prison prisons immigrants refugees bill law""",
    "remedy": """remedy remedies cure cures cured helps treat treats treating treatment effective prevent prevents heal
        heals relieve relieves boost boosts fight fights improve improves improved reduce reduces reduced reducing
        eliminates shrinks reverses detox supplement supplements supplementation extract diet diets fasting vitamin
        vitamins oil herbal natural dose""",
    "illness": """cancer cancers tumour tumours tumor tumors diabetes autism depression infection infections disease
        diseases disorder disorders symptom symptoms cholesterol insulin immune virus pain stroke infertility
        metabolism adhd dementia asthma weight fat blood""",
    "saying": """said says told announced according reported stated denied denies wrote confirmed added claimed
        testified warned ruled accused admitted voted promised argued insisted noted called described""",
    "event": """was were had did went came took gave made became began won left met found built paid sent sold bought
        killed held ran led spent signed saw got put fought brought kept lost knew wrote created passed died born grew
        fell rose shot hit threw drew wore sang drove taught struck chose stood spoke sat broke froze
        ate rode swam forgot dealt set shut hurt burst quit beat swore stole tore swept fled sank shook sought withdrew
        arose fed heard laid lit mistook sprang stuck swung understood undertook upheld withheld wept hung hid bent lent
        forbade overthrew""",
    "state": """is are has have does affects shows includes contains requires employs imports exports produces holds
        owns covers controls makes takes uses lies plans opposes bans supports sells runs leads lives works plays stands
        hosts supplies serves allows prevents separates consists belongs receives provides offers faces remains""",
    "i": "i me my mine myself",
    "we": "we us our ours ourselves",
    "you": "you your yours yourself",
    "they": "he he's she she's his her him they their them",
    "view": """think believe hope feel suppose guess wish want doubt opinion personally frankly honestly convinced
        imagine trust pray prefer love hate surely obviously clearly arguably confess suspect""",
    "duty": "should must ought shall need needs needed let cannot deserve deserves",
    "outlook": "will won't going gonna tomorrow eventually poised hinge hinges depend depends",
    "supposition": "would may might could can perhaps maybe probably likely unlikely possibly potentially seems seem",
    "condition": "if unless whether",
    "judgement": """good bad great better wrong right important crucial critical vital essential terrible horrible
        beautiful wonderful proud sad shameful absurd ridiculous sensible foolish fair unfair strong weak smart stupid
        brave wise happy sorry glad clear simple hard easy difficult necessary true best worst exciting hopeful
        promising dangerous tragic magnificent proper decent cruel noble bold significant keen popular passionate""",
    "ideal": """hope dream dreams faith future values spirit courage promise promises soul heart hearts freedom dignity
        belief truth justice pride wisdom destiny god bless prayer prayers love strength challenge challenges
        opportunity opportunities vision responsibility question answer solution matter matters leadership potential
        optimism narrative journey landscape role partnership dialogue trust friendship""",
    "courtesy": "thank thanks welcome congratulations please hello evening goodbye dear ladies gentlemen honor",
    "anybody": "everyone everybody people someone somebody anyone anybody nobody something anything nothing things",
}
_OF_WORD: dict[str, list[str]] = {}
for _sign, _listed in _LISTS.items():
    for _word in words(_listed):
        _OF_WORD.setdefault(_word, []).append(_sign)

_NAMED = {
    "holds_office": "holds an office", "event": "past event", "number": "number", "amount": "amount", "date": "date",
    "name": "name", "comparison": "comparison", "change": "change", "cause": "cause", "saying": "somebody's words",
    "public": "public affairs", "remedy": "remedy", "illness": "health", "view": "a view", "duty": "what should be",
    "outlook": "what will be", "supposition": "what may be", "condition": "a condition", "judgement": "a judgement",
    "ideal": "ideals", "courtesy": "a courtesy", "question": "a question", "exclamation": "an exclamation",
    "order": "an invitation", "furniture": "the page's own words", "label": "a label", "i": "the writer's own voice",
    "we": "the writer's own voice", "only_date": "a mere date", "general": "no number, name or event",
    "nothing_done": "nobody did anything", "vague": "a vague subject",
}  # fmt: skip
_COUNTED = frozenset(("number", "name"))
WITHOUT_WORDS = frozenset(("number",))
"""Signs that are seen in every language."""

# Behind an article or a preposition it describes: `an advanced reactor`, `of increased access`.
_ED = re.compile(r"(?<!\ba )(?<!\ban )(?<!\bthe )(?<!\bin )(?<!\bof )(?<!\bfor )(?<!\bmore )\b\w+[^\W\d_e]ed\b")
_UNDER_WAY = re.compile(r"\b(?:is|are|has been|have been) (?:\w+ )?(?!going\b)\w+ing\b")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_SUM = re.compile(r"\d\s?%|[$€£¥]\s?\d")
_QUOTED = re.compile(r"[“„«\"「]")
_ORDER = re.compile(
    r"""
    (?:(?:and|but|so|then|now|just|please|well),?\ )?
    (?:let|look|read|click|share|imagine|consider|ask|remember|take|stop|join|follow|sign|see|try|think|give|tell|listen
      |call|keep|forget|do|don't|go|wait|visit|note|suppose|picture|send|support|make|start|get|stay|be|come|hold|avoid
      |enjoy|watch|buy|write|pick|bring|turn|save|talk|skip|continue|contact|email)\b
    (?!\ (?:is|are|was|were|of)\b)
    """,
    re.VERBOSE,
)
_VAGUE = re.compile(
    r"""
    (?:(?:and|but|so|or|yet)\ )? (?!this\ (?:year|week|month|morning)\b)
    (?:this|that|it|there|these|those|what|such|here|all|none|nothing|everything|one|some|you|not|to|no|whether|perhaps)\b
    """,
    re.VERBOSE,
)
_FURNITURE = re.compile(
    r"""
    (?: by | photos? | images? | pictures? | videos? | photographs? | sources? | credit | tags? | category | categories
      | related | topics? | filed\ under | published | updated | last\ updated | posted | editor's\ note | contact
      | advertisement | (?:edited|reporting|story|text|words)\ by
    ) \b (?: : | [^.]{0,60}$ )
    | .{0,200}? (?: https?:// | www\. | ©
      | \b (?: all\ rights\ reserved | copyright | cookies | newsletters? | podcast | log\ in | email\ address
          | comments\ are | follow\ us | share\ (?:this|on) | terms\ of\ (?:use|service) | privacy\ policy
          | (?:min|minutes?)\ read | (?:opinions?|views?)\ expressed | (?:write|talk)\ to\ us | see\ also
          | you\ may\ also\ like | getty\ images | (?:read|see|learn|find\ out|continue)\ (?:more|also|reading)
          | click\ (?:here|on) | subscribe | sign\ (?:up|in)
        ) \b )
    """,
    re.VERBOSE,
)
_STOPS = frozenset(".!?…\"'”’»)。！？।")
_WORD = re.compile(r"[^\W\d_](?:[\w'’&-]|\.(?=\w))*")
_DATES = frozenset(
    words("""
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday am pm
""")
)
_NO_NAMES = _OF_WORD.keys() | words("""
    a an the in on at of for from by with to as and but or so yet when while after before since during this that these
    those it its it's there here what who how why where all some few many no not one two three each every both another
    such now then today tonight however also although though mr mrs ms dr
""")  # fmt: skip
_NO_NAME_ENDINGS = ("s", "ing", "ly", "ed", "er", "ion", "ment", "ness")
_DRAWN = frozenset(("m", "re", "ve", "d", "ll"))
_OPENING = frozenset('.!?:;“„«"(…')


@kept_of_short
def signs(sentence: str) -> Mapping[str, float]:
    """How strongly each sign shows in an English sentence, as a count up to three; signs that it lacks are left out."""
    text = sentence[:_LONGEST].strip()
    found = words(text)
    counts = Counter(sign for word in found for sign in _signs_of(word))
    lower = fold(text).strip("\"'([- ")
    ends = text.rstrip("\"'”’») ")[-1:]
    names = count_names(text)
    counts += Counter(
        number=sum(one.is_sure for one in find_numbers(text)),
        date=len(_YEAR.findall(text)),
        holds_office=bool(names) and not OFFICES.isdisjoint(found),
        amount=len(_SUM.findall(text)),
        name=names,
        event=len(_ED.findall(lower)),
        under_way=bool(_UNDER_WAY.search(lower)),
        question=ends == "?" and not _quotes_behind(text),
        exclamation=ends == "!",
        order=bool(_ORDER.match(lower)),
        vague=bool(_VAGUE.match(lower)),
        furniture=bool(_FURNITURE.match(lower)),
    )
    if "illness" not in counts:
        del counts["remedy"]
    specific = counts.keys() & {"number", "date", "amount", "name", "event"}
    says = counts.keys() & {"event", "state", "saying", "outlook", "duty", "supposition", "change"}
    counts += Counter(
        bare_quote="saying" not in counts and bool(_QUOTED.search(text)),
        label=ends not in _STOPS and len(found) <= _SHORT,
        short=len(found) <= _SHORT,
        general=not specific,
        no_verb=not says,
        nothing_done=counts.keys().isdisjoint(("event", "saying", "change", "under_way")),
        only_date=bool(found) and all(word in _DATES or word.isdigit() for word in found),
    )
    length = math.log2(max(_SHORT, len(found)) / _SHORT)
    return {sign: float(min(count, _MOST)) for sign, count in counts.items() if count} | {"length": length}


def _signs_of(word: str) -> Sequence[str]:
    """The signs of a word, or of the pronoun that a verb is drawn to: `I've` is the writer's own voice, as `I` is."""
    drawn, _, verb = word.partition("'")
    return _OF_WORD.get(drawn if verb in _DRAWN else word, ())


def count_names(text: str) -> int:
    """How many names a text holds: capitalised words in a row are one; a lone one at the start must look like one."""
    count, end = 0, 0
    goes_on = is_held = False
    for match in _WORD.finditer(text):
        gap, end = text[end : match.start()], match.end()
        word = fold(match[0]).removesuffix("'s")
        if not match[0][0].isupper() or word in _DATES or word.split("'")[0] == "i":
            goes_on = False
        elif goes_on and gap in {" ", ". ", "-"}:
            count += is_held
            is_held = False
        else:
            opens = gap == text[: match.start()] or not _OPENING.isdisjoint(gap)
            is_title = word in OFFICES
            is_held = is_title or (opens and (word in _NO_NAMES or word.endswith(_NO_NAME_ENDINGS)))
            count += not is_held
            goes_on = True
    return count


def _quotes_behind(text: str) -> bool:
    """Whether a quotation stands behind other words: its question is not the sentence's."""
    quoted = _QUOTED.search(text)
    return bool(quoted and text[: quoted.start()].strip())


def named(sign: str, strength: float = 1) -> str:
    """A sign in words, `2 names`, empty for one that says nothing to a person."""
    word = _NAMED.get(sign, "")
    if sign in _COUNTED:
        return f"1 {word}" if strength <= 1 else f"{strength:.0f}{' or more' * (strength >= _MOST)} {word}s"
    return word
