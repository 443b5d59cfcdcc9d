"""`factcheck articles` and `factcheck article N`."""

from factcheck import wiring
from factcheck.cli.options import command, number_argument, page_options
from factcheck.cli.terminal import details, page_note, spoken, table, write
from factcheck.domain.sentence import Sentence, SentenceState
from factcheck.export.records import article_record, ledger_record, run_record, sentence_record, to_json
from factcheck.settings import Settings
from factcheck.workflow import look_up

_COLUMNS = (
    ("#", "right"),
    ("article", "wide"),
    ("sentences", "right"),
    ("failed", "right"),
    ("open", "right"),
    ("claims", "right"),
)


@command("articles")
@page_options
def articles_command(settings: Settings, *, limit: int | None, as_json: bool) -> None:
    """List the articles, and how far they are answered."""
    with wiring.stores(settings) as opened:
        page = look_up.articles(opened, limit)
    if as_json:
        write(to_json([_record(one) for one in page.shown]))
        return
    table(_COLUMNS, map(_line, page.shown))
    page_note(page)


@command("article", number_argument)
def article_command(settings: Settings, number: int, *, as_json: bool) -> None:
    """Show an article, and what became of each sentence."""
    with wiring.stores(settings) as opened:
        found = look_up.article(opened, number)
    filed, text = found.article, found.article.article.text
    if as_json:
        record = article_record(filed) | {
            "text": text,
            "claims": found.claims,
            "sentences": [sentence_record(one, text) for one in found.sentences],
            "runs": [run_record(run) for run in found.runs],
        }
        write(to_json(record))
        return
    # A person reads the authors in a row, where JSON has a list.
    shown = article_record(filed) | {"authors": ", ".join(filed.article.authors), "claims": found.claims}
    details((spoken(name), value) for name, value in shown.items())
    table(
        (("#", "right"), ("state", "left"), ("sentence", "wide")),
        ((one.position, _state(one), one.span.cut(text)) for one in found.sentences),
    )


def _record(one: look_up.ArticleOverview) -> dict[str, object]:
    return article_record(one.article) | {"sentences": ledger_record(one.sentences), "claims": one.claims}


def _line(one: look_up.ArticleOverview) -> tuple[object, ...]:
    failed, pending = (one.sentences.get(state, 0) for state in (SentenceState.FAILED, SentenceState.PENDING))
    return one.article.id, one.article.name, sum(one.sentences.values()), failed or "", pending or "", one.claims


def _state(sentence: Sentence) -> str:
    entry = sentence.entry
    return f"{entry.state.value}: {entry.kind}" if entry.kind else entry.state.value
