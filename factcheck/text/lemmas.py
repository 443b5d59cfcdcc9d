"""The base form of a word in languages whose verbs change within: `kaufen` of `gekauft`, `hacer` of `hizo`."""

from functools import lru_cache

LANGUAGES = frozenset(("de", "es", "fr", "it", "nl", "pt"))
"""Those that are asked about; a dictionary takes up to 110 MB, and up to a second when it is first needed."""

_INFINITIVES = {
    "de": ("en", "ern", "eln"),
    "nl": ("en", "an", "ien"),
    "es": ("ar", "er", "ir", "ír"),
    "pt": ("ar", "er", "ir", "or"),
    "fr": ("er", "ir", "re"),
    "it": ("are", "ere", "ire", "rre"),
}


@lru_cache(20_000)
def lemma(word: str, language: str) -> str:
    """The base form of a word as it is written; the word in small letters where the dictionary has none."""
    from simplemma import lemmatize  # noqa: PLC0415 - a dictionary that English does without

    return lemmatize(word, lang=language).lower()


def infinitive(word: str, language: str) -> str:
    """The infinitive of a word that may be a verb; empty for one that is none."""
    base = lemma(word, language)
    if (language, base) in _IRREGULAR:
        return _IRREGULAR[language, base]
    if base.endswith(_INFINITIVES[language]):
        return "" if language == "fr" and _is_noun(base) else base
    if language == "nl" and base.startswith(_PREFIXES) and base.endswith(("d", "t")):
        return _of_dutch(base[:-1])
    # A dictionary has many participles as words of their own: `accusé`, `acusada`, `acquistato`.
    stem, ending = _participle(base)
    return next((one for end in _OF_PARTICIPLES.get(ending, ()) if _is_known(one := stem + end, language)), "")


def infinitive_of_present(word: str, language: str) -> str:
    """The infinitive of what may be a verb or a noun, as `causa`; empty for a word that is no such."""
    ending = _OF_PRESENTS.get(language)
    if not ending or not word.endswith(("a", "e")):
        return ""
    return verb if _is_known(verb := word[:-1] + ending, language) else ""


def _of_dutch(stem: str) -> str:
    """The infinitive of a Dutch stem, whose vowel stands twice where no ending follows: `veroordeel`."""
    shorter = stem[:-2] + stem[-1] if stem[-3:-2] == stem[-2:-1] else stem
    return verb if _is_known(verb := f"{shorter}en", "nl") else ""


def _is_noun(word: str) -> bool:
    """Whether what looks like a French infinitive is a noun, which has a plural: `secrétaire`."""
    return word.endswith(_OF_NOUNS) and lemma(f"{word}s", "fr") == word


_OF_NOUNS = ("ier", "aire", "ère", "stre")
_IRREGULAR = {("pt", "presar"): "prender", ("pt", "preso"): "prender"}
"""What a dictionary takes for another verb, or for none."""
_PREFIXES = ("ver", "be", "ont", "her", "mis")
"""Dutch participles have no `ge` behind these."""
_OF_PRESENTS = {"es": "ar", "pt": "ar", "it": "are", "fr": "er"}
_OF_PARTICIPLES = {
    "é": ("er",),
    "ad": ("ar",),
    "id": ("er", "ir"),
    "at": ("are",),
    "ut": ("ere",),
    "it": ("ire",),
    "i": ("ir",),
}


def _participle(word: str) -> tuple[str, str]:
    masculine = word.rstrip("aeos")
    ending = next((one for one in _OF_PARTICIPLES if masculine.endswith(one)), "")
    return masculine.removesuffix(ending), ending


def _is_known(word: str, language: str) -> bool:
    from simplemma import is_known  # noqa: PLC0415 - as above

    return is_known(word, lang=language)
