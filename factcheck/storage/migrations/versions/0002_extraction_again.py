"""Extracting again: what each run said, what it cost, claims merged by their words, vanished ones."""

import json
import re
import unicodedata
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "run_sentence",
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("run.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("run_id", "position"),
    )
    op.create_table(
        "run_claim",
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("run.id"), nullable=False),
        sa.Column("claim_id", sa.Integer(), sa.ForeignKey("claim.id"), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "claim_id"),
    )
    op.add_column("run", sa.Column("price", sa.Float(), nullable=True))
    op.add_column("run", sa.Column("alive_until", sa.DateTime(), nullable=True))
    op.add_column("claim", sa.Column("first_sentence", sa.Integer(), nullable=True))
    op.add_column("claim", sa.Column("also", sa.String(), nullable=False, server_default="[]"))
    op.add_column("claim", sa.Column("wording", sa.String(), nullable=False, server_default=""))
    op.add_column("claim", sa.Column("vanished_in", sa.Integer(), nullable=True))
    _fill()
    op.create_index("ix_claim_wording", "claim", ["article_id", "wording"], unique=False)
    op.create_index("ix_claim_sentence", "claim", ["article_id", "first_sentence"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_claim_sentence", table_name="claim")
    op.drop_index("ix_claim_wording", table_name="claim")
    for name in ("vanished_in", "wording", "also", "first_sentence"):
        op.drop_column("claim", name)
    op.drop_column("run", "alive_until")
    op.drop_column("run", "price")
    op.drop_table("run_claim")
    op.drop_table("run_sentence")


def _fill() -> None:
    """Work out for earlier claims what later ones are stored with."""
    connection = op.get_bind()
    connection.execute(sa.text("INSERT INTO run_claim (run_id, claim_id) SELECT run_id, id FROM claim"))
    connection.execute(
        sa.text(
            "INSERT INTO run_sentence (run_id, position, state, kind, detail) "
            "SELECT run_id, position, state, kind, detail FROM sentence WHERE run_id IS NOT NULL",
        ),
    )
    found = connection.execute(sa.text("SELECT id, text, sentence_ids FROM claim")).all()
    values = [
        {"key": row.id, "wording": _wording(row.text), "first": next(iter(json.loads(row.sentence_ids)), None)}
        for row in found
    ]
    if values:
        filled = "UPDATE claim SET wording = :wording, first_sentence = :first WHERE id = :key"
        connection.execute(sa.text(filled), values)


def _wording(text: str) -> str:
    """The words' short hash as it was made when this migration was written."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return sha256(" ".join(re.findall(r"\w+|[%°$€£¥₹₽+<>=]", folded)).encode()).hexdigest()[:16]
