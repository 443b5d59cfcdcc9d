"""`factcheck init`: a config file with every setting, explained, and the publisher's own; a key; a desk."""

from pathlib import Path

import click

from factcheck import wiring
from factcheck.cli.config_template import config_text
from factcheck.cli.options import WORDS, db_option
from factcheck.cli.output import write_whole
from factcheck.cli.terminal import write
from factcheck.domain.publisher import Publisher
from factcheck.errors import InputError, OutputError
from factcheck.settings import Settings
from factcheck.settings.web_key import make_key

_FILE = Path("factcheck.toml")


@click.command("init")
@click.option("--name", type=WORDS, metavar="NAME", help="Who publishes the fact checks.")
@click.option("--url", type=WORDS, metavar="URL", help="The publisher's site.")
@click.option("--claim-url-pattern", type=WORDS, metavar="URL", help="The page of a claim, with {id} or {uid} in it.")
@click.option("--web", is_flag=True, help="Make the key with which a desk in a browser asks for passwords.")
@click.option("--desk", is_flag=True, help="Make the desk's tables, or bring those of an older version up to date.")
@click.option("--yes", is_flag=True, help="Ask nothing; without --name no publisher is set.")
@db_option
@click.pass_obj
def init_command(
    settings: Settings,
    name: str | None,
    url: str | None,
    claim_url_pattern: str | None,
    *,
    web: bool,
    desk: bool,
    yes: bool,
) -> None:
    """Write a commented factcheck.toml for this folder.

    At a terminal it asks who publishes. A file that is there already is left alone. With --web it makes a key instead,
    in a file of its own: from then on the desk in a browser asks for passwords. With --desk it makes the desk in the
    database that --db names, or brings one of an older version up to date, for everybody who uses it.
    """
    if web and desk:
        raise click.UsageError("--web and --desk are two commands")
    if desk:
        write(f"the desk at {wiring.bring_up_to_date(settings)!r} is up to date")
        return
    if web:
        make_key(Path(settings.web_key))
        write(f"wrote {settings.web_key}, which nobody else may read")
        return
    if _FILE.exists() or _FILE.is_symlink():
        raise InputError(f"there is a {str(_FILE)!r} in this folder already; edit it, or move it away")
    if not yes:
        name = name or click.prompt(
            "who publishes the fact checks (empty: decide later)", default="", type=WORDS, show_default=False
        )
    publisher = None
    if name:
        url = url or ("" if yes else click.prompt("their site", type=WORDS))
        claim_url_pattern = claim_url_pattern or f"{url.rstrip('/')}/checks/{{id}}"
        publisher = Publisher(name, url, claim_url_pattern)
    try:
        write_whole(_FILE, [config_text(publisher)])
    except OSError as error:
        raise OutputError(f"{str(_FILE)!r} cannot be written: {error.strerror}") from error
    write(f"wrote {_FILE}")
