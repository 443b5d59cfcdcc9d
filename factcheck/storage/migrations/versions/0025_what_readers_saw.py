"""How a published claim was put before its words were corrected, and which claim a verdict was carried over from."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change; what words were before stands in the log."""
    op.add_column("correction", sa.Column("words_were", sa.String(), nullable=True))
    op.add_column("verdict", sa.Column("carried_from", sa.Integer(), nullable=True))
    op.create_index("ix_verdict_carried_from", "verdict", ["carried_from"])
    connection = op.get_bind()
    event = sa.table("event", *map(sa.column, ("claim_id", "action", "details")))
    correction = sa.table("correction", *map(sa.column, ("now_id", "words_were")))
    told = sa.select(event.c.details).where(event.c.action == "corrected", event.c.details.like('%"words_were"%'))
    for details in map(json.loads, connection.scalars(told).all()):
        which = correction.c.now_id == details["verdict"]
        connection.execute(sa.update(correction).where(which).values(words_were=details["words_were"]))


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_verdict_carried_from", "verdict")
    op.drop_column("verdict", "carried_from")
    op.drop_column("correction", "words_were")
