"""Claims that others have checked, and where they came from."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "known_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "known_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("source_id", sa.Integer(), sa.ForeignKey("known_source.id"), nullable=False),
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("claimant", sa.String(), nullable=True),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("rating", sa.String(), nullable=True),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("worst", sa.String(), nullable=True),
        sa.Column("best", sa.String(), nullable=True),
        sa.Column("rated_on", sa.Date(), nullable=True),
        sa.Column("earlier", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_known_claim_source_id", "known_claim", ["source_id"])


def downgrade() -> None:
    """Take the change back; what others have checked can be imported again."""
    op.execute("DROP TABLE IF EXISTS known_words")
    op.drop_table("known_claim")
    op.drop_table("known_source")
