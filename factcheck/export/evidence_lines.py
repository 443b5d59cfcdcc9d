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


def _quote_fact(source: ReportedSource) -> str | None:
    if source.quote_status is not QuoteStatus.UNCHECKED:
        return f"quote {source.quote_status.value}"
    return "quote not looked for" if source.quote and (source.url or source.sha256) else None


def source_facts(source: ReportedSource) -> Iterator[str]:
    """What is known of a source besides its address, a few words each."""
    check = source.last_check
    if check and check.at == source.retrieved_at:  # the first look is the retrieval itself
        check = None
    facts = (
        source.title,
        source.publisher,
        source.published,
        source.description if source.url else None,
        f"file {source.file}" if source.file and source.file != source.name else None,
        source.locator,
        f"{source.kind.value} source" if source.kind else None,
        "not named" if source.anonymous else None,
        _quote_fact(source),
        f"retrieved {source.retrieved_at:%Y-%m-%d}" if source.retrieved_at else None,
        f"{check.outcome.value.replace('_', ' ')} on {check.at:%Y-%m-%d}" if check else None,
        f"archived at {source.archive_url}" if source.archive_url else None,
    )
    return filter(None, facts)
