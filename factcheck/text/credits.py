"""Captions that say whose picture it is, and nothing of what it shows."""

import re

_MOST_WORDS = 12
_LEAD = (
    r"photos?|pictures?|pics?|images?|illustrations?|graphics?|videos?|credits?|courtesy|file|screenshots?|via"
    r"|fotos?|bild(?:er)?|grafik|quelle|imagen(?:es)?|fot|crédits?|credito|foto de|beeld|zdjęcie"
)
_AGENCIES = r"(?:getty(?: images)?|reuters|ap(?: photo)?|afp|epa|dpa|apa|imago|shutterstock|istock|unsplash|alamy|ntb)"
_CREDIT = re.compile(
    rf"[(\[]?(?:(?:{_LEAD})(?: (?:credits?|by|file|photo|via|courtesy))?\b\s?[:.|©/-].*"
    r"|(?:photos?|images?|pictures?|illustrations?|videos?) (?:by|via|courtesy)\b.*|courtesy of\b.*"
    rf"|(?:file|file photo|ilustrativa|foto ilustrativa|symbolbild|symbolfoto)[)\].]*|©.*"
    rf"|[\w .]{{0,40}}/ ?{_AGENCIES}[)\].]*|{_AGENCIES}(?:/.*)?[)\].]*)",
    re.IGNORECASE | re.DOTALL,
)


def is_credit(words: str) -> bool:
    """Whether the words of a caption name no more than who took the picture, or where it comes from."""
    return len(words.split()) <= _MOST_WORDS and bool(_CREDIT.fullmatch(words.strip()))
