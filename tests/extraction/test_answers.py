"""A model's answer is read with suspicion, one sentence at a time."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from factcheck.domain.article import Article
from factcheck.domain.claim import AnchorStatus, Claim, Doubt, Flag
from factcheck.domain.extraction import Window
from factcheck.domain.sentence import NO_SERVER, LedgerEntry, SentenceState
from factcheck.domain.when import When
from factcheck.extraction.answers import AnswerReader
from factcheck.text.sentences import split_sentences

TEXT = "Ana Silva flew to Lisbon with her nurses. The talks went well, they say. Ana Silva met the mayor."


def offered(quote: str = "flew to Lisbon", claim: str = "Ana Silva flew to Lisbon.", **changes: Any) -> dict[str, Any]:
    return {"quote": quote, "claim": claim, "speaker": "", "worth": 5, "why": "a journey"} | changes


def fact(*claims: object) -> dict[str, Any]:
    return {"begins": "", "claims": list(claims), "kind": "fact"}


def no_claim(kind: str, *words: str, begins: str = "") -> dict[str, Any]:
    return {"begins": begins, "claims": [offered(claim=one) for one in words], "kind": kind}


def read(answer: object, example: str = "", **changes: Any) -> tuple[dict[int, LedgerEntry], list[Claim]]:
    article = Article(TEXT, datetime(2026, 1, 1, tzinfo=UTC), **changes)
    sentences = split_sentences(TEXT)
    return AnswerReader(article, sentences, example).read(answer, Window(sentences))


def rest() -> dict[str, Any]:
    return {"s2": no_claim("opinion"), "s3": no_claim("opinion")}


def test_claim_is_anchored_by_code() -> None:
    entries, [claim] = read({"s1": fact(offered()), **rest()})

    assert entries[1].state is SentenceState.CLAIMS
    assert [span.cut(TEXT) for span in claim.anchor.segments] == ["flew to Lisbon"]
    assert 0 < claim.check_worthiness < 1


def test_invented_quote_is_flagged_unanchored() -> None:
    _, [claim] = read({"s1": fact(offered(quote="took the night train")), **rest()})

    assert claim.anchor.status is AnchorStatus.SENTENCE
    assert [str(one) for one in claim.doubts] == [
        "unanchored_quote: the quote stands nowhere in the article, or in several places"
    ]


def test_same_words_in_two_sentences_are_one_claim() -> None:
    parts = {"s1": fact(offered()), "s2": no_claim("opinion"), "s3": fact(offered("met", "Ana Silva flew to Lisbon"))}

    _, [claim] = read(parts)

    assert (claim.anchor.sentence_ids, claim.also) == ((1,), ())  # sentence 3 does not carry it


def test_claim_given_again_for_other_words_counts_once() -> None:
    again = offered(quote="The talks went well")

    entries, [claim] = read({"s1": fact(offered()), "s2": fact(again), "s3": no_claim("opinion")})

    assert (claim.anchor.sentence_ids, claim.also) == ((1,), ())
    assert entries[2].state is SentenceState.FAILED
    assert "repeat those of another sentence" in str(entries[2].detail)


def test_words_put_aside_do_not_make_a_repetition() -> None:
    answer = {
        "s1": no_claim("opinion", "The talks went well."),
        "s2": fact(offered("went well", "The talks went well.")),
    }

    _, [claim] = read(answer)

    assert claim.anchor.sentence_ids == (2,)


def test_repeated_sentence_anchors_its_claims_too() -> None:
    text = "Rain fell on Monday.\n\nWind blew.\n\nRain fell on Monday."
    sentences = split_sentences(text)
    reader = AnswerReader(Article(text, datetime(2026, 1, 1, tzinfo=UTC)), sentences, "")

    _, [claim] = reader.read({"s1": fact(offered("Rain fell", "Rain fell on Monday."))}, Window(sentences[:1]))

    assert [one.segments[0].start for one in (claim.anchor, *claim.also)] == [0, text.rindex("Rain fell")]
    assert claim.also[0].sentence_ids == (3,)


def test_foreign_number_is_flagged_unsupported() -> None:
    _, [claim] = read({"s1": fact(offered(claim="Ana Silva flew to Lisbon with 41 nurses.")), **rest()})

    assert claim.doubts == (Doubt(Flag.UNSUPPORTED_NUMBER, "“41” stands nowhere in the article"),)


def test_foreign_name_is_flagged_unknown() -> None:
    _, [claim] = read({"s1": fact(offered(claim="Ana Silva flew to Lisbon with Boeing.")), **rest()})

    assert claim.doubts == (Doubt(Flag.UNKNOWN_NAME, "“Boeing” stands nowhere in the article"),)


def test_name_of_the_title_is_known() -> None:
    answer = {"s1": fact(offered(claim="Ana Silva flew to Lisbon with Boeing.")), **rest()}
    _, [claim] = read(answer, title="Boeing at work")

    assert claim.flags == ()


def test_gates_keep_to_the_language() -> None:
    answer = {"s1": fact(offered(claim="She flew to Lisbon; she met Boeing.")), **rest()}

    [[english], [german]] = (read(answer, language=language)[1] for language in ("en", "de"))
    [detected] = read(answer, detected_language="de")[1]
    assert english.flags == (Flag.UNKNOWN_NAME, Flag.DANGLING_SUBJECT, Flag.COMPOUND)
    assert german.flags == detected.flags == (Flag.AS_WRITTEN,)


def test_body_that_the_sentence_may_not_mean_is_doubted() -> None:
    text = (
        "Acme refused to sell its mill. In May investors left Borel Mills Inc. for good. The company blamed the rain."
    )

    _, [claim] = read_dated({"s3": fact(offered("blamed the rain", "Acme blamed the rain."))}, text)

    assert claim.doubts == (Doubt(Flag.REFERENT, "“Acme” stands for “The company”, which may mean “Borel Mills Inc”"),)


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("The vote against Rita Gomes was close.", "“Rita Gomes” stands for a pronoun, which may mean “Ana Silva”"),
        ("Lisbon has closed its port.", "the sentence says it of “Porto”, the claim of “Lisbon”"),
    ],
)
def test_claim_of_another_than_its_sentence_is_doubted(claim: str, reason: str) -> None:
    text = (
        "The minister, Rita Gomes, spoke of Lisbon. A spokeswoman, Ana Silva, said it went well. "
        "The vote against her was close, as Porto has closed its port."
    )
    sentences = split_sentences(text)
    reader = AnswerReader(Article(text, datetime(2026, 1, 1, tzinfo=UTC)), sentences, "")

    _, [found] = reader.read({"s1": fact(offered("The vote against her", claim))}, Window(sentences[2:]))

    assert Doubt(Flag.REFERENT, reason) in found.doubts


def test_broken_names_are_mended_and_two_facts_taken_apart_aloud() -> None:
    text = "The U.S. lost the case, but Japan has won it. Wind blew."
    sentences = split_sentences(text)
    reader = AnswerReader(Article(text, datetime(2026, 1, 1, tzinfo=UTC)), sentences, "")
    found = offered("lost the case", "The U. lost the case, but Japan has won the case.")

    entries, claims = reader.read({"s1": fact(found), "s2": no_claim("opinion")}, Window(sentences))

    assert [one.text for one in claims] == ["The U.S. lost the case.", "Japan has won the case."]
    assert [one.quote for one in claims] == ["The U.S. lost the case", "lost the case"]
    assert entries[1].detail == "“U.” put right to “U.S.”; a claim of 2 facts taken apart"


def test_claim_that_says_nothing_is_left_out_aloud() -> None:
    parts = {"s1": fact(offered(), offered(claim="Ana Silva said on Monday.")), **rest()}

    entries, [claim] = read(parts)

    assert claim.text == "Ana Silva flew to Lisbon."
    assert entries[1].detail == "1 claim(s) left out: they say nothing"


def test_sentence_stands_for_the_number_that_no_claim_holds() -> None:
    text = "In 2019 the auditors found 38 schools without an exit in Lisbon. Wind blew."
    sentences = split_sentences(text)
    reader = AnswerReader(Article(text, datetime(2026, 1, 1, tzinfo=UTC)), sentences, "")
    found = offered("found 38 schools", "The auditors found 38 schools without an exit in Lisbon.")

    entries, [claim, written] = reader.read({"s1": fact(found), "s2": no_claim("opinion")}, Window(sentences))

    assert claim.flags == (Flag.DANGLING_SUBJECT,)
    assert (written.text, written.anchor.segments) == (sentences[0].span.cut(text), (sentences[0].span,))
    assert written.doubts == (Doubt(Flag.AS_WRITTEN, "no other claim of its sentence holds 2019"),)
    assert entries[1] == LedgerEntry(SentenceState.CLAIMS)


def test_sentence_stands_where_the_model_failed_twice() -> None:
    text = "The auditors found 38 schools without an exit in Lisbon. What a lovely day!"
    first = split_sentences(text)
    article = Article(text, datetime(2026, 1, 1, tzinfo=UTC))
    entries, claims = AnswerReader(article, first, "").read({}, Window(first))
    again = tuple(replace(one, entry=entries[one.position]) for one in first)

    entries_of_second, [written] = AnswerReader(article, again, "").read({}, Window(again))

    assert (claims, written.text) == ([], first[0].span.cut(text))
    assert written.flags == (Flag.AS_WRITTEN,)
    assert written.doubts[0].reason == "the model failed at it twice: the answer leaves this sentence out"
    assert [one.state for one in entries_of_second.values()] == [SentenceState.CLAIMS, SentenceState.FAILED]


@pytest.mark.parametrize("kinds", [(None, NO_SERVER), (NO_SERVER, None), (NO_SERVER, NO_SERVER)])
def test_sentence_fails_on_where_a_server_was_out(kinds: tuple[str | None, str | None]) -> None:
    text = "The auditors found 38 schools without an exit in Lisbon."
    sentences = split_sentences(text)
    article = Article(text, datetime(2026, 1, 1, tzinfo=UTC))

    for kind in kinds:
        entries, claims = AnswerReader(article, sentences, "").read(None, Window(sentences), "busy", kind=kind)
        sentences = tuple(replace(one, entry=entries[one.position]) for one in sentences)

    assert (claims, entries) == ([], {1: LedgerEntry(SentenceState.FAILED, kinds[1], "busy")})


def test_same_wording_is_one_claim() -> None:
    _, claims = read({"s1": fact(offered(), offered(quote="Ana Silva flew")), **rest()})

    assert len(claims) == 1


def test_sentence_without_answer_fails_alone() -> None:
    entries, claims = read({"s1": fact(offered()), "s2": no_claim("opinion")})

    assert entries[3].state is SentenceState.FAILED
    assert "leaves this sentence out" in str(entries[3].detail)
    assert len(claims) == 1


@pytest.mark.parametrize(
    "part",
    [
        "text",
        {"kind": "fact"},
        {"claims": "none", "kind": "fact"},
        fact({"quote": "x"}),
        fact(offered(worth=[5])),
        fact(offered(speaker={"name": "Ana"})),
        fact(offered(claim="  ")),
    ],
)
def test_part_against_schema_fails_sentence(part: object) -> None:
    entries, claims = read({"s1": part, **rest()})

    assert entries[1].state is SentenceState.FAILED
    assert "does not follow the schema" in str(entries[1].detail)
    assert claims == []


@pytest.mark.parametrize("answer", [None, [], "text", 7])
def test_answer_of_wrong_type_fails_all(answer: object) -> None:
    entries, claims = read(answer)

    assert {entry.state for entry in entries.values()} == {SentenceState.FAILED}
    assert claims == []


def test_fact_without_claim_is_failed() -> None:
    entries, _ = read({"s1": no_claim("fact"), **rest()})

    assert entries[1].state is SentenceState.FAILED


def test_unknown_kind_is_failed() -> None:
    entries, claims = read({"s1": no_claim("whatever", "Ana Silva flew."), **rest()})

    assert (entries[1].state, claims) == (SentenceState.FAILED, [])
    assert "'whatever'" in str(entries[1].detail)


@pytest.mark.parametrize("kind", ["opinion", "prediction", "question", "furniture"])
def test_words_of_no_claim_are_kept(kind: str) -> None:
    entries, claims = read({"s1": no_claim(kind, "Ana Silva flew well.", "Lisbon is far."), **rest()})

    assert entries[1] == LedgerEntry(SentenceState.NOT_CHECKABLE, kind, "Ana Silva flew well. / Lisbon is far.")
    assert claims == []


@pytest.mark.parametrize("begins", ["The talks went well,", "THE TALKS", "the talks “went”"])
def test_answer_about_another_sentence_fails(begins: str) -> None:
    entries, _ = read({"s1": no_claim("opinion", begins=begins), **rest()})

    assert entries[1].state is SentenceState.FAILED
    assert "words of another" in str(entries[1].detail)


@pytest.mark.parametrize(
    "begins", ["", "Ana Silva flew to", "ana silva", "Ana  Silva f", "She went", "Ana Silva met"[:9]]
)
def test_answer_about_its_sentence_counts(begins: str) -> None:
    entries, _ = read({"s1": no_claim("opinion", begins=begins), **rest()})

    assert entries[1].state is SentenceState.NOT_CHECKABLE


def test_readings_of_ambiguous_sentence_are_kept() -> None:
    readings = [offered(claim="Ana Silva's plane flew to Lisbon."), offered()]
    part = fact(*readings) | {"kind": "ambiguous"}

    entries, claims = read({"s1": part, **rest()})

    assert claims == []
    assert entries[1] == LedgerEntry(
        SentenceState.AMBIGUOUS,
        "ambiguous",
        "Ana Silva's plane flew to Lisbon. / Ana Silva flew to Lisbon.",
    )


def test_claim_listed_early_moves_home() -> None:
    misplaced = offered(quote="met the mayor", claim="Ana Silva met the mayor.")
    entries, [_, claim] = read({"s1": fact(offered(), misplaced), "s2": no_claim("opinion"), "s3": no_claim("fact")})

    assert claim.anchor.sentence_ids == (3,)
    assert entries[3].state is SentenceState.CLAIMS


def test_claims_of_elsewhere_fail_sentence() -> None:
    misplaced = offered(quote="met the mayor", claim="Ana Silva met the mayor.")
    entries, _ = read({"s1": fact(misplaced), "s2": no_claim("opinion"), "s3": no_claim("fact")})

    assert entries[1].state is SentenceState.FAILED
    assert "stand in others" in str(entries[1].detail)


def test_echo_of_example_is_rejected() -> None:
    echo = offered(quote="the mayor of Porto", claim="Rui Costa is the mayor of Porto.")
    entries, claims = read({"s1": fact(echo), **rest()}, example='"claim": "Rui Costa is the mayor of Porto."')

    assert claims == []
    assert entries[1].state is SentenceState.FAILED
    assert "example" in str(entries[1].detail)


def test_speaker_is_kept_or_none() -> None:
    talks = offered(quote="The talks went well", claim="The talks went well.", speaker="Ana Silva")
    _, claims = read(rest() | {"s1": fact(offered(speaker="Barack Obama")), "s2": fact(talks)})

    assert [(claim.text, claim.speaker) for claim in claims] == [
        (offered()["claim"], None),
        (talks["claim"], "Ana Silva"),
    ]


def test_claim_of_context_is_left_out() -> None:
    article = Article(TEXT, datetime(2026, 1, 1, tzinfo=UTC))
    sentences = split_sentences(TEXT)
    window = Window(sentences[2:], before=sentences[:2])
    repeated = offered(quote="flew to Lisbon", claim="Ana Silva flew to Lisbon.")
    own = offered(quote="met the mayor", claim="Ana Silva met the mayor.")

    entries, claims = AnswerReader(article, sentences, "").read({"s1": fact(repeated, own)}, window)

    assert [claim.text for claim in claims] == ["Ana Silva met the mayor."]
    assert "context only" in str(entries[3].detail)


def test_claim_moves_to_the_sentence_that_carries_it() -> None:
    strayed = offered("The talks went well", "Ana Silva met the mayor.")

    entries, [claim] = read({"s1": no_claim("opinion"), "s2": fact(strayed), "s3": no_claim("opinion")})

    assert (claim.anchor.status, claim.anchor.sentence_ids) == (AnchorStatus.SENTENCE, (3,))
    assert Flag.UNANCHORED_QUOTE in claim.flags
    assert (entries[2].state, entries[3].state) == (SentenceState.FAILED, SentenceState.CLAIMS)


def test_claim_that_no_sentence_carries_is_astray() -> None:
    _, [claim] = read({"s1": fact(offered(claim="The price of bread doubled.")), **rest()})

    assert claim.anchor.sentence_ids == (1,)
    assert Flag.ASTRAY in claim.flags


def test_claim_turned_round_is_told() -> None:
    _, [claim] = read({"s1": fact(offered(claim="Ana Silva did not fly to Lisbon with her nurses.")), **rest()})

    assert [str(one) for one in claim.doubts] == [
        "changed_meaning: the claim says “not fly”, the sentence does not",
    ]


@pytest.mark.parametrize("claim", ["Ana Silva flew to Lisbon.", "Ana Silva took her nurses to Lisbon."])
def test_carried_claim_is_not_doubted(claim: str) -> None:
    _, [read_claim] = read({"s1": fact(offered(claim=claim)), **rest()})

    assert read_claim.flags == ()


def test_places_of_equal_claims_carry_them() -> None:
    parts = {
        "s1": fact(offered()),
        "s2": fact(offered("The talks went well")),
        "s3": no_claim("opinion"),
    }

    _, [claim] = read(parts)

    assert [one.sentence_ids for one in (claim.anchor, *claim.also)] == [(1,)]


OPINION = "Ana Silva met 40 nurses in Lisbon. I think that we should all be proud of her. What a day!"


def read_opinion(kind: str) -> tuple[dict[int, LedgerEntry], list[Claim]]:
    sentences = split_sentences(OPINION)
    first, second, third = (one.span.cut(OPINION) for one in sentences)
    answer = {"s1": fact(offered(first, first)), "s2": fact(offered(second, second)), "s3": no_claim("opinion", third)}
    answer["s2"]["kind"] = kind
    return AnswerReader(Article(OPINION, datetime(2026, 1, 1, tzinfo=UTC)), sentences, "").read(
        answer, Window(sentences)
    )


def test_fact_that_reads_as_opinion_is_queued_behind() -> None:
    entries, [met, proud] = read_opinion("fact")

    assert entries[2].state is SentenceState.CLAIMS
    assert Flag.DOUBTFUL_KIND not in met.flags
    [doubt] = [one for one in proud.doubts if one.flag is Flag.DOUBTFUL_KIND]
    assert doubt.reason.startswith("its sentence does not look checkable: what should be")
    assert proud.check_worthiness < 0.1 < met.check_worthiness


@pytest.mark.parametrize("kind", ["opinion", "prediction"])
def test_opinion_that_reads_as_fact_is_queued_behind(kind: str) -> None:
    said = "In 2019 the council of Lisbon paid 40 nurses 3 million euros."
    sentences = split_sentences(said)
    reader = AnswerReader(Article(said, datetime(2026, 1, 1, tzinfo=UTC)), sentences, "")

    entries, [paid] = reader.read({"s1": fact(offered(said, said)) | {"kind": kind}}, Window(sentences))

    assert entries[1] == LedgerEntry(SentenceState.CLAIMS)
    assert paid.check_worthiness < 0.1
    [doubt] = [one for one in paid.doubts if one.flag is Flag.DOUBTFUL_KIND]
    assert doubt.reason == f"the model calls its sentence {kind}; its words say that it can be checked"


def test_ledger_says_that_code_agrees() -> None:
    entries, _ = read_opinion("opinion")

    assert str(entries[2].detail).startswith("no checkable claim by its words either; I think")
    assert str(entries[3].detail).startswith("no checkable claim by its words either; What")


def test_days_are_read_beside_the_words_of_a_claim() -> None:
    text = "Rain fell on Monday."
    article = Article(text, datetime(2026, 10, 20, tzinfo=UTC), published=date(2026, 10, 15), language="en")
    sentences = split_sentences(text)

    _, [claim] = AnswerReader(article, sentences, "").read({"s1": fact(offered(text, text))}, Window(sentences))

    assert claim.text == text
    assert claim.when == When("on Monday", date(2026, 10, 12), date(2026, 10, 12))


DATED = "March 4, 2019\n\nThe council of Porto closed two schools. A strike followed on Friday."


def read_dated(answer: object, text: str = DATED, **changes: Any) -> tuple[dict[int, LedgerEntry], list[Claim]]:
    sentences = split_sentences(text, changes.get("language"))
    article = Article(text, datetime(2026, 1, 1, tzinfo=UTC), **changes)
    return AnswerReader(article, sentences, "").read(answer, Window(sentences))


def test_date_alone_makes_no_claim() -> None:
    dated = offered("March 4, 2019", "The council of Porto closed two schools on March 4, 2019.")

    entries, claims = read_dated({"s1": fact(dated), "s2": fact(dated), "s3": no_claim("opinion")})

    assert (claims, entries[1].state, entries[1].kind) == ([], SentenceState.NOT_CHECKABLE, "dateline")
    assert entries[1].detail == "a date alone says of nothing that it was then"
    assert entries[2].state is SentenceState.FAILED


@pytest.mark.parametrize(
    "claim",
    [
        "The article discusses schools in Porto.",
        "The text mentions the council of Porto and its schools.",
        "The article was published in Porto.",
    ],
)
def test_claim_about_the_article_is_left_out(claim: str) -> None:
    own = offered("closed two schools", "The council of Porto closed two schools.")

    entries, claims = read_dated({"s2": fact(offered("council of Porto", claim), own)})

    assert [one.text for one in claims] == [own["claim"]]
    assert entries[2].detail == "1 claim(s) left out: they tell of the article, not what it says"


def test_claim_that_repeats_a_sentence_of_the_context_is_none() -> None:
    sentences = split_sentences(DATED)
    window = Window(sentences[2:], before=sentences[:2])
    strayed = offered("on Friday", "The council of Porto closed two schools of Porto.")

    article = Article(DATED, datetime(2026, 1, 1, tzinfo=UTC))
    entries, claims = AnswerReader(article, sentences, "").read({"s1": fact(strayed)}, window)

    assert (claims, "context only" in str(entries[3].detail)) == ([], True)


def test_what_a_claim_takes_from_another_sentence_is_told() -> None:
    text = "Guards heard shots near the pier and saw crowds running towards Porto. Okoro followed a man to the bus."
    spliced = offered(
        "followed a man to the bus", "Okoro followed a man to the bus and saw crowds running towards Porto."
    )

    _, [claim] = read_dated({"s2": fact(spliced)}, text)

    assert claim.doubts[-1:] == (
        Doubt(Flag.ASTRAY, "“saw crowds running towards Porto” is what sentence 1 says, not its own"),
    )
