"""`factcheck demo`: the whole way once, on a recorded answer of a real model."""

import json
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
from factcheck.domain.rating import TRUTH_5
from factcheck.domain.report import ReportScope
from factcheck.domain.review import ClaimQuery
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.sign_off import SignOffRules
from factcheck.export.formats import FORMATS, PAGE_FILES
from factcheck.settings import DEFAULT_DB, Settings
from factcheck.workflow import look_up
from factcheck.workflow.build_report import build_report
from factcheck.workflow.extract_batch import Wanted
from factcheck.workflow.plan_extraction import ExtractionOptions
from factcheck.workflow.replay_review import PreparedVerdict, publish_all, replay_review

_DATABASE = "factcheck-demo.db"
_REPORTS = {Path("factcheck-demo.md"): "markdown", Path("factcheck-demo.html"): "html"}
_REVIEWER = "sample"
_EDITOR = "sample editor"
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

    Fills ./factcheck-demo.db (or --db) and writes ./factcheck-demo.md and .html.
    """
    db = _DATABASE if settings.db == DEFAULT_DB else settings.db
    # The sample review must come out the same whatever the rules of this desk are.
    settings = replace(settings, db=db, roles=False, scale=TRUTH_5.id)
    settings = replace(settings, second_reading=SecondReadingRules(), sign_off=SignOffRules())
    for path in _REPORTS:
        ensure_no_treasure(path, settings)
    with wiring.stores(settings, creates=True) as opened:
        text, answers = (as_file(bundled("cassettes", "demo", f"trump_takaichi.{one}")) for one in ("txt", "yaml"))
        with text as article, answers as recording, BatchDisplay(opened.location) as told:
            options = ExtractionOptions(replay=recording)
            session = wiring.extraction_session(settings, options)
            done = wiring.extract_batch(opened, options, told).run(session, Wanted((str(article),)))
        article_id = done.summaries[0].article.id
        desk = wiring.desk(opened, settings)
        missed = replay_review(desk, article_id, _sample_review(), _REVIEWER)
        publish_all(desk, article_id, _EDITOR)
        show_claims(look_up.claims(opened, ClaimQuery(article_id=article_id)))
        report = build_report(wiring.newsroom(opened, settings, PAGE_FILES), ReportScope(article_id))
    for one in missed:
        say(f"no claim of the recording matches the sample verdict on {one.claim!r}")
    counts = ", ".join(f"{count} {label}" for label, count in report.articles[0].verdict_counts().items())
    write(f"verdicts: {counts or 'none'}, a sample review by {_REVIEWER!r}, published by {_EDITOR!r}")
    for path, form in _REPORTS.items():
        write_text(path, FORMATS[form].write(report.masthead, report.articles), settings)
    write(f"reports: {', '.join(map(str, _REPORTS))}\n\nnow type:")
    for step in _NEXT_STEPS:
        write(f"  factcheck --db {settings.db} {step}")


def _sample_review() -> list[PreparedVerdict]:
    prepared = []
    for line in bundled("cassettes", "demo", "sample_review.jsonl").read_text("utf-8").splitlines():
        told = json.loads(line)
        evidence = (EvidenceDraft(**one | {"stance": Stance(one["stance"])}) for one in told["evidence"])
        prepared.append(PreparedVerdict(told["claim"], told["label"], told["rationale"], tuple(evidence)))
    return prepared
