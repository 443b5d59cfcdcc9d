"""Tells a call's own trouble from trouble that every further call would have too."""

import re
from collections.abc import Iterator

import httpx2
from langchain_core import exceptions as langchain_errors
from openai import APIStatusError, ContentFilterFinishReasonError, LengthFinishReasonError, OpenAIError

from factcheck.domain.extraction import StructuredMethod
from factcheck.errors import (
    FactcheckError,
    ModelSetupError,
    NoServerError,
    NotInRecordingError,
    RedirectedError,
    RefusedFormError,
    RefusedKeyError,
    UnknownModelError,
)
from factcheck.extraction.lines import clean_line
from factcheck.extraction.recording import NOT_RECORDED

_SHAPE_ERRORS = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the libraries raise over a reply of a shape that they do not expect, such as one without choices."""

CUT_SHORT = {
    "length": "the answer was cut off at the token limit",
    "content_filter": "the server's content filter stopped the answer",
}
"""Why a server ends an answer early, by its own word for it."""

CALL_ERRORS = (
    OpenAIError,
    langchain_errors.LangChainException,
    httpx2.HTTPError,
    TimeoutError,
    *NOT_RECORDED,
    *_SHAPE_ERRORS,
)
"""What a call may raise on a bad day. Nothing but the call itself stands where these are caught."""

_REASON_LIMIT = 300
_TOO_LONG = re.compile(r"context[ _](?:size|length|window)|maximum context|too many tokens", re.IGNORECASE)
_FORM = re.compile(r"response_format|json_schema|json_object|structured[ _]outputs?|\btools?\b", re.IGNORECASE)
_REFUSAL = re.compile(
    r"\bnot (?:support|implement|permit|allow|available)|unsupported|\brequires\b|no endpoints", re.IGNORECASE
)
_UNPROCESSABLE = 422
_ODD_REFUSALS = frozenset((404, 500, 501))


def as_fatal(error: Exception, model: str, method: StructuredMethod) -> FactcheckError | None:
    """The error to stop the run with, or None if only this call's sentences failed."""
    if _caused_by(error, NOT_RECORDED):
        return NotInRecordingError(
            "the recording holds no answer to a call that this run makes: the article, the prompt, the model or "
            "a setting is not the one that was recorded",
        )
    if _caused_by(error, (UnicodeEncodeError,)):
        return RefusedKeyError(f"{model!r} cannot be asked: the key holds {_culprit(error)}, which cannot be sent")
    if _is_quota(error):
        return ModelSetupError(
            f"the account behind {model!r} has no quota left: {reason(error)}; add credit, then extract again"
        )
    target = _redirected_to(error)
    if target is not None:
        return RedirectedError(
            f"{model!r} cannot be asked: its server sends every call on to {target!r}, which is not followed"
        )
    found = _fatal_kind(error)
    if found is RefusedFormError:
        others = [one.value for one in StructuredMethod if one is not method]
        return RefusedFormError(model, reason(error), method.value, others)
    return found(f"{model!r} cannot be asked: {reason(error)}") if found else None


def reason(error: Exception) -> str:
    """The failure in one line of at most 300 characters, fit for the ledger."""
    if isinstance(error, TimeoutError | langchain_errors.ModelTimeoutError):
        return "no answer in time"
    if isinstance(error, _SHAPE_ERRORS):
        return clean_line(f"the reply is not a chat completion ({type(error).__name__}: {error})")[:_REASON_LIMIT]
    text = str(getattr(error, "message", "") or error) or type(error).__name__
    return clean_line(text)[:_REASON_LIMIT]


_FATAL: tuple[tuple[type[Exception], type[FactcheckError]], ...] = (
    (langchain_errors.ModelAuthenticationError, RefusedKeyError),
    (langchain_errors.ModelPermissionDeniedError, RefusedKeyError),
    (langchain_errors.ModelNotFoundError, UnknownModelError),
    (langchain_errors.ModelConnectionError, NoServerError),
    (langchain_errors.ModelInvalidRequestError, RefusedFormError),
)


def _fatal_kind(error: Exception) -> type[FactcheckError] | None:
    """What the error becomes if every further call would meet it."""
    if _refuses_form(error):
        return RefusedFormError
    return next((fatal for kind, fatal in _FATAL if isinstance(error, kind) and _is_repeated(error)), None)


def _refuses_form(error: Exception) -> bool:
    """Whether a server says that it does not take the answer's form, with a status that means something else.

    llama.cpp says 500 or 501, OpenRouter 404, servers that check their input themselves 422.
    """
    if not isinstance(error, APIStatusError) or is_too_long(error):
        return False
    says_so = _FORM.search(str(error)) and _REFUSAL.search(str(error))
    return error.status_code == _UNPROCESSABLE or (error.status_code in _ODD_REFUSALS and says_so is not None)


def _is_repeated(error: Exception) -> bool:
    """A dropped connection may be chance; a refused one is not, nor is a refused request."""
    if is_too_long(error) or isinstance(error, langchain_errors.ModelTimeoutError):
        return False
    if isinstance(error, langchain_errors.ModelConnectionError):
        return _caused_by(error, (httpx2.ConnectError, httpx2.UnsupportedProtocol, httpx2.LocalProtocolError))
    return not _is_filtered(error)


def _is_filtered(error: Exception) -> bool:
    return _code(error) == "content_filter"


def _is_quota(error: Exception) -> bool:
    return isinstance(error, langchain_errors.ModelRateLimitError) and _code(error) == "insufficient_quota"


def _redirected_to(error: Exception) -> str | None:
    """Where a redirect leads, or None if the trouble is another."""
    if not (isinstance(error, APIStatusError) and error.response.has_redirect_location):
        return None
    return clean_line(error.response.headers["location"])[:_REASON_LIMIT]


def _culprit(error: BaseException) -> str:
    """The characters that no HTTP header can carry."""
    found = next(link for link in _chain(error) if isinstance(link, UnicodeEncodeError))
    return repr(found.object[found.start : found.end])


def _code(error: Exception) -> str | None:
    """The API's own word for the trouble, such as `insufficient_quota`."""
    return getattr(error, "code", None)


def _caused_by(error: BaseException, kinds: tuple[type[BaseException], ...]) -> bool:
    return any(isinstance(link, kinds) for link in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def is_too_long(error: Exception) -> bool:
    """Whether the question does not fit into the model's context; servers say so in many ways."""
    if isinstance(error, langchain_errors.ContextOverflowError):
        return True
    refused = isinstance(error, langchain_errors.ModelInvalidRequestError)
    return refused and _TOO_LONG.search(str(error)) is not None


def text_so_far(error: Exception) -> str:
    """What the model had written of an answer that was cut short."""
    choices = getattr(getattr(error, "completion", None), "choices", None) or []
    return str(choices[0].message.content or "") if choices else ""


def cut_short(error: Exception) -> str | None:
    """Why the server itself ended the answer early, or None if it did not."""
    if isinstance(error, LengthFinishReasonError):
        return CUT_SHORT["length"]
    if isinstance(error, ContentFilterFinishReasonError):
        return CUT_SHORT["content_filter"]
    return f"the server's content filter refused the text: {reason(error)}" if _is_filtered(error) else None
