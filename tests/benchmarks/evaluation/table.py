"""The table of quality against cost, for people and for machines."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from .figures import Figures
from .similarity import Interval


@dataclass(frozen=True, slots=True)
class Row:
    """A configuration with its figures, or with the reason why it has none."""

    set: str
    chain: str
    window: int | None
    model: str | None = None
    figures: Figures | None = None
    note: str | None = None


def as_json(rows: Sequence[Row]) -> str:
    """The rows as a JSON array; an interval is a pair."""
    return json.dumps([asdict(row) for row in rows], indent=1)


def as_text(rows: Sequence[Row]) -> str:
    """The rows as plain text, one block a set, with a legend."""
    blocks = [_block(name, list(many)) for name, many in groupby(rows, key=lambda row: row.set)]
    return "\n\n".join([*blocks, _LEGEND])


_COLUMNS: tuple[tuple[str, Callable[[Figures], str]], ...] = (
    ("claims", lambda one: f"{one.claims:,}"),
    ("a sent.", lambda one: f"{one.claims_a_sentence:.2f}"),
    ("failed", lambda one: f"{one.failed}"),
    ("coverage", lambda one: _with_interval(one.coverage, one.coverage_interval)),
    ("focus", lambda one: _share(one.focus)),
    ("one-to-one", lambda one: _with_interval(one.one_to_one, one.one_to_one_interval)),
    ("resolved", lambda one: f"{_share(one.resolved)} ({one.pairs})" if one.pairs else "-"),
    ("dangling", lambda one: _share(one.dangling)),
    ("anchored", lambda one: _share(one.anchored)),
    ("invented", lambda one: f"{one.invented_anchored}"),
    ("numbers", lambda one: f"{one.unflagged_numbers}"),
    ("calls", lambda one: f"{one.calls}"),
    ("prompt", lambda one: f"{one.prompt_tokens:,}"),
    ("cached", lambda one: f"{one.cached_tokens:,}"),
    ("answer", lambda one: f"{one.completion_tokens:,}"),
    ("dollars", lambda one: f"{one.dollars:.4f}"),
    ("seconds", lambda one: "-" if one.seconds is None else f"{one.seconds:,.0f}"),
)
_NAMES = ("chain", "window", *(name for name, _ in _COLUMNS))
_LEGEND = """\
window      sentences asked about in a call
a sent.     claims a sentence that was asked about;  failed: sentences without a usable answer
coverage    mean over gold claims of the best claim's token F1 [95 % interval];  focus: the same from the claims' side
one-to-one  token F1 where each claim has at most one partner [95 % interval]
resolved    claims over a pronoun that name whom it stands for (pairs of both);  dangling: claims with a lone pronoun
anchored    claims whose quote was found in the article
invented    quotes anchored at other words;  numbers: claims with a number that the article lacks and no flag
prompt, cached, answer: tokens as the server counted them;  seconds: of the calls, added up, when they were recorded
dollars     what the tokens would cost at gpt-4o-mini's list price, none of them cached
Intervals are bootstrapped over rows; over claims where the set is one article."""


def _block(name: str, rows: Sequence[Row]) -> str:
    lines = [_NAMES, *(_cells(row) for row in rows if row.figures)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown = ["  ".join(f"{cell:>{width}}" for cell, width in zip(line, widths, strict=True)) for line in lines]
    return "\n".join([name, *(shown if len(lines) > 1 else []), *_notes(rows)])


def _notes(rows: Sequence[Row]) -> Iterator[str]:
    """Each reason once, with the configurations that it holds for."""
    missing: dict[str, list[str]] = {}
    for row in rows:
        if row.note:
            missing.setdefault(row.note, []).append(f"{row.chain} {row.window or ''}".strip())
    for note, names in missing.items():
        yield f"{', '.join(names)}: {note}"


def _cells(row: Row) -> tuple[str, ...]:
    assert row.figures is not None
    return (row.chain, str(row.window or "-"), *(cell(row.figures) for _, cell in _COLUMNS))


def _with_interval(value: float | None, bounds: Interval | None) -> str:
    shown = _share(value)
    return f"{shown} [{_share(bounds[0])}, {_share(bounds[1])}]" if bounds else shown


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}".removeprefix("0")
