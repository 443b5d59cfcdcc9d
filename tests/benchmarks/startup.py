"""How long a command takes to start, in multiples of what Python itself takes.

Run it with the Python that the package is installed for; it takes a minute or two.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.extraction import ExtractionSetup
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.window_outcome import insert_claims

if TYPE_CHECKING:
    from benchmarks.measure import at_most, median_ratio, process_seconds, report
else:  # a script's own folder is on the path, its parent is not
    from measure import at_most, median_ratio, process_seconds, report

PAIRS = 21
CLAIMS = 100_000
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def main() -> int:
    """Measure, report, and return the exit code."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        fill(path)
        help_ratio = ratio(("-m", "factcheck", "--help"), ("-c", "pass"))
        claims_ratio = ratio(("-m", "factcheck", "--db", str(path), "claims"), ("-c", "import sqlmodel"))
    return report(
        [
            at_most("factcheck --help, against python -c pass", 8, help_ratio, "x"),
            at_most(f"factcheck claims on {CLAIMS:,}, against import sqlmodel", 1.3, claims_ratio, "x"),
        ]
    )


def ratio(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """The median ratio of two command lines, both run once before, so that their bytecode is there."""
    for arguments in (first, second):
        process_seconds(*arguments)
    return median_ratio(lambda: process_seconds(*first), lambda: process_seconds(*second), PAIRS)


def fill(path: Path) -> None:
    """Make a database of many claims of one article."""
    database = Database(str(path))
    ledger = SqlLedger(database)
    filed = ledger.file_article(Article("Rain fell on Monday.", NOW), (), NOW)
    run_id = ledger.begin_run(filed.id, ExtractionSetup("openai:any", "extract_claims", "1", "0" * 64, {}), NOW)
    with database.writing() as connection:
        insert_claims(connection, list(claims(filed, run_id)))
    database.close()


def claims(filed: FiledArticle, run_id: int) -> Iterator[dict[str, object]]:
    """The column values of the claims."""
    anchor = Anchor(AnchorStatus.SENTENCE, sentence_ids=(1,))
    for number in range(CLAIMS):
        claim = Claim(f"Rain fell in town {number} on Monday.", "Rain fell", anchor, number % 10 / 10, "A fact.")
        yield rows.claim_values(claim, filed, run_id)


if __name__ == "__main__":
    sys.exit(main())
