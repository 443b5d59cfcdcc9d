"""A report as JSON and as JSON lines: its one published record, with its hashes and its JSON Schema."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.resources import files
from typing import Any

from factcheck.domain.audit import canonical
from factcheck.domain.report import Masthead, ReportedArticle, ReportScope
from factcheck.domain.reported_claim import ReportedClaim
from factcheck.export.aside import Aside
from factcheck.export.records import Record, article_record, escaped, indented, ledger_record, named, plain, to_json

SCHEMA_VERSION = 3
_HASH = "record_sha256"


def report_schema() -> dict[str, Any]:
    """The JSON Schema of a report's record and, under `$defs/line`, of a line of JSON lines."""
    schema: dict[str, Any] = json.loads((files("factcheck.export") / "schemas" / "report.json").read_text("utf-8"))
    return schema


def report_json(masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """The whole record as one JSON object, written article by article."""
    whole = WholeReport(masthead)
    with Aside() as written:
        for number, one in enumerate(articles):
            written.write(",\n    " if number else "\n    ")
            written.write(indented(to_json(whole.add(one)), 4))
        end = "\n  " if whole.articles else ""
        yield to_json(whole.record())[: -len("\n}")] + ',\n  "articles": ['
        yield from written.pieces()
        yield f'{end}],\n  "{_HASH}": "{whole.sha256()}"\n}}\n'


def report_lines(masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """One claim a line, each whole by itself: with the tool, its article, and its own hash."""
    end = canonical({"schema_version": SCHEMA_VERSION, "tool": masthead.tool})[1:]
    for reported in articles:
        article = canonical(article_record(reported.filed))
        for claim in reported.claims:
            # The hash is of the claim's canonical text, so that text is written once, and the hash put at its end.
            written = canonical(plain(claim))
            yield escaped(f'{{"article":{article},"claim":{written[:-1]},"{_HASH}":"{_sha256(written)}"}},{end}') + "\n"


class WholeReport:
    """What a report says of all its articles, gathered while they pass by one at a time; so is the hash of its record.

    `articles`, `claims`, `checked` and `left_out` count; `by_hand` is whether people have added claims.
    """

    def __init__(self, masthead: Masthead) -> None:
        self._masthead = masthead
        self.articles = self.claims = self.checked = self.left_out = 0
        self.has_drafts = self.by_hand = False
        self._recordings: set[tuple[str, str | None]] = set()
        # Of the record's keys, sorted as its hash wants them, `articles` is the first.
        self._hash = sha256(b'{"articles":[')

    def add(self, reported: ReportedArticle) -> Record:
        """Count an article in; returns its record."""
        record = _reported_article(reported)
        self._hash.update(f"{',' if self.articles else ''}{canonical(record)}".encode())
        self.articles += 1
        self.claims += len(reported.claims)
        self.checked += len(reported.checked)
        self.left_out += reported.left_out
        self.has_drafts |= any(one.is_draft for one in reported.claims)
        self.by_hand |= any(one.added for one in reported.claims)
        self._recordings.update(recordings([reported]))
        return record

    def recordings(self) -> list[tuple[str, str | None]]:
        """Name and hash of each recording behind the claims, by name."""
        return _by_name(self._recordings)

    def record(self) -> Record:
        """The record without its articles and its hash, which come last in it."""
        masthead = self._masthead
        publisher = ("name", "url", "methodology", "corrections_policy")
        return {
            "schema_version": SCHEMA_VERSION,
            "tool": masthead.tool,
            "publisher": named(masthead.publisher, *publisher) if masthead.publisher else None,
            "has_drafts": self.has_drafts,
            "scope": _scope(masthead.scope),
            "scales": plain(masthead.scales),
            "recordings": [{"name": name, "sha256": digest} for name, digest in self.recordings()],
        }

    def sha256(self) -> str:
        """The hash of the record, in hex: the same database gives the same."""
        whole = self._hash.copy()
        whole.update(f"],{canonical(self.record())[1:]}".encode())
        return whole.hexdigest()


def claim_sha256(claim: ReportedClaim) -> str:
    """The hash of a claim's record, in hex."""
    return _sha256(canonical(plain(claim)))


def record_sha256(record: Record) -> str:
    """The hash of a record, in hex: of its canonical JSON without the hash itself."""
    return _sha256(canonical({name: value for name, value in record.items() if name != _HASH}))


def recordings(articles: Iterable[ReportedArticle]) -> list[tuple[str, str | None]]:
    """Name and hash of each recording behind the claims, by name."""
    runs = (claim.run for article in articles for claim in article.claims if claim.run)
    return _by_name({(one.recording, one.recording_sha256) for one in runs if one.recording})


def _by_name(found: Iterable[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
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
