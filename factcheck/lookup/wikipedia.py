"""Wikipedia's own search, in the claim's language: `action=query&list=search`."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from typing_extensions import override

from factcheck.domain.lookup import Hit
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import SourceError
from factcheck.lookup.answers import complaint_in, objects_in, words_of
from factcheck.lookup.asking import Api
from factcheck.workflow.lookup_ports import Search

_MOST = 5
_TAG = re.compile(r"<[^<>]*>")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Wikipedia(Search):
    """Serves the port; `pattern` is the address of the API with `{language}` in it, or of another MediaWiki's."""

    pattern: str
    is_own: bool = False
    limits: ParsingLimits | None = None
    name: str = "wikipedia"

    @override
    def hits(self, query: str, language: str | None) -> Sequence[Hit]:
        small = (language or "en").split("-", maxsplit=1)[0].lower()
        address = self.pattern.replace("{language}", small if _LANGUAGE.fullmatch(small) else "en")
        asked = {"action": "query", "list": "search", "format": "json", "formatversion": "2", "srlimit": str(_MOST)}
        answer = Api(self.name, address, self.is_own, self.limits).ask(asked | {"srsearch": query})
        if isinstance(answer, dict) and answer.get("error"):
            raise SourceError(f"{self.name} refuses the query: {complaint_in(answer)}")
        found = objects_in(answer, self.name, "query", "search")
        parts = urlsplit(address)
        root = f"{parts.scheme}://{parts.netloc}/wiki/"
        titles = ((words_of(one.get("title")), words_of(one.get("snippet"))) for one in found)
        return [
            Hit(root + quote(title.replace(" ", "_")), title, html.unescape(_TAG.sub("", snippet)))
            for title, snippet in titles
            if title
        ]
