"""Every regular expression of the package, and texts that are made to take it long."""

import ast
import importlib
import pkgutil
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from re import _compiler, _parser  # type: ignore[attr-defined] # what compiles a pattern is what can take it apart
from typing import Any

import factcheck

_ROOT = Path(factcheck.__file__).parent
_ALPHABET = " \n\t\u3000aAzZ1_0éß中\u0301\u00ad.,;:!?'\"“”«»’()[]{}<>/\\-–+*#&%$€@|~^=…"
_BY_HAND = (
    " ", "\n", "\r\n", " \n", "\n \n", "a", "A", "1", "a ", "A ", "A. ", "1 ", "a.", "a-", "a-\n", "a'", "a,", "1,",
    "1.", "1-", "“", "”", '"', "(", "[", "[a", "(.", ".", ". ", ",", "-", "<", "<a", "<!--", "<!---->", "<?xml",
    "<html", "<!doctype ", "/*", "//", "\\", "\\\\", "{", "{ ", "&#", "#", "中", "e\u0301", "and ", "a: ",
)  # fmt: skip
"""Pieces that have been trouble in one pattern or another."""
_TAILS = ("", "\0", "\n!")
_SAMPLES = 3
_USE = re.compile(r"\b(\w+)(?:\[\w+\])?\.(\w+)\(")
_IN_PLACE = re.compile(r"\bre\.(?!compile\b)\w+\(")


@dataclass(frozen=True, slots=True)
class UsedPattern:
    """A pattern with its place in the package; one that is never searched for is only tried where a text begins."""

    name: str
    compiled: re.Pattern[Any]
    method: str

    def run(self, text: str) -> None:
        """Use the pattern on a text in the way that takes longest."""
        subject = text if isinstance(self.compiled.pattern, str) else text.encode("utf-8")
        if self.method == "finditer":
            for _ in self.compiled.finditer(subject):
                pass
        else:
            getattr(self.compiled, self.method)(subject)


def used_patterns() -> Iterator[UsedPattern]:
    """Each pattern that a module holds by a name, in a table, or writes where it uses it."""
    everywhere = _uses("\n".join(path.read_text("utf-8") for path in _ROOT.rglob("*.py")))
    for module in pkgutil.walk_packages([str(_ROOT)], "factcheck."):
        if module.name.startswith(("factcheck.storage.migrations", "factcheck.__main__")):
            continue
        loaded = importlib.import_module(module.name)
        source = Path(str(loaded.__file__)).read_text("utf-8")
        here = _uses(source)
        for name, value in vars(loaded).items():
            for number, pattern in enumerate(_patterns_in(value)):
                place = f"{module.name}.{name}" + (f"[{number}]" if pattern is not value else "")
                yield UsedPattern(place, pattern, _method((here if name.startswith("_") else everywhere)[name]))
        if _IN_PLACE.search(source):  # to parse every module takes seconds
            yield from _written_in_place(module.name, source)


def _patterns_in(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        yield from (one for part in value.values() for one in _patterns_in(part))
    elif isinstance(value, (tuple, list, set, frozenset)):
        yield from (one for part in value for one in _patterns_in(part))


def _uses(source: str) -> Mapping[str, set[str]]:
    """The methods that are called of each name, or of what it holds."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, method in _USE.findall(source):
        found[name].add(method)
    return found


def _method(used: set[str]) -> str:
    """`match` or `fullmatch` where that is all that is done with a pattern."""
    return next((one for one in ("match", "fullmatch") if used == {one}), "finditer")


def _written_in_place(module: str, source: str) -> Iterator[UsedPattern]:
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "re":
            written = node.args[0]
            if node.func.attr != "compile" and isinstance(written, ast.Constant):
                method = node.func.attr if node.func.attr in {"match", "fullmatch"} else "finditer"
                yield UsedPattern(f"{module}:{node.lineno}", re.compile(written.value), method)


def attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """A head, a piece to be repeated and a tail, made of what the pattern itself looks for."""
    written = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    parts = _Parts(_parser.parse(written, pattern.flags & ~re.DEBUG), pattern.flags)
    heads = dict.fromkeys(["", *parts.heads])
    own = dict.fromkeys([*parts.bodies, *parts.letters, *(head + body for head, body in parts.pairs)])
    seen = set()
    tails = dict.fromkeys([*_TAILS, *parts.tails])
    for head, piece, tail in [*product([""], [*own, *_BY_HAND], tails), *product(heads, parts.bodies, tails)]:
        if piece and (head, piece, tail) not in seen:
            seen.add((head, piece, tail))
            yield head, piece, tail


class _Parts:
    """What a pattern is made of: what it repeats, what stands before that, and the letters that it names."""

    def __init__(self, tree: Any, flags: int) -> None:
        self._flags, self._state, self._chance = flags, tree.state, random.Random(0)  # noqa: S311 - not a secret
        self.heads: list[str] = []
        self.bodies: list[str] = []
        self.pairs: list[tuple[str, str]] = []
        self.letters: list[str] = []
        self.tails: list[str] = []
        self._walk(tree, "")
        self.bodies, self.heads = list(dict.fromkeys(self.bodies)), list(dict.fromkeys(self.heads))

    def _walk(self, tree: Any, head: str) -> None:
        for node in tree:
            self._take(node, head)
            head += self._sample([node])

    def _take(self, node: Any, head: str) -> None:
        kind, value = str(node[0]), node[1]
        if kind == "LITERAL":
            self.letters.append(chr(value))
        elif kind.endswith("_REPEAT"):
            made = [self._sample(value[2]) for _ in range(_SAMPLES)]
            if value[1] > 8:  # what is repeated a few times only is no way to grow
                self.bodies += made
                self.heads.append(head)
                self.pairs += [(head, one) for one in made]
        elif kind == "ASSERT_NOT" and value[0] > 0:
            self.tails.append(self._sample(value[1]))
        for inner in _inner(node):
            self._walk(inner, head)

    def _sample(self, tree: Any) -> str:
        return "".join(self._sampled(node) for node in tree)

    def _sampled(self, node: Any) -> str:
        kind, value = str(node[0]), node[1]
        if kind == "LITERAL":
            return chr(value)
        if kind in {"IN", "NOT_LITERAL", "ANY", "CATEGORY"}:
            return self._chance.choice(self._members(node))
        if kind.endswith("_REPEAT"):
            return "".join(self._sample(value[2]) for _ in range(max(value[0], min(1, value[1]))))
        if kind == "BRANCH":
            return self._sample(self._chance.choice(value[1]))
        if kind in {"SUBPATTERN", "ATOMIC_GROUP"}:
            return self._sample(value[-1] if kind == "SUBPATTERN" else value)
        return ""

    def _members(self, node: Any) -> Sequence[str]:
        alone = _parser.SubPattern(_parser.State(), [node])
        alone.state.flags = self._flags & ~re.DEBUG
        compiled = _compiler.compile(alone, self._flags & ~re.DEBUG)
        is_text = not isinstance(compiled.pattern, bytes)
        found = [one for one in _ALPHABET if is_text and compiled.fullmatch(one)]
        return found or [self._first_of(node)]

    @staticmethod
    def _first_of(node: Any) -> str:
        for kind, value in node[1] if str(node[0]) == "IN" else ():
            if str(kind) in {"LITERAL", "RANGE"}:
                return chr(value if str(kind) == "LITERAL" else value[0])
        return "\x7f"


def _inner(node: Any) -> Iterator[Any]:
    """The patterns inside a part of one."""
    kind, value = str(node[0]), node[1]
    if kind == "BRANCH":
        yield from value[1]
    elif kind.endswith("_REPEAT"):
        yield value[2]
    elif kind in {"SUBPATTERN", "ASSERT", "ASSERT_NOT"}:
        yield value[-1]
    elif kind == "ATOMIC_GROUP":
        yield value
    elif kind == "GROUPREF_EXISTS":
        yield from filter(None, value[1:])
