"""Adds people to the desk and changes what they may do."""

from collections.abc import Collection

from factcheck.domain.desk import Person
from factcheck.domain.review import require_reviewer
from factcheck.domain.states import Role
from factcheck.errors import UnknownPersonError
from factcheck.workflow.ports import Stores


def list_people(stores: Stores) -> tuple[Person, ...]:
    """Everybody at the desk, by name."""
    return stores.people.everybody()


def add_person(stores: Stores, name: str, roles: Collection[Role], by: str | None, *, by_rule: bool = False) -> Person:
    """Add somebody, or give them more roles; without any named, a reviewer. Raises InputError if the name is empty.

    Whoever keeps the desk may. `by_rule` lets others do it as the desk's rules have it: where roles are on, editors.
    Raises ConflictError then.
    """
    name = require_reviewer(name)
    known = next((one for one in stores.people.everybody() if one.name == name), None)
    has = known.roles if known else ()
    wanted = {*(roles or (Role.REVIEWER,)), *has}
    return stores.people.set_roles(name, wanted, stores.clock(), by, by_rule=by_rule, seen=has)


def change_roles(
    stores: Stores,
    name: str,
    roles: Collection[Role],
    by: str | None,
    *,
    by_rule: bool = False,
    seen: Collection[Role] | None = None,
) -> Person:
    """Let somebody have these roles and no others; `by_rule` as in `add_person`. Raises NotFoundError.

    `seen` are those that they had when it was decided; ConflictError is raised where somebody has changed them since.
    """
    name = require_reviewer(name)
    if all(one.name != name for one in stores.people.everybody()):
        raise UnknownPersonError(f"nobody is called {name!r}")
    return stores.people.set_roles(name, roles, stores.clock(), by, by_rule=by_rule, seen=seen)
