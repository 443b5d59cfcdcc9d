"""Opening an article's source, or handing its address over."""

import webbrowser

import pytest

from factcheck.errors import InputError
from factcheck.screen.acting_screen import open_source


@pytest.fixture
def copied() -> list[str]:
    """What was handed to the terminal."""
    return []


def test_browser_with_window_is_opened(monkeypatch: pytest.MonkeyPatch, copied: list[str]) -> None:
    opened: list[str] = []

    def opens(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.BackgroundBrowser("browser"))
    monkeypatch.setattr(webbrowser, "open", opens)

    assert open_source("https://news.example/", copied.append) == "opened https://news.example/"
    assert (opened, copied) == (["https://news.example/"], [])


def test_terminal_browser_is_left_alone(monkeypatch: pytest.MonkeyPatch, copied: list[str]) -> None:
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("lynx"))
    monkeypatch.setattr(webbrowser, "open", lambda _: pytest.fail("a terminal's browser was opened"))

    assert open_source("https://news.example/", copied.append) == "copied for your terminal: https://news.example/"
    assert copied == ["https://news.example/"]


def test_missing_browser_copies_the_address(monkeypatch: pytest.MonkeyPatch, copied: list[str]) -> None:
    def none() -> webbrowser.BaseBrowser:
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", none)

    open_source("https://news.example/", copied.append)

    assert copied == ["https://news.example/"]


@pytest.mark.parametrize("address", [None, "file:///etc/passwd", "javascript:alert(1)", "--version"])
def test_only_web_addresses_are_opened(address: str | None, copied: list[str]) -> None:
    with pytest.raises(InputError):
        open_source(address, copied.append)

    assert copied == []
