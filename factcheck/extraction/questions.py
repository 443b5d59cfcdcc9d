"""The messages of a call, written without a model, and how many tokens they will take."""

import json
import math
from dataclasses import dataclass

from factcheck.domain.article import Article
from factcheck.domain.cost import Estimate
from factcheck.domain.extraction import StructuredMethod, Window
from factcheck.domain.sentence import Sentence
from factcheck.extraction.lines import question_line
from factcheck.extraction.prompts import Prompt
from factcheck.extraction.schema import answer_schema, most_answer_tokens, sentence_key
from factcheck.text.introductions import introduced

BYTES_A_TOKEN = 3.7
"""Of prompts, in UTF-8: 8 % too low to 4 % too high for each of 24 recorded calls and for whole runs."""

ANSWER_TOKENS_A_BYTE = 1.1
"""Of the sentences asked about: 11 % too low to 8 % too high for five recorded runs, and 33 % too low for the
sixth, in Japanese: a guess, no more."""

_MOST_AROUND_A_PROMPT = 100
"""What a server puts around four messages; no tokenizer makes more than one token of a byte."""

_UNKNOWN = "unknown"
_ENGLISH = "en"
_LANGUAGES = {
    "ar": "Arabic", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "ta": "Tamil",
    "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TokenEstimator:
    """Serves the Estimator port: counts bytes, since no tokenizer is at hand for every model.

    Bytes and not characters, so that a Chinese character, three bytes long, counts for most of a
    token. `counts_form` says whether the server bills the schema: OpenAI does, llama.cpp and vLLM do not.
    """

    prompt: Prompt
    method: StructuredMethod = StructuredMethod.JSON_SCHEMA
    counts_form: bool = True

    def estimate(self, article: Article, window: Window) -> Estimate:
        """What one call will take; a prompt that a server holds in its cache counts in full."""
        count = len(window.sentences)
        said = sum(_bytes(content) for _, content in question_messages(self.prompt, self.method, article, window))
        asked = sum(_bytes(_line(article, one)) for one in window.sentences)
        most = most_answer_tokens(count)
        form = _bytes(json.dumps(answer_schema(count)))
        counted = form if self.counts_form and self.method is not StructuredMethod.JSON_MODE else 0
        return Estimate(
            calls=1,
            prompt_tokens=math.ceil((said + counted) / BYTES_A_TOKEN),
            answer_tokens=min(most, math.ceil(asked * ANSWER_TOKENS_A_BYTE)),
            most_prompt_tokens=said + form + _MOST_AROUND_A_PROMPT,
            most_answer_tokens=most,
        )


def question_messages(
    prompt: Prompt, method: StructuredMethod, article: Article, window: Window
) -> list[tuple[str, str]]:
    """The messages of one call as (role, content): all but the last are the same for every call."""
    numbered = [f"{sentence_key(index)}: {_line(article, one)}" for index, one in enumerate(window.sentences)]
    form = ""
    if method is StructuredMethod.JSON_MODE:  # whose server is told no schema, and needs the keys in words
        keys = ", ".join(map(sentence_key, range(len(numbered))))
        form = f"\n\nAnswer with one JSON object; its keys are {keys}."
    inputs = {
        "title": question_line(article.title or _UNKNOWN),
        "published": article.published.isoformat() if article.published else _UNKNOWN,
        "introduced": _introduced(article, window),
        "before": " ".join(_line(article, one) for one in window.before) or "(the article begins)",
        "sentences": "\n".join(numbered) + _language(article) + form,
    }
    question = prompt.fill(**{name: words for name, words in inputs.items() if name in prompt.inputs})
    return prompt.messages(question, _language_of(article))


def _introduced(article: Article, window: Window) -> str:
    """Who came in earlier than the sentences shown, and may be spoken of in these; in front of them, or nothing."""
    if not window.before or _language_of(article) != _ENGLISH:
        return ""
    before, asked = (
        " ".join(_line(article, one) for one in sentences) for sentences in (window.before, window.sentences)
    )
    begin = window.before[0].span.start
    told = question_line(introduced(article.text, begin, asked, f"{before} {asked}", article.title or ""))
    return f"(So far: {told}.) " if told else ""


def _language_of(article: Article) -> str:
    return (article.read_as or _ENGLISH).split("-")[0].lower()


def _language(article: Article) -> str:
    """The language to answer in, where it is not the prompt's own: a small model falls back on that."""
    tag = _language_of(article)
    if tag == _ENGLISH:
        return ""
    name = _LANGUAGES.get(tag, f"the language {question_line(tag)!r}")
    return f"\n\nThe text is in {name}: write claims and reasons in {name}, with the names as the text writes them."


def _line(article: Article, sentence: Sentence) -> str:
    return question_line(sentence.span.cut(article.text))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
