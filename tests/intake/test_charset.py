"""Which encoding a page is read in, and who says so."""

import codecs
import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factcheck.errors import EncodingError, SourceError
from factcheck.intake.charset import decoded_page
from factcheck.intake.html import article_from_html
from factcheck.intake.plain import as_text
from factcheck.intake.read_source import read_source

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
GERMAN = "Bürgermeister Müller sagte, die Brücke müsse für achtzehn Monate geschlossen werden; größere Schäden drohen."
RUSSIAN = "Мэр сказал, что мост, построенный в 1931 году, закроют на восемнадцать месяцев из-за трещин."
JAPANESE = "市長は、1931年に建設された橋が十八か月閉鎖されると述べた。"


def page(words: str, head: str = "") -> str:
    """A page that says this, four times over."""
    return f"<!doctype html><html><head>{head}</head><body><article>{f'<p>{words}</p>' * 4}</article></body></html>"


def test_mark_goes_before_the_named_encoding() -> None:
    content = codecs.BOM_UTF8 + page(GERMAN).encode()
    assert "Müller" in article_from_html(content, None, NOW, "latin-1").text


def test_named_encoding_goes_before_the_page() -> None:
    content = page(RUSSIAN, "<meta charset=windows-1252>").encode("koi8-r")
    assert "сказал" in article_from_html(content, None, NOW, "koi8-r").text


def test_encoding_reaches_pages_in_files(folder: Path) -> None:
    (folder / "a.html").write_bytes(page(RUSSIAN, "<meta charset=windows-1252>").encode("koi8-r"))
    assert "сказал" in read_source("a.html", NOW, "koi8-r").text


def test_server_goes_before_the_page() -> None:
    content = page(RUSSIAN, "<meta charset=windows-1252>").encode("cp1251")
    assert "сказал" in article_from_html(content, None, NOW, header_encoding="windows-1251").text


def test_page_goes_before_a_guess(caplog: pytest.LogCaptureFixture) -> None:
    content = page(GERMAN, "<meta http-equiv=content-type content='text/html; charset=iso-8859-1'>").encode("cp1252")
    assert "größere" in article_from_html(content, None, NOW).text
    assert caplog.records == []


@pytest.mark.parametrize("named", ["iso-8859-1", "klingon"])
def test_utf8_is_known_under_another_name(named: str) -> None:
    assert "Müller" in article_from_html(page(GERMAN).encode(), None, NOW, header_encoding=named).text


@pytest.mark.parametrize(("words", "encoding"), [(GERMAN, "cp1252"), (RUSSIAN, "cp1251"), (JAPANESE, "shift_jis")])
def test_guess_is_told(caplog: pytest.LogCaptureFixture, words: str, encoding: str) -> None:
    with caplog.at_level(logging.WARNING, "factcheck"):
        found = decoded_page(page(words).encode(encoding), "a.html")
    assert words in found.text
    assert caplog.messages == [f"'a.html' names no encoding; it is read as {found.encoding}, which is a guess"]


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Silta suljetaan kahdeksitoista kuukaudeksi, sanoi pormestari. Sitä käyttää moni päivittäin.", "cp1252"),
        ("Broen bliver lukket i atten måneder, sagde borgmesteren. Den blev åbnet på en grå dag i 1931.", "cp1252"),
        ("Brua blir stengt i atten måneder, sa ordføreren. Den ble åpnet på en grå dag i 1931.", "cp1252"),
        ("El pont estarà tancat divuit mesos, digué l'alcaldessa. Això és més del que s'havia dit.", "cp1252"),
        ("Il ponte sarà chiuso per diciotto mesi, ha detto il sindaco. È più di quanto si sperava.", "cp1252"),
        ("Le pont sera fermé dix-huit mois, a déclaré la maire. Il a été réparé plusieurs fois.", "cp1252"),
        ("Most bude podle starostky osmnáct měsíců uzavřen. Otevřen byl v roce 1931 a několikrát opraven.", "cp1250"),
        ("Most będzie zamknięty przez osiemnaście miesięcy, powiedział burmistrz. Otwarto go w 1931 roku.", "cp1250"),
        ("Tiltas bus uždarytas aštuoniolikai mėnesių, sakė merė. Jis kelis kartus taisytas.", "cp1257"),
        ("Köprü on sekiz ay kapalı kalacak, dedi başkan. 1931 yılında açılmış ve birkaç kez onarılmıştı.", "cp1254"),
        ("הגשר ייסגר לשמונה עשר חודשים, אמרה ראש העיר. הוא נפתח בשנת 1931 ותוקן כמה פעמים.", "cp1255"),
        ("Η γέφυρα θα κλείσει για δεκαοκτώ μήνες, είπε ο δήμαρχος. Άνοιξε το 1931 και επισκευάστηκε.", "cp1253"),
        ("시장은 1931년에 지어진 다리가 열여덟 달 동안 닫힌다고 말했다.", "euc_kr"),
        ("市长说，这座一九三一年建成的桥将关闭十八个月。", "gb2312"),
        ("市長說，這座一九三一年建成的橋將關閉十八個月。", "big5"),
        ("市長は、千九百三十一年に建設された橋が十八か月閉鎖されると述べた。", "shift_jis"),
        ("市長は、千九百三十一年に建設された橋が十八か月閉鎖されると述べた。", "euc_jp"),
    ],
)  # fmt: skip
def test_no_letter_changes_where_nothing_names_the_encoding(words: str, encoding: str) -> None:
    assert words in decoded_page(page(words).encode(encoding), "a.html").text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "iso2022_jp"])
def test_encodings_that_show_need_no_name(encoding: str, caplog: pytest.LogCaptureFixture) -> None:
    assert JAPANESE in article_from_html(page(JAPANESE).encode(encoding), None, NOW).text
    assert caplog.records == []


@pytest.mark.parametrize("encoding", ["utf-16-le", "iso2022_jp"])
def test_texts_in_them_are_read_as_well(encoding: str) -> None:
    words = f"The bridge: {JAPANESE if encoding == 'iso2022_jp' else 'it is closed'}"
    assert as_text(words.encode(encoding), "a.txt") == words


def test_broken_page_is_refused_with_what_fits() -> None:
    content = page(GERMAN, "<meta charset=utf-8>").encode("cp1252")
    with pytest.raises(EncodingError, match=r"'a\.html' is not utf-8 text: \d+ of its \d+ .* it fits cp1252"):
        article_from_html(content, None, NOW, source="a.html")


def test_one_broken_letter_is_borne() -> None:
    content = page(GERMAN * 20, "<meta charset=utf-8>").encode().replace("größere".encode(), b"gr\xf6\xdfere", 1)
    assert article_from_html(content, None, NOW).text.count("\ufffd") == 2


def test_unknown_name_is_refused() -> None:
    with pytest.raises(EncodingError, match="'klingon' is not an encoding"):
        decoded_page(b"<html>", "a.html", "klingon")


def test_server_may_not_name_what_is_no_encoding_of_pages() -> None:
    assert decoded_page(page("It rose.").encode(), "a.html", header="punycode").encoding == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_of_a_script_of_its_own_is_known_by_its_figures(encoding: str) -> None:
    text = "橋は1931年に開通し、一日に約14,000台の車が通る。\n修理には五百万ドルかかる。\n" * 4

    assert as_text(text.encode(encoding), "a.txt") == text


def test_numbers_of_two_bytes_are_no_text() -> None:
    content = b"".join(number.to_bytes(2, "little") for number in range(1, 200))

    with pytest.raises(SourceError, match="binary file"):
        as_text(content, "a.bin")
