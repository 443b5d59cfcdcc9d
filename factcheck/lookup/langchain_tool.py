"""Any search tool of LangChain, by its dotted name, such as `langchain_tavily.TavilySearch`.

Its package and its key are the user's; nothing of it is needed otherwise. It fetches by itself, so that only the pages
that it names are fetched as the desk does.
"""

import importlib
import json
import re
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

from typing_extensions import override

from factcheck.domain.lookup import Hit
from factcheck.errors import SourceError
from factcheck.lookup.answers import complaint_in, hits_in, objects_in
from factcheck.workflow.lookup_ports import Search

_SECONDS = 30.0
_MOST_CHARACTERS = 2_000_000
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")


def is_tool_name(name: str) -> bool:
    """Whether it is a dotted name of Python."""
    return bool(_NAME.fullmatch(name))


@dataclass(slots=True)
class LangChainTool(Search):
    """Serves the port from a tool, which is made with its first query."""

    name: str
    seconds: float = _SECONDS
    _tool: Any = field(default=None)

    @override
    def hits(self, query: str, language: str | None) -> Sequence[Hit]:
        answer: Future[Any] = Future()

        def ask() -> None:
            try:
                answer.set_result(self._opened().invoke(query))
            except BaseException as error:  # noqa: BLE001 - whatever a stranger's package raises is told in one line
                answer.set_exception(error)

        # A tool keeps no deadline of the desk's: its thread is left behind then.
        Thread(target=ask, daemon=True).start()
        try:
            found = answer.result(self.seconds)
        except SourceError:
            raise
        except TimeoutError as error:
            raise SourceError(f"{self.name} does not answer within {self.seconds:g} s") from error
        except BaseException as error:
            if not answer.done():
                raise
            raise SourceError(f"{self.name} fails: {_why(error)}") from error
        return hits_in(_objects(found, self.name), self.name)

    def _opened(self) -> Any:  # noqa: ANN401 - a tool of somebody's package
        if self._tool is None:
            module, _, made = self.name.rpartition(".")
            try:
                kind = getattr(importlib.import_module(module), made)
            except ImportError as error:
                package = module.partition(".")[0].replace("_", "-")
                raise SourceError(f"{self.name} is not installed; try: pip install {package}") from error
            except AttributeError as error:
                raise SourceError(f"{self.name} is not there: {module!r} has no {made!r}") from error
            self._tool = kind()
        return self._tool


def _objects(found: object, name: str) -> list[dict[str, Any]]:
    """What a tool has found: a list of objects, by itself, under `results`, or written as JSON. Raises SourceError."""
    told = found
    if isinstance(found, str) and len(found) <= _MOST_CHARACTERS:
        with suppress(ValueError, RecursionError):
            told = json.loads(found)
    if isinstance(told, dict) and told.get("error"):
        raise SourceError(f"{name} fails: {complaint_in(told)}")
    return objects_in(told, name) if isinstance(told, list) else objects_in(told, name, "results")


def _why(error: BaseException) -> str:
    """An error in a few words, without what may be a key."""
    kind = type(error).__name__
    told = complaint_in(str(error))
    return f"{kind}: {told}" if told else kind
