"""Migrations. One that has landed is never edited; a change is a new one."""
