"""Corrections that a page puts below its article or beside it, where else there is nothing of the article."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice

from lxml.html import HtmlElement

from factcheck.domain.block_kind import BlockKind
from factcheck.intake.page_outline import OTHERS, Piece

_LABEL = (
    r"(?:corrections?(?: (?:and|&) clarifications?)?|clarifications?|editor(?:['’]s|s['’]?)? note|errat(?:um|a)"
    r"|korrektur|berichtigung|richtigstellung|klarstellung|anm(?:erkung|\.) (?:der|d\.) red(?:aktion)?\.?"
    r"|correctif|rectificatif|note de la rédaction|ndlr"
    r"|correcci(?:ón|ones)|rectificación|aclaración|fe de errat(?:as|ores)|nota de la redacción"
    r"|correzione|rettifica|errata corrige|nota della redazione|correção|nota da redação"
    r"|correctie|rectificatie|noot van de redactie|rättelse|rettelse|oikaisu|sprostowanie|исправление)"
)
_LABEL_ALONE = re.compile(rf"\W{{0,2}}{_LABEL}:?", re.IGNORECASE)
_BEGINS = re.compile(rf"\W{{0,3}}{_LABEL}(?: ?\([^()]{{1,60}}\)|,? [^:.]{{1,40}})? ?[:–—-] ", re.IGNORECASE)
_TELLS = re.compile(
    r"\b(?:an?|the) (?:earlier|previous|original) version\b|\boriginally (?:said|stated|gave)\b|\bmisstated\b"
    r"|\bthis (?:article|story|report|piece|post|column) (?:was|has been) (?:amended|corrected|updated to)\b"
    r"|\bin einer (?:früheren|ersten|vorherigen) (?:version|fassung)\b"
    r"|\b(?:artikel|beitrag|text) wurde .{0,60}(?:korrigiert|berichtigt)"
    r"|\bcet article a été (?:modifié|corrigé)|\bune (?:première|précédente) version de cet article"
    r"|\buna versión (?:anterior|previa) de est[ae]|\buna (?:precedente versione|versione precedente) di questo"
    r"|\buma versão anterior dest[ae]|\been eerdere versie van dit",
    re.IGNORECASE,
)
"""Of which version it tells: what else is called a correction may be an address to write to."""
_BOX = re.compile(
    r"(?:^|[\s_-])(?:corrections?|clarifications?|errat(?:um|a)|korrektur|berichtigung|rectificatif|rettifica)(?:$|[\s_-])"
)
_SENTENCE = re.compile(r"[.!?…][\"'”’»“)\]]{0,3}\Z")
_LEVELS = 3  # of boxes around a paragraph
_BEHIND = 40  # blocks between an article and what corrects it
_LEAST_WORDS = 5


def corrections(pieces: Sequence[Piece], homes: AbstractSet[HtmlElement | None], begin: int, end: int) -> Iterator[int]:
    """Which blocks correct the article that is in these homes, and begins and ends with these blocks."""
    is_labelled = False
    for number, piece in enumerate(pieces):
        is_home = piece.home in homes and piece.home is not None
        is_near = is_home or begin <= number <= end + _BEHIND
        if not is_near or piece.kind is BlockKind.CAPTION or any(OTHERS.search(_names(one)) for one in piece.asides):
            is_labelled = False
            continue
        is_alone = bool(_LABEL_ALONE.fullmatch(piece.words))
        if is_alone and is_home:
            is_labelled = True
        elif piece.kind is BlockKind.HEADING or (is_labelled and not _is_beside(piece, pieces[number - 1])):
            is_labelled = False
        else:
            if _corrects(piece, is_home=is_home, is_labelled=is_labelled):
                yield number
            is_labelled = is_labelled and piece.kind is BlockKind.ITEM


def _corrects(piece: Piece, *, is_home: bool, is_labelled: bool) -> bool:
    if len(piece.words.split()) < _LEAST_WORDS or not _SENTENCE.search(piece.words):
        return False
    if _TELLS.search(piece.words):
        return is_home or bool(_BEGINS.match(piece.words)) or _is_in_box(piece)
    return is_home and (is_labelled or bool(_BEGINS.match(piece.words)) or _is_in_box(piece))


def _is_in_box(piece: Piece) -> bool:
    around = islice((piece.element, *piece.element.iterancestors()), _LEVELS)
    return any(_BOX.search(_names(one)) for one in around if one.tag not in {"html", "body", "main", "article"})


def _is_beside(piece: Piece, before: Piece) -> bool:
    return piece.element.getparent() is before.element.getparent()


def _names(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}".lower()
