"""Whether a question of its own splits the claims that still say two facts, one claim and its sentence a call.

    python tests/benchmarks/compound.py                         plays cassettes/evaluation/compound.yaml
    python tests/benchmarks/compound.py --record --model NAME   asks the model at OPENAI_BASE_URL

The claims are those of the recorded English articles that are flagged `compound`, after code has taken apart what it
can. A claim counts as split if it became several that are the claim cut up, and no gate holds anything against any of
them that it did not hold against the claim.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from langchain_core.language_models import BaseChatModel

from factcheck.domain.claim import Claim, Flag
from factcheck.domain.extraction import RecordingHeader
from factcheck.extraction.answers import AnswerReader
from factcheck.extraction.models import open_model
from factcheck.extraction.parts import parts_of
from factcheck.extraction.prompts import Prompt, load_prompt
from factcheck.extraction.recording import read_recording, recording_to, replaying
from factcheck.extraction.split_question import FORM
from factcheck.intake.read_source import read_source
from factcheck.settings import Settings
from factcheck.text.sentences import split_sentences

if TYPE_CHECKING:
    from benchmarks.evaluation import tapes
    from benchmarks.evaluation.samples import Sample
    from benchmarks.repair import LIMITS, played
else:  # a script's own folder is on the path, its parent is not
    from evaluation import tapes
    from evaluation.samples import Sample
    from repair import LIMITS, played

CASSETTES = tapes.FOLDER.parent
RECORDINGS = (
    "demo/trump_takaichi",
    "articles/wikipedia_in_turkey",
    "articles/mecca_crane",
    "articles/scientology_defector",
)


@dataclass(frozen=True, slots=True)
class Compound:
    """A claim of two facts, and where it came from."""

    claim: Claim
    sample: Sample

    @property
    def sentence(self) -> str:
        """Its sentence on one line."""
        home = next(one for one in self.sample.sentences if one.position == self.claim.anchor.sentence_ids[0])
        return " ".join(home.span.cut(self.sample.article.text).split())


def main() -> int:
    """Print each claim with what became of it, and the sums."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--model", metavar="NAME", default="")
    options = parser.parse_args()
    claims = [(sample, claim) for sample in samples() for claim in claims_of(sample)]
    compound = [Compound(one, sample) for sample, one in claims if Flag.COMPOUND in one.flags and one.anchor.segments]
    split, tokens = 0, 0
    for one, (offered, used) in zip(compound, asked(compound, options), strict=True):
        held = held_against(one, offered)
        split += held is None
        tokens += used
        print(f"- {one.claim.text}", *(f"    {text}" for text in offered), f"  {held or 'split'}", sep="\n")
    print(f"{len(compound)} of {len(claims)} claims are compound; {split} were split, for {tokens} tokens")
    return 0


def samples() -> Iterator[Sample]:
    """The recorded English articles."""
    for name in RECORDINGS:
        article = read_source(str(CASSETTES / f"{name}.txt"), datetime(2026, 1, 1, tzinfo=UTC))
        yield Sample(name, article, split_sentences(article.text, article.read_as))


def claims_of(sample: Sample) -> list[Claim]:
    """The claims of an article's recording."""
    return [claim for outcome in played(sample, CASSETTES / f"{sample.id}.yaml") for claim in outcome.claims]


def asked(compound: Sequence[Compound], options: argparse.Namespace) -> list[tuple[list[str], int]]:
    """What the model makes of each claim, with the tokens of its call."""
    prompt, path = load_prompt("split_claim"), tapes.FOLDER / "compound.yaml"
    if options.record:
        base_url = Settings.from_environment().openai_base_url or ""
        name = f"openai:{options.model}"
        with recording_to(path, RecordingHeader(name, prompt.name, prompt.version, prompt.sha256, 1, base_url)):
            return asyncio.run(_all(compound, prompt, open_model(name, LIMITS)))
    recording = read_recording(path)
    with replaying(recording):
        model = open_model(recording.header.model, LIMITS, recording.header.base_url)
        return asyncio.run(_all(compound, prompt, model))


async def _all(compound: Sequence[Compound], prompt: Prompt, model: BaseChatModel) -> list[tuple[list[str], int]]:
    bound: Any = model.with_structured_output(FORM, method="json_schema", strict=True, include_raw=True)
    answers = []
    for one in compound:
        question = prompt.fill(claim=one.claim.text, sentence=one.sentence)
        reply = (await bound.ainvoke(prompt.messages(question)))["raw"]
        answers.append((json.loads(str(reply.content))["claims"], reply.usage_metadata["total_tokens"]))
    return answers


def held_against(one: Compound, offered: Sequence[str]) -> str | None:
    """Why what the model offers does not take the claim's place; None if it does."""
    home = next(each for each in one.sample.sentences if each.position == one.claim.anchor.sentence_ids[0])
    return parts_of(one.claim, offered, home, AnswerReader(one.sample.article, one.sample.sentences, ""))[1]


if __name__ == "__main__":
    sys.exit(main())
