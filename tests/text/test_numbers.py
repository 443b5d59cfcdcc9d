import json
from decimal import Decimal
from pathlib import Path

import pytest

from factcheck.text import number_words
from factcheck.text.folding import fold
from factcheck.text.inference import WordSources
from factcheck.text.numbers import find_numbers


def unsupported(article: str, claim: str) -> tuple[str, ...]:
    return WordSources(article, ()).unsupported_numbers(claim)


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "1,000",
            "1000",
            "1.000",
            "1 000",
            "1\u202f000",
            "1’000",
            "one thousand",
            "a thousand",
            "1千",
            "１０００",
            "1k",
        ),
        ("1,234,567.5", "1.234.567,5", "1 234 567.5", "12,34,567.5"),
        ("12 dogs", "twelve dogs", "a dozen dogs", "zwölf Hunde", "十二", "١٢", "१२", "12th"),
        ("35", "thirty-five", "thirty five", "fünfunddreißig", "三十五"),
        ("3,000,000", "3 million", "three million", "3m", "3 Millionen", "3 Mio. Euro", "300万", "三百万"),
        ("3.5 million", "3,500,000", "3,5 Millionen", "3½ million", "350万"),
        ("1.2 billion", "1,200,000,000", "1,2 Milliarden", "12亿"),
        ("105", "one hundred and five", "a hundred five", "一百零五"),
        ("300", "three hundred", "dreihundert", "三百"),
        ("1.234 million", "1,234,000"),
        ("500,000", "half a million", "50万"),
        ("20%", "20 percent", "twenty per cent", "百分之二十"),
        ("2.50", "2.5", "2,5", "2½", "٢٫٥"),
        ("2026年", "二〇二六年"),
    ],
)
def test_spellings_of_number_are_alike(spellings: tuple[str, ...]) -> None:
    for article in spellings:
        assert [unsupported(article, claim) for claim in spellings] == [()] * len(spellings), article


@pytest.mark.parametrize(
    ("article", "claim", "flagged"),
    [
        ("It cost 3 million.", "It cost 3 billion.", "3 billion"),
        ("It cost 3 million.", "It cost 3 dollars.", "3"),
        ("It cost 3 dollars.", "It cost 3 million.", "3 million"),
        ("It cost 3 dollars.", "It cost three million.", "three million"),
        ("It cost 1,000.", "It cost 1.", "1"),
        ("It cost 1.5.", "It cost 15.", "15"),
        ("It rose by 1.234 million.", "It rose by 1,234.", "1,234"),
        ("It held for eleven days.", "It held for twelve days.", "twelve"),
        ("It held for twenty days.", "It held for twenty-five days.", "twenty five"),
        ("It held for 5 or 6 days.", "It held for 56 days.", "56"),
        ("两人死亡。", "三十人死亡。", "三十"),
        ("3万人", "3人", "3"),
        ("Es kostet 20 Euro.", "Es kostet 25 Euro.", "25"),
        ("Es kostet zwanzig Euro.", "Es kostet einundzwanzig Euro.", "einundzwanzig"),
        ("On 3 May 2020", "On 3.5.2020", "3.5.2020"),
    ],
)
def test_other_number_is_flagged(article: str, claim: str, flagged: str) -> None:
    assert unsupported(article, claim) == (flagged,)


def test_point_may_lead_a_number() -> None:
    article = "The rate rose by .5 percent."

    assert unsupported(article, "The rate rose by 0.5 percent.") == ()
    assert unsupported(article, "The rate rose by 5 percent.") == ("5",)


def test_language_that_an_article_names_decides_its_words() -> None:
    told = WordSources("Il y avait quatre-vingt-dix-sept morts.", (), "fr")

    assert told.unsupported_numbers("97 morts") == ()


def test_scale_holds_for_whole_range() -> None:
    assert unsupported("It cost 3 to 4 million.", "It cost 3 million, or 4 million.") == ()


def test_neighbouring_numbers_may_be_two() -> None:
    assert unsupported("In May 3 the 400 came.", "In May 3 400 came.") == ()


def test_letter_may_stand_for_metres() -> None:
    assert unsupported("It is 30m tall.", "It is 30 metres tall.") == ()


@pytest.mark.parametrize("claim", ["one of them fell", "一个人来了", "万一下雨", "hundreds came", "millions of them"])
def test_mere_words_are_not_flagged(claim: str) -> None:
    assert unsupported("", claim) == ()


def test_one_in_article_supports_figure() -> None:
    assert unsupported("Only one fell.", "Only 1 fell.") == ()


def test_numbers_in_row_are_told_apart() -> None:
    found = [
        number.readings for number in find_numbers("five and six, nineteen eighty-four, one, two, twenty and five")
    ]
    assert found == [{Decimal(value)} for value in (5, 6, 19, 84, 1, 2, 20, 5)]


def test_endless_figures_are_one_number() -> None:
    assert unsupported("9" * 50_000, "9" * 50_000) == ()
    assert len(unsupported("9" * 50_000, "9" * 49_999)) == 1


@pytest.mark.parametrize("text", ["一" * 10_000, "一" + "万" * 10_000, "one " + "million " * 200_000])
def test_endless_number_words_are_survived(text: str) -> None:
    assert all(len(number.written) < 200 for number in find_numbers(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It cost 5 crore rupees.", "It cost 50 million rupees."),
        ("It cost 5 lakh crore rupees.", "It cost 5 trillion rupees."),
        ("It cost ₹2 crore 30 lakh.", "It cost 23,000,000 rupees."),
        ("सड़क पर पाँच करोड़ रुपये", "सड़क पर 50,000,000 रुपये"),
        ("도로에 3조 5천억 원", "도로에 3.5조 원"),
        ("損失は３億５千万円", "損失は350,000,000円"),
        ("Quatre-vingt-dix-sept mille personnes ont fui.", "97 000 personnes ont fui."),
        ("La route a coûté un million et demi d'euros.", "La route a coûté 1,5 million d'euros."),
        ("Huyeron veintitrés mil personas.", "Huyeron 23.000 personas."),
        ("La carretera costó 3 mil millones de euros.", "La carretera costó 3.000 millones de euros."),
        ("Duzentas mil pessoas fugiram.", "200.000 pessoas fugiram."),
        ("La strada è costata tremila euro.", "La strada è costata 3.000 euro."),
        ("Полтора миллиона человек бежали.", "1,5 млн человек бежали."),
        ("Drieduizend mensen vluchtten.", "3.000 mensen vluchtten."),
        ("Dwa miliony osób uciekło.", "2 mln osób uciekło."),
        ("Üç milyon insan kaçtı.", "3.000.000 insan kaçtı."),
        ("Zweieinhalb Millionen Euro", "2.500.000 Euro"),
        ("A quarter of a million people", "250,000 people"),
        ("Three and a half million people", "3.5 million people"),
        ("Three quarters of it", "75 percent of it"),
        ("Two thirds of it", "2/3 of it"),
        ("It grew by 7 1/2 points.", "It grew by 7.5 points."),
        ("It is 2⅓ miles long.", "It is 2 1/3 miles long."),
        ("In nineteen forty-five", "In 1945"),
        ("In twenty-oh-eight", "In 2008"),
        ("In the seventies", "In the 1970s"),
        ("In the '80s", "In the 1980s"),
        ("Its fifth flood", "Its 5th flood"),
        ("Henry VIII", "Henry the 8th"),
        ("At 9.45 am", "At 9:45 am"),
        ("It weighs 2.5 × 10^6 kg.", "It weighs 2.5 million kg."),
        ("It has 10⁶ cells.", "It has 1,000,000 cells."),
        ("A field of 5 km²", "A field of 5 square kilometres"),
        ("It lost $4B.", "It lost 4 billion dollars."),
        ("It lost $40mm.", "It lost $40 million."),
        ("It cost 1,500 million.", "It cost 1.5 billion."),
    ],
)
def test_other_way_of_telling_is_alike(one: str, other: str) -> None:
    assert (unsupported(one, other), unsupported(other, one)) == ((), ())


@pytest.mark.parametrize(
    ("article", "claim"),
    [
        ("La strada è costata 3 miliardi.", "La strada è costata 3 milioni."),
        ("Tre miliardi di euro", "Tre milioni di euro"),
        ("A estrada custou 3 bilhões.", "A estrada custou 3 milhões."),
        ("De weg kostte 3 miljard.", "De weg kostte 3 miljoen."),
        ("Дорога стоила три миллиарда.", "Дорога стоила три миллиона."),
        ("3 milliárd forint", "3 millió forint"),
        ("3 δισεκατομμύρια ευρώ", "3 εκατομμύρια ευρώ"),
        ("3 พันล้านบาท", "3 ล้านบาท"),
        ("3 tỷ đồng", "3 triệu đồng"),
        ("도로에 5억 원", "도로에 5만 원"),
        ("It cost 5 crore.", "It cost 5 lakh."),
        ("It cost 5 crore.", "It cost 5 rupees."),
        ("It cost $3B.", "It cost $3."),
        ("Its fifth flood", "Its sixth flood"),
        ("Henry VII", "Henry VIII"),
        ("It has 10⁶ cells.", "It has 106 cells."),
        ("It grew by 1.234 percent.", "It grew by 1,234 percent."),
        ("La carretera costó 3.500 millones.", "La carretera costó 3,5 millones."),
    ],
)
def test_other_scale_is_flagged(article: str, claim: str) -> None:
    assert len(unsupported(article, claim)) == 1


@pytest.mark.parametrize(
    ("language", "article", "claim"),
    [
        ("kn", "ಸೇತುವೆಗೆ 3 ಕೋಟಿ ರೂಪಾಯಿ", "ಸೇತುವೆಗೆ 3 ಲಕ್ಷ ರೂಪಾಯಿ"),
        ("ta", "சாலைக்கு 8 கோடி", "சாலைக்கு 8 லட்சம்"),
        ("cs", "Pomohla 6 milionům lidí.", "Pomohla 6 miliardám lidí."),
        ("ru", "Он помог 4 миллионам людей.", "Он помог 4 миллиардам людей."),
        ("lt", "Kaina siekė 7 milijonais.", "Kaina siekė 7 milijardais."),
        ("pt", "Foi a sexta vitória.", "Foi a sétima vitória."),
        ("zh", "他七八岁。", "他78岁。"),
        ("ko", "이백 명이 다쳤다.", "삼백 명이 다쳤다."),
        ("fr", "Une église du XVIIe siècle", "Une église du XVIIIe siècle"),
        ("es", "La iglesia es del siglo XVI.", "La iglesia es del siglo XVII."),
        ("ru", "Церковь построена в XV веке.", "Церковь построена в XVI веке."),
        ("de", "König Karl V. starb.", "König Karl I. starb."),
        ("en", "World War II ended.", "World War I ended."),
        ("en", "Inflation hit three point one percent.", "Inflation hit 3.2 percent."),
        ("en", "It cost two point seven billion.", "It cost 2.7 million."),
        ("en", "At one point two men left.", "At one point three men left."),
        ("de", "Dutzende Leute kamen.", "12 Leute"),
        ("en", "It cost 2 million.", "It cost a million."),
        ("en", "It has eleven members.", "It has a dozen members."),
        ("ru", "Миллиарды рублей", "1 млрд рублей"),
        ("tr", "Bir buçuk milyar lira", "2,5 milyar lira"),
        ("hi", "ढाई करोड़", "3.5 करोड़"),
        ("bn", "সাত লাখ", "8 লাখ"),
        ("ko", "일곱 명이 왔다.", "여덟 명이 왔다."),
    ],
)
def test_other_number_is_flagged_in_its_language(language: str, article: str, claim: str) -> None:
    assert len(WordSources(article, (), language).unsupported_numbers(claim)) == 1


@pytest.mark.parametrize(
    ("language", "article", "claim"),
    [
        ("te", "4 కోట్ల మంది", "40 మిలియన్ మంది"),
        ("ru", "Он помог 4 миллионам людей.", "4 млн человек"),
        ("ru", "9 миллионеров уехали.", "9 миллионеров"),
        ("pt", "Foi na sexta-feira.", "Foi a quinta-feira."),
        ("zh", "三四百人死亡。", "300至400人死亡。"),
        ("zh", "共计壹万贰仟元。", "共计12000元。"),
        ("zh", "售价5万3元。", "售价53000元。"),
        ("zh", "会议三点半开始。", "会议3:30开始。"),
        ("ja", "約5割が賛成した。", "約50%が賛成した。"),
        ("ko", "칠천 명이 모였다.", "7000명이 모였다."),
        ("ko", "그는 다쳤다.", "만일 조사에서"),
        ("fr", "Une église du XVIIe siècle", "Une église du 17e siècle"),
        ("fr", "François Ier est mort.", "François 1er est mort."),
        ("fr", "Le ville", "La ville"),
        ("en", "The Second World War ended.", "World War II ended."),
        ("en", "Inflation hit three point one percent.", "Inflation hit 3.1 percent."),
        ("en", "It cost two point seven five billion.", "It cost 2.75 billion."),
        ("en", "At one point two men left.", "At one point 2 men left."),
        ("en", "It is one and one-half miles long.", "It is 1.5 miles long."),
        ("de", "Es stieg um null Komma sieben Prozent.", "0,7 Prozent"),
        ("fr", "Il a gagné trois virgule vingt-cinq millions.", "3,25 millions"),
        ("es", "Subió un tres coma cuatro por ciento.", "3,4 por ciento"),
        ("it", "È salito del tre virgola otto per cento.", "3,8 per cento"),
        ("pl", "Wzrosło o trzy przecinek pięć procent.", "3,5 procent"),
        ("de", "Drei Dutzend Leute kamen.", "36 Leute"),
        ("fr", "Il a acheté deux douzaines d'œufs.", "24 œufs"),
        ("es", "Tres docenas de huevos", "36 huevos"),
        ("ru", "Две дюжины яиц", "24 яйца"),
        ("nl", "Een dozijn eieren", "12 eieren"),
        ("hu", "Hatszáz ember jött, kétmillió nem.", "600 ember, 2 millió"),
        ("tr", "Dört buçuk milyar lira", "4,5 milyar lira"),
        ("cs", "Půl miliardy lidí", "500 milionů lidí"),
        ("uk", "Пів мільярда людей", "500 млн людей"),
        ("ru", "Миллиард рублей", "1 млрд рублей"),
        ("ru", "Пять с половиной миллиардов", "5,5 млрд"),
        ("nl", "Drie en een half miljard", "3,5 miljard"),
        ("sv", "Tre och en halv miljard", "3,5 miljarder"),
        ("hi", "साढ़े सात करोड़", "7.5 करोड़"),
        ("hi", "सवा करोड़", "1.25 करोड़"),
        ("bn", "সাত লাখ", "7 লাখ"),
        ("fr", "Septante-deux personnes", "72 personnes"),
        ("ko", "열두 명이 왔다.", "12명이 왔다."),
        ("ko", "그는 왔다.", "네, 두 사람이 왔다."),
        ("en", "World War II ended.", "Then I saw Malcolm X."),
    ],
)
def test_same_number_is_not_flagged_in_its_language(language: str, article: str, claim: str) -> None:
    assert WordSources(article, (), language).unsupported_numbers(claim) == ()


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "The polls close at 8 p.m.", "The polls close at 20:00."),
        ("en", "The polls close at 8:30 pm.", "The polls close at 20:30"),
        ("en", "It began at half past seven.", "It began at 7:30."),
        ("en", "It began at a quarter to one.", "It began at 12:45."),
        ("de", "Es begann um halb acht.", "Es begann um 7.30 Uhr."),
        ("de", "Es begann um Viertel vor fünf.", "Es begann um 4:45 Uhr."),
        ("es", "Cierran a las 8 p. m.", "Cierran a las 20:00."),
    ],
)
def test_time_of_day_may_be_told_otherwise(language: str, one: str, other: str) -> None:
    assert WordSources(one, (), language).unsupported_numbers(other) == ()
    assert WordSources(other, (), language).unsupported_numbers(one) == ()


@pytest.mark.parametrize(
    ("article", "claim"),
    [
        ("The polls close at 8 p.m.", "The polls close at 21:00."),
        ("The polls close at 8 p.m.", "It has 20 polls."),
        ("It began at half past seven.", "It began at 8:30."),
        ("It began at 12:45.", "It began at a quarter to two."),
    ],
)
def test_other_time_of_day_is_flagged(article: str, claim: str) -> None:
    assert WordSources(article, (), "en").unsupported_numbers(claim)


@pytest.mark.parametrize(
    "claim",
    ["Nobody came.", "Both came twice.", "A couple of them came.", "Half of them came.", "Malcolm X", "size XL"],
)
def test_words_that_merely_count_are_not_flagged(claim: str) -> None:
    assert unsupported("", claim) == ()


def test_season_ends_in_its_second_year() -> None:
    assert unsupported("In 2011/12", "In 2011 and 2012") == ()


@pytest.mark.parametrize(
    ("language", "article", "claim", "other"),
    [
        ("af", "Veertig huise het verbrand.", "40 huise het verbrand.", "50 huise het verbrand."),
        ("bg", "Четиридесет и две къщи изгоряха.", "42 къщи изгоряха.", "43 къщи изгоряха."),
        ("bg", "Дванадесет къщи изгоряха.", "12 къщи изгоряха.", "13 къщи изгоряха."),
        ("el", "Τετρακόσιες είκοσι γυναίκες έφυγαν.", "420 γυναίκες έφυγαν.", "430 γυναίκες έφυγαν."),
        ("el", "Επτά εκατομμύρια ευρώ.", "7 εκατομμύρια ευρώ.", "8 εκατομμύρια ευρώ."),
        ("et", "Nelikümmend maja põles.", "40 maja põles.", "50 maja põles."),
        ("gu", "સાત કરોડ રૂપિયા.", "7 કરોડ રૂપિયા.", "8 કરોડ રૂપિયા."),
        ("he", "שבעה מיליון שקל.", "7 מיליון שקל.", "8 מיליון שקל."),
        ("hr", "Četiristo kuća je izgorjelo.", "400 kuća je izgorjelo.", "500 kuća je izgorjelo."),
        ("hy", "Յոթ հազար տուն։", "7000 տուն։", "8000 տուն։"),
        ("ka", "შვიდი მილიონი ლარი.", "7 მილიონი ლარი.", "8 მილიონი ლარი."),
        ("mk", "Седум милиони денари.", "7 милиони денари.", "8 милиони денари."),
        ("ms", "Tujuh ratus rumah terbakar.", "700 rumah terbakar.", "800 rumah terbakar."),
        ("ne", "सात करोड रुपैयाँ।", "7 करोड रुपैयाँ।", "8 करोड रुपैयाँ।"),
        ("sq", "Dyzet shtëpi u dogjën.", "40 shtëpi u dogjën.", "50 shtëpi u dogjën."),
        ("ta", "ஏழு கோடி ரூபாய்.", "7 கோடி ரூபாய்.", "8 கோடி ரூபாய்."),
    ],
)
def test_numbers_in_words_of_rarer_languages_are_read(language: str, article: str, claim: str, other: str) -> None:
    told = WordSources(article, (), language)
    assert told.unsupported_numbers(claim) == ()
    assert told.unsupported_numbers(other)


@pytest.mark.parametrize(
    ("language", "article", "claim", "other"),
    [
        ("bg", "Двете къщи изгоряха.", "2 къщи изгоряха.", "3 къщи изгоряха."),
        ("cs", "Zásah se týkal dvou domů.", "Zásah se týkal 2 domů.", "Zásah se týkal 3 domů."),
        ("cs", "Po dvaceti pěti letech odešel.", "Po 25 letech odešel.", "Po 26 letech odešel."),
        ("el", "Ήταν παιδιά τριών οικογενειών.", "Ήταν παιδιά 3 οικογενειών.", "Ήταν παιδιά 4 οικογενειών."),
        ("hr", "Izgorjele su dvije kuće.", "Izgorjele su 2 kuće.", "Izgorjele su 3 kuće."),
        ("lt", "Sudegė keturios sodybos.", "Sudegė 4 sodybos.", "Sudegė 5 sodybos."),
        ("lv", "Nodega septiņas mājas.", "Nodega 7 mājas.", "Nodega 8 mājas."),
        ("pl", "Zginęło sześciu strażaków.", "Zginęło 6 strażaków.", "Zginęło 7 strażaków."),
        ("pl", "Przyszło dwustu ludzi.", "Przyszło 200 ludzi.", "Przyszło 300 ludzi."),
        ("sk", "Zomreli traja hasiči.", "Zomreli 3 hasiči.", "Zomreli 4 hasiči."),
        ("cs", "Škoda je jeden a půl miliardy.", "Škoda je 1,5 miliardy.", "Škoda je 2,5 miliardy."),
        ("sk", "Škoda je jeden a pol miliardy.", "Škoda je 1,5 miliardy.", "Škoda je 2,5 miliardy."),
        ("sv", "Skadan är en och en halv miljard.", "Skadan är 1,5 miljard.", "Skadan är 2,5 miljard."),
        ("uk", "Він прожив тут близько двадцяти років.", "Він прожив тут 20 років.", "Він прожив тут 30 років."),
    ],
)
def test_numbers_in_words_are_read_in_their_other_cases(language: str, article: str, claim: str, other: str) -> None:
    told = WordSources(article, (), language)
    assert told.unsupported_numbers(claim) == ()
    assert told.unsupported_numbers(other)


def test_verb_that_is_written_like_a_number_is_none() -> None:
    assert WordSources("Zpívá se tu.", (), "cs").unsupported_numbers("Sbor tu pěje.") == ()


def test_words_of_other_languages_need_a_scale() -> None:
    assert unsupported("He went to the dos and on.", "It is 2, or 10.") == ("2", "10")


def test_language_of_article_decides_its_words() -> None:
    text = "La directora de la escuela dijo que la obra de los alumnos duró once días y que no se repetirá."
    assert unsupported(text, "La obra duró 11 días.") == ()
    assert unsupported(text, "La obra duró doce días.") == ("doce",)


def test_table_of_number_words_is_folded() -> None:
    rows = json.loads(Path(number_words.__file__).with_suffix(".json").read_text(encoding="utf-8")).values()
    words = [word for row in rows for kind in ("scales", "declined", "words", "ordinals") for word in row.get(kind, ())]
    assert len(words) > 4000
    assert [word for word in words if fold(word) != word] == []


@pytest.mark.parametrize(
    "text",
    ["zweihundert" * 4_000, "a of " * 8_000, "1/2 " * 8_000, "1 to " * 8_000, "3 million " * 4_000, "1^1" * 8_000,
     "1万" * 8_000, "Louis XIV " * 4_000, "a" + "\u0301" * 40_000, "seven and " * 8_000, "5ล้าน" * 8_000,
     "壹万" * 8_000, "삼백" * 8_000, "siglo XX " * 8_000, "七八十" * 8_000, "one point " * 8_000,
     "point two " * 8_000, "साढ़े " * 8_000],
)  # fmt: skip
def test_endless_rows_of_numbers_are_survived(text: str) -> None:
    assert all(len(number.written) < 200 for number in find_numbers(text))
