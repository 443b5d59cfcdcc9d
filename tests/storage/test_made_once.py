"""Statements that each answer needs, and that take longer to make than a database takes to run them."""

from sqlalchemy import create_engine, event

from factcheck.storage.lineage import family
from factcheck.storage.tables import ARTICLE


def test_versions_of_all_articles_are_asked_for_by_one_statement() -> None:
    engine = create_engine("sqlite://")
    made: list[object] = []
    with engine.begin() as connection:
        ARTICLE.metadata.create_all(connection)
        event.listen(engine, "before_execute", lambda _, statement, *__: made.append(statement))
        for article in (1, 2):
            assert family(connection, article) == ()

    first, second = made
    assert first is second
