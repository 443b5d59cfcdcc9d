"""Reviewers as processes: each takes one claim after the other, decides it, and tells its number."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

NOTHING_FREE = 11
"""The exit code of one for whom nothing is left."""
OVER = "over"
"""A file in the reviewers' folder: from then on who finds nothing free leaves."""
_REVIEW = f"""
import io, json, sys, time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from factcheck.cli.main import run

name, told = sys.argv[1], sys.stdout
while True:
    is_over = Path("{OVER}").exists()
    with redirect_stdout(io.StringIO()) as shown, redirect_stderr(io.StringIO()) as said:
        code = run(["next", "--reviewer", name, "--json"])
    if code == {NOTHING_FREE} and not is_over:
        time.sleep(1)
        continue
    if code:
        sys.stderr.write(said.getvalue())
        sys.exit(code)
    number = json.loads(shown.getvalue())["id"]
    with redirect_stdout(io.StringIO()):
        code = run(["verdict", str(number), "false", "--reviewer", name, "--rationale", f"So says {{name}}."])
    if code:
        sys.exit(code)
    print(number, file=told, flush=True)
"""

Decided = Counter[tuple[str, int]]
"""How often each reviewer has decided each claim."""


class Reviewer:
    """Somebody at the desk of FACTCHECK_DB, in a process of their own, with that folder as the working one."""

    def __init__(self, name: str, folder: Path, url: str | None = None) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, "-c", _REVIEW, name],
            env=os.environ | ({"FACTCHECK_DB": url} if url else {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=folder,
        )

    def killed_at_work(self) -> Decided:
        """Kill them once they have decided something, and are at the next; returns what they had told."""
        assert self.process.stdout is not None
        first = self.process.stdout.readline()
        self.process.kill()
        return self._told(first + self.process.communicate()[0])

    def ended(self) -> Decided:
        """What they have decided, once nothing is left for them."""
        out, err = self.process.communicate()
        assert self.process.returncode == NOTHING_FREE, err
        return self._told(out)

    def _told(self, out: str) -> Decided:
        return Counter((self.name, int(one)) for one in out.splitlines())
