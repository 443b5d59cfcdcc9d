"""A page's own words: complete in each language that is shipped, and the newsroom's own where it gives some."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from lxml import html

import factcheck
from factcheck.domain.page import PLAIN, PageLook
from factcheck.domain.publisher import Publisher
from factcheck.domain.report import Report
from factcheck.domain.review import QueuedClaim
from factcheck.errors import InputError
from factcheck.export.html import report_html
from factcheck.export.page_frame import environment
from factcheck.export.words import placeholders, words_for
from factcheck.intake.scales import read_scales

Reporting = Callable[..., Report]
EXPORT = Path(factcheck.__file__).parent / "export"
CATALOGUES = sorted((EXPORT / "catalogues").glob("*.po"))
FRENCH = b"""
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Why"
msgstr "Pourquoi"
"""


def messages() -> Iterator[str]:
    """All that a page can say: out of templates and code, and the labels of the shipped scales."""
    methods = [("**.py", "python"), ("templates/**.html.j2", "jinja2")]
    for _, _, found, _, _ in extract_from_dir(EXPORT, methods, keywords={"N_": None, "_": None, "ngettext": (1, 2)}):
        yield found if isinstance(found, str) else found[0]
    for scale in read_scales().values():
        for label in scale.labels:
            yield label.id.replace("-", " ").capitalize()
            yield label.definition


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_shipped_catalogue_is_complete(path: Path) -> None:
    catalogue = read_po(BytesIO(path.read_bytes()), abort_invalid=True)
    asked = set(messages())
    assert len(asked) > 100
    assert sorted(one for one in asked if not (found := catalogue.get(one)) or not found.string or found.fuzzy) == []
    assert sorted(first(one.id) for one in catalogue if one.id and first(one.id) not in asked) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_shipped_catalogue_keeps_every_value(path: Path) -> None:
    for one in read_po(BytesIO(path.read_bytes())):
        ids, strings = (each if isinstance(each, tuple | list) else (each,) for each in (one.id, one.string))
        assert {placeholders(string) for string in strings} <= {placeholders(*ids)} or not one.id


def first(message: object) -> str:
    return str(message[0]) if isinstance(message, tuple | list) else str(message)


@pytest.mark.parametrize(
    ("language", "day"),
    [("en", "March 1, 2026"), ("en-GB", "1 March 2026"), ("de", "1. März 2026"), ("de-AT", "1. März 2026")],
)
def test_days_are_written_as_cldr_says(language: str, day: str) -> None:
    words = words_for(PLAIN, language)
    assert (words.language, words.day(date(2026, 3, 1))) == (language, day)
    assert words.moment(datetime(2026, 3, 1, 12, 5, tzinfo=UTC)) == f"{day}, 12:05 UTC"


@pytest.mark.parametrize("language", [None, "xx", "fr", "x' onload='", "", "\x00"])
def test_unknown_language_is_english(language: str | None) -> None:
    assert words_for(PLAIN, language).language == "en"


def test_own_catalogue_adds_a_language() -> None:
    words = words_for(PageLook(catalogue=FRENCH), "fr-CA", "de")
    assert (words.language, words.text("Why"), words.text("Verdict")) == ("fr", "Pourquoi", "Verdict")
    assert words.listed(["a", "b"]) == "a et b"


def header(line: str) -> bytes:
    """A catalogue with that line in its header."""
    return f'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"{line}\\n"\n\nmsgid "Why"\nmsgstr "Pourquoi"\n'.encode()


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"msgid",
        FRENCH.replace(b"Language: fr", b"X: y"),
        FRENCH.replace(b"Pourquoi", b"Pourquoi %(secret)s"),
        FRENCH.replace(b"Language: fr", b"Language: klingon_XX"),
        header("Content-Type: text/plain; charset=foo"),
        header("Plural-Forms: nplurals=2; plural=n ?"),
        header("Plural-Forms: nplurals=2; plural=n/(n-5)"),
    ],
)
def test_broken_catalogue_is_told(content: bytes) -> None:
    with pytest.raises(InputError, match="catalogue"):
        words_for(PageLook(catalogue=content), "fr")


ENTRIES = {
    "one": 'msgid "Published by %(who)s, %(day)s"\nmsgstr "{}"\n',
    "many": 'msgid "%(number)s claim"\nmsgid_plural "%(number)s claims"\nmsgstr[0] "{}"\nmsgstr[1] "{}"\n',
}


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize(
    "said", ["100 % sure", "%", "%(number)d", "%(who)d", "100 %)", "%(who)9999999999s", "%s", "%("]
)
def test_catalogue_that_cannot_be_filled_is_told(entry: str, said: str) -> None:
    content = header("X: y") + b"\n" + ENTRIES[entry].replace("{}", said).encode()

    with pytest.raises(InputError, match=r"^the catalogue of report\.catalogue is broken in line \d+: it "):
        words_for(PageLook(catalogue=content), "fr")


def test_percent_sign_is_written_twice_beside_values() -> None:
    entries = ENTRIES["one"].replace("{}", "100 %% %(who)s") + ENTRIES["many"].replace("{}", "%(number)s à 100 %%")
    words = words_for(
        PageLook(catalogue=header("Plural-Forms: nplurals=2; plural=(n > 1);") + b"\n" + entries.encode()), "fr"
    )

    assert words.text("Published by %(who)s, %(day)s", who="Ana", day="") == "100 % Ana"
    for values in ("", ", who='Ana'"):
        page = environment(words).from_string(f"{{{{ ngettext('%(number)s claim', '%(number)s claims', 3{values}) }}}}")
        assert page.render() == "3 à 100 %"


def test_page_speaks_the_articles_language(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    report = report_on(checked, waiting, language="de")
    tree = html.document_fromstring("".join(report_html(report.masthead, report.articles)))
    assert tree.get("lang") == "de"
    assert tree.xpath("string(//title)") == "Entwurf: Faktencheck: River rises"
    assert [one.text_content() for one in tree.cssselect("#claim-1 h4")] == ["Warum", "Quelle"]
    assert "Größtenteils richtig" in tree.cssselect("#claim-1 .badge")[0].text_content()


def test_page_speaks_the_publishers_language(report_on: Reporting, corrected: QueuedClaim) -> None:
    report = report_on(corrected, language="en")
    desk = Publisher("Das Blatt", "https://blatt.example/", "https://blatt.example/{id}", language="de")
    page = "".join(report_html(replace(report.masthead, publisher=desk), report.articles))
    assert "Veröffentlicht am" in page
    assert '"alternateName": "Richtig"' in page
    assert "vorher Größtenteils richtig" not in page
    assert "Berichtigt am 1. März 2026: vorher „Größtenteils richtig“, jetzt „Richtig“. A deed came up." in page


def test_hostile_words_stay_words_in_messages(report_on: Reporting, corrected: QueuedClaim) -> None:
    trap = "<b>%(who)s %s {0}</b>\u202e"
    hostile = replace(corrected, claim=replace(corrected.claim, speaker=trap, quote="x"))
    report = report_on(hostile, authors=(trap,))
    tree = html.document_fromstring("".join(report_html(report.masthead, report.articles)))
    assert tree.cssselect("b") == []
    assert f"Said by {trap[:-1]}\ufffd" in tree.text_content()
    assert f"By {trap[:-1]}\ufffd" in tree.text_content()
