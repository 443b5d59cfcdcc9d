"""Articles, claims and reports as plain structures, and those as JSON."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from factcheck.domain.agreement import Alpha
from factcheck.domain.article import FiledArticle
from factcheck.domain.audit import Event, Verification
from factcheck.domain.claim import Anchor, Claim
from factcheck.domain.comparison import Comparison, GivenClaim
from factcheck.domain.cost import Estimate, Price
from factcheck.domain.desk import Draft, Person
from factcheck.domain.evidence import Evidence, EvidenceCheck
from factcheck.domain.extraction import ExtractionSummary, FiledRun
from factcheck.domain.rating import RatingScale
from factcheck.domain.review import Correction, QueuedClaim, Verdict
from factcheck.domain.self_audit import SelfAudit
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState
from factcheck.domain.statistics import DeskStatistics, Work
from factcheck.export.visible import STEERING

Record = dict[str, Any]


def to_json(value: object, *, indent: int | None = 2) -> str:
    """JSON that steers no terminal: control characters beyond ASCII are escaped too."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent))


def escaped(text: str) -> str:
    """JSON in which no control character stands unescaped, so that it steers no terminal.

    JSON has escaped those before the blank itself.
    """
    if text.isascii() and "\x7f" not in text:
        return text
    return text if text.isprintable() else STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def claim_record(queued: QueuedClaim) -> Record:
    """A claim with its review. `segments` are `[start, end)` in code points of the stored text."""
    return {
        "id": queued.id,
        "uid": queued.uid,
        "revision": queued.revision,
        "article_id": queued.article_id,
        **_words(queued.claim),
        "status": queued.status.value,
        "vanished_in": queued.vanished_in,
        "lease": {"reviewer": queued.lease.reviewer, "until": _moment(queued.lease.until)} if queued.lease else None,
        "verdict": _verdict(queued.verdict) if queued.verdict else None,
        "readings": [_verdict(one) for one in queued.readings],
        **_desk_record(queued),
        "evidence": [evidence_record(one) for one in queued.evidence],
        "run": {
            "id": queued.origin.id,
            "model": queued.origin.model,
            "prompt": queued.origin.prompt,
            "prompt_version": queued.origin.prompt_version,
            "prompt_hash": queued.origin.prompt_hash,
            "recording": queued.origin.recording,
            "recording_sha256": queued.origin.recording_sha256,
        },
    }


def draft_record(draft: Draft) -> Record:
    """What a reviewer has typed and not decided."""
    return {
        "claim_id": draft.claim_id,
        "reviewer": draft.reviewer,
        "saved_at": _moment(draft.saved_at),
        "label": draft.label,
        "rationale": draft.rationale,
        "form": draft.form,
    }


def person_record(person: Person) -> Record:
    """Somebody of the desk."""
    return {
        "name": person.name,
        "roles": [role.value for role in person.roles],
        "added_at": _moment(person.added_at),
    }


def scale_record(scale: RatingScale) -> Record:
    """A rating scale with its labels."""
    return {
        "id": scale.id,
        "version": scale.version,
        "labels": [
            {"id": one.id, "definition": one.definition, "averitec": one.averitec.value, "grade": one.grade}
            for one in scale.labels
        ],
    }


def statistics_record(found: DeskStatistics) -> Record:
    """How the desk works; ages and the time from lease to verdict are in seconds."""
    return {
        "oldest": found.oldest.total_seconds() if found.oldest is not None else None,
        "median_age": found.median_age.total_seconds() if found.median_age is not None else None,
        **_work(found.work),
        "reviewers": {name: _work(work) for name, work in found.by_reviewer.items()},
        "agreement": [
            {"scale": one.scale, "version": one.version, "nominal": _alpha(one.nominal), "ordinal": _alpha(one.ordinal)}
            for one in found.agreement
        ],
    }


def _work(work: Work) -> Record:
    return {
        "readings": work.readings,
        "last_hour": work.last_hour,
        "last_day": work.last_day,
        "judged": work.judged,
        "overturned": work.overturned,
        "median_seconds": work.median_seconds,
    }


def _alpha(alpha: Alpha) -> Record:
    return {
        "units": alpha.units,
        "alpha": alpha.value,
        "interval": [alpha.low, alpha.high],
        "undefined": alpha.undefined,
    }


def event_record(event: Event) -> Record:
    """An event of the log."""
    return event.record()


def verification_record(found: Verification) -> Record:
    """What the verification of the log found."""
    return {
        "whole": found.whole,
        "head": {"event": found.head.event_id, "hash": found.head.hash} if found.head else None,
        "broken_at": found.broken_at,
        "reason": found.reason,
    }


def evidence_record(evidence: Evidence) -> Record:
    """A piece of evidence with how its quote stands and what the last look at it told."""
    return {
        "id": evidence.id,
        "url": evidence.url,
        "description": evidence.description,
        "file": evidence.file_name,
        "stance": evidence.stance.value,
        "quote": evidence.quote,
        "quote_status": evidence.quote_status.value,
        "locator": evidence.locator,
        "kind": evidence.kind.value if evidence.kind else None,
        "anonymous": evidence.anonymous,
        "title": evidence.title,
        "publisher": evidence.publisher,
        "published": evidence.published,
        "retrieved_at": _moment(evidence.retrieved_at) if evidence.retrieved_at else None,
        "media_type": evidence.media_type,
        "sha256": evidence.sha256,
        "canonical_url": evidence.canonical_url,
        "archive_url": evidence.archive_url,
        "source": evidence.source_key,
        "blocks_sign_off": evidence.blocks_sign_off,
        "added_by": evidence.added_by,
        "added_at": _moment(evidence.added_at),
        "last_check": check_record(evidence.last_check) if evidence.last_check else None,
    }


def check_record(check: EvidenceCheck) -> Record:
    """A look at a source; `sha256` is the snapshot that was taken then."""
    return {
        "at": _moment(check.at),
        "outcome": check.outcome.value,
        "quote_status": check.quote_status.value,
        "sha256": check.sha256,
        "url": check.url,
        "status": check.status,
        "headers": dict(check.headers),
        "detail": check.detail,
        "checked_by": check.checked_by,
    }


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
    """An article without its text."""
    article = filed.article
    return {
        "id": filed.id,
        "sha256": article.sha256,
        "title": article.title,
        "url": article.url,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "detected_language": article.detected_language,
        "retrieved_at": _moment(article.retrieved_at),
    }


def sentence_record(sentence: Sentence, text: str) -> Record:
    """A sentence with its span and its ledger entry."""
    return {
        "id": sentence.position,
        "span": [sentence.span.start, sentence.span.end],
        "text": sentence.span.cut(text),
        **_entry(sentence.entry),
    }


def run_record(run: FiledRun) -> Record:
    """An extraction run with what it was made with and what it cost."""
    return {
        "id": run.id,
        "article_id": run.article_id,
        "model": run.setup.model,
        "prompt": run.setup.prompt,
        "prompt_version": run.setup.prompt_version,
        "prompt_hash": run.setup.prompt_hash,
        "parameters": run.setup.parameters,
        "recording": run.setup.recording,
        "recording_sha256": run.setup.recording_sha256,
        "calls": run.usage.calls,
        "prompt_tokens": run.usage.prompt_tokens,
        "cached_tokens": run.usage.cached_tokens,
        "completion_tokens": run.usage.completion_tokens,
        "seconds": round(run.usage.seconds, 3),
        "price": _dollars(run.price),
        "outcome": run.outcome,
    }


def comparison_record(found: Comparison) -> Record:
    """What changed between two runs."""
    return {
        "runs": [run_record(found.first.run), run_record(found.second.run)],
        "asked_by_both": list(found.asked_by_both),
        "kept": [_given(one) for one in found.kept],
        "lost": [_given(one) for one in found.lost],
        "gained": [_given(one) for one in found.gained],
        "sentences": [
            {"id": position, "first": _entry(first), "second": _entry(second)}
            for position, first, second in found.moved
        ],
    }


def ledger_record(counts: Mapping[SentenceState, int]) -> Record:
    """How many sentences stand in each state, every state named."""
    return {state.value: counts.get(state, 0) for state in SentenceState}


def summary_record(summary: ExtractionSummary) -> Record:
    """What an extraction of one article did."""
    return {
        "article": article_record(summary.article),
        "run": summary.run_id,
        "new_claims": summary.new_claims,
        "sentences": ledger_record(summary.counts),
        "usage": {
            "calls": summary.usage.calls,
            "prompt_tokens": summary.usage.prompt_tokens,
            "cached_tokens": summary.usage.cached_tokens,
            "completion_tokens": summary.usage.completion_tokens,
            "seconds": round(summary.usage.seconds, 3),
            "price": _dollars(summary.price),
        },
    }


def estimate_record(estimate: Estimate, price: Price | None) -> Record:
    """What calls would take; the price is in dollars, None if it is unknown."""
    return {
        "calls": estimate.calls,
        "prompt_tokens": estimate.prompt_tokens,
        "answer_tokens": estimate.answer_tokens,
        "price": _dollars(price.expected(estimate)) if price else None,
    }


def _entry(entry: LedgerEntry) -> Record:
    return {"state": entry.state.value, "kind": entry.kind, "detail": entry.detail}


def _given(claim: GivenClaim) -> Record:
    return {"id": claim.id, "text": claim.text, "sentence_ids": list(claim.sentence_ids)}


def _dollars(price: float | None) -> float | None:
    """To a billionth: what lies behind it is the noise of adding."""
    return None if price is None else round(price, 9)


def _words(claim: Claim) -> Record:
    return {
        "text": claim.text,
        "quote": claim.quote,
        **_anchor(claim.anchor),
        "also": [_anchor(one) for one in claim.also],
        "speaker": claim.speaker,
        "check_worthiness": claim.check_worthiness,
        "check_worthiness_reason": claim.reason,
        "inferred": [{"word": one.word, "sentence_id": one.sentence_id} for one in claim.inferred],
        "flags": [one.flag.value for one in claim.flagged],
        "flag_reasons": {one.flag.value: one.reason for one in claim.flagged if one.reason},
    }


def _anchor(anchor: Anchor) -> Record:
    return {
        "segments": [[one.start, one.end] for one in anchor.segments],
        "anchor": anchor.status.value,
        "sentence_ids": list(anchor.sentence_ids),
    }


def _desk_record(queued: QueuedClaim) -> Record:
    """What the desk did with the claim besides its verdict."""
    amendment, flag, contact = queued.amendment, queued.flag, queued.contact
    return {
        "editorial": queued.editorial.value,
        "words": queued.words,
        "amendment": _by(amendment.reviewer, amendment.at, text=amendment.text) if amendment else None,
        "second_asked": queued.second_asked,
        "aside": queued.aside,
        "duplicate_of": queued.duplicate_of,
        "split_from": queued.split_from,
        "flag": _by(flag.reviewer, flag.at, reason=flag.reason) if flag else None,
        "contact": {"asked_on": contact.asked_on.isoformat(), "answer": contact.answer, "reviewer": contact.reviewer}
        if contact
        else None,
        "notes": [_by(one.reviewer, one.at, text=one.text) for one in queued.notes],
        "editorial_acts": [
            {"act": one.act.value, "editor": one.editor, "at": _moment(one.at), "comment": one.comment}
            for one in queued.editorial_acts
        ],
        "corrections": [_correction(one) for one in queued.corrections],
    }


def _by(reviewer: str, at: datetime, **words: str) -> Record:
    return {**words, "reviewer": reviewer, "at": _moment(at)}


def _moment(at: datetime) -> str:
    """As `isoformat` writes it, in a third of its time: a claim has several."""
    return orjson.dumps(at)[1:-1].decode()


def _correction(correction: Correction) -> Record:
    return {
        "at": _moment(correction.at),
        "editor": correction.editor,
        "was": _verdict(correction.was),
        "now": _verdict(correction.now),
        "reason": correction.reason,
    }


def _verdict(verdict: Verdict) -> Record:
    return {
        "label": verdict.label,
        "scale": verdict.scale,
        "scale_version": verdict.scale_version,
        "reviewer": verdict.reviewer,
        "rationale": verdict.rationale,
        "decided_at": _moment(verdict.decided_at),
        "role": verdict.role.value,
        "known_as_of": verdict.known_as_of.isoformat() if verdict.known_as_of else None,
        "confidence": verdict.confidence,
        "note": verdict.note,
        "error_type": verdict.error_type,
    }
