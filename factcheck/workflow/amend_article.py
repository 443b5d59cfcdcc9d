"""Sets right what an article is known by: title, authors, dates and others; its text never changes."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from factcheck.domain.article import FiledArticle
from factcheck.domain.desk import require_words
from factcheck.domain.evidence import require_web_address
from factcheck.domain.review import require_any_role, require_role
from factcheck.domain.states import Role
from factcheck.errors import InputError
from factcheck.workflow.review_claim import Desk, require_known

SETTABLE = ("title", "subtitle", "author", "publisher", "published", "modified", "url", "canonical_url")
"""What may be set; `author` may be given again, and stands in place of all authors."""
_DAYS = frozenset({"published", "modified"})
_ADDRESSES = frozenset({"url", "canonical_url"})


def amend_article(desk: Desk, article_id: int, told: Iterable[tuple[str, str]], person: str) -> FiledArticle:
    """The article with these names and values; a blank value empties it.

    Raises NotFoundError, ConflictError for who has no role, InputError for a name that is not in SETTABLE, or a value
    that its name cannot have. Only an editor sets its address, by which it is known as a source of its own claims, and
    anything once a verdict on it is signed off: readers see that.
    """
    columns, person = _columns(told), require_known(desk, person)
    with desk.queue.changing() as change:
        roles = desk.roles_of(change, person)
        require_any_role(person, roles)
        if roles is not None and (not _ADDRESSES.isdisjoint(columns) or change.has_signed_off(article_id)):
            require_role(person, roles, Role.EDITOR)
        return change.amend_article(article_id, columns, person, desk.clock())


def see_changes(desk: Desk, article_id: int, editor: str) -> tuple[int, ...]:
    """The editor has seen what this version has no more: published claims on it stand as they are; their numbers.

    Raises NotFoundError, or ConflictError for who is no editor.
    """
    editor = require_known(desk, editor)
    with desk.queue.changing() as change:
        roles = desk.roles_of(change, editor)
        if roles is not None:
            require_role(editor, roles, Role.EDITOR)
        return change.see_changes(article_id, editor, desk.clock())


def _columns(told: Iterable[tuple[str, str]]) -> Mapping[str, Any]:
    columns: dict[str, Any] = {}
    for name, value in told:
        if name not in SETTABLE:
            raise InputError(f"{name!r} is nothing that can be set of an article; there are: {', '.join(SETTABLE)}")
        if name == "author":
            columns.setdefault("authors", ())
            columns["authors"] += (require_words("an author", value),) if value.strip() else ()
        elif name in columns:
            raise InputError(f"{name!r} is set twice; an article has one")
        else:
            columns[name] = _read(name, value) if value.strip() else None
    if "published" in columns:  # the day is never another one than the moment's
        columns["published_at"] = None
    return columns


def _read(name: str, value: str) -> object:
    if name in _DAYS:
        try:
            return date.fromisoformat(value.strip())
        except ValueError as error:
            raise InputError(f"{name}={value!r} is not a day; write it as 2026-03-01") from error
    if name in _ADDRESSES:
        return require_web_address(value.strip())
    return require_words(f"the article's {name}", value)
