"""A report as CSV, one claim a row, safe to open in a spreadsheet."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from factcheck.domain.report import Masthead, ReportedArticle
from factcheck.domain.reported_claim import Contribution, ReportedClaim, ReportedCorrection, ReportedSource
from factcheck.export.claim_lines import addition_line, amendment_line
from factcheck.export.evidence_lines import source_facts
from factcheck.export.report_json import claim_sha256
from factcheck.export.visible import visible

COLUMNS = (
    "claim_id", "uid", "article_id", "article_title", "article_url", "article_sha256",
    "claim", "quote", "segments", "anchor", "context", "speaker", "check_worthiness", "flags", "status",
    "verdict", "scale", "scale_version", "reviewer", "rationale", "decided_at", "known_as_of", "evidence",
    "model", "prompt", "prompt_version", "prompt_hash", "recording", "flag_reasons",
    "standing", "words", "corrections", "claimant", "recording_sha256", "added", "credits", "amended",
    "tool", "record_sha256", "locator", "signed_off_by", "published_at",
)  # fmt: skip

SOURCE_COLUMNS = (
    "claim_id", "uid", "article_id", "words", "verdict", "standing",
    "evidence_id", "stance", "name", "url", "title", "publisher", "published", "quote", "quote_status", "locator",
    "kind", "anonymous", "description", "file", "retrieved_at", "archive_url", "sha256", "added_by", "added_at",
    "looked_at", "look", "blocks_sign_off", "tool", "record_sha256",
)  # fmt: skip

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_PARTED_FORMULA = re.compile(r';"?(?= *[=+@＝＋＠]| *[-－]\w)')


class _Line:
    """A file of one line: a writer returns what its file's `write` returns, which is the line here."""

    @staticmethod
    def write(line: str) -> str:
        return line


def report_csv(masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """The report as CSV, a row at a time, the header first. Cells that a spreadsheet would run start with `'`."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield writer.writerow(COLUMNS)
    for reported in articles:
        article = reported.filed.article
        about = (reported.filed.id, article.title, article.url, article.sha256)
        for claim in reported.claims:
            ends = masthead.tool, claim_sha256(claim), claim.locator, *_released(claim)
            cells = (claim.id, claim.uid, *about, *_cells(claim), *ends)
            yield writer.writerow(map(_defused, cells))


def report_sources_csv(masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """The sources of the claims as CSV, one a row, the header first; a claim without a source has no row."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield writer.writerow(SOURCE_COLUMNS)
    for reported in articles:
        for claim in reported.claims:
            label = claim.verdict.label if claim.verdict else None
            about = claim.id, claim.uid, reported.filed.id, claim.words, label, claim.standing
            ends = masthead.tool, claim_sha256(claim) if claim.evidence else None
            for one in claim.evidence:
                yield writer.writerow(map(_defused, (*about, *_source_cells(one), *ends)))


def _source_cells(one: ReportedSource) -> Sequence[object]:
    look = one.last_check
    return (
        one.id, one.stance, one.name, one.url, one.title, one.publisher, one.published, one.quote, one.quote_status,
        one.locator, one.kind, one.anonymous, one.description, one.file,
        one.retrieved_at and one.retrieved_at.isoformat(), one.archive_url, one.sha256,
        one.added_by, one.added_at.isoformat(), look and look.at.isoformat(), look and look.outcome,
        one.blocks_sign_off,
    )  # fmt: skip


def _released(claim: ReportedClaim) -> tuple[str | None, str | None]:
    """Who has signed the verdict off, and when it was published."""
    signed = [one.name for one in claim.credits if one.part is Contribution.SIGNED_OFF]
    published = [one.at.isoformat() for one in claim.credits if one.part is Contribution.PUBLISHED]
    return signed[-1] if signed else None, published[-1] if published else None


def _cells(claim: ReportedClaim) -> Sequence[object]:
    run, verdict = claim.run, claim.verdict
    decided: Sequence[object] = (None,) * 7
    if verdict:
        by_whom = (verdict.label, verdict.scale, verdict.scale_version, verdict.reviewer)
        decided = (*by_whom, verdict.rationale, verdict.decided_at.isoformat(), verdict.known_as_of)
    return (
        claim.text, claim.quote, " ".join(f"{one.start}-{one.end}" for one in claim.segments),
        claim.anchor, " ".join(claim.context), claim.speaker, claim.check_worthiness,
        " ".join(claim.flags), claim.status,
        *decided, "\n".join(map(_source, claim.evidence)),
        *(run and getattr(run, name) for name in ("model", "prompt", "prompt_version", "prompt_hash", "recording")),
        "\n".join(map(str, claim.doubts)),
        claim.standing, claim.words,
        "\n".join(map(_correction, claim.corrections)),
        claim.contact and f"asked {claim.contact.asked_on}: {claim.contact.answer or 'no answer'}",
        run and run.recording_sha256,
        addition_line(claim), ", ".join(map(str, claim.credits)), amendment_line(claim),
    )  # fmt: skip


def _correction(one: ReportedCorrection) -> str:
    became = "typo corrected" if one.is_typo else "was {}, is {}".format(*one.labels)
    were = f" (the claim read: “{one.words_were}”)" if one.words_were else ""
    return f"{one.at.isoformat()}: {became}: {one.reason}{were}"


def _source(source: ReportedSource) -> str:
    quote = [f"“{source.quote}”"] if source.quote else []
    return ", ".join([f"{source.stance.value}: {source.name}", *source_facts(source), *quote])


def _defused(value: object) -> object:
    """The value made visible, and no formula whatever it begins with."""
    if not isinstance(value, str):
        return value
    shown = visible(value)
    # Where lists are parted by semicolons, a spreadsheet parts the line at those in a cell too.
    shown = _PARTED_FORMULA.sub(r"\g<0>'", shown)
    # Spreadsheets skip blanks before a formula, and show the quotation mark to nobody.
    return f"'{shown}" if shown.lstrip(" ").startswith(_FORMULA_STARTS) else shown
