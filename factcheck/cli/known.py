"""`factcheck known`: what others have checked, imported and searched."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from factcheck import wiring
from factcheck.cli.advice import with_advice
from factcheck.cli.damage import stores_to_list
from factcheck.cli.exit_codes import ExitCode, exit_code_of
from factcheck.cli.options import DAY, MANY, WORDS, command, db_option, json_option
from factcheck.cli.terminal import say, show_list, write
from factcheck.domain.known import Kept, KnownSource
from factcheck.errors import FactcheckError, NoClaimReviewError
from factcheck.export.known_records import imported_record, known_record, known_source_record
from factcheck.export.records import to_json
from factcheck.export.visible import one_line
from factcheck.settings import Settings
from factcheck.workflow import look_up
from factcheck.workflow.find_known import AlikeKnown, Wanted
from factcheck.workflow.import_known import ImportedSource

_SHOWN = 10
_SHARED = 8


@click.group("known", invoke_without_command=True)
@json_option
@db_option
@click.pass_context
def known_command(ctx: click.Context, /, *, as_json: bool) -> None:
    """Import and search what others have checked.

    Alone it lists the sources. What is found is a suggestion: it becomes evidence when a person adds its page, with
    factcheck evidence add N URL.
    """
    if ctx.invoked_subcommand is not None:
        return
    columns = {"source": "wide", "claims": "right", "imported": "left"}

    def line(one: KnownSource) -> tuple[object, ...]:
        return one.name, f"{one.claims:,}", f"{one.at:%Y-%m-%d %H:%M} UTC"

    with stores_to_list(ctx.obj) as opened:
        show_list(opened.known.sources(), known_source_record, columns, line, as_json=as_json)


@known_command.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--limit", type=MANY, help="Only the newest N pages of a sitemap or feed of pages.")
@click.option("--since", type=DAY, metavar="DAY", help="Only pages that such a listing dates to this day or later.")
@json_option
@db_option
@click.pass_obj
def import_command(
    settings: Settings, /, *, sources: tuple[str, ...], limit: int | None, since: date | None, as_json: bool
) -> int:
    """Take in ClaimReview: of pages, sitemaps, JSON, lines of JSON, a feed of Data Commons.

    SOURCE is a file, a folder, an address or - for standard input. A claim of a page is kept as each source tells it of
    each publisher; where its rating has changed, the earlier one is kept with its day.
    """
    done: list[ImportedSource] = []
    with wiring.stores(settings, creates=True) as opened:
        for one in wiring.import_known(opened, settings, limit, since).of(sources):
            done.append(one)
            _tell(one)
            if not as_json and (one.kept != Kept() or not one.unread):
                write(_summary(one))
    if as_json:
        write(to_json([imported_record(one) for one in done]))
    errors: list[FactcheckError] = [error for one in done for error in one.unread]
    errors += [NoClaimReviewError(one.nothing) for one in done if one.holds_nothing]
    return max(map(exit_code_of, errors), default=ExitCode.OK)


@known_command.command("search")
@click.argument("words", nargs=-1, type=WORDS, metavar="[WORDS]...")
@click.option("--claim", "number", type=int, metavar="N", help="Look for what is like claim N.")
@click.option("--limit", type=click.IntRange(1, 50), default=_SHOWN, help=f"At most so many. [default: {_SHOWN}]")
@click.option("--google", is_flag=True, help="Ask Google's Fact Check Tools, too. [or google under [known]]")
@click.option("--language", type=WORDS, metavar="TAG", help="Ask Google for checks in this language only.")
@click.option("--keep", is_flag=True, help="Import what Google answers.")
@json_option
@db_option
@click.pass_obj
def search_command(
    settings: Settings,
    /,
    words: tuple[str, ...],
    number: int | None,
    *,
    limit: int,
    as_json: bool,
    **chosen: Any,  # noqa: ANN401 - how services are asked
) -> int:
    """Find what others have checked, the best first, with what sets it apart.

    Google's answers go nowhere unless you --keep them. Its key comes from FACTCHECK_GOOGLE_KEY and is stored nowhere.
    """
    asked = " ".join(words).strip()
    if bool(asked) == (number is not None):
        message = "say either WORDS or --claim N"
        raise click.UsageError(message)
    with wiring.stores(settings) as opened:
        if number is not None:
            asked = look_up.claim(opened, number, settings.reviewer).words
        searching = wiring.find_known(opened, settings, asks_google=chosen["google"] or settings.ask_google)
        found = searching.find(
            Wanted(asked, limit, chosen["language"], is_claim=number is not None, keeps=chosen["keep"])
        )
    for error in found.hindrances:
        say(f"factcheck: {with_advice(error)}")
    if found.kept:
        say(f"kept: {_counted(found.kept)}")
    if as_json:
        write(to_json([known_record(one) for one in found.shown]))
    elif found.shown:
        write("\n".join(line for one in found.shown for line in _lines(one)))
    else:
        say("nothing like it is known")
    return max(map(exit_code_of, found.hindrances), default=ExitCode.OK)


@command("forget", click.argument("source", type=WORDS), of=known_command)
def forget_command(settings: Settings, source: str, *, as_json: bool) -> None:
    """Remove what was imported from SOURCE, as factcheck known names it.

    What other sources tell of the same claims stays, and what a person has made evidence of.
    """
    with wiring.stores(settings) as opened:
        gone = opened.known.forget(source)
    write(to_json({"source": source, "forgotten": gone}) if as_json else f"{gone:,} claims of {source!r} are forgotten")


def _tell(one: ImportedSource) -> None:
    """What could not be read, on stderr: errors, and the first of the bad entries with their places."""
    for error in one.unread:
        say(f"factcheck: {with_advice(error)}")
    for page, entry in one.examples:
        where = entry.place if page == one.source else f"{page}, {entry.place}"
        say(one_line(f"left out: {where}: {entry.reason}"))
    if one.bad > len(one.examples):
        say(f"left out: {one.bad - len(one.examples):,} more")
    if one.holds_nothing:
        say(f"factcheck: {one.nothing}")


def _summary(one: ImportedSource) -> str:
    bad = f"; {one.bad:,} entries left out" if one.bad else ""
    pages = f" in {one.pages:,} pages" if one.pages else ""
    return f"{one.source}: {_counted(one.kept)}{pages}{bad}"


def _counted(kept: Kept) -> str:
    return f"{kept.new:,} new, {kept.changed:,} with another rating, {kept.same:,} known already"


def _lines(one: AlikeKnown) -> Iterator[str]:
    """A known claim for people: what it says, who says what of it, why it is shown, and what differs."""
    known, alike = one.known, one.alike
    yield one_line(known.claim)
    yield f"  {one_line(known.told)}"
    if known.headline:
        yield f"  headline: {one_line(known.headline)}"
    for earlier in known.earlier:
        yield f"  before: {one_line(earlier.in_full)}"
    if known.claimant:
        yield f"  said by {one_line(known.claimant)}{f', {known.claimed_on}' if known.claimed_on else ''}"
    yield f"  {alike.in_words}; both say {one_line(', '.join(alike.shared[:_SHARED])) or 'nothing in the same words'}"
    for contrast in alike.apart:
        yield f"  differs in {one_line(str(contrast))}"
    yield f"  {one_line(known.url)}"
