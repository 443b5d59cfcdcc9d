"""What was looked up about a claim, as plain structures for programs."""

from factcheck.domain.lookup import Lookup
from factcheck.export.records import Record, plain


def suggestion_records(found: Lookup | None) -> list[Record]:
    """The passages of a claim's last look-up with their numbers: suggestions, and none of them is evidence.

    What a person has set aside, as far as who reads this is told of it, is offered no more.
    """
    return [
        {
            "passage": number,
            "url": page.url,
            "found_by": page.source,
            "by_machine": page.suggested_by,
            "quote": passage.quote,
            "locator": passage.locator,
            "reading": plain(passage.reading),
        }
        for number, page, passage in (found.numbered() if found else ())
        if page.set_aside_by is None
    ]
