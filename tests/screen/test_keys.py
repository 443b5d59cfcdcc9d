"""The keys, and the config that binds them anew."""

import pytest

from factcheck.errors import InputError
from factcheck.screen.keys import ACTS, EDITOR_ACTS, keymap, shown


def test_every_act_has_a_key() -> None:
    keys = keymap()

    assert {keys.acts.get(key) for one in ACTS for key in one.keys} == {one.name for one in ACTS}
    assert [keys.labels.index(key) for key in "150"] == [0, 4, 9]
    assert keys.acts.get("z") is None
    assert "z" not in keys.labels


def test_config_binds_an_act_anew() -> None:
    keys = keymap({"skip": "f2 f3", "verdicts": "h z"})

    assert (keys.acts.get("f2"), keys.acts.get("f3"), keys.acts.get("space")) == ("skip", "skip", None)
    assert (keys.labels.index("z"), "1" in keys.labels) == (1, False)
    assert keys.keys_of("skip") == ("f2", "f3")


def test_editor_gives_no_verdicts() -> None:
    keys = keymap({"skip": "f2", "split": "S", "verdicts": "a z", "publish": "f5"}, EDITOR_ACTS)

    assert (keys.acts.get("f2"), keys.acts.get("S"), keys.acts.get("f5"), keys.acts.get("P")) == (
        "skip",
        "sign_off",
        "publish",
        None,
    )
    assert ("a" in keys.labels, "1" in keys.labels, keys.acts.get("x")) == (False, False, None)


def test_editors_keys_bind_no_reviewer() -> None:
    keys = keymap({"publish": "q"})

    assert (keys.acts.get("q"), keys.acts.get("S"), keys.acts.get("J")) == ("quit", None, None)
    with pytest.raises(InputError, match="'q' in \\[keys\\] is bound to 'publish' and to 'quit'"):
        keymap({"publish": "q"}, EDITOR_ACTS)


def test_empty_binding_takes_the_key_away() -> None:
    assert keymap({"same": ""}).keys_of("same") == ()


@pytest.mark.parametrize(
    ("bound", "told"),
    [
        ({"jump": "j"}, "'jump' in [keys] is no act"),
        ({"skip": "spaace"}, "'spaace' in [keys] for 'skip' is no key"),
        ({"skip": "q"}, "'q' in [keys] is bound to 'skip' and to 'quit'"),
        ({"skip": "1"}, "'1' in [keys] is bound to 'skip' and to 'verdicts'"),
        ({"skip": "up"}, "'up' in [keys] for 'skip' scrolls the text"),
        ({"skip": "f13"}, "'f13' in [keys] for 'skip' is no key"),
        ({"skip": "\x1b"}, "'\\x1b' in [keys] for 'skip' is no key"),
    ],
)
def test_bad_binding_is_refused(bound: dict[str, str], told: str) -> None:
    with pytest.raises(InputError) as refused:
        keymap(bound)

    assert told in str(refused.value)


def test_keys_have_names_people_know() -> None:
    assert [shown(key) for key in ("ctrl+s", "backspace", "left", "x")] == ["^s", "⌫", "←", "x"]
