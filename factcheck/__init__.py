"""Claims out of articles, a review queue in SQLite, verdict reports out of the queue.

Other programs find their names here, each loaded with its first use; see `factcheck.api`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factcheck.api import aextract_claims, claim_extractor, extract_claims, read_article
    from factcheck.domain.article import Article
    from factcheck.domain.claim import Claim
    from factcheck.domain.extraction import Extracted
    from factcheck.domain.sentence import Sentence
    from factcheck.errors import FactcheckError

__version__ = "0.1.0"

_TYPES = {"Article": "domain.article", "Claim": "domain.claim", "Extracted": "domain.extraction"}
_TYPES |= {"FactcheckError": "errors", "Sentence": "domain.sentence"}
"""Where the types stand; the functions are in `api`."""

__all__ = ["Article", "Claim", "Extracted", "FactcheckError", "Sentence", "__version__"]
__all__ += ["aextract_claims", "claim_extractor", "extract_claims", "read_article"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what is typed above
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"factcheck.{_TYPES.get(name, 'api')}"), name)
