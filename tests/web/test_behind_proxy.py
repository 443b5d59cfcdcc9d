"""The desk of a newsroom: with passwords, under a name, behind the proxy of the README."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
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

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
pytestmark = pytest.mark.skipif(
    NGINX is None or shutil.which("openssl") is None,
    reason="needs nginx and openssl: apt-get install nginx-light openssl",
)
NAME, GOOD = "desk.example.org", "correct horse battery"


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
def desk(path: Path, tmp_path: Path) -> Iterator[httpx2.Client]:
    """Asks the proxy, as somebody who believes its name."""
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"),
            *("-keyout", str(tmp_path / "desk.key"), "-out", str(tmp_path / "desk.pem")),
        ],
        check=True,
        capture_output=True,
    )
    with served(path) as told, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        configuration = tmp_path / "nginx.conf"
        configuration.write_text(_configuration(tmp_path, port, told.rpartition(":")[2]))
        assert NGINX is not None
        proxy = subprocess.Popen([NGINX, "-p", str(tmp_path), "-c", str(configuration), "-e", "stderr"])
        try:
            _wait_for(port)
            headers = {"Host": NAME}
            with httpx2.Client(base_url=f"https://127.0.0.1:{port}", verify=False, headers=headers) as client:
                yield client
        finally:
            proxy.terminate()
            proxy.wait(30)


def _configuration(folder: Path, port: int, desk_port: str) -> str:
    """The README's own lines, with the ports and files of this test."""
    [block] = blocks(ROOT / "factcheck" / "web" / "README.md", "nginx")
    server = block.text.replace("listen 443", f"listen 127.0.0.1:{port}").replace(":8760", f":{desk_port}")
    server = re.sub(r"/etc/ssl/(desk\.\w+)", rf"{folder}/\1", server)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    return f"daemon off; pid {folder}/nginx.pid; events {{}} http {{ access_log off; {paths} {server} }}"


def _wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def test_newsroom_logs_in_through_the_proxy(desk: httpx2.Client) -> None:
    door = desk.get("/enter")
    assert door.status_code == 200
    token = html.fromstring(door.text).xpath("//input[@name='token']/@value")[0]
    sent = {"token": token, "name": "ana", "password": GOOD}
    headers = {"Origin": f"https://{NAME}", "Sec-Fetch-Site": "same-origin"}

    entered = desk.post("/enter", data=sent, headers=headers)

    assert entered.status_code == 303
    assert "Secure" in entered.headers["set-cookie"]
    assert "What waits for you" in desk.get("/").text
    assert desk.post("/enter", data=sent, headers=headers | {"Origin": "https://evil.example"}).status_code == 403
    desk.cookies.clear()
    assert desk.get("/").status_code == 303
