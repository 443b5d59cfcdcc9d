"""A newsroom's own template: it is given the record, and nothing else."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from readmes import every_block

from factcheck.domain.page import OwnTemplate, PageLook
from factcheck.domain.parsing import ParsingLimits
from factcheck.domain.publisher import Publisher
from factcheck.domain.report import Report
from factcheck.domain.review import QueuedClaim
from factcheck.errors import InputError
from factcheck.export.html import report_html

Reporting = Callable[..., Report]
PUBLISHER = Publisher("The Desk", "https://desk.example.org/", "https://desk.example.org/{id}", language="de")


def written(report: Report, template: str, limits: ParsingLimits | None = None) -> str:
    own = OwnTemplate(template, "page.html.j2", limits or ParsingLimits())
    masthead = replace(report.masthead, publisher=PUBLISHER, look=PageLook(template=own))
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
    ("template", "told"),
    [
        ("\n{{ report.nothing }}", "in line 2: 'dict object' has no attribute 'nothing'"),
        ("\n\n{% for %}", "in line 3: Expected an expression"),
        ("{{ ().__class__.__mro__[1].__subclasses__() }}", "in line 1: access to attribute '__class__'"),
        ("{{ report.articles.append(1) }}", "in line 1: access to attribute 'append'"),
        ("{% include 'report.html.j2' %}", "in line 1: TypeError: no loader"),
        ("{{ 'x' | day }}", "in line 1: ValueError: Invalid isoformat string: 'x'"),
        ("\n{{ 1 / 0 }}", "in line 2: ZeroDivisionError"),
        ("{{ report() }}", "in line 1: TypeError: 'dict' object is not callable"),
        ("{% for one in range(10000000000) %}{% endfor %}", "in line 1: OverflowError: Range too big"),
        ("{{ [1] | xmlattr }}", "in line 1: AttributeError: 'list' object has no attribute 'items'"),
        ("{% macro one() %}\n{{ one() }}{% endmacro %}{{ one() }}", "in line 2: it calls itself without end"),
        ("{{ " + "(" * 5000 + ")" * 5000 + " }}", ": it calls itself without end"),
    ],
)
def test_broken_template_is_told_with_its_line(
    report_on: Reporting, checked: QueuedClaim, template: str, told: str
) -> None:
    with pytest.raises(InputError) as raised:
        written(report_on(checked), template)

    assert str(raised.value).startswith("the template 'page.html.j2' of report.template is broken")
    assert told in str(raised.value)
    assert str(raised.value).endswith("; mend it, or take it out of [report] in the config file")


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "it takes longer than 1 s"),
        ("{{ 'x' * 5000000000 }}", "it takes more memory than 500 MB"),
    ],
)
def test_template_without_end_is_left(report_on: Reporting, checked: QueuedClaim, template: str, told: str) -> None:
    with pytest.raises(InputError, match=rf"'page\.html\.j2' .* is not rendered: {told}; let it loop over less"):
        written(report_on(checked), template, ParsingLimits(seconds=1))


def test_markup_that_the_template_calls_safe_stays(report_on: Reporting, checked: QueuedClaim) -> None:
    assert written(report_on(checked), "{{ '<b>' | safe }}{{ '<b>' }}") == "<b>&lt;b&gt;"


def test_template_of_the_readme_renders(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    (block,) = every_block("jinja")
    page = written(report_on(checked, waiting), block.text)
    assert "<h2>Größtenteils richtig: The dam was built in 1931.</h2>" in page
    assert '<a href="https://archive.example/dam?p=1">Dams</a>' in page
