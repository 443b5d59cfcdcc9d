"""Words that may turn a statement round, each where it stands: `not`, `few`, `may`, `former`, and numbers.

Each is looked at beside the next word that means something, which is the one that it bears on. They are English, with
those of German, Spanish and French that mean nothing else in English, and the denials of some languages more.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import dropwhile, islice

from factcheck.text.folding import fold, is_unbroken, words
from factcheck.text.keeping import kept_of_short
from factcheck.text.numbers import find_numbers, placed_numbers
from factcheck.text.offices import held_once
from factcheck.text.turns import Turn, stretches
from factcheck.text.unreal import open_words
from factcheck.text.verbs import is_adverb, is_superlative, root


def _table(**names: str) -> dict[str, str]:
    """Each word by the sense that it shares with others; an underscore joins the words of one expression."""
    return {fold(word): sense for sense, listed in names.items() for word in listed.split()}


_DENIALS = frozenset(words("""
    no not never none nobody nothing nor neither without cannot denies denied deny denying
    nicht kein keine keinen keinem keiner nie niemals ohne weder niemand nichts
    ne pas jamais sans non aucun aucune rien ni nunca sin ningún ninguno ninguna nadie tampoco
    não sem nenhum nenhuma ninguém geen niet nooit zonder
    keinerlei keineswegs keinesfalls nessun nessuno nessuna senza inte aldrig ikke aldri nie bez nem soha
    nije nisu nisam nismo niste neće neću nećeš nećemo nećete није нису нисам нисмо нисте неће нећу нећемо
    eivät eikä emme ekki enginn ekkert nuk nėra nincs nincsenek není nejsou nikdy nigdy nikt ikkje icke
    niciodată nimeni niciun nicio belum tanpa chẳng đừng няма нема нікого ніколи نہیں نیست هرگز नाही না இல்லை
    не ни нет никогда δεν μην नहीं न لم لن ليس לא değil asla hiç 没有 没 不 未 不是 안 못 không chưa tidak bukan
"""))  # fmt: skip
_DENIALS_OF = {
    "fi": "ei en et emme ette", "et": "ei pole", "ro": "nu n", "id": "tak", "ms": "tak", "tl": "hindi", "cy": "ni nid",
    "ga": "ní níor", "eu": "ez", "lv": "nav neesmu", "sv": "ej", "da": "ej", "is": "engin engan engum", "vi": "chả",
}  # fmt: skip
"""Words that deny in one language and mean something else in others: `nu` is `now` in Dutch and Swedish."""
_DENIALS_UNLESS_KNOWN = frozenset(("ei", "nu", "tak"))
"""Those of them that count where nobody knows the language; `en` and `et` stand in too many."""
_DENIALS_WITHIN = re.compile(
    fold("ไม่|ບໍ່|មិន|ません|なかった|ない") + "|不(?![仅僅过過断斷同少久])|没有|沒有|[并並尚从從]未|未[能曾]"
)
"""What denies in scripts without blanks, wherever it stands."""
WEAK_DENIALS = frozenset(words("""
    fail fails failed failing failure lack lacks lacked lacking unable refuse refuses refused refusing reject rejects
    rejected rejecting disputes disputed avoid avoids avoided prevent prevents prevented hardly scarcely seldom rarely
    false untrue doubt doubts doubted doubting
    absent absence missing unlike instead few little unless except excluding barred banned prohibited
    decline declines declined stop stops stopped yet unlikely impossible forbid forbids forbade forbidden neglected
    opposed against verweigert verweigerte weigert weigerte geweigert weigerde rifiutato recusou échoué abgelehnt
    negó rechazó refusé refuse kaum apenas
"""))  # fmt: skip
"""Words by which a text may deny what the other says with a `not`."""
_OF_ALL = frozenset(("most_of", "the_majority_of", "a_majority_of"))
QUANTIFIERS = _table(
    few="few not_many hardly_any wenige wenigen pocos pocas peu_de pochi poche poucos poucas",
    not_all="not_all not_every nicht_alle nicht_jeder no_todos no_todas pas_tous pas_toutes",
    some="""some several a_few a_number_of einige einigen mehrere algunos algunas varios varias quelques certains
    certaines plusieurs""",
    many="""many numerous lots_of a_lot_of viele vielen zahlreiche muchos muchas
    beaucoup_de molti molte muitos muitas""",
    dozens="dozens_of dutzende",
    hundreds="hundreds_of hunderte cientos_de centaines_de",
    thousands="thousands_of tausende miles_de milliers_de",
    most=f"most mostly largely mainly {' '.join(sorted(_OF_ALL))} meisten mayoría_de plupart_des",
    every="""all every everywhere each both entire alle allen jeder jede jedes jeden todos todas tous toutes
    chaque""",
    half="half hälfte mitad moitié",
    only="""only sole solely exclusively just nur lediglich ausschließlich sólo solamente únicamente seulement
    uniquement""",
    nearly="nearly almost all_but virtually practically close_to beinahe nahezu casi presque bijna quase",
    by="no_later_than no_earlier_than no_sooner_than no_longer_than",
    part="partly partially in_part part_of parts_of portion_of teilweise parcialmente partiellement",
    share="""third_of thirds_of quarter_of quarters_of fourth_of fifth_of fifths_of sixth_of tenth_of percent_of
    per_cent_of""",
    hardly="hardly scarcely barely seldom rarely kaum selten",
    one_of="one_of among",
    rank="second third fourth fifth sixth seventh eighth ninth tenth",
    least="""at_least no_less_than no_fewer_than or_more mindestens wenigstens zumindest al_menos por_lo_menos au_moins
    almeno pelo_menos minstens ten_minste""",
    most_of="""at_most up_to no_more_than as_many_as as_much_as a_maximum_of or_fewer or_less höchstens
    bis_zu como_máximo au_plus au_maximum al_massimo no_máximo hoogstens""",
    more="more_than over above exceeding mehr_als más_de plus_de",
    less="less_than fewer_than under below weniger_als menos_de moins_de",
)
_OF_NUMBER = frozenset(("percent_of", "per_cent_of"))
"""What the number before them says anyway."""
HEDGES = _table(
    hedge="""may might could possibly perhaps probably likely unlikely reportedly allegedly alleged apparently seemingly
    purportedly presumably supposedly suspected purported supposed rumored rumoured potentially arguably
    probable proposed planned attempted foiled thwarted fake bogus sham so_called falsely wrongly mistakenly
    vielleicht möglicherweise wahrscheinlich vermutlich angeblich mutmaßlich mutmaßliche mutmaßlichen mutmaßlicher
    offenbar wohl könnte könnten dürfte dürften
    quizás quizá probablemente posiblemente presuntamente presunto presunta presuntos supuestamente podría podrían
    suposto suposta probablement vraisemblablement présumé présumée prétendument
    pourrait pourraient aurait auraient serait seraient""",
)
CONDITIONS = frozenset(words("if unless provided whether until"))
TIMES = _table(
    former="former formerly ex erstwhile onetime then ehemalige ehemaliger ehemaligen früherer frühere früheren ancien"
    " ancienne voormalig voormalige",
    acting="acting interim caretaker",
    late="late",
    elect="incoming outgoing",
    deputy="deputy vice",
)
_TIMES_ANYWHERE = frozenset(word for word, sense in TIMES.items() if sense == "former") - {"then"}
_POSTPONED = frozenset(("elect", "designate"))
OFFICES = frozenset(words("""
    president premier chancellor minister secretary governor mayor senator congressman congresswoman representative
    ambassador director chief head chair chairman chairwoman chairperson ceo chancellor commissioner attorney general
    justice judge speaker leader commander captain manager coach king queen prince princess pope bishop archbishop
    editor principal superintendent sheriff dean rector prime foreign finance
"""))  # fmt: skip
"""What `acting`, `late` or `deputy` must stand before to speak of an office."""
_SENSES = {Turn.COUNTS: QUANTIFIERS, Turn.HEDGES: HEDGES, Turn.DATES: TIMES}
_SENSED = frozenset(word for senses in _SENSES.values() for word in senses)
_EXPRESSION = re.compile(
    "|".join(
        sorted(
            (rf"\b{one.replace('_', ' ')}\b" for senses in _SENSES.values() for one in senses if "_" in one),
            key=len,
            reverse=True,
        )
    )
)
_BOUNDING = frozenset(("or_more", "or_fewer", "or_less"))
_OF_SUPERLATIVES = frozenset(("one_of", "rank"))
_JUST = frozenset(words("before after under over above below about as outside inside"))
_OF_NUMBERS = frozenset(("more", "less"))
_SOME_NUMBER = frozenset(("half", "dozen", "dozens", "hundreds", "thousands", "million", "tenth"))
PASSED_OVER = frozenset(words("""
    a an the of to be been being is are was were am has have had do does did will would shall should can it that this
    these those their his her its our your my there any one ever even also yet so very really actually only just in on
    at by for with from as
    der das dem des ein eine einen einem einer von zu im ist sind wird wurde wurden hat haben werden
    el la los las un una unos unas de d del al que se le les du une est sont été a ont fue fueron ha han y et en
    weitere weiterer weiteren otros otras autres outros outras altri altre andere
    haber sido ser avoir être haben worden sein essere stato stata ter sido
"""))  # fmt: skip
_OF = frozenset(words("of von de sur su van dei degli delle dos das"))
_ARTICLES = frozenset(("the", "a", "an", "its", "their"))
_MOST_MARKS = 100
"""Of one kind in a text: only tables and attacks have more, and each is held against each."""
REACH = 5
"""So many words behind a turning word are looked at for the one that it bears on."""
_BORNE_ON = {"no": 3, "not": 2, "never": 2, "nobody": 2, "none": 2, "neither": 2}
"""How many words behind it a denial bears on, where that is more than one: of `no known form of life uses …`."""
_COUNTS_NOTHING = frozenset(
    words("""
        in on at by for from to and or but with after before since until during while as than is are was were be been
        has have had will would can could may might must von durch por par da pelo pela door
        en para pour dans auf für im am bei unter sobre con avec mit tra fra entre sur em op voor met bij
        about into against
        ont sont han fueron eran están sind wurden waren haben hatten hanno sono furono foram eram zijn werden hebben
    """)
)
_ORDINAL = re.compile(r"(?:\d(?:st|nd|rd|th)|first|second|third|[a-z]{2}th|[a-z]ieth)$")
_WHOLE = re.compile(
    r" (?:of|de|des|d|der|seiner|ihrer|di|dei|delle|dos|das|van|sur)"
    r" (?:(?:the|its|their|his|her|los|las|sus|de|les|ses|seus|suas|onze) )?"
)
_OF_A_NAME = re.compile(r"(?:^| )[b-df-hj-np-xz] $")
"""`U2` and `U-30` are names; `y` and `e` may be words that join."""
_THEM = frozenset(words("them ellos ellas eux elles loro eles elas davon"))
_MODALS = frozenset(words("konnten können mussten müssen sollten sollen wollten wollen durften dürfen"))
_SELVES = frozenset(("sich", "se"))
_LARGEST = 100
"""No greater number stands behind `one in`, `three out of`."""
_NEAR = 100
_PLACES = 6
"""Of a fraction, as numbers in words have them."""
_NARROWING = frozenset((
    "few", "only", "nearly", "least", "most_of", "more", "less", "half", "part", "share", "one_of", "rank", "hedge",
    "not_all", "hardly", True, *TIMES.values(),
))  # fmt: skip
"""Without one of these a claim says more than its sentence; `some` and `many` may go with no harm."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A turning word as written with the word that it bears on, what it means, and the root of that word.

    `narrows` if without it more would be said; `nearer` are the roots of words between, which it bears on more;
    `place` is where the word stands that it bears on, by stretch and word.
    """

    written: str
    sense: object
    bears_on: str
    narrows: bool = False
    nearer: tuple[str, ...] = ()
    place: tuple[int, int] = (0, 0)

    def differs(self, other: "Mark") -> bool:
        """Whether the two cannot be said of the same thing."""
        if isinstance(self.sense, frozenset) and isinstance(other.sense, frozenset):
            return self.sense.isdisjoint(other.sense)
        return self.sense != other.sense and {self.sense, other.sense} not in _SAME


_SAME = (
    {"many", "dozens"},
    {"many", "hundreds"},
    {"many", "thousands"},
    {"share", "half"},
    {"nearly", "less"},
    {"not_all", "some"},
    {"not_all", "most"},
    {"not_all", "few"},
    {"not_all", "part"},
    {"half", "most"},
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A text's roots, how often each, and its turning words; `denied` and `weakly_denied` stand behind a denial.

    `held_once` are the words by which it says what somebody was.
    """

    roots: Mapping[str, int]
    marks: Mapping[Turn, Sequence[Mark]]
    denied: AbstractSet[str]
    weakly_denied: AbstractSet[str]
    open_words: AbstractSet[str]
    words: AbstractSet[str]
    held_once: AbstractSet[str]


@kept_of_short
def marked(text: str, language: str | None = None) -> Marked:
    """A text with its turning words, its numbers read in its language."""
    marks: dict[Turn, list[Mark]] = {turn: [] for turn in Turn}
    roots: Counter[str] = Counter()
    every: set[str] = set()
    denied: set[str] = set()
    weakly_denied: set[str] = set()
    whole, is_behind_whole = "", False
    for nth, stretch in enumerate(stretches(text)):
        plain = " ".join(stretch)
        found = expressions(plain)
        for at, word in enumerate(found):
            behind = found[at + 1 : at + 1 + 2 * REACH]
            if denies(word):
                denied.update(root(one) for one in behind if one not in PASSED_OVER)
            is_instead = word == "rather" and behind[:1] == ["than"]
            if word in WEAK_DENIALS or is_instead or QUANTIFIERS.get(word) == "not_all":
                weakly_denied.update(map(root, (*found[max(0, at - 1) : at + 1], *behind)))
            marks[Turn.DATES] += _postponed(found, at) if word in _POSTPONED else ()
            marks[Turn.COUNTS] += _bounding(found, at) if word in _BOUNDING else ()
            for turn, sense in _senses(word, *_behind(found, at)) if _may_turn(word) else ():
                marks[turn] += _marks(found, at, sense, nth)
        numbers = list(_numbers(plain, language))
        marks[Turn.NUMBERS] += numbers
        # `Of the 73 lifts, only 18 passed, and two broke`: 18 lifts did, and two lifts.
        rest = numbers if whole else numbers[1:] if stretch[0] in _OF else []
        shares = [one for one in numbers[:1] if is_behind_whole and not _is_count(one)]
        marks[Turn.NUMBERS] += [replace(one, bears_on="") for one in shares]
        is_behind_whole = stretch[0] in _OF and bool(numbers)
        whole = whole or (numbers[0].bears_on if is_behind_whole else "")
        marks[Turn.NUMBERS] += [replace(one, bears_on=whole) for one in rest if _is_count(one)]
        roots.update(map(root, found))
        every.update(found)
    bounded = {turn: found_marks[:_MOST_MARKS] for turn, found_marks in marks.items()}
    held = frozenset(word for stretch in stretches(text) for word in held_once(stretch))
    return Marked(roots, bounded, denied, weakly_denied, open_words(stretches(text)), every, held)


def _is_count(number: Mark) -> bool:
    """Whether it may count some of a whole, as no share of it does."""
    return isinstance(number.sense, frozenset) and all(one == int(one) for one in number.sense)


def expressions(plain: str) -> list[str]:
    """The words, those of one expression joined by an underscore."""
    return _EXPRESSION.sub(lambda match: match[0].replace(" ", "_"), plain).split(" ")


def denies(word: str) -> bool:
    """Whether a folded word is one of denial, in English, German or a Romance language."""
    return word in _DENIALS or word.endswith("n't")


def denies_in(word: str, language: str | None) -> bool:
    """Whether a folded word is one of denial in that language, or in any that may be meant where it is unknown."""
    own = words(_DENIALS_OF.get(language, "")) if language else _DENIALS_UNLESS_KNOWN
    return denies(word) or word in own or (is_unbroken(word) and _DENIALS_WITHIN.search(word) is not None)


def _marks(found: Sequence[str], at: int, sense: object, nth: int) -> Iterator[Mark]:
    """A turning word beside each word that it bears on."""
    word, nearer = found[at], tuple[str, ...]()
    is_narrow = word not in _OF_NUMBER and (sense in _NARROWING or word in _OF_ALL)
    borne_on = list(_governed(found, at))
    if sense in _OF_SUPERLATIVES:
        borne_on = list(dropwhile(lambda one: not is_superlative(one[1]), borne_on)) or borne_on
    for place, governed in borne_on[: _BORNE_ON.get(word, 1)]:
        # `not read the report` is lost where `read` stands alone, and not where `report` does.
        narrows = is_narrow and (not nearer or word == "no")
        yield Mark(f"{word.replace('_', ' ')} {governed}", sense, root(governed), narrows, nearer, (nth, place))
        nearer = nearer if is_adverb(governed) else (*nearer, root(governed))


def _behind(found: Sequence[str], at: int) -> Iterator[str]:
    """The two words that follow, articles passed over."""
    near = found[at + 1 : at + 1 + REACH]
    return islice((one for one in near if one not in _ARTICLES), 2)


def _postponed(found: Sequence[str], at: int) -> Iterator[Mark]:
    """`elect` of `president-elect`, which stands behind its office."""
    if at and found[at - 1] in OFFICES:
        yield Mark(f"{found[at - 1]}-{found[at]}", "elect", root(found[at - 1]), narrows=True)


def _bounding(found: Sequence[str], at: int) -> Iterator[Mark]:
    """`or more` that bears on what stands before it, as in `killing 107 or more`."""
    if at and found[at] in _BOUNDING:
        before = found[at - 1]
        yield Mark(f"{before} {found[at].replace('_', ' ')}", QUANTIFIERS[found[at]], root(before), narrows=True)


def _may_turn(word: str) -> bool:
    """Whether a word is one of those that may turn a statement round; most are not."""
    return denies(word) or word in _SENSED


def _turns(word: str) -> bool:
    return _may_turn(word) and any(_senses(word, word))


def _senses(word: str, behind: str = "", *further: str) -> Iterator[tuple[Turn, object]]:
    if denies(word):
        yield Turn.DENIES, True
    for turn, senses in _SENSES.items():
        sense = senses.get(word)
        if sense and _is_meant(turn, word, sense, behind, *further):
            yield turn, sense


def _is_meant(turn: Turn, word: str, sense: str, behind: str, *further: str) -> bool:
    """Whether a word has its sense before the one that follows, as `acting` has before an office."""
    if turn is Turn.DATES:
        return word in _TIMES_ANYWHERE or not OFFICES.isdisjoint((behind, *further))
    if sense in _OF_SUPERLATIVES:
        # Of `among Asia's longest` too, which stands here without its `'s`.
        return is_superlative(behind) or (sense == "one_of" and any(map(is_superlative, further)))
    if sense in _OF_NUMBERS:
        return behind[:1].isdecimal() or behind in _SOME_NUMBER or any(find_numbers(behind))
    if sense == "hardly":
        return not any(find_numbers(" ".join((behind, *further))))  # `barely three months`
    if sense == "only":
        # Few are only few, `said only that …`, and `just before` is shortly before.
        return not (QUANTIFIERS.get(behind) == "few" or behind == "that" or (word == "just" and behind in _JUST))
    return sense not in {"some", "every"} or not behind[:1].isdecimal()  # `some 30 people`


def _governed(found: Sequence[str], at: int) -> Iterator[tuple[int, str]]:
    """The words that the turning word at this place bears on: the next ones that mean something, with their places."""
    near = enumerate(found[at + 1 : at + 1 + REACH], at + 1)
    return ((place, word) for place, word in near if word not in PASSED_OVER and not _turns(word))


def _numbers(plain: str, language: str | None) -> Iterator[Mark]:
    """Each number with the word behind it that it counts; `28` in `up from 28 in May` counts none."""
    values = _values(plain, language)
    ends = {at: end for at, end, _ in values}
    for at, end, readings in values:
        behind = plain[end : end + _NEAR].split(" ")[1:]
        told = plain[at:end]
        is_alone = not behind or behind[0] in _COUNTS_NOTHING
        if is_alone or (_ORDINAL.search(told) and behind[0] != "of"):
            yield Mark(told, readings, "")
            continue
        counted = [word for _, word in islice(_governed(behind, -1), 1)]
        whole = _WHOLE.match(plain, end)
        if whole and (end_of_whole := ends.get(whole.end())):
            # `two of the five suspects` are two suspects.
            rest = plain[end_of_whole : end_of_whole + _NEAR].split(" ")[1:]
            counted += [word for _, word in islice(_governed(rest, -1), 1)]
        if counted[:1] and counted[0] in _THEM:
            counted = [""]
        if behind[0] in _MODALS or not _SELVES.isdisjoint(behind[1:2]):
            yield Mark(told, readings, "")  # of `46 Bergleute …, mehr als 200 konnten` any noun may be left out
        yield from (Mark(f"{told} {word}".rstrip(), readings, root(word), place=(-1, end)) for word in counted)


def _values(plain: str, language: str | None) -> list[tuple[int, int, frozenset[Decimal]]]:
    """Where each number begins and ends, and what it may come to: `one in five` is a fifth, and not five."""
    found: list[tuple[int, int, frozenset[Decimal]]] = []
    for number, at, end in placed_numbers(plain, language):
        if not number.readings or _OF_A_NAME.search(plain, max(0, at - 3), at):
            continue
        first, stop, part = found[-1] if found else (0, 0, frozenset[Decimal]())
        if part and plain[stop:at] in {" in ", " out of "} and max(part) < max(number.readings) <= _LARGEST:
            value = max(part) / max(number.readings)
            found[-1] = (first, end, frozenset((round(value, _PLACES), round(value * 100, _PLACES))))
        else:
            found.append((at, end, number.readings))
    return found
