"""Passwords and sessions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from typing_extensions import override

from factcheck.domain.audit import Event
from factcheck.domain.random_key import hash_of_key
from factcheck.errors import HasPasswordError
from factcheck.storage.account_tables import ACCOUNT, WEB_SESSION
from factcheck.storage.database import Database
from factcheck.storage.events import add_events
from factcheck.storage.people import everybody_in
from factcheck.storage.programs import end_tokens_of
from factcheck.storage.tables import PERSON
from factcheck.workflow.account_ports import LINK, Accounts, Allowed


@dataclass
class SqlAccounts(Accounts):
    """Serves the Accounts port from a database."""

    database: Database

    @override
    def has_any(self) -> bool:
        return bool(self.database.rows(select(ACCOUNT.c.name).limit(1)))

    @override
    def hash_of(self, name: str) -> str | None:
        return next((row.hashed for row in self.database.rows(select(ACCOUNT).where(ACCOUNT.c.name == name))), None)

    @override
    def standing(self) -> Mapping[str, bool]:
        found = self.database.rows(select(ACCOUNT.c.name, ACCOUNT.c.hashed))
        return {row.name: not row.hashed.startswith(LINK) for row in found}

    @override
    def set_hash(self, name: str, hashed: str, now: datetime, by: str | None, was: str | None = None) -> bool:
        with self.database.writing() as connection:
            if was is not None and not _stands(connection, name, was):
                return False
            _shut_out(connection, name)
            connection.execute(insert(ACCOUNT).values(name=name, hashed=hashed, set_at=now))
            add_events(connection, Event(0, now, by, "password_set", details={"name": name}))
        return True

    @override
    def end_access(self, name: str, now: datetime, by: str | None, allowed: Allowed | None) -> Sequence[int]:
        with self.database.writing() as connection:
            if allowed is not None:
                allowed(everybody_in(connection))
            _shut_out(connection, name)
            add_events(connection, Event(0, now, by, "password_taken", details={"name": name}))
            return end_tokens_of(connection, name, now, by)

    @override
    def give_link(self, name: str, hashed: str, now: datetime, by: str | None, allowed: Allowed) -> None:
        with self.database.writing() as connection:
            allowed(everybody_in(connection))
            stands = connection.scalar(select(ACCOUNT.c.hashed).where(ACCOUNT.c.name == name).with_for_update())
            if stands is not None and not stands.startswith(LINK):
                raise HasPasswordError(name)
            connection.execute(delete(ACCOUNT).where(ACCOUNT.c.name == name))
            connection.execute(insert(ACCOUNT).values(name=name, hashed=hashed, set_at=now))
            add_events(connection, Event(0, now, by, "password_link_given", details={"name": name}))

    @override
    def link(self, hashed: str) -> tuple[str, datetime] | None:
        found = self.database.rows(select(ACCOUNT).where(ACCOUNT.c.hashed == hashed))
        return next(((row.name, row.set_at) for row in found), None)

    @override
    def rehash(self, name: str, was: str, hashed: str) -> None:
        with self.database.writing() as connection:
            same = ACCOUNT.c.name == name, ACCOUNT.c.hashed == was
            connection.execute(update(ACCOUNT).where(*same).values(hashed=hashed))

    @override
    def begin_session(self, key: str, name: str, hashed: str | None, now: datetime, until: datetime) -> bool:
        row = {"key_sha256": hash_of_key(key), "name": name, "begun_at": now, "until": until}
        with self.database.writing() as connection:
            vouched = _is_known(connection, name) if hashed is None else _stands(connection, name, hashed)
            if not vouched:
                return False
            connection.execute(insert(WEB_SESSION).values(row))
        return True

    @override
    def drop_ended(self, now: datetime) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(WEB_SESSION).where(WEB_SESSION.c.until <= now))

    @override
    def session(self, key: str, now: datetime) -> str | None:
        lasting = WEB_SESSION.c.key_sha256 == hash_of_key(key), WEB_SESSION.c.until > now
        return next((row.name for row in self.database.rows(select(WEB_SESSION.c.name).where(*lasting))), None)

    @override
    def end_session(self, key: str) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(WEB_SESSION).where(WEB_SESSION.c.key_sha256 == hash_of_key(key)))


def _shut_out(connection: Connection, name: str) -> None:
    connection.execute(delete(ACCOUNT).where(ACCOUNT.c.name == name))
    connection.execute(delete(WEB_SESSION).where(WEB_SESSION.c.name == name))


def _stands(connection: Connection, name: str, hashed: str) -> bool:
    """Whether this is the hash of somebody's password; it stays so until the transaction ends."""
    this = select(ACCOUNT.c.hashed).where(ACCOUNT.c.name == name).with_for_update()
    return connection.scalar(this) == hashed


def _is_known(connection: Connection, name: str) -> bool:
    return connection.scalar(select(PERSON.c.name).where(PERSON.c.name == name)) is not None
