"""Loads every module that has tables, so that the metadata hold them all."""

from factcheck.storage import (
    account_tables,
    article_tables,
    known_tables,
    lookup_tables,
    outbox_tables,
    program_tables,
    tables,
    visit_table,
)

MODULES = (
    account_tables, article_tables, known_tables, lookup_tables, outbox_tables, program_tables, tables, visit_table,
)  # fmt: skip
