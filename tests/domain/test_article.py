from datetime import UTC, datetime

import pytest

from factcheck.domain.article import Article, Block, BlockKind, FiledArticle
from factcheck.domain.sentence import Span

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def test_hash_depends_on_text_alone() -> None:
    assert Article("The dam held.", NOW, title="Dam").sha256 == Article("The dam held.", NOW, url="http://a.org").sha256


def test_another_text_hashes_otherwise() -> None:
    assert Article("The dam held.", NOW).sha256 != Article("The dam held!", NOW).sha256


def test_hash_is_that_of_utf8() -> None:
    # sha256 of the bytes 63 61 66 c3 a9
    assert Article("café", NOW).sha256 == "850f7dc43910ff890f8879c0ed26fe697c93a067ad93a7d50f466a7028a9bf4e"


def test_filed_article_goes_by_title() -> None:
    assert FiledArticle(3, Article("The dam held.", NOW, title="Dam")).name == "Dam"


def test_untitled_article_goes_by_its_beginning() -> None:
    assert FiledArticle(3, Article("The dam\n\nheld.", NOW)).name == "The dam held. …"


def test_long_beginning_is_cut_short() -> None:
    assert len(FiledArticle(3, Article("dam " * 500, NOW)).name) < 80


@pytest.mark.parametrize("spans", [((0, 5), (4, 9)), ((5, 9), (0, 4)), ((0, 4), (5, 99))])
def test_blocks_lie_apart_within_text(spans: tuple[tuple[int, int], ...]) -> None:
    blocks = tuple(Block(Span(*one), BlockKind.PARAGRAPH) for one in spans)
    with pytest.raises(ValueError, match="block"):
        Article("The dam held.", NOW, blocks=blocks)
