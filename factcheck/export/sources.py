"""What is known of a source, told in a few words, alike on the screen and in reports."""

from collections.abc import Iterator

from factcheck.domain.evidence import Evidence, QuoteStatus


def source_line(evidence: Evidence) -> str:
    """The stance, the source, what is known of it, its words, and how they stand."""
    about = ", ".join(filter(None, (evidence.title, evidence.publisher, evidence.published, *source_facts(evidence))))
    quote = f" “{evidence.quote}”" if evidence.quote else ""
    return f"{evidence.stance.value}: {evidence.name}{f' ({about})' if about else ''}{quote}"


def source_facts(evidence: Evidence) -> Iterator[str]:
    """What else is known of a source, a few words each."""
    if evidence.url and evidence.description:
        yield evidence.description
    if evidence.file_name and evidence.file_name != evidence.name:
        yield f"file {evidence.file_name}"
    if evidence.locator:
        yield evidence.locator
    if evidence.kind:
        yield f"{evidence.kind.value} source"
    if evidence.anonymous:
        yield "not named"
    if evidence.quote_status is not QuoteStatus.UNCHECKED:
        yield f"quote {evidence.quote_status.value}"
    yield from _later(evidence)


def _later(evidence: Evidence) -> Iterator[str]:
    if evidence.retrieved_at:
        yield f"retrieved {evidence.retrieved_at:%Y-%m-%d}"
    check = evidence.last_check
    if check and check.at != evidence.retrieved_at:
        yield f"{check.outcome.value.replace('_', ' ')} on {check.at:%Y-%m-%d}"
    if evidence.archive_url:
        yield f"archived at {evidence.archive_url}"
