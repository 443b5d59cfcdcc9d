"""Whether a second call that mends the claims which the gates caught is worth its tokens.

    python tests/benchmarks/repair.py                         plays cassettes/evaluation/seed-repair-wN.yaml
    python tests/benchmarks/repair.py --record --model NAME   asks the model at OPENAI_BASE_URL

The claims are those of the recording `seed-keys-wN` (`--window N`, 9 if not told). For each window with a claim that
a gate caught, one call asks for those claims anew. A mended claim takes the place of the caught one if the gates hold
nothing against it. The last row is what a perfect repair would give: each caught claim turned into one of those
that people listed and the chain missed.
"""

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langchain_core.language_models import BaseChatModel

from factcheck.domain.article import FiledArticle
from factcheck.domain.claim import Claim, Flag
from factcheck.domain.extraction import (
    DEFAULT_WINDOW,
    AskedArticle,
    ExtractionSetup,
    Question,
    RecordingHeader,
    Window,
    WindowOutcome,
)
from factcheck.extraction.answers import AnswerReader
from factcheck.extraction.chain import LangChainExtractor
from factcheck.extraction.models import CallLimits, open_model
from factcheck.extraction.prompts import Prompt, parse_prompt
from factcheck.extraction.recording import read_recording, recording_to, replaying
from factcheck.extraction.schema import FACT
from factcheck.settings import Settings

if TYPE_CHECKING:
    from benchmarks.evaluation import tapes
    from benchmarks.evaluation.chains import own_prompt
    from benchmarks.evaluation.samples import SETS, Sample
    from benchmarks.evaluation.similarity import match, tokens
else:  # a script's own folder is on the path, its parent is not
    from evaluation import tapes
    from evaluation.chains import own_prompt
    from evaluation.samples import SETS, Sample
    from evaluation.similarity import match, tokens

CAUGHT = frozenset(
    {Flag.DANGLING_SUBJECT, Flag.COMPOUND, Flag.UNANCHORED_QUOTE, Flag.UNKNOWN_NAME, Flag.UNSUPPORTED_NUMBER}
)
LIMITS = CallLimits(1_800.0, 0, 1)
PROMPT = Path(__file__).parent / "prompts" / "repair_claims.md"


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a window's claims became, and what the call took."""

    claims: tuple[Claim, ...]
    mended: int
    prompt_tokens: int


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--window", type=int, default=DEFAULT_WINDOW, metavar="N")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--model", metavar="NAME", default="")
    parser.add_argument("--recordings", type=Path, default=tapes.FOLDER, metavar="FOLDER")
    options = parser.parse_args()
    sample = next(one for one in SETS if one.name == "seed").samples()[0]
    outcomes = played(sample, options.recordings / f"seed-keys-w{options.window}.yaml")
    repaired = asked_again(sample, outcomes, options)
    print(f"{'':28}  claims  caught  coverage  one-to-one  prompt tokens")
    tokens_before = sum(one.usage.prompt_tokens for one in outcomes)
    claims = [claim for one in outcomes for claim in one.claims]
    row("without repair", [one.text for one in claims], claims, sample, tokens_before)
    after = [claim for one in repaired for claim in one.claims]
    spent = tokens_before + sum(one.prompt_tokens for one in repaired)
    row(
        f"with repair ({sum(one.mended for one in repaired)} mended)", [one.text for one in after], after, sample, spent
    )
    row("with a perfect repair", list(perfect(claims, sample.gold)), (), sample, spent)
    return 0


def row(name: str, texts: Sequence[str], claims: Sequence[Claim], sample: Sample, spent: int) -> None:
    """One line of the table."""
    found = match(texts, sample.gold)
    caught = sum(map(is_caught, claims))
    print(f"{name:28}  {len(texts):6}  {caught:6}  {found.coverage:8.3f}  {found.one_to_one:10.3f}  {spent:13,}")


def is_caught(claim: Claim) -> bool:
    """Whether a gate holds something against the claim that other words might mend."""
    return not CAUGHT.isdisjoint(claim.flags)


def played(sample: Sample, path: Path) -> list[WindowOutcome]:
    """The outcomes of the recorded run, window by window."""
    recording, prompt = read_recording(path), own_prompt()
    asked = AskedArticle(0, FiledArticle(0, sample.article), tuple(sample.sentences))
    questions = [Question(asked, window) for window in sample.windows(recording.header.window)]
    setup = ExtractionSetup(recording.header.model, prompt.name, prompt.version, prompt.sha256, {})
    with replaying(recording):
        model = open_model(recording.header.model, LIMITS, recording.header.base_url)
        with LangChainExtractor(model, prompt, setup, LIMITS) as extractor:
            found = [outcome for _, outcome in extractor.outcomes(iter(questions))]
    return sorted(found, key=lambda one: one.window.positions)


def asked_again(sample: Sample, outcomes: Sequence[WindowOutcome], options: argparse.Namespace) -> list[Repaired]:
    """The windows' claims after one more call for each window with a caught claim."""
    prompt = parse_prompt(PROMPT.stem, PROMPT.read_bytes())
    path = options.recordings / f"seed-repair-w{options.window}.yaml"
    if options.record:
        base_url = Settings.from_environment().openai_base_url or ""
        header = RecordingHeader(
            f"openai:{options.model}", prompt.name, prompt.version, prompt.sha256, options.window, base_url
        )
        with recording_to(path, header):
            return asyncio.run(_all(sample, outcomes, prompt, open_model(options.model, LIMITS)))
    recording = read_recording(path)
    with replaying(recording):
        model = open_model(recording.header.model, LIMITS, recording.header.base_url)
        return asyncio.run(_all(sample, outcomes, prompt, model))


async def _all(
    sample: Sample, outcomes: Sequence[WindowOutcome], prompt: Prompt, model: BaseChatModel
) -> list[Repaired]:
    reader = AnswerReader(sample.article, sample.sentences, "\n".join(one.answer for one in prompt.examples))
    return [await _repaired(sample, one, prompt, model, reader) for one in outcomes]


async def _repaired(
    sample: Sample, outcome: WindowOutcome, prompt: Prompt, model: BaseChatModel, reader: AnswerReader
) -> Repaired:
    caught = [one for one in outcome.claims if is_caught(one)]
    if not caught:
        return Repaired(outcome.claims, 0, 0)
    bound: Any = model.with_structured_output(schema(len(caught)), method="json_schema", strict=True, include_raw=True)
    reply = await bound.ainvoke(prompt.messages(question(sample, outcome.window, prompt, caught)))
    answer = json.loads(str(reply["raw"].content))
    mended = {
        old: list(_mended(answer.get(f"c{at}", []), old, outcome.window, reader)) for at, old in enumerate(caught, 1)
    }
    claims = [new for one in outcome.claims for new in (mended.get(one) or [one])]
    usage = reply["raw"].usage_metadata
    return Repaired(tuple(claims), sum(bool(one) for one in mended.values()), usage["input_tokens"] if usage else 0)


def _mended(offered: Sequence[dict[str, str]], old: Claim, window: Window, reader: AnswerReader) -> Iterator[Claim]:
    """The claims offered in place of a caught one, if no gate holds anything against any of them."""
    home = next(one for one in window.sentences if one.position in (old.anchor.sentence_ids or window.positions))
    rest = {"speaker": old.speaker or "", "worth": round(old.check_worthiness * 10), "why": old.reason}
    part = {"claims": [one | rest for one in offered], "kind": FACT}
    _, found = reader.read({"s1": part}, Window((home,), window.before))
    if found and not any(map(is_caught, found)):
        yield from found


def question(sample: Sample, window: Window, prompt: Prompt, caught: Sequence[Claim]) -> str:
    """The window's sentences and the caught claims, each with what is held against it."""
    keys = {one.position: f"s{at}" for at, one in enumerate(window.sentences, 1)}
    lines = [f"{keys[one.position]}: {' '.join(one.span.cut(sample.article.text).split())}" for one in window.sentences]
    told = []
    for at, one in enumerate(caught, 1):
        home = next((keys[place] for place in one.anchor.sentence_ids if place in keys), "s1")
        reasons = "; ".join(each.reason for each in one.doubts if each.flag in CAUGHT)
        told.append(f"c{at} of {home} [{reasons}]: {one.text}")
    before = " ".join(" ".join(one.span.cut(sample.article.text).split()) for one in window.before)
    return prompt.fill(
        title=sample.article.title or "unknown",
        before=before or "(the article begins)",
        sentences="\n".join(lines),
        caught="\n".join(told),
    )


def schema(count: int) -> dict[str, Any]:
    """The form of an answer: one required key a claim."""
    text = {"type": "string"}
    claim = _object({"quote": text, "claim": text})
    listed = {"type": "array", "items": claim, "maxItems": 3}
    return {"title": "mended", "description": "The mended claims."} | _object(
        {f"c{at}": listed for at in range(1, count + 1)}
    )


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def perfect(claims: Sequence[Claim], gold: Sequence[str]) -> Iterator[str]:
    """Each caught claim as the nearest listed one that no other caught claim has become."""
    left = list(gold)
    for claim in claims:
        if not is_caught(claim):
            yield claim.text
            continue
        left.sort(key=lambda one: -_alike(one, claim.text))
        yield left.pop(0)


def _alike(first: str, second: str) -> float:
    one, other = Counter(tokens(first)), Counter(tokens(second))
    return 2 * sum((one & other).values()) / (sum(one.values()) + sum(other.values()))


if __name__ == "__main__":
    sys.exit(main())
