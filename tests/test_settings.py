from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from factcheck.domain.claim import Flag
from factcheck.domain.identity import IdentityClaim, ProviderSettings
from factcheck.domain.publisher import Publisher
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.errors import ConfigFileError
from factcheck.settings import Settings

Configured = Callable[[str], Settings]

WHOLE = """
scale = "averitec"
scales = ["own.toml", "more/other.toml"]
lease_minutes = 5
roles = true
heads_file = "kept/heads.txt"

[second_reading]
labels = ["false", "altered"]
flags = ["unsupported_number"]
editor_flag = true
sample = 0.25

[publisher]
name = "The Example"
url = "https://example.org/"
claim_url_pattern = "https://example.org/checks/{id}"
language = "en"

[fetch]
allow_private = true
archive_save = "https://archive.example/save/{url}"

[keys]
skip = "s"
"""


@pytest.fixture
def configured(folder: Path) -> Configured:
    """The settings with a text as ./factcheck.toml."""

    def settings(text: str) -> Settings:
        (folder / "factcheck.toml").write_text(text, "utf-8")
        return Settings.from_environment()

    return settings


def test_every_key_is_read(configured: Configured) -> None:
    settings = configured(WHOLE)

    assert (settings.scale, settings.scale_files) == ("averitec", ("own.toml", "more/other.toml"))
    assert (settings.lease, settings.roles, dict(settings.keys)) == (timedelta(minutes=5), True, {"skip": "s"})
    assert settings.heads_file == "kept/heads.txt"
    assert (settings.allow_private_fetch, settings.archive_save) == (True, "https://archive.example/save/{url}")
    assert settings.second_reading == SecondReadingRules(
        frozenset({"false", "altered"}), frozenset({Flag.UNSUPPORTED_NUMBER}), editor_flag=True, sample=0.25
    )
    assert settings.publisher == Publisher(
        "The Example", "https://example.org/", "https://example.org/checks/{id}", language="en"
    )


@pytest.mark.usefixtures("folder")
def test_no_file_means_the_defaults() -> None:
    assert Settings.from_environment() == Settings()


def test_environment_wins_over_the_file(configured: Configured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_LEASE_MINUTES", "7")
    monkeypatch.setenv("FACTCHECK_ALLOW_PRIVATE_FETCH", "0")
    monkeypatch.setenv("FACTCHECK_ARCHIVE_SAVE", "https://other.example/{url}")

    settings = configured(WHOLE)

    assert settings.lease == timedelta(minutes=7)
    assert (settings.allow_private_fetch, settings.archive_save) == (False, "https://other.example/{url}")


def test_empty_variable_leaves_the_file(configured: Configured, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LEASE_MINUTES", "ALLOW_PRIVATE_FETCH", "ARCHIVE_SAVE"):
        monkeypatch.setenv(f"FACTCHECK_{name}", "")

    settings = configured(WHOLE)

    assert settings.lease == timedelta(minutes=5)
    assert (settings.allow_private_fetch, settings.archive_save) == (True, "https://archive.example/save/{url}")


@pytest.mark.parametrize(
    ("text", "made"),
    [("[fetch]", (False, None)), ('[fetch]\narchive_save = ""', (False, None))],
    ids=["empty table", "empty address"],
)
def test_fetching_is_guarded_unless_told(configured: Configured, text: str, made: tuple[bool, str | None]) -> None:
    settings = configured(text)

    assert (settings.allow_private_fetch, settings.archive_save) == made


def test_scales_lie_beside_their_config(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "desk").mkdir()
    (folder / "desk" / "config.toml").write_text('scales = ["own.toml"]', "utf-8")
    monkeypatch.setenv("FACTCHECK_CONFIG", "desk/config.toml")

    assert Settings.from_environment().scale_files == ("desk/own.toml",)
    with pytest.raises(ConfigFileError, match=r"'missing\.toml' cannot be read"):
        Settings.from_environment(config="missing.toml")


def test_provider_is_read_and_its_secret_is_no_setting_of_the_file(
    configured: Configured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_OIDC_SECRET", "not to be seen")
    about = 'issuer = "https://login.example.org"\nclient_id = "desk"\nclaim = "preferred_username"'
    settings = configured(f'[web]\npasswords = false\n[web.oidc]\n{about}\nsecret_file = "s"\npeople = {{x = "ana"}}')

    wanted = ProviderSettings("https://login.example.org", "desk", IdentityClaim.USERNAME, {"x": "ana"})
    assert (settings.oidc, settings.oidc_secret_file, settings.web_passwords) == (wanted, "s", False)
    assert settings.oidc_secret == "not to be seen"  # noqa: S105 - a test's own
    assert "not to be seen" not in repr(settings)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('scael = "averitec"', "no key 'scael', only scale,"),
        ("[second_reading]\nlable = []", "no key 'second_reading.lable'"),
        ('[publisher]\nnme = "x"', "no key 'publisher.nme'"),
        ("scale = 5", "scale is 5; it takes a text"),
        ('roles = "yes"', "roles is 'yes'; it takes a true or false"),
        ("lease_minutes = true", "lease_minutes is True; it takes a whole number"),
        ("lease_minutes = 0", "lease_minutes is '0'"),
        ("scales = [1]", r"scales is \[1\]; it takes a list of texts"),
        ('[second_reading]\nflags = ["big"]', "second_reading.flags is 'big': .* there are unanchored_quote"),
        ('[sign_off]\nrequire = ["sources"]', "sign_off.require is 'sources': .* there are rationale, source"),
        ('[queue]\norder = ["third"]', "queue.order is 'third': .* there are first, second, adjudication"),
        ("[second_reading]\nsample = 2.0", "from 0 to 1, got 2.0"),
        ('[publisher]\nname = "x"', "publisher.url is missing"),
        ("fetch = true", "fetch is True; it takes a table"),
        (
            "[fetch]\nallow_privat = true",
            "no key 'fetch.allow_privat', only allow_private, archive_save, robots",
        ),
        ("[fetch]\npause = -1", "fetch.pause is -1"),
        ("[fetch]\nallow_private = 1", "fetch.allow_private is 1; it takes a true or false"),
        ("[fetch]\narchive_save = true", "fetch.archive_save is True; it takes a text"),
        ('[fetch]\narchive_save = "https://a.example"', r"toml' is broken: fetch.archive_save is .*with {url} in it"),
        ("[web.oidc]\nclient_id = 'x'", "web.oidc.issuer is missing"),
        ("[web.oidc]\nissuer = 'https://a.example'", "web.oidc.client_id is missing"),
        ("[web.oidc]\nissuer = 'https://a.example'\nclient_id = ' '", "it is empty"),
        ("[web.oidc]\nissuer = 'http://a.example'\nclient_id = 'x'", "no https address, or http on this machine"),
        ("[web.oidc]\nissuer = 'https://a.example?x'\nclient_id = 'x'", "no https address"),
        ("[web.oidc]\nissuer = 'ftp://a.example'\nclient_id = 'x'", "web.oidc.issuer is 'ftp://a.example'"),
        ("[web.oidc]\nissuer = 'https://a.example'\nclient_id = 'x'\nclaim = 'sub'", "there are email, preferred_user"),
        ("[web.oidc]\nissuer = 'https://a.example'\nclient_id = 'x'\nclient_secret = 'y'", "no key 'web.oidc.client_s"),
        ("[keys]\nskip = 1", "keys.skip is 1; it takes a text"),
        ("scale = ", r"factcheck\.toml' is broken"),
    ],
)
def test_mistake_in_the_file_is_named(configured: Configured, text: str, told: str) -> None:
    with pytest.raises(ConfigFileError, match=told):
        configured(text)
