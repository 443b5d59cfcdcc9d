"""Links an article to the version before it: what stands in both is neither asked nor judged again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import urlsplit

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, Claim
from factcheck.domain.evidence import is_web_address, source_key
from factcheck.domain.sentence import PENDING, Sentence, Span
from factcheck.domain.versions import ChangedSentence, Lineage, PlacedClaim
from factcheck.text import versions
from factcheck.text.sentences import sentences_of
from factcheck.workflow.ports import Ledger

_SCHEMES, _HOSTS, _ENDS = ("http", "https"), ("", "www."), ("", "/")


@dataclass(frozen=True, slots=True)
class ToFile:
    """An article as it is filed. `known` is the one whose text it has, blanks and the coding of accents aside."""

    article: Article
    sentences: tuple[Sentence, ...]
    lineage: Lineage
    known: FiledArticle | None = None


def as_filed(ledger: Ledger, article_id: int) -> ToFile:
    """An article that is in already. Raises NotFoundError."""
    known = ledger.article(article_id)
    return ToFile(known.article, ledger.sentences(article_id), Lineage(), known)


def to_file(article: Article, ledger: Ledger) -> ToFile:
    """The article with its sentences, and what it has of the version before it, if there is one.

    A sentence that stands in both keeps its entry, unless a claim of it stands on words that have changed.
    """
    known = ledger.known_article(article.sha256)
    if known is not None:
        return ToFile(article, ledger.sentences(known.id), _returning(article, known, ledger), known)
    sketch = versions.sketch(article.text)
    kin = ledger.kin(sketch, tuple(_spellings(article)))
    same = next((one for one in kin if versions.is_same_but_for_blanks(one.article.text, article.text)), None)
    if same is not None:
        return ToFile(replace(article, text=same.article.text), ledger.sentences(same.id), Lineage(), same)
    split = sentences_of(article)
    before = _version_before(article, kin)
    if before is None:
        return ToFile(article, split, Lineage(sketch))
    old = ledger.sentences(before.id)
    sentences = versions.sentences_in(before.article.text, old, article.text) or split
    carrying = _Carrying(before, old, article, sentences)
    claims = ledger.claims_standing_in(before.id)
    found = {one.id: carrying.placed(one.id, one.claim) for one in claims}
    placed = tuple(one for one in found.values() if one is not None)
    left = {one.id: one.claim.positions for one in claims if found[one.id] is None}
    # A sentence is asked again if a claim of it stands on other words than it did.
    asked = frozenset(position for positions in left.values() for position in positions)
    replaces = not (before.article.url and article.url) or _is_same_page(before.article, article)
    lineage = Lineage(sketch, before.id, placed, tuple(left), replaces)
    return ToFile(article, tuple(carrying.entered(asked)), lineage)


def changes(ledger: Ledger, filed: FiledArticle, before: FiledArticle) -> tuple[ChangedSentence, ...]:
    """What is not the same in two versions, sentence by sentence, in their order."""
    old, new = ledger.sentences(before.id), ledger.sentences(filed.id)
    same = versions.unchanged(before.article.text, old, filed.article.text, new)
    ends = (0, 0), *sorted(same.items()), (len(new) + 1, len(old) + 1)
    found: list[ChangedSentence] = []
    for (at, was), (until, was_until) in pairwise(ends):
        news, olds = list(new[at : until - 1]), list(old[was : was_until - 1])
        most = max(len(news), len(olds))
        pairs = zip(olds + [None] * (most - len(olds)), news + [None] * (most - len(news)), strict=True)
        found += [ChangedSentence(*one) for one in pairs]
    return tuple(found)


def _returning(article: Article, known: FiledArticle, ledger: Ledger) -> Lineage:
    """What becomes of an article that is in already: it may have come back to where a later version stood."""
    addresses = tuple(_spellings(article))
    kin = ledger.kin((), addresses) if addresses else ()
    last = next((one for one in kin if _is_same_page(one.article, article)), known)
    if last.id == known.id:
        return Lineage()
    here = {one.id for one in ledger.claims_standing_in(known.id)}
    left = tuple(one.id for one in ledger.claims_standing_in(last.id) if one.id not in here)
    return Lineage(left=left, replaces=True, returns=True)


def _version_before(article: Article, kin: Sequence[FiledArticle]) -> FiledArticle | None:
    """The last one of the same address, else the one that resembles it most, if it is near-equal."""
    same_page = [one for one in kin if _is_same_page(one.article, article)]
    if same_page:
        return same_page[0]
    shares = versions.resemblances(article.text, (one.article.text for one in kin))
    best, alike = max(zip(shares, kin, strict=True), key=lambda pair: (pair[0], pair[1].id), default=(0.0, None))
    return alike if best >= versions.NEAR_EQUAL else None


def _is_same_page(one: Article, other: Article) -> bool:
    """Whether both were read at one address, or one calls its own what is the other's, and they have words in common.

    Pages name a section that they stand in, or the first of several pages, as their own address.
    """
    addresses = [set(map(source_key, _addresses(each))) for each in (one, other)]
    if addresses[0].isdisjoint(addresses[1]):
        return False
    read_at = [source_key(each.url) if each.url else None for each in (one, other)]
    if read_at[0] and read_at[0] == read_at[1]:
        return True
    [share] = versions.resemblances(one.text, [other.text])
    return share >= versions.ALIKE


def _spellings(article: Article) -> Iterator[str]:
    """The addresses under which the article's page may have been filed, as `source_key` takes them for one."""
    for url in _addresses(article):
        parts = urlsplit(url)
        for scheme in _SCHEMES:
            for host in _HOSTS:
                for end in _ENDS:
                    path = parts.path.rstrip("/") + end
                    yield parts._replace(
                        scheme=scheme, netloc=host + parts.netloc.removeprefix("www."), path=path, fragment=""
                    ).geturl()


def _addresses(article: Article) -> Iterator[str]:
    """The article's addresses; what a page calls its own need be none."""
    return (url for url in (article.url, article.canonical_url) if url and is_web_address(url))


class _Carrying:
    """Leads from the sentences of one version to the same ones in the next."""

    def __init__(
        self, before: FiledArticle, old: Sequence[Sentence], article: Article, new: Sequence[Sentence]
    ) -> None:
        self._before, self._article, self._new = before.article, article, new
        self._old: Mapping[int, Sentence] = {one.position: one for one in old}
        self._news: Mapping[int, Sentence] = {one.position: one for one in new}
        self._was = versions.unchanged(before.article.text, old, article.text, new)
        self._now = {was: now for now, was in self._was.items()}

    def entered(self, asked: frozenset[int]) -> Iterator[Sentence]:
        """The new sentences, with the entries of those that stand in both but for the old positions `asked`."""
        for one in self._new:
            was = self._old.get(self._was.get(one.position, 0))
            is_kept = was is not None and was.position not in asked and was.entry.state.is_answered
            if is_kept and was is not None and one.entry == PENDING:
                yield replace(one, entry=was.entry, run_id=was.run_id)
            else:
                yield one

    def placed(self, number: int, claim: Claim) -> PlacedClaim | None:
        """The claim where it stands now; None if a sentence that it stands on, or its day, is not the same."""
        stands_on = {*claim.anchor.sentence_ids, *(one.sentence_id for one in claim.inferred if one.sentence_id)}
        if not claim.anchor.sentence_ids and len(self._now) < len(self._old):
            return None  # its words were not found: it stands on any
        if not stands_on <= self._now.keys() or not all(map(self._is_in_sentences, (claim.anchor, *claim.also))):
            return None
        if claim.when is not None and self._before.published != self._article.published:
            return None
        also = tuple(self._moved(one) for one in claim.also if set(one.sentence_ids) <= self._now.keys())
        inferred = tuple(
            replace(one, sentence_id=self._now[one.sentence_id] if one.sentence_id else None) for one in claim.inferred
        )
        return PlacedClaim(number, self._moved(claim.anchor), also, inferred)

    def _is_in_sentences(self, anchor: Anchor) -> bool:
        spans = [self._old[one].span for one in anchor.sentence_ids if one in self._old]
        return all(any(one.overlaps(segment) for one in spans) for segment in anchor.segments)

    def _moved(self, anchor: Anchor) -> Anchor:
        segments = tuple(self._moved_span(one, anchor.sentence_ids) for one in anchor.segments)
        return replace(anchor, segments=segments, sentence_ids=tuple(self._now[one] for one in anchor.sentence_ids))

    def _moved_span(self, span: Span, positions: Sequence[int]) -> Span:
        """Piece by piece: a stretch may run on from one sentence into the next."""
        ends: list[Span] = []
        for was in positions:
            old, new = self._old[was].span, self._news[self._now[was]].span
            if old.overlaps(span):
                part = Span(max(old.start, span.start), min(old.end, span.end))
                told = versions.Mapping(old.cut(self._before.text), new.cut(self._article.text), old.start, new.start)
                ends.append(told.of(part))
        return Span(min(one.start for one in ends), max(one.end for one in ends))
