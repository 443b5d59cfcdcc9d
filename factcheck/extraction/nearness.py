"""How near two texts are in meaning, by the vectors of a model that is installed; two models serve one port.

`WordVectors` averages the word vectors that the package wordllama carries in its wheel: it asks no network and needs
no torch. `SentenceVectors` is a model of sentence-transformers, by its name or folder, where users have that.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from typing_extensions import override

from factcheck.errors import InputError
from factcheck.text.alike import readable
from factcheck.text.folding import words
from factcheck.workflow.alike_ports import Nearness

_PACKAGE = "wordllama"
_WEIGHTS, _TOKENS = "weights/l2_supercat_256.safetensors", "tokenizers/l2_supercat_tokenizer_config.json"
_LEARNT_AT_ONCE = 1_000


class _Vectors(Nearness, ABC):
    """Unit vectors as rows of one matrix: ten thousand of 256 numbers take 10 MB and a few milliseconds a question."""

    def __init__(self) -> None:
        self._rows: dict[int, int] = {}
        self._matrix: Any = None
        self._asked: tuple[str, Any] = ("", None)

    @abstractmethod
    def vectors(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - numpy loads with the first question
        """A row of floats for each text."""

    @override
    def learn(self, texts: Mapping[int, str]) -> None:
        import numpy as np

        numbers = list(texts)
        made = [
            self._units([texts[one] for one in numbers[start : start + _LEARNT_AT_ONCE]])
            for start in range(0, len(numbers), _LEARNT_AT_ONCE)
        ]
        before = [self._matrix] if self._matrix is not None else []
        self._rows |= {number: len(self._rows_made()) + at for at, number in enumerate(numbers)}
        self._matrix = np.concatenate([*before, *made]) if made else self._matrix

    @override
    def nearest(self, text: str, limit: int) -> Sequence[int]:
        import numpy as np

        if self._matrix is None:
            return ()
        near = self._matrix @ self._unit(text)
        numbers = np.fromiter(self._rows, dtype=np.int64)
        rows = np.fromiter(self._rows.values(), dtype=np.int64)  # a text learnt again has left its first row
        best: list[int] = numbers[np.lexsort((numbers, -near[rows]))[:limit]].tolist()
        return best

    @override
    def of(self, text: str, numbers: Collection[int]) -> Mapping[int, float]:
        known = [one for one in numbers if one in self._rows]
        if not known:
            return {}
        near = self._matrix[[self._rows[one] for one in known]] @ self._unit(text)
        return dict(zip(known, map(float, near), strict=True))

    @override
    def between(self, text: str, others: Sequence[str]) -> Sequence[float]:
        units = self._units([text, *others])
        near: list[float] = (units[1:] @ units[0]).tolist()
        return near

    def _rows_made(self) -> Any:  # noqa: ANN401
        return self._matrix if self._matrix is not None else ()

    def _unit(self, text: str) -> Any:  # noqa: ANN401
        """The vector of a question, which is asked twice in a row."""
        if self._asked[1] is None or self._asked[0] != text:
            self._asked = text, self._units([text])[0]
        return self._asked[1]

    def _units(self, texts: Sequence[str]) -> Any:  # noqa: ANN401
        import numpy as np

        made = np.asarray(self.vectors(texts), dtype=np.float32)
        return made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9)


class WordVectors(_Vectors):
    """The mean of a text's word vectors, as wordllama has them: 32,000 pieces of words, mostly English."""

    def __init__(self) -> None:
        super().__init__()
        # Its own loader looks for the tokeniser in a folder that the wheel has not, and would download it.
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        folder = _folder()
        self._words: Any = load_file(str(folder / _WEIGHTS))["embedding.weight"]
        self._tokens = Tokenizer.from_file(str(folder / _TOKENS))
        self._tokens.no_padding()
        self._tokens.no_truncation()

    @property
    @override
    def name(self) -> str:
        return f"wordllama {version(_PACKAGE)} l2_supercat_256"

    @override
    def vectors(self, texts: Sequence[str]) -> Any:
        import numpy as np

        # Folded: one writer's quotation marks must not make another text of the same words.
        told = [" ".join(words(readable(text))) for text in texts]
        found = self._tokens.encode_batch(told, add_special_tokens=False)
        made = np.zeros((len(texts), self._words.shape[1]), dtype=np.float32)
        for row, one in enumerate(found):
            if one.ids:
                made[row] = self._words[one.ids].astype(np.float32).mean(axis=0)
        return made


class SentenceVectors(_Vectors):
    """What a model of sentence-transformers makes of a whole text. Raises InputError if it cannot be loaded."""

    def __init__(self, model: str) -> None:
        super().__init__()
        self._name = model
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            message = f"[already_checked] model is {model!r}, and sentence-transformers is not installed"
            raise InputError(message) from error
        try:
            self._model: Any = SentenceTransformer(model)
        except (OSError, ValueError) as error:
            raise InputError(f"sentence-transformers cannot load the model {model!r}: {error}") from error

    @property
    @override
    def name(self) -> str:
        return f"sentence-transformers {self._name}"

    @override
    def vectors(self, texts: Sequence[str]) -> Any:
        return self._model.encode(list(texts), convert_to_numpy=True, show_progress_bar=False)


def has_word_vectors() -> bool:
    """Whether the word vectors are installed, with what reads them."""
    return all(find_spec(name) is not None for name in (_PACKAGE, "safetensors", "tokenizers", "numpy"))


def _folder() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise InputError("wordllama is not installed")
    return Path(spec.origin).parent
