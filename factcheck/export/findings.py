"""What the linter found, as a plain structure for machines and as lines for people."""

from collections.abc import Iterator
from dataclasses import asdict

from factcheck.domain.claimreview_rules import Finding, Severity
from factcheck.export.records import Record
from factcheck.export.visible import one_line
from factcheck.workflow.lint_markup import LintedMarkup


def lint_record(source: str, linted: LintedMarkup) -> Record:
    """Every ClaimReview with what it says and its findings."""
    return {
        "source": source,
        "claimreviews": [
            {
                "path": one.found.thing.path,
                "block": one.found.block,
                "syntax": one.found.syntax,
                "fields": asdict(one.summary),
                "findings": list(map(asdict, one.findings)),
            }
            for one in linted.reviews
        ],
        "blocks": [{"block": block} | asdict(finding) for block, finding in linted.blocks],
        "errors": linted.count(Severity.ERROR),
        "warnings": linted.count(Severity.WARNING),
    }


def lint_lines(linted: LintedMarkup) -> Iterator[str]:
    """A line for each ClaimReview and each finding, the worst first."""
    for block, finding in linted.blocks:
        yield f"block {block}" if block else "the file"
        yield from _finding(finding)
    for number, one in enumerate(linted.reviews, 1):
        place = f"block {one.found.block}, " if one.found.block else ""
        claim = one_line(one.summary.claim or "without claimReviewed")
        yield f"ClaimReview {number} ({place}{one.found.syntax}, {one_line(one.found.thing.path)}): {claim}"
        # "error" sorts before "warning"; within each the rules keep their order.
        for finding in sorted(one.findings, key=lambda finding: finding.severity):
            yield from _finding(finding)


def _finding(finding: Finding) -> Iterator[str]:
    yield f"  {finding.severity.value} {finding.rule} at {one_line(finding.path)}: {one_line(finding.message)}"
    yield f"    {finding.advice}; {finding.source.value}"
