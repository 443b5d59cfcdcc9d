"""The desk of a newsroom: with passwords, under a name, behind the proxies of the README."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import httpx2
import pytest
from conftest import ROOT
from lxml import html
from readmes import blocks
from stage import Stage
from web_server import served, stage_in

from factcheck.domain.states import Role
from factcheck.settings.web_key import make_key
from factcheck.storage.accounts import SqlAccounts
from factcheck.storage.database import Database
from factcheck.storage.people import SqlPeople
from factcheck.web.passwords import ArgonPasswords
from factcheck.workflow.log_in import Doorkeeper, set_password

_PLACES = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"
PROXIES = {one: shutil.which(one, path=_PLACES) for one in ("nginx", "caddy")}
HAS_OPENSSL = shutil.which("openssl") is not None
README = ROOT / "factcheck" / "web" / "README.md"
NAME, GOOD = "desk.example.org", "correct horse battery"
FROM_PAGE = {"Origin": f"https://{NAME}", "Sec-Fetch-Site": "same-origin"}
WRONG = 30
"""So many wrong passwords of one address, and it waits."""
Asking = Callable[..., httpx2.Client]
"""Asks from an address of loopback, and may add headers."""


@pytest.fixture
def path(empty_database: Path, tmp_path: Path) -> Path:
    """A desk with a key and an address, where Ana has a password."""
    path = Path(shutil.copy(empty_database, tmp_path / "desk.db"))
    with stage_in(path) as stage:
        stage.file()
        _give_password(stage, path)
    make_key(tmp_path / "factcheck.key")
    (tmp_path / "factcheck.toml").write_text(f'[web]\naddress = "https://{NAME}"\n')
    return path


def _give_password(stage: Stage, path: Path) -> None:
    database = Database(str(path))
    people = SqlPeople(database)
    people.set_roles("ana", [Role.REVIEWER], stage.clock(), None)
    set_password(Doorkeeper(people, SqlAccounts(database), ArgonPasswords(), stage.clock), "ana", GOOD, None)
    database.close()


@pytest.fixture
def desk_port(path: Path) -> Iterator[int]:
    """Where the desk itself listens."""
    with served(path) as told:
        yield int(told.rpartition(":")[2])


@pytest.fixture(params=PROXIES)
def asking(request: pytest.FixtureRequest, desk_port: int, tmp_path: Path) -> Iterator[Asking]:
    """Asks the proxy, as somebody who believes its name."""
    program = PROXIES[request.param]
    if program is None or not HAS_OPENSSL:
        pytest.skip(f"needs {request.param} and openssl: apt-get install nginx-light caddy openssl")
    _certify(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = {"nginx": _nginx, "caddy": _caddy}[request.param](program, tmp_path, port, desk_port)
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    with subprocess.Popen(command, env=os.environ | home) as proxy:
        try:
            _wait_for(port)
            with _clients(f"https://127.0.0.1:{port}") as asks:
                yield asks
        finally:
            proxy.terminate()
            proxy.wait(30)


@contextmanager
def _clients(base: str) -> Iterator[Asking]:
    opened: list[httpx2.Client] = []

    def asks(address: str = "127.0.0.1", **headers: str) -> httpx2.Client:
        transport = httpx2.HTTPTransport(verify=False, local_address=address)
        client = httpx2.Client(base_url=base, transport=transport, headers={"Host": NAME, **headers}, timeout=60)
        client.event_hooks["request"] = [lambda asked: asked.extensions.update(sni_hostname=NAME)]
        if not base.startswith("https:"):  # a cookie that is Secure is given back all the same
            client.event_hooks["response"] = [partial(_keep_cookie, client)]
        opened.append(client)
        return client

    yield asks
    for one in opened:
        one.close()


def _keep_cookie(client: httpx2.Client, answer: httpx2.Response) -> None:
    if given := answer.headers.get("set-cookie"):
        client.headers["Cookie"] = given.partition(";")[0]


def _certify(folder: Path) -> None:
    command = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}")
    named = ("-addext", f"subjectAltName=DNS:{NAME}", "-keyout", str(folder / "desk.key"))
    subprocess.run([*command, *named, "-out", str(folder / "desk.pem")], check=True, capture_output=True)


def _nginx(program: str, folder: Path, port: int, desk_port: int) -> list[str]:
    """By the README's own lines, with the ports and files of this test."""
    [block] = blocks(README, "nginx")
    server = block.text.replace("listen 443", f"listen 127.0.0.1:{port}").replace(":8760", f":{desk_port}")
    server = re.sub(r"/etc/ssl/(desk\.\w+)", rf"{folder}/\1", server)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    told = f"daemon off; pid {folder}/nginx.pid; events {{}} http {{ access_log off; {paths} {server} }}"
    (folder / "nginx.conf").write_text(told)
    return [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]


def _caddy(program: str, folder: Path, port: int, desk_port: int) -> list[str]:
    """The same; the certificate is one of the test, since nobody else gives one for that name here."""
    [block] = blocks(README, "caddy")
    site = f"{NAME}:{port} {{\n  tls {folder}/desk.pem {folder}/desk.key\n  bind 127.0.0.1"
    server = block.text.replace(f"{NAME} {{", site).replace(":8760", f":{desk_port}")
    (folder / "Caddyfile").write_text(f"{{\n  admin off\n  auto_https disable_redirects\n}}\n{server}")
    return [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


def _wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def log_in(client: httpx2.Client, name: str = "ana", password: str = GOOD) -> httpx2.Response:
    token = html.fromstring(client.get("/enter").text).xpath("//input[@name='token']/@value")[0]
    return client.post("/enter", data={"token": token, "name": name, "password": password}, headers=FROM_PAGE)


def guess_wrong(client: httpx2.Client, forged: Callable[[int], str]) -> list[int]:
    """What each of so many wrong passwords is answered with, every one under another name and forged address."""
    token = html.fromstring(client.get("/enter").text).xpath("//input[@name='token']/@value")[0]
    statuses = []
    for number in range(WRONG + 1):
        sent = {"token": token, "name": f"name{number}", "password": "wrong wrong wrong"}
        headers = FROM_PAGE | {"X-Forwarded-For": forged(number), "X-Real-IP": forged(number)}
        statuses.append(client.post("/enter", data=sent, headers=headers).status_code)
    return statuses


def test_newsroom_logs_in_through_the_proxy(asking: Asking) -> None:
    desk = asking()
    assert desk.get("/enter").status_code == 200

    entered = log_in(desk)

    assert entered.status_code == 303
    assert "Secure" in entered.headers["set-cookie"]
    assert "What waits for you" in desk.get("/").text
    sent = {"name": "ana", "password": GOOD}
    assert desk.post("/enter", data=sent, headers=FROM_PAGE | {"Origin": "https://evil.example"}).status_code == 403
    desk.cookies.clear()
    assert desk.get("/").status_code == 303


def test_forged_address_lets_nobody_guess_on_and_shuts_nobody_out(asking: Asking) -> None:
    mallory, ana = asking("127.0.0.2"), asking("127.0.0.3")

    statuses = guess_wrong(mallory, lambda number: "127.0.0.3" if number % 2 else f"203.0.113.{number}, 127.0.0.1")

    assert statuses == [401] * WRONG + [429]
    assert log_in(mallory).status_code == 429
    assert log_in(ana).status_code == 303


def test_nobody_but_a_proxy_on_loopback_names_addresses(desk_port: int) -> None:
    with _clients(f"http://127.0.0.1:{desk_port}") as asks:
        mallory, ana = asks("127.0.0.2"), asks("127.0.0.3")

        assert guess_wrong(mallory, lambda number: f"203.0.113.{number}") == [401] * WRONG + [429]
        assert log_in(ana).status_code == 303
