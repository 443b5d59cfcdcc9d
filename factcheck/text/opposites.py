"""Words of which one says the opposite of the other: `rise` and `fall`, `legal` and `illegal`."""

from collections.abc import Container, Iterable, Iterator
from itertools import chain

from factcheck.text.folding import words
from factcheck.text.verbs import root

PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "ex")
"""Beginnings by which a word is denied."""
LEAST_BASE = 4
"""Letters of a word behind one of these."""
_UP_AND_DOWN = (
    ("rise increase grow climb gain up upward raise lift soar surge jump",
     "fall decrease decline shrink drop down downward lower lowered lowers cut reduce dip plunge slump slip ease"),
    # In each of the others the forms that news has, and base forms, which `glosses` makes of verbs.
    ("""stieg stiegen gestiegen steigt steigen erhöhte erhöht wuchs wuchsen gewachsen zulegte zulegten zugelegt legten
     anstieg anstiegen angestiegen zunahm zunahmen zugenommen kletterte kletterten geklettert
     steigen zunehmen wachsen erhöhen zulegen anheben klettern ansteigen""",
     """sank sanken gesunken sinkt sinken fiel fielen gefallen schrumpfte schrumpften geschrumpft verringerte verringert
     zurückging zurückgingen zurückgegangen abnahm abnahmen abgenommen einbrach einbrachen eingebrochen
     sinken fallen abnehmen zurückgehen schrumpfen verringern senken einbrechen"""),
    ("""subió subieron subido aumentó aumentaron aumentado creció crecieron crecido avanzó avanzaron repuntó repuntaron
     aumentar subir crecer elevar avanzar repuntar""",
     """bajó bajaron bajado cayó cayeron caído disminuyó disminuyeron disminuido retrocedió retrocedieron descendió
     descendieron redujo redujeron reducido bajar caer disminuir descender reducir retroceder"""),
    ("""augmenté augmente augmentent augmenter progressé progresse progressent progresser bondi bondit bondir grimpé
     grimper croître relever""",
     """baissé baisse baissent baisser diminué diminue diminuent diminuer reculé recule reculent reculer chuté chute
     chutent chuter fléchi fléchit fléchir plongé réduire"""),
    ("""salito salita saliti salite aumentato aumentata aumentati aumentate cresciuto cresciuta cresciuti cresciute
     salire aumentare crescere""",
     """sceso scesa scesi scese calato calata calati calate diminuito diminuita diminuiti diminuite scendere calare
     diminuire"""),
    ("""subiu subiram subido aumentou aumentaram aumentado cresceu cresceram crescido avançou avançaram disparou
     subir aumentar crescer avançar""",
     """caiu caíram caído baixou baixaram diminuiu diminuíram recuou recuaram encolheu encolheram despencou despencaram
     cair descer diminuir baixar recuar encolher despencar"""),
    ("steeg stegen gestegen groeide groeiden gegroeid toegenomen stijgen toenemen groeien",
     "daalde daalden gedaald kromp krompen gekrompen afgenomen zakte zakten dalen afnemen krimpen zakken"),
)  # fmt: skip
_ALSO_MOVES = """
    alta queda aumento calo hausse progression augmentation recul diminution chute subida alza bajada caída descenso
    incremento
"""
_OPPOSITE_WORDS = (
    *_UP_AND_DOWN,
    ("strengthen", "weaken"), ("more", "less fewer"), ("most", "least fewest"), ("above", "below"), ("unless", "if"),
    ("first", "last"), ("win beat defeat", "lose"), ("buy purchase acquire", "sell"),
    ("approve accept adopt pass", "reject refuse defeat"), ("support back favour favor", "oppose reject"),
    ("pass", "fail"), ("open", "close shut"), ("uphold", "overturn quash"), ("veto", "sign"), ("advance", "retreat"),
    ("withdraw", "invade enter"), ("survive recover", "die dead death kill"), ("free release", "jail imprison detain"),
    ("true accurate correct", "false inaccurate untrue incorrect wrong"), ("guilty convict", "acquit innocent clear"),
    ("wound injure hurt", "kill die dead death"),
    ("charge accuse suspect arrest indict", "convict guilty acquit sentence cleared"),
    ("nominate shortlist candidate run", "win elect appoint award"),
    ("propose suggest request demand", "impose order enforce"), ("lend", "borrow"), ("import", "export"),
    ("arrive enter join", "leave left depart exit quit"), ("hire employ", "fire sack dismiss"),
    ("start begin", "stop end cease"), ("double triple quadruple", "halve"), ("double", "triple quadruple"),
    ("profit surplus", "loss deficit"), ("parent father mother", "child son daughter"),
    ("north northern", "south southern"), ("east eastern", "west western"), ("left", "right"),
    ("high higher highest", "low lower lowest"), ("large larger largest big bigger biggest", "small smaller smallest"),
    ("fast faster fastest", "slow slower slowest slowly"), ("early earlier earliest", "late later latest"),
    ("old older oldest", "young younger youngest new newer newest"),
    ("long longer longest tall taller tallest", "short shorter shortest"),
    ("rich richer richest", "poor poorer poorest"), ("strong stronger strongest", "weak weaker weakest"),
    ("good better best", "bad worse worst"), ("heavy heavier", "light lighter"), ("before", "after"),
    ("near nearer nearest closer closest", "far farther farthest further"), ("hot warm warmer", "cold cool colder"),
    ("cheap cheaper cheapest", "expensive dear dearer dearest"), ("majority", "minority"),
    ("male man men boy", "female woman women girl"), ("public", "private"), ("maximum", "minimum"), ("ally", "enemy"),
    ("present", "absent"), ("ancestor", "descendant"), ("employer", "employee"), ("teacher", "student pupil"),
    ("buyer", "seller"), ("victory", "defeat"), ("ahead", "behind"), ("postpone delay", "cancel scrap"),
    ("fine", "jail imprison"),
    ("damage flood", "destroy raze"), ("abstain", "against oppose reject"), ("may", "must"),
    # German, Spanish and French, in the forms that news has.
    ("gewann gewannen gewonnen gewinnt siegte", "verlor verloren verliert unterlag"),
    ("kaufte gekauft", "verkaufte verkauft"), ("vor", "nach"),
    ("größer größte größten höher höchste höchsten", "kleiner kleinste kleinsten niedriger niedrigste niedrigsten"),
    ("verletzt verletzte verletzten", "getötet tötete starb starben gestorben"),
    ("verurteilt", "freigesprochen angeklagt"),
    ("ganó ganaron ganado", "perdió perdieron perdido"), ("compró compraron", "vendió vendieron"), ("antes", "después"),
    ("mayor", "menor"), ("heridos heridas herido herida", "muertos muertas murió murieron"),
    ("condenado condenada", "absuelto absuelta acusado acusada"),
    ("gagné gagne remporté", "perdu perd"), ("acheté", "vendu"), ("avant", "après"),
    ("blessés blessées blessé blessée", "tués tuées morts mortes mort"),
    ("condamné condamnée", "acquitté acquittée accusé accusée"),
    ("legalise legalize allow permit let", "ban outlaw prohibit forbid barred blocked prevent"),
    ("miss", "score"), ("draw drew drawn", "beat defeat win lose"), ("postpone shelve", "approve"),
    ("defend praise welcome hail", "criticise criticize condemn denounce"), ("refuse", "agree"), ("impose", "lift"),
    ("appoint", "dismiss sack oust"),
    ("supérieur supérieure supérieurs supérieures", "inférieur inférieure inférieurs inférieures"),
    # As base forms, which `glosses` makes of verbs.
    ("verdoppeln", "halbieren"), ("abweisen ablehnen zurückweisen",
     "stattgeben annehmen billigen genehmigen zustimmen"),
    ("freisprechen", "verurteilen"), ("gewinnen siegen besiegen", "verlieren unterliegen"), ("kaufen", "verkaufen"),
    ("verfehlen verpassen", "erreichen"), ("öffnen eröffnen", "schließen"), ("verletzen", "töten"),
    ("verschieben vertagen absagen", "beschließen"), ("absagen ausfallen", "stattfinden"),
    ("ausbleiben", "ankommen eintreffen"), ("ausschließen", "ankündigen"),
    ("verbieten untersagen verhindern", "erlauben genehmigen zulassen gestatten"),
    ("kritisieren rügen", "verteidigen loben begrüßen"),
    ("rechazar descartar", "aceptar aprobar"),
    ("absolver", "condenar"), ("ganar vencer derrotar", "perder"), ("comprar", "vender"), ("abrir", "cerrar"),
    ("prohibir bloquear impedir vetar", "permitir autorizar"), ("aplazar posponer retrasar", "aprobar conceder"),
    ("criticar", "defender elogiar"), ("anular cancelar", "mantener"), ("contratar", "despedir"),
    ("rejeter refuser décliner", "accepter approuver adopter"), ("acquitter relaxer", "condamner"),
    ("gagner remporter battre vaincre", "perdre incliner"),
    ("acheter", "vendre"), ("ouvrir", "fermer"), ("doubler", "diviser"), ("annuler", "maintenir"),
    ("interdire bloquer", "autoriser permettre"), ("critiquer dénoncer", "défendre défendu défendue saluer"),
    ("embaucher recruter", "licencier"), ("nommer", "limoger révoquer"),
    ("respingere bocciare rifiutare", "approvare accettare"), ("vietare bloccare impedire", "permettere autorizzare"),
    ("rinviare", "approvare"), ("criticare", "difendere elogiare"), ("annullare", "confermare mantenere"),
    ("assolvere", "condannare"), ("vincere battere sconfiggere", "perdere perso persa"),
    ("rejeitar recusar", "aprovar aceitar"),
    ("vencer ganhar derrotar", "perder"), ("proibir bloquear impedir vetar", "permitir autorizar"),
    ("adiar", "aprovar"), ("anular cancelar", "manter"), ("contratar", "demitir"),
    ("verwerpen afwijzen", "aannemen accepteren goedkeuren"), ("winnen verslaan", "verliezen"),
    ("verbieden blokkeren", "toestaan toelaten"), ("uitstellen", "goedkeuren"), ("bekritiseren", "verdedigen prijzen"),
    ("suchen", "finden auffinden"), ("buscar", "encontrar hallar localizar"), ("rechercher", "retrouver"),
    ("cercare", "trovare"), ("procurar", "encontrar"), ("zoeken", "vinden"),
)  # fmt: skip
"""Words of which one says the opposite of the other, or what it is not."""
_LITERAL = frozenset(words("left right first last light lower late new men women barred blocked"))
"""These are compared as written: `left` is no form of `leave` beside `right`, and a bar bars nobody."""
_OF_TWO_WORDS = {
    "reject": "turned turns turn down, threw throws thrown out, voted down",
    "cancel": "called calls call off",
    "overturn": "struck strikes strike down",
    "dismiss": "laid lays lay off",
}
_IN_ONE = {
    (verb, listed.split()[-1]): meant
    for meant, several in _OF_TWO_WORDS.items()
    for listed in several.split(",")
    for verb in listed.split()[:-1]
}
"""Verbs that are two words, as one that says the same: `turned down` as `reject`."""


def key(word: str) -> str:
    """The root of a word, or the word itself where its forms mean another thing."""
    kind = root(word)
    return word if word in _LITERAL or kind in _LITERAL else kind


MOVES = frozenset(key(word) for side in (*chain(*_UP_AND_DOWN), _ALSO_MOVES) for word in words(side))
"""Words that say that something came to more, or to less."""
OPPOSITES = tuple(tuple(frozenset(map(key, words(side))) for side in pair) for pair in _OPPOSITE_WORDS)
_OPPOSED: dict[str, frozenset[str]] = {}
_PLACES: dict[str, set[int]] = {}
for _place, (_one, _other) in enumerate(OPPOSITES):
    for _side, _against in ((_one, _other), (_other, _one)):
        for _word in _side:
            _OPPOSED[_word] = _OPPOSED.get(_word, frozenset()) | _against
            _PLACES.setdefault(_word, set()).add(_place)


def in_one(said: Iterable[str]) -> tuple[str, ...]:
    """The words of a text, a verb of two of them as one."""
    found: list[str] = []
    for word in said:
        together = _IN_ONE.get((found[-1], word)) if found else None
        found[-1:] = [together] if together else [*found[-1:], word]
    return tuple(found)


def opposites_with(kinds: Iterable[str]) -> list[tuple[frozenset[str], ...]]:
    """The pairs of opposites of which one has a word of these roots, in their order."""
    return [OPPOSITES[at] for at in sorted({at for kind in kinds for at in _PLACES.get(kind, ())})]


def is_opposed(kind: str, kinds: Container[str]) -> bool:
    """Whether the opposite of a word, given by its root, is among others: `legal` of `illegal`, `fall` of `rise`."""
    bases = (kind.removeprefix(prefix) for prefix in PREFIXES if len(kind) >= LEAST_BASE + len(prefix))
    return any(one in kinds for one in (*_OPPOSED.get(kind, ()), *negated(kind), *bases) if one != kind)


def negated(word: str) -> Iterator[str]:
    """The forms by which an English word is denied, of which most are no words: `unsafe`, `insafe`."""
    return (prefix + word for prefix in PREFIXES)
