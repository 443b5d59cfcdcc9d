"""How near texts are in meaning: word vectors as they are installed, and a stand-in for sentence-transformers."""

import sys
from types import ModuleType

import numpy as np
import pytest

from factcheck.errors import InputError
from factcheck.extraction.nearness import SentenceVectors, WordVectors, has_word_vectors

SAID = {1: "Wages of nurses rose.", 2: "The bridge was opened.", 3: "Rents fell in Berlin."}


@pytest.fixture(scope="module")
def vectors() -> WordVectors:
    made = WordVectors()
    made.learn(SAID)
    return made


def test_word_vectors_are_nearest_to_like_meaning(vectors: WordVectors) -> None:
    assert has_word_vectors()
    assert vectors.nearest("Salaries of nurses increased", 1) == [1]
    near = vectors.of("Salaries of nurses increased", [1, 2, 9])
    assert near[1] > near[2]
    assert 9 not in near
    assert "wordllama" in vectors.name


def test_texts_are_compared_without_being_learnt(vectors: WordVectors) -> None:
    near, far = vectors.between("Salaries of nurses increased", [SAID[1], SAID[2]])

    assert near == pytest.approx(vectors.of("Salaries of nurses increased", [1])[1], abs=1e-5)
    assert near > far
    assert list(vectors.between("Salaries of nurses increased", [])) == []


def test_quotation_marks_make_no_other_text(vectors: WordVectors) -> None:
    one, other = ([*vectors.of(text, [1]).values()] for text in ("“Wages” rose", "'wages' rose!"))
    assert one == other


def test_text_learnt_again_takes_the_place_of_the_first() -> None:
    made = WordVectors()
    assert list(made.nearest("rents", 3)) == []
    assert made.of("rents", [1]) == {}
    made.learn({1: "Rents fell.", 2: "The bridge was opened."})
    made.learn({1: "Wages of nurses rose."})

    assert made.of("Rents fell", [1])[1] < 0.9
    assert sorted(made.nearest("Rents fell", 5)) == [1, 2]
    assert len(made.nearest("Rents fell", 1)) == 1


def test_nothing_readable_is_near_nothing(vectors: WordVectors) -> None:
    assert vectors.of("…", [1]) == {1: 0.0}


def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that answers as sentence-transformers does; the package itself is not installed here."""

    class SentenceTransformer:
        def __init__(self, name: str) -> None:
            if name == "missing":
                raise OSError(f"{name} is not a folder")

        def encode(self, texts: list[str], *, convert_to_numpy: bool, show_progress_bar: bool) -> object:
            assert convert_to_numpy
            assert not show_progress_bar
            return np.array([[float(text.count(one)) for one in "bgnw"] for text in texts])

    module = ModuleType("sentence_transformers")
    module.__dict__["SentenceTransformer"] = SentenceTransformer
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)


def test_sentence_model_serves_the_same_port(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch)
    made = SentenceVectors("a-model")
    made.learn(SAID)

    assert made.nearest(SAID[3], 1) == [3]
    assert made.of(SAID[3], [3])[3] == pytest.approx(1)
    assert made.name == "sentence-transformers a-model"


def test_model_that_cannot_be_loaded_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch)
    with pytest.raises(InputError, match="cannot load the model 'missing'"):
        SentenceVectors("missing")


def test_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(InputError, match="sentence-transformers is not installed"):
        SentenceVectors("a-model")
