"""What the exporter writes passes the linter and schema.org's shapes; linter and shapes agree."""

import json
import string
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.claimreview_rules import Severity, Specification, findings_about
from factcheck.domain.desk import Amendment, EditorialAct
from factcheck.domain.markup import FoundReview, Markup, Thing
from factcheck.domain.publisher import Publisher
from factcheck.domain.rating import TRUTH_5, AveritecClass, Label, RatingScale
from factcheck.domain.report import Masthead, ReportedArticle
from factcheck.domain.reported_claim import reported_claim
from factcheck.domain.review import Correction, ExtractionOrigin, QueuedClaim, Verdict
from factcheck.domain.states import Act, ClaimStatus, EditorialState
from factcheck.export.claimreview import claim_reviews, report_claimreview, script_block
from factcheck.intake.markup import read_markup
from factcheck.workflow.lint_markup import LintedMarkup, lint_markup

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SHAPES = Path(__file__).parent / "data" / "schemaorg_30.0"
OBJECTS = Path(__file__).parents[1] / "domain" / "data" / "claimreview"
ROWS = [json.loads(line) for line in (OBJECTS / "published.jsonl").read_text("utf-8").splitlines()]
PUBLISHED = [row["claimreview"] for row in ROWS if row["mutation"] is None]
VALID = json.loads((OBJECTS / "cases.json").read_text("utf-8"))[0]["claimreview"]
CLAIM = VALID["itemReviewed"]
_ITEM_REVIEWED = rdflib.URIRef("http://schema.org/itemReviewed")
pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning",
    "ignore:Warning, A Recursive Shape was detected",  # a work has an organisation, which has works
)
WRONG_KINDS = [
    VALID | {"author": "The Desk"},
    VALID | {"author": [VALID["author"], "Ana"]},
    VALID | {"reviewRating": "False"},
    VALID | {"itemReviewed": "a claim"},
    VALID | {"itemReviewed": CLAIM | {"author": "Jane Roe"}},
    VALID | {"itemReviewed": CLAIM | {"appearance": ["https://example.org/1"]}},
    VALID | {"itemReviewed": CLAIM | {"firstAppearance": "https://example.org/1"}},
]
ORIGIN = ExtractionOrigin(1, "fake:model", "extract_claims", "1", "0" * 64)
UNGRADED = RatingScale("desk", 3, tuple(Label(one, "So.", AveritecClass.REFUTED) for one in ("ok", "cut")))
SCALES = (TRUTH_5, UNGRADED)
VERDICTS = [(scale, label.id) for scale in SCALES for label in scale.labels] + [(UNGRADED, "of-another-version")]

HOSTILE = (
    some.text(some.characters(exclude_categories=["Cs"]))
    | some.sampled_from(
        ["</script><!--", "\x00\x1b[2J", "\u202eabc", "שלום עולם", "{{7*7}}", "=1+1", "\u2028", "x" * 10**5]
    )
    | some.text(string.printable)
)
WORDS = HOSTILE.filter(str.strip)
MAYBE = some.none() | HOSTILE


@some.composite
def reported(draw: some.DrawFn) -> ReportedArticle:
    """A signed-off claim of an article, with whatever may be missing or hostile."""
    scale, label = draw(some.sampled_from(VERDICTS))
    verdict = Verdict(label, scale.id, scale.version, draw(WORDS), NOW, draw(MAYBE))
    corrections = (Correction(NOW, draw(WORDS), replace(verdict, label="true"), verdict, draw(WORDS)),)
    amendment = draw(some.none() | some.builds(Amendment, WORDS, some.just("ana"), some.just(NOW)))
    claim = QueuedClaim(
        id=draw(some.integers(1, 10**9)),
        uid="c0ffee" + "0" * 10,
        article_id=1,
        claim=Claim(draw(WORDS), "", Anchor(AnchorStatus.NONE), 0.5, speaker=draw(MAYBE)),
        status=ClaimStatus.DECIDED,
        origin=ORIGIN,
        verdict=verdict,
        editorial=draw(some.sampled_from([EditorialState.SIGNED_OFF, EditorialState.PUBLISHED])),
        amendment=amendment,
        corrections=draw(some.sampled_from([(), corrections])),
    )
    article = Article(
        draw(WORDS),
        NOW,
        url=draw(MAYBE | some.just("https://example.org/a")),
        published=draw(some.none() | some.dates(date(1000, 1, 1))),
        language=draw(MAYBE),
    )
    return ReportedArticle(FiledArticle(1, article), (), (reported_claim(claim, {}),))


@some.composite
def publishers(draw: some.DrawFn) -> Publisher:
    """A publisher with a name of any kind."""
    address = some.none() | some.just("https://desk.example.org/x")
    pattern = draw(some.sampled_from(["https://desk.example.org/{id}", "https://fact.desk.example.org/?c={uid}"]))
    return Publisher(
        draw(WORDS),
        "https://desk.example.org",
        pattern,
        draw(address),
        draw(address),
        draw(address),
        draw(MAYBE),
        draw(address),
    )


def masthead_of(publisher: Publisher) -> Masthead:
    return Masthead("1.2.3", scales=SCALES, publisher=publisher)


def linted(review: dict[str, Any]) -> LintedMarkup:
    found = FoundReview(Thing(review, "$"), "json-ld", review["@context"], page_url="https://desk.example.org/page")
    return lint_markup(Markup((found,)))


@given(reported(), publishers())
@settings(deadline=None, derandomize=True, database=None, max_examples=300, suppress_health_check=list(HealthCheck))
def test_export_always_passes_the_linter(article: ReportedArticle, publisher: Publisher) -> None:
    [review] = claim_reviews(masthead_of(publisher), [article])
    assert linted(review).count(Severity.ERROR) == 0


@given(reported(), publishers())
@settings(deadline=None, derandomize=True, database=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_export_is_read_back_unchanged(
    tmp_path_factory: pytest.TempPathFactory, article: ReportedArticle, publisher: Publisher
) -> None:
    reviews = list(claim_reviews(masthead_of(publisher), [article]))
    path = tmp_path_factory.mktemp("export", numbered=True) / "page.html"
    path.write_text(f"<!DOCTYPE html><html><body>{''.join(script_block(reviews))}</body></html>", "utf-8")
    as_file = path.with_suffix(".json")
    as_file.write_text("".join(report_claimreview(masthead_of(publisher), [article])), "utf-8")

    for source in (path, as_file):
        markup = read_markup(str(source), "https://desk.example.org/page")
        assert [one.thing.properties for one in markup.reviews] == reviews
        assert lint_markup(markup).count(Severity.ERROR) == 0


@cache
def shapes() -> rdflib.Graph:
    """The shapes, but with Text, Number and their like as literals: published are nodes, which no text can be."""
    graph = rdflib.Graph().parse(SHAPES / "schemaorg-shapes.shacl", format="turtle")
    shape, kind = "http://schema.org/validation#ValidSchema", rdflib.SH.nodeKind
    for name in ("Boolean", "Date", "DateTime", "Float", "Integer", "Number", "Text", "Time", "URL"):
        graph.set((rdflib.URIRef(shape + name), kind, rdflib.SH.IRIOrLiteral))
    return graph


def offline(value: Any) -> Any:
    """The JSON without any context, so that none is fetched."""
    if isinstance(value, list):
        return [offline(one) for one in value]
    return {key: offline(one) for key, one in value.items() if key != "@context"} if isinstance(value, dict) else value


def refused_by_shapes(reviews: list[dict[str, Any]]) -> dict[int, set[str]]:
    """The properties of each review whose values are of a kind that the shapes refuse."""
    document = [offline(one) | {"@id": f"urn:review:{number}"} for number, one in enumerate(reviews)]
    context = {"@vocab": "http://schema.org/"}
    data = rdflib.Graph().parse(data=json.dumps({"@context": context, "@graph": document}), format="json-ld")
    subclasses = rdflib.Graph().parse(SHAPES / "schemaorg-subclasses.shacl", format="turtle")
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes(), ont_graph=subclasses)
    refused: dict[int, set[str]] = {number: set() for number in range(len(reviews))}
    for result in results.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult):
        focus, path = results.value(result, rdflib.SH.focusNode), results.value(result, rdflib.SH.resultPath)
        owner = focus if str(focus).startswith("urn:review:") else data.value(None, _ITEM_REVIEWED, focus)
        if path is not None and owner is not None:
            refused[int(str(owner).rpartition(":")[2])].add(str(path).rpartition("/")[2])
    return refused


def refused_by_linter(review: dict[str, Any]) -> set[str]:
    found = FoundReview(Thing(review, "$"), "json-ld", "https://schema.org")
    problems = [
        one
        for one in findings_about(found)
        if one.source is Specification.SCHEMA_ORG or one.rule in {"reviewRating:missing", "itemReviewed:missing"}
    ]
    broken = {one.path.rpartition(".")[2].partition("[")[0] for one in problems if not one.rule.endswith(":html")}
    return {name for name in broken if review.get(name) or name not in {"reviewRating", "itemReviewed"}}


def test_linter_agrees_with_the_shapes() -> None:
    reviews = [VALID, *PUBLISHED, *WRONG_KINDS]
    told = refused_by_shapes(reviews)
    assert [told[number] for number in range(len(reviews))] == [refused_by_linter(one) for one in reviews]
    assert sum(map(bool, told.values())) >= len(WRONG_KINDS)


def test_export_conforms_to_the_shapes() -> None:
    article = Article("Words.", NOW, url="https://example.org/a", published=date(2026, 2, 1), language="en")
    address = "https://example.org/x"
    publisher = Publisher(
        "The Desk", "https://example.org", "https://example.org/{id}", address, address, address, "en", address
    )
    claim = Claim("It rose.", "", Anchor(AnchorStatus.NONE), 0.5, speaker="Ana")
    base = QueuedClaim(1, "c0ffee", 1, claim, ClaimStatus.DECIDED, ORIGIN, editorial=EditorialState.CORRECTED)
    was = Verdict("mixed", TRUTH_5.id, TRUTH_5.version, "bob", NOW)
    base = replace(
        base,
        editorial_acts=(EditorialAct(Act.SIGNED_OFF, "eve", NOW),),
        corrections=(Correction(NOW, "eve", was, replace(was, reviewer="eve"), "A slip.", is_typo=True),),
    )
    claims = tuple(
        reported_claim(replace(base, id=number, verdict=Verdict(label, scale.id, scale.version, "ana", NOW, "So.")), {})
        for number, (scale, label) in enumerate(VERDICTS)
    )
    reviews = list(claim_reviews(masthead_of(publisher), [ReportedArticle(FiledArticle(1, article), (), claims)]))
    assert len(reviews) == len(VERDICTS)
    assert all(one["editor"] and one["contributor"] and one["correction"] for one in reviews)
    assert set().union(*refused_by_shapes(reviews).values()) == set()
