"""What the desk tells programs: its claims, articles, runs and figures as plain structures, and those as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from factcheck.domain.agreement import Alpha
from factcheck.domain.article import FiledArticle
from factcheck.domain.audit import Head, Verification
from factcheck.domain.batch import FiledBatch
from factcheck.domain.comparison import Comparison
from factcheck.domain.cost import Estimate, Price
from factcheck.domain.evidence import Evidence
from factcheck.domain.extraction import ExtractionSummary, FiledRun, Usage
from factcheck.domain.fields import field_names
from factcheck.domain.reported_claim import ReportedPlace, ReportedSource, ReportedVerdict
from factcheck.domain.review import QueuedClaim, Verdict
from factcheck.domain.self_audit import SelfAudit
from factcheck.domain.sentence import Sentence, SentenceState, Span
from factcheck.domain.statistics import DeskStatistics
from factcheck.export.visible import STEERING

Record = dict[str, Any]

_SCALARS = frozenset({str, int, float, bool, type(None)})
"""What JSON holds as it stands, and most values are. Asked by type, not by isinstance: most enums are strings too."""


def to_json(value: object, *, indent: int | None = 2) -> str:
    """JSON that steers no terminal: control characters beyond ASCII are escaped too."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent))


def escaped(text: str) -> str:
    """JSON in which no control character stands unescaped, so that it steers no terminal."""
    return STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def indented(text: str, by: int) -> str:
    """JSON as it stands further in: all its lines but the first begin with so many blanks more."""
    return text.replace("\n", "\n" + by * " ")


def plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """A dataclass as a dict in the order of its fields, with all that is in it: enums by value, moments as ISO 8601."""
    written: Any = value
    if type(value) in _SCALARS:
        pass
    elif isinstance(value, Enum):
        written = value.value
    elif isinstance(value, date):
        written = value.isoformat()
    elif isinstance(value, Span):
        written = [value.start, value.end]
    elif isinstance(value, tuple | list):
        written = [plain(one) for one in value]
    elif is_dataclass(value):
        written = {name: plain(getattr(value, name)) for name in field_names(type(value))}
    elif isinstance(value, Mapping):
        written = {name: plain(one) for name, one in value.items()}
    return written


def named(of: object, *names: str) -> Record:
    """Those fields alone, in that order."""
    return {name: plain(getattr(of, name)) for name in names}


def claim_record(queued: QueuedClaim) -> Record:
    """A claim with its review. `segments` are `[start, end)` in code points of the stored text."""
    claim = queued.claim
    places = [plain(ReportedPlace.of(one, anchor=one.status)) for one in (claim.anchor, *claim.also)]
    return {
        **named(queued, "id", "uid", "revision", "article_id"),
        **named(claim, "text", "quote"),
        **places[0],
        "also": places[1:],
        **named(queued, "speaker", "when"),
        "locator": claim.locator,
        "check_worthiness": claim.check_worthiness,
        "check_worthiness_reason": claim.reason,
        "inferred": plain(claim.inferred),
        "flags": plain(claim.flags),
        "flag_reasons": {one.flag.value: one.reason for one in claim.doubts if one.reason},
        **named(queued, "status", "vanished_in", "lease"),
        "verdict": _verdict(queued.verdict) if queued.verdict else None,
        "readings": [_verdict(one) for one in queued.readings],
        **named(queued, "editorial", "words", "amendment", "second_asked", "aside", "duplicate_of", "split_from"),
        "editor_flags": plain(queued.flags),
        **named(queued, "contact", "notes"),
        "editorial_acts": [named(one, *_OF_EDITORIAL_ACTS) for one in queued.editorial_acts],
        **named(queued, "attribution", "assigned_to", "due_on", "added"),
        "corrections": [
            plain(one) | {"was": _verdict(one.was), "now": _verdict(one.now)} for one in queued.corrections
        ],
        "evidence": [evidence_record(one) for one in queued.evidence],
        "run": plain(queued.origin),
    }


_OF_EDITORIAL_ACTS = ("act", "editor", "at", "comment", "despite", "concerns")


def _verdict(verdict: Verdict) -> Record:
    """What is published of a verdict, and what is for colleagues alone."""
    return {**plain(ReportedVerdict.of(verdict)), **named(verdict, "note", "error_type")}


def statistics_record(found: DeskStatistics) -> Record:
    """How the desk works; ages and the time from lease to verdict are in seconds."""
    return {
        "oldest": found.oldest.total_seconds() if found.oldest is not None else None,
        "median_age": found.median_age.total_seconds() if found.median_age is not None else None,
        **plain(found.work),
        "reviewers": plain(found.by_reviewer),
        "agreement": [
            {"scale": one.scale, "version": one.version, "nominal": _alpha(one.nominal), "ordinal": _alpha(one.ordinal)}
            for one in found.agreement
        ],
    }


def _alpha(alpha: Alpha) -> Record:
    interval = [alpha.low, alpha.high]
    return {"units": alpha.units, "alpha": alpha.value, "interval": interval, "undefined": alpha.undefined}


def verification_record(found: Verification) -> Record:
    """What the verification of the log found."""
    told = {"whole": found.whole, "head": head_record(found.head), **named(found, "broken_at", "reason")}
    proof = found.proof
    if proof is None:
        return told | {"rows": None, "differences": [], "untold": []}
    untold = [{"table": table, "columns": columns, "rows": many} for (table, columns), many in proof.untold.items()]
    return told | {"rows": proof.rows, "differences": plain(proof.differences), "untold": untold}


def head_record(head: Head | None) -> Record | None:
    """The last event of the log with its hash."""
    return {"event": head.event_id, "hash": head.hash} if head else None


def evidence_record(evidence: Evidence) -> Record:
    """A piece of evidence with how its quote stands and what the last look at it told: all of it is published.

    But for who last told it in another way, which is for the desk.
    """
    record: Record = plain(ReportedSource.of_evidence(evidence))
    return record | named(evidence, "edited_by")


def self_audit_record(audit: SelfAudit) -> Record:
    """What a desk found out about its own work; each question with the numbers of the claims it is true of."""
    return {
        "verdicts": audit.verdicts,
        **{name: {"count": len(numbers), "claims": list(numbers)} for name, numbers in audit.found.items()},
        "targets": [
            {"speaker": speaker, "verdicts": labels.total(), "labels": dict(sorted(labels.items()))}
            for speaker, labels in audit.targets_by_number()
        ],
    }


def article_record(filed: FiledArticle) -> Record:
    """An article without its text; `published` is a moment where its page names one, else a day."""
    first = named(filed.article, "sha256", "title", "url", "authors")
    rest = named(filed.article, "language", "detected_language", "retrieved_at")
    return {"id": filed.id, **first, "published": plain(filed.article.published_as), **rest}


def article_and_page_record(filed: FiledArticle) -> Record:
    """An article without its text, with all that its page says of itself; reports leave that out."""
    return article_record(filed) | named(filed.article, "canonical_url", "publisher", "subtitle", "modified")


def sentence_record(sentence: Sentence, text: str, uncovered: Sequence[str]) -> Record:
    """A sentence with its span, its ledger entry, and the numbers and names in it that no claim of it holds."""
    where = {"id": sentence.position, "span": plain(sentence.span), "block": sentence.block.value}
    return {**where, "text": sentence.span.cut(text), **plain(sentence.entry), "uncovered": list(uncovered)}


def run_record(run: FiledRun) -> Record:
    """An extraction run with what it was made with and what it cost."""
    made_with = ("model", "prompt", "prompt_version", "prompt_hash", "parameters", "recording", "recording_sha256")
    return {
        **named(run, "id", "article_id"),
        **named(run.setup, *made_with),
        **cost_record(run.usage, run.price),
        "outcome": run.outcome,
    }


def cost_record(usage: Usage, price: float | None) -> Record:
    """What calls took, in tokens and seconds, and their price in dollars; None is unknown."""
    tokens = named(usage, "prompt_tokens", "cached_tokens", "completion_tokens")
    return {
        "calls": usage.calls,
        **(tokens if usage.is_counted else dict.fromkeys(tokens)),
        "uncounted_calls": usage.uncounted,
        "seconds": round(usage.seconds, 3),
        "price": _dollars(price),
    }


def comparison_record(found: Comparison) -> Record:
    """What changed between two runs."""
    return {
        "runs": [run_record(found.first.run), run_record(found.second.run)],
        **named(found, "asked_by_both", "kept", "lost", "gained"),
        "sentences": [
            {"id": position, "first": plain(first), "second": plain(second)} for position, first, second in found.moved
        ],
    }


def ledger_record(counts: Mapping[SentenceState, int]) -> Record:
    """How many sentences stand in each state, every state named."""
    return {state.value: counts.get(state, 0) for state in SentenceState}


def summary_record(summary: ExtractionSummary) -> Record:
    """What an extraction of one article did."""
    return {
        "article": article_and_page_record(summary.article),
        "run": summary.run_id,
        "batch": summary.batch,
        "new_claims": summary.new_claims,
        "sentences": ledger_record(summary.counts),
        "usage": cost_record(summary.usage, summary.price),
    }


def batch_record(batch: FiledBatch, now: datetime) -> Record:
    """A batch of questions; its age is in seconds, `left` counts the requests whose outcome is not stored yet."""
    about = ("id", "state", "server", "server_id", "status", "requests", "done", "failed", "left", "articles")
    age = round((now - batch.prepared_at).total_seconds())
    return {**named(batch, *about), "model": batch.setup.model, "prepared_at": plain(batch.prepared_at), "age": age}


def estimate_record(estimate: Estimate, price: Price | None) -> Record:
    """What calls would take; the price is in dollars, None if it is unknown."""
    return {
        **named(estimate, "calls", "prompt_tokens", "answer_tokens"),
        "price": _dollars(price.expected(estimate)) if price else None,
    }


def _dollars(price: float | None) -> float | None:
    """To a billionth: what lies behind it is the noise of adding."""
    return None if price is None else round(price, 9)
