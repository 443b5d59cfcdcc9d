import pytest

from factcheck.text.language import detect_language, main_script

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
    ["", "1,234.5", "Ana Silva, Lisbon.", "Two men die in Rome.", "Regeringen meddelte, at skatten er sat op."],
)
def test_what_cannot_be_told_is_not_guessed(text: str) -> None:
    assert detect_language(text) is None


def test_foreign_quotation_changes_nothing() -> None:
    assert detect_language(f"{SENTENCES['en'] * 3} “{SENTENCES['de']}” {SENTENCES['ru']}") == "en"


def test_letters_alone_decide_the_script() -> None:
    assert (main_script("Привет, OK? 123"), main_script("123 …")) == ("CYRILLIC", "")
