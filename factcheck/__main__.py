"""The command `factcheck`, also as `python -m factcheck`; Ctrl-C ends it with one line from its first moment on."""

import sys


def main() -> None:
    """Load the command line and run it."""
    try:
        from factcheck.cli.main import main as run  # noqa: PLC0415 - Ctrl-C may come while this loads
    except KeyboardInterrupt:
        sys.stderr.write("factcheck: stopped before anything began\n")
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
