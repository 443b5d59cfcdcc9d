"""`factcheck tokens`: what programs show at the desk."""

import click

from factcheck import wiring
from factcheck.cli.damage import stores_to_list
from factcheck.cli.options import WORDS, OneOf, command, reviewer_option
from factcheck.cli.terminal import say, show_list, write
from factcheck.domain.programs import AccessToken, Scope
from factcheck.export.records import Record, named, to_json
from factcheck.export.visible import one_line
from factcheck.settings import Settings
from factcheck.workflow.manage_tokens import DAYS, MOST_DAYS, add_token, revoke_token


@click.group("tokens")
def tokens_command() -> None:
    """Give programs tokens, list them, revoke them."""


@command("add", click.argument("name", type=WORDS), reviewer_option, of=tokens_command)
@click.option(
    "--scope", "scopes", type=OneOf(Scope), multiple=True, help="May be given again; each reads. [default: read]"
)
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=DAYS, show_default=True, help="Good for so long.")
def add_command(settings: Settings, name: str, scopes: tuple[Scope, ...], *, days: int, as_json: bool) -> None:
    """Let a program act as NAME.

    The token stands on stdout, this once: the desk keeps its hash alone.
    """
    with wiring.stores(settings) as opened:
        token, secret = add_token(opened, name, scopes, days, settings.reviewer)
    if as_json:
        write(to_json(token_record(token) | {"token": secret}))
        return
    write(secret)
    say(f"token {token.id} of {one_line(token.name)}: {', '.join(token.scopes)}, until {token.expires_at:%Y-%m-%d}")


@command("list", of=tokens_command)
def list_command(settings: Settings, *, as_json: bool) -> None:
    """List the tokens, those that are over or revoked too."""
    columns = {"#": "right", "name": "left", "scopes": "left", "until": "left", "": "wide"}
    with stores_to_list(settings) as opened:
        now = opened.clock()

        def line(one: AccessToken) -> tuple[object, ...]:
            state = "" if one.is_live(now) else "revoked" if one.revoked_at else "over"
            return one.id, one.name, ", ".join(one.scopes), f"{one.expires_at:%Y-%m-%d}", state

        show_list(opened.programs.tokens(), token_record, columns, line, as_json=as_json)


@command("revoke", click.argument("number", type=int, metavar="N"), reviewer_option, of=tokens_command)
def revoke_command(settings: Settings, number: int, *, as_json: bool) -> None:
    """Let token N open nothing any more."""
    with wiring.stores(settings) as opened:
        token = revoke_token(opened, number, settings.reviewer)
    write(to_json(token_record(token)) if as_json else f"token {number} of {one_line(token.name)} opens nothing now")


def token_record(token: AccessToken) -> Record:
    """A token as `--json` tells it, without its secret, which nobody knows."""
    return named(token, "id", "name", "scopes", "added_at", "expires_at", "added_by", "revoked_at")
