"""Programs: their tokens, and the keys under which they have acted."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update
from typing_extensions import override

from factcheck.domain.audit import Event
from factcheck.domain.programs import AccessToken, KeyUse, Scope, UsedKey
from factcheck.errors import KeyUsedError, NoSuchTokenError
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.events import add_events, along
from factcheck.storage.program_tables import ACCESS_TOKEN, USED_KEY
from factcheck.storage.tables import EVENT
from factcheck.workflow.program_ports import Programs

_KEPT = timedelta(days=7)
"""So long a key stays used: no program sends the same again after that."""


@dataclass
class SqlPrograms(Programs):
    """Serves the Programs port from a database."""

    database: Database

    @override
    def add_token(self, token: AccessToken, sha256: str) -> AccessToken:
        values = rows.columns_of(token, "id") | {"sha256": sha256}
        with self.database.writing() as connection:
            number = rows.insert_one(connection, ACCESS_TOKEN, values)
            until = token.expires_at.isoformat()
            about = {"token": number, "name": token.name, "scopes": list(token.scopes), "expires_at": until}
            add_events(connection, Event(0, token.added_at, token.added_by, "token_added", details=about))
        return replace(token, id=number)

    @override
    def tokens(self) -> tuple[AccessToken, ...]:
        found = self.database.rows(select(ACCESS_TOKEN).order_by(ACCESS_TOKEN.c.id))
        return tuple(self.database.each(found, _token, "token {0.id}".format))

    @override
    def token_of(self, sha256: str) -> AccessToken | None:
        found = self.database.rows(select(ACCESS_TOKEN).where(ACCESS_TOKEN.c.sha256 == sha256))
        return next(map(_token, found), None)

    @override
    def revoke_token(self, number: int, now: datetime, by: str | None) -> AccessToken:
        this = rows.is_number(ACCESS_TOKEN.c.id, number)
        with self.database.writing() as connection:
            found = connection.execute(select(ACCESS_TOKEN).where(this)).first()
            if found is None:
                raise NoSuchTokenError(f"there is no token {number}")
            token = _token(found)
            if token.revoked_at is None:
                token = replace(token, revoked_at=now)
                _end(connection, [token.id], token.name, now, by)
        return token

    @override
    def used_key(self, token_id: int, key: str) -> UsedKey | None:
        this = USED_KEY.c.token_id == token_id, USED_KEY.c.key == key
        about = EVENT.c.claim_id, EVENT.c.article_id, EVENT.c.run_id
        told = USED_KEY.c.fingerprint, *about, EVENT.c.action, EVENT.c.details
        wanted = select(*told).join(EVENT, EVENT.c.id == USED_KEY.c.event_id)
        found = next(iter(self.database.rows(wanted.where(*this))), None)
        if found is None:
            return None
        fingerprint, claim, article, run, action, details = found
        return UsedKey(fingerprint, claim, article, run, json.loads(details)["act"] if action == "undone" else None)

    @override
    @contextmanager
    def once(self, use: KeyUse, now: datetime, action: str | None = None) -> Iterator[None]:
        done: list[int] = []

        def use_up(connection: Connection, events: Sequence[Event]) -> None:
            first = next((one for one in events if action in {None, one.action}), None)
            if first is None or done:  # an act may be told by several events, and uses its key once
                return
            this = USED_KEY.c.token_id == use.token_id, USED_KEY.c.key == use.key
            connection.execute(delete(USED_KEY).where(USED_KEY.c.at < now - _KEPT))
            if connection.execute(select(USED_KEY.c.key).where(*this)).first() is not None:
                raise KeyUsedError(use.key)
            of_use = {"token_id": use.token_id, "key": use.key, "fingerprint": use.fingerprint}
            connection.execute(insert(USED_KEY).values(**of_use, at=now, event_id=first.id))
            done.append(first.id)

        with along(use_up):
            yield


def end_tokens_of(connection: Connection, name: str, now: datetime, by: str | None) -> Sequence[int]:
    """Let the tokens that act as somebody open nothing from now on, with the events that tell of it; their numbers."""
    live = ACCESS_TOKEN.c.name == name, ACCESS_TOKEN.c.revoked_at.is_(None), ACCESS_TOKEN.c.expires_at > now
    numbers = connection.scalars(select(ACCESS_TOKEN.c.id).where(*live).order_by(ACCESS_TOKEN.c.id)).all()
    _end(connection, numbers, name, now, by)
    return numbers


def _end(connection: Connection, numbers: Sequence[int], name: str, now: datetime, by: str | None) -> None:
    connection.execute(update(ACCESS_TOKEN).where(ACCESS_TOKEN.c.id.in_(numbers)).values(revoked_at=now))
    told = ({"token": one, "name": name} for one in numbers)
    add_events(connection, *(Event(0, now, by, "token_revoked", details=about) for about in told))


def _token(row: rows.AnyRow) -> AccessToken:
    with rows.damage_told("access_token", row):
        return rows.of_row(AccessToken, row, scopes=tuple(map(Scope, row.scopes)))
