"""The root of every error."""

from typing import ClassVar

UNABLE = "the desk cannot answer now"
"""What is told of an inner error to who does not keep the desk."""


class FactcheckError(Exception):
    """The root: a front prints its message with the advice that it has, and nothing else."""

    is_inner: ClassVar[bool] = False
    """Whether its words are for whoever keeps the desk alone: they may name folders, users and servers."""

    @property
    def told_outside(self) -> str:
        """What may be told of it to who does not keep the desk."""
        return UNABLE if self.is_inner else str(self)
