"""The rating scales as they were when verdicts were first given on them: a version never changes."""

from typing import Any

from sqlalchemy import Connection, Table, and_, insert, select

from factcheck.domain.rating import AveritecClass, Label, RatingScale
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.tables import ScaleRow

_scale: Table = ScaleRow.__table__  # type: ignore[attr-defined]


def keep_scale(connection: Connection, scale: RatingScale) -> RatingScale:
    """Keep the scale unless one is kept under its name and version; returns the kept one."""
    this = and_(_scale.c.id == scale.id, _scale.c.version == scale.version)
    kept = connection.execute(select(_scale).where(this)).first()
    if kept is not None:
        return _of(kept)
    connection.execute(insert(_scale).values(id=scale.id, version=scale.version, labels=_stored(scale)))
    return scale


def kept_scales(database: Database) -> tuple[RatingScale, ...]:
    """Every scale that verdicts were given on, in every version."""
    with database.reading() as connection:
        return tuple(_of(row) for row in connection.execute(select(_scale).order_by(_scale.c.id, _scale.c.version)))


def _stored(scale: RatingScale) -> list[Any]:
    return [[one.id, one.definition, one.averitec, one.grade] for one in scale.labels]


def _of(row: rows.AnyRow) -> RatingScale:
    labels = (
        Label(name, definition, AveritecClass(averitec), grade) for name, definition, averitec, grade in row.labels
    )
    return RatingScale(row.id, row.version, tuple(labels))
