"""Each person's request to the editor is a row of its own, and evidence names who edited it last."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_CLAIM = sa.table("claim", *map(sa.column, ("id", "flag_reason", "flag_by", "flag_at")))
_EVIDENCE = sa.table("evidence", *map(sa.column, ("id", "edited_by")))
_EVENT = sa.table("event", *map(sa.column, ("id", "actor", "action", "details")))
_FLAG = sa.table("claim_flag", *map(sa.column, ("id", "claim_id", "reviewer", "at", "reason")))


def upgrade() -> None:
    """Apply the change; who edited evidence stands in the log."""
    op.create_table(
        "claim_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), sa.ForeignKey("claim.id"), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_claim_flag_claim_id", "claim_flag", ["claim_id"])
    one = _CLAIM.c
    flagged = sa.select(one.id, one.flag_by, one.flag_at, one.flag_reason).where(one.flag_by.is_not(None))
    op.execute(_FLAG.insert().from_select(["claim_id", "reviewer", "at", "reason"], flagged.order_by(one.id)))
    for name in ("flag_reason", "flag_by", "flag_at"):
        op.drop_column("claim", name)
    op.add_column("evidence", sa.Column("edited_by", sa.String(), nullable=True))
    connection = op.get_bind()
    edits = sa.select(_EVENT.c.actor, _EVENT.c.details).where(_EVENT.c.action == "evidence_edited")
    for actor, details in connection.execute(edits.order_by(_EVENT.c.id)).all():
        which = _EVIDENCE.c.id == json.loads(details)["evidence"]
        connection.execute(sa.update(_EVIDENCE).where(which).values(edited_by=actor))


def downgrade() -> None:
    """Take the change back; of several requests for a claim the last one stays."""
    for name, kind in (("flag_reason", sa.String()), ("flag_by", sa.String()), ("flag_at", sa.DateTime())):
        op.add_column("claim", sa.Column(name, kind, nullable=True))
    last = sa.select(sa.func.max(_FLAG.c.id)).group_by(_FLAG.c.claim_id)
    connection = op.get_bind()
    for one in connection.execute(sa.select(_FLAG).where(_FLAG.c.id.in_(last))).all():
        values = {"flag_reason": one.reason, "flag_by": one.reviewer, "flag_at": one.at}
        connection.execute(sa.update(_CLAIM).where(_CLAIM.c.id == one.claim_id).values(values))
    op.drop_table("claim_flag")
    op.drop_column("evidence", "edited_by")
