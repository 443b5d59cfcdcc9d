"""Which search a name in the config stands for."""

from collections.abc import Sequence

from factcheck.domain.lookup import WIKIPEDIA, LookSettings
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import InputError
from factcheck.lookup.asking import Api
from factcheck.lookup.langchain_tool import LangChainTool, is_tool_name
from factcheck.lookup.searxng import NO_JSON, SearXng
from factcheck.lookup.wikipedia import Wikipedia
from factcheck.workflow.lookup_ports import Search

NAMES = ("searxng", "wikipedia")


def searches(
    settings: LookSettings, named: Sequence[str] = (), limits: ParsingLimits | None = None
) -> tuple[list[Search], list[str]]:
    """The searches of these names, or of the settings, and a line for each that cannot be asked.

    Raises InputError for a name that stands for none.
    """
    found: list[Search] = []
    troubles: list[str] = []
    for name in dict.fromkeys(named or settings.sources):
        if name == "searxng":
            if settings.searxng is None:
                troubles.append('searxng has no address; set searxng = "https://…" under [look] in the config file')
            else:
                address = settings.searxng.rstrip("/").removesuffix("/search") + "/search"
                found.append(SearXng(Api(name, address, is_own=True, limits=limits, advice={403: NO_JSON})))
        elif name == "wikipedia":
            found.append(Wikipedia(settings.wikipedia, settings.wikipedia != WIKIPEDIA, limits))
        elif is_tool_name(name):
            found.append(LangChainTool(name))
        else:
            known = ", ".join(NAMES)
            raise InputError(f"{name!r} is no search; there are {known}, and LangChain's tools, as package.Tool")
    return found, troubles
