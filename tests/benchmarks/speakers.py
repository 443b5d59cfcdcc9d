"""Whether each claim of the recorded articles has the right speaker: the model's own word, and with the code's reading.

    python tests/benchmarks/speakers.py

`data/speakers.jsonl` marks by hand, for three articles, which stretches somebody is reported to say, and who that is.
A claim is expected to have that speaker if half of the words that it is anchored in stand in such a stretch, and
none otherwise; `open` stretches, whose source is not named, are left out.
"""

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from factcheck.cli.main import run
from factcheck.domain.sentence import Span
from factcheck.text.attribution import Attribution, Attributions, speaker_among

if TYPE_CHECKING:
    from benchmarks.measure import Figure, at_least, noted, report
else:  # a script's own folder is on the path, its parent is not
    from measure import Figure, at_least, noted, report

ARTICLES = Path(__file__).parents[2] / "cassettes" / "articles"
MARKS = Path(__file__).parent / "data" / "speakers.jsonl"

_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim's speaker beside the names that would be right; none are where nobody is reported."""

    speaker: str | None
    wanted: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether the speaker is one of those wanted, or absent where none is."""
        if not self.wanted or self.speaker is None:
            return not self.wanted and self.speaker is None
        return any(name in self.speaker for name in self.wanted)


def main() -> int:
    """Measure, report, and return the exit code."""
    rows = [json.loads(line) for line in MARKS.read_text(encoding="utf-8").splitlines()]
    with patch.object(Attributions, "speaker_of", return_value=None):
        alone = [one for row in rows for one in judged(row)]
    both = [one for row in rows for one in judged(row)]
    return report([*figures("the model alone", alone, bound=0), *figures("with the code's reading", both, bound=0.85)])


def figures(name: str, claims: Sequence[Judged], bound: float) -> Iterator[Figure]:
    """The shares of reported and of asserted claims whose speaker is right."""
    reported = [one.is_right for one in claims if one.wanted]
    asserted = [one.is_right for one in claims if not one.wanted]
    yield at_least(f"{name}: reported claims with the right speaker", bound, sum(reported) / len(reported))
    yield at_least(f"{name}: asserted claims without one", bound, sum(asserted) / len(asserted))
    yield noted(f"{name}: reported and asserted claims", f"{len(reported)}, {len(asserted)}")


def judged(row: _Row) -> Iterator[Judged]:
    """The claims of one article that can be judged."""
    text = (ARTICLES / f"{row['article']}.txt").read_text(encoding="utf-8")
    sentences, claims = extracted(row)
    spans = {one["id"]: Span(*one["span"]) for one in sentences}
    reported = [Attribution(stretch(text, first, last), "|".join(names)) for first, last, names in row["reported"]]
    unclear = [Attribution(stretch(text, first, last), "open") for first, last in row["open"]]
    for claim in claims:
        places = [Span(*one) for one in claim["segments"]] or [spans[at] for at in claim["sentence_ids"]]
        if places and speaker_among(unclear, places) is None:
            names = speaker_among(reported, places)
            yield Judged(claim["speaker"], tuple(names.split("|")) if names else ())


def stretch(text: str, first: str, last: str) -> Span:
    """From the start of one string to the end of another, each of which the text holds once in that order."""
    start = text.index(first)
    return Span(start, text.index(last, start) + len(last))


def extracted(row: _Row) -> tuple[list[_Row], list[_Row]]:
    """The sentences and the claims of an article, played from its recording."""
    source = ARTICLES / f"{row['article']}.txt"
    with tempfile.TemporaryDirectory() as folder:
        db = str(Path(folder) / "desk.db")
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            run(["--db", db, "extract", str(source), "--replay", str(source.with_suffix(".yaml"))])
        return output("--db", db, "article", "1")["sentences"], output("--db", db, "claims")


def output(*arguments: str) -> Any:
    """What a command prints as JSON."""
    with redirect_stdout(StringIO()) as printed:
        run([*arguments, "--json"])
    return json.loads(printed.getvalue())


if __name__ == "__main__":
    sys.exit(main())
