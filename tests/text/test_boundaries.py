import pytest

from factcheck.text.boundaries import sentence_begins


def parts(text: str, language: str = "en") -> list[str]:
    begins = list(sentence_begins(text, language))
    return [text[start:end].strip() for start, end in zip(begins, [*begins[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It held. I go,” she said. “Do you?”", ["“It held.", "I go,” she said.", "“Do you?”"]),
        ('"It held. I go," she said. "Do you?"', ['"It held.', 'I go," she said.', '"Do you?"']),
        ("'It held. I go,' she said. 'Do you?'", ["'It held.", "I go,' she said.", "'Do you?'"]),
        ('She said: "It held." Then it fell.', ['She said: "It held."', "Then it fell."]),
        ('He wrote "it held.". Then', ['He wrote "it held.".', "Then"]),
        ('"It held.', ['"It held.']),
        ('It held." It fell.', ['It held."', "It fell."]),
        ("It held. (It fell.) It rose.", ["It held.", "(It fell.)", "It rose."]),
    ],
)
def test_quotation_is_divided(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '"Hello." she said.',
        '"Is it?" he asked.',
        "“Is it?” he asked.",
        '"Is it?" – he asked.',
        '"Is it?", he asked.',
        '"Is it?" Smith asked.',
        '"Is it?" Ms. Ada Smith asked, twice.',
        "The “Yahoo!” company",
        "The “U.S.” Army",
        "“Dr. Ada” is Mr. Bob",
    ],
)
def test_who_said_it_stays_with_quotation(text: str) -> None:
    assert parts(text) == [text]


def test_name_alone_begins_next_sentence() -> None:
    assert parts('"Is it?" Smith asked for it.') == ['"Is it?"', "Smith asked for it."]


@pytest.mark.parametrize(
    "text",
    [
        "He saw Ms. Smith.",
        "He saw Sen. Bob and Gov. Ada in Washington, D.C. on Jan. 3.",
        "The U.S. Army has No. 5 of J. F. Kennedy’s.",
    ],
)
def test_abbreviation_ends_no_sentence(text: str) -> None:
    assert parts(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("„Ist das so? Ja“, sagte sie. „Nein.“ Er ging.", ["„Ist das so?", "Ja“, sagte sie.", "„Nein.“", "Er ging."]),
        ("»Ja. Nein«, sagte sie. Er ging.", ["»Ja.", "Nein«, sagte sie.", "Er ging."]),
        ("Sie sah z. B. am 3. Mai die Nr. 5. Er ging.", ["Sie sah z. B. am 3. Mai die Nr. 5.", "Er ging."]),
        ("Im 19. Jahrhundert war es so. Zum 50. Mal.", ["Im 19. Jahrhundert war es so.", "Zum 50. Mal."]),
        ("Sie ist 30. Er ist 35. Seit Okt. Regen.", ["Sie ist 30.", "Er ist 35.", "Seit Okt. Regen."]),
    ],
)
def test_german_sentences(text: str, expected: list[str]) -> None:
    assert parts(text, "de") == expected


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天下雨。明天晴！真的吗？是的", ["今天下雨。", "明天晴！", "真的吗？", "是的"]),
        ("他说：“成了。走吧。”真的吗？", ["他说：“成了。", "走吧。”", "真的吗？"]),
        ("“我走了。”他说。“你呢？”", ["“我走了。”他说。", "“你呢？”"]),
        ("“我走了。”他说，“再见。”", ["“我走了。”", "他说，“再见。”"]),
        ("「終わった。次は？」と彼は述べた。はい。", ["「終わった。", "次は？」と彼は述べた。", "はい。"]),
    ],
)
def test_text_without_blanks_is_split(text: str, expected: list[str], language: str) -> None:
    assert parts(text, language) == expected


def test_letters_between_full_stops_are_one() -> None:
    assert parts("Le texte « LL.AA.II.RR. » tient.", "fr") == ["Le texte « LL.AA.II.RR. » tient."]


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ["« Bonjour.", "Je vais. »", "Il part.", "« Ah ! » dit-il."]),
        ("ru", ["«Иду.", "Пока», — сказал он.", "«Да!» — крикнул он."]),
        ("ar", ["قال الوزير: «انتهى الأمر.", "سنغادر».", "هل هذا صحيح؟", "نعم."]),
        ("hi", ["मंत्री ने कहा, “काम हुआ।", "हम जाते हैं।”", "क्या यह सच है?", "हाँ।"]),
    ],
)
def test_other_languages_are_split(language: str, expected: list[str], told: bool) -> None:  # noqa: FBT001 - a table's
    assert parts(" ".join(expected), language if told else "en") == expected
