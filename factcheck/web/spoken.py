"""The desk's states, acts and doubts in the words of its pages, which each page says in its reader's language."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from factcheck.domain.desk import ConcernKind
from factcheck.domain.evidence import CheckOutcome, Evidence, QuoteStatus, SourceKind, Stance
from factcheck.domain.lookup import Kinship, Reading
from factcheck.domain.page import PLAIN
from factcheck.domain.review import Confidence, ErrorType, QueuedClaim
from factcheck.domain.states import ClaimStatus, EditorialState, ReadingRole, Role, Stage
from factcheck.errors import (
    AccessError,
    ClocksDifferError,
    ConflictError,
    DeskBusyError,
    FactcheckError,
    InputError,
    MissingRoleError,
    MovedOnError,
    NamelessLoginError,
    NoProviderError,
    NotFoundError,
    NotReadyError,
    PageUnreachableError,
    RefusedLoginError,
    StrangerError,
    UnbegunLoginError,
    UnverifiedLoginError,
    UsedLinkError,
)
from factcheck.export.words import Words, with_catalogue, words_for

LANGUAGES = ("en", "de")


def N_(message: str) -> str:  # noqa: N802 - what gettext calls it
    """The message, which stands in the catalogues."""
    return message


STATES: dict[str, str] = {
    ClaimStatus.QUEUED: N_("to read"),
    ClaimStatus.LEASED: N_("being read"),
    ClaimStatus.DECIDED: N_("to sign off"),
    ClaimStatus.AWAITING_SECOND: N_("to read a second time"),
    ClaimStatus.SECOND_LEASED: N_("being read a second time"),
    ClaimStatus.AGREED: N_("to sign off"),
    ClaimStatus.DISPUTED: N_("to adjudicate"),
    ClaimStatus.ADJUDICATING: N_("being adjudicated"),
    ClaimStatus.ADJUDICATED: N_("to sign off"),
    ClaimStatus.NOT_CHECKABLE: N_("not checkable"),
    ClaimStatus.DUPLICATE: N_("same as another"),
    ClaimStatus.SPLIT: N_("split"),
    ClaimStatus.RETRACTED: N_("taken back"),
    EditorialState.REJECTED: N_("sent back, to read anew"),
    EditorialState.SIGNED_OFF: N_("signed off, to publish"),
    EditorialState.PUBLISHED: N_("published"),
    EditorialState.CORRECTED: N_("published, corrected"),
    EditorialState.WITHDRAWN: N_("withdrawn"),
}
STAGES = {
    Stage.FIRST: N_("First readings"),
    Stage.SECOND: N_("Second readings"),
    Stage.ADJUDICATION: N_("Adjudications"),
}
STAGE_NOW = {
    Stage.FIRST: N_("Your verdict"),
    Stage.SECOND: N_("Your verdict, as second reader"),
    Stage.ADJUDICATION: N_("Your decision between the readers"),
}
ROLES = {Role.REVIEWER: N_("reviewer"), Role.ADJUDICATOR: N_("adjudicator"), Role.EDITOR: N_("editor")}
READINGS = {
    ReadingRole.FIRST: N_("First reader"),
    ReadingRole.SECOND: N_("Second reader"),
    ReadingRole.ADJUDICATOR: N_("Adjudicator"),
    ReadingRole.EDITOR: N_("Editor"),
    ReadingRole.CORRECTION: N_("Correction"),
}
STANCES = {
    Stance.SUPPORTS: N_("speaks for the claim"),
    Stance.REFUTES: N_("speaks against the claim"),
    Stance.CONTEXT: N_("background"),
}
KINSHIPS = {
    Kinship.ARTICLE: N_("it is the article itself"),
    Kinship.MIRROR: N_("it is a copy of the article"),
    Kinship.SAME_TEXT: N_("it has the same text as another page"),
    Kinship.SAME_PUBLISHER: N_("it is of the article’s publisher"),
}
SUGGESTED = {
    Reading.SUPPORTS: N_("It would speak for the claim"),
    Reading.REFUTES: N_("It would speak against the claim"),
    Reading.NEITHER: N_("It would do neither"),
    Reading.UNSURE: N_("It cannot tell"),
}
KINDS = {SourceKind.PRIMARY: N_("primary source"), SourceKind.SECONDARY: N_("secondary source")}
CONFIDENCES = {Confidence.LOW: N_("low"), Confidence.MEDIUM: N_("medium"), Confidence.HIGH: N_("high")}
ERROR_TYPES = {
    ErrorType.MISSED_EVIDENCE: N_("one of them missed evidence"),
    ErrorType.MISREAD_CLAIM: N_("one of them misread the claim"),
    ErrorType.MISREAD_EVIDENCE: N_("one of them misread evidence"),
    ErrorType.SCALE: N_("they use the labels in different ways"),
    ErrorType.SLIP: N_("a slip"),
    ErrorType.OTHER: N_("something else"),
}
QUOTES = {
    QuoteStatus.EXACT: N_("its quote stands in the page"),
    QuoteStatus.NORMALISED: N_("its quote stands in the page, but for typography or words left out"),
    QuoteStatus.MISSING: N_("its quote is not in the page, which blocks sign-off"),
    QuoteStatus.UNCHECKED: N_("its quote was not looked for"),
}
_QUOTES_IN_FILES = {
    QuoteStatus.EXACT: N_("its quote stands in the file"),
    QuoteStatus.NORMALISED: N_("its quote stands in the file, but for typography or words left out"),
    QuoteStatus.MISSING: N_("its quote is not in the file, which blocks sign-off"),
    QuoteStatus.UNCHECKED: N_("its quote was not looked for"),
}
CHECKS = {
    CheckOutcome.TAKEN: N_("page fetched and kept"),
    CheckOutcome.SAME: N_("fetched again: unchanged"),
    CheckOutcome.CHANGED: N_("fetched again: changed"),
    CheckOutcome.QUOTE_GONE: N_("fetched again: the quote is gone"),
    CheckOutcome.GONE: N_("the page is gone"),
    CheckOutcome.UNREACHABLE: N_("the page could not be reached"),
    CheckOutcome.REFUSED: N_("the page may not be fetched"),
}
CONCERNS = {
    ConcernKind.ORIGIN_CHANGED: N_("the verdict that it was carried over from stands no more"),
    ConcernKind.QUOTE_MISSING: N_("a quote is not in its source"),
    ConcernKind.NO_RATIONALE: N_("the verdict has no rationale"),
    ConcernKind.NO_SOURCE: N_("the verdict has no source of its own"),
    ConcernKind.NO_PRIMARY_SOURCE: N_("the verdict has no primary source"),
    ConcernKind.ONE_PERSON: N_("nobody but its reader has looked at the verdict"),
    ConcernKind.AGAINST_LABEL: N_("every source that takes a side speaks against the label"),
    ConcernKind.SOURCE_GONE: N_("a source is gone"),
    ConcernKind.OWN_ARTICLE: N_("a source is the article under check"),
    ConcernKind.SAME_SITE: N_("a source is of the site of the article under check"),
    ConcernKind.WORDS_CHANGED: N_("a later version of the article has not the words of the claim"),
    ConcernKind.CHANGED: N_("readers would see something else than was signed off"),
    ConcernKind.QUOTE_UNCHECKED: N_("a quote was not looked for: its source was not fetched, or shows no text"),
    ConcernKind.TOO_YOUNG: N_("a source is younger than the day that the verdict is known as of"),
    ConcernKind.QUOTE_HIDDEN: N_("a quote stands in a part of its page that is hidden until a reader opens it"),
    ConcernKind.QUOTE_CUT: N_("words beside a quote, which it leaves out, may turn it round or change an amount"),
    ConcernKind.SOURCE_UNREAD: N_("a source could not be read when it was looked at"),
    ConcernKind.SOURCE_MOVED: N_("the address of a source leads to another page"),
    ConcernKind.ARTICLE_COPY: N_("a source has the text of the article under check"),
    ConcernKind.OWN_SITE: N_("a source is of the site on which this desk publishes"),
}
EVENTS = {
    "leased": N_("took the claim"),
    "renewed": N_("held the claim for longer"),
    "released": N_("gave the claim back"),
    "skipped": N_("skipped it"),
    "decided": N_("gave a verdict"),
    "first_read": N_("gave a first verdict"),
    "agreed": N_("agreed as second reader"),
    "disputed": N_("disagreed as second reader"),
    "adjudicated": N_("adjudicated"),
    "not_checkable": N_("set it aside as not checkable"),
    "duplicate": N_("marked it as the same as another claim"),
    "split": N_("split it"),
    "reworded": N_("put it in other words"),
    "attributed": N_("said who made the claim"),
    "amended": N_("put another verdict in place of the readers’"),
    "signed_off": N_("signed the verdict off"),
    "rejected": N_("sent it back"),
    "published": N_("published the verdict"),
    "corrected": N_("corrected the published verdict"),
    "withdrawn": N_("withdrew the verdict"),
    "flagged": N_("flagged it for the editor, or took the flag back"),
    "contacted": N_("asked the claimant"),
    "noted": N_("left a note"),
    "assigned": N_("changed whose task it is"),
    "made_due": N_("changed the day it is due"),
    "evidence_added": N_("added a source"),
    "evidence_removed": N_("took a source away"),
    "evidence_edited": N_("told a source in another way"),
    "evidence_checked": N_("looked at a source again"),
    "undone": N_("took an act back"),
    "added": N_("added the claim"),
    "hidden": N_("something that stays hidden while a second reading is out"),
    "filed": N_("took an article in"),
    "returned": N_("found an earlier text of the article again"),
    "read_again": N_("read an article that is in again"),
    "run_began": N_("began to ask a model about an article"),
    "person_set": N_("set somebody’s roles"),
    "password_set": N_("set a password"),
    "password_link_given": N_("gave somebody a link to choose a password"),
    "password_taken": N_("took a password away"),
}
FILTERS = {
    "to-read": N_("to read"),
    "being-read": N_("being read"),
    "second": N_("to read a second time"),
    "adjudicate": N_("to adjudicate"),
    "to-sign-off": N_("to sign off"),
    "to-publish": N_("to publish"),
    "published": N_("published"),
    "corrected": N_("published, corrected"),
    "withdrawn": N_("withdrawn"),
    "flagged": N_("flagged"),
    "changed": N_("published on changed words"),
    "not-checkable": N_("not checkable"),
    "duplicate": N_("same as another"),
    "split": N_("split"),
    "retracted": N_("taken back"),
}
"""What the list of claims is narrowed to."""
ALIKE = {"very alike": N_("very alike"), "alike": N_("alike"), "may be alike": N_("may be alike")}
DONE = {
    "verdict": N_("Your verdict is kept."),
    "next": N_("Your verdict is kept. This is the next claim."),
    "none": N_("No other claim is free for you."),
    "skip": N_("The claim is at the end of the queue."),
    "release": N_("The claim is back in the queue."),
    "take": N_("The claim is yours."),
    "renew": N_("The claim is yours for longer."),
    "draft": N_("Your draft is kept."),
    "saved": N_("It is kept."),
    "source": N_("The source is there."),
    "no-source": N_("The source is there, but its page could not be kept; it says why."),
    "no-quote": N_("The source is there, but the quote does not stand in it."),
    "known-source": N_("This source was there already."),
    "look": N_("The searches were asked."),
    "check-sources": N_("The sources were looked at again."),
    "undo": N_("Your last decision is taken back."),
    "signed": N_("The verdict is signed off."),
    "published": N_("The verdict is published."),
    "rejected": N_("The claim goes back to its readers."),
    "corrected": N_("The correction is published."),
    "withdrawn": N_("The verdict is withdrawn."),
    "password": N_("You have a new password. Wherever else you were logged in you are so no longer."),
    "first-password": N_("You have a password now. Log in with it."),
    "left": N_("You are logged out."),
    "nothing-left": N_("Nothing was left to ask, and nothing was paid."),
}
"""What a page says after something was done, by its name."""

_TROUBLE: tuple[tuple[type[FactcheckError], str], ...] = (
    (
        MovedOnError,
        N_("The claim has moved on since you opened it. Nothing was done; what you typed is still here."),
    ),
    (NotReadyError, N_("It is not ready to be signed off. Say why you sign it off all the same, or send it back.")),
    (MissingRoleError, N_("It takes a role that you do not have.")),
    (ConflictError, N_("That cannot be done now.")),
    (DeskBusyError, N_("The desk is busy with other files and pages. Try again in a moment.")),
    (UnbegunLoginError, N_("This login was not begun here, or too long ago. Log in again.")),
    (RefusedLoginError, N_("You were not logged in there. Try it again, or ask who keeps the desk.")),
    (UnverifiedLoginError, N_("What came from there does not prove who you are. Nobody was logged in.")),
    (ClocksDifferError, N_("The login came too late or too early. Try it again; if it stays, a clock is wrong.")),
    (NamelessLoginError, N_("It was not said there who you are. Ask who keeps the desk.")),
    (StrangerError, N_("You are not one of the people of this desk. An editor can add you.")),
    (UsedLinkError, N_("This link works no more. Ask an editor for a new one.")),
    (NoProviderError, N_("The login elsewhere does not answer. Try it again in a minute.")),
    (NotFoundError, N_("There is no such thing here.")),
    (AccessError, N_("You may not do that.")),
    (PageUnreachableError, N_("The page does not answer. Try it again later, or hand it in as a file or as text.")),
    (InputError, N_("That cannot be used as it is.")),
)


def trouble(error: FactcheckError) -> str:
    """What an error means for who sees it; the error itself tells the facts."""
    return next((told for kind, told in _TROUBLE if isinstance(error, kind)), N_("That did not work."))


def tells_more(error: FactcheckError, *, is_guarded: bool) -> bool:
    """Whether the error's own words tell a person more: revisions are nothing that anybody reads.

    Inner ones are told only where whoever asks keeps the desk.
    """
    return not (isinstance(error, MovedOnError) or (is_guarded and error.is_inner))


def quote_standing(evidence: Evidence) -> str:
    """How the quote of a source stands in the page, or in the file, that was kept of it."""
    return (_QUOTES_IN_FILES if evidence.file_name else QUOTES)[evidence.quote_status]


def state_of(claim: QueuedClaim) -> str:
    """Where a claim stands with its readers or, once they are done, with the editor."""
    if claim.status.is_settled and claim.editorial is not EditorialState.OPEN:
        return STATES[claim.editorial]
    if claim.editorial is EditorialState.REJECTED and claim.status is ClaimStatus.QUEUED:
        return STATES[EditorialState.REJECTED]
    return STATES[claim.status]


def words_in(*languages: str | None) -> Words:
    """The words of the desk's pages in the first of these languages that they are written in, else in English."""
    asked = (one.lower().split("-")[0] for one in languages if one)
    return _words(next((one for one in asked if one in LANGUAGES), LANGUAGES[0]))


def preferred(accepted: str) -> Iterable[str]:
    """The languages of an `Accept-Language` header, as they come: browsers send the dearest first."""
    return (one.partition(";")[0].strip() for one in accepted[:200].split(","))


@cache
def _words(language: str) -> Words:
    words = words_for(PLAIN, language)
    own = files("factcheck.web") / "catalogues" / f"{words.locale.language}.po"
    return with_catalogue(words, own.read_bytes(), own.name) if own.is_file() else words
