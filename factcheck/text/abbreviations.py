"""Abbreviations that stand before what they belong to, by language: a capital or a figure behind one begins nothing.

sentencex knows those of some thirty languages, most of them few; CLDR and stopwords-iso, asked here too, say which
are short for a month or a power of ten, and which words are too common to be short for anything.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel import Locale


def as_words(text: str) -> frozenset[str]:
    """The words of a list that is written as a sentence."""
    return frozenset(text.split())


_EVERYWHERE = "dr prof st mr mrs ms mme mlle fig vol vs cf ca nr tel"
# As written, but a capital may stand for a small letter. Before a name, a figure, or anything at all.
_BEFORE = {
    "en": "ms amb assoc asst gov pres sen atty chmn messrs ofc secy treas ft mt pt ste approx v e.g i.e",
    "de": "fa fr frl hr hrn dipl ing mag hrsg abs bd abt art aufl str geb gest verh inkl exkl zzgl abzgl bzw sog vgl"
          " ggf evtl kath evang ehem insb max min mind z.b d.h u.a o.g u.u i.d.r s.o v.a okt dez jg kap lt präs fam",
    "fr": "M MM Me Mes Mgr Mme Mmes Mlle Mlles Pr Vve art al av bd boul ch chap dép éd fg hab num réf env p.ex"
          " c.-à-d janv févr avr juil ste sts",
    "it": "dott dott.ssa dr.ssa sig sig.ra sig.na sigg prof.ssa avv ing geom rag arch on sen dep mons gen col cap ten"
          " mar artt art pag pagg c.so v.le p.zza cfr capo gent spett egr fraz loc reg",
    "es": "sr sra sras srta sres dra d dña ma profa lic ing arq gral cnel sto sta fr mons excmo ilmo av avda ctra núm"
          " art arts pta dpto apto pág págs aprox cap pdte pdta dip sen gob p.ej pza",
    "pt": "sr sra srta srs sras dra drs dras profa profs eng enga arq av dep sen gov min des gen cel cap ten sgt art"
          " arts núm pág págs fls aprox exmo exma ilmo mons pe apto séc sto sta jr.a p.ex pça rod est",
    "nl": "dhr mevr mw drs ir ing ds blz art bijv o.a m.n t.a.v jhr mgr gebr resp",
    "pl": "mgr inż hab lek gen płk ppłk kpt por mjr ks bp abp bł ul al pl os nr str ok tzw m.in np im red woj pow gm"
          " godz art ust pkt poz św kard sierż rtm pow ur zm",
    "cs": "p pí sl ing mgr bc doc phdr mudr judr mvdr rndr sv č čís čl odst písm ul nám tř str tj tzv např cca gen plk"
          " mjr kpt por npor pplk dr.h.c os",
    "sk": "p ing mgr bc doc phdr mudr judr mvdr rndr sv č čl ods písm ul nám str tj tzv napr cca gen plk mjr kpt por",
    "hu": "ifj id özv szt ún kb kh u.n vö ld pl gr",
    "da": "hr fr frk kapt f.eks bl.a d.v.s dvs art kl sr tlf stk jf jfr inkl ekskl evt maks pkt skt adr",
    "nb": "hr fr frk kapt f.eks bl.a d.v.s dvs art kl sr tlf stk jf jfr inkl ekskl ev evt maks pkt adv",
    "sv": "hr fr kapt t.ex bl.a s.k d.v.s dvs art kl tfn jfr inkl exkl ev evt max min adj ung",
    "fi": "esim mm ts ns klo puh vrt ns mrs tri rva hra",
    "ru": "г гг гор ул пр просп пер пл наб бул д кв корп стр ст м им проф акад доц канд д-р г-н г-жа тов гр ген полк"
          " подполк кап лейт серж адм св о оз р обл р-н дер пос рис табл гл п пп ч т.е т.н т.к напр ок прибл см ред нач"
          " кон",
    "uk": "г гг м вул просп пров пл наб бул буд кв корп стор ст ім проф акад доц канд д-р тов гр ген полк підполк"
          " кап лейт адм св о оз р обл р-н с смт рис мал табл гл п пп ч т.зв напр бл див ред поч кін сер ів",
    "bg": "г г-н г-жа г-ца д-р проф доц акад инж арх ген полк кап св ул бул пл жк гр с обл стр чл ал т.нар напр вж",
    "sr": "г г-н г-ђа др проф доц инж ген св ул бр стр чл ст тзв тј нпр ing mag g gđa gđica doc sv ul br str čl tzv tj"
          " npr gen",
    "el": "κ κκ κα δρ καθ αγ δηλ βλ αρ αριθ σελ οδ τηλ π.χ λεωφ",
    "tr": "doç yrd av sn bkz örn alb gen mah cad sok no hz op uzm",
    "ro": "ing av dl dna d-l d-na sf str bd art alin lit pag cca aprox gen col lt cpt acad conf",
    "hr": "mr ing g gđa gđica doc sv ul br str čl st tzv tj npr gen red dipl mag",
    "sl": "mag ing g ga gdč doc sv ul št str čl tj npr t.i gen dipl",
    "lt": "g gat pr al p psl pvz doc gen šv plg",
    "lv": "g ielu kungs t.s piem lpp doc ģen sv",
    "et": "hr pr lk nt tn mnt pst ins kol kpt",
    "id": "PT CV drs dra ir h hj jl no kec kab kel tn ny sdr rp hlm",
    "vi": "TS Ts ThS GS Gs PGS BS TP Tp KS LS NSND NSƯT",
    "ca": "sr sra dra núm pàg art av ctra sta sto",
    "gl": "sr sra dra núm páx art av sto sta",
    "eu": "jn and orr art zk",
    "af": "mnr mev mej adv ds genl kol bl bv",
    "sw": "bw bi dkt mhe",
    "he": "פרופ גב מר עמ מס אינג",
}  # fmt: skip
_AS = {"nn": "nb", "no": "nb", "be": "ru", "kk": "ru", "mk": "bg", "bs": "hr", "sh": "hr", "ms": "id"}
_BEFORE_FIGURE = as_words(
    "no nos nr n° nº art arts sec secs p pp para paras pt pts ch chap fig figs vol vols col app ext approx est pg"
    " pag n s § max min av cap st ver op bd bk abs ziff rz kap lit al alin leg tab bl sz str ust rs rp us hk ca c"
    " circ acc acct apt bldg hwy rm rt"
)
# Written without a danda, these are titles, `rupees` and `number`; other words of one syllable too, but not the verbs.
_INDIC = as_words(
    "डॉ डा प्रो प्रा पं स्व कु एड एडवो उदा सं सौ कै रु मो इंजी ब्रिगे लेफ्टि नं ডা ডঃ মো মোঃ অধ্যা প্রফে ইঞ্জি রু নং"
    " திரு ரூ டாக்டர் பேரா எண் செல்வி డా రూ ప్రొ శ్రీ నం ಡಾ ರೂ ಪ್ರೊ ನಂ ഡോ രൂ പ്രൊ പ്രൊഫ ശ്രീ നം അഡ്വ ડૉ ડો રૂ પ્રો"
    " નં ਡਾ ਰੁ ਪ੍ਰੋ ਨੰ රු"
)
# They are common, but begin with a capital within a sentence too.
_GERMAN_NOUNS = as_words(
    "beispiel dank ende ernst gott jahr jahre jahren mal mann mensch menschen mittel morgen ordnung recht sache"
    " schluss startseite suche tag tage tagen teil uhr zeit"
)
_VERBS = as_words("है हैं था थी थे हो दी दे दो ली ले लो की जा आ छ छे छन् छे છે છું না নে দে ছে নয়")
_VOWELS = frozenset("aeiouyæøœıаеёиоуыэюяіїєўαεηιουω")
_BEHIND_CYRILLIC = "\u0530"
_SHORT = range(2, 6)
_INDIC_LETTERS = ("\u0900", "\u0dff")
# One of these is told from the others by a letter.
_TOLD_BY_LETTER = as_words(
    "plan plano piano plán hepatitis hepatite hépatite epatite hepatiet hepatit vitamin vitamine vitamina vitamín"
    " witamina influenza ward wing pier gate terminal exhibit appendix annex annexe block bloc bloque bloco blok blocco"
    " type typ tipo group groupe gruppe grupo gruppo groep grupp grupa skupina serie série seria class classe klasse"
    " clase klass klasa category catégorie categoría categoria kategorie kategoria kategori grade phase fase faza tier"
    " zone zona zon option opción opção generation liga"
)
_MORE_UNITS = as_words("hod руб коп грн")  # which CLDR writes otherwise
_POWERS_OF_TEN = as_words("mio milj mln mld mlrd mrd млн млрд трлн")


@cache
def before_anything(language: str) -> frozenset[str]:
    """Abbreviations that a sentence does not end with, as a rule, in this language."""
    # English ones sentencex knows, and whether they may end a sentence too: `on Main St. The`.
    everywhere = "" if language == "en" else _EVERYWHERE
    return as_words(f"{everywhere} {_BEFORE.get(_AS.get(language, language), '')}")


@cache
def common_words(language: str) -> frozenset[str]:
    """The language's small words, which begin sentences and are not short for others; none where it is unknown."""
    import stopwordsiso  # noqa: PLC0415 - its lists are read when it is imported

    known = {"nb": "no", "nn": "no"}.get(language, language)
    found = frozenset(stopwordsiso.stopwords(known)) if stopwordsiso.has_lang(known) else frozenset()
    locale = _locale(language)
    countries = {name.lower() for name in locale.territories.values()} if locale else set()  # in some of its lists
    return found - countries - (_GERMAN_NOUNS if language == "de" else set())


@cache
def months(language: str) -> frozenset[str]:
    """The names of the months, in small letters; none where CLDR does not know the language."""
    locale = _locale(language)
    if locale is None:
        return frozenset()
    return frozenset(name.lower() for use in ("format", "stand-alone") for name in locale.months[use]["wide"].values())


@cache
def powers_of_ten(language: str) -> frozenset[str]:
    """What is short for thousand, million and so on, in small letters: `mio`, `tys`."""
    locale = _locale(language)
    patterns = locale.compact_decimal_formats["short"].values() if locale else ()
    written = " ".join(pattern.pattern for plurals in patterns for pattern in plurals.values())
    return _POWERS_OF_TEN | {word.lower() for word in re.findall(r"(?<![^\W\d_])[^\W\d_]{2,}+(?='?\.)", written)}


@cache
def units(language: str) -> frozenset[str]:
    """What is short for a unit or a currency, without its full stop: `h`, `kg`, `zł`."""
    locale = _locale(language)
    if locale is None:
        return _MORE_UNITS
    # Babel reads these patterns out to format one number, and lists them nowhere.
    patterns: Mapping[str, Any] = locale._data["unit_patterns"]  # noqa: SLF001
    lengths = (forms.get(length) or {} for forms in patterns.values() for length in ("short", "narrow"))
    written = (one for plurals in lengths for one in plurals.values() if isinstance(one, str))
    short = {one.replace("{0}", "").strip().rstrip(".") for one in (*written, *locale.currency_symbols.values())}
    return _MORE_UNITS | {one for one in short if one.isalpha()}


def is_told_by_letter(word: str) -> bool:
    """Whether the word is of those that a letter behind them tells apart: `plan B`, `Hepatitis C`."""
    return word.lower() in _TOLD_BY_LETTER


def stands_before_figures(word: str) -> bool:
    """Whether the word is short for a number, a page, a paragraph, or `about`."""
    return word.lower() in _BEFORE_FIGURE


def is_without_vowels(word: str) -> bool:
    """Whether a word of two to five letters has consonants alone, as `mgr` has; `BBC` is a name."""
    if not (len(word) in _SHORT and word.isalpha() and word[1:].islower() and max(word) < _BEHIND_CYRILLIC):
        return False
    return _VOWELS.isdisjoint(unicodedata.normalize("NFD", word.lower()))


def is_indic_abbreviation(word: str) -> bool:
    """Whether the word is short in a script of India: a known one, or of one syllable and not a verb."""
    if word in _INDIC:
        return True
    if not word or not all(_INDIC_LETTERS[0] <= char <= _INDIC_LETTERS[1] for char in word):
        return False
    # A virama (combining class 9) makes one syllable of two letters.
    letters = sum(unicodedata.category(char) == "Lo" for char in word)
    joined = sum(unicodedata.combining(char) == 9 for char in word)  # noqa: PLR2004 - Unicode's number
    return letters - joined == 1 and word not in _VERBS


@cache
def _locale(language: str) -> "Locale | None":
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - slow to import

    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None
