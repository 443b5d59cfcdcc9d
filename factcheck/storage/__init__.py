"""The desk's database: tables, migrations, the ledger, the queue and its events."""
