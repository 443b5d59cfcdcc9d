"""The types of columns: moments in UTC, words of the domain's enums, lists as JSON text."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Date, DateTime, LargeBinary, String, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

Value = TypeVar("Value")

_SHOWN = 100  # characters


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What a cell holds that is no value of its column: no version of this program has written it."""

    table: str
    column: str
    written: str

    def __str__(self) -> str:
        return f"column {self.column!r} of table {self.table!r} holds {self.written[:_SHOWN]!r}"


class Undecoded(str):
    """Text of a cell that is not UTF-8, with a sign for each byte that is not; as text alone, it is damaged."""

    __slots__ = ()


def decoded(stored: bytes) -> str:
    """Text as SQLite has it. The driver's own reader would end a whole answer at one cell that is not UTF-8."""
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return Undecoded(stored.decode(errors="backslashreplace"))


class Cell(TypeDecorator[Value]):
    """A column of which one broken cell makes one row unreadable, and not each answer that holds the row."""

    table = column = ""

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        read = super().result_processor(dialect, coltype)
        if read is None:  # the driver gives the column's own type, as PostgreSQL's do for days
            return None

        def readable(value: object) -> Any:  # noqa: ANN401 - the column's own type
            if value is None:  # most cells of a claim, and the same in every column
                return None
            try:
                if isinstance(value, Undecoded):
                    return Unreadable(self.table, self.column, value)
                return read(value)
            except (TypeError, ValueError, RecursionError):
                return Unreadable(self.table, self.column, str(value))

        return readable


class UtcDateTime(Cell[datetime]):
    """A moment in UTC, aware of it on both sides of the database; SQLite keeps no zone."""

    impl = DateTime
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Day(Cell[date]):
    """A day without a time."""

    impl = Date
    cache_ok = True


class Bytes(Cell[bytes]):
    """Bytes as they are; a file keeps text in such a column as it stands."""

    impl = LargeBinary
    cache_ok = True

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> bytes:
        if not isinstance(value, bytes):
            raise TypeError("these are no bytes")
        return value


class Word(Cell[StrEnum]):
    """One of an enum's words, kept as text: SQLAlchemy's own Enum keeps the names of its members."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.kind(value)


class JsonText(Cell[Any]):
    """A list or an object as the text of its JSON."""

    impl = String
    cache_ok = True

    @override
    def process_bind_param(self, value: object, dialect: Dialect) -> str:
        return json.dumps(value, ensure_ascii=False)

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return json.loads(value or "null")


def name_cells(*tables: Table) -> None:
    """Tell the cells of these tables where they stand, for what is said of a broken one."""
    for table in tables:
        for column in table.c:
            if isinstance(column.type, Cell):
                column.type.table, column.type.column = table.name, column.name
