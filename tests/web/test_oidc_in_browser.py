"""Logging in at an identity provider as people do it: `factcheck serve`, Chromium, and the way there and back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import needs_chromium
from oidc_stand_in import CLIENT, SECRET, WELL_KNOWN, StandIn, identity_provider
from playwright.sync_api import Browser
from stage import NOW
from web_person import look_at
from web_server import served, stage_in

from factcheck.settings.web_key import make_key
from factcheck.storage.database import Database
from factcheck.storage.people import SqlPeople

pytestmark = needs_chromium


@pytest.fixture
def provider() -> Iterator[StandIn]:
    with identity_provider() as stand_in:
        yield stand_in


@pytest.fixture
def address(empty_database: Path, tmp_path: Path, provider: StandIn) -> Iterator[str]:
    """A desk whose people log in at the provider alone."""
    path = Path(shutil.copy(empty_database, tmp_path / "desk.db"))
    with stage_in(path) as stage:
        stage.file()
    database = Database(str(path))
    SqlPeople(database).set_roles("ana", (), NOW, None)
    database.close()
    make_key(tmp_path / "factcheck.key")
    (tmp_path / "oidc.secret").touch(0o600)
    (tmp_path / "oidc.secret").write_text(SECRET, "utf-8")
    about = f'issuer = "{provider.issuer}"\nclient_id = "{CLIENT}"\nsecret_file = "oidc.secret"\n'
    (tmp_path / "factcheck.toml").write_text(f"[web]\npasswords = false\n[web.oidc]\n{about}", "utf-8")
    with served(path) as told:
        yield told


@pytest.mark.parametrize(("scheme", "locale"), [("light", "en-GB"), ("dark", "de-DE")])
def test_person_goes_there_and_comes_back(
    browser: Browser, address: str, provider: StandIn, scheme: str, locale: str
) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme, locale=locale)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/claims/2")
    look_at(page)

    provider.person["email"] = "mallory@example.org"
    page.click("a.button.primary")
    page.wait_for_selector("[role=alert]")
    assert "mallory@example.org" in page.inner_text("[role=alert]")
    look_at(page)

    provider.person["email"] = "ana"
    page.click("a.button.primary")
    page.wait_for_url(f"{address}/claims/2")
    assert page.inner_text(".who strong") == "ana"
    page.click(".who button")
    page.wait_for_selector("[role=status]")
    look_at(page)
    page.goto("/")
    assert page.is_visible("a.button.primary")
    context.close()


def test_provider_that_does_not_answer_is_told(browser: Browser, address: str, provider: StandIn) -> None:
    provider.answers[WELL_KNOWN] = (500, {}, b"")
    page = browser.new_page(base_url=address)
    page.goto("/")
    page.click("a.button.primary")
    page.wait_for_selector("[role=alert]")

    assert "Try it again in a minute." in page.inner_text("[role=alert]")
    look_at(page)
    page.close()
