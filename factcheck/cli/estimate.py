"""What `factcheck extract --dry-run` prints."""

from factcheck.cli.advice import ADD_PRICE, with_advice
from factcheck.cli.terminal import say, write
from factcheck.domain.cost import Estimate, Price, dollars
from factcheck.export.records import estimate_record, to_json
from factcheck.workflow.extract_batch import BatchEstimate


def show_estimate(found: BatchEstimate, *, as_json: bool) -> None:
    """What each article would take, and all together, for people or for machines."""
    for error in found.unread:
        say(f"factcheck: {with_advice(error)}")
    price, unknown = found.price, None
    if found.no_model:
        unknown = with_advice(found.no_model)
    elif price is None:
        unknown = f"no price for {found.model!r} in prices; {ADD_PRICE}"
    if as_json:
        articles = [
            {
                "article": {
                    "id": one.article_id,
                    "title": one.article.title,
                    "url": one.article.url,
                    "sha256": one.article.sha256,
                },
                "sentences": one.sentences,
                **estimate_record(one.estimate, price),
            }
            for one in found.articles
        ]
        total = estimate_record(found.total, price)
        write(to_json({"model": found.model, "price_unknown": unknown, "articles": articles, "total": total}))
        return
    for one in found.articles:
        where = "not in the database" if one.article_id is None else f"article {one.article_id}"
        write(f"{one.article.name} ({where})\n  {one.sentences} sentences to ask: {_told(one.estimate, price)}")
    write(f"total for {found.model or 'no model'}: {_told(found.total, price)}")
    if unknown:
        write(f"price unknown: {unknown}")
    write("a dry run: nothing was asked, paid or stored")


def _told(estimate: Estimate, price: Price | None) -> str:
    tokens = f"about {estimate.prompt_tokens:,} prompt and {estimate.answer_tokens:,} answer tokens"
    return f"{estimate.calls} calls, {tokens}, price {dollars(price.expected(estimate) if price else None)}"
