"""The YAML of recordings, read without what grows beyond all bounds; a large one in a process of its own."""

from typing import Any

import yaml

from factcheck.confined import confined
from factcheck.domain.parsing import ParsingLimits
from factcheck.extraction.recorded_call import ensure_bounded

_LARGE = 200_000  # bytes; of a list of numbers they take a second


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Refuses `<<`, by which a few lines grow beyond all bounds."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Merge nothing: the key `<<` is then one that nobody can construct."""


def read_yaml(content: bytes, limits: ParsingLimits | None) -> Any:  # noqa: ANN401 - what a file may hold
    """What the file holds. Raises what PyYAML does, ValueError for what is too large, and UnparsedError."""
    if len(content) <= _LARGE:
        return load(content)
    return confined("factcheck.extraction.recorded_yaml:load", content, limits=limits)


def load(content: bytes) -> Any:  # noqa: ANN401
    """As `read_yaml`, without bounds on time."""
    held = yaml.load(content, Loader=_Loader)  # noqa: S506 - both candidates are safe loaders
    ensure_bounded(held)
    return held
