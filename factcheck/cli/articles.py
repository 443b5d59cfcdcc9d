"""`factcheck articles` and `factcheck article N`."""

from factcheck import wiring
from factcheck.cli.options import command, number_argument, page_options
from factcheck.cli.terminal import details, show_list, spoken, table, write
from factcheck.domain.sentence import SentenceState
from factcheck.export.records import article_record, ledger_record, run_record, sentence_record, to_json
from factcheck.settings import Settings
from factcheck.workflow import look_up

_COLUMNS = {
    "#": "right",
    "article": "wide",
    "sentences": "right",
    "failed": "right",
    "open": "right",
    "claims": "right",
}


@command("articles")
@page_options
def articles_command(settings: Settings, *, limit: int | None, as_json: bool) -> None:
    """List the articles, and how far they are answered."""
    with wiring.stores(settings) as opened:
        page = look_up.articles(opened, limit)

    def record(one: look_up.ArticleOverview) -> dict[str, object]:
        return article_record(one.article) | {"sentences": ledger_record(one.sentences), "claims": one.claims}

    def line(one: look_up.ArticleOverview) -> tuple[object, ...]:
        failed, pending = (one.sentences.get(state, 0) for state in (SentenceState.FAILED, SentenceState.PENDING))
        return one.article.id, one.article.name, sum(one.sentences.values()), failed or "", pending or "", one.claims

    show_list(page.shown, record, _COLUMNS, line, as_json=as_json, total=page.total)


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
    lines = []
    for one in found.sentences:
        state = f"{one.entry.state.value}: {one.entry.kind}" if one.entry.kind else one.entry.state.value
        lines.append((one.position, state, one.span.cut(text)))
    table({"#": "right", "state": "left", "sentence": "wide"}, lines)
