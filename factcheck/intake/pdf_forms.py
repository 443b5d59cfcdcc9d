"""Puts what a PDF's page draws by reference, its form XObjects, into the page's own content, where it stands on it.

pypdf tells the places of letters within a form as if it were the page, so that they seem to stand elsewhere.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream, DictionaryObject, FloatObject, NameObject, StreamObject

from factcheck.intake.pdf_space import MATRIX, Box, dictionary, numbers_of

_MOST_FORMS = 500  # on a page
_MOST_OPERATIONS = 300_000  # that forms add to it
_DEEPEST = 8  # within each other
_NAMES = {b"Tf": ("/Font", 0), b"Do": ("/XObject", 0), b"gs": ("/ExtGState", 0), b"cs": ("/ColorSpace", 0),
          b"CS": ("/ColorSpace", 0), b"BDC": ("/Properties", 1)}  # fmt: skip
"""What names something of the resources, of which kind that is, and where the name stands."""

Operation = tuple[Any, bytes]


def with_forms(page: PageObject, operations: Sequence[Operation]) -> list[Operation]:
    """The operations with those of the forms in their places. What these name is added to the page's resources."""
    if not any(operator == b"Do" for _, operator in operations):
        return list(operations)
    opened = _Opened(page)
    written = list(opened.written(operations, opened.resources, 0))
    page[NameObject("/Resources")] = opened.resources
    return written


class _Opened:
    def __init__(self, page: PageObject) -> None:
        self._pdf = page.pdf
        found = dictionary(page.get("/Resources"))
        self.resources = DictionaryObject(found)
        for kind in {kind for kind, _ in _NAMES.values()}:
            self.resources[NameObject(kind)] = DictionaryObject(dictionary(found.get(kind)))
        self._names: dict[tuple[str, int], NameObject] = {}
        self._read: dict[int, list[Operation]] = {}
        self._forms, self._operations = _MOST_FORMS, _MOST_OPERATIONS

    def written(self, operations: Sequence[Operation], resources: DictionaryObject, depth: int) -> Iterator[Operation]:
        """The operations, with names that the page's resources have."""
        for operands, operator in operations:
            kind, at = _NAMES.get(operator, ("", 0))
            named = operands[at] if kind and len(operands) > at else None
            if not isinstance(named, NameObject):
                yield operands, operator
                continue
            found = dictionary(resources.get(kind))
            form = dictionary(found.get(named)) if operator == b"Do" else None
            if isinstance(form, StreamObject) and self._can_open(form, depth):
                yield from self._form(form, resources, depth + 1)
            elif depth and named in found:
                yield [*operands[:at], self._name(kind, found, named), *operands[at + 1 :]], operator
            else:
                yield operands, operator

    def _can_open(self, form: StreamObject, depth: int) -> bool:
        is_plain = form.get("/Subtype") == "/Form" and "/OC" not in form
        return is_plain and depth < _DEEPEST and self._forms > 0 and self._operations > 0

    def _form(self, form: StreamObject, outer: DictionaryObject, depth: int) -> Iterator[Operation]:
        self._forms -= 1
        if id(form) not in self._read:
            self._read[id(form)] = ContentStream(form, self._pdf, "bytes").operations
        operations = list(islice(self._read[id(form)], self._operations))
        self._operations -= len(operations)
        yield [], b"q"
        matrix, box = numbers_of(form.get("/Matrix")), numbers_of(form.get("/BBox"))
        if len(matrix) == MATRIX:
            yield [FloatObject(one) for one in matrix], b"cm"
        if len(box) == len(Box._fields):
            yield [FloatObject(one) for one in (box[0], box[1], box[2] - box[0], box[3] - box[1])], b"re"
            yield [], b"W"
            yield [], b"n"
        own = dictionary(form.get("/Resources")) or outer
        yield from self.written(list(_balanced(operations)), own, depth)
        yield [], b"Q"

    def _name(self, kind: str, found: DictionaryObject, named: NameObject) -> NameObject:
        """The name that the page has for what a form calls so."""
        told = dictionary(found.get(named)) or found[named]
        key = (kind, id(told))
        if key not in self._names:
            self._names[key] = NameObject(f"{named}-{len(self._names)}_of_form")
            dictionary(self.resources[kind])[self._names[key]] = found.raw_get(named)
        return self._names[key]


def _balanced(operations: Sequence[Operation]) -> Iterator[Operation]:
    """The operations, each state that is kept given back and each mark ended, and no others."""
    kept = marked = 0
    for operands, operator in operations:
        if (operator == b"Q" and not kept) or (operator == b"EMC" and not marked):
            continue
        kept += (operator == b"q") - (operator == b"Q")
        marked += (operator in {b"BMC", b"BDC"}) - (operator == b"EMC")
        yield operands, operator
    yield from [([], b"EMC")] * marked
    yield from [([], b"Q")] * kept
