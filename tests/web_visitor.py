"""Somebody in a browser without script: pages are loaded, and their own forms sent."""

from dataclasses import dataclass

from fastapi.testclient import TestClient
from httpx2 import Response
from lxml import html


@dataclass
class Visitor:
    """Loads pages and sends the forms that stand on them, hidden fields and all."""

    client: TestClient
    last: Response | None = None

    def open(self, path: str) -> html.HtmlElement:
        """A page; it must be there."""
        self.last = self.client.get(path, follow_redirects=True)
        assert self.last.status_code == 200, (path, self.last.status_code, self.last.text[:500])
        return html.fromstring(self.last.text)

    def token(self) -> str:
        """The token of this visit."""
        return str(html.fromstring(self.client.get("/enter").text).xpath("//input[@name='token']/@value")[0])

    def send(self, page: str, action: str, **typed: str) -> Response:
        """Fill in a form of a page and send it, as a browser would."""
        [form, *_] = self.open(page).xpath(f"//form[@action='{action}']")
        fields = {one.name: one.value or "" for one in form.xpath(".//input[@type='hidden']")}
        self.last = self.client.post(action, data=fields | typed)
        return self.last

    def post(self, path: str, **typed: str) -> Response:
        """Send what no page has a form for, with the visit's own token."""
        self.last = self.client.post(path, data={"token": self.token(), **typed})
        return self.last

    def enter_as(self, name: str) -> None:
        """Be somebody else, where names are trusted."""
        answer = self.send("/enter", "/enter", name=name)
        if answer.status_code == 400:
            answer = self.post("/enter", name=name, new="1")
        assert answer.status_code == 303, answer.text

    @property
    def text(self) -> str:
        """The words of the last page."""
        assert self.last is not None
        return " ".join(html.fromstring(self.last.text).text_content().split())

    def follow(self) -> html.HtmlElement:
        """The page that an answer leads to."""
        assert self.last is not None
        assert self.last.status_code == 303, self.text
        return self.open(self.last.headers["location"])
