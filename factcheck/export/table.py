"""A report as CSV, one claim a row, safe to open in a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from factcheck.domain.article import FiledArticle
from factcheck.domain.desk import Contact
from factcheck.domain.evidence import Evidence
from factcheck.domain.report import Masthead, ReportedArticle
from factcheck.domain.review import Correction, QueuedClaim
from factcheck.export.records import Record
from factcheck.export.report_record import record_sha256, reported_claim
from factcheck.export.sources import source_facts
from factcheck.export.visible import visible

COLUMNS = (
    "claim_id", "uid", "article_id", "article_title", "article_url", "article_sha256",
    "claim", "quote", "segments", "anchor", "context", "speaker", "check_worthiness", "flags", "status",
    "verdict", "scale", "scale_version", "reviewer", "rationale", "decided_at", "known_as_of", "evidence",
    "model", "prompt", "prompt_version", "prompt_hash", "recording", "flag_reasons",
    "standing", "words", "corrections", "claimant", "recording_sha256", "tool", "record_sha256",
)  # fmt: skip

_OF_RUN = ("model", "prompt", "prompt_version", "prompt_hash", "recording")
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def report_csv(masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """The report as CSV, a row at a time, the header first. Cells that a spreadsheet would run start with `'`."""
    header, tool = _line(COLUMNS), _cell(masthead.tool)
    for reported in articles:
        article = [_cell(one) for one in _article(reported.filed)]
        for claim in reported.claims:
            record = reported_claim(reported, claim)
            about = _cells(record, claim)
            yield header + _line((str(claim.id), claim.uid, *article, *about, tool, record_sha256(record)))
            header = ""
    yield header


def _article(filed: FiledArticle) -> Sequence[object]:
    return filed.id, filed.article.title, filed.article.url, filed.article.sha256


def _cells(record: Record, queued: QueuedClaim) -> Sequence[str]:
    return (
        _cell(record["text"]), _cell(record["quote"]),
        " ".join([f"{start}-{end}" for start, end in record["segments"]]),
        record["anchor"], _cell(" ".join(record["context"])), _shared(record["speaker"]),
        str(record["check_worthiness"]), " ".join(record["flags"]), record["status"], *_decided(record["verdict"]),
        _cell("\n".join(map(_source, queued.evidence))), *[_shared(record["run"][name]) for name in _OF_RUN],
        _cell("\n".join(map(str, queued.claim.doubts))),
        record["standing"], _cell(record["words"]), _cell("\n".join(map(_correction, queued.corrections))),
        _cell(_asked(queued.contact)), _shared(record["run"]["recording_sha256"]),
    )  # fmt: skip


def _decided(verdict: Record | None) -> Sequence[str]:
    if verdict is None:
        return ("",) * 7
    by_whom = [_shared(verdict[name]) for name in ("label", "scale", "scale_version", "reviewer")]
    return *by_whom, _cell(verdict["rationale"]), verdict["decided_at"], verdict["known_as_of"] or ""


def _correction(correction: Correction) -> str:
    was, now = correction.was.label, correction.now.label
    return f"{correction.at.isoformat()}: was {was}, is {now}: {correction.reason}"


def _asked(contact: Contact | None) -> str | None:
    return f"asked {contact.asked_on}: {contact.answer or 'no answer'}" if contact else None


def _source(evidence: Evidence) -> str:
    quote = evidence.quote and f"“{evidence.quote}”"
    about = (evidence.title, evidence.publisher, evidence.published, *source_facts(evidence), quote)
    return ", ".join([f"{evidence.stance.value}: {evidence.name}", *filter(None, about)])


def _line(cells: Iterable[str]) -> str:
    return ",".join(cells) + "\r\n"


def _cell(value: object) -> str:
    """The value as it stands in its line: defused, and quoted where it holds what parts cells or lines.

    Python's csv takes three times as long over a row: as long as SQLite takes to find all that is in it.
    """
    if not isinstance(value, str):
        return "" if value is None else str(value)
    value = visible(value)
    if not value[:1].isalnum() and value.lstrip(" ").startswith(_FORMULA_STARTS):
        value = f"'{value}"
    if "," in value or '"' in value or "\n" in value:
        return '"' + value.replace('"', '""') + '"'
    return value


_shared = lru_cache(maxsize=1_000, typed=True)(_cell)
"""For values that many rows have in common, such as those of a run. Typed: 1 equals 1.0, and is written otherwise."""
