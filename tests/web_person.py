"""Somebody in front of a real browser, and all that the browser said, asked for elsewhere, or broke."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@dataclass
class Person:
    """One page of one browser at a served desk."""

    page: Page
    address: str
    noise: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, address: str, context: BrowserContext) -> "Person":
        """Somebody whose browser is listened to."""
        person = cls(context.new_page(), address)
        page = person.page
        page.on("console", lambda message: person.noise.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: person.noise.append(f"error: {error}"))
        page.on("request", lambda asked: person._note(asked.url))
        return person

    def open(self, path: str) -> Response | None:
        return self.page.goto(self.address + path)

    def press(self, *keys: str) -> None:
        for one in keys:
            self.page.keyboard.press(one)

    def goes_to(self, path: str) -> None:
        self.page.wait_for_url(lambda url: url.startswith(f"{self.address}{path}"))
        self.page.wait_for_load_state("load")

    def tab_to(self, selector: str) -> None:
        """Go there by the key Tab alone."""
        for _ in range(200):
            self.press("Tab")
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
        raise AssertionError(f"no key leads to {selector}")

    def is_shut_out(self) -> str:
        """What axe finds on the page, empty for nothing."""
        found = Axe().run(self.page)
        return found.generate_report() if found.violations_count else ""

    def _note(self, url: str) -> None:
        if not url.startswith((self.address, "data:,")):
            self.noise.append(f"asks for {url}")


@contextmanager
def coming_to(
    address: str, path: str, browser: Browser, *, expected: str | None = None
) -> Iterator[Callable[..., Page]]:
    """Lets somebody come to that page; keywords are the browser's own.

    At the end their browsers have said nothing but what holds the `expected` words, and asked nobody else.
    """
    contexts, people = list[BrowserContext](), list[Person]()

    def comes(**settings: Any) -> Page:
        contexts.append(browser.new_context(base_url=address, **settings))
        people.append(Person.at(address, contexts[-1]))
        people[-1].open(path)
        return people[-1].page

    yield comes
    for one in contexts:
        one.close()
    noise = [said for one in people for said in one.noise]
    assert [said for said in noise if expected is None or expected not in said] == []


def look_at(page: Page) -> None:
    """Nothing of the page shuts somebody out, or is wider than their window."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
