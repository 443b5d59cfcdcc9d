"""Where a claim comes from and what became of its verdict, told in a few words, alike in all reports."""

from factcheck.domain.reported_claim import ReportedClaim, ReportedCorrection


def addition_line(claim: ReportedClaim) -> str | None:
    """Which person wrote the claim down; None for one that a run gave."""
    return f"Added by {claim.added.by}, {claim.added.at:%Y-%m-%d}" if claim.added else None


def locator_line(claim: ReportedClaim) -> str | None:
    """Where in the article's source it stands, such as the time in a recording; None where its text alone tells."""
    return f"Said at {claim.locator}" if claim.locator else None


def first_writer(claim: ReportedClaim) -> str:
    """Whose words the claim's text is, before anybody reworded it."""
    if claim.split_from:
        return "a person"
    return claim.added.by if claim.added else "the machine"


def amendment_line(claim: ReportedClaim) -> str | None:
    """The editor's amendment with the reader's words beside it; None without one."""
    if claim.amended is None:
        return None
    read, now = claim.amended
    why = f": {read.rationale}" if read.rationale else ""
    return f"Amended by {now.reviewer}, {now.decided_at:%Y-%m-%d}; {read.reviewer} had read it as {read.label}{why}"


def correction_line(one: ReportedCorrection) -> str:
    """A correction with its reason; one of a typo says so, with the claim's words where those were others."""
    if one.is_typo:
        were = f" The claim read: “{one.words_were}”" if one.words_were else ""
        return f"Typo corrected {one.at:%Y-%m-%d}: {one.reason}{were}"
    was, now = one.labels
    return f"Corrected: {one.at:%Y-%m-%d}, was {was}, is {now}. {one.reason}"


def provenance_line(*, by_hand: bool) -> str:
    """Who has made claims and verdicts of the report; `by_hand` where people have added claims."""
    added = ", or added by people where they say so," if by_hand else ""
    return f"Claims were split by a language model{added} and anchored by code; verdicts are people’s."
