"""What people have typed onto a PDF's page: values of its form, and notes of text, which every viewer shows."""

from typing import Any

from pypdfium2 import raw

_MOST = 1_000  # on a page
_TYPED = frozenset({raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT})
_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_INVISIBLE | raw.FPDF_ANNOT_FLAG_NOVIEW
_BUTTON = 1 << 16  # of the flags of a field: its words are what to press
_SHOWN = 0  # as on the screen


def with_typed(pdf: Any, number: int) -> Any:  # noqa: ANN401 - the library is not typed
    """The page, its typed words a part of what it draws; a page without any as it is, with all its notes."""
    page = pdf[number]
    typed = [_is_typed(page, at) for at in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST + 1))]
    if not any(typed) or len(typed) > _MOST:
        return page
    for at in reversed(range(len(typed))):
        if not typed[at]:
            raw.FPDFPage_RemoveAnnot(page, at)
    raw.FPDFPage_Flatten(page, _SHOWN)
    page.close()
    return pdf[number]


def _is_typed(page: Any, at: int) -> bool:  # noqa: ANN401
    note = raw.FPDFPage_GetAnnot(page, at)
    is_typed = raw.FPDFAnnot_GetSubtype(note) in _TYPED and not raw.FPDFAnnot_GetFlags(note) & _UNSEEN
    flags = raw.FS_FLOAT()
    is_button = raw.FPDFAnnot_GetNumberValue(note, b"Ff", flags) and int(flags.value) & _BUTTON
    raw.FPDFPage_CloseAnnot(note)
    return is_typed and not is_button
