"""A desk over a real database, and the review screen played on it with keys."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from fakes import NOTHING_ASKED, SETUP, FakeKnown
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from factcheck.domain.article import Article
from factcheck.domain.claim import Anchor, AnchorStatus, Claim, Doubt, Flag, InferredWord
from factcheck.domain.extraction import Window, WindowOutcome
from factcheck.domain.rating import TRUTH_5
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span
from factcheck.domain.sign_off import SignOffRules
from factcheck.screen.app import ReviewApp
from factcheck.screen.article import ArticleBody
from factcheck.screen.keys import ACTS, EDITOR_ACTS, keymap
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.queue import SqlQueue
from factcheck.workflow.editing_session import EditingSession
from factcheck.workflow.ports import PastVerdicts
from factcheck.workflow.review_claim import Desk
from factcheck.workflow.review_session import ReviewSession

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SOON_SECONDS = 0.01
"""How long the screen of a test waits before it begins what it does beside the drawing."""
BESIDE_SECONDS = 10 * SOON_SECONDS
SAID = (
    "Prices rose by 5 percent in May.",
    "The minister said that wages rose by 3 percent.",
    "Rents fell in Berlin.",
    "The bridge was opened in 1931.",
)


@dataclass
class StandingClock:
    """Tells the time that it is set to."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@dataclass
class Stage:
    """A desk over a real database, with a clock that stands still."""

    ledger: SqlLedger
    queue: SqlQueue
    past: PastVerdicts
    known: FakeKnown = field(default_factory=FakeKnown)
    clock: StandingClock = field(default_factory=StandingClock)
    rules: SecondReadingRules = field(default_factory=SecondReadingRules)
    sign_off: SignOffRules = NOTHING_ASKED

    @property
    def desk(self) -> Desk:
        return Desk(self.queue, self.clock, timedelta(minutes=30), TRUTH_5, self.rules, self.sign_off)

    def session(self, reviewer: str = "ana") -> ReviewSession:
        """A session of that reviewer, begun."""
        opened = ReviewSession(self.desk, self.ledger, reviewer, self.past, self.known)
        opened.begin()
        return opened

    def editor(self, name: str = "eve") -> EditingSession:
        """An editor's session, begun."""
        opened = EditingSession(self.desk, self.ledger, name, self.past, self.known)
        opened.begin()
        return opened

    def file(self, said: Sequence[str] = SAID, *claims: Claim, title: str | None = None, url: str | None = None) -> int:
        """Queue an article's claims: those given, or each sentence as one, the first most worth checking."""
        sentences, at = [], 0
        for position, words in enumerate(said, 1):
            sentences.append(Sentence(position, Span(at, at + len(words))))
            at += len(words) + 1
        article = Article(" ".join(said), NOW, title=title, url=url, language="en")
        filed = self.ledger.file_article(article, sentences, NOW)
        made = claims or tuple(sentence_claim(one, article, 0.9 - one.position / 100) for one in sentences)
        run_id = self.ledger.begin_run(filed.id, SETUP, NOW)
        entries = {one.position: LedgerEntry(SentenceState.CLAIMS) for one in sentences}
        self.ledger.record_outcome(run_id, filed, WindowOutcome(Window(tuple(sentences)), entries, made), NOW)
        self.ledger.end_run(run_id, "finished", NOW)
        return filed.id


def sentence_claim(sentence: Sentence, article: Article, worth: float) -> Claim:
    words = sentence.span.cut(article.text)
    return Claim(words, words, Anchor(AnchorStatus.EXACT, (sentence.span,), (sentence.position,)), worth, "a number")


def doubtful_claim() -> Claim:
    """The second sentence's claim, with all that can be said about one."""
    return Claim(
        text="Wages in Germany rose by 3 percent.",
        quote="wages rose by 3 percent",
        anchor=Anchor(AnchorStatus.EXACT, (Span(56, 79),), (2,)),
        check_worthiness=0.8,
        reason="a number to verify",
        speaker="the minister",
        inferred=(InferredWord("germany", None),),
        doubts=(Doubt(Flag.UNKNOWN_NAME, "“Germany” stands nowhere in the article"),),
    )


def play(
    session: ReviewSession | EditingSession,
    *keys: str,
    size: tuple[int, int] = (80, 24),
    bound: dict[str, str] | None = None,
) -> "Shown":
    """Press keys on the screen, one after the other, and return what it shows then.

    `+word` is typed, and `!tab f2` pressed, without waiting in between.
    """
    app = ReviewApp(session, keymap(bound, EDITOR_ACTS if isinstance(session, EditingSession) else ACTS))
    shown = Shown()

    async def played() -> None:
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            for key in keys:
                if key[0] in "+!" and len(key) > 1:
                    for one in key[1:] if key[0] == "+" else key[1:].split():
                        app.post_message(events.Key("space" if one == " " else one, one if len(one) == 1 else None))
                    await settle(pilot)
                else:
                    await pilot.press(key)
                    await settle(pilot)
            await settle(pilot, BESIDE_SECONDS)
            shown.update({one.id: str(one.visual) for one in app.screen.query(Static) if one.id and one.display})
            shown.article = "".join(one.passage.plain for one in app.screen.query(ArticleBody))
            shown.in_sight = "".join(map(lines_in_sight, app.screen.query(ArticleBody)))
            shown.svg = app.export_screenshot(title="factcheck")
            shown.screen = type(app.screen).__name__

    asyncio.run(played())
    return shown


async def settle(pilot: Pilot[None], delay: float | None = None) -> None:
    """Wait until what was begun beside the screen is drawn."""
    await pilot.pause(delay)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def lines_in_sight(body: ArticleBody) -> str:
    """What of the article is not scrolled away, blanks for line ends."""
    width, top = body.scrollable_content_region.width, round(body.scroll_offset.y)
    return " ".join(line.plain for line in body.passage.wrap(max(width, 1))[top : top + body.size.height])


class Shown(dict[str, str]):
    """What each part of the screen says; which screen is on top, its picture; the article and its lines in sight."""

    svg: str = ""
    article: str = ""
    in_sight: str = ""
    screen: str = ""
