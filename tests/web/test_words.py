"""What the desk's pages say, in each of their languages."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import factcheck
from factcheck.domain.desk import ConcernKind
from factcheck.domain.evidence import CheckOutcome, QuoteStatus
from factcheck.domain.page import PLAIN
from factcheck.domain.review import ErrorType
from factcheck.domain.states import Act, ClaimStatus, EditorialState
from factcheck.export.words import placeholders, words_for
from factcheck.web import spoken
from factcheck.web.pages import STATES

WEB = Path(factcheck.__file__).parent / "web"
CATALOGUES = sorted((WEB / "catalogues").glob("*.po"))


def messages() -> Iterator[str]:
    methods = [("**.py", "python"), ("templates/**.html.j2", "jinja2")]
    for _, _, found, _, _ in extract_from_dir(WEB, methods, keywords={"N_": None, "_": None, "ngettext": (1, 2)}):
        yield found if isinstance(found, str) else found[0]


def first(message: str | list[str] | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_catalogue_is_complete(path: Path) -> None:
    catalogue = {first(one.id): one for one in read_po(BytesIO(path.read_bytes()), abort_invalid=True) if one.id}
    asked, house = set(messages()), words_for(PLAIN, path.stem)
    assert len(asked) > 300
    lacking = {one for one in asked - catalogue.keys() if house.text(one) == one}
    assert sorted(lacking) == []
    assert sorted(catalogue.keys() - asked) == []
    assert [one.id for one in catalogue.values() if not one.string or one.fuzzy] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_catalogue_keeps_every_value(path: Path) -> None:
    for one in read_po(BytesIO(path.read_bytes())):
        ids, strings = (each if isinstance(each, list | tuple) else (each,) for each in (one.id, one.string))
        assert not one.id or placeholders(*ids) == placeholders(*strings), one.id


def test_every_state_and_act_has_words() -> None:
    assert {*ClaimStatus, *EditorialState} - {EditorialState.OPEN} == spoken.STATES.keys()
    assert set(Act) <= spoken.EVENTS.keys()
    assert set(ConcernKind) == spoken.CONCERNS.keys()
    assert set(QuoteStatus) == spoken.QUOTES.keys()
    assert set(CheckOutcome) == spoken.CHECKS.keys()
    assert set(ErrorType) == spoken.ERROR_TYPES.keys()
    assert STATES.keys() == spoken.FILTERS.keys()


@pytest.mark.parametrize(
    ("asked", "language"),
    [(("de",), "de"), (("de-AT",), "de"), (("fr", "de"), "de"), (("fr",), "en"), ((), "en"), (("x" * 9999,), "en")],
)
def test_language_is_the_first_that_is_known(asked: tuple[str, ...], language: str) -> None:
    assert spoken.words_in(*asked).language == language
