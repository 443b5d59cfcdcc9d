import dataclasses
import importlib
import inspect
from pathlib import Path

import pytest

import factcheck.domain

ROOMS = [path.stem for path in Path(str(factcheck.domain.__file__)).parent.glob("[a-z]*.py")]
TYPES: set[type] = {
    member
    for room in ROOMS
    for _, member in inspect.getmembers(importlib.import_module(f"factcheck.domain.{room}"), dataclasses.is_dataclass)
    if isinstance(member, type)
}


@pytest.mark.parametrize("kind", sorted(TYPES, key=str))
def test_domain_type_is_frozen(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined] # dataclass() sets it
    assert "__dict__" not in dir(kind)


def test_domain_types_were_found() -> None:
    assert {"Article", "Claim", "QueuedClaim", "Report", "Span"} <= {kind.__name__ for kind in TYPES}
