"""The desk's states, roles and outcomes in a reader's words: messages that each page says in its own language.

`N_` marks what a catalogue translates; labels and definitions of the shipped scales are looked up there too.
"""

from factcheck.domain.article import Article
from factcheck.domain.claim import AnchorStatus
from factcheck.domain.evidence import CheckOutcome, QuoteStatus, SourceKind, Stance
from factcheck.domain.report import Masthead
from factcheck.domain.reported_claim import (
    Contribution,
    ReportedClaim,
    ReportedCorrection,
    ReportedVerdict,
    Standing,
)
from factcheck.domain.sentence import SentenceState
from factcheck.domain.states import ClaimStatus
from factcheck.export.tones import Tone
from factcheck.export.words import Words, words_for


def N_(message: str) -> str:  # noqa: N802 - what gettext calls it
    """The message, which stands in the catalogues."""
    return message


STATES = {
    ClaimStatus.NOT_CHECKABLE: N_("Cannot be checked"),
    ClaimStatus.DUPLICATE: N_("Same as another claim"),
    ClaimStatus.SPLIT: N_("Checked in parts"),
    ClaimStatus.RETRACTED: N_("Taken back"),
}
MEANINGS = {
    "refuted": N_("the evidence refutes it"),
    "conflicting": N_("partly true, or misleading"),
    "supported": N_("the evidence supports it"),
    "unproven": N_("no evidence decides it"),
    "unknown": N_("a verdict on a scale that is not known here"),
    "unchecked": N_("no verdict yet"),
    "withdrawn": N_("the verdict was withdrawn"),
}
CREDITS = {
    Contribution.FIRST_READER: N_("First reader: %(who)s, %(day)s"),
    Contribution.SECOND_READER: N_("Second reader: %(who)s, %(day)s"),
    Contribution.ADJUDICATOR: N_("Decided between the readers: %(who)s, %(day)s"),
    Contribution.AMENDED: N_("Changed by the editor %(who)s, %(day)s"),
    Contribution.SIGNED_OFF: N_("Signed off by %(who)s, %(day)s"),
    Contribution.PUBLISHED: N_("Published by %(who)s, %(day)s"),
    Contribution.CORRECTED: N_("Corrected by %(who)s, %(day)s"),
    Contribution.TYPO_CORRECTED: N_("Typo corrected by %(who)s, %(day)s"),
    Contribution.WITHDRAWN: N_("Withdrawn by %(who)s, %(day)s"),
}
STANCES = {
    Stance.SUPPORTS: N_("Speaks for the claim"),
    Stance.REFUTES: N_("Speaks against the claim"),
    Stance.CONTEXT: N_("Background"),
}
KINDS = {SourceKind.PRIMARY: N_("primary source"), SourceKind.SECONDARY: N_("secondary source")}
LOOKS = {
    CheckOutcome.CHANGED: N_("The page has changed since; the quoted words are still there."),
    CheckOutcome.QUOTE_GONE: N_("The page no longer holds these words."),
    CheckOutcome.GONE: N_("The page is no longer there."),
}
"""What a later look at a source told, as far as it concerns readers."""

TRACES = {
    CheckOutcome.TAKEN: N_("copy kept"),
    CheckOutcome.SAME: N_("unchanged"),
    CheckOutcome.CHANGED: N_("changed"),
    CheckOutcome.QUOTE_GONE: N_("quoted words gone"),
    CheckOutcome.GONE: N_("gone"),
    CheckOutcome.UNREACHABLE: N_("could not be reached"),
    CheckOutcome.REFUSED: N_("could not be opened"),
}
QUOTES = {
    QuoteStatus.EXACT: N_("words found in the copy"),
    QuoteStatus.NORMALISED: N_("words found in the copy, but for typography or words left out"),
    QuoteStatus.MISSING: N_("words not found in the copy"),
}
UNSURE = {
    QuoteStatus.MISSING: N_("We have not found these words in our copy of the source."),
    QuoteStatus.UNCHECKED: N_("We could not look for these words in a copy of the source."),
}
"""What readers are told below a quotation that was not found again."""

ANCHORS = {
    AnchorStatus.EXACT: N_("Its words stand in the article."),
    AnchorStatus.NORMALISED: N_("Its words stand in the article, but for typography or words left out."),
    AnchorStatus.SENTENCE: N_("Its exact words were not found in the article; a sentence is named."),
    AnchorStatus.NONE: N_("Its words were not found in the article."),
}
SENTENCES = {
    SentenceState.PENDING: N_("not asked yet"),
    SentenceState.CLAIMS: N_("with claims"),
    SentenceState.NOT_CHECKABLE: N_("nothing to check"),
    SentenceState.AMBIGUOUS: N_("ambiguous"),
    SentenceState.FAILED: N_("without an answer"),
}


def words_about(masthead: Masthead, article: Article | None = None) -> Words:
    """The language of what is said about an article, or of a whole page: the newsroom's own, the article's, English."""
    own = masthead.publisher.language if masthead.publisher else None
    return words_for(masthead.look, own, article.read_as if article else None)


def label_name(words: Words, label: str) -> str:
    """A label as readers know it: `mostly-false` is “Mostly false”; a shipped one is in the page's language."""
    name = label.replace("-", " ")
    return words.text(name[:1].upper() + name[1:]) if name else ""


def definition(words: Words, masthead: Masthead, verdict: ReportedVerdict) -> str:
    """What the label means, in a sentence; empty for a scale that nobody kept."""
    defined = masthead.definition_of(verdict)
    return words.text(defined) if defined else ""


def outcome_name(words: Words, claim: ReportedClaim) -> str:
    """What stands beside the symbol: the verdict, or that there is none."""
    if claim.verdict is None:
        return words.text(STATES.get(claim.status, N_("Not checked yet")))
    if claim.standing is Standing.WITHDRAWN:
        return words.text(N_("Withdrawn"))
    return label_name(words, claim.verdict.label)


def tone_meaning(words: Words, tone: Tone) -> str:
    """What a symbol and its colour mean."""
    return words.text(MEANINGS[tone.name])


def changed_labels(words: Words, one: ReportedCorrection) -> tuple[str, str]:
    """What the verdict was and is; with the scales where the labels alone are the same."""
    was, now = (label_name(words, each.label) for each in (one.was, one.now))
    return (was, now) if one.was.label != one.now.label else (f"{was} ({one.was.scale})", f"{now} ({one.now.scale})")


def correction_text(words: Words, one: ReportedCorrection) -> str:
    """A correction with its reason; one of a typo says so, with the claim's words where those were others."""
    if one.is_typo:
        were = f" {words.text(N_('The claim read: “%(words)s”'), words=one.words_were)}" if one.words_were else ""
        return f"{words.text(N_('Typo corrected on %(day)s:'), day=words.day(one.at))} {one.reason}{were}"
    was, now = changed_labels(words, one)
    said = words.text(N_("was %(before)s, is %(after)s."), before=was, after=now)
    return f"{words.text(N_('Corrected on %(day)s:'), day=words.day(one.at))} {said} {one.reason}"
