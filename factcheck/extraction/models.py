"""Opens a chat model by its `provider:name`, for a live server or for a replay."""

import asyncio
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from openai import OpenAIError

from factcheck.domain.extraction import full_model_name
from factcheck.errors import ModelSetupError, NoKeyError, NoModelNamedError
from factcheck.extraction.bounded_answers import BoundedTransport
from factcheck.extraction.server_chat import ServerChat

_LOOK, _LONG = 1.0, 60.0  # seconds
_OPENAI_BASE_URL = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class CallLimits:
    """How long a call may take, in seconds, how often it is tried, and how many run at once."""

    seconds: float
    retries: int
    concurrency: int


@dataclass
class Pace:
    """Gives calls their turns, in the order in which they ask for one, `seconds` apart at least.

    LangChain's own rate limiter waits inside the call, where the wait would count against its
    deadline. Tries that the SDK makes again are not spaced: they keep to the server's Retry-After.
    `shared` takes a turn among the calls of others, too, if one is due: 0 then, else the seconds until one is. One call
    at a time asks for it, and whoever waits holds none. `waits` hears of each minute that none came.
    """

    seconds: float = 0.0
    shared: Callable[[], float] | None = None
    waits: Callable[[], None] = lambda: None
    _next: float = 0.0
    _one_by_one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def turn(self) -> None:
        """Return when it is the caller's turn."""
        if self.shared is None:
            await self._own_turn()
            return
        async with self._one_by_one:
            await self._own_turn()
            await self._shared_turn(self.shared)
            self._next = max(self._next, time.monotonic() + self.seconds)

    async def _own_turn(self) -> None:
        now = time.monotonic()
        turn = max(now, self._next)
        self._next = turn + self.seconds
        await asyncio.sleep(turn - now)

    async def _shared_turn(self, shared: Callable[[], float]) -> None:
        since = time.monotonic()
        while wait := await asyncio.to_thread(shared):
            if time.monotonic() - since >= _LONG:
                since = time.monotonic()
                self.waits()
            # Another rate may hold by then.
            await asyncio.sleep(min(wait, _LOOK))


def open_model(name: str, limits: CallLimits, replayed_from: str | None = None) -> BaseChatModel:
    """A chat model at temperature 0 if it takes one. Raises ModelSetupError for an unknown provider or a missing key.

    `replayed_from` is the recorded server's base url: nothing is sent there, and no key is needed.
    """
    # The SDK warns on stderr of a reply with a number where a word belongs; the ledger says it better.
    warnings.filterwarnings("ignore", "Pydantic serializer warnings", UserWarning)
    provider, _, bare_name = full_model_name(name).partition(":")
    if not bare_name.strip():
        raise NoModelNamedError(f"{name!r} names no model")
    options: dict[str, Any] = {"timeout": limits.seconds, "max_retries": limits.retries}
    if provider == "openai":
        options |= {"use_responses_api": False, "http_async_client": httpx2.AsyncClient(transport=BoundedTransport())}
    if replayed_from is not None:
        options |= {"base_url": replayed_from, "api_key": "replayed", "max_retries": 0}
    try:
        model = _opened(provider, bare_name, options)
    except (ImportError, ValueError) as error:
        raise ModelSetupError(f"the model {name!r} cannot be opened: {error}") from error
    except OpenAIError as error:
        raise NoKeyError(f"there is no key for {name!r}") from error
    # Reasoning models take no temperature; LangChain's profile of a model says so.
    if (getattr(model, "profile", None) or {}).get("temperature", True) and hasattr(model, "temperature"):
        model.temperature = 0.0
    return model


async def close_model(model: BaseChatModel) -> None:
    """Close a model's connections, which stay open from call to call; in the event loop that made them."""
    client = getattr(model, "root_async_client", None)
    if client is not None:
        await client.close()


def is_openais_own(model: BaseChatModel) -> bool:
    """Whether a model's calls go to OpenAI itself, by whichever of the ways its address was set."""
    client = getattr(model, "root_async_client", None)
    return str(getattr(client, "base_url", "")).rstrip("/") == _OPENAI_BASE_URL


def _opened(provider: str, name: str, options: dict[str, Any]) -> BaseChatModel:
    if provider == "openai":
        return ServerChat(model=name, **options)
    model: BaseChatModel = init_chat_model(f"{provider}:{name}", **options)
    return model
