"""The root of every error."""


class FactcheckError(Exception):
    """The root: a front prints its message with the advice that it has, and nothing else."""
