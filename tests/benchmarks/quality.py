"""How good the claims are, and what they cost: chains and window sizes over samples that people have worked on.

    python tests/benchmarks/quality.py                      every recording in cassettes/evaluation
    python tests/benchmarks/quality.py --set seed --chain keys --window 3
    python tests/benchmarks/quality.py --record --model NAME     ask the model at OPENAI_BASE_URL and keep its answers

Plays recordings, so it needs neither model nor key; what was not recorded is said in its row. With --record,
what is recorded already with the same prompt and model is not asked again, and nothing is kept of a
configuration that was broken off. Needs numpy and scipy: `pip install -e '.[benchmark]'`.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.errors import FactcheckError, InputError, PromptError, RecordingError
from factcheck.extraction.prompts import Prompt, parse_prompt
from factcheck.settings import Settings

if TYPE_CHECKING or __package__:
    from benchmarks.evaluation import tapes
    from benchmarks.evaluation.chains import CHAINS, Chain, own_prompt, sentences_as_claims
    from benchmarks.evaluation.figures import figures
    from benchmarks.evaluation.samples import SETS, Sample, SampleSet
    from benchmarks.evaluation.table import Row, as_json, as_text
else:  # run as a script, whose own folder is on the path and whose parent is not
    from evaluation import tapes
    from evaluation.chains import CHAINS, Chain, own_prompt, sentences_as_claims
    from evaluation.figures import figures
    from evaluation.samples import SETS, Sample, SampleSet
    from evaluation.table import Row, as_json, as_text

OPENAI = "https://api.openai.com/v1"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 if the model cannot be asked."""
    options = _parser().parse_args(arguments)
    try:
        _check(options)
        rows = list(_rows(options))
    except FactcheckError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(as_json(rows) if options.json else as_text(rows))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", action="append", choices=[one.name for one in SETS], help="only this set (repeatable)")
    parser.add_argument(
        "--chain", action="append", choices=[one.name for one in CHAINS], help="only this chain (repeatable)"
    )
    parser.add_argument(
        "--window", action="append", type=_count, metavar="N", help="only windows of N sentences (repeatable)"
    )
    parser.add_argument("--rows", type=_count, metavar="N", help="only the first N rows of each set")
    parser.add_argument("--record", action="store_true", help="ask the model where there is no recording of it yet")
    parser.add_argument(
        "--recordings", type=Path, default=tapes.FOLDER, metavar="FOLDER", help="where recordings stand"
    )
    parser.add_argument("--prompt", type=Path, metavar="FILE", help="another prompt than the program's own")
    parser.add_argument("--model", metavar="NAME", help="the model, as factcheck extract takes it; needed to record")
    parser.add_argument("--concurrency", type=_count, default=2, metavar="N", help="calls at once while recording")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        message = f"{text!r} is no whole number from 1 up"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _check(options: argparse.Namespace) -> None:
    if options.record and not options.model:
        message = "no model is named; say which one to record with --model NAME"
        raise InputError(message)
    if options.record and options.rows and options.recordings == tapes.FOLDER:
        message = "a recording of some rows is no recording of the set; name another folder with --recordings FOLDER"
        raise InputError(message)


def _rows(options: argparse.Namespace) -> Iterator[Row]:
    for sample_set in SETS:
        if options.set is None or sample_set.name in options.set:
            samples = sample_set.samples(options.rows)
            for chain, size in _pairs(sample_set, options):
                yield _row(sample_set, samples, chain, size, options)


def _pairs(sample_set: SampleSet, options: argparse.Namespace) -> Iterator[tuple[Chain, int]]:
    """The chains that are asked for, each with the window sizes that it can differ in."""
    for chain in CHAINS:
        if options.chain is None or chain.name in options.chain:
            sizes = (options.window or sample_set.windows) if chain.has_windows else (1,)
            yield from ((chain, size) for size in sizes if size == 1 or len(sample_set.windows) > 1)


def _row(sample_set: SampleSet, samples: Sequence[Sample], chain: Chain, size: int, options: argparse.Namespace) -> Row:
    """The figures of one configuration, or why there are none."""
    window = size if chain.has_windows else None
    name = f"{sample_set.source}-{chain.name}-w{size}"
    one = tapes.Configuration(name, chain, size, samples, _prompt(options.prompt), options.recordings)
    try:
        played = _played(one, options)
    except RecordingError as error:
        return Row(sample_set.name, chain.name, window, note=str(error))
    measured = figures(
        samples,
        played.extracted,
        played.seconds,
        has_all_claims=sample_set.has_all_claims,
        has_quotes=chain.has_quotes,
    )
    return Row(sample_set.name, chain.name, window, played.model, measured)


def _played(one: tapes.Configuration, options: argparse.Namespace) -> tapes.Played:
    if one.chain.run is None:
        return tapes.Played(sentences_as_claims(one.samples), model=None, seconds=0.0)
    if options.record:
        server = tapes.Server(options.model, Settings.from_environment().openai_base_url or OPENAI, options.concurrency)
        if not tapes.is_recorded(one, server):
            tapes.record(one, server, lambda line: print(f"{one.name}: {line}", file=sys.stderr))
    return tapes.play(one, options.model)


def _prompt(path: Path | None) -> Prompt:
    if path is None:
        return own_prompt()
    try:
        return parse_prompt(path.stem, path.read_bytes())
    except OSError as error:
        message = f"the prompt {str(path)!r} cannot be read: {error.strerror}; check --prompt"
        raise PromptError(message) from error


if __name__ == "__main__":
    sys.exit(main())
