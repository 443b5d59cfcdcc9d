import pytest

from factcheck.export.visible import one_line, visible


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b",
        "\x00",
        "\x07",
        "\x08",
        "\r",
        "\x0b",
        "\x0c",
        "\x7f",
        "\x85",
        "\x9b",
        "\u202e",
        "\u202a",
        "\u2066",
        "\u2069",
    ],
)
def test_steering_character_is_shown(hostile: str) -> None:
    assert visible(f"a{hostile}b") == "a\ufffdb"


def test_escape_sequence_loses_its_power() -> None:
    assert visible("\x1b[31mred\x1b[0m") == "\ufffd[31mred\ufffd[0m"


@pytest.mark.parametrize("text", ["one\n\ttwo", "naïve “–” 😀", "日本は", "שלום", "a\u00a0b", "نص\u200fعربي"])
def test_harmless_text_is_left_alone(text: str) -> None:
    assert visible(text) == text


def test_one_line_joins_all_blanks() -> None:
    assert one_line(" one\n\n two\t\u00a0three\u2028four ") == "one two three four"


def test_one_line_is_visible_too() -> None:
    assert one_line("a\r\nb\u202ec") == "a\ufffd b\ufffdc"
