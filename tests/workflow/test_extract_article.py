from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace

import pytest
from fakes import SETUP, FakeExtractor, HeardProgress

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.extraction import AskedArticle, ExtractionSummary, Question, Usage, WindowOutcome
from factcheck.domain.review import ClaimQuery
from factcheck.domain.sentence import SentenceState
from factcheck.errors import ModelServerError
from factcheck.workflow.extract_article import Extraction, Plan, file_article
from factcheck.workflow.ports import Clock, Extractor, Ledger, Queue
from factcheck.workflow.windows import Asked, plan_windows

TEXT = "Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday. Fog came on Thursday. Sun shone on Friday."
DAYS = 5


@dataclass
class Bench:
    """A filed article with what extracts it."""

    filed: FiledArticle
    ledger: Ledger
    clock: Clock
    heard: HeardProgress = field(default_factory=HeardProgress)

    def extract(self, extractor: Extractor, asked: Asked = Asked.PENDING) -> ExtractionSummary:
        (summary,) = self.extraction(lambda: extractor).of([self.filed.id], Plan(2, asked))
        return summary

    def extraction(
        self, open_extractor: Callable[[], Extractor], pause: Callable[[], None] = lambda: None
    ) -> Extraction:
        return Extraction(self.ledger, open_extractor, self.clock, self.heard, pause)

    def states(self) -> list[SentenceState]:
        return [one.entry.state for one in self.ledger.sentences(self.filed.id)]

    def outcomes(self) -> list[str | None]:
        return [one.outcome for one in self.ledger.runs()]


class InterruptedExtractor(FakeExtractor):
    """Answers one window, then somebody presses Ctrl-C."""

    def outcomes(self, questions: Iterator[Question]) -> Generator[tuple[Question, WindowOutcome], None, None]:
        yield next(super().outcomes(questions))
        raise KeyboardInterrupt


@pytest.fixture
def bench(ledger: Ledger, clock: Clock) -> Bench:
    return Bench(file_article(Article(TEXT, clock()), ledger, clock), ledger, clock)


def test_article_is_filed_in_sentences(bench: Bench) -> None:
    said = [one.span.cut(TEXT) for one in bench.ledger.sentences(bench.filed.id)]

    assert (len(said), " ".join(said)) == (DAYS, TEXT)


def test_same_article_is_filed_once(bench: Bench) -> None:
    assert file_article(Article(TEXT, bench.clock()), bench.ledger, bench.clock) == bench.filed


def test_every_sentence_is_asked(bench: Bench) -> None:
    extractor = FakeExtractor()

    bench.extract(extractor)

    assert [one.positions for one in extractor.windows] == [(1, 2), (3, 4), (5,)]
    assert bench.states() == [SentenceState.CLAIMS] * DAYS


def test_summary_tells_what_happened(bench: Bench) -> None:
    summary = bench.extract(FakeExtractor(frozenset({4})))

    assert (summary.article, summary.run_id, summary.new_claims) == (bench.filed, 1, 4)
    assert summary.usage == Usage(3, 300, 0, 60, 1.5)
    assert (summary.counts[SentenceState.FAILED], summary.is_complete) == (1, False)


def test_claims_wait_in_the_queue(bench: Bench, queue: Queue) -> None:
    bench.extract(FakeExtractor())

    claims = list(queue.find(ClaimQuery(), bench.clock()))
    assert [one.claim.quote for one in claims] == TEXT.replace(". ", ".|").split("|")


def test_second_extract_asks_nothing(bench: Bench) -> None:
    bench.extract(FakeExtractor())

    unopened = bench.extraction(lambda: pytest.fail("opened an extractor"))
    (summary,) = unopened.of([bench.filed.id], Plan(2))

    assert (summary.run_id, summary.new_claims, summary.usage, summary.is_complete) == (None, 0, Usage(), True)
    assert len(bench.ledger.runs()) == 1


def test_failed_sentences_wait_for_retry(bench: Bench) -> None:
    bench.extract(FakeExtractor(frozenset({2, 3})))
    again = FakeExtractor()

    assert bench.extract(again).run_id is None
    assert again.windows == []


def test_retry_asks_only_failed(bench: Bench) -> None:
    bench.extract(FakeExtractor(frozenset({2, 5})))
    again = FakeExtractor()

    summary = bench.extract(again, Asked.UNANSWERED)

    assert [one.positions for one in again.windows] == [(2,), (5,)]
    assert (summary.new_claims, summary.is_complete) == (2, True)


def test_error_keeps_what_landed(bench: Bench, queue: Queue) -> None:
    with pytest.raises(ModelServerError):
        bench.extract(FakeExtractor(error=ModelServerError("the server is gone")))

    assert bench.states() == [SentenceState.CLAIMS] * 2 + [SentenceState.PENDING] * 3
    assert queue.count(ClaimQuery(), bench.clock()) == 2


def test_error_ends_the_run(bench: Bench) -> None:
    with pytest.raises(ModelServerError):
        bench.extract(FakeExtractor(error=ModelServerError("the server is gone")))

    assert bench.outcomes() == ["stopped: the server is gone"]
    assert bench.ledger.runs()[0].usage.calls == 1


def test_next_extract_asks_the_rest(bench: Bench) -> None:
    with pytest.raises(ModelServerError):
        bench.extract(FakeExtractor(error=ModelServerError("the server is gone")))
    again = FakeExtractor()

    summary = bench.extract(again)

    assert [one.positions for one in again.windows] == [(3, 4), (5,)]
    assert (summary.new_claims, bench.outcomes()[1:]) == (3, ["finished"])


def test_interrupted_run_is_noted(bench: Bench) -> None:
    with pytest.raises(KeyboardInterrupt):
        bench.extract(InterruptedExtractor())

    assert bench.outcomes() == ["interrupted"]
    assert bench.states().count(SentenceState.CLAIMS) == 2


def test_refused_extractor_begins_no_run(bench: Bench) -> None:
    def refuse() -> Extractor:
        raise ModelServerError

    with pytest.raises(ModelServerError):
        list(bench.extraction(refuse).of([bench.filed.id], Plan(2)))

    assert bench.ledger.runs() == ()


def test_progress_hears_of_each_window(bench: Bench) -> None:
    bench.extract(FakeExtractor())

    assert bench.heard.landings == [(1, 3, 1), (2, 3, 2), (3, 3, 3)]


def test_articles_share_one_stream(bench: Bench) -> None:
    other = file_article(Article("Hail hit Graz.", bench.clock()), bench.ledger, bench.clock)
    extractor = FakeExtractor()

    summaries = list(bench.extraction(lambda: extractor).of([bench.filed.id, other.id], Plan(9)))

    assert [(one.article.id, one.run_id, one.new_claims) for one in summaries] == [(1, 1, DAYS), (2, 2, 1)]
    assert bench.heard.landings[-1] == (2, 2, 2)


def test_article_asked_elsewhere_is_waited_for(bench: Bench) -> None:
    elsewhere = bench.ledger.begin_run(bench.filed.id, SETUP, bench.clock())
    pauses: list[int] = []

    def pause() -> None:
        pauses.append(1)
        if len(pauses) == 2:
            bench.ledger.end_run(elsewhere, "finished", bench.clock())

    (summary,) = bench.extraction(FakeExtractor, pause).of([bench.filed.id], Plan(2))

    assert (len(pauses), bench.heard.waits_for, summary.new_claims) == (2, [bench.filed.id], DAYS)


def test_answers_from_elsewhere_are_not_paid_again(bench: Bench) -> None:
    def answered_meanwhile() -> Extractor:
        bench.extract(FakeExtractor())
        return again

    again = FakeExtractor()
    (summary,) = bench.extraction(answered_meanwhile).of([bench.filed.id], Plan(2))

    assert (again.windows, summary.new_claims, summary.is_complete) == ([], 0, True)


def test_killed_run_is_taken_over(bench: Bench, pass_minutes: Callable[[int], None]) -> None:
    bench.ledger.begin_run(bench.filed.id, SETUP, bench.clock())

    (summary,) = bench.extraction(FakeExtractor, lambda: pass_minutes(1)).of([bench.filed.id], Plan(2))

    assert (summary.new_claims, bench.outcomes()) == (DAYS, [None, "finished"])


def test_asking_again_asks_everything(bench: Bench) -> None:
    bench.extract(FakeExtractor())
    again = FakeExtractor()

    summary = bench.extract(again, Asked.ALL)

    assert [one.positions for one in again.windows] == [(1, 2), (3, 4), (5,)]
    assert summary.new_claims == 0


def again_and_interrupted(bench: Bench) -> None:
    """Everything answered once; asked again, of which one window landed."""
    bench.extract(FakeExtractor())
    with pytest.raises(KeyboardInterrupt):
        bench.extract(InterruptedExtractor(), Asked.ALL)


def test_broken_off_again_goes_on(bench: Bench) -> None:
    again_and_interrupted(bench)
    rest = FakeExtractor()

    bench.extract(rest, Asked.ALL)

    assert [one.positions for one in rest.windows] == [(3, 4), (5,)]
    assert bench.outcomes() == ["finished", "interrupted", "finished"]


def test_again_goes_on_several_times(bench: Bench) -> None:
    again_and_interrupted(bench)
    with pytest.raises(KeyboardInterrupt):
        bench.extract(InterruptedExtractor(), Asked.ALL)
    rest = FakeExtractor()

    bench.extract(rest, Asked.ALL)

    assert [one.positions for one in rest.windows] == [(5,)]


def test_again_after_its_end_asks_everything(bench: Bench, pass_minutes: Callable[[int], None]) -> None:
    again_and_interrupted(bench)
    bench.extract(FakeExtractor(), Asked.ALL)
    pass_minutes(1)
    anew = FakeExtractor()

    bench.extract(anew, Asked.ALL)

    assert len(anew.windows) == 3


def test_again_goes_on_without_failed_ones(bench: Bench) -> None:
    with pytest.raises(ModelServerError):
        bench.extract(FakeExtractor(frozenset({2}), error=ModelServerError("gone")), Asked.ALL)
    rest = FakeExtractor()

    bench.extract(rest, Asked.ALL)

    assert [one.positions for one in rest.windows] == [(2, 3), (4, 5)]


def test_broken_off_extract_is_no_again(bench: Bench) -> None:
    with pytest.raises(KeyboardInterrupt):
        bench.extract(InterruptedExtractor())
    anew = FakeExtractor()

    bench.extract(anew, Asked.ALL)

    assert len(anew.windows) == 3


def test_again_with_another_model_starts_anew(bench: Bench) -> None:
    again_and_interrupted(bench)
    other = FakeExtractor(setup=replace(SETUP, model="fake:other"))

    bench.extract(other, Asked.ALL)

    assert len(other.windows) == 3


def test_again_with_all_answered_is_closed(bench: Bench, pass_minutes: Callable[[int], None]) -> None:
    """Killed between its last answer and its end: nothing is asked, and the next one starts anew."""
    run_id = bench.ledger.begin_run(bench.filed.id, SETUP.again(), bench.clock())
    for question, outcome in FakeExtractor().outcomes(whole_article(bench, run_id)):
        bench.ledger.record_outcome(run_id, question.asked.filed, outcome, bench.clock())
    pass_minutes(1)
    rest, anew = FakeExtractor(), FakeExtractor()

    bench.extract(rest, Asked.ALL)
    pass_minutes(1)
    bench.extract(anew, Asked.ALL)

    assert (len(rest.windows), len(anew.windows)) == (0, 3)


def test_two_processes_pay_once_for_again(bench: Bench, pass_minutes: Callable[[int], None]) -> None:
    elsewhere = bench.ledger.begin_run(bench.filed.id, SETUP.again(), bench.clock())

    def ends_elsewhere() -> None:
        pass_minutes(1)
        for question, outcome in FakeExtractor().outcomes(whole_article(bench, elsewhere)):
            bench.ledger.record_outcome(elsewhere, question.asked.filed, outcome, bench.clock())
        bench.ledger.end_run(elsewhere, "finished", bench.clock())

    late = FakeExtractor()
    (summary,) = bench.extraction(lambda: late, ends_elsewhere).of([bench.filed.id], Plan(2, Asked.ALL))

    assert (late.windows, summary.is_complete) == ([], True)


def whole_article(bench: Bench, run_id: int) -> Iterator[Question]:
    sentences = bench.ledger.sentences(bench.filed.id)
    asked = AskedArticle(run_id, bench.filed, sentences)
    return (Question(asked, window) for window in plan_windows(sentences, 2))
