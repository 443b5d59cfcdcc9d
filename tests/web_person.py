"""Somebody in front of a real browser, and all that the browser said, asked for elsewhere, or broke."""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Response

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
