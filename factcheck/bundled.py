"""Finds the prompts and the demo's files, in a wheel and in a checkout alike."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def bundled(*parts: str) -> Traversable:
    """A file or folder that ships with the package, such as `("prompts", "x.md")`.

    A wheel carries them under `_bundled`. An editable install or a checkout has none there
    and reads the checkout's own, which are then the ones that are edited.
    """
    shipped = files("factcheck") / "_bundled"
    root = shipped if shipped.is_dir() else Path(__file__).parents[1]
    return root.joinpath(*parts)
