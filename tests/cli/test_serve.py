"""Who may be served what: keys, passwords and addresses."""

import io
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Command

from factcheck.errors import NoPasswordsError, NoWebKeyError, OidcSecretError, ServingError
from factcheck.settings import Settings
from factcheck.web.oidc import OidcProvider
from factcheck.wiring import office

LOOPBACK = "http://127.0.0.1:8760"
PUBLIC = "https://desk.example.org"
GOOD = "correct horse battery"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> object:
    """Lets standard input hold a line."""

    def line(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{text}\n".encode())))

    return line


@pytest.fixture
def guarded(factcheck: Command, typed: object) -> Settings:
    """A desk with a key, and Ana with a password."""
    assert callable(typed)
    factcheck("people", "add", "ana")
    typed(GOOD)
    assert factcheck("people", "password", "ana").code == 0
    assert factcheck("init", "--web").code == 0
    return Settings.from_environment()


def test_key_is_for_its_owner_alone(guarded: Settings) -> None:
    assert stat.S_IMODE(Path(guarded.web_key).stat().st_mode) == 0o600


def test_key_is_never_replaced(guarded: Settings, factcheck: Command) -> None:
    before = Path(guarded.web_key).read_bytes()

    done = factcheck("init", "--web")

    assert done.code == 9
    assert Path(guarded.web_key).read_bytes() == before


def test_key_that_others_read_is_refused(guarded: Settings) -> None:
    Path(guarded.web_key).chmod(0o640)

    with pytest.raises(NoWebKeyError, match="read by others"), office(guarded, LOOPBACK):
        pass


@pytest.mark.parametrize("written", ["", "no key", "ab" * 31, "é" * 64])
def test_broken_key_is_refused(guarded: Settings, written: str) -> None:
    Path(guarded.web_key).write_text(written, "utf-8")

    with pytest.raises(NoWebKeyError, match="holds no key"), office(guarded, LOOPBACK):
        pass


def test_desk_with_passwords_is_not_served_without_its_key(guarded: Settings) -> None:
    Path(guarded.web_key).unlink()

    with pytest.raises(NoWebKeyError), office(guarded, LOOPBACK):
        pass


def test_desk_with_key_asks_for_passwords_on_loopback_too(guarded: Settings) -> None:
    with office(guarded, LOOPBACK) as opened:
        assert opened.is_guarded


def test_desk_with_key_is_served_under_its_address(guarded: Settings) -> None:
    with office(guarded, f"{PUBLIC}:443/") as opened:
        assert opened.address.origin == PUBLIC


def test_desk_without_passwords_is_served_on_loopback_alone(factcheck: Command) -> None:
    factcheck("people", "add", "ana")

    with office(Settings.from_environment(), LOOPBACK) as opened:
        assert not opened.is_guarded
    with pytest.raises(NoPasswordsError), office(Settings.from_environment(), PUBLIC):
        pass


def test_key_without_anybody_with_a_password_is_refused(factcheck: Command) -> None:
    factcheck("people", "add", "ana")
    factcheck("init", "--web")

    with pytest.raises(NoPasswordsError, match="nobody"), office(Settings.from_environment(), LOOPBACK):
        pass


OIDC = '[web.oidc]\nissuer = "https://login.example.org"\nclient_id = "desk"\nsecret_file = "oidc.secret"\n'


@pytest.fixture
def with_provider(factcheck: Command) -> Settings:
    """A desk with a key, a provider and its secret, and Ana without a password."""
    factcheck("people", "add", "ana")
    factcheck("init", "--web")
    Path("factcheck.toml").write_text(OIDC, "utf-8")
    Path("oidc.secret").write_text("s3cret\n", "utf-8")
    Path("oidc.secret").chmod(0o600)
    return Settings.from_environment()


def test_desk_with_provider_takes_nobodys_password(with_provider: Settings) -> None:
    with office(with_provider, PUBLIC) as opened:
        assert opened.is_guarded
        assert isinstance(opened.provider, OidcProvider)
        assert opened.provider.settings.secret == "s3cret"  # noqa: S105 - a test's own
        assert "s3cret" not in repr(opened)


def test_secret_of_the_environment_wins(with_provider: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    del with_provider
    Path("oidc.secret").unlink()
    monkeypatch.setenv("FACTCHECK_OIDC_SECRET", "another")

    with office(Settings.from_environment(), PUBLIC) as opened:
        assert isinstance(opened.provider, OidcProvider)
        assert opened.provider.settings.secret == "another"  # noqa: S105 - a test's own


def test_desk_with_provider_is_not_served_without_its_key(with_provider: Settings) -> None:
    Path(with_provider.web_key).unlink()

    with pytest.raises(NoWebKeyError, match="an identity provider is set"), office(with_provider, LOOPBACK):
        pass


@pytest.mark.parametrize(
    ("mode", "content", "told"),
    [(0o640, b"s", "by others"), (0o600, b" \n", "no secret"), (0o600, b"\xff", "no secret"), (None, b"", "no secret")],
)
def test_secret_that_others_read_or_none_is_refused(
    with_provider: Settings, mode: int | None, content: bytes, told: str
) -> None:
    file = Path("oidc.secret")
    file.write_bytes(content)
    file.chmod(mode or 0o600)
    if mode is None:
        file.unlink()

    with pytest.raises(OidcSecretError, match=told), office(with_provider, LOOPBACK):
        pass


def test_desk_that_nobody_could_come_into_is_refused(guarded: Settings) -> None:
    del guarded
    Path("factcheck.toml").write_text("[web]\npasswords = false\n", "utf-8")

    with pytest.raises(NoPasswordsError, match="nobody can log in"), office(Settings.from_environment(), LOOPBACK):
        pass


def test_provider_without_its_package_is_told(
    with_provider: Settings, factcheck: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    del with_provider
    monkeypatch.delitem(sys.modules, "factcheck.web.oidc", raising=False)
    monkeypatch.setitem(sys.modules, "authlib.common.errors", None)

    done = factcheck("serve", "--port", "0")

    assert done.code == 2
    assert "pip install 'factcheck-desk[oidc]'" in done.err


@pytest.mark.parametrize(
    "address", ["http://desk.example.org", f"{PUBLIC}/desk", "https://", "https://x:y", "https://a@b.example"]
)
def test_address_that_is_unsafe_or_none_is_refused(guarded: Settings, address: str) -> None:
    with pytest.raises(ServingError), office(guarded, address):
        pass


def test_other_host_takes_an_address(factcheck: Command) -> None:
    done = factcheck("serve", "--host", "0.0.0.0")  # noqa: S104 - what is refused

    assert done.code == 2
    assert "can be reached from elsewhere" in done.err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_desk_is_closed_when_it_is_told_to(factcheck: Command, folder: Path, number: signal.Signals) -> None:
    factcheck("people", "add", "ana")
    command = [sys.executable, "-m", "factcheck", "serve", "--port", "0"]

    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            assert process.stderr.readline().startswith("the desk is at http://127.0.0.1:")
            process.send_signal(number)
            process.wait(90)
        finally:
            process.kill()
        assert process.stderr.read() == "the desk is closed; what was asked by then is done\n"
        assert process.returncode == 0


def test_port_that_is_taken_is_told(factcheck: Command) -> None:
    factcheck("people", "add", "ana")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = factcheck("serve", "--port", taken.getsockname()[1])

    assert done.code == 2
    assert "cannot be listened at" in done.err


def test_serving_makes_no_desk(factcheck: Command) -> None:
    assert factcheck("serve", "--port", "0").code == 8
    assert not Path("factcheck.db").exists()


def test_password_is_no_argument(factcheck: Command) -> None:
    factcheck("people", "add", "ana")

    assert factcheck("people", "password", "ana", GOOD).code == 2


def test_taken_password_is_told_with_the_tokens_that_end(guarded: Settings, factcheck: Command) -> None:
    del guarded
    for name in ("ana", "eve", "ana"):
        assert factcheck("tokens", "add", name).code == 0

    done = factcheck("people", "password", "ana", "--remove")

    assert done.out == "ana has no password any more\n"
    assert "tokens that act as ana open nothing now: 1, 3" in done.err
    again = factcheck("people", "password", "ana", "--remove", "--json").json
    assert again == {"name": "ana", "has_password": False, "tokens_ended": []}


def test_password_of_nobody_is_refused(factcheck: Command, typed: object) -> None:
    assert callable(typed)
    factcheck("people", "add", "ana")
    typed(GOOD)

    assert factcheck("people", "password", "mallory").code == 6
