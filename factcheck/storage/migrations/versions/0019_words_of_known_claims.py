"""The index of known claims on a server; in a file SQLite has its own, made with the first of them."""

from alembic import op

from factcheck.storage.known_index import rebuild

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change; known claims that were copied there before are indexed."""
    if op.get_context().dialect.name != "postgresql":
        return
    op.execute("""
        CREATE TABLE known_words (
            id INTEGER PRIMARY KEY REFERENCES known_claim (id) ON DELETE CASCADE,
            words tsvector NOT NULL
        )
    """)
    op.execute("CREATE INDEX ix_known_words_words ON known_words USING gin (words)")
    rebuild(op.get_bind(), "claim")


def downgrade() -> None:
    """Take the change back."""
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP TABLE known_words")
