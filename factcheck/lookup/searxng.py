"""SearXNG, which people host themselves and which asks many searches at once: `/search?q=…&format=json`."""

from collections.abc import Sequence
from dataclasses import dataclass

from typing_extensions import override

from factcheck.domain.lookup import Hit
from factcheck.lookup.answers import hits_in, objects_in
from factcheck.lookup.asking import Api
from factcheck.workflow.lookup_ports import Search

NO_JSON = "its settings.yml has to name json under search.formats"


@dataclass(frozen=True, slots=True)
class SearXng(Search):
    """Serves the port from a server's JSON."""

    api: Api
    name: str = "searxng"

    @override
    def hits(self, query: str, language: str | None) -> Sequence[Hit]:
        answer = self.api.ask({"q": query, "format": "json", **({"language": language} if language else {})})
        return hits_in(objects_in(answer, self.name, "results"), self.name)
