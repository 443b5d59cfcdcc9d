"""Sign-offs with what spoke against them, claims by hand, who said it, tasks, corrections of typos."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_OF_CLAIM = {
    "added_by": sa.String,
    "added_at": sa.DateTime,
    "speaker_set": sa.String,
    "speaker_by": sa.String,
    "speaker_at": sa.DateTime,
    "assigned_to": sa.String,
    "due_on": sa.Date,
}

_QUEUE = ["status", "skips", sa.text("check_worthiness DESC"), "id"]


def upgrade() -> None:
    """Apply the change."""
    _drop("ix_claim_article", "ix_claim_sentence", "ix_claim_queue")
    op.execute("UPDATE claim SET first_sentence = 0 WHERE first_sentence IS NULL")
    with op.batch_alter_table("claim") as table:
        table.alter_column("run_id", existing_type=sa.Integer(), nullable=True)
        table.alter_column("first_sentence", existing_type=sa.Integer(), nullable=False)
        for name, kind in _OF_CLAIM.items():
            table.add_column(sa.Column(name, kind(), nullable=True))
    op.create_index("ix_claim_queue", "claim", _QUEUE)
    op.create_index("ix_claim_sentence", "claim", ["article_id", "first_sentence", "id"])
    op.create_index("ix_claim_assigned", "claim", ["assigned_to", "status"])
    op.create_index("ix_claim_due", "claim", ["due_on", "status"])
    op.add_column("editorial_act", sa.Column("despite", sa.String(), nullable=True))
    op.add_column("editorial_act", sa.Column("concerns", sa.String(), nullable=False, server_default="[]"))
    op.add_column("editorial_act", sa.Column("undone_at", sa.DateTime(), nullable=True))
    op.add_column("correction", sa.Column("is_typo", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take the change back. It fails where claims were added by hand: the older schema has no place for them."""
    op.drop_column("correction", "is_typo")
    for name in ("undone_at", "concerns", "despite"):
        op.drop_column("editorial_act", name)
    _drop("ix_claim_due", "ix_claim_assigned", "ix_claim_sentence", "ix_claim_queue")
    with op.batch_alter_table("claim") as table:
        for name in reversed(_OF_CLAIM):
            table.drop_column(name)
        table.alter_column("first_sentence", existing_type=sa.Integer(), nullable=True)
        table.alter_column("run_id", existing_type=sa.Integer(), nullable=False)
    op.execute("UPDATE claim SET first_sentence = NULL WHERE first_sentence = 0")
    op.create_index("ix_claim_queue", "claim", _QUEUE)
    op.create_index("ix_claim_sentence", "claim", ["article_id", "first_sentence"])
    op.create_index("ix_claim_article", "claim", ["article_id", "id"])


def _drop(*indexes: str) -> None:
    """Drop them before the table changes: SQLite makes it anew, without its indexes on expressions."""
    for name in indexes:
        op.drop_index(name, table_name="claim")
