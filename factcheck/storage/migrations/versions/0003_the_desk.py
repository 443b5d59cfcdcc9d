"""The desk: second readings, the editor's state, wording, flags, notes, corrections, people, drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_CLAIM = (
    ("second_asked", sa.String()),
    ("amended_text", sa.String()),
    ("amended_by", sa.String()),
    ("amended_at", sa.DateTime()),
    ("aside", sa.String()),
    ("duplicate_of", sa.Integer()),
    ("split_from", sa.Integer()),
    ("flag_reason", sa.String()),
    ("flag_by", sa.String()),
    ("flag_at", sa.DateTime()),
    ("asked_on", sa.Date()),
    ("answer", sa.String()),
    ("asked_by", sa.String()),
)
_VERDICT = (
    ("known_as_of", sa.Date()),
    ("confidence", sa.String()),
    ("note", sa.String()),
    ("error_type", sa.String()),
    ("ended_as", sa.String()),
)


def upgrade() -> None:
    """Apply the change."""
    op.add_column("claim", sa.Column("editorial", sa.String(), nullable=False, server_default="open"))
    for name, kind in _CLAIM:
        op.add_column("claim", sa.Column(name, kind, nullable=True))
    op.create_index("ix_claim_editorial", "claim", ["editorial", "id"], unique=False)
    op.add_column("verdict", sa.Column("role", sa.String(), nullable=False, server_default="first"))
    for name, kind in _VERDICT:
        op.add_column("verdict", sa.Column(name, kind, nullable=True))
    op.execute("UPDATE verdict SET ended_as = 'undone' WHERE undone_at IS NOT NULL")
    _create_tables()


def _create_tables() -> None:
    op.create_table(
        "editorial_act",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("claim_id", sa.Integer(), sa.ForeignKey("claim.id"), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("editor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("comment", sa.String(), nullable=True),
    )
    op.create_index("ix_editorial_act_claim_id", "editorial_act", ["claim_id"], unique=False)
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("claim_id", sa.Integer(), sa.ForeignKey("claim.id"), nullable=False),
        sa.Column("was_id", sa.Integer(), sa.ForeignKey("verdict.id"), nullable=False),
        sa.Column("now_id", sa.Integer(), sa.ForeignKey("verdict.id"), nullable=False),
        sa.Column("editor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
    )
    op.create_index("ix_correction_claim_id", "correction", ["claim_id"], unique=False)
    op.create_table(
        "claim_note",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("claim_id", sa.Integer(), sa.ForeignKey("claim.id"), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
    )
    op.create_index("ix_claim_note_claim_id", "claim_note", ["claim_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("name", sa.String(), primary_key=True, nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "draft",
        sa.Column("claim_id", sa.Integer(), sa.ForeignKey("claim.id"), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("rationale", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("claim_id", "reviewer"),
    )


def downgrade() -> None:
    """Take the change back."""
    for table in ("draft", "person", "claim_note", "correction", "editorial_act"):
        op.drop_table(table)
    for name in ("role", *(name for name, _ in _VERDICT)):
        op.drop_column("verdict", name)
    op.drop_index("ix_claim_editorial", table_name="claim")
    for name in ("editorial", *(name for name, _ in _CLAIM)):
        op.drop_column("claim", name)
