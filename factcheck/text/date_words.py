"""The small words around dates: what dateparser's tables of months, days and spans leave to grammar.

A language without an entry has no dates read: where `since` or `until` cannot be told, a date is a guess.
Most entries are regular expressions in small letters; `(?!)` finds nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DateWords:
    """What stands before, between and behind the parts of a date in one language.

    `within` stands before a month or a year in which something happened, `on` before a weekday, which `is_bare` if it
    may stand without; `chained` joins one date to the next, `linked` the parts of one. `bound` makes a date an end of
    a stretch of time, or what something is compared with, `sequel` each date of its clause; `apart` counts from
    another event, `near` tells another time by a day, as `the week of` does, and `part` one by a month. `gone`,
    `coming` and `unclear` stand beside a weekday, `hours` behind it. `homonyms` are words of time that mean something
    else as often; `ago` are words for so many days ago that dateparser lacks. `past`, `future` and `open` tell
    tenses: by the nearest verb if `is_verb_near`, else by all verbs together. With `month_first`, `3/4` may be either.
    """

    within: str
    on: str
    bound: str
    chained: str
    linked: str = "(?!)"
    apart: str = "(?!)"
    near: str = "(?!)"
    part: str = "(?!)"
    gone: str = "(?!)"
    coming: str = "(?!)"
    unclear: str = "(?!)"
    weekend: str = "(?!)"
    quarters: tuple[str, ...] = ()
    past: str = "(?!)"
    future: str = "(?!)"
    open: str = "(?!)"
    homonyms: str = "(?!)"
    sequel: str = "(?!)"
    article: str = "(?!)"
    hours: str = "(?!)"
    ago: Mapping[str, int] = field(default_factory=dict)
    is_bare: bool = False
    is_capital: bool = False
    month_first: bool = False
    is_verb_near: bool = False


_ENGLISH_PASTS = (
    "was|were|had|did|didn't|didn’t|wasn't|wasn’t|weren't|weren’t|has|have|said|told|won|lost|fell|rose|took|made|met|"
    "gave|went|came|began|became|left|led|held|found|got|ran|sent|spent|built|bought|brought|caught|cut|dealt|drew|"
    "drove|fought|flew|forgot|froze|grew|heard|hit|hurt|kept|knew|laid|let|lent|meant|paid|put|quit|read|rode|saw|sold|"
    "set|shook|shot|showed|shut|sank|sat|slept|spoke|split|spread|stood|stole|struck|swore|swept|taught|thought|threw|"
    "understood|withdrew|wore|wrote|broke|broadcast|chose|drank|ate|felt|hung|overturned|overthrew|sought|sang|"
    "sprang|stuck|woke|beat|bore|cast|cost|born|died"
)
_ENGLISH_ED = r"(?!(?:united|indeed|hundred|sacred|wicked|naked|unprecedented|seed|need|speed|feed|breed)\b)\w{2,}ed"
_ENGLISH_PLANS = "due|scheduled|set|expected|slated|likely|plans?|planned|planning|going|hopes?|intends?"
_ENGLISH_VERB = r"(?: have)?(?: be)?(?: \w+)?"

DATE_WORDS = {
    "en": DateWords(
        within=r"in|during|in the month of|in the year",
        on=r"on|late on|early on",
        bound=(
            r"since|until|till|'til|by|before|after|from|to|through|throughout|between|than|as of|up to|prior to|"
            r"following|ahead of|as early as|as late as|as recently as|starting|beginning|effective|past|every|each|"
            r"most|some|like|about|around|circa|approximately|nearly|almost|over|under|within|versus|vs|"
            r"(?:compared|comparison) (?:to|with)|not"
        ),
        chained=r"and|or|to|through|until|till|into",
        linked=r"of|the",
        apart=(
            r"(?:hours?|days?|weeks?|months?|years?|decades?) "
            r"(?:after|before(?! yesterday)|later|earlier|prior|following)"
        ),
        near=(
            r"(?:days|weeks?|weekend|months|fortnight|eve|anniversary|aftermath|wake) of|"
            r"(?:days|weeks?|months?|quarters?|years?|period) (?:ended|ending|beginning|commencing|starting)"
        ),
        part=r"days? of|eve of",
        gone="last|this past|past",
        coming="this coming|coming|this upcoming|upcoming",
        unclear="next|every|each|one|any|some|another|other|that|following|previous|most|a|an|first|second|black|good|"
        "super|ash|palm|bloody|easter|cyber|giving|holy|whit|shrove|maundy",
        weekend=r"(?:over|during|at|on) the weekend|(?:last|this past|this) weekend|over the (?:last|past) weekend",
        quarters=("first quarter|q1", "second quarter|q2", "third quarter|q3", "(?:fourth|last|final) quarter|q4"),
        past=rf"{_ENGLISH_PASTS}|{_ENGLISH_ED}",
        future=(
            rf"(?:(?:is|are) )?(?:{_ENGLISH_PLANS}) (?:to|for){_ENGLISH_VERB}|due|scheduled|expected|slated|planned|"
            rf"upcoming|(?:will|shall|won't|won’t)(?: not)?(?: \w+ly)?(?: also)?{_ENGLISH_VERB}|"
            rf"(?:he|she|it|they|we|i|you)['’]ll{_ENGLISH_VERB}|(?:is|are) to(?: be)? \w+"
        ),
        open=(
            rf"(?:was|were|been) (?:\w+ly |first )?(?:{_ENGLISH_PLANS})(?: (?:to|for){_ENGLISH_VERB})?|"
            rf"(?:could|would|should|may|might|can|must|cannot|can't|can’t)(?: not)?{_ENGLISH_VERB}|"
            r"still \w+|to(?: be)?(?: have)? (?!the\b|a\b|an\b|his\b|her\b|its\b|their\b)\w+|is|are|am"
        ),
        article="a|an|the|this|that|its|his|her|their",
        sequel="after|before|since|until|following|prior to|ahead of",
        hours="morning|afternoon|evening|night",
        ago={
            **dict.fromkeys(("this morning", "this afternoon", "this evening", "tonight"), 0),
            "last night": 1,
            "the day before yesterday": 2,
        },
        is_bare=True,
        is_capital=True,
        month_first=True,
        is_verb_near=True,
    ),
    "de": DateWords(
        within=r"im jahre?|im|in|anfang|mitte|ende",
        on=r"am|vom|den",
        bound=(
            r"seit|bis|bis zum|bis zu|bis ins|vor|vor dem|nach|nach dem|ab|ab dem|von|vom|zum|zwischen|als|als am|"
            r"als im|gegenüber|(?:im )?vergleich (?:zum|zu|mit)|verglichen mit|jeden|jeder|jedem|gegen|um|nicht"
        ),
        chained=r"und|oder|bis|bis zum",
        linked=r"des jahres",
        near=r"woche|wochenende|vorabend(?: des)?|jahrestag(?: des)?|(?:tagen?|wochen) (?:um|nach|vor) (?:den|dem)",
        part=r"tage?n?|vorabend",
        apart=r"(?:stunden?|tage?n?|wochen?|monate?n?|jahre?n?) (?:nach|vor|später|zuvor|danach|darauf|früher)",
        gone=r"(?:letzt|vergangen|vorig)e[nmrs]?",
        coming=r"kommende[nmrs]?",
        unclear=r"nächste[nmrs]?|jede[nmrs]?|eine[nmrs]?|übernächste[nmrs]?",
        weekend=r"am wochenende|am (?:letzten|vergangenen|vorigen) wochenende|(?:letztes|vergangenes) wochenende",
        quarters=(r"ersten quartal", r"zweiten quartal", r"dritten quartal", r"(?:vierten|letzten) quartal"),
        past=(
            r"wurden?|war|waren|hatten?|hat|haben|worden|gewesen|sagten?|teilten?|erklärten?|kam|kamen|ging|gingen|gab|"
            r"gaben|starb|starben|traf|trafen|nahm|nahmen|fand|fanden|lief|liefen|schrieb|sprach|stand|trat|traten|"
            r"verlor|verloren|gewann|gewannen|fiel|fielen|stieg|stiegen|sank|sanken|blieb|ließ|hielt|hielten|rief|"
            r"begann|begannen|zog|zogen|schlug|trug|\w{3,}(?:ierte|elte|erte|igte|chte|gte|llte|rrte|hrte|ndete|tete)n?"
        ),
        future=r"wird|werden|will|wollen|soll|sollen",
        open=r"kann|können|darf|dürfen|muss|müssen|könnten?|würden?|möchten?",
        homonyms="morgen",
        sequel="nachdem|bevor|seit|seitdem",
        is_capital=True,
    ),
    "es": DateWords(
        within=r"en el año|en el mes de|en",
        on=r"el|este",
        bound=(
            r"desde|desde el|hasta|hasta el|antes de|antes del|después de|después del|tras|tras el|a partir de|"
            r"a partir del|de|del|entre|entre el|que|que el|que en|cada|todos los|al|no|"
            r"(?:respecto|frente|comparación|comparado|comparada) (?:al?|con)(?: el)?"
        ),
        chained=r"y|o|a|al|hasta",
        linked=r"de|del",
        near=r"semana del?|fin de semana del?|víspera del?|aniversario del?|días del?",
        part=r"días? de|víspera de",
        apart=r"(?:horas?|días?|semanas?|mes|meses|años?) (?:después|antes|más tarde)",
        gone=r"pasado|último",
        coming=r"próximo",
        unclear=r"cada|otro|un|algún|santo|siguiente|que viene",
        weekend=r"(?:el|este) (?:pasado |último )?fin de semana(?: pasado)?",
        quarters=("primer trimestre", "segundo trimestre", "tercer trimestre", "cuarto trimestre"),
        past=r"\w+(?:ó|aron|ieron|jeron)|fue|fueron|era|eran|ha|han|había|habían|hubo|hizo|dijo|dio|vio|puso|tuvo|vino",
        future=r"(?!detrás\b)\w{2,}(?:rá|rán)|va a|van a",
        open=r"podrían?|puede|pueden|debe|deben|es|son",
        homonyms="mañana",
        sequel="después de|después del|antes de|antes del|tras|desde|hasta",
    ),
    "fr": DateWords(
        within=r"en l'année|au mois de|au mois d'|en",
        on="ce",  # `le mercredi` is every one
        bound=(
            r"depuis|depuis le|jusqu['’]en|jusqu['’]au|avant|avant le|après|après le|dès|dès le|d['’]ici|à partir de|"
            r"à partir du|de|du|au|entre|entre le|que|qu['’]en|chaque|tous les|vers|pas|"
            r"(?:par rapport|comparée?s?|comparaison) (?:à|au|avec)(?: le)?"
        ),
        chained=r"et|ou|à|au",
        linked=r"de",
        near=r"semaine du|week-end du|veille du|anniversaire du|jours du",
        part=r"jours? de|veille de",
        apart=r"(?:heures?|jours?|semaines?|mois|ans|années?) (?:après|avant|plus tard|plus tôt)",
        gone=r"dernier|passé",
        coming=r"prochain",
        unclear=r"chaque|un|saint|suivant",
        weekend=r"(?:le |ce )?week-end (?:dernier|passé)|ce week-end",
        quarters=("premier trimestre", "deuxième trimestre", "troisième trimestre", "quatrième trimestre"),
        past=(
            r"(?:a|ont|est|sont|s'est|s’est|se sont|avait|avaient|était|étaient|n'a|n’a|n'ont|n’ont)(?: \w+)? "
            r"\w+(?:é|ée|és|ées|i|ie|is|it|u|us|ue|ues|ert|int)|fut|furent|était|étaient|avait|avaient"
        ),
        future=r"\w+(?:era|eront|dra|dront)|aura|auront|dira|diront|va|vont",
        open=r"peut|peuvent|doit|doivent|pourraient|pourrait|est|sont",
        sequel="après|avant|depuis|jusque",
        is_bare=True,
    ),
    "it": DateWords(
        within=r"nel|nell'anno|nel mese di|a|in",
        on=r"(?!)",
        bound=(
            r"dal|da|fino al|fino a|entro|entro il|prima del|dopo il|dopo|tra il|tra|fra|del|di|al|ogni|che nel|"
            r"(?:rispetto|confronto|paragone|paragonato|paragonata)(?: al?| con)?(?: il)?"
        ),
        near=r"settimana del|weekend del|fine settimana del|vigilia del|anniversario del|giorni del",
        part=r"giorn[oi] di|vigilia di",
        chained=r"e|o|al|a",
        linked=r"del|di",
        apart=r"(?:ore|ora|giorn[io]|settiman[ae]|mes[ei]|ann[io]) (?:dopo|prima|più tardi)",
        homonyms="domani",
    ),
    "nl": DateWords(
        within=r"in het jahr|in het jaar|in",
        on=r"(?!)",
        bound=(
            r"sinds|tot|tot en met|vóór|voor|na|vanaf|van|tussen|dan|dan in|per|elke|iedere|tegen|rond|"
            r"ten opzichte van|vergeleken met|vergelijking met"
        ),
        near=r"week van|weekend van|vooravond van|verjaardag van|dagen van",
        part=r"dag(?:en)? van|vooravond van",
        chained=r"en|of|tot",
        apart=r"(?:uur|dag|dagen|week|weken|maand|maanden|jaar|jaren) (?:na|later|eerder|voor)",
        homonyms="morgen",
    ),
    "pt": DateWords(
        within=r"em|no ano de|no mês de",
        on=r"(?!)",
        bound=(
            r"desde|até|antes de|depois de|após|a partir de|entre|de|do|que em|cada|ao|"
            r"(?:relação|comparação|comparado|comparada|face|frente) (?:a|ao|com)(?: o)?"
        ),
        near=r"semana de|fim de semana de|véspera de|aniversário de|dias de",
        part=r"dias? de|véspera de",
        chained=r"e|ou|a|ao|até",
        linked=r"de|do",
        apart=r"(?:horas?|dias?|semanas?|mês|meses|anos?) (?:depois|antes|mais tarde)",
        homonyms="amanhã",
    ),
}
