"""How long and how much memory it takes to split and index three megabytes of text.

    python tests/benchmarks/long_text.py

Ordinary text in one line and in many, and texts made to be awkward; half a minute. Memory is what
the process grows by, the texts themselves left out.
"""

import resource
import sys
from functools import partial
from typing import TYPE_CHECKING

from factcheck.text.anchoring import Anchorer
from factcheck.text.inference import WordSources
from factcheck.text.sentences import split_sentences

if TYPE_CHECKING:
    from benchmarks.measure import at_most, report, seconds
else:  # a script's own folder is on the path, its parent is not
    from measure import at_most, report, seconds

SENTENCE = "The river rose by two metres on Monday, he said, in the 3rd town of “Ada” again. "
SIZE = 3_000_000
TEXTS = {
    "one line": SENTENCE * (SIZE // len(SENTENCE)),
    "a line a sentence": f"{SENTENCE}\n\n" * (SIZE // len(SENTENCE)),
    "no sentence end": "word " * (SIZE // 5),
    "a million blanks": "It held." + " " * 1_000_000 + "It fell.",
    "100,000 quotation marks": '"It. ' * 100_000,
    "100,000 opening marks": "“ " * 100_000 + "It held.",
    "Chinese": "德国总理默茨访问了北京。他说：“我们需要新的协议。”" * (SIZE // 100),
}


def main() -> int:
    """Measure, report, and return the exit code."""
    before = resident_megabytes()
    figures = [at_most(f"{name}, indexed", 10, seconds(partial(index, text)), " s") for name, text in TEXTS.items()]
    return report([*figures, at_most("memory for the largest of them", 150, resident_megabytes() - before, " MB")])


def resident_megabytes() -> float:
    """The most memory that the process has held so far; Linux counts it in kibibytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def index(text: str) -> None:
    """What an extraction does with an article before it asks the model."""
    sentences = split_sentences(text)
    anchorer, sources = Anchorer(text, sentences), WordSources(text, sentences)
    anchorer.anchor(SENTENCE, None, range(1, 10))
    sources.unsupported_numbers(SENTENCE)


if __name__ == "__main__":
    sys.exit(main())
