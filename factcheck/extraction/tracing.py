"""What a callback, such as LangSmith's, is told of a call."""

from collections.abc import Iterable

from langchain_core.runnables import RunnableConfig

from factcheck.domain.extraction import AskedArticle, PromptVersion


def traced(name: str, asked: AskedArticle, positions: Iterable[int], prompt: PromptVersion) -> RunnableConfig:
    """A call by its name, with the sentences that it is about; an article outside a database has its hash alone."""
    numbers = {"factcheck_run": asked.run_id, "factcheck_article": asked.filed.id} if asked.run_id else {}
    return RunnableConfig(
        run_name=name,
        tags=["factcheck"],
        metadata=numbers
        | {
            "factcheck_article_sha256": asked.filed.article.sha256,
            "factcheck_sentences": list(positions),
            "factcheck_prompt": prompt.name,
            "factcheck_prompt_version": prompt.version,
            "factcheck_prompt_sha256": prompt.sha256,
        },
    )
