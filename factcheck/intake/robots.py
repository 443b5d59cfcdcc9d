"""What a site's robots.txt allows, by Protego; `manners` runs it within bounds."""

from protego import Protego

from factcheck.intake.fetch import AGENT


def rules(text: str, url: str) -> tuple[bool, float]:
    """Whether the file lets this program fetch the address, and the seconds that it asks for between two fetches."""
    said = Protego.parse(text)
    return said.can_fetch(url, AGENT), float(said.crawl_delay(AGENT) or 0)
