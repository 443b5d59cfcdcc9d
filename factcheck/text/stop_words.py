"""Words that say nothing of what a text is about, by language."""

from functools import cache

from factcheck.text.folding import words


@cache
def stop_words(language: str | None) -> frozenset[str]:
    """The folded stop words of a BCP 47 language, and the English ones where none are known."""
    from stopwordsiso import has_lang, stopwords  # noqa: PLC0415 - most commands look nothing up

    small = (language or "en").split("-", maxsplit=1)[0].lower()
    small = {"nb": "no", "nn": "no"}.get(small, small)
    found = stopwords(small if has_lang(small) else "en")
    return frozenset(word for one in found for word in words(one) if not word[0].isdecimal())
