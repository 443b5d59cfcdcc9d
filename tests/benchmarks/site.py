"""What a site of 10,000 claims costs: written for the first time, and once more without a change.

    python tests/benchmarks/site.py

Seconds are the command's processor's, memory is its highest. No pictures are drawn as PNG, which the extra `cards` does
where it is installed; what one takes is measured apart. It takes some minutes, most of them to fill the desk.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from factcheck.domain.acts import Actor, edited
from factcheck.domain.review import ClaimQuery
from factcheck.domain.states import Act
from factcheck.export.card_picture import card_drawer
from factcheck.storage.database import Database
from factcheck.storage.queue import SqlQueue

if TYPE_CHECKING:
    from benchmarks.measure import at_most, noted, report
    from benchmarks.reports import NOW, RUN, STANCES, Spent, fill
else:  # a script's own folder is on the path, its parent is not
    from measure import at_most, noted, report
    from reports import NOW, RUN, STANCES, Spent, fill

ARTICLES, CLAIMS = 100, 100
RUN_WITHOUT_PNG = f"import sys; sys.modules['resvg_py'] = None\n{RUN}"
"""The command as where the package that draws PNG is not installed."""
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
        picture = drawn(next((folder / "site").rglob("card.svg")).read_text())
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return report(
        [
            at_most("a site of 10,000 claims, for the first time", 60, first.seconds, " s"),
            at_most("memory", 200, first.megabytes, " MB"),
            at_most("once more, without a change", 5, again.seconds, " s"),
            noted("files", f"{len(files):,}, {size:.0f} MB"),
            noted("a picture as PNG, beyond that", picture),
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


def drawn(svg: str) -> str:
    """What a picture takes of a processor, the middle one of nine."""
    draw = card_drawer()
    if draw is None:
        return "no package or no fonts for it here"
    taken = list[float]()
    for _ in range(9):
        begun = time.process_time()
        draw(svg)
        taken.append(time.process_time() - begun)
    return f"{1000 * median(taken):.0f} ms"


def spent(folder: Path) -> Spent:
    """Write the site and see what it took."""
    done = subprocess.run(
        [sys.executable, "-c", RUN_WITHOUT_PNG, "--db", "desk.db", "site", "-o", "site"],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
    )
    seconds, kibibytes = done.stdout.split()
    return Spent(float(seconds), int(kibibytes) / 1024)


if __name__ == "__main__":
    sys.exit(main())
