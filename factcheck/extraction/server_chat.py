"""LangChain's ChatOpenAI, for servers that speak OpenAI's API with words of their own."""

import json
from typing import Any

from langchain_core.language_models import LanguageModelInput
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatResult
from langchain_openai import ChatOpenAI
from openai import BaseModel, ContentFilterFinishReasonError, LengthFinishReasonError
from openai.types.chat import ChatCompletion
from typing_extensions import override

from factcheck.extraction.replies import REASONING
from factcheck.extraction.server_words import words_of

_REASONING_NAMES = ("reasoning_content", "reasoning")
"""vLLM, DeepSeek, LM Studio and llama.cpp say the first; Ollama, OpenRouter and newer vLLM the second."""


class ServerChat(ChatOpenAI):
    """Keeps a reply's reasoning, and the words of an error that comes with status 200: ChatOpenAI drops both."""

    def request_body(self, messages: LanguageModelInput, **form: Any) -> dict[str, Any]:  # noqa: ANN401 - as in bind
        """The body of the request that a call with these messages, bound to this form, sends."""
        body: dict[str, Any] = self._get_request_payload(messages, **form)
        return body

    def read_reply(self, completion: ChatCompletion) -> AIMessage:
        """The message of a completion, as a call gives it. Raises what a call would raise over it."""
        for choice in completion.choices or ():
            if choice.finish_reason == "length":
                raise LengthFinishReasonError(completion=completion)
            if choice.finish_reason == "content_filter":
                raise ContentFilterFinishReasonError(completion=completion)
        message = self._create_chat_result(completion).generations[0].message
        if not isinstance(message, AIMessage):
            raise TypeError(f"a message of the kind {message.type!r}")
        return message

    @override
    def _create_chat_result(
        self, response: dict[str, Any] | BaseModel, generation_info: dict[str, Any] | None = None
    ) -> ChatResult:
        reply = response if isinstance(response, dict) else response.model_dump(warnings=False)
        choices = reply.get("choices") or []
        told = next((one["error"] for one in choices if one.get("error")), None if choices else reply)
        if words := words_of(told):
            raise ValueError(words)
        if isinstance(response, BaseModel):
            _write_arguments(response)
        result = super()._create_chat_result(response, generation_info)
        for generation, choice in zip(result.generations, choices, strict=True):
            said = choice.get("message") or {}
            thought = next((said[name] for name in _REASONING_NAMES if isinstance(said.get(name), str)), "")
            generation.message.additional_kwargs[REASONING] = thought
        return result


def _write_arguments(response: BaseModel) -> None:
    """Turn a call's arguments that came as an object, as in Ollama's own API, into the JSON that OpenAI sends."""
    calls = [call for choice in response.choices for call in choice.message.tool_calls or ()]  # type: ignore[attr-defined]
    for call in calls:
        if isinstance(call.function.arguments, dict):
            call.function.arguments = json.dumps(call.function.arguments, ensure_ascii=False)
