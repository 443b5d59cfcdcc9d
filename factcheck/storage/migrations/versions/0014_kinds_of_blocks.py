"""The kind of block that each sentence stands in, in place of whether it is a section's title."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change. Sentences that are in stand in headings and paragraphs: more was not kept of them."""
    op.add_column("sentence", sa.Column("block", sa.String(), nullable=False, server_default="paragraph"))
    sentence = sa.table("sentence", sa.column("block"), sa.column("is_heading", sa.Boolean()))
    op.execute(sentence.update().where(sentence.c.is_heading).values(block="heading"))
    op.drop_column("sentence", "is_heading")


def downgrade() -> None:
    """Take the change back; of other kinds than headings nothing is kept."""
    op.add_column("sentence", sa.Column("is_heading", sa.Boolean(), nullable=False, server_default=sa.false()))
    sentence = sa.table("sentence", sa.column("block"), sa.column("is_heading", sa.Boolean()))
    op.execute(sentence.update().where(sentence.c.block == "heading").values(is_heading=True))
    op.drop_column("sentence", "block")
