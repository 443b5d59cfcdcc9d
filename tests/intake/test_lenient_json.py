import time

import pytest

from factcheck.intake.lenient_json import read_json


def test_strict_json_has_no_complaint() -> None:
    read = read_json(' {"a": [1, "x"]}\n')
    assert (read.values, read.complaint, read.repairs) == (({"a": [1, "x"]},), None, ())


@pytest.mark.parametrize(
    ("text", "value", "repair"),
    [
        ('{"a": "x\ny"}', "x\ny", "line breaks"),
        ('{"a": "x",}', "x", "trailing commas"),
        ('{"a": ["x",\n],}', ["x"], "trailing commas"),
        ('<!--\n{"a": "x"}\n-->', "x", "around it"),
        ('//<![CDATA[\n{"a": "x"}\n//]]>', "x", "around it"),
        ('/*<![CDATA[*/{"a": "x"}/*]]>*/', "x", "around it"),
        ('{"a": "x"};', "x", "Extra data"),
        ('\ufeff{"a": "x"}', "x", "around it"),
        ("{&quot;a&quot;: &quot;x&quot;}", "x", "HTML entities"),
        ('{"a": "http://x/*,]" /* that */ } // this', "http://x/*,]", "comments"),
        ('{"a": "it\\\'s \\n"}', "it's \n", "escapes"),
        ('{"a": NaN}', "NaN", "NaN read as text"),
    ],
)  # fmt: skip
def test_common_breakage_is_mended(text: str, value: object, repair: str) -> None:
    read = read_json(text)
    assert read.values == ({"a": value},)
    assert repair in f"{read.complaint} {read.repairs}"


def test_values_may_follow_each_other() -> None:
    read = read_json('{"a": 1},\n{"b": 2}')
    assert read.values == ({"a": 1}, {"b": 2})
    assert read.repairs == ("several values one behind the other",)


@pytest.mark.parametrize(
    "text", ["", "{", '{"a": "un"quoted"}', '{"a": 1,, "b": 2}', "{'a': 1}", '{"a" 1}', "[" * 10**5]
)
def test_nothing_is_guessed(text: str) -> None:
    read = read_json(text)
    assert read.values == ()
    assert read.complaint


@pytest.mark.parametrize(
    "text",
    ['"\\' * 10**5, '\\"' * 10**5, "/*" * 10**5, "," * 10**5 + "]", '{"a":1}' + "-->" * 10**5 + "x", '{"a":' * 10**4,
     '{"a":1},' * 10**4 + "x", " " * 10**5 + "x", '{"a":' + "9" * 10**4 + "}"],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_hostile_text_is_read_fast(text: str) -> None:
    begun = time.process_time()
    read_json(text)
    assert time.process_time() - begun < 2
