"""The rating scales as they were when verdicts were first given on them: a version never changes."""

from typing import Any

from sqlalchemy import Connection, Table, and_, insert, select

from factcheck.domain.rating import AveritecClass, Label, RatingScale
from factcheck.errors import InputError
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.tables import ScaleRow

_scale: Table = ScaleRow.__table__  # type: ignore[attr-defined]


def keep_scale(connection: Connection, scale: RatingScale) -> None:
    """Keep the scale, or check it against what is kept. Raises InputError if they differ."""
    this = and_(_scale.c.id == scale.id, _scale.c.version == scale.version)
    kept = connection.execute(select(_scale).where(this)).first()
    if kept is None:
        connection.execute(insert(_scale).values(id=scale.id, version=scale.version, labels=_stored(scale)))
    elif _of(kept).labels != scale.labels:
        message = (
            f"the scale {scale.id!r} v{scale.version} is not what verdicts were given on; "
            f"leave that version as it was, and give the changed one version {scale.version + 1}"
        )
        raise InputError(message)


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
