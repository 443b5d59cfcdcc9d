"""Other libraries that find the article of a page, each as its own documentation calls it."""

import importlib
import warnings
from collections.abc import Callable, Iterator

import trafilatura
from lxml.html import document_fromstring


def extractors() -> Iterator[tuple[str, Callable[[str], str] | None]]:
    """Their names, and a function that gives the text of a page; None for what is not installed."""
    yield "trafilatura, precision", lambda page: trafilatura.extract(page, favor_precision=True, **_ALONE) or ""
    yield "trafilatura, default", lambda page: trafilatura.extract(page, **_ALONE) or ""
    yield "trafilatura, recall", lambda page: trafilatura.extract(page, favor_recall=True, **_ALONE) or ""
    for name, module, extract in _OTHERS:
        try:
            with warnings.catch_warnings(action="ignore"):
                importlib.import_module(module)
        except ImportError:
            yield name, None
        else:
            yield name, extract


def _readability(page: str) -> str:
    from readability import Document  # noqa: PLC0415 - it may not be installed

    return str(document_fromstring(Document(page).summary()).text_content())


def _resiliparse(page: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - as above

    return str(extract_plain_text(page, main_content=True))


def _newspaper(page: str) -> str:
    from newspaper import Article  # noqa: PLC0415 - as above

    article = Article("https://example.org/", fetch_images=False)  # it would fetch them to choose the first
    article.download(input_html=page)
    try:
        article.parse()
    except ImportError:  # its Arabic, and other scripts, need packages of their own
        return ""
    return str(article.text)


_ALONE = {"include_comments": False}
_OTHERS = (
    ("readability-lxml", "readability", _readability),
    ("resiliparse", "resiliparse.extract.html2text", _resiliparse),
    ("newspaper4k", "newspaper", _newspaper),
)
