"""A chained event log that nobody changes, and the rating scales that verdicts were given on."""

import json
from datetime import UTC, datetime
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEPT = ("id", "actor", "action", "claim_id", "article_id", "run_id", "undoes")
_TRIGGER = (
    "CREATE TRIGGER event_{name} BEFORE {what} ON event "
    "BEGIN SELECT RAISE(ABORT, 'events are only ever added to'); END"
)


def upgrade() -> None:
    """Apply the change."""
    op.add_column("event", sa.Column("previous_hash", sa.String(), nullable=False, server_default=""))
    op.add_column("event", sa.Column("hash", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "event_head",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
    )
    op.create_table(
        "scale",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("labels", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version"),
    )
    _chain()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_TRIGGER.format(name="kept", what="UPDATE"))
        op.execute(_TRIGGER.format(name="never_removed", what="DELETE"))


def downgrade() -> None:
    """Take the change back."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER event_never_removed")
        op.execute("DROP TRIGGER event_kept")
    op.drop_table("scale")
    op.drop_table("event_head")
    op.drop_column("event", "hash")
    op.drop_column("event", "previous_hash")


def _chain() -> None:
    """Link the events that are there, in their order."""
    connection = op.get_bind()
    previous, last = "0" * 64, 0
    for row in connection.execute(sa.text("SELECT * FROM event ORDER BY id")).all():
        linked = sha256(f"{previous}\n{_canonical(row)}".encode()).hexdigest()
        connection.execute(
            sa.text("UPDATE event SET previous_hash = :previous, hash = :linked WHERE id = :key"),
            {"previous": previous, "linked": linked, "key": row.id},
        )
        previous, last = linked, row.id
    connection.execute(
        sa.text("INSERT INTO event_head (id, event_id, hash) VALUES (1, :last, :linked)"),
        {"last": last, "linked": previous},
    )


def _canonical(row: sa.Row) -> str:
    """The event as it was hashed when this migration was written."""
    at = row.at if isinstance(row.at, datetime) else datetime.fromisoformat(row.at)
    record = {name: getattr(row, name) for name in _KEPT}
    record |= {"at": at.replace(tzinfo=UTC).isoformat(), "details": json.loads(row.details)}
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
