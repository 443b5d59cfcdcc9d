"""Loads every module that has tables, so that the metadata hold them all."""

from factcheck.storage import (
    article_tables,
    known_tables,
    lookup_tables,
    outbox_tables,
    program_tables,
    tables,
    visit_table,
)

MODULES = article_tables, known_tables, lookup_tables, outbox_tables, program_tables, tables, visit_table
