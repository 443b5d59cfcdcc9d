"""The article as the screen shows it: around the claim's sentence, with this claim's words and the others'."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content

from factcheck.domain.article import FiledArticle
from factcheck.domain.claim import Claim
from factcheck.domain.sentence import Sentence, Span
from factcheck.screen.passages import Ink, harmless, own, said

_BEFORE = 4000
_AFTER = 8000


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What stands in the article's pane; `focus` is where in its text the claim's sentence begins."""

    title: Content
    body: Content
    focus: int


def article_view(
    filed: FiledArticle, sentences: Sequence[Sentence], claim: Claim, others: Iterable[Claim]
) -> ArticleView:
    """The part of the article around the claim, its words marked; a long article is cut at sentences.

    The claim's sentence is strong and its words are reversed; words of other claims are underlined.
    """
    wanted = set(claim.anchor.sentence_ids)
    places = [one.span for one in sentences if one.position in wanted] or list(claim.anchor.segments[:1])
    home = places[0] if places else Span(0, 1)
    window = _window(filed.article.text, sentences, home)
    marks = [(span, Ink.OTHER) for span in sorted({span for other in others for span in other.anchor.segments})]
    marks += [(span, Ink.STRONG) for span in places] + [(span, Ink.QUOTED) for span in claim.anchor.segments]
    cut = Content(harmless(window.cut(filed.article.text)))
    for span, ink in marks:
        if span.end > window.start:
            cut = cut.stylize(ink, max(0, span.start - window.start), span.end - window.start)
    above = own("… the article begins further up …\n" if window.start else "", Ink.FAINT)
    below = own("\n… the article goes on …" if window.end < len(filed.article.text) else "", Ink.FAINT)
    focus = max(home.start, window.start) - window.start + len(above)
    about = [f"article {filed.id}", filed.article.name, *filed.article.authors]
    about += [filed.article.published.isoformat()] if filed.article.published else []
    return ArticleView(said(" · ".join(about)), above + cut + below, focus)


def _window(text: str, sentences: Sequence[Sentence], home: Span) -> Span:
    """The stretch of the article that is shown, from one sentence's start to another's end."""
    first, last = max(0, home.start - _BEFORE), min(len(text), home.end + _AFTER)
    start = min((one.span.start for one in sentences if one.span.start >= first), default=first) if first else 0
    end = max((one.span.end for one in sentences if one.span.end <= last), default=last) if last < len(text) else last
    return Span(min(start, home.start), max(end, min(home.end, last)))
