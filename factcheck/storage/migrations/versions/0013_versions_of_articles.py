"""Where articles were read, and what their pages say of themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    with op.batch_alter_table("article") as table:
        for name in ("canonical_url", "publisher", "subtitle"):
            table.add_column(sa.Column(name, sa.String(), nullable=True))
        table.add_column(sa.Column("modified", sa.Date(), nullable=True))
    op.create_table(
        "article_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), sa.ForeignKey("article.id"), nullable=False),
        sa.Column("sha256", sa.String(), sa.ForeignKey("snapshot.sha256"), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_article_source_article_id", "article_source", ["article_id"], unique=False)


def downgrade() -> None:
    """Take the change back; where articles were read is forgotten."""
    op.drop_index("ix_article_source_article_id", table_name="article_source")
    op.drop_table("article_source")
    with op.batch_alter_table("article") as table:
        for name in ("modified", "subtitle", "publisher", "canonical_url"):
            table.drop_column(name)
