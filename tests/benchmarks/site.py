"""What a site of 10,000 claims costs: written for the first time, and once more without a change.

    python tests/benchmarks/site.py

Seconds are the command's processor's, memory is its highest. It takes some minutes, most of them to fill the desk.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from factcheck.domain.acts import Actor, edited
from factcheck.domain.review import ClaimQuery
from factcheck.domain.states import Act
from factcheck.storage.database import Database
from factcheck.storage.queue import SqlQueue

if TYPE_CHECKING:
    from benchmarks.measure import at_most, noted, report
    from benchmarks.reports import NOW, RUN, STANCES, Spent, fill
else:  # a script's own folder is on the path, its parent is not
    from measure import at_most, noted, report
    from reports import NOW, RUN, STANCES, Spent, fill

ARTICLES, CLAIMS = 100, 100
CONFIG = """[publisher]
name = "The Example"
url = "https://example.org/"
claim_url_pattern = "https://example.org/checks/{id}"
"""


def main() -> int:
    """Measure, report, and return the exit code."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "desk.db", ARTICLES, CLAIMS, STANCES[0])
        sign_off(folder / "desk.db")
        (folder / "factcheck.toml").write_text(CONFIG)
        first, again = (spent(folder) for _ in range(2))
        files = [one for one in (folder / "site").rglob("*") if one.is_file()]
        size = sum(one.stat().st_size for one in files) / 1e6
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return report(
        [
            at_most("a site of 10,000 claims, for the first time", 60, first.seconds, " s"),
            at_most("memory", 200, first.megabytes, " MB"),
            at_most("once more, without a change", 5, again.seconds, " s"),
            noted("files", f"{len(files):,}, {size:.0f} MB"),
            noted("load of the machine meanwhile", load),
        ]
    )


def sign_off(path: Path) -> None:
    """Sign off and publish every claim of a desk."""
    database = Database(str(path))
    queue = SqlQueue(database)
    for act in (Act.SIGNED_OFF, Act.PUBLISHED):
        with queue.changing() as change:
            for claim in list(queue.find(ClaimQuery(), NOW)):
                change.store(edited(claim, Actor("eve", NOW), act, None))
    database.close()


def spent(folder: Path) -> Spent:
    """Write the site and see what it took."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, "--db", "desk.db", "site", "-o", "site"],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
    )
    seconds, kibibytes = done.stdout.split()
    return Spent(float(seconds), int(kibibytes) / 1024)


if __name__ == "__main__":
    sys.exit(main())
