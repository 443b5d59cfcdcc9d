"""What ends a command from outside."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread


@contextmanager
def stopped_as_by_ctrl_c() -> Iterator[None]:
    """Make SIGTERM, and SIGHUP of a terminal that closes, what Ctrl-C is; under `nohup` the latter stays ignored."""
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    mine = [one for one in numbers if current_thread() is main_thread() and signal.getsignal(one) is signal.SIG_DFL]
    for number in mine:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in mine:
            signal.signal(number, signal.SIG_DFL)
