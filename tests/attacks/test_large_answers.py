import resource
import subprocess
import sys
import zlib
from pathlib import Path

from fakes import StandIn

_UNPACKED = 800_000_000  # bytes
_MOST_MEMORY = 1_400_000_000  # bytes of address space, libraries and all


def _gzip_of_blanks() -> bytes:
    """A gzip a thousandth as large as what it holds."""
    packer, piece = zlib.compressobj(1, wbits=31), b" " * 1_000_000
    return b"".join(packer.compress(piece) for _ in range(_UNPACKED // len(piece))) + packer.flush()


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def test_answer_that_unpacks_without_end_fails_its_sentence_alone(folder: Path, stand_in: StandIn) -> None:
    bomb = _gzip_of_blanks()
    stand_in.answer = lambda _: (200, bomb, {"content-encoding": "gzip"})
    (folder / "article.txt").write_text("The river rose by two metres on Monday.", "utf-8")

    ended, told = (
        subprocess.run(
            [sys.executable, "-m", "factcheck", *arguments],
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
            preexec_fn=_bounded,
        )
        for arguments in (["extract", "article.txt", "--model", "openai:stand-in"], ["article", "1", "--json"])
    )

    assert ended.returncode == 10, ended.stderr
    assert "the answer is larger than 20,000,000 bytes" in told.stdout
