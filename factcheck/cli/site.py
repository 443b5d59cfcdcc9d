"""`factcheck site`: the newsroom's fact checks as a folder of pages, for any server of files."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from factcheck import wiring
from factcheck.cli.damage import stores_to_list
from factcheck.cli.options import db_option
from factcheck.cli.terminal import say
from factcheck.domain.report import ReportScope
from factcheck.errors import OutputError
from factcheck.export.card_picture import card_drawer
from factcheck.export.formats import SITE_FILES
from factcheck.export.site import SiteWriter
from factcheck.settings import Settings
from factcheck.whole_files import Owner, OwnFolder, own_folder
from factcheck.workflow import look_up
from factcheck.workflow.build_report import reported_articles
from factcheck.workflow.publish_site import publish_site

_KIND = "factcheck-site"


@click.command("site")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", required=True, help="The folder."
)
@click.option("--move", is_flag=True, help="Let pages go from addresses that claim_url_pattern had before.")
@db_option
@click.pass_obj
def site_command(settings: Settings, output: Path, *, move: bool) -> None:
    """Write a site of all that is signed off: pages, feed, search.

    Only what has changed since is written again. DIR is what the server shows at the part of claim_url_pattern that
    stands before {id} or {uid}.
    """
    claims, folder, root = write_site(settings, output, moves=move)
    if claims is not None:
        say(f"claims: {claims}")
    say(f"files written: {folder.written}, unchanged: {folder.kept}, taken away: {folder.removed}")
    say(f"put {output} at {root}")


def write_site(
    settings: Settings, output: Path, *, takes_over: bool = False, moves: bool = False
) -> tuple[int | None, OwnFolder, str]:
    """Write what has changed since: how many claims were read, None if nothing had changed; the folder; its address.

    `takes_over` writes over what was written from another desk, `moves` where the pages stood at other addresses.
    Raises InputError and OutputError.
    """
    claims = None
    with ExitStack() as held, _told(output):
        with stores_to_list(settings) as opened:
            newsroom, scope = wiring.newsroom(opened, settings, SITE_FILES), ReportScope()
            writer = SiteWriter(newsroom.masthead(scope), card_drawer())
            addresses = writer.map.publisher.claim_url_pattern
            owner = Owner(look_up.log_origin(opened), opened.location, takes_over, addresses, moves)
            folder = held.enter_context(own_folder(output, _KIND, owner))
            # Before the claims are read: what is decided meanwhile is written again.
            state = writer.state(look_up.log_head(opened))
            if not folder.is_of(state):
                claims = publish_site(reported_articles(newsroom, scope), writer, folder).claims
        folder.seal(state)  # not where damaged rows were left out: these are told each time
    return claims, folder, writer.map.root


@contextmanager
def _told(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"the site cannot be written to {str(output)!r}: {error.strerror}") from error
