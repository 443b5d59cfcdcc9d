import json

import pytest
from conftest import ROOT

from factcheck.text.language import detect_language, is_in_other_language, main_script
from factcheck.text.sentences import split_sentences

SENTENCES = {
    "en": "The government said on Monday that it would cut taxes. The plan was ready, and it is cheap.",
    "de": "Die Regierung hat angekündigt, dass sie die Steuern senken wird. Der Plan ist fertig.",
    "fr": "Le gouvernement a annoncé qu'il baisserait les impôts des familles. Le plan est prêt, selon la ministre.",
    "es": "El gobierno anunció el lunes que bajará los impuestos de las familias. El plan está listo.",
    "pt": "O governo anunciou na segunda-feira que vai baixar os impostos das famílias. O plano não está pronto.",
    "it": "Il governo ha annunciato lunedì che taglierà le tasse per le famiglie. Il piano è pronto, dice la ministra.",
    "nl": "De regering heeft maandag aangekondigd dat de belastingen omlaag gaan. Het plan is klaar.",
    "pl": "Rząd ogłosił, że obniży podatki dla rodzin. Plan jest gotowy i nie jest drogi, jak się okazało.",
    "ru": "Правительство объявило в понедельник, что снизит налоги для семей. План готов.",
    "uk": "Уряд оголосив у понеділок, що знизить податки для сімей. План готовий.",
    "el": "Η κυβέρνηση ανακοίνωσε τη Δευτέρα ότι θα μειώσει τους φόρους.",
    "zh": "政府周一宣布将为家庭减税。计划已经准备好。",
    "ja": "政府は月曜日、家族向けの減税を発表した。計画は準備ができている。",
    "ko": "정부는 월요일에 가족을 위한 세금을 인하하겠다고 발표했다.",
    "th": "รัฐบาลประกาศเมื่อวันจันทร์ว่าจะลดภาษีสำหรับครอบครัว",
    "ar": "أعلنت الحكومة يوم الاثنين أنها ستخفض الضرائب على الأسر.",
    "fa": "دولت گفت که مالیات را کم می‌کند و پول چاپ نمی‌کند.",
    "ur": "حکومت نے پیر کو اعلان کیا کہ وہ خاندانوں کے لیے ٹیکس کم کرے گی۔",
    "hi": "सरकार ने सोमवार को घोषणा की कि वह परिवारों के लिए कर कम करेगी।",
}


@pytest.mark.parametrize(("language", "text"), SENTENCES.items())
def test_language_of_a_text(language: str, text: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,234.5",
        "Ana Silva, Lisbon.",
        "Two men die in Rome.",
        "Regeringen meddelte, at skatten er sat op.",
        "Het plan is klaar.",
        "La macchina viaggiava a 100 km/h.",
        "Was sind die Konsequenzen der Abstimmung vom 12. Juni?",
        "Comienza a hacer ejercicios a las seis.",
    ],
)
def test_what_cannot_be_told_is_not_guessed(text: str) -> None:
    assert detect_language(text) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The plan for the town is ready."),
        ("en", "Ana Silva said her plan would cost a billion."),
        ("en", "He wrote “Más respeto que soy tu madre”, which was a success."),
        ("de", "Der Plan ist fertig."),
        ("fr", "Le plan est prêt, et la ministre le dit."),
        ("hu", "A terv kész, és a kormány az ülés végén dönt."),
    ],
)
def test_one_sentence_is_told(language: str, text: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("name", "language", "share"),
    [
        ("demo/trump_takaichi", "en", 0.98),
        ("articles/scientology_defector", "en", 1),
        ("articles/wikipedia_in_turkey", "en", 0.98),
        ("articles/nicaragua_de", "de", 0.98),
        ("articles/harbour_ja", "ja", 1),
    ],
)
def test_three_sentences_are_enough(name: str, language: str, share: float) -> None:
    text = (ROOT / "cassettes" / f"{name}.txt").read_text("utf-8")
    sentences = [one.span.cut(text) for one in split_sentences(text, language)]
    told = [detect_language(" ".join(sentences[at : at + 3])) for at in range(len(sentences) - 2)]

    assert told.count(language) >= share * len(told)
    assert "en" not in told or language == "en"


def test_claims_in_english_are_english() -> None:
    claims = [
        claim
        for path in sorted((ROOT / "tests" / "benchmarks" / "data").glob("*.jsonl"))
        if path.stem not in {"german", "spanish"}
        for line in path.read_text("utf-8").splitlines()
        for claim in json.loads(line).get("gold", ())
    ]

    assert len(claims) > 300
    assert [one for one in claims if is_in_other_language(one, "en", "LATIN")] == []


def test_foreign_quotation_changes_nothing() -> None:
    assert detect_language(f"{SENTENCES['en'] * 3} “{SENTENCES['de']}” {SENTENCES['ru']}") == "en"


def test_letters_alone_decide_the_script() -> None:
    assert (main_script("Привет, OK? 123"), main_script("123 …")) == ("CYRILLIC", "")
