"""`factcheck articles` and `factcheck article N`."""

import click

from factcheck import wiring
from factcheck.cli.options import db_option, json_option, page_options, page_size
from factcheck.cli.terminal import details, page_note, table, write
from factcheck.domain.article import FiledArticle
from factcheck.domain.queries import ClaimQuery
from factcheck.domain.sentence import Sentence, SentenceState
from factcheck.export.records import article_record, ledger_record, run_record, sentence_record, to_json
from factcheck.settings import Settings


@click.command("articles")
@page_options
@json_option
@db_option
@click.pass_obj
def articles_command(settings: Settings, *, limit: int | None, show_all: bool, as_json: bool) -> None:
    """List the articles with how many of their sentences are answered."""
    with wiring.stores(settings) as opened:
        found = list(opened.ledger.articles())
    shown = found[: page_size(limit, show_all=show_all, as_json=as_json)]
    if as_json:
        write(
            to_json(
                [
                    article_record(one) | {"sentences": ledger_record(counts), "claims": many}
                    for one, counts, many in shown
                ]
            )
        )
        return
    columns = (
        ("#", "right"),
        ("article", "wide"),
        ("sentences", "right"),
        ("failed", "right"),
        ("open", "right"),
        ("claims", "right"),
    )
    table(columns, (_line(one, counts, many) for one, counts, many in shown))
    page_note(len(shown), len(found))


@click.command("article")
@click.argument("number", type=int, metavar="N")
@json_option
@db_option
@click.pass_obj
def article_command(settings: Settings, number: int, *, as_json: bool) -> None:
    """Show an article: its metadata, and what became of each sentence."""
    with wiring.stores(settings) as opened:
        filed = opened.ledger.article(number)
        sentences = opened.ledger.sentences(number)
        runs = opened.ledger.runs(number)
        claims = opened.queue.count(ClaimQuery(article_id=number), wiring.utc_now())
    text = filed.article.text
    if as_json:
        record = article_record(filed) | {
            "text": text,
            "claims": claims,
            "sentences": [sentence_record(one, text) for one in sentences],
            "runs": [run_record(run) for run in runs],
        }
        write(to_json(record))
        return
    shown = article_record(filed) | {"authors": ", ".join(filed.article.authors), "claims": claims}
    details((name.replace("_", " "), value) for name, value in shown.items())
    table(
        (("#", "right"), ("state", "left"), ("sentence", "wide")),
        ((one.position, _state(one), one.span.cut(text)) for one in sentences),
    )


def _line(filed: FiledArticle, counts: dict[SentenceState, int], claims: int) -> tuple[object, ...]:
    failed, pending = (counts.get(state, 0) for state in (SentenceState.FAILED, SentenceState.PENDING))
    return filed.id, filed.name, sum(counts.values()), failed or "", pending or "", claims


def _state(sentence: Sentence) -> str:
    entry = sentence.entry
    return f"{entry.state.value}: {entry.kind}" if entry.kind else entry.state.value
