"""What is known of a source, told in a few words, alike at the desk and in reports."""

from collections.abc import Iterator

from factcheck.domain.evidence import Evidence, QuoteStatus
from factcheck.domain.reported_claim import ReportedSource


def source_line(evidence: Evidence) -> str:
    """The stance, the source, what is known of it, its words, and how they stand."""
    source = ReportedSource.of_evidence(evidence)
    about = ", ".join(source_facts(source))
    quote = f" “{source.quote}”" if source.quote else ""
    return f"{source.stance.value}: {source.name}{f' ({about})' if about else ''}{quote}"


def source_facts(source: ReportedSource) -> Iterator[str]:
    """What is known of a source besides its address, a few words each."""
    yield from filter(None, (source.title, source.publisher, source.published))
    if source.url and source.description:
        yield source.description
    if source.file and source.file != source.name:
        yield f"file {source.file}"
    if source.locator:
        yield source.locator
    if source.kind:
        yield f"{source.kind.value} source"
    if source.anonymous:
        yield "not named"
    if source.quote_status is not QuoteStatus.UNCHECKED:
        yield f"quote {source.quote_status.value}"
    yield from _history(source)


def _history(source: ReportedSource) -> Iterator[str]:
    if source.retrieved_at:
        yield f"retrieved {source.retrieved_at:%Y-%m-%d}"
    check = source.last_check
    if check and check.at != source.retrieved_at:  # the first look is the retrieval itself
        yield f"{check.outcome.value.replace('_', ' ')} on {check.at:%Y-%m-%d}"
    if source.archive_url:
        yield f"archived at {source.archive_url}"
