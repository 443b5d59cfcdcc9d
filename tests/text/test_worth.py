import pytest

from factcheck.text.worth import Worth, worth_of


def worth(claim: str, model: float = 0.5, why: str = "", language: str | None = None) -> Worth:
    return worth_of(claim, model, why, language)


@pytest.mark.parametrize(
    ("claim", "general"),
    [
        ("Nora Quist is the minister of fisheries of Norway.", "Norway is a significant player in fisheries."),
        ("Karim Haddad met the king in Rabat.", "The talks were held in a friendly atmosphere."),
        ("Crime fell by 12 percent in 2023.", "Crime is an important issue for many people."),
        ("The reactor is the largest in South America.", "The reactor could be crucial for the region."),
        ("The flood was caused by the opening of the upper dam.", "Floods can be dangerous."),
        ("Turmeric cures cancer.", "Turmeric is a popular spice."),
    ],
)
def test_specific_claim_is_worth_more(claim: str, general: str) -> None:
    assert worth(claim).value > worth(general).value


def test_reason_is_told_in_words() -> None:
    assert worth("Lina Park was elected mayor of Busan.").reason == "holds an office; past event; 2 names"
    assert worth("Water is essential.").reason == "a general statement"


def test_reason_keeps_the_models_why_behind_it() -> None:
    assert worth("Lina Park left Busan.", why="a move").reason.endswith(" (model: a move)")
    assert "model" not in worth("Lina Park left Busan.", why="a move " * 50).reason


def test_models_word_is_a_small_part() -> None:
    low, high = (worth("Lina Park left Busan.", model=word).value for word in (0, 1))

    assert 0 < high - low <= 0.1


def test_claim_of_doubtful_kind_stands_behind_all_others() -> None:
    best = worth_of("Lina Park, the mayor, sold 40 ships for $3 million in 2020.", 1, "", is_doubtful=True)
    worst = worth("We should hope for a better future, shouldn't we?", model=0)

    assert best.value < worst.value


@pytest.mark.parametrize(
    ("plain", "numbered", "language"),
    [
        ("Der Bürgermeister traf die Pflegekräfte.", "Der Bürgermeister traf 40 Pflegekräfte.", "de"),
        ("市長は看護師に会った。", "市長は40人の看護師に会った。", "ja"),
    ],
)
def test_other_language_is_not_punished(plain: str, numbered: str, language: str) -> None:
    assert (
        worth("Rain is wet.").value < worth(plain, language=language).value < worth(numbered, language=language).value
    )
    assert worth(plain, why="ein Treffen", language=language).reason == "ein Treffen"


@pytest.mark.parametrize("claim", ["x", "?", "1" * 10_000, "A " * 10_000, "\U000e0020"])
def test_worth_of_anything_lies_between_0_and_1(claim: str) -> None:
    for model in (0.0, 1.0):
        assert 0 <= worth(claim, model).value <= 1
