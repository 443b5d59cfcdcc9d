"""A report as JSON and as JSON lines: its one published record, with its hashes and its JSON Schema."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.resources import files
from typing import Any

from factcheck.domain.audit import canonical
from factcheck.domain.report import Masthead, Report, ReportedArticle, ReportScope
from factcheck.domain.reported_claim import ReportedClaim
from factcheck.export.records import Record, article_record, escaped, ledger_record, named, plain, to_json

SCHEMA_VERSION = 3
_HASH = "record_sha256"


def report_schema() -> dict[str, Any]:
    """The JSON Schema of a report's record and, under `$defs/line`, of a line of JSON lines."""
    schema: dict[str, Any] = json.loads((files("factcheck.export") / "schemas" / "report.json").read_text("utf-8"))
    return schema


def report_json(masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """The whole record as one JSON object."""
    yield to_json(report_record(Report(masthead, tuple(articles)))) + "\n"


def report_lines(masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """One claim a line, each whole by itself: with the tool, its article, and its own hash."""
    end = canonical({"schema_version": SCHEMA_VERSION, "tool": masthead.tool})[1:]
    for reported in articles:
        article = canonical(article_record(reported.filed))
        for claim in reported.claims:
            # The hash is of the claim's canonical text, so that text is written once, and the hash put at its end.
            written = canonical(plain(claim))
            yield escaped(f'{{"article":{article},"claim":{written[:-1]},"{_HASH}":"{_sha256(written)}"}},{end}') + "\n"


def report_record(report: Report) -> Record:
    """A whole report, with its own hash: the same database gives the same record."""
    masthead = report.masthead
    publisher = ("name", "url", "methodology", "corrections_policy")
    record = {
        "schema_version": SCHEMA_VERSION,
        "tool": masthead.tool,
        "publisher": named(masthead.publisher, *publisher) if masthead.publisher else None,
        "has_drafts": report.has_drafts,
        "scope": _scope(masthead.scope),
        "scales": plain(masthead.scales),
        "recordings": [{"name": name, "sha256": digest} for name, digest in recordings(report.articles)],
        "articles": [_reported_article(one) for one in report.articles],
    }
    return _sealed(record)


def claim_sha256(claim: ReportedClaim) -> str:
    """The hash of a claim's record, in hex."""
    return _sha256(canonical(plain(claim)))


def record_sha256(record: Record) -> str:
    """The hash of a record, in hex: of its canonical JSON without the hash itself."""
    return _sha256(canonical({name: value for name, value in record.items() if name != _HASH}))


def recordings(articles: Iterable[ReportedArticle]) -> list[tuple[str, str | None]]:
    """Name and hash of each recording behind the claims, by name."""
    runs = (claim.run for article in articles for claim in article.claims if claim.run)
    found = {(one.recording, one.recording_sha256) for one in runs if one.recording}
    return sorted(found, key=lambda one: (one[0], one[1] or ""))


def _reported_article(reported: ReportedArticle) -> Record:
    return article_record(reported.filed) | {
        "sentences": ledger_record(reported.ledger_counts()),
        "verdicts": reported.verdict_counts(),
        "claims_left_out": reported.left_out,
        "claims": [_sealed(plain(claim)) for claim in reported.claims],
    }


def _scope(scope: ReportScope) -> Record:
    """As asked for. `claim_ids` stands only where several claims are named: a report on one claim keeps its bytes."""
    claims = sorted(set(scope.claim_ids))
    record: Record = {"article_id": scope.article_id, "claim_id": claims[0] if len(claims) == 1 else None}
    if len(claims) > 1:
        record["claim_ids"] = claims
    return record | named(scope, "since", "until", "drafts")


def _sealed(record: Record) -> Record:
    return record | {_HASH: record_sha256(record)}


def _sha256(written: str) -> str:
    return sha256(written.encode()).hexdigest()
