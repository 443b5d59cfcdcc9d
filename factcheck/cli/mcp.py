"""`factcheck mcp`: the desk for assistants that speak the Model Context Protocol."""

from pathlib import Path

import click

from factcheck import wiring
from factcheck.cli.options import ABOVE_NOTHING, WORDS, db_option, setting_option
from factcheck.settings import Settings
from factcheck.wiring.assisting import AssistantOptions


@click.command("mcp")
@click.option("--name", "machine", type=WORDS, default="assistant", show_default=True, help="Who suggests.")
@setting_option("model", "--model", type=WORDS, metavar="PROVIDER:NAME", help="The model. [or FACTCHECK_MODEL]")
@click.option("--replay", type=click.Path(path_type=Path), metavar="FILE", help="A recording answers for the model.")
@click.option("--http", "port", type=click.IntRange(1, 65_535), metavar="PORT", help="Serve on 127.0.0.1, not stdio.")
@click.option("--budget", type=ABOVE_NOTHING, metavar="USD", help="Ask the model for no more, while it is served.")
@db_option
@click.pass_obj
def mcp_command(
    settings: Settings, /, machine: str, replay: Path | None, port: int | None, budget: float | None
) -> None:
    """Serve the desk to an assistant over MCP.

    It is spoken on stdin and stdout. The assistant reads the queue and claims, extracts the claims of a text, searches
    what others have checked, and suggests evidence. It gives no verdict, and nothing that it suggests is evidence until
    a person takes it.
    """
    wiring.serve_assistants(settings, AssistantOptions(machine, replay, port, budget))
