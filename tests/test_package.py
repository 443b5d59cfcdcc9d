"""The package as it is installed: what it carries, what it imports, how it runs without anything."""

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT
from hatchling.builders.wheel import WheelBuilder

HEAVY = (
    "langchain",
    "langchain_core",
    "openai",
    "sqlalchemy",
    "sqlmodel",
    "alembic",
    "pydantic",
    "trafilatura",
    "vcr",
    "rich",
    "jinja2",
    "textual",
    "dateparser",
    "fastapi",
    "mcp",
    "pgqueuer",
    "psycopg",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout."""
    source = tmp_path_factory.mktemp("source") / "checkout"
    # What other tests write meanwhile is not looked at.
    parts = shutil.ignore_patterns(".git", ".venv*", "__pycache__", ".*_cache", ".hypothesis", "*.db")
    shutil.copytree(ROOT, source, ignore=parts)
    built = WheelBuilder(str(source)).build(directory=str(tmp_path_factory.mktemp("dist")), versions=["standard"])
    return Path(next(iter(built)))


def test_command_line_loads_nothing_heavy() -> None:
    code = (
        f"import sys, factcheck.cli.main, factcheck.wiring; print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "module",
    ["articles", "audit", "claims", "demo", "evidence", "extract", "jobs", "report", "review"],
)
def test_command_module_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, factcheck.cli.{module}; print([name for name in {HEAVY!r} if name in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("module", ["articles", "audit", "claims", "report", "review"])
def test_command_that_shows_loads_no_reader_of_text(module: str) -> None:
    read_text = "[name for name in sys.modules if name.startswith('factcheck.text')]"
    code = f"import sys, factcheck.cli.{module}; print({read_text})"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout.strip() == "[]"


def test_command_that_opens_a_desk_loads_no_reader_of_text_and_no_other_database(tmp_path: Path) -> None:
    heavy = "('factcheck.text.folding', 'sqlalchemy.dialects.postgresql')"
    code = (
        "import atexit, sys; from factcheck.cli.main import main; "
        f"atexit.register(lambda: print([one for one in {heavy} if one in sys.modules])); main()"
    )
    on_a_desk = [sys.executable, "-c", code, "--db", str(tmp_path / "desk.db")]
    subprocess.run([*on_a_desk, "people", "add", "ana"], capture_output=True, check=True, cwd=ROOT)

    done = subprocess.run([*on_a_desk, "claims"], capture_output=True, text=True, check=False, cwd=ROOT)

    assert done.stdout.splitlines()[-1] == "[]"


def test_wheel_carries_the_prompts(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for prompt in (ROOT / "prompts").iterdir():
            assert archive.read(f"factcheck/_bundled/prompts/{prompt.name}") == prompt.read_bytes()


def test_wheel_carries_the_demo(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for part in (ROOT / "cassettes" / "demo").iterdir():
            assert archive.read(f"factcheck/_bundled/cassettes/demo/{part.name}") == part.read_bytes()


def test_wheel_carries_the_prices(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read("factcheck/prices.toml") == (ROOT / "factcheck" / "prices.toml").read_bytes()


def test_installed_wheel_runs_the_demo(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "env"
    venv.create(target, with_pip=False)
    [packages] = target.glob("lib/python3*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    (packages / "dependencies.pth").write_text("\n".join(path for path in sys.path if path.endswith("site-packages")))
    work = tmp_path / "work"
    work.mkdir()

    offline = ["unshare", "-n"] if _can_cut_the_network() else []
    command = [*offline, str(target / "bin" / "python"), "-m", "factcheck", "demo"]
    done = subprocess.run(command, cwd=work, env={}, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "verdicts: 3 false, 1 true" in done.stdout
    assert (work / "factcheck-demo.md").exists()


def _can_cut_the_network() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode == 0


def test_top_level_holds_what_it_should() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    if not tracked:
        pytest.skip("no git checkout")
    allowed = {"pyproject.toml", "README.md", "factcheck", "prompts", "tests", "cassettes"}
    beside = {"LICENSE", "CHANGELOG.md", ".gitignore", ".ci"}

    assert {Path(line).parts[0] for line in tracked.splitlines()} <= allowed | beside
