"""For other programs: claims out of articles, without a database.

    import factcheck

    article = factcheck.read_article("article.html")
    extracted = factcheck.extract_claims(article, "openai:gpt-4o-mini")
    for claim in extracted.claims:
        print(claim.text, claim.anchor.segments)

`claim_extractor` gives the same as a LangChain Runnable.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from factcheck import wiring
from factcheck.domain.article import Article
from factcheck.domain.extraction import Extracted, StructuredMethod
from factcheck.settings import DEFAULT_CONCURRENCY, DEFAULT_TIMEOUT, Settings
from factcheck.workflow.plan_extraction import ExtractionOptions

if TYPE_CHECKING:
    from factcheck.extraction.runnable import BaseChatModel, Runnable


class ExtractorOptions(TypedDict, total=False):
    """How to ask.

    `window` is sentences a call; `structured` is json_schema, function_calling or json_mode; `concurrency` is calls at
    a time, and `timeout` seconds a try. `replay` names a recording that answers in the model's place, with no key and
    no network; one plays at a time. `language` is a BCP 47 tag for what is given as text. `split_compounds`, which is
    usual, asks once more about each claim of two facts.
    """

    window: int
    structured: str
    concurrency: int
    timeout: float
    replay: str | Path
    language: str
    split_compounds: bool


def read_article(source: str | Path, *, encoding: str | None = None, language: str | None = None) -> Article:
    """An article from a file of any kind that is read, or from an http(s) address. Raises SourceError.

    `encoding` is for text that is not UTF-8; `language` is a BCP 47 tag, where the page names none.
    """
    from factcheck.intake.read_source import read_source

    return read_source(str(source), wiring.utc_now(), encoding, language)


def claim_extractor(
    model: str | BaseChatModel | None = None, **options: Unpack[ExtractorOptions]
) -> Runnable[str | Article, Extracted]:
    """A LangChain Runnable from an article, or its text, to its sentences and claims.

    `model` is a `provider:name`, or a chat model of LangChain's; a recording needs none. A sentence whose call failed
    is in the state FAILED, with the reason. `stream` and `astream` give each window as it lands, and the parts add up.
    Each call tells callbacks and tracers its article and sentences. Running it raises ModelError where every call would
    fail, and RecordingError. Raises TypeError or ValueError for options that it does not have.
    """
    from factcheck.extraction.runnable import article_runnable
    from factcheck.intake.read_source import read_text

    if unknown := options.keys() - ExtractorOptions.__annotations__.keys():
        known = ", ".join(ExtractorOptions.__annotations__)
        raise TypeError(f"there is no option {min(unknown)!r}; there are: {known}")
    if options.get("window", 1) < 1:
        raise ValueError(f"window is {options['window']!r}; it takes 1 sentence a call or more")
    structured, replay, language = options.get("structured"), options.get("replay"), options.get("language")
    name, given = (model, None) if model is None or isinstance(model, str) else (f"langchain:{model.get_name()}", model)
    settings = Settings(
        concurrency=options.get("concurrency", DEFAULT_CONCURRENCY), timeout=options.get("timeout", DEFAULT_TIMEOUT)
    )
    asked = ExtractionOptions(
        model=name,
        window=options.get("window"),
        structured=StructuredMethod(structured) if structured else None,
        replay=Path(replay) if replay else None,
        split_compounds=options.get("split_compounds"),
    )
    return article_runnable(
        lambda text: read_text(text, wiring.utc_now(), language),
        lambda: wiring.extraction_session(settings, asked, given),
    )


def extract_claims(
    source: str | Article, model: str | BaseChatModel | None = None, **options: Unpack[ExtractorOptions]
) -> Extracted:
    """The sentences and claims of an article, or of its text; see `claim_extractor`."""
    return claim_extractor(model, **options).invoke(source)


async def aextract_claims(
    source: str | Article, model: str | BaseChatModel | None = None, **options: Unpack[ExtractorOptions]
) -> Extracted:
    """As `extract_claims`, in the caller's event loop."""
    return await claim_extractor(model, **options).ainvoke(source)
