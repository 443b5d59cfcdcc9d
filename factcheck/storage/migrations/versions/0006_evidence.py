"""Evidence: files and described sources, snapshots, the quote's status, later looks at the source."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TEXTS = (
    "description",
    "locator",
    "kind",
    "file_name",
    "media_type",
    "canonical_url",
    "archive_url",
    "removed_by",
)


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "snapshot",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("charset", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("sha256"),
    )
    with op.batch_alter_table("evidence") as table:
        table.alter_column("url", existing_type=sa.String(), nullable=True)
        for name in _TEXTS:
            table.add_column(sa.Column(name, sa.String(), nullable=True))
        table.add_column(sa.Column("anonymous", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("retrieved_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("quote_status", sa.String(), nullable=False, server_default="unchecked"))
        table.add_column(sa.Column("sha256", sa.String(), nullable=True))
        table.create_foreign_key("fk_evidence_snapshot", "snapshot", ["sha256"], ["sha256"])
    op.create_table(
        "evidence_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), sa.ForeignKey("evidence.id"), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("quote_status", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), sa.ForeignKey("snapshot.sha256"), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("checked_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_evidence_check_evidence_id", "evidence_check", ["evidence_id"], unique=False)


def downgrade() -> None:
    """Take the change back; evidence without a url goes with it."""
    op.drop_index("ix_evidence_check_evidence_id", table_name="evidence_check")
    op.drop_table("evidence_check")
    op.execute("DELETE FROM evidence WHERE url IS NULL")
    with op.batch_alter_table("evidence") as table:
        table.drop_constraint("fk_evidence_snapshot", type_="foreignkey")
        for name in (*_TEXTS, "anonymous", "retrieved_at", "quote_status", "sha256"):
            table.drop_column(name)
        table.alter_column("url", existing_type=sa.String(), nullable=False)
    op.drop_table("snapshot")
