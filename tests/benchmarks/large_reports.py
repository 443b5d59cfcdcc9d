"""What reports of a large desk cost: 120,000 drafts in 10,000 articles, in each form, and three claims out of them.

    python tests/benchmarks/large_reports.py [ARTICLES]

Each report is a command of its own: memory is the most that it has held, seconds are its processor's. The desk of
10,000 articles takes ten minutes to fill, and its reports ten more; a thousand articles say the same of the memory.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from factcheck.export.formats import FORMATS

if TYPE_CHECKING:
    from benchmarks.measure import Figure, at_most, noted, report
    from benchmarks.reports import fill, spent_once
else:  # a script's own folder is on the path, its parent is not
    from measure import Figure, at_most, noted, report
    from reports import fill, spent_once

ARTICLES, DRAFTS = 10_000, 12
MOST_MEGABYTES = 300
THREE_CLAIMS = tuple(part for number in (7, 70, 700) for part in ("--claim", str(number)))


def main(articles: int) -> int:
    """Measure, report, and return the exit code."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "desk.db", articles, DRAFTS)
        figures = [figure for form in FORMATS if form != "claimreview" for figure in all_drafts(folder, form)]
        three = spent_once(folder, "desk.db", "--format", "html", *THREE_CLAIMS)
        figures.append(at_most("html of three claims, the program's start included", 2, three.seconds, " s"))
    return report([noted("drafts", f"{articles * DRAFTS:,}"), *figures])


def all_drafts(folder: Path, form: str) -> list[Figure]:
    """Every draft of the desk in this form."""
    took = spent_once(folder, "desk.db", "--format", form)
    size = (folder / "report").stat().st_size / 1e6
    return [
        at_most(f"{form}: memory", MOST_MEGABYTES, took.megabytes, " MB"),
        noted(f"{form}: processor, size", f"{took.seconds:.0f} s, {size:.0f} MB"),
    ]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES))
