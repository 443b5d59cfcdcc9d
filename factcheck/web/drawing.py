"""How a page is made: in its reader's language, with the house's style, with the token of its visit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader
from starlette.responses import Response

from factcheck.domain.evidence import Evidence
from factcheck.domain.page import PLAIN
from factcheck.domain.rating import Label
from factcheck.domain.states import Role
from factcheck.errors import FactcheckError
from factcheck.export.page_frame import Frame, environment
from factcheck.export.reader_words import label_name
from factcheck.export.tones import tone_of_class
from factcheck.export.words import Words
from factcheck.web import spoken
from factcheck.web.done import forget_done, keep_done, what_was_done
from factcheck.web.office import InOffice, Office
from factcheck.web.refusals import headers_of, status_of
from factcheck.web.visitors import AnyVisitor, Visitor, let_in

LANGUAGE_COOKIE = "factcheck-language"
SEE_OTHER = 303
_LOADER = ChoiceLoader([PackageLoader("factcheck.web"), PackageLoader("factcheck.export")])
_TABLES = (
    "ALIKE", "CHECKS", "CONCERNS", "CONFIDENCES", "ERROR_TYPES", "EVENTS", "FILTERS", "KINDS", "KINSHIPS", "LANGUAGES",
    "READINGS", "ROLES", "STAGES", "STAGE_NOW", "STANCES", "STATES", "SUGGESTED",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws pages for one visitor. `asked` are the parameters of the address, `done` is what was done just before."""

    office: Office
    visitor: Visitor
    words: Words
    asked: Mapping[str, str]
    done: str | None = None

    def page(
        self,
        template: str,
        status: int | None = None,
        *,
        error: FactcheckError | None = None,
        **shown: Any,  # noqa: ANN401 - what templates show
    ) -> Response:
        """A page, with the status and headers of an error that it tells, unless it has a `status` of its own.

        A new visitor gets the cookie to which its forms belong.
        """
        done = spoken.DONE.get(self.done or "")
        text = (
            _environment(self.words)
            .get_template(template)
            .render(visitor=self.visitor, office=self.office, done=done, error=error, **shown)
        )
        status = status or (status_of(error) if error else HTTPStatus.OK)
        answer = HTMLResponse(text, status, headers_of(error) if error else None)
        if self.visitor.is_new:
            let_in(answer, self.office, self.visitor.visit)
        if done:
            forget_done(answer, self.office)
        return answer

    def goes_to(self, path: str, done: str | None = None, after: int | None = None) -> Response:
        """The answer to a form: the page that follows, which says once what was done, and after which claim it comes.

        Loading it again does nothing again.
        """
        told = {name: value for name, value in (("done", done), ("after", after)) if value}
        answer = goes_to(f"{path}?{urlencode(told)}" if told else path)
        if done:
            keep_done(answer, self.office, path, done)
        return answer

    @property
    def name(self) -> str:
        """Who looks. Raises NotLoggedInError."""
        return self.visitor.known

    @property
    def roles(self) -> frozenset[Role] | None:
        """What they may do; None where the desk goes without roles. Use cases look at that anew."""
        if not self.office.has_roles:
            return None
        everybody = self.office.stores.people.everybody()
        return next((frozenset(one.roles) for one in everybody if one.name == self.name), frozenset())


def drawing(request: Request, office: InOffice, visitor: AnyVisitor) -> Drawing:
    """Draws what was asked for: in the language of the visitor's choice, else the one that the browser asks for."""
    accepted = spoken.preferred(request.headers.get("accept-language", ""))
    words = spoken.words_in(request.cookies.get(LANGUAGE_COOKIE), *accepted)
    return Drawing(office, visitor, words, request.query_params, what_was_done(request, office))


InDrawing = Annotated[Drawing, Depends(drawing)]


def goes_to(path: str) -> Response:
    """The answer to a form: the page that follows, which says nothing of what was done."""
    return RedirectResponse(path, SEE_OTHER)


@cache
def style(office_look: Any = PLAIN) -> str:  # noqa: ANN401 - a PageLook, which can be a key
    """The house's style, with the newsroom's own, and the desk's on top."""
    return "\n".join((*map(str, Frame(office_look).styles), static("desk.css")))


@cache
def static(name: str) -> str:
    """A file that pages load."""
    return (files("factcheck.web") / "static" / name).read_text("utf-8")


def _by_id(labels: Iterable[Label]) -> dict[str, Label]:
    return {one.id: one for one in labels}


def _first_with(waiting: Iterable[tuple[object, int]]) -> int:
    """The place of the first of which there is any; -1 for none."""
    return next((place for place, (_, many) in enumerate(waiting) if many), -1)


def _as_fields(evidence: Evidence) -> dict[str, str]:
    told = ("quote", "title", "publisher", "published", "locator", "kind", "stance")
    return {name: str(getattr(evidence, name) or "") for name in told}


def _site(address: str) -> str:
    return (urlsplit(address).hostname or address).removeprefix("www.")


@cache
def _environment(words: Words) -> Environment:
    made = environment(words).overlay(loader=_LOADER)
    own = {name: getattr(spoken, name) for name in _TABLES}
    made.filters = {**made.filters, "by_id": _by_id, "first_with": _first_with, "as_fields": _as_fields, "site": _site}
    made.globals = {
        **made.globals,
        **own,
        "quote_standing": spoken.quote_standing,
        "state_of": spoken.state_of,
        "trouble": spoken.trouble,
        "tells_more": spoken.tells_more,
        "label_of": lambda label: label_name(words, label),
        "tone_of_class": tone_of_class,
    }
    return made
