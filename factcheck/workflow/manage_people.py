"""Adds people to the desk and changes what they may do."""

from collections.abc import Collection

from factcheck.domain.desk import Person
from factcheck.domain.review import require_reviewer
from factcheck.domain.states import Role
from factcheck.errors import UnknownPersonError
from factcheck.workflow.ports import Clock, People


def add_person(people: People, clock: Clock, name: str, roles: Collection[Role], by: str | None) -> Person:
    """Add somebody, or give them more roles. Raises InputError if the name is empty."""
    name = require_reviewer(name)
    known = next((one for one in people.everybody() if one.name == name), None)
    return people.set_roles(name, {*roles, *(known.roles if known else ())}, clock(), by)


def change_roles(people: People, clock: Clock, name: str, roles: Collection[Role], by: str | None) -> Person:
    """Let somebody have these roles and no others. Raises NotFoundError."""
    name = require_reviewer(name)
    if all(one.name != name for one in people.everybody()):
        raise UnknownPersonError(name)
    return people.set_roles(name, roles, clock(), by)
