"""What pages and files were, each kept once under its hash."""

import zlib

from sqlalchemy import Connection, insert, select

from factcheck.domain.evidence import Snapshot
from factcheck.errors import BrokenRowError
from factcheck.storage import rows
from factcheck.storage.tables import SNAPSHOT


def keep(connection: Connection, snapshot: Snapshot) -> None:
    """Keep the content under its hash, unless it is kept already."""
    kept = select(SNAPSHOT.c.size).where(SNAPSHOT.c.sha256 == snapshot.sha256)
    if connection.execute(kept).first() is None:
        told = {"sha256": snapshot.sha256, "media_type": snapshot.media_type, "charset": snapshot.charset}
        content = {"size": len(snapshot.content), "content": zlib.compress(snapshot.content)}
        connection.execute(insert(SNAPSHOT).values(**told, **content))


def kept(connection: Connection, sha256: str) -> Snapshot | None:
    """The kept content of that hash. Raises BrokenRowError."""
    row = connection.execute(select(SNAPSHOT).where(SNAPSHOT.c.sha256 == sha256)).first()
    if row is None:
        return None
    row = rows.sound("snapshot", row)
    headers = {"content-type": f"{row.media_type}; charset={row.charset}"} if row.charset else {}
    try:
        content = zlib.decompress(row.content)
    except zlib.error as error:
        raise BrokenRowError(f"row {sha256} is damaged: table 'snapshot' holds what cannot be unpacked") from error
    return Snapshot(content, row.media_type, headers=headers)
