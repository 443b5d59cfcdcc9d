"""Claims out of articles, a review queue in SQLite, verdict reports out of the queue.

Other programs find their names here; see `factcheck.api`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factcheck.api import (
        Article,
        Claim,
        Extracted,
        FactcheckError,
        Sentence,
        Usage,
        aextract_claims,
        claim_extractor,
        extract_claims,
        read_article,
    )

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Claim",
    "Extracted",
    "FactcheckError",
    "Sentence",
    "Usage",
    "__version__",
    "aextract_claims",
    "claim_extractor",
    "extract_claims",
    "read_article",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what is typed above, loaded with its first use
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module("factcheck.api"), name)
