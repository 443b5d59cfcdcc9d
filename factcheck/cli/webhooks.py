"""`factcheck webhooks`: what other programs hear of the desk."""

import click

from factcheck import wiring
from factcheck.cli.damage import stores_to_list
from factcheck.cli.exit_codes import ExitCode
from factcheck.cli.options import WORDS, OneOf, command, db_option, json_option, reviewer_option
from factcheck.cli.terminal import PAGE, say, show_list, spoken, write
from factcheck.domain.states import Act
from factcheck.domain.webhooks import HEARD, Delivery, Webhook
from factcheck.export.records import Record, named, to_json
from factcheck.export.visible import one_line
from factcheck.settings import Settings
from factcheck.workflow.send_webhooks import add_webhook


class _Heard(OneOf[Act]):
    """An act that a webhook may hear of."""

    def __init__(self) -> None:
        super().__init__(Act)
        self.choices = HEARD


@click.group("webhooks", invoke_without_command=True)
@json_option
@db_option
@click.pass_context
def webhooks_command(ctx: click.Context, /, *, as_json: bool) -> None:
    """Tell other programs what happens at the desk.

    Alone it lists what they were told last, what waits and what failed.
    """
    if ctx.invoked_subcommand is not None:
        return
    columns = {"#": "right", "event": "right", "what": "left", "claim": "right", "state": "left", "to": "wide"}

    def line(one: Delivery) -> tuple[object, ...]:
        return one.id, one.event_id, spoken(one.act), one.claim_id, _state(one), one.webhook.url

    with stores_to_list(ctx.obj) as opened:
        found = opened.outbox.deliveries(None if as_json else PAGE)
        show_list(found, delivery_record, columns, line, as_json=as_json)


@command("add", click.argument("url", type=WORDS), reviewer_option, of=webhooks_command)
@click.option("--on", "acts", type=_Heard(), multiple=True, help="May be given again. [default: what readers see]")
def add_command(settings: Settings, url: str, acts: tuple[Act, ...], *, as_json: bool) -> None:
    """Let the program at URL hear of what happens to claims.

    The secret that verifies it stands on stdout, this once.
    """
    with wiring.stores(settings) as opened:
        webhook = add_webhook(opened, url, acts, settings.reviewer)
    if as_json:
        write(to_json(webhook_record(webhook) | {"secret": webhook.secret}))
        return
    write(webhook.secret)
    say(f"webhook {webhook.id} hears of: {', '.join(map(spoken, webhook.acts))}")


@command("list", of=webhooks_command)
def list_command(settings: Settings, *, as_json: bool) -> None:
    """List the webhooks."""
    columns = {"#": "right", "hears of": "left", "url": "wide"}
    with stores_to_list(settings) as opened:
        show_list(
            opened.outbox.webhooks(),
            webhook_record,
            columns,
            lambda one: (one.id, ", ".join(map(spoken, one.acts)), one.url),
            as_json=as_json,
        )


@command("remove", click.argument("number", type=int, metavar="N"), reviewer_option, of=webhooks_command)
def remove_command(settings: Settings, number: int, *, as_json: bool) -> None:
    """Let webhook N hear nothing more, not even what waits."""
    with wiring.stores(settings) as opened:
        webhook = opened.outbox.remove_webhook(number, opened.clock(), settings.reviewer)
    write(to_json(webhook_record(webhook)) if as_json else f"webhook {number} hears nothing more")


@command("send", of=webhooks_command)
def send_command(settings: Settings, *, as_json: bool) -> int:
    """Send what is due, one pass a call, for cron; factcheck serve does it by itself.

    What fails is tried again after ten seconds, a minute, five, half an hour, 2, 6, 12 and 24 hours, and then given up.
    """
    done: list[Delivery] = []
    with wiring.stores(settings) as opened:
        for one in wiring.send_webhooks(opened, settings):
            done.append(one)
            if one.failure is not None:
                say(f"factcheck: {one_line(one.failure)}")
    sent = sum(one.sent_at is not None for one in done)
    write(to_json(list(map(delivery_record, done))) if as_json else f"sent: {sent}, failed: {len(done) - sent}")
    return ExitCode.OK if sent == len(done) else ExitCode.INPUT


def webhook_record(webhook: Webhook) -> Record:
    """A webhook as `--json` tells it, without its secret."""
    return named(webhook, "id", "url", "acts", "added_at", "added_by", "removed_at")


def delivery_record(one: Delivery) -> Record:
    """A delivery as `--json` tells it."""
    about = ("id", "key", "event_id", "act", "claim_id", "at", "tries", "next_at", "sent_at", "failure")
    return {**named(one, *about), "webhook": one.webhook.id, "url": one.webhook.url}


def _state(one: Delivery) -> str:
    if one.sent_at is not None:
        return f"sent {one.sent_at:%Y-%m-%d %H:%M} UTC"
    if one.next_at is None:
        return f"given up after {one.tries}: {one_line(one.failure or '')}"
    return "waits" if not one.tries else f"failed {one.tries}, next {one.next_at:%Y-%m-%d %H:%M} UTC"
