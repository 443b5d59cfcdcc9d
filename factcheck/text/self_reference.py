"""Claims about the article itself in place of what it says: `The article discusses the use of the drug`."""

import re

from factcheck.text.folding import fold, words

_FIRST = re.compile(
    r"""
    (?: (?:the|this) \s (?:news\s)? (?:article|text|passage|paragraph|headline|excerpt|sentence)
      | (?:der|dieser) \s (?:zeitungs)? (?:artikel|text|absatz|satz)
      | (?:el|este) \s (?:articulo|texto|parrafo)
      | (?:l'|cet?\s|le\s) (?:article|texte|passage|paragraphe)
      | (?:l'|questo\s|il\s) (?:articolo|testo|paragrafo|brano)
      | (?:o|este) \s (?:artigo|texto|paragrafo)
      | (?:het|dit|de|deze) \s (?:artikel|tekst|alinea)
    ) \s (?P<does> (?:also|se|e|est|foi|fue|was|is|wird|wurde|werd|a)\s )*+ (?P<verb>\w++)
    """,
    re.VERBOSE,
)
_TELLS = frozenset(words("""
    discusses discuss discussed mentions mentioned describes described highlights highlighted states stated says said
    reports reported focuses focused addresses addressed explores explored explains explained provides covers covered
    quotes quoted refers talks talked notes noted emphasizes emphasises suggests published written about titled posted
    behandelt beschreibt berichtet handelt erwahnt thematisiert diskutiert spricht sagt informiert veroffentlicht
    habla trata menciona describe discute informa dice aborda explica publicado publico titula
    traite parle mentionne decrit evoque explique dit indique rapporte publie paru intitule ete
    parla descrive menziona riporta spiega stato pubblicato
    fala descreve relata
    bespreekt beschrijft noemt gaat vertelt meldt gepubliceerd
"""))  # fmt: skip
_DESCRIBED = re.compile(
    r"\b(?:person|man|woman|individual|subject|company|event|place) (?:being )?(?:described|mentioned|discussed)\b"
)
"""What a claim says that has nothing to say of somebody."""
_MARKS = re.compile(r"[\u0300-\u036f]")


def speaks_of_itself(claim: str, sentence: str) -> bool:
    """Whether a claim tells what the article does, and its sentence, of which it is made, tells no such thing."""
    if (described := _DESCRIBED.search(_plain(claim))) and described[0] not in _plain(sentence):
        return True
    found = _FIRST.match(_plain(claim))
    if found is None or found["verb"] not in _TELLS:
        return False
    return found["verb"] not in words(_plain(sentence))


def _plain(text: str) -> str:
    """Folded, and without accents, which folding takes apart from their letters."""
    return _MARKS.sub("", fold(text))
