"""The one place that knows which adapter serves which port. Heavy libraries load inside its functions, late."""

from factcheck.wiring.asking import (
    Session,
    batch_server,
    collect_batches,
    extract_batch,
    extract_in_batches,
    extraction_session,
    session_of_run,
)
from factcheck.wiring.assisting import serve_assistants
from factcheck.wiring.checks import already_checked, find_known, import_known
from factcheck.wiring.clock import utc_now
from factcheck.wiring.desks import (
    back_up,
    bring_up_to_date,
    copy_desk,
    desk,
    newsroom,
    noted_heads,
    opened_desk,
    read_markup,
    restore,
    review_on_screen,
    scale_named,
    scales,
    sources,
    stores,
)
from factcheck.wiring.looking import looking, lookup_session, passage_reader
from factcheck.wiring.posting import send_webhooks
from factcheck.wiring.serving import door, office, serve
from factcheck.wiring.working import jobs, periodic

__all__ = [
    "Session",
    "already_checked",
    "back_up",
    "batch_server",
    "bring_up_to_date",
    "collect_batches",
    "copy_desk",
    "desk",
    "door",
    "extract_batch",
    "extract_in_batches",
    "extraction_session",
    "find_known",
    "import_known",
    "jobs",
    "looking",
    "lookup_session",
    "newsroom",
    "noted_heads",
    "office",
    "opened_desk",
    "passage_reader",
    "periodic",
    "read_markup",
    "restore",
    "review_on_screen",
    "scale_named",
    "scales",
    "send_webhooks",
    "serve",
    "serve_assistants",
    "session_of_run",
    "sources",
    "stores",
    "utc_now",
]
