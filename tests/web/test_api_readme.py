"""The lines that the room's page gives to programs run as they stand."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import ROOT, Command
from readmes import blocks
from served_desk import served_desk

from factcheck.web.api import create_api

PAGE = ROOT / "factcheck" / "web" / "README.md"


@pytest.mark.usefixtures("demo_desk")
def test_lines_of_curl_run_as_they_stand(factcheck: Command, folder: Path) -> None:
    [block] = [one.text for one in blocks(PAGE, "console") if "curl" in one.text]
    tools = folder / "bin"
    tools.mkdir()
    command = tools / "factcheck"
    command.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m factcheck "$@"\n')
    command.chmod(0o755)

    with served_desk(folder) as served:
        lines = block.replace("127.0.0.1:8760", urlsplit(served.address).netloc).splitlines()
        script = "\n".join(line + " && echo" if line.startswith("ask ") else line for line in lines)
        environment = os.environ | {"PATH": f"{tools}:{os.environ['PATH']}"}
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script], env=environment, capture_output=True, text=True, check=False
        )

    assert done.returncode == 0, done.stdout + done.stderr
    assert '"Report"' in done.stdout
    number = re.findall(r'"id":(\d+),"uid"', done.stdout)[-1]
    claim = factcheck("claim", number, "--json").json
    assert (claim["editorial"], claim["verdict"]["label"]) == ("signed_off", "true")
    assert [one["description"] for one in claim["evidence"]] == ["The fire brigade, by telephone"]


def test_page_names_every_path() -> None:
    page = PAGE.read_text("utf-8")
    for path in create_api(None).openapi()["paths"]:  # type: ignore[arg-type] # nobody asks it
        last = [part for part in path.split("/") if part and not part.startswith("{")][-1]
        assert re.search(rf"[/`]{last}[`?/]", page), path
