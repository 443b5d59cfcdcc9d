"""No event takes the place of another: INSERT OR REPLACE removed the old one past the triggers that keep events."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_SQLITE = """\
CREATE TRIGGER event_never_replaced BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id OR undoes = NEW.undoes)
BEGIN SELECT RAISE(ABORT, 'events are only ever added to'); END"""
_POSTGRESQL = (
    "CREATE FUNCTION event_refused() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'events are only ever added to'; END $$",
    "CREATE TRIGGER event_kept BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_refused()",
    "CREATE TRIGGER event_never_emptied BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION event_refused()",
    # Who owns the table can still take the triggers away; others cannot even try.
    "REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON event FROM PUBLIC",
)


def upgrade() -> None:
    """Apply the change."""
    dialect = op.get_context().dialect.name
    for statement in {"sqlite": (_SQLITE,), "postgresql": _POSTGRESQL}.get(dialect, ()):
        op.execute(statement)


def downgrade() -> None:
    """Take the change back."""
    dialect = op.get_context().dialect.name
    if dialect == "sqlite":
        op.execute("DROP TRIGGER event_never_replaced")
    elif dialect == "postgresql":
        op.execute("DROP TRIGGER event_never_emptied ON event")
        op.execute("DROP TRIGGER event_kept ON event")
        op.execute("DROP FUNCTION event_refused()")
