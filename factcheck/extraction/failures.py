"""Tells a call's own trouble from trouble that every further call would have too."""

import re
from typing import TypeVar

import httpx2
from langchain_core import exceptions as langchain_errors
from openai import APIStatusError, ContentFilterFinishReasonError, LengthFinishReasonError, OpenAIError

from factcheck import errors
from factcheck.domain.extraction import StructuredMethod
from factcheck.extraction.addresses import bare_address, key_of, without_users
from factcheck.extraction.bounded_answers import AnswerTooLargeError
from factcheck.extraction.lines import clean_line
from factcheck.extraction.recording import NOT_RECORDED
from factcheck.extraction.server_words import words_of_text

_SHAPE_ERRORS = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the libraries raise over a reply of a shape that they do not expect, such as one without choices."""

_FILTERED = "content_filter"
CUT_SHORT = {
    "length": "the answer was cut off at the token limit",
    _FILTERED: "the server's content filter stopped the answer",
}
"""Why a server ends an answer early, by its own word for it."""

CALL_ERRORS = (
    OpenAIError, langchain_errors.LangChainException, httpx2.HTTPError, TimeoutError, *NOT_RECORDED, *_SHAPE_ERRORS,
)  # fmt: skip
"""What a call may raise on a bad day. Nothing but the call itself stands where these are caught."""

Cause = TypeVar("Cause", bound=BaseException)

_REASON_LIMIT = 300  # characters
_TOO_LONG = re.compile(
    r"context[ _](?:size|length|window)|(?:maximum|exceed\w{0,3}) context|too many tokens"
    r"|maximum (?:model|sequence|input|prompt) length|(?:prompt|input) (?:is )?too long"
    r"|(?:exceeds?|larger than) the (?:maximum|max) (?:number of )?(?:allowed )?(?:input )?tokens"
    r"|tokens\W{1,3}must be <=|\bn_ctx\b",
    re.IGNORECASE,
)
"""As llama.cpp, OpenAI, vLLM, SGLang, LM Studio, Ollama, Text Generation Inference and Gemini say it."""

_OF_ONE_CALL = re.compile(
    r"json_validate_failed|tool_use_failed|failed_generation|failed to (?:generate json|call a function)", re.IGNORECASE
)
"""A server's words where the model's own answer broke the form that it takes otherwise; Groq's."""

_FORM = re.compile(r"response_format|json_schema|json_object|structured[ _]outputs?|\btools?\b", re.IGNORECASE)
_REFUSAL = re.compile(
    r"\bnot (?:support|implement|permit|allow|available)|unsupported|\brequires\b|no endpoints", re.IGNORECASE
)
_UNPROCESSABLE = 422
_PAYMENT_REQUIRED = 402
_NO_QUOTA = "insufficient_quota"
_TOO_LONG_STATUSES = frozenset((400, 413, _UNPROCESSABLE, 500))
_ODD_REFUSALS = frozenset((404, 500, 501))  # of which only the words tell what is meant


def as_fatal(error: Exception, model: str, method: StructuredMethod) -> errors.FactcheckError | None:
    """The error to stop the run with, or None if only this call's sentences failed."""
    if _cause(error, *NOT_RECORDED):
        return errors.NotInRecordingError(
            "the recording holds no answer to a call that this run makes: the article, the prompt, the model or "
            "a setting is not the one that was recorded"
        )
    if unsent := _cause(error, UnicodeEncodeError):
        culprit = unsent.object[unsent.start : unsent.end]
        return errors.RefusedKeyError(f"{model!r} cannot be asked: the key holds {culprit!r}, which cannot be sent")
    if _is_out_of_money(error):
        return errors.ModelSetupError(
            f"the account behind {model!r} has no quota left: {reason(error)}; add credit, then extract again"
        )
    if isinstance(error, APIStatusError) and error.response.has_redirect_location:
        target = clean_line(bare_address(error.response.headers["location"]))[:_REASON_LIMIT]
        return errors.RedirectedError(
            f"{model!r} cannot be asked: its server sends every call on to {target!r}, which is not followed"
        )
    found = next((fatal for kind, fatal in _FATAL.items() if isinstance(error, kind) and _is_repeated(error)), None)
    if found is errors.RefusedFormError or _refuses_form(error):
        others = [one.value for one in StructuredMethod if one is not method]
        return errors.RefusedFormError(model, reason(error), method.value, others)
    return found(f"{model!r} cannot be asked: {reason(error)}") if found else None


def _is_out_of_money(error: Exception) -> bool:
    """Whether nothing is left to pay with: 402, or 429 with OpenAI's word for it as `code` or as `type`."""
    if getattr(error, "status_code", None) == _PAYMENT_REQUIRED:
        return True
    said = {getattr(error, "code", None), getattr(error, "type", None)}
    return isinstance(error, langchain_errors.ModelRateLimitError) and _NO_QUOTA in said


def reason(error: Exception) -> str:
    """The failure in one line of at most 300 characters, fit for the ledger."""
    if too_large := _cause(error, AnswerTooLargeError):
        return str(too_large)  # the SDK calls it a connection error
    if isinstance(error, TimeoutError | langchain_errors.ModelTimeoutError):
        return "no answer in time"
    words = _server_words(error)
    if isinstance(error, _SHAPE_ERRORS):
        why = words or f"{type(error).__name__}: {error}"
        return clean_line(f"the reply is not a chat completion ({why})")[:_REASON_LIMIT]
    text = str(getattr(error, "message", "") or error) or type(error).__name__
    if words and words not in text:
        text = f"{text} - {words}"
    return clean_line(without_users(_without_key(text, error)))[:_REASON_LIMIT]


def _without_key(text: str, error: Exception) -> str:
    """The text without the key that the request was sent with: some servers repeat what they were sent."""
    answer = getattr(error, "response", None)
    key = key_of(answer.request.headers) if isinstance(answer, httpx2.Response) else None
    return text.replace(key, "[key]") if key else text


def is_of_server(error: Exception) -> bool:
    """Whether the server was down, too busy or cut off, and not the model at a loss for an answer."""
    if _cause(error, AnswerTooLargeError) or cut_short(error) or is_too_long(error):
        return False
    return isinstance(error, _OF_SERVER) and not _OF_ONE_CALL.search(_all_words(error))


def _all_words(error: Exception) -> str:
    return f"{error} {getattr(error, 'code', None) or ''} {_server_words(error)}"


def _server_words(error: Exception) -> str:
    """What the server's answer says went wrong, "" without an answer or words; the SDK reads OpenAI's own form only."""
    # LangChain hangs the answer on the error where the SDK fails over its shape.
    answer = getattr(error, "response", None)
    try:
        return words_of_text(answer.text) if isinstance(answer, httpx2.Response) else ""
    except httpx2.HTTPError:  # an answer that was never read
        return ""


_FATAL: dict[type[Exception], type[errors.FactcheckError]] = {
    langchain_errors.ModelAuthenticationError: errors.RefusedKeyError,
    langchain_errors.ModelPermissionDeniedError: errors.RefusedKeyError,
    langchain_errors.ModelNotFoundError: errors.UnknownModelError,
    langchain_errors.ModelConnectionError: errors.NoServerError,
    langchain_errors.ModelInvalidRequestError: errors.RefusedFormError,
}
"""What an error becomes if every further call would meet it."""


_OF_SERVER = (
    langchain_errors.ModelConnectionError, langchain_errors.ModelRateLimitError, langchain_errors.ModelAPIError,
)  # fmt: skip


def _is_repeated(error: Exception) -> bool:
    """A dropped connection may be chance; a refused one is not, nor is a refused request."""
    if is_too_long(error) or isinstance(error, langchain_errors.ModelTimeoutError):
        return False
    if isinstance(error, langchain_errors.ModelConnectionError):
        return bool(_cause(error, httpx2.ConnectError, httpx2.UnsupportedProtocol, httpx2.LocalProtocolError))
    return getattr(error, "code", None) != _FILTERED and not _OF_ONE_CALL.search(_all_words(error))


def _refuses_form(error: Exception) -> bool:
    """Whether a server refuses the answer's form by an odd status: llama.cpp 500 or 501, OpenRouter 404, others 422."""
    if not isinstance(error, APIStatusError) or is_too_long(error):
        return False
    words = _all_words(error)
    says_so = _FORM.search(words) and _REFUSAL.search(words)
    return error.status_code == _UNPROCESSABLE or (error.status_code in _ODD_REFUSALS and says_so is not None)


def _cause(error: BaseException | None, *kinds: type[Cause]) -> Cause | None:
    """The first of these kinds among an error and what led to it."""
    while error is not None:
        if isinstance(error, kinds):
            return error
        error = error.__cause__ or error.__context__
    return None


def is_too_long(error: Exception) -> bool:
    """Whether the question does not fit into the model's context; servers say so in many ways."""
    status = getattr(error, "status_code", None)
    says_so = status in _TOO_LONG_STATUSES and _TOO_LONG.search(_all_words(error))
    return bool(says_so) or isinstance(error, langchain_errors.ContextOverflowError)


def cut_short(error: Exception) -> str | None:
    """Why the server itself ended the answer early, or None if it did not."""
    if isinstance(error, LengthFinishReasonError):
        return CUT_SHORT["length"]
    if isinstance(error, ContentFilterFinishReasonError):
        return CUT_SHORT[_FILTERED]
    is_refused = getattr(error, "code", None) == _FILTERED
    return f"the server's content filter refused the text: {reason(error)}" if is_refused else None
