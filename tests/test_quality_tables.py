"""The tables in prompts/README.md say what the recordings come to when they are played and measured."""

import json
from contextlib import redirect_stdout
from io import StringIO
from itertools import takewhile
from typing import Any

import pytest
from benchmarks import quality
from conftest import ROOT

CHAINS = {
    "sentence as claim": "sentence",
    "three steps a sentence": "claimify",
    "this chain": "keys",
    "the kind before the claims": "kind_first",
    "one flat list of claims": "list",
}
SETS = {
    "FActScore, 40 sentences": "factscore",
    "the same, gold with names for pronouns": "factscore_named",
    "FEVERFact, 24 sentences": "feverfact",
    "Factcheck-Bench, 5 answers": "factcheck_bench",
    "GUM, 2 Wikinews articles": "gum_news",
    "German, 2 articles": "german",
    "Spanish, 1 article": "spanish",
}
ASKED_ONE_BY_ONE = "claimify"

Key = tuple[str, str, str]


@pytest.fixture(scope="module")
def measured() -> dict[Key, dict[str, Any]]:
    """The figures of every recording, by set, chain and window."""
    with redirect_stdout(StringIO()) as out:
        assert quality.main(["--json"]) == 0
    return {
        (one["set"], one["chain"], window(one)): one["figures"] for one in json.loads(out.getvalue()) if one["figures"]
    }


def window(row: dict[str, Any]) -> str:
    return "1" if row["chain"] == ASKED_ONE_BY_ONE else str(row["window"] or "")


def table(headings: str, names: int) -> dict[Key, list[str]]:
    """The table with these headings: the lines' figures by set, chain and window.

    So many of its first columns hold names; where one is empty, the name above it holds.
    """
    lines = (ROOT / "prompts" / "README.md").read_text("utf-8").splitlines()
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in takewhile(bool, lines[lines.index(headings) + 2 :])
    ]
    found = {}
    above = [""] * names
    for row in rows:
        above = [name or old for name, old in zip(row[:names], above, strict=True)]
        of, chain = ["seed", *above][-2:]
        found[SETS.get(of, of), CHAINS[chain], row[names]] = row[names + 1 :]
    return found


def share(value: float | None) -> str:
    """A share of 1 as the tables write it."""
    if value is None:
        return ""
    return f"{value:.2f}" if value >= 1 else f"{value:.2f}".removeprefix("0")


def small_share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0") if value else "0"


def part(tokens: int, whole: int) -> str:
    return f"{tokens / whole:.0%}".replace("%", " %") if 0 < tokens < whole else ""


def dollars(figures: dict[str, Any]) -> str:
    return f"{figures['dollars']:.4f}".removeprefix("0") if figures["dollars"] else "0"


def test_curve_is_what_the_recordings_come_to(measured: dict[Key, dict[str, Any]]) -> None:
    columns = "chain | sentences a call | claims | failed sentences | coverage | one-to-one | prompt tokens | dollars"
    whole = measured["seed", ASKED_ONE_BY_ONE, "1"]["prompt_tokens"]

    assert table(f"| {columns} | of the three steps' |", 1) == {
        key: [
            str(one["claims"]),
            str(one["failed"]),
            share(one["coverage"]),
            share(one["one_to_one"]),
            f"{one['prompt_tokens']:,}",
            dollars(one),
            part(one["prompt_tokens"], whole),
        ]
        for key, one in measured.items()
        if key[0] == "seed"
    }


def test_other_sets_are_what_the_recordings_come_to(measured: dict[Key, dict[str, Any]]) -> None:
    columns = "claims | coverage | one-to-one | pronouns resolved | dangling | anchored | prompt tokens | dollars"

    assert table(f"| other sets | chain | sentences a call | {columns} |", 2) == {
        key: [
            str(one["claims"]),
            share(one["coverage"]),
            share(one["one_to_one"]),
            f"{share(one['resolved'])} of {one['pairs']}" if one["pairs"] else "",
            small_share(one["dangling"]) if key[1] != "sentence" or one["pairs"] else "",
            share(one["anchored"]) if key[1] != "sentence" else "",
            f"{one['prompt_tokens']:,}",
            dollars(one),
        ]
        for key, one in measured.items()
        if key[0] != "seed"
    }
