"""The chains that are compared. Each takes a sample and a window size and gives claims, with what they cost.

`keys`        the program's own chain: one required key a sentence.
`kind_first`  the same chain with another form of the answer, the sentence's kind before its claims; see `other_forms`.
`list`        the same chain, but the model answers with one flat list; see `other_forms`.
`sentence`    no model: each sentence is its own claim.
`claimify`    three steps for each sentence; see `claimify`.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from langchain_core.language_models import BaseChatModel

from factcheck.domain.article import FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.extraction import AskedArticle, ExtractionSetup, Question, Usage, WindowOutcome
from factcheck.domain.sentence import SentenceState
from factcheck.extraction.chain import LangChainExtractor
from factcheck.extraction.models import CallLimits
from factcheck.extraction.prompts import Prompt, load_prompt

from . import claimify
from .other_forms import FLAT_LIST, KIND_FIRST, Form, OtherFormModel, other_prompt
from .samples import Sample

PROMPT = "extract_claims"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a chain made of one sample. `failed` counts the sentences that got no usable answer."""

    claims: tuple[Claim, ...]
    usage: Usage = field(default_factory=Usage)
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Asking:
    """What a chain is run with: an open model under its name, and where to tell how far it is."""

    model: BaseChatModel
    name: str
    limits: CallLimits
    prompt: Prompt
    tell: Tell


Run = Callable[[Asking, Sequence[Sample], int], list[Extracted]]


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain by name. `run` is None where no model is asked; `has_windows` where their size matters.

    `has_other_form` says that it asks for another form than the program's, in words of its own.
    """

    name: str
    run: Run | None
    has_windows: bool = False
    has_quotes: bool = False
    has_other_form: bool = False

    def prompt(self, own: Prompt) -> tuple[str, str, str]:
        """Name, version and hash of the words that this chain sends, `own` being the program's prompt."""
        if self.name == "claimify":
            return "claimify", claimify.VERSION, claimify.prompts_sha256()
        asked = other_prompt() if self.has_other_form else own
        return asked.name, asked.version, asked.sha256


def own_prompt() -> Prompt:
    """The prompt that ships with the program."""
    return load_prompt(PROMPT)


def sentences_as_claims(samples: Sequence[Sample]) -> list[Extracted]:
    """The baseline without a model: each sentence, as it stands, is a claim."""
    return [Extracted(tuple(_as_claims(sample))) for sample in samples]


def _as_claims(sample: Sample) -> Iterator[Claim]:
    for sentence in sample.wanted:
        words = sentence.span.cut(sample.article.text)
        anchor = Anchor(AnchorStatus.EXACT, (sentence.span,), (sentence.position,))
        yield Claim(" ".join(words.split()), words, anchor, check_worthiness=0.0)


def _keys(asking: Asking, samples: Sequence[Sample], size: int) -> list[Extracted]:
    return _extracted(asking, samples, size)


def _in_form(form: Form) -> Run:
    def run(asking: Asking, samples: Sequence[Sample], size: int) -> list[Extracted]:
        model = cast("BaseChatModel", OtherFormModel(asking.model, form))
        return _extracted(replace(asking, model=model, prompt=other_prompt()), samples, size)

    return run


def _extracted(asking: Asking, samples: Sequence[Sample], size: int) -> list[Extracted]:
    """What the program's extractor makes of each sample. Nothing else here calls it."""
    prompt = asking.prompt
    setup = ExtractionSetup(asking.name, prompt.name, prompt.version, prompt.sha256, {"window": size})
    articles = [AskedArticle(at, FiledArticle(at, one.article), tuple(one.sentences)) for at, one in enumerate(samples)]
    pairs = zip(articles, samples, strict=True)
    questions = [Question(one, window) for one, sample in pairs for window in sample.windows(size)]
    found = [Extracted(()) for _ in samples]
    with LangChainExtractor(asking.model, prompt, setup, asking.limits) as extractor:
        for done, (question, outcome) in enumerate(extractor.outcomes(iter(questions)), 1):
            at = question.asked.run_id
            found[at] = _with(found[at], outcome)
            asking.tell(f"{done} of {len(questions)} calls")
    return found


def _with(extracted: Extracted, outcome: WindowOutcome) -> Extracted:
    failed = sum(entry.state is SentenceState.FAILED for entry in outcome.entries.values())
    claims = (*extracted.claims, *outcome.claims)
    return Extracted(claims, extracted.usage + outcome.usage, extracted.failed + failed)


def _claimify(asking: Asking, samples: Sequence[Sample], _: int) -> list[Extracted]:
    limits = asking.limits
    found = asyncio.run(claimify.extract(asking.model, asking.name, samples, limits.concurrency, asking.tell))
    return [_joined(sentences) for sentences in found]


def _joined(sentences: Sequence[claimify.Claimified]) -> Extracted:
    claims = tuple(claim for sentence in sentences for claim in sentence.claims)
    usage = sum((sentence.usage for sentence in sentences), Usage())
    return Extracted(claims, usage, sum(sentence.is_failed for sentence in sentences))


CHAINS = (
    Chain("sentence", None),
    Chain("keys", _keys, has_windows=True, has_quotes=True),
    Chain("kind_first", _in_form(KIND_FIRST), has_windows=True, has_quotes=True, has_other_form=True),
    Chain("list", _in_form(FLAT_LIST), has_windows=True, has_quotes=True, has_other_form=True),
    Chain("claimify", _claimify),
)
"""Every chain, the cheapest first."""
