"""What reports cost: 10,000 claims, with a source each and with two, as JSON lines and CSV, and a page of 500 claims.

    python tests/benchmarks/reports.py

Each report is a command of its own; seconds are its processor's, memory is what it takes beyond the
report of one article, each the middle one of five. The page is scrolled in Chromium. It takes about two minutes.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from factcheck.domain.acts import Actor, read
from factcheck.domain.article import Article
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.evidence import Evidence, Stance
from factcheck.domain.extraction import ExtractionSetup, Window, WindowOutcome
from factcheck.domain.review import ClaimQuery, Verdict
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.queue import SqlQueue
from factcheck.text.sentences import split_sentences

if TYPE_CHECKING:
    from benchmarks.measure import Figure, at_least, at_most, noted, report
else:  # a script's own folder is on the path, its parent is not
    from measure import Figure, at_least, at_most, noted, report

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ARTICLES, CLAIMS = 100, 100
PAGE_CLAIMS = 500
SENTENCE = "The council of town {0} said on Monday that {1} houses were built there in the year {2}."
STANCES = ((Stance.SUPPORTS,), (Stance.SUPPORTS, Stance.REFUTES))
"""What the evidence of a claim says: one piece, and two."""
LABELS = ("false", "mixed", "true", "unproven")
SETUP = ExtractionSetup("fake:model", "extract_claims", "1", "0" * 64, {"window": 9}, "tape.yaml", "a" * 64)


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took: processor seconds and megabytes at its highest."""

    seconds: float
    megabytes: float


def main() -> int:
    """Measure, report, and return the exit code."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        figures = [figure for stances in STANCES for figure in streams(folder, stances)]
        fill(folder / "page.db", 1, PAGE_CLAIMS, STANCES[-1])
        figures += page(folder)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return report([*figures, noted("load of the machine meanwhile", load)])


def fill(desk: Path | str, articles: int, claims: int, stances: Sequence[Stance] | None = None) -> None:
    """Make a desk whose claims nobody has read, or all decided with a piece of evidence for each of the stances."""
    database = Database(str(desk))
    ledger, queue = SqlLedger(database), SqlQueue(database)
    for number in range(articles):
        text = " ".join(SENTENCE.format(number, one + 2, 1500 + one) for one in range(claims))
        sentences = split_sentences(text, "en")
        filed = ledger.file_article(Article(text, NOW, title=f"Town {number}"), sentences, NOW)
        run = ledger.begin_run(filed.id, SETUP, NOW)
        entries = {one.position: LedgerEntry(SentenceState.CLAIMS) for one in sentences}
        found = tuple(claim_of(one, text) for one in sentences)
        ledger.record_outcome(run, filed, WindowOutcome(Window(tuple(sentences)), entries, found), NOW)
        ledger.end_run(run, "finished", NOW)
        if stances is not None:
            decide(queue, filed.id, stances)
    database.close()


def claim_of(sentence: Sentence, text: str) -> Claim:
    """A sentence as a claim."""
    words = sentence.span.cut(text)
    return Claim(words, words, Anchor(AnchorStatus.EXACT, (sentence.span,), (sentence.position,)), 0.7, "a number")


def decide(queue: SqlQueue, article_id: int, stances: Sequence[Stance]) -> None:
    """Give every claim of an article a verdict."""
    with queue.changing() as change:
        for claim in list(queue.find(ClaimQuery(article_id=article_id), NOW)):
            label = LABELS[claim.id % len(LABELS)]
            verdict = Verdict(label, "truth-5", 1, "ana", NOW, "The register of the town says so, year by year.")
            evidence = [source(claim.id, stance) for stance in stances]
            change.store(read(claim, Actor("ana", NOW), verdict, evidence, None))


def source(number: int, stance: Stance) -> Evidence:
    """A page with a quotation of some length."""
    quote = f"In the year {number} the register counts {number} houses, two fewer than the council says. " * 2
    return Evidence(f"https://example.org/{stance}/{number}", stance, NOW, quote, "The register", "The town", "1950")


def streams(folder: Path, stances: Sequence[Stance]) -> list[Figure]:
    """Ten thousand claims with a piece of evidence for each of the stances, line by line and row by row."""
    figures, database = [], f"desk{len(stances)}.db"
    fill(folder / database, ARTICLES, CLAIMS, stances)
    for form in ("jsonl", "csv"):
        one = spent(folder, database, "--article", "1", "--format", form)
        all_of = spent(folder, database, "--format", form)
        rate = (ARTICLES - 1) * CLAIMS / (all_of.seconds - one.seconds)
        figures += [
            at_least(f"{form}, {len(stances)} source(s) each: claims a second", 3_000, rate),
            at_most(
                f"{form}, likewise: memory beyond that of one article", 100, all_of.megabytes - one.megabytes, " MB"
            ),
        ]
    return figures


def page(folder: Path) -> list[Figure]:
    """The page of an article with 500 claims, as a file and in the browser."""
    start = spent(folder, "page.db", "--claim", "1", "--format", "jsonl")
    whole = spent(folder, "page.db", "--format", "html")
    size = (folder / "report").stat().st_size / 1e6
    return [
        at_most("html of 500 claims, the program's start included", 1, whole.seconds, " s"),
        noted("the start alone", f"{start.seconds:.2f} s"),
        at_most("html of 500 claims", 2, size, " MB"),
        *scrolling(folder / "report"),
    ]


def spent(folder: Path, database: str, *arguments: str) -> Spent:
    """Run `factcheck report` five times and see what the middle one took."""
    return sorted((spent_once(folder, database, *arguments) for _ in range(5)), key=lambda one: one.seconds)[2]


def spent_once(folder: Path, database: str, *arguments: str) -> Spent:
    command = ["--db", str(folder / database), "report", "--drafts", *arguments, "-o", str(folder / "report")]
    done = subprocess.run([sys.executable, "-c", RUN, *command], check=True, capture_output=True, text=True)
    seconds, kibibytes = done.stdout.split()
    return Spent(float(seconds), int(kibibytes) / 1024)


def scrolling(path: Path) -> list[Figure]:
    """How long Chromium takes to load the page, and frames while it scrolls through it; none where it is missing."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        return [noted("frames while scrolling", "no Chromium here")]
    html = path.rename(path.with_suffix(".html"))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 1000, "height": 800})
        opened.goto(html.as_uri())
        loaded = opened.evaluate(LOADED)
        frames = opened.evaluate(SCROLL)
        browser.close()
    ordered = quantiles(frames, n=20)
    return [
        at_most("html of 500 claims, loaded in Chromium", 1_000, loaded, " ms"),
        at_most("frame while scrolling, median", 20, ordered[9], " ms"),
        noted("frame while scrolling, 95 of 100", f"{ordered[18]:.0f} ms"),
    ]


RUN = """
import atexit, re, sys, time
from pathlib import Path
from factcheck.cli.main import main
highest = lambda: re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
atexit.register(lambda: print(time.process_time(), highest()))
main()
"""
"""The command with what it took; Linux keeps the most memory that a process has held in its own status."""

LOADED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"
SCROLL = """() => new Promise(resolve => {
  const frames = [];
  let last = performance.now();
  const step = now => {
    frames.push(now - last);
    last = now;
    window.scrollBy(0, 120);
    if (frames.length < 400) requestAnimationFrame(step); else resolve(frames.slice(1));
  };
  requestAnimationFrame(step);
})"""


if __name__ == "__main__":
    sys.exit(main())
