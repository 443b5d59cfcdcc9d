"""What serves the search among others' checks: what they are read with, and services that know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from factcheck.domain.review import QueuedClaim
    from factcheck.settings import Settings
    from factcheck.workflow.already_checked import AlreadyChecked
    from factcheck.workflow.find_known import FindKnown
    from factcheck.workflow.import_known import ImportKnown
    from factcheck.workflow.known_ports import CheckService
    from factcheck.workflow.ports import Stores
    from factcheck.workflow.review_claim import Desk


def import_known(opened: Stores, settings: Settings, limit: int | None, since: date | None) -> ImportKnown:
    """The use case over an open database."""
    from factcheck.intake.known_files import KnownFiles
    from factcheck.intake.manners import Manners
    from factcheck.workflow.import_known import ImportKnown

    private, limits = settings.allow_private_fetch, settings.parsing
    files = KnownFiles(private, limits, Manners(settings.robots, settings.pause, private, limits))
    return ImportKnown(opened.known, files, opened.clock, limit, since)


def find_known(opened: Stores, settings: Settings, *, asks_google: bool) -> FindKnown:
    """The use case over an open database."""
    from factcheck.workflow.find_known import FindKnown

    services = (google_checks(settings),) if asks_google else ()
    return FindKnown(opened.known, opened.past_verdicts, opened.clock, services)


def google_checks(settings: Settings) -> CheckService:
    """Google's Fact Check Tools, asked with the key that is set; without one each question fails."""
    from factcheck.intake.google_checks import GoogleChecks

    return GoogleChecks(settings.google_key, settings.parsing)


def already_checked(opened: Stores, desk: Desk, claim: QueuedClaim, viewer: str | None) -> AlreadyChecked:
    """The desk's settled claims that may say the same as this one, and others' checks of such."""
    from factcheck.workflow.already_checked import already_checked as look

    return look(desk, opened.past_verdicts, opened.known, claim, viewer)
