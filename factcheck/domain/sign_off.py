"""What speaks against signing a verdict off, and what of it a desk does not let pass."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from factcheck.domain.desk import Concern, ConcernKind
from factcheck.domain.evidence import CheckOutcome, Evidence, QuoteStatus, SourceDoubt, SourceKind, Stance, source_key
from factcheck.domain.rating import RatingScale
from factcheck.domain.review import QueuedClaim, Verdict
from factcheck.domain.states import ReadingRole

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OPPOSITE = {Stance.SUPPORTS: Stance.REFUTES, Stance.REFUTES: Stance.SUPPORTS}


class Requirement(StrEnum):
    """What a desk may ask of each verdict before it is signed off."""

    RATIONALE = "rationale"
    SOURCE = "source"
    SECOND_PERSON = "second_person"
    PRIMARY_SOURCE = "primary_source"


_MISSING = {
    Requirement.RATIONALE: ConcernKind.NO_RATIONALE,
    Requirement.SOURCE: ConcernKind.NO_SOURCE,
    Requirement.SECOND_PERSON: ConcernKind.ONE_PERSON,
    Requirement.PRIMARY_SOURCE: ConcernKind.NO_PRIMARY_SOURCE,
}
_ALWAYS = {ConcernKind.QUOTE_MISSING, ConcernKind.WORDS_CHANGED, ConcernKind.ORIGIN_CHANGED}
_OPTIONAL = {ConcernKind.NO_PRIMARY_SOURCE}
"""Told only where the desk asks for it: most verdicts do without."""
_UNREAD = frozenset({CheckOutcome.UNREACHABLE, CheckOutcome.REFUSED})
_DOUBTS = {
    SourceDoubt.HIDDEN: ConcernKind.QUOTE_HIDDEN,
    SourceDoubt.CUT: ConcernKind.QUOTE_CUT,
    SourceDoubt.MOVED: ConcernKind.SOURCE_MOVED,
    SourceDoubt.COPY: ConcernKind.ARTICLE_COPY,
}


@dataclass(frozen=True, slots=True)
class SignOffRules:
    """What is demanded of each verdict; without it a sign-off takes a reason.

    A quote must always be in its source, and a verdict that was carried over be one that still stands. `own_pages` are
    addresses of the desk's own pages, or patterns of them.
    """

    require: frozenset[Requirement] = frozenset({Requirement.RATIONALE, Requirement.SOURCE})
    own_pages: tuple[str, ...] = ()

    def concerns(
        self,
        claim: QueuedClaim,
        verdict: Verdict,
        scale: RatingScale | None,
        editor: str | None = None,
        lost_origin: int | None = None,
    ) -> tuple[Concern, ...]:
        """All that speaks against the verdict, what is demanded first.

        `scale` is the verdict's, None if it is not known: then nobody can tell what its label says. `editor` is
        who would sign it off, None while nobody is known to. `lost_origin` is the claim that the verdict was carried
        over from, at first hand or along others, where that says it no more.
        """
        found = (*_found(claim, verdict, scale, editor), *self._of_own_pages(claim.evidence))
        if lost_origin is not None:
            found = (Concern(ConcernKind.ORIGIN_CHANGED, f"claim {lost_origin}"), *found)
        told = [one for one in found if one.kind not in _OPTIONAL or self.demands(one)]
        return tuple(sorted(told, key=lambda one: not self.demands(one)))

    def _of_own_pages(self, evidence: Sequence[Evidence]) -> Iterator[Concern]:
        own = set(map(_site, self.own_pages)) - {""}
        for one in evidence:
            if one.url and _site(one.url) in own:
                yield Concern(ConcernKind.OWN_SITE, one.name)

    def demands(self, concern: Concern) -> bool:
        """Whether nobody signs the verdict off with this concern unless they say why."""
        return concern.kind in _ALWAYS or concern.kind in {_MISSING[one] for one in self.require}


def _found(claim: QueuedClaim, verdict: Verdict, scale: RatingScale | None, editor: str | None) -> Iterator[Concern]:
    evidence, own = claim.evidence, _numbers_of_own(claim)
    yield from (Concern(ConcernKind.QUOTE_MISSING, one.name) for one in evidence if one.blocks_sign_off)
    counted = [one for one in evidence if one.id not in own and not _never_seen(one)]
    # What an editor has made of a verdict is the editor's: that is not a second look at it.
    made = {ReadingRole.EDITOR, ReadingRole.CORRECTION}
    readers = {one.reviewer for one in claim.readings if one.role not in made}
    told = {
        ConcernKind.WORDS_CHANGED: claim.changed_in is not None,
        ConcernKind.CHANGED: claim.is_stale and claim.changed_in is None,
        ConcernKind.NO_RATIONALE: not verdict.rationale,
        ConcernKind.NO_SOURCE: not counted,
        ConcernKind.NO_PRIMARY_SOURCE: all(one.kind is not SourceKind.PRIMARY for one in counted),
        ConcernKind.ONE_PERSON: editor is not None and readers == {editor},
        ConcernKind.AGAINST_LABEL: scale is not None and _all_against(verdict, scale, evidence),
    }
    yield from (Concern(kind) for kind, holds in told.items() if holds)
    for one in evidence:
        yield from (Concern(kind, one.name) for kind in _about_source(one, claim, verdict, is_own=one.id in own))


def _about_source(one: Evidence, claim: QueuedClaim, verdict: Verdict, *, is_own: bool) -> Iterator[ConcernKind]:
    if one.last_check and one.last_check.outcome.is_loss:
        yield ConcernKind.SOURCE_GONE
    if one.quote and (one.url or one.file_name) and one.quote_status is QuoteStatus.UNCHECKED and not _never_seen(one):
        yield ConcernKind.QUOTE_UNCHECKED
    if one.sha256 is None and one.last_check and one.last_check.outcome in _UNREAD:
        yield ConcernKind.SOURCE_UNREAD
    yield from (kind for doubt, kind in _DOUBTS.items() if doubt in one.doubts)
    if is_own:
        yield ConcernKind.OWN_ARTICLE
    elif one.url and _site(one.url) in {_site(it) for it in (claim.article_url, claim.article_canonical_url) if it}:
        yield ConcernKind.SAME_SITE
    published = _day(one.published or "")
    if verdict.known_as_of and published and published > verdict.known_as_of:
        yield ConcernKind.TOO_YOUNG


def _day(published: str) -> date | None:
    """The day that a page names, None where it names none: pages say `2026-02-30` too."""
    written = _DAY.match(published)
    try:
        return date.fromisoformat(written[0]) if written else None
    except ValueError:
        return None


def _numbers_of_own(claim: QueuedClaim) -> set[int | None]:
    """The numbers of the sources that are the article which makes the claim."""
    pages = {source_key(one) for one in (claim.article_url, claim.article_canonical_url) if one}
    known = {*pages, claim.article_sha256} - {None}
    return {
        one.id
        for one in claim.evidence
        if SourceDoubt.OWN in one.doubts or not known.isdisjoint((*_keys(one), one.sha256))
    }


def _keys(one: Evidence) -> Iterator[str]:
    """What the source is known by: what its page calls itself, and where it was fetched."""
    yield one.source_key
    if one.url:
        yield source_key(one.url)


def _never_seen(one: Evidence) -> bool:
    """Whether the page was gone when it was first looked for: nobody can read it again."""
    return one.sha256 is None and one.last_check is not None and one.last_check.outcome is CheckOutcome.GONE


def _all_against(verdict: Verdict, scale: RatingScale, evidence: Sequence[Evidence]) -> bool:
    against = _OPPOSITE.get(Stance.of_verdict(scale.label(verdict.label).averitec))
    return against is not None and {one.stance for one in evidence} - {Stance.CONTEXT} == {against}


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
