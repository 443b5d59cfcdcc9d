"""The numbers of a PDF: places and areas of a page, and what its objects tell, whatever stands there."""

from collections.abc import Sequence
from typing import NamedTuple

from pypdf.generic import DictionaryObject, PdfObject

MATRIX = 6  # numbers
_MOST = 1e9  # beyond which a number means nothing

Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Box(NamedTuple):
    """An area of the page, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: "Box") -> bool:
        """Whether they have a part of the page in common."""
        beside = self.left <= other.right and other.left <= self.right
        return beside and self.bottom <= other.top and other.bottom <= self.top

    def within(self, other: "Box") -> "Box":
        """What they have in common; of no width or height where that is nothing."""
        left, bottom = max(self.left, other.left), max(self.bottom, other.bottom)
        return Box(left, bottom, max(left, min(self.right, other.right)), max(bottom, min(self.top, other.top)))


def box_around(points: Sequence[tuple[float, float]]) -> Box:
    """The smallest area that holds the points."""
    across, up = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(up), max(across), max(up))


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where the matrix puts a point."""
    a, b, c, d, left, up = matrix
    return a * x + c * y + left, b * x + d * y + up


def times(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does what the first one does, and then the second one."""
    a, b, c, d, left, up = first
    x, y = moved(second, left, up)
    one, two, three, four, _, _ = second
    return (a * one + b * three, a * two + b * four, c * one + d * three, c * two + d * four, x, y)


def scale_of(matrix: Matrix) -> float:
    """How much larger it makes what is drawn, on the average of width and height."""
    return float(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5)


def dictionary(told: object) -> DictionaryObject:
    """The dictionary that stands there; an empty one where there is none."""
    found = told.get_object() if isinstance(told, PdfObject) else told
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def numbers_of(operands: object) -> tuple[float, ...]:
    """The first six numbers of a list; none where there is no list."""
    found = operands if isinstance(operands, list | tuple) else ()
    return tuple(number_of(one) for one in found[:MATRIX] if isinstance(one, int | float))


def number_of(operand: object) -> float:
    """The number that stands there; 0 where there is none, or one beyond every page."""
    found = operand.get_object() if isinstance(operand, PdfObject) else operand
    return float(found) if isinstance(found, int | float) and abs(found) < _MOST else 0.0
