"""What an article of 800 words and 35 sentences costs, nine sentences a window.

    python tests/benchmarks/cost.py

Plays the recording of a real model and counts what its server counted.
"""

import sys
import tempfile
from pathlib import Path

from factcheck import wiring
from factcheck.cli.progress import BatchDisplay
from factcheck.settings import Settings
from factcheck.workflow.extract_batch import Wanted
from factcheck.workflow.plan_extraction import ExtractionOptions

ARTICLE = Path(__file__).parents[2] / "cassettes" / "articles" / "scientology_defector.txt"
MAX_CALLS = 4
MAX_PROMPT_TOKENS = 6_000


def main() -> int:
    """Print the cost; 1 if it is above the bound."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(db=str(Path(folder) / "desk.db"))
        with wiring.stores(settings, creates=True) as opened:
            options = ExtractionOptions(replay=ARTICLE.with_suffix(".yaml"))
            batch = wiring.extract_batch(opened, options, BatchDisplay(None))
            done = batch.run(wiring.extraction_session(settings, options), Wanted((str(ARTICLE),)))
    [summary] = done.summaries
    usage = summary.usage
    print(f"{len(ARTICLE.read_text('utf-8').split())} words, {sum(summary.counts.values())} sentences")
    print(f"calls          {usage.calls:>6}   at most {MAX_CALLS}")
    cached = f"{usage.cached_tokens:,} of them from the server's cache"
    print(f"prompt tokens  {usage.prompt_tokens:>6,}   at most {MAX_PROMPT_TOKENS:,}; {cached}")
    print(f"answer tokens  {usage.completion_tokens:>6,}")
    return int(usage.calls > MAX_CALLS or usage.prompt_tokens > MAX_PROMPT_TOKENS)


if __name__ == "__main__":
    sys.exit(main())
