from datetime import UTC, datetime
from pathlib import Path

import pytest

from factcheck.domain.article import Article
from factcheck.errors import SourceError
from factcheck.intake.read_source import read_source

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SRT = """1
00:00:01,000 --> 00:00:03,500
<i>The river Stand rose by 3 m</i>
on Monday,

2
00:00:03,600 --> 00:00:06,000
the mayor said. &amp; It fell.

3
00:00:07,000 --> 00:00:08,000
[music]

4
00:12:31,000 --> 00:12:33,000
- How many people left?
- About 300.

5
01:02:13,000 --> 01:02:15,000
7

6
01:02:16,000 --> 01:02:17,000
{\\an8}of them came back.
"""
VTT = """WEBVTT - River talk
Language: en

NOTE
made by hand

intro
00:01.000 --> 00:03.000 align:start
<v Ann Lee>The river <c.yellow>rose</c>.

00:03.000 --> 00:04.000
<v Ann Lee>By 3 m.

STYLE
::cue { color: red }

00:04.000 --> 00:05.000
<v Bo>No.
"""
ROLLING = """WEBVTT

00:00.000 --> 00:02.000
the<00:01.000><c> river</c>

00:02.000 --> 00:02.010
the river

00:02.010 --> 00:04.000
the river
rose<00:03.000><c> by</c>

00:04.010 --> 00:06.000
rose by
three metres
"""

pytestmark = pytest.mark.usefixtures("folder")


def read(content: str | bytes) -> Article:
    Path("a").write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_source("a", NOW)


def test_cues_are_joined_into_paragraphs() -> None:
    article = read(SRT)
    assert article.text == (
        "The river Stand rose by 3 m on Monday, the mayor said. & It fell.\n\nHow many people left?\n\nAbout 300.\n\n"
        "7 of them came back."
    )
    assert (article.title, article.published) == (None, None)


@pytest.mark.parametrize(
    ("words", "time"),
    [("rose", "00:00:01"), ("the mayor", "00:00:03"), ("300", "00:12:31"), ("7 of", "01:02:13"), ("back", "01:02:16")],
)
def test_words_name_their_time(words: str, time: str) -> None:
    article = read(SRT.replace("\n", "\r\n"))
    assert article.locator_at(article.text.index(words)) == time


def test_numbers_below_zero_and_signs_are_said() -> None:
    cue = "1\n00:00:01,000 --> 00:00:03,500\nIt was\n-5 degrees and <5 dead> there.\n"
    assert read(cue).text == "It was -5 degrees and <5 dead> there."


SAID = ("How many died?", "45", "And how many were hurt?", "152", "It began in", "2019", "or so.")


@pytest.mark.parametrize("is_numbered", [True, False])
def test_cue_that_is_a_number_is_said(is_numbered: bool) -> None:  # noqa: FBT001 - a case
    times = [f"00:00:{at:02},000 --> 00:00:{at:02},900" for at in range(len(SAID))]
    cues = [[*([str(at)] if is_numbered else []), times[at - 1], words] for at, words in enumerate(SAID, 1)]
    assert read("\n\n".join("\n".join(one) for one in cues)).text == " ".join(SAID)


def test_number_behind_a_blank_line_is_no_name() -> None:
    cues = "WEBVTT\n\n00:00.000 --> 00:01.000\nThe dead are\n\n45\n\n00:01.000 --> 00:02.000\nor more."
    assert read(cues).text == "The dead are 45 or more."


@pytest.mark.parametrize(
    ("line", "is_said"),
    [
        ("#MeToo was the word of the year.", True),
        ("#1 in the list is Leeds.", True),
        ("# 1 in the list is Leeds.", True),
        ("(In 1953, 900 people died.)", True),
        ("(Forty-five)", True),
        ("[He was never there]", True),
        ("(That bridge never opened.)", True),
        ("(of all the bridges over the river Stand)", True),
        ("# And the river rose #", False),
        ("#La la la#", False),
        ("# La la la", False),
        ("♪ La la la", False),
        ("- [DOOR SLAMS]", False),
        ("(speaking Spanish)", False),
    ],
)
def test_line_of_sound_or_song_is_not_said(line: str, is_said: bool) -> None:  # noqa: FBT001 - a case
    cue = f"1\n00:00:01,000 --> 00:00:03,500\nBegin.\n{line}\n"
    assert read(cue).text == (f"Begin. {line}" if is_said else "Begin.")


def test_header_and_voices_are_read() -> None:
    article = read(VTT)
    assert article.text == "Ann Lee: The river rose. By 3 m.\n\nBo: No."
    assert (article.title, article.language) == ("River talk", "en")


@pytest.mark.parametrize(
    "line",
    [
        "<v Bob>forty-five.</v> <v Ana Lopez>No, 54.",
        "<v Bob>forty-five. <v.loud Ana Lopez>No, 54.",
        "- <v Bob>forty-five.</v> - <v Ana Lopez>No, 54.",
    ],
)
def test_two_voices_of_one_line_are_told_apart(line: str) -> None:
    assert read(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{line}\n").text == "Bob: forty-five.\n\nAna Lopez: No, 54."


def test_words_before_a_voice_are_not_its_own() -> None:
    assert read("WEBVTT\n\n00:01.000 --> 00:02.000\nIt was 45. <v Bob>No.\n").text == "It was 45.\n\nBob: No."


def test_rolling_lines_are_said_once() -> None:
    assert read(ROLLING).text == "the river rose by three metres"


def test_repeated_words_are_kept() -> None:
    cues = "".join(f"{at}\n00:00:0{at},000 --> 00:00:0{at},900\n{words}\n\n" for at, words in enumerate("ABCCDEFGH"))
    assert read(cues).text.replace(" ", "") == "ABCCDEFGH"


def test_other_encodings_are_read() -> None:
    assert "Überflutung" in read(SRT.replace("river Stand", "Überflutung").encode("utf-16")).text


CUE = "1\n00:00:01,000 --> 00:00:02,000\n"
HOSTILE = {
    "cues": (CUE * 600_000, "holds more than 30,000 subtitles"),
    "lines": (CUE + "It rose.\n" * 600_000, "holds more than 30,000 subtitles or 500,000 lines"),
    "words": (CUE + "It rose. " * 600_000, "holds more text than 3,000,000 characters"),
    "none": ("1\n00:00:01,000 --> 00:00:02,000\n\n", "holds no text"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_huge_or_empty_subtitles_are_refused_in_one_line(name: str) -> None:
    content, why = HOSTILE[name]
    with pytest.raises(SourceError, match=why) as told:
        read(content)
    assert "\n" not in str(told.value)
