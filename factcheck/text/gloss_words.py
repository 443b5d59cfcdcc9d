"""What `glosses` puts in English: small words, verbs of intent and offices of other languages, and endings of verbs."""

import re


def _table(listed: str) -> dict[str, str]:
    """`der die: the; und: and` as what each word is put as."""
    pairs = (part.split(":") for part in listed.replace("\n", " ").split(";") if part.strip())
    return {word: put.strip() for forms, put in pairs for word in forms.split()}


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


SMALL = {
    "de": _table("""
        außer: except; ob: whether; wonach: that; sofern: if;
        der die das den dem: the; des: of the; ein eine einen einem einer: a; eines: of a; und: and;
        sondern: but; oder: or;
        in im ins: in; am auf: on; an: to; aus: from; mit: with; für: for; nach: after; vor: before; seit: since;
        bis: until; gegen: against; bei beim: at; durch: through; von vom: of; zum zur: to; über: about; während: while;
        zwischen: between; dass: that; wenn falls: if; vermutlich wahrscheinlich: probably;
        möglicherweise: possibly; angeblich: allegedly; weder: neither; weil: because; nicht: not; nie niemals: never;
        kein keine keinen keinem keiner keinerlei: no; fast: nearly; kaum: hardly; drittel: third of;
        viertel: quarter of; hälfte: half of; um: by;
        sein seine seinen seinem seiner: his; ihr ihre ihren ihrem ihrer: their; würde würden: would;
        er: he; sie: they; es: it; sich: him;
        auch: also; als: than; laut zufolge: according; nachdem: after; bevor: before; deren dessen: whose; wegen: for
    """),
    "es": _table("""
        excepto salvo: except; preguntado preguntada preguntados preguntadas: asked;
        el la los las: the; un una unos unas: a; y e: and; pero: but; o: or; en: in; con: with; para: for; por: for;
        de: of; del: of; al: the; a: a; tras: after; contra: against; desde: since; hasta: until; sobre: about;
        entre: between; después: after; que: that; si: if; porque: because; no: not; nunca: never;
        ningún ninguna ninguno: no; apenas: hardly; tercio tercios: third;
        mientras: while; su sus: their; se: him; también: also; según: according; cuyo cuya cuyos cuyas: whose;
        quien quienes: whom; probablemente: probably; posiblemente: possibly; supuestamente presuntamente: allegedly
    """),
    "fr": _table("""
        sauf excepté hormis: except; failli: nearly; interrogé interrogée interrogés interrogées: asked;
        le la les l: the; un une: a; et: and; mais: but; ou: or; en dans: in; avec: with; pour: for; par: for;
        de d du des: of; à au aux: to; après: after; avant: before; contre: against; depuis: since; jusque: until;
        sur: on; entre: between; que qu: that; qui: who; si: if; pas: not; jamais: never; guère: hardly;
        tiers: third; aucun aucune: no; se s: him;
        probablement vraisemblablement: probably; prétendument: allegedly;
        son sa ses leur leurs: their; aussi: also; selon: according; dont: whose
    """),
    "it": _table("""
        eccetto tranne salvo: except;
        il lo la i gli le l: the; un uno una: a; e ed: and; ma: but; o: or; in nel nella nei nelle: in; con: with;
        per: for; da dal dalla dai dalle dall: from; di del della dei delle dell: of; a al alla ai alle all: to;
        dopo: after; prima: before; contro: against; su sul sulla: on; che: that; se: if; non: not; mai: never;
        nessun nessuno nessuna: no; si: him; mentre: while; suo sua suoi sue: their; anche: also; secondo: according;
        cui: whose; tra fra: between; probabilmente: probably; forse: perhaps; presumibilmente: presumably
    """),
    "pt": _table("""
        exceto salvo: except;
        o a os as: the; um uma: a; e: and; mas: but; ou: or; em no na nos nas: in; com: with; para: for;
        por pelo pela pelos pelas: for; de do da dos das: of; ao aos à às: to; após depois: after; contra: against;
        desde: since; até: until; sobre: about; que: that; se: him; não: not; nunca: never; nenhum nenhuma: no;
        entre: between; enquanto: while; seu sua seus suas: their; também: also; segundo: according;
        cujo cuja cujos cujas: whose; provavelmente: probably; talvez: perhaps; supostamente: allegedly
    """),
    "nl": _table("""
        behalve uitgezonderd: except; mits: if;
        de het: the; die: that; een: a; en: and; maar: but; of: or; in: in; op: on; uit: from; met: with; voor: for;
        na: after; sinds: since; tot: until; tegen: against; bij: at; door: through; van: of; naar: to; over: about;
        tijdens: during; dat: that; als: if; niet: not; geen: no; nooit: never; zijn: his; haar hun: their; hij: he;
        tussen: between; zij ze: they; zich: him; terwijl: while; ook: also; volgens: according; wiens wier: whose;
        waarschijnlijk vermoedelijk: probably; misschien: perhaps
    """),
}
ARTICLES = {
    "de": frozenset[str](), "nl": _set("de een"), "fr": _set("un une du des au aux"),
    "es": _set("el un una unos unas del"),
    "it": _set("il i un uno una del della dello dell dei degli delle nel nella nello nell dal dalla dallo dall"),
    "pt": _set("um uma do da dos das"),
}  # fmt: skip
"""Forms of articles that no pronoun has, alone or in a preposition: no verb follows them but an infinitive."""
ENCLITIC = _set("es it pt nl")
"""Languages in which no pronoun stands before an infinitive."""
OFFICES = {
    "de": _table("""
        präsident präsidentin präsidenten: president; minister ministerin ministers: minister;
        kanzler kanzlerin kanzlers: chancellor; leiter leiterin:
        director; bürgermeister bürgermeisterin bürgermeisters: mayor; chef chefin chefs: head;
        vizepräsident vizepräsidentin: deputy president; vizekanzler: deputy chancellor;
        altkanzler: former chancellor; altbürgermeister: former mayor
    """),
    "es": _table("""
        presidente presidenta: president; ministro ministra: minister; alcalde alcaldesa: mayor; director directora:
        director; jefe jefa: head; vicepresidente vicepresidenta: deputy president; gobernador gobernadora: governor
    """),
    "fr": _table("""
        président présidente: president; ministre: minister; maire: mayor; directeur directrice: director; chef: head;
        vice-président vice-présidente: deputy president; gouverneur: governor
    """),
    "it": _table("""
        presidente: president; ministro ministra: minister; sindaco sindaca: mayor; direttore direttrice: director;
        capo: head; vicepresidente: deputy president
    """),
    "pt": _table("""
        presidente: president; ministro ministra: minister; prefeito prefeita: mayor; diretor diretora: director;
        chefe: head; vice-presidente: deputy president; governador governadora: governor
    """),
    "nl": _table("""
        president presidente: president; minister: minister; burgemeester: mayor; directeur: director;
        vicepresident vicepremier: deputy president
    """),
}
OF_OFFICES = {
    "de": _table(
        "designierte designierter designierten: incoming; kommissarische kommissarischer kommissarischen: acting;"
        "stellvertretende stellvertretender stellvertretenden: deputy"
    ),
    "es": _table("electo electa: incoming; interino interina: acting"),
    "fr": _table("élu élue: incoming; intérim intérimaire: acting"),
    "it": _table("eletto eletta: incoming; facente: acting"),
    "pt": _table("eleito eleita: incoming; interino interina: acting"),
    "nl": _table("verkozen: incoming; waarnemend waarnemende: acting"),
}
"""What tells the time of an office; behind it in Romance languages, before it in English."""
LOOK_ENGLISH = {"not": "notlage", "fast": "fasten", "former": "formung"}
"""German nouns that are other words in English, as words of their kind that are none."""
REPORTS = _set("""
    berichte bericht vorwürfe vorwurf gerüchte gerücht behauptungen behauptung meldungen anschuldigungen
    acusaciones acusación informaciones información rumores rumor denuncias
    accusations accusation informations rumeurs rumeur allégations accuse accusa voci notizie
    acusações acusação boatos notícias berichten beschuldigingen geruchten
""")  # fmt: skip
"""What may be denied, and a clause tells what it is."""
NO_VERBS = frozenset(("miljoen", "sieben", "seizoen", "morgen", "zaken"))
"""Words that have the ending of an infinitive, and are none."""
DROPPED = frozenset(("ne", "n", "aber"))
INTENDS = {
    "de": _table("""
        vorwerfen beschuldigen: suspect; einladen: ask; statt anstatt: refuse;
        bestreiten leugnen dementieren zurückweisen: refuse; verdächtigen: suspect; ablehnen: refuse; prüfen: plan;
        wollen mögen beabsichtigen planen vorhaben anstreben gedenken plan absicht vorhaben: plan; erwägen: plan;
        versuchen versuch: try; weigern: refuse; drohen: threaten; versprechen ankündigen kündigen: promise;
        hoffen: hope;
        vorschlagen schlagen empfehlen: propose; fordern verlangen auffordern: demand; bitten: ask;
        verpflichten: oblige; müssen: must; sollen: reportedly; bereit: ready
    """),
    "es": _table("""
        acusar imputar reprochar: suspect; desmentir: refuse; invitar ordenar recomendar: ask; espera: hope;
        niega negar: refuse; sospechar: suspect;
        planear planificar prever proyectar pretender plan: plan; querer esperar espera: hope; intentar tratar: try;
        prometer: promise; amenazar amenaza: threaten; proponer: propose; buscar busca: seek;
        rechazar descartar: refuse; pedir exigir: demand; estudiar considerar: plan; deber: must; ir: shall
    """),
    "fr": _table("""
        accuser reprocher: suspect; démentir démenti: refuse; inviter ordonner recommander: ask;
        nier: refuse; soupçonner suspecter: suspect;
        prévoir envisager projeter compter compte entendre projet: plan; vouloir souhaiter espérer: hope;
        tenter tente essayer chercher: try; échouer: refuse; promettre: promise; menacer menace: threaten;
        proposer: propose; refuser renoncer: refuse;
        demander exiger: demand; devoir: must; aller: shall; apprêter: prepare
    """),
    "it": _table("""
        accusare: suspect; smentire: refuse; invitare ordinare: ask;
        negare: refuse; sospettare: suspect;
        prevedere intendere progettare pianificare progetto piano: plan; volere sperare: hope;
        tentare cercare cerca: try;
        promettere: promise; minacciare minaccia: threaten; proporre: propose; rifiutare rifiuta escludere: refuse;
        chiedere: demand; dovere: must
    """),
    "pt": _table("""
        acusar: suspect; desmentir: refuse; convidar ordenar: ask;
        negar: refuse; suspeitar: suspect;
        planejar planear prever pretender projetar: plan; querer quer esperar: hope; tentar: try; prometer: promise;
        ameaçar: threaten; propor: propose; recusar descartar desistir: refuse; pedir exigir: demand; dever: must;
        ir: shall
    """),
    "nl": _table("""
        beschuldigen: suspect; uitnodigen: ask;
        ontkennen: refuse; verdenken: suspect;
        willen plannen plant plan voornemen voornemens: plan; overwegen: plan; proberen: try; weigeren: refuse;
        dreigen: threaten; beloven: promise; hopen: hope; voorstellen: propose; eisen: demand; moeten: must;
        zullen: shall
    """),
}
OPINIONS = {
    "de": _table("""
        vermuten glauben annehmen befürchten fürchten ausgehen spekulieren: believed; bezweifeln zweifeln: doubted;
        ausschließen: disputed
    """),
    "es": _table("creer pensar sospechar temer suponer: believed; dudar: doubted; descartar: disputed"),
    "fr": _table("penser croire craindre supposer soupçonner estimer: believed; douter: doubted; exclure: disputed"),
    "it": _table(
        "pensare credere ritenere temere sospettare supporre: believed; dubitare: doubted; escludere: disputed"
    ),
    "pt": _table("pensar achar acreditar temer suspeitar supor: believed; duvidar: doubted; descartar: disputed"),
    "nl": _table("vermoeden denken geloven vrezen: believed; betwijfelen: doubted; uitsluiten: disputed"),
}
"""Verbs by which somebody holds, doubts or rules out what a clause behind them tells."""
BEFORE_CLAUSES = frozenset((",", "davon", "daran", "nicht", "de", "er"))
"""What may stand between such a verb and its clause: `geht davon aus, dass`, `duda de que`."""
VERB_FIRST = _set("hätte hätten wäre wären sollte sollten würde würden")
"""German verbs that open a condition without `wenn`."""
CAN = {
    "de": frozenset(("können", "dürfen")), "nl": frozenset(("kunnen", "mogen")), "es": frozenset(("poder",)),
    "pt": frozenset(("poder",)), "fr": frozenset(("pouvoir",)), "it": frozenset(("potere",)),
}  # fmt: skip
BE = {
    "de": frozenset(("werden",)), "nl": frozenset(("worden",)), "es": frozenset(("ser",)), "pt": frozenset(("ser",)),
    "fr": frozenset(("être",)), "it": frozenset(("essere", "venire")),
}  # fmt: skip
"""Auxiliaries of the passive; the German one is that of what will be, too."""
HAVE = {
    "de": frozenset(("haben", "sein")), "nl": frozenset(("hebben", "zijn")), "es": frozenset(("haber",)),
    "pt": frozenset(("ter", "haver")), "fr": frozenset(("avoir",)), "it": frozenset(("avere",)),
}  # fmt: skip
FUTURE = {
    "es": ("ré", "rás", "rá", "remos", "réis", "rán"),
    "pt": ("rei", "rás", "rá", "remos", "rão"),
    "fr": ("rai", "ras", "ra", "rons", "rez", "ront"),
    "it": ("rò", "rai", "rà", "remo", "rete", "ranno"),
}
PARTICIPLES = {
    "es": ("do", "da", "dos", "das", "cho", "cha", "to", "ta"), "pt": ("do", "da", "dos", "das", "to", "ta"),
    "it": ("to", "ta", "ti", "te", "so", "sa", "si", "se"),
    "fr": ("é", "ée", "és", "ées", "i", "ie", "is", "it", "ite", "u", "ue", "us", "ues"),
}  # fmt: skip
CARRIED_OUT = _set("""
    pudo pudieron pôde puderam poté poterono dovette dovettero put purent dut durent pu dû potuto potuta dovuto dovuta
    konnte konnten musste mussten kon konden moest moesten
""")  # fmt: skip
"""Forms of `can` and `must` by which something is told as done."""
PASTS_OF_BEING = frozenset(("war", "waren", "was"))
CONDITIONAL = {
    "de": ("könnte", "könnten", "dürfte", "dürften"),
    "nl": ("zou", "zouden"),
    "es": ("ría", "rías", "ríamos", "rían"),
    "pt": ("ria", "rias", "ríamos", "riam"),
    "fr": ("rait", "rais", "rions", "riez", "raient"),
    "it": ("rebbe", "rebbero", "resti"),
}
"""Endings by which what is told may be so, or somebody says so."""
PRESENT = {
    "de": ("t",), "nl": ("t",), "es": ("a", "an", "e", "en"), "pt": ("a", "am", "e", "em"),
    "fr": ("e", "ent", "t", "d"), "it": ("a", "ano", "e", "ono"),
}  # fmt: skip
PAST = {
    "de": ("hielt", "riet", "bat", "trat", "tat", "stritt", "schritt", "litt", "glitt", "schnitt", "bot", "galt"),
    "nl": ("ocht", "acht", "iet"),
    "es": ("aba", "aban", "ía", "ían", "ada", "ida"), "pt": ("va", "vam", "ia", "iam", "ram", "ada", "ida"),
    "fr": ("ait", "aient", "èrent", "irent", "urent", "ée"),
    "it": ("va", "vano", "rono", "ata", "ita", "uta", "ate", "ite", "ute"),
}  # fmt: skip
"""Endings of one word that tells what is, and of such as tell what was all the same."""
NEARLY = frozenset(("fast", "beinahe", "bijna"))
VERB_LAST = {"de": "zu", "nl": "te"}
"""Languages that put what a verb governs last, with what they put before it."""
PARTICLES = _set("""
    ab an auf aus bei ein fest frei her heraus herab hervor hin hinaus hinzu los mit nach nieder statt teil
    um voran vor voraus vorbei weg weiter wieder zu zurück zusammen
""")  # fmt: skip
"""What German splits off its verbs: `lehnte … ab`."""
ADVERBS = _set("""
    gestern heute morgen später danach zuvor damals inzwischen zudem außerdem dort hier so dann trotzdem
    deshalb daher jedoch schließlich bereits schon zuletzt kürzlich künftig offenbar nun jetzt auch
""")  # fmt: skip
_EXPRESSIONS = {
    "de": {"mehr als": "over", "weniger als": "below",
           "bis zu": "up to", "bis auf": "except",
           "auch wenn": "although", "mit Ausnahme von": "except", "nicht mehr": "not", "nicht alle": "not all"},
    "nl": {"ook al": "although", "met uitzondering van": "except", "meer dan": "over", "minder dan": "below",
           "ten minste": "at least"},
    "es": {"más de": "over", "a excepción de": "except", "con excepción de": "except", "incluso si": "although",
           "menos de": "below", "al menos": "at least",
           "por lo menos": "at least",
           "como máximo": "at most", "mientras que": "while", "la mayoría de": "most",
           "en vez de": "refuse", "en lugar de": "refuse",
           "estuvo a punto de": "nearly", "estuvieron a punto de": "nearly",
           "a condición de que": "if", "con la condición de que": "if",
           "no todos": "not all", "no todas": "not all"},
    "fr": {"même si": "although", "même s": "although", "à l'exception de": "except", "à l'exception du": "except",
           "plus de": "over", "moins de": "below", "au moins": "at least",
           "au plus": "at most",
           "au maximum": "at most", "alors que": "while", "tandis que": "while",
           "à condition que": "if", "à deux doigts de": "nearly", "au lieu de": "refuse",
           "la plupart des": "most", "la majorité des": "most", "peu de": "few",
           "beaucoup de": "many"},
    "it": {"anche se": "although", "ad eccezione di": "except", "più di": "over", "meno di": "below",
           "almeno": "at least", "al massimo": "at most",
           "a condizione che": "if", "invece di": "refuse"},
    "pt": {"mesmo que": "although", "com exceção de": "except", "mais de": "over", "menos de": "below",
           "pelo menos": "at least", "no máximo": "at most",
           "em vez de": "refuse"},
}  # fmt: skip
OF_EXPRESSIONS = {said: put for listed in _EXPRESSIONS.values() for said, put in listed.items()}
EXPRESSIONS = {
    language: re.compile("|".join(rf"\b{said}\b" for said in listed if " " in said), re.IGNORECASE)
    for language, listed in _EXPRESSIONS.items()
}
