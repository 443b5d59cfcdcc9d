"""`factcheck demo`: the whole way once, on a recorded answer of a real model."""

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import as_file
from pathlib import Path

import click

from factcheck import wiring
from factcheck.bundled import bundled
from factcheck.cli.claims import show_claims
from factcheck.cli.options import db_option
from factcheck.cli.output import ensure_no_treasure
from factcheck.cli.progress import BatchDisplay
from factcheck.cli.report import write_text
from factcheck.cli.terminal import say, write
from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.lookup import LookSettings
from factcheck.domain.publisher import Publisher
from factcheck.domain.rating import TRUTH_5
from factcheck.domain.report import ReportScope
from factcheck.domain.review import ClaimQuery
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.sign_off import SignOffRules
from factcheck.export.formats import FORMATS, PAGE_FILES
from factcheck.settings import DEFAULT_DB, Settings
from factcheck.wiring.looking import LookupOptions
from factcheck.workflow import look_up
from factcheck.workflow.build_report import build_report
from factcheck.workflow.extract_batch import Wanted
from factcheck.workflow.plan_extraction import ExtractionOptions
from factcheck.workflow.ports import Stores
from factcheck.workflow.replay_review import PreparedVerdict, publish_all, replay_review
from factcheck.workflow.review_claim import Desk

_DATABASE = "factcheck-demo.db"
_REPORTS = {Path("factcheck-demo.md"): "markdown", Path("factcheck-demo.html"): "html"}
_REVIEWER = "sample"
_EDITOR = "sample editor"
_SITE = Path("factcheck-demo-site")
_PUBLISHER = Publisher("Your newsroom", "https://news.example", "https://news.example/claims/{id}")
LOOKED_UP = "Sanae Takaichi is the newly appointed Minister for Economic Security of Japan."
LOOK_UP = LookSettings(("searxng",), "https://search.example")
"""The claim that is looked up, and the search that is asked: both are played, and the pages are invented."""
_NEXT_STEPS = (
    "next --reviewer YOU              take the claim most worth checking",
    "verdict N false --reviewer YOU   decide it",
    "report                           read the report again",
)


@click.command("demo")
@db_option
@click.pass_obj
def demo_command(settings: Settings) -> None:
    """Run the whole thing once, on a recorded answer: no key, no network.

    Fills ./factcheck-demo.db (or --db) and writes ./factcheck-demo.md, ./factcheck-demo.html and the folder
    ./factcheck-demo-site.
    """
    db = _DATABASE if settings.db == DEFAULT_DB else settings.db
    # The sample review must come out the same whatever the rules of this desk are.
    settings = replace(settings, db=db, roles=False, scale=TRUTH_5.id)
    settings = replace(settings, second_reading=SecondReadingRules(), sign_off=SignOffRules())
    for path in _REPORTS:
        ensure_no_treasure(path, settings)
    with wiring.stores(settings, creates=True) as opened:
        article_id = extract_article(opened, settings)
        desk = wiring.desk(opened, settings)
        missed = replay_review(desk, article_id, _sample_review(), _REVIEWER)
        publish_all(desk, article_id, _EDITOR)
        looked_up = _play_look_up(opened, desk, settings, article_id)
        show_claims(look_up.claims(opened, ClaimQuery(article_id=article_id)))
        report = build_report(wiring.newsroom(opened, settings, PAGE_FILES), ReportScope(article_id))
    for one in missed:
        say(f"no claim of the recording matches the sample verdict on {one.claim!r}")
    counts = ", ".join(f"{count} {label}" for label, count in report.articles[0].verdict_counts().items())
    write(f"verdicts: {counts or 'none'}, a sample review by {_REVIEWER!r}, published by {_EDITOR!r}")
    for path, form in _REPORTS.items():
        write_text(path, FORMATS[form].write(report.masthead, report.articles), settings)
    from factcheck.cli.site import write_site  # noqa: PLC0415 - its templates' engine loads with it

    write_site(replace(settings, publisher=settings.publisher or _PUBLISHER), _SITE, takes_over=True)
    write(f"reports: {', '.join(map(str, (*_REPORTS, _SITE / 'index.html')))}\n\nnow type:")
    for step in (*_looked(looked_up), *_NEXT_STEPS):
        write(f"  factcheck --db {settings.db} {step}")


def extract_article(opened: Stores, settings: Settings) -> int:
    """Extract the demo's article from its recording; returns its number."""
    text, answers = (as_file(bundled("cassettes", "demo", f"trump_takaichi.{one}")) for one in ("txt", "yaml"))
    with text as article, answers as recording, BatchDisplay(opened.location) as told:
        options = ExtractionOptions(replay=recording)
        session = wiring.extraction_session(settings, options)
        done = wiring.extract_batch(opened, options, told).run(session, Wanted((str(article),)))
    return done.summaries[0].article.id


def claim_to_look_up(opened: Stores, article_id: int) -> int | None:
    """The number of the claim that is looked up; None if somebody has put it otherwise."""
    found = look_up.claims(opened, ClaimQuery(article_id=article_id))
    return next((one.id for one in found if one.claim.text == LOOKED_UP), None)


def _play_look_up(opened: Stores, desk: Desk, settings: Settings, article_id: int) -> int | None:
    """Look one claim up, unless that was done before; returns its number, or none."""
    number = claim_to_look_up(opened, article_id)
    look = wiring.looking(opened, desk)
    if number is not None and look.last(number) is None:
        with (
            as_file(bundled("cassettes", "stand_in", "demo_look_up.yaml")) as recording,
            wiring.lookup_session(replace(settings, look=LOOK_UP), LookupOptions(replay=recording)) as searching,
        ):
            look.run(number, searching)
    return number


def _looked(number: int | None) -> Iterator[str]:
    if number is not None:
        yield f"{f'look {number} --last':<32} see where it might be checked, on invented pages"


def _sample_review() -> list[PreparedVerdict]:
    prepared = []
    for line in bundled("cassettes", "demo", "sample_review.jsonl").read_text("utf-8").splitlines():
        told = json.loads(line)
        evidence = (EvidenceDraft(**one | {"stance": Stance(one["stance"])}) for one in told["evidence"])
        prepared.append(PreparedVerdict(told["claim"], told["label"], told["rationale"], tuple(evidence)))
    return prepared
