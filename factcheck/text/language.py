"""Which language a text is in, by its script, then by its small words; nothing rather than the wrong one."""

import unicodedata
from collections import Counter
from functools import lru_cache

from factcheck.text.folding import words

NOUNS_IN_CAPITALS = frozenset(("de", "lb", "gsw", "nds", "bar"))
"""German and its neighbours write every noun with a capital, so that a capital does not tell a name."""

_SAMPLE = 20_000  # characters
_KEPT = 200  # texts, since several gates ask about the same one
_SHARE = 0.08  # of the words; a list of names has fewer, and is not judged
_LEAD = 1.3  # over the second best: Danish and Norwegian share most small words
_LEAD_HITS = 2

_KANA_SHARE = 0.1
_STRANGE = 0.75  # of the letters: names in Latin ones stand in texts of every script
_LETTER_SHARE = 0.005
_LEAST_LETTERS = 2

# Scripts that one language, or one by far before all others, is written in; as Unicode names their letters.
_OF_SCRIPT = {
    "HANGUL": "ko", "THAI": "th", "LAO": "lo", "KHMER": "km", "MYANMAR": "my", "TIBETAN": "bo", "GREEK": "el",
    "HEBREW": "he", "ARMENIAN": "hy", "GEORGIAN": "ka", "ETHIOPIC": "am", "BENGALI": "bn", "TAMIL": "ta",
    "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml", "GUJARATI": "gu", "GURMUKHI": "pa", "ORIYA": "or",
    "SINHALA": "si",
}  # fmt: skip
# Letters that tell a language from the others of its script; the last of a script is told by their absence.
_LETTERS = {
    "CYRILLIC": (("uk", "іїєґ"), ("sr", "јљњћђ"), ("kk", "қңғұ"), ("be", "ў"), ("bg", "ъ"), ("ru", "")),
    "ARABIC": (("ur", "ٹڈڑے"), ("fa", "پچژگ"), ("ar", "")),
    "DEVANAGARI": (("mr", "ळ"), ("hi", "")),
}

_TEXT_OF_SMALL_WORDS = {
    "en": "the of and to in is was for that on with by as are from at be this have it a an not but were which who had "
          "he has his they their she her been would said its after",
    "de": "der die das und ist nicht von zu den mit dem sich ein eine auf für im auch des als wird sie",
    "fr": "le la les des et est une du que dans qui pour pas sur au avec sont par plus ce il elle",
    "es": "el la los las de y en que un una por con del se es para no su al como más fue",
    "pt": "o os as do da dos das e em que um uma não para com por no na se foi mais ao à são é",
    "it": "il lo gli di che è un una per non del della sono con nel alla da si le i anche dei ha",
    "nl": "de het een en van is dat niet op te zijn met voor ook aan er om als bij naar werd door",
    "ca": "el la els les de i en que un una per amb del és no al més dels ha va són",
    "ro": "și în de la cu pe din nu care este un o pentru mai sunt fost al ale că să",
    "sv": "och att det i en som är på av för med den till inte har de ett om var från",
    "da": "og at det i en er på af for med den til ikke har de et som var blev fra",
    "nb": "og å det i en er på av for med den til ikke har de et som var ble fra",
    "fi": "ja on ei se että oli ovat mutta myös kun tai joka hän ole mukaan sekä",
    "pl": "na się nie że jest od po dla oraz są był przez jak już także który",
    "cs": "na se je že do ve za by který pro jsou byl jako také však jeho",
    "hu": "a az és hogy nem is egy volt meg de ez már csak vagy mint szerint",
    "tr": "ve bir bu için ile da de olan olarak daha çok gibi kadar sonra ne değil",
    "id": "yang dan di ini itu dengan untuk dari pada tidak dalam akan ke oleh adalah",
    "vi": "là của và các có trong một cho không được với những người này đã",
}  # fmt: skip
# Folded as the words of a text are.
_SMALL_WORDS = {language: frozenset(words(small)) for language, small in _TEXT_OF_SMALL_WORDS.items()}
_LANGUAGES_OF = {
    word: tuple(language for language, small in _SMALL_WORDS.items() if word in small)
    for word in frozenset[str]().union(*_SMALL_WORDS.values())
}


def detect_language(text: str) -> str | None:
    """The language of a text as a BCP 47 tag, None where it cannot be told."""
    return _language_of(text[:_SAMPLE])


@lru_cache(_KEPT)
def _language_of(sample: str) -> str | None:
    script = main_script(sample.lower())
    if script == "LATIN":
        found = Counter(words(sample))
        hits = dict.fromkeys(_SMALL_WORDS, 0)
        for word, count in found.items():
            for language in _LANGUAGES_OF.get(word, ()):
                hits[language] += count
        best, second = sorted(hits, key=hits.__getitem__, reverse=True)[:2]
        is_ahead = hits[best] >= max(_LEAD * hits[second], hits[second] + _LEAD_HITS)
        return best if is_ahead and hits[best] >= _SHARE * found.total() else None
    letters = Counter(filter(str.isalpha, sample.lower()))
    if script in {"CJK", "HIRAGANA", "KATAKANA"}:
        # Japanese may be Chinese characters for the most part, but never without kana between them.
        kana = sum(count for letter, count in letters.items() if script_of(letter) in {"HIRAGANA", "KATAKANA"})
        return "ja" if kana >= _KANA_SHARE * letters.total() else "zh"
    least = max(_LEAST_LETTERS, _LETTER_SHARE * letters.total())
    for language, own in _LETTERS.get(script, ()):
        if not own or sum(letters[one] for one in own) >= least:
            return language
    return _OF_SCRIPT.get(script)


def is_in_other_language(words_of_claim: str, language: str, script: str) -> bool:
    """Whether a claim on a text of that language and main script is clearly in another language."""
    scripts = Counter(_family(script_of(char)) for char in words_of_claim if char.isalpha())
    if scripts.total() and scripts[_family(script)] <= (1 - _STRANGE) * scripts.total():
        return True
    spoken = detect_language(words_of_claim) if script == "LATIN" else None
    return spoken is not None and language in _SMALL_WORDS and spoken != language


def _family(script: str) -> str:
    """Japanese is written in three scripts at once."""
    return "CJK" if script in {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"} else script


def script_of(letter: str) -> str:
    """The script of a letter, in capitals, as its Unicode name begins."""
    return unicodedata.name(letter, "").split(" ", 1)[0]


def main_script(text: str) -> str:
    """The script of most letters of a text, empty if it has none."""
    scripts: Counter[str] = Counter()
    for letter, count in Counter(filter(str.isalpha, text)).items():
        scripts[script_of(letter)] += count
    return scripts.most_common(1)[0][0] if scripts else ""
