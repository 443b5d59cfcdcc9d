"""Makes frozen objects as quickly as plain ones."""

from collections.abc import Callable
from copy import copy
from dataclasses import fields, make_dataclass
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Made = TypeVar("Made")


def maker(kind: Callable[Given, Made]) -> Callable[Given, Made]:
    """What makes instances of a frozen dataclass with slots, and calls its `__post_init__`.

    A frozen dataclass sets each field by `object.__setattr__`, which takes ten times as long as a plain one needs.
    So each object is filled as an instance of a plain twin of the same slots, and becomes its own kind then.
    """
    check = getattr(kind, "__post_init__", None)

    def become(self: Any) -> None:  # noqa: ANN401 - the twin first, then what it is made into
        self.__class__ = kind
        if check is not None:
            check(self)

    of_twin: Any = [(one.name, one.type, copy(one)) for one in fields(kind)]  # type: ignore[arg-type]
    bare: Any = {"repr": False, "eq": False, "match_args": False}  # a twin lives too short to need more
    return make_dataclass(f"_{kind.__name__}", of_twin, slots=True, namespace={"__post_init__": become}, **bare)
