"""`factcheck look N`."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from factcheck import wiring
from factcheck.cli.advice import with_advice
from factcheck.cli.evidence import tell_of_quote
from factcheck.cli.exit_codes import ExitCode
from factcheck.cli.options import ABOVE_NOTHING, WORDS, OneOf, command, number_argument, reviewer_option, setting_option
from factcheck.cli.terminal import say, write
from factcheck.domain.cost import dollars, tokens
from factcheck.domain.evidence import Stance
from factcheck.domain.lookup import FoundPage, Kinship, Lookup
from factcheck.export.records import claim_record, plain, to_json
from factcheck.export.visible import one_line
from factcheck.settings import Settings
from factcheck.wiring.looking import LookupOptions
from factcheck.workflow import look_up
from factcheck.workflow.look_for_evidence import PAGES, LookForEvidence, as_seen
from factcheck.workflow.read_passages import Spending, read_passages

_path = click.Path(dir_okay=False, path_type=Path)


@command("look", number_argument, reviewer_option)
@click.option("--query", "queries", type=WORDS, multiple=True, metavar="WORDS", help="Ask this; may be given again.")
@click.option("--source", "sources", type=WORDS, multiple=True, metavar="NAME", help="Ask this search; likewise.")
@click.option("--pages", type=click.IntRange(1, 50), default=PAGES, show_default=True, help="Fetch so many pages.")
@click.option("--last", is_flag=True, help="Show the last look-up again; nothing is asked.")
@click.option("--take", "taken", type=int, multiple=True, metavar="K", help="Make passage K of it evidence; likewise.")
@click.option("--expect", type=WORDS, metavar="MARK", help="Only if the last look-up is still the one that you saw.")
@click.option("--stance", type=OneOf(Stance), help="What the passages that are taken do to the claim.")
@click.option("--ask-model", is_flag=True, help="Let the model of --model make queries, too.")
@click.option("--read", "reads", is_flag=True, help="Let the model say what each passage of the last look-up does.")
@click.option("--budget", type=ABOVE_NOTHING, metavar="USD", help="Stop reading before it costs more.")
@setting_option("model", "--model", type=WORDS, metavar="PROVIDER:NAME", help="The model. [or FACTCHECK_MODEL]")
@click.option("--record", type=_path, metavar="FILE", help="Write all HTTP of the look-up to FILE.")
@click.option("--replay", type=_path, metavar="FILE", help="Play a look-up that was recorded; nothing gets out.")
def look_command(
    settings: Settings,
    /,
    number: int,
    *,
    last: bool,
    reads: bool,
    taken: tuple[int, ...],
    expect: str | None,
    as_json: bool,
    **asked: Any,  # noqa: ANN401 - of several kinds
) -> int:
    """Look where a claim might be checked.

    Searches are asked about claim N, and what the pages say of it is shown.

    Nothing of it is evidence until you take it: --take 2 --stance refutes adds passage 2 of the last look-up.
    """
    stance, budget = asked.pop("stance"), asked.pop("budget")
    _require_sense(taken, stance, asked, None if reads else budget)
    if expect is not None and not taken:
        message = "--expect is for --take"
        raise click.UsageError(message)
    with wiring.stores(settings) as opened:
        look = wiring.looking(opened, wiring.desk(opened, settings))
        if taken:
            return _take(look, settings, number, taken, stance, expect, as_json=as_json)
        options = LookupOptions(asked["sources"], asked["record"], asked["replay"], asked["ask_model"])
        if reads:
            found = _read(look, settings, options, number, budget)
        elif last:
            found = look.last(number) or Lookup(number, opened.clock())
        else:
            with wiring.lookup_session(settings, options) as searching:
                found = look.run(number, searching, asked["queries"], asked["pages"], settings.reviewer)
        found = as_seen(found, look_up.claim(opened, number, settings.reviewer), settings.reviewer)
    for trouble in found.troubles:
        say(f"factcheck: {one_line(trouble)}")
    if as_json:
        write(to_json(lookup_record(found)))
    else:
        show_lookup(found)
    return ExitCode.OK if found.pages or not found.troubles else ExitCode.INPUT


def _require_sense(
    taken: tuple[int, ...], stance: Stance | None, asked: Mapping[str, Any], spare_budget: float | None
) -> None:
    """Raise UsageError for options that do not go together."""
    if asked["record"] and asked["replay"]:
        message = "a look-up is either recorded or played; say --record or --replay"
        raise click.UsageError(message)
    if spare_budget is not None:
        message = "--budget is for --read"
        raise click.UsageError(message)
    if bool(taken) != bool(stance):
        message = "say which passage is taken and what it does to the claim, as in --take 2 --stance refutes"
        raise click.UsageError(message)


def show_lookup(found: Lookup) -> None:
    """What was asked, and each page with its passages, numbered, on stdout."""
    for query in (*found.queries, *found.from_model):
        write(f"asked: {one_line(query)}")
    numbers = {id(passage): number for number, _, passage in found.numbered()}
    for page in found.pages:
        write(f"\n{one_line(page.title or page.url)} ({one_line(page.source)}{_kin(page)})\n  {one_line(page.url)}")
        for one in page.passages:
            write(f"  {numbers[id(one)]:>2}. “{one_line(one.quote)}”")
            around = [f"… {one.before}" if one.before else "", f"{one.after} …" if one.after else ""]
            _write_around(around)
            if one.reading:
                relied = f", by “{one_line(one.relies_on)}”" if one.relies_on else ""
                write(f"      a model suggests: {one.reading.value}{relied}")
        if not page.passages and not page.kinships:
            write("      no sentence of it speaks of the claim")
    many = len(numbers)
    write(f"\n{many} passage(s) on {len(found.pages)} page(s); none of them is evidence until it is taken")
    if many:
        say(f"take one with: factcheck look {found.claim_id} --take 1 --stance supports --expect {found.mark}")


def _read(
    look: LookForEvidence, settings: Settings, options: LookupOptions, number: int, budget: float | None
) -> Lookup:
    """The last look-up once a model has read its passages; what that cost is told."""
    with wiring.passage_reader(settings, options) as (reader, price):
        spending = Spending(price, budget)
        try:
            return read_passages(look.desk, look.lookups, number, reader, spending)
        finally:
            if spending.usage.calls:
                cost = "" if price is None else f", {dollars(spending.spent)}"
                say(f"passages read: {spending.usage.calls}, {tokens(spending.usage)}{cost}; they are suggestions")


def lookup_record(found: Lookup) -> dict[str, Any]:
    """A look-up, as somebody may see it, as `--json` tells it, its passages numbered."""
    numbers = {id(passage): number for number, _, passage in found.numbered()}
    record: dict[str, Any] = plain(found) | {"mark": found.mark}
    del record["asked_by"]  # which the other fronts do not tell, either
    for page, told in zip(found.pages, record["pages"], strict=True):
        told["is_set_aside"] = told.pop("set_aside_by") is not None  # not by whom, as in the other fronts
        told["passages"] = [
            {"number": numbers[id(one)], **words} for one, words in zip(page.passages, told["passages"], strict=True)
        ]
    return record


def _kin(page: FoundPage) -> str:
    told = [one.value for one in page.kinships if one is not Kinship.SAME_TEXT]
    told += ["set aside"] if page.set_aside_by else []
    told += [f"the same text as {one_line(page.same_as)}"] if page.same_as else []
    return "".join(f"; {one}" for one in told)


def _write_around(sentences: Iterable[str]) -> None:
    for one in filter(None, sentences):
        write(f"      {one_line(one)}")


def _take(
    look: LookForEvidence,
    settings: Settings,
    number: int,
    taken: tuple[int, ...],
    stance: Stance,
    expect: str | None,
    *,
    as_json: bool,
) -> int:
    sources, person = wiring.sources(settings), settings.reviewer
    for one in taken:
        seen = look.last_seen_by(number, one, person, expect)
        added = look.take(number, one, stance, person, sources, seen=seen.at)
        if expect is None:
            page, passage = seen.passage(one)
            say(f"passage {one} of look-up {seen.mark}, {one_line(page.url)}: “{one_line(passage.quote)}”")
        for trouble in added.trouble:
            say(f"factcheck: {with_advice(trouble)}")
        if added.is_new:
            tell_of_quote(added.evidence)
        if not as_json:
            state = "is new" if added.is_new else "was there already"
            write(f"evidence {added.evidence.id} {state}: {stance.value}: {one_line(added.evidence.name)}")
    if as_json:
        write(to_json(claim_record(added.claim)))
    return ExitCode.OK
