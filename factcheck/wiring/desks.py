"""What serves a desk over an open database: its stores, scales, sources, screen and newsroom."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.domain.rating import TRUTH_5, RatingScale
from factcheck.errors import InputError
from factcheck.wiring import clock
from factcheck.workflow.ports import Sources, Stores, Witness
from factcheck.workflow.review_claim import Desk, require_known

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from factcheck.domain.markup import Markup
    from factcheck.domain.moving import MovedDesk
    from factcheck.domain.review import ClaimQuery
    from factcheck.domain.states import Act, Stage
    from factcheck.settings import Settings
    from factcheck.storage.database import Damaged
    from factcheck.workflow.alike_ports import Nearness
    from factcheck.workflow.build_report import Newsroom


WORDS_ALONE = "none"
"""The model of a desk that compares claims by their words alone."""


@contextmanager
def stores(settings: Settings, *, creates: bool = False, damaged: Damaged | None = None) -> Iterator[Stores]:
    """Open the database for the length of a command. What is in it goes to use cases, whole.

    Only what `creates` may make a desk where there is none. Where `damaged` hears of damaged rows, lists lack them.
    """
    from factcheck.storage.accounts import SqlAccounts
    from factcheck.storage.batches import SqlBatchLedger
    from factcheck.storage.database import Database
    from factcheck.storage.events import SqlLog
    from factcheck.storage.known_claims import SqlKnownClaims
    from factcheck.storage.ledger import SqlLedger
    from factcheck.storage.lookups import SqlLookups
    from factcheck.storage.outbox import SqlOutbox
    from factcheck.storage.past_verdicts import SqlPastVerdicts
    from factcheck.storage.people import SqlPeople
    from factcheck.storage.programs import SqlPrograms
    from factcheck.storage.queue import SqlQueue
    from factcheck.storage.spill import FileSpill
    from factcheck.storage.statistics import SqlStatistics
    from factcheck.storage.visits import SqlVisits

    database = Database(settings.db, creates=creates, damaged=damaged)
    with closing(database), closing(SqlPastVerdicts(database, partial(nearness, settings))) as past:
        ledger = SqlLedger(database)
        yield Stores(
            ledger=ledger,
            batches=SqlBatchLedger(database, ledger),
            queue=SqlQueue(database, has_roles=settings.roles),
            people=SqlPeople(database),
            log=SqlLog(database),
            statistics=SqlStatistics(database),
            past_verdicts=past,
            spill=FileSpill(database),
            location=database.location,
            clock=clock.ServerClock(database.server_time) if database.is_served else clock.utc_now,
            at_one_moment=database.one_moment,
            visits=SqlVisits(database),
            known=SqlKnownClaims(database),
            lookups=SqlLookups(database),
            programs=SqlPrograms(database),
            outbox=SqlOutbox(database),
            accounts=SqlAccounts(database),
        )


def bring_up_to_date(settings: Settings) -> str:
    """Make the desk, or let one of an older version have this one's schema; tells where. Raises DatabaseError."""
    from factcheck.storage.database import Database

    with closing(Database(settings.db)) as database:
        database.bring_up_to_date()
        return database.location


def back_up(settings: Settings, target: Path, *, replaces: bool) -> None:
    """Copy the desk in use to a file. Raises DatabaseError or OutputError."""
    from factcheck.storage.copies import back_up as copy
    from factcheck.storage.database import Database

    with closing(Database(settings.db, creates=False)) as database:
        copy(database, target, replaces=replaces)


def restore(settings: Settings, source: Path, *, replaces: bool) -> int:
    """Put a copy in the desk's place; returns how many events it holds. Raises DatabaseError or OutputError."""
    from factcheck.storage.copies import restore as put
    from factcheck.storage.database import Database

    with closing(Database(settings.db)) as database:
        return put(source, database, replaces=replaces)


def copy_desk(settings: Settings, target: str) -> MovedDesk:
    """Copy the desk whole into another database that holds none. Raises DatabaseError."""
    from factcheck.storage.database import Database
    from factcheck.storage.moving import copy_desk as copy

    with closing(Database(settings.db, creates=False)) as source, closing(Database(target)) as other:
        return copy(source, other)


@contextmanager
def opened_desk(settings: Settings) -> Iterator[Desk]:
    """The review desk, with its database open for the length of a command."""
    with stores(settings) as opened:
        yield desk(opened, settings)


def desk(opened: Stores, settings: Settings) -> Desk:
    """The review desk over an open database. Raises InputError if there is no rating scale of the settings' name."""
    scale, rules = scale_named(settings, settings.scale), settings.second_reading
    if rules.labels:  # a misspelt one would switch second readings off without a word
        rules = rules.in_labels_of(scales(settings).values())
    own = settings.publisher
    own_pages = tuple(one for one in (own and own.url, own and own.claim_url_pattern) if one)
    sign_off = replace(settings.sign_off, own_pages=own_pages)
    kept = settings.lease, scale, rules, sign_off, settings.order
    witness = _witness(opened, settings)
    return Desk(opened.queue, opened.clock, *kept, witness=witness, old_after=settings.old_after)


def _witness(opened: Stores, settings: Settings) -> Witness | None:
    """The file to which the log's last hash goes at each publication, if the settings name one."""
    if settings.heads_file is None:
        return None
    from factcheck.storage.heads_file import HeadsFile

    return HeadsFile(settings.heads_file, opened.log, settings.db)


def noted_heads(path: str) -> tuple[str, ...]:
    """The hashes that a file of heads holds. Raises HeadsFileError."""
    from factcheck.storage.heads_file import read_heads

    return read_heads(path)


def review_on_screen(
    settings: Settings,
    reviewer: str,
    stage: Stage | None = None,
    among: ClaimQuery | None = None,
    *,
    to_sign_off: bool = False,
) -> Mapping[Act, int]:
    """Review, one reading or some claims alone if asked, or sign off, on the full screen; how often each act was done.

    Raises InputError for unusable keys, and MisspeltNameError before the screen is drawn.
    """
    from factcheck.screen.keys import ACTS, EDITOR_ACTS, keymap
    from factcheck.workflow.editing_session import EditingSession
    from factcheck.workflow.review_session import ReviewSession

    keys = keymap(settings.keys, EDITOR_ACTS if to_sign_off else ACTS)
    with stores(settings) as opened:
        from factcheck.screen.app import run_review

        about = desk(opened, settings), opened.ledger, reviewer, opened.past_verdicts, opened.known
        require_known(about[0], reviewer)
        from factcheck.wiring.looking import looking, lookup_session
        from factcheck.workflow.look_for_evidence import DeskLook

        opened_sources = partial(sources, settings)
        look = DeskLook(looking(opened, about[0]), partial(lookup_session, settings), settings.look.open)
        if to_sign_off:
            return run_review(EditingSession(*about, sources=opened_sources, look=look), keys)
        return run_review(ReviewSession(*about, sources=opened_sources, look=look, stage=stage, among=among), keys)


def nearness(settings: Settings) -> Nearness | None:
    """What tells how near claims are in meaning, None where nothing is installed. Raises InputError."""
    if settings.alike_model == WORDS_ALONE:
        return None
    from factcheck.extraction.nearness import SentenceVectors, WordVectors, has_word_vectors

    if settings.alike_model:
        return SentenceVectors(settings.alike_model)
    return WordVectors() if has_word_vectors() else None


def scale_named(settings: Settings, name: str) -> RatingScale:
    """The shipped scale, or the newsroom's own, of that id. Raises InputError."""
    if name == TRUTH_5.id and not settings.scale_files:
        return TRUTH_5
    found = scales(settings)
    if name not in found:
        raise InputError(f"there is no rating scale {name!r}; there are: {', '.join(found)}")
    return found[name]


def scales(settings: Settings) -> dict[str, RatingScale]:
    """Every rating scale by id: those that ship with the package, and those of the config file."""
    from factcheck.intake.scales import read_scales

    return read_scales(settings.scale_files)


def sources(settings: Settings) -> Sources:
    """Where evidence comes from."""
    from factcheck.intake.sources import WebSources

    return WebSources(
        allow_private=settings.allow_private_fetch, archive_save=settings.archive_save, limits=settings.parsing
    )


def read_markup(source: str, page_url: str | None, settings: Settings) -> Markup:
    """The structured data of a page or a JSON file. Raises SourceError."""
    from factcheck.intake.markup import read_markup as read

    return read(source, page_url, allow_private=settings.allow_private_fetch, limits=settings.parsing)


def newsroom(opened: Stores, settings: Settings, page_files: Container[str]) -> Newsroom:
    """What reports are made from, over an open database; of the files that pages are made with, those named.

    Raises InputError for one of these that cannot be read.
    """
    from factcheck import __version__
    from factcheck.intake.page_files import read_page_files
    from factcheck.workflow.build_report import Newsroom

    named = {name: path if name in page_files else None for name, path in asdict(settings.page_files).items()}
    look = read_page_files(settings.page_look, limits=settings.parsing, **named)
    scales = {(one.id, one.version): one for one in (TRUTH_5, *opened.statistics.scales())}
    return Newsroom(opened.ledger, opened.queue, __version__, tuple(scales.values()), settings.publisher, look)
