"""The keys of the screen: what each does, and how the config file binds it anew."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from factcheck.errors import FactcheckError, InputError, NoLongerReadyError, NothingToUndoError, NotReadyError

DIGITS = "1234567890-="
"""The keys of a scale's labels, in the scale's order; a longer scale has its others in the list of labels."""


@dataclass(frozen=True, slots=True)
class KeyAct:
    """Something that a key does: its name in the config, its word in the footer, its sentence in the help."""

    name: str
    keys: tuple[str, ...]
    word: str
    help: str


Acts = tuple[KeyAct, ...]

ACTS: Acts = (
    KeyAct("labels", ("v",), "labels", "choose from all labels, with their definitions"),
    KeyAct("evidence", ("e",), "evidence", "add a source"),
    KeyAct("reasons", ("r",), "reasons", "write the explanation, known as of, confidence and a remark for the verdict"),
    KeyAct("note", ("n",), "note", "leave a word to colleagues"),
    KeyAct("correct", ("c",), "correct", "correct the claim's words; the original is kept"),
    KeyAct("split", ("s",), "split", "split the claim into several"),
    KeyAct("same", ("m",), "same", "mark the claim as the same as another, chosen from the list or by its number"),
    KeyAct("already", ("k",), "checked?", "show what was decided on claims like it, and carry a verdict over"),
    KeyAct("alike", ("t",), "", "take the next claim of another article that says what you decided last"),
    KeyAct("not_checkable", ("x",), "uncheckable", "set the claim aside, with the reason"),
    KeyAct("skip", ("space",), "skip", "put the claim at the end of the queue"),
    KeyAct("flag", ("f",), "flag", "ask the editor to look at it"),
    KeyAct("speaker", ("w",), "who", "set who said it"),
    KeyAct("add", ("a",), "add", "add a claim that nobody has found, of a sentence of this article"),
    KeyAct("list", ("l",), "list", "list the claims, search and narrow them, and take one"),
    KeyAct("go", ("g",), "go to", "take a claim by its number"),
    KeyAct("look", ("L",), "look up", "ask searches about the claim, and take passages of pages as evidence"),
    KeyAct("edit_source", ("E",), "edit source", "tell a source in another way: its quote, stance, title and the like"),
    KeyAct("remove_source", ("D",), "drop source", "take a source away, after a question"),
    KeyAct("open_evidence", ("O",), "source", "open a source of the claim"),
    KeyAct("copy", ("y",), "copy", "copy the claim's words, to search for them elsewhere"),
    KeyAct("open", ("o",), "open", "open the article's source"),
    KeyAct("back", ("b", "left"), "back", "look at what you decided before"),
    KeyAct("forward", ("right", "escape"), "", "come forward again, to the claim in hand"),
    KeyAct("undo", ("u", "backspace"), "undo", "take the last decision back, up to ten, also after a restart"),
    KeyAct("draft", ("ctrl+s",), "draft", "keep what is typed; it is also kept by itself"),
    KeyAct("help", ("?",), "help", "show the keys, the labels and the marks"),
    KeyAct("quit", ("q",), "quit", "give the claim back and leave"),
    KeyAct("pane", ("tab",), "", "scroll the other pane with the arrows and page keys"),
)
"""What a reviewer does."""

_SHARED = frozenset({"note", "already", "list", "go", "forward", "open", "draft", "help", "quit", "pane"})
_SOURCES = frozenset({"evidence", "look", "edit_source", "remove_source", "open_evidence", "copy"})

EDITOR_ACTS: Acts = (
    KeyAct("sign_off", ("S",), "sign off", "sign the verdict off, and go on"),
    KeyAct("sign_off_publish", ("F",), "sign off, publish", "sign the verdict off, publish it, and go on"),
    KeyAct("amend", ("A",), "amend", "sign off another label or explanation; the readers' stay beside it"),
    KeyAct("publish", ("P",), "publish", "publish the verdict, which is signed off, and go on"),
    KeyAct("reject", ("J",), "reject", "send the claim back to be read anew, with a comment"),
    KeyAct("correction", ("C",), "correct", "correct what is published: another label, or a typo"),
    KeyAct("withdraw", ("W",), "withdraw", "take the published verdict back, with the reason"),
    KeyAct("skip", ("space",), "next", "leave it as it is, and go on to the next"),
    KeyAct("mark", ("t",), "mark", "mark the claim, to be done together with others, and go on; or unmark it"),
    KeyAct("marked", ("T",), "do marked", "sign off or publish all marked claims, each by itself"),
    KeyAct("undo", ("u", "backspace"), "undo", "take your last sign-off back, unless it is published"),
    KeyAct("round", ("R",), "published", "go through what is published, or back to what waits"),
    *(one for one in ACTS if one.name in _SHARED | _SOURCES),
)
"""What an editor does, who gives no verdicts."""

AT_ONCE = frozenset({"skip", "alike", "mark", "undo", "sign_off", "sign_off_publish", "publish"})
"""What a key does to the claim in hand, or instead of it, without asking anything; keys of labels do so too."""

ADVICE: Mapping[type[FactcheckError], tuple[str, str]] = {
    NothingToUndoError: ("back", "shows what you have decided"),
    NoLongerReadyError: ("sign_off", "signs it off anew, as it stands now"),
    NotReadyError: ("reject", "sends the claim back, so that its reader mends that"),
}
"""By class of an error: an act, and what its key does about it. The errors tell the facts."""

_NAMED = {
    "space": "space", "backspace": "⌫", "left": "←", "right": "→", "up": "↑", "down": "↓", "tab": "tab",
    "enter": "enter", "escape": "esc", "delete": "del", "insert": "ins",
}  # fmt: skip
_SCROLLING = frozenset({"up", "down", "pageup", "pagedown", "home", "end"})
_COMBINED = re.compile(r"f([1-9]|1[0-2])|ctrl\+[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which key does what. Keys are characters, or names such as `space` and `ctrl+s`."""

    acts: Mapping[str, str]
    labels: tuple[str, ...]
    known: Acts = ACTS

    def keys_of(self, name: str) -> tuple[str, ...]:
        """The keys of an act, as people call them."""
        return tuple(shown(key) for key, act in self.acts.items() if act == name)


def keymap(bound: Mapping[str, str] | None = None, acts: Acts = ACTS) -> Keymap:
    """The keys, with those of the config laid over them: an act's name to its keys, with blanks between.

    `labels` is named by the acts, `verdicts` holds the keys of the scale's labels in their order.
    Raises InputError for an unknown act, for what is not a key, or for one key with two acts.
    """
    given = {name: tuple(keys.split()) for name, keys in (bound or {}).items()}
    verdicts = given.pop("verdicts", tuple(DIGITS))
    # The config is one for reviewers and editors: an editor's keymap leaves out what only reviewers do.
    labels = verdicts if any(one.name == "labels" for one in acts) else ()
    known = {one.name for one in (*ACTS, *EDITOR_ACTS)}
    for name in given:
        if name not in known:
            message = f"{name!r} in [keys] is no act of the screen; there are: verdicts, {', '.join(sorted(known))}"
            raise InputError(message)
    chosen = [(key, one.name) for one in acts for key in given.get(one.name, one.keys)]
    _require_good_keys([*chosen, *((key, "verdicts") for key in labels)])
    return Keymap(dict(chosen), labels, acts)


def shown(key: str) -> str:
    """A key as people call it."""
    return f"^{key.removeprefix('ctrl+')}" if key.startswith("ctrl+") else _NAMED.get(key, key)


def with_advice(error: FactcheckError, keymap: Keymap) -> str:
    """The error's message and, after a semicolon, which key helps, where one does and is bound."""
    act, words = ADVICE.get(type(error), ("", ""))
    keys = keymap.keys_of(act)
    return f"{error}; {keys[0]} {words}" if keys else str(error)


def _require_good_keys(chosen: list[tuple[str, str]]) -> None:
    taken: dict[str, str] = {}
    for key, name in chosen:
        if key in _SCROLLING:
            raise InputError(f"{key!r} in [keys] for {name!r} scrolls the text; choose another key")
        is_character = len(key) == 1 and key.isprintable()
        if not (is_character or _COMBINED.fullmatch(key) or key in _NAMED):
            raise InputError(f"{key!r} in [keys] for {name!r} is no key; write a character, space, tab, f2 or ctrl+s")
        if key in taken:
            message = f"{key!r} in [keys] is bound to {taken[key]!r} and to {name!r}; give one of them another key"
            raise InputError(message)
        taken[key] = name
