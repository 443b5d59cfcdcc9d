"""What `factcheck extract --dry-run` prints."""

from collections.abc import Sequence

from factcheck import wiring
from factcheck.cli.advice import ADD_PRICE, with_advice
from factcheck.cli.terminal import write
from factcheck.domain.cost import Estimate, Price, dollars
from factcheck.errors import ModelSetupError
from factcheck.export.records import estimate_record, to_json
from factcheck.workflow.estimate_cost import ArticleEstimate


def show_estimates(session: wiring.ExtractionSession, estimates: Sequence[ArticleEstimate], *, as_json: bool) -> None:
    """What each article would take, and all together, for people or for machines."""
    model, price, unknown = _priced(session)
    total = sum((one.estimate for one in estimates), Estimate())
    if as_json:
        articles = [_record(one, price) for one in estimates]
        record = {
            "model": model,
            "price_unknown": unknown,
            "articles": articles,
            "total": estimate_record(total, price),
        }
        write(to_json(record))
        return
    for one in estimates:
        where = "not in the database" if one.article_id is None else f"article {one.article_id}"
        write(f"{one.article.name} ({where})\n  {one.sentences} sentences to ask: {_told(one.estimate, price)}")
    write(f"total for {model or 'no model'}: {_told(total, price)}")
    if unknown:
        write(f"price unknown: {unknown}")
    write("a dry run: nothing was asked, paid or stored")


def _priced(session: wiring.ExtractionSession) -> tuple[str | None, Price | None, str | None]:
    """The model's name, its price, and why that is unknown."""
    try:
        model = session.model_name()
    except ModelSetupError as error:
        return None, None, with_advice(error)
    price = session.prices.of_model(model)
    return model, price, None if price else f"no price for {model!r} in prices; {ADD_PRICE}"


def _record(one: ArticleEstimate, price: Price | None) -> dict[str, object]:
    article = {"id": one.article_id, "title": one.article.title, "url": one.article.url, "sha256": one.article.sha256}
    return {"article": article, "sentences": one.sentences, **estimate_record(one.estimate, price)}


def _told(estimate: Estimate, price: Price | None) -> str:
    tokens = f"about {estimate.prompt_tokens:,} prompt and {estimate.answer_tokens:,} answer tokens"
    return f"{estimate.calls} calls, {tokens}, price {dollars(price.expected(estimate) if price else None)}"
