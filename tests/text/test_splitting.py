"""Claims of two facts, taken apart where that is sure."""

import time

import pytest

from factcheck.text.splitting import split_facts


@pytest.mark.parametrize(
    ("claim", "facts"),
    [
        (
            "The talks highlighted a friendly tone, but Tokyo is under pressure to meet demands.",
            ("The talks highlighted a friendly tone.", "Tokyo is under pressure to meet demands."),
        ),
        (
            "Takaichi is eager to build a partnership with the U.S., but he must navigate the interests of Japan.",
            (
                "Takaichi is eager to build a partnership with the U.S.",
                "Takaichi must navigate the interests of Japan.",
            ),
        ),
        (
            "Japan relies on exports, particularly of cars, and Takaichi must tread carefully in the talks.",
            ("Japan relies on exports, particularly of cars.", "Takaichi must tread carefully in the talks."),
        ),
        (
            "Ana Silva was born in Recife in 1984 and died in Lisbon in 2001.",
            ("Ana Silva was born in Recife in 1984.", "Ana Silva died in Lisbon in 2001."),
        ),
        (
            "Ana Silva was elected in May; Tom Reed was sacked in June; the council was closed in July.",
            ("Ana Silva was elected in May.", "Tom Reed was sacked in June.", "The council was closed in July."),
        ),
    ],
)
def test_each_fact_is_a_claim(claim: str, facts: tuple[str, ...]) -> None:
    assert split_facts(claim) == facts


@pytest.mark.parametrize(
    "claim",
    [
        "Ana Silva wrote and directed the film.",
        "The stakes are high for the industry, and Trump has targeted it for more access.",
        "As Trump stated, he is keen to help, but he also expects access to the market.",
        "Ana Silva said that rents had risen, and Tom Reed was to blame.",
        "If it rains, and Ana Silva has left, the talks are over.",
        "Ana Silva was in Lisbon, Porto, and Faro.",
        "The film “Silva was here, and Reed was there” was shown in May.",
        "Neither was Ana Silva elected, and Tom Reed was sacked.",
        "They were elected in May, but he was sacked in June.",
        "The talks went well, and were short.",
        "Ana Silva was one of two, and none was elected.",
        "Reportedly, Ana Silva was fined in May, and Tom Reed was jailed in June.",
        "Police believe Ana Silva was shot in May, and Tom Reed was stabbed in June.",
        "Under the bill, the tax is cut by 5 percent, and the fee is raised by 3 percent.",
        "Ana Silva was not fined in May and jailed in June.",
        "Ana Silva could have been fined in May and was jailed in June.",
    ],
)
def test_what_hangs_together_stays(claim: str) -> None:
    assert split_facts(claim) == (claim,)


@pytest.mark.parametrize("piece", ["; ", ", and ", "Ana is in; ", "A ", "Ana and was ", " – but ", "“"])
def test_long_claim_costs_no_more_than_its_length(piece: str) -> None:
    began = time.process_time()

    for length in (300, 100_000):
        split_facts(f"Ana Silva was here{(piece * length)[:length]}.")

    assert time.process_time() - began < 5
