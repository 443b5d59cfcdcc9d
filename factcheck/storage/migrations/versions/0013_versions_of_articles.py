"""Where articles were read, what their pages say of themselves, and which are versions of one another."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    for name in ("canonical_url", "publisher", "subtitle"):
        op.add_column("article", sa.Column(name, sa.String(), nullable=True))
    op.add_column("article", sa.Column("modified", sa.Date(), nullable=True))
    op.add_column("article", sa.Column("previous_id", sa.Integer(), nullable=True))
    op.add_column("claim", sa.Column("changed_in", sa.Integer(), nullable=True))
    op.create_index("ix_article_url", "article", ["url"], unique=False)
    op.create_index("ix_article_canonical_url", "article", ["canonical_url"], unique=False)
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
    op.create_table(
        "article_sketch",
        sa.Column("article_id", sa.Integer(), sa.ForeignKey("article.id"), nullable=False),
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "hash"),
    )
    op.create_index("ix_article_sketch_hash", "article_sketch", ["hash"], unique=False)
    op.create_table(
        "claim_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), sa.ForeignKey("article.id"), nullable=False),
        sa.Column("claim_id", sa.Integer(), sa.ForeignKey("claim.id"), nullable=False),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("segments", sa.String(), nullable=False),
        sa.Column("sentence_ids", sa.String(), nullable=False),
        sa.Column("first_sentence", sa.Integer(), nullable=False),
        sa.Column("also", sa.String(), nullable=False),
        sa.Column("inferred", sa.String(), nullable=False),
        sa.Column("vanished_in", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("article_id", "claim_id"):
        op.create_index(f"ix_claim_place_{column}", "claim_place", [column], unique=False)


def downgrade() -> None:
    """Take the change back; where articles were read is forgotten, and that some are versions of others."""
    for table in ("claim_place", "article_sketch", "article_source"):
        op.drop_table(table)
    op.drop_index("ix_article_canonical_url", table_name="article")
    op.drop_index("ix_article_url", table_name="article")
    op.drop_column("claim", "changed_in")
    for name in ("previous_id", "modified", "subtitle", "publisher", "canonical_url"):
        op.drop_column("article", name)
