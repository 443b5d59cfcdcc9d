from decimal import Decimal

import pytest

from factcheck.text.inference import WordSources
from factcheck.text.numbers import find_numbers


def unsupported(article: str, claim: str) -> tuple[str, ...]:
    return WordSources(article, ()).unsupported_numbers(claim)


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "1,000",
            "1000",
            "1.000",
            "1 000",
            "1\u202f000",
            "1’000",
            "one thousand",
            "a thousand",
            "1千",
            "１０００",
            "1k",
        ),
        ("1,234,567.5", "1.234.567,5", "1 234 567.5", "12,34,567.5"),
        ("12 dogs", "twelve dogs", "a dozen dogs", "zwölf Hunde", "十二", "١٢", "१२", "12th"),
        ("35", "thirty-five", "thirty five", "fünfunddreißig", "三十五"),
        ("3,000,000", "3 million", "three million", "3m", "3 Millionen", "3 Mio. Euro", "300万", "三百万"),
        ("3.5 million", "3,500,000", "3,5 Millionen", "3½ million", "350万"),
        ("1.2 billion", "1,200,000,000", "1,2 Milliarden", "12亿"),
        ("105", "one hundred and five", "a hundred five", "一百零五"),
        ("300", "three hundred", "dreihundert", "三百"),
        ("1.234 million", "1,234,000"),
        ("500,000", "half a million", "50万"),
        ("20%", "20 percent", "twenty per cent", "百分之二十"),
        ("2.50", "2.5", "2,5", "2½", "٢٫٥"),
        ("2026年", "二〇二六年"),
    ],
)
def test_spellings_of_number_are_alike(spellings: tuple[str, ...]) -> None:
    for article in spellings:
        assert [unsupported(article, claim) for claim in spellings] == [()] * len(spellings), article


@pytest.mark.parametrize(
    ("article", "claim", "flagged"),
    [
        ("It cost 3 million.", "It cost 3 billion.", "3 billion"),
        ("It cost 3 million.", "It cost 3 dollars.", "3"),
        ("It cost 3 dollars.", "It cost 3 million.", "3 million"),
        ("It cost 3 dollars.", "It cost three million.", "three million"),
        ("It cost 1,000.", "It cost 1.", "1"),
        ("It cost 1.5.", "It cost 15.", "15"),
        ("It rose by 1.234 million.", "It rose by 1,234.", "1,234"),
        ("It held for eleven days.", "It held for twelve days.", "twelve"),
        ("It held for twenty days.", "It held for twenty-five days.", "twenty five"),
        ("It held for 5 or 6 days.", "It held for 56 days.", "56"),
        ("两人死亡。", "三十人死亡。", "三十"),
        ("3万人", "3人", "3"),
        ("Es kostet 20 Euro.", "Es kostet 25 Euro.", "25"),
        ("Es kostet zwanzig Euro.", "Es kostet einundzwanzig Euro.", "einundzwanzig"),
        ("On 3 May 2020", "On 3.5.2020", "3.5.2020"),
    ],
)
def test_other_number_is_flagged(article: str, claim: str, flagged: str) -> None:
    assert unsupported(article, claim) == (flagged,)


def test_scale_holds_for_whole_range() -> None:
    assert unsupported("It cost 3 to 4 million.", "It cost 3 million, or 4 million.") == ()


def test_neighbouring_numbers_may_be_two() -> None:
    assert unsupported("In May 3 the 400 came.", "In May 3 400 came.") == ()


def test_letter_may_stand_for_metres() -> None:
    assert unsupported("It is 30m tall.", "It is 30 metres tall.") == ()


@pytest.mark.parametrize("claim", ["one of them fell", "一个人来了", "万一下雨", "hundreds came", "millions of them"])
def test_mere_words_are_not_flagged(claim: str) -> None:
    assert unsupported("", claim) == ()


def test_one_in_article_supports_figure() -> None:
    assert unsupported("Only one fell.", "Only 1 fell.") == ()


def test_numbers_in_row_are_told_apart() -> None:
    found = [
        number.readings for number in find_numbers("five and six, nineteen eighty-four, one, two, twenty and five")
    ]
    assert found == [{Decimal(value)} for value in (5, 6, 19, 84, 1, 2, 20, 5)]


def test_endless_figures_are_one_number() -> None:
    assert unsupported("9" * 50_000, "9" * 50_000) == ()
    assert len(unsupported("9" * 50_000, "9" * 49_999)) == 1


@pytest.mark.parametrize("text", ["一" * 10_000, "一" + "万" * 10_000, "one " + "million " * 200_000])
def test_endless_number_words_are_survived(text: str) -> None:
    assert all(len(number.written) < 200 for number in find_numbers(text))
