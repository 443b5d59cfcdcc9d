"""A newsroom's own template: it is given the record, and nothing else."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from readmes import every_block

from factcheck.domain.page import PageLook
from factcheck.domain.publisher import Publisher
from factcheck.domain.report import Report
from factcheck.domain.review import QueuedClaim
from factcheck.errors import InputError
from factcheck.export.html import report_html

Reporting = Callable[..., Report]
PUBLISHER = Publisher("The Desk", "https://desk.example.org/", "https://desk.example.org/{id}", language="de")


def written(report: Report, template: str) -> str:
    masthead = replace(report.masthead, publisher=PUBLISHER, look=PageLook(template=template))
    return "".join(report_html(masthead, report.articles))


def test_template_is_given_the_record(report_on: Reporting, corrected: QueuedClaim) -> None:
    template = (
        "{% for one in report.articles %}{% for claim in one.claims %}"
        "{{ claim.words }}|{{ claim.verdict.label | label }}|{{ claim.verdict.decided_at | day }}|"
        "{{ one.url | web_link }}"
        "{% endfor %}{% endfor %}|{{ claimreview }}"
    )
    page = written(report_on(corrected), template)
    assert page.startswith("The dam was built in 1932.|Richtig|1. März 2026|https://example.org/river|<script type=")


def test_template_escapes_what_it_prints(report_on: Reporting, checked: QueuedClaim) -> None:
    report = report_on(checked, title="<script>alert(1)</script>\u202e", url="javascript:alert(1)")
    page = written(report, "{{ report.articles[0].title }}{{ report.articles[0].url | web_link }}")
    assert page == "&lt;script&gt;alert(1)&lt;/script&gt;\ufffdNone"


@pytest.mark.parametrize(
    "template",
    [
        "{{ report.nothing }}",
        "{% for %}",
        "{{ ().__class__.__mro__[1].__subclasses__() }}",
        "{{ report.articles.append(1) }}",
        "{% include 'report.html.j2' %}",
        "{{ 'x' | day }}",
        "{{ 1 / 0 }}",
        "{{ report() }}",
        "{% for one in range(10000000000) %}{% endfor %}",
    ],
)
def test_broken_template_is_told(report_on: Reporting, checked: QueuedClaim, template: str) -> None:
    with pytest.raises(InputError, match=r"report\.template"):
        written(report_on(checked), template)


def test_template_of_the_readme_renders(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    (block,) = every_block("jinja")
    page = written(report_on(checked, waiting), block.text)
    assert "<h2>Größtenteils richtig: The dam was built in 1931.</h2>" in page
    assert '<a href="https://archive.example/dam?p=1">Dams</a>' in page
