"""A report in the form of the AVeriTeC data set, for those who train and measure fact-checking models.

Schlichtkrull, M., Guo, Z., Vlachos, A. (2023). AVeriTeC: A Dataset for Real-world Claim Verification with Evidence
from the Web. Its fields stand in its repository's README; what a desk does not know is null or empty there.
"""

from collections.abc import Iterable, Iterator

from factcheck.domain.evidence import Stance
from factcheck.domain.report import Masthead, ReportedArticle
from factcheck.domain.reported_claim import ReportedClaim, ReportedSource
from factcheck.export.records import Record, indented, to_json

_QUESTIONS = {
    Stance.SUPPORTS: "What supports the claim?",
    Stance.REFUTES: "What speaks against the claim?",
    Stance.CONTEXT: "What is there to know about the claim?",
}
"""A desk asks no questions; it sorts its sources by what they do to the claim, which is told as one question each."""


def report_averitec(masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """One JSON array of claims whose verdict is signed off and holds; without labels of a scale that nobody kept."""
    opening = "[\n  "
    for reported in articles:
        for claim in reported.claims:
            if (record := _record(claim, reported, masthead)) is not None:
                yield opening + indented(to_json(record), 2)
                opening = ",\n  "
    yield "[]\n" if opening.startswith("[") else "\n]\n"


def _record(claim: ReportedClaim, reported: ReportedArticle, masthead: Masthead) -> Record | None:
    label = masthead.label_of(claim.verdict) if claim.verdict else None
    if claim.verdict is None or label is None or claim.is_draft or claim.withdrawal:
        return None
    article, publisher = reported.filed.article, masthead.publisher
    day = article.published
    return {
        "claim": claim.words,
        "required_reannotation": False,
        "label": label.averitec.value,
        "justification": claim.verdict.rationale or "",
        "claim_date": f"{day.day}-{day.month}-{day.year}" if day else None,
        "speaker": claim.speaker,
        "original_claim_url": article.url,
        "cached_original_claim_url": None,
        "fact_checking_article": publisher.claim_url(claim.id, claim.uid) if publisher else None,
        "reporting_source": article.publisher,
        "location_ISO_code": None,
        "claim_types": [],
        "fact_checking_strategies": [],
        "questions": list(_questions(claim)),
    }


def _questions(claim: ReportedClaim) -> Iterator[Record]:
    for stance, question in _QUESTIONS.items():
        told = [one for one in claim.evidence if one.stance is stance and (one.quote or one.description)]
        if told:
            yield {"question": question, "answers": list(map(_answer, told))}


def _answer(one: ReportedSource) -> Record:
    media = {"application/pdf": "PDF", "text/html": "Web text"}
    return {
        "answer": one.quote or one.description,
        "answer_type": "Extractive" if one.quote else "Abstractive",
        "source_url": one.url or "",
        "source_medium": media.get(one.media_type or "", "Web text" if one.url else "Other"),
        "cached_source_url": one.archive_url or "",
    }
