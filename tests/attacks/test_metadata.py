"""What a source tells of itself is bounded and can be stored, whatever form it has."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factcheck.intake.read_source import read_source
from factcheck.intake.reader import Reader

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TEXT = "Prices rose by five percent in May, said the minister of finance in Berlin. " * 12
LONG = "owned " * 50_000
FAR = f"https://a.example/{'a' * 99_999}"
SOURCES = {
    "long.json": json.dumps({"text": TEXT, "title": LONG, "author": [*map(str, range(99))], "url": FAR}),
    "long.eml": f"From: {LONG} <a@b.example>\nSubject: {LONG}\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n\n{TEXT}",
    "long.md": f"---\ntitle: {LONG}\nauthor: {LONG}\n---\n# Prices\n\n{TEXT}",
    "surrogate.json": json.dumps({"text": TEXT, "title": "a\ud800", "author": "b\udfff", "url": "https://a.example/\ud800"}),
    "surrogate.md": f'---\ntitle: "a\\uD800"\nauthor: "b\\0c"\n---\n# Prices\n\n{TEXT}',
    "nul.md": f'+++\ntitle = "a\\u0000"\nauthor = "b\\u0000"\n+++\n# Prices\n\n{TEXT}',
}  # fmt: skip


@pytest.mark.parametrize("name", SOURCES)
def test_what_is_told_is_bounded_and_can_be_stored(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(SOURCES[name], "utf-8")

    one = read_source(str(path), NOW)
    [again] = Reader().read(str(path), NOW)

    told = (one.title, one.subtitle, one.publisher, one.language, one.url, one.canonical_url, *one.authors)
    assert max(len(each or "") for each in told) <= 8_000
    assert max(len(each or "") for each in (one.title, *one.authors)) <= 500
    assert len(one.authors) <= 50
    assert "\0" not in " ".join(filter(None, told))
    " ".join(filter(None, told)).encode()
    assert again == one


def test_names_of_attachments_are_told_in_few_words(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    names = "; ".join(f"filename*{number}=aaaaaaaa" for number in range(2_000))
    path = tmp_path / "letter.eml"
    path.write_text(
        "From: a@b.example\nSubject: Prices\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\n{TEXT}\n--b\nContent-Disposition: attachment; {names}\n\nx\n--b--\n",
        "utf-8",
    )

    read_source(str(path), NOW)

    assert "what is attached is not read: 'aaaaaaaa" in caplog.text
    assert len(caplog.text) < 1_000
