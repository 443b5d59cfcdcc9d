from time import process_time

import pytest

from factcheck.text.boundaries import sentence_begins

SECONDS = 5


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
        "“Get out!” Marsh yelled at the crowd.",
        "“Was it you?” Ada Marsh asked as he left.",
        "The “Yahoo!” company",
        "The “U.S.” Army",
        "“Dr. Ada” is Mr. Bob",
    ],
)
def test_who_said_it_stays_with_quotation(text: str) -> None:
    assert parts(text) == [text]


def test_name_alone_begins_next_sentence() -> None:
    assert parts('"Is it?" Smith asked for it.') == ['"Is it?"', "Smith asked for it."]
    assert parts("“It is over!” Marsh sold to us.") == ["“It is over!”", "Marsh sold to us."]


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He quit in May. Voters shrugged.", ["He quit in May.", "Voters shrugged."]),
        ("He said no. Officials declined.", ["He said no.", "Officials declined."]),
        ("It is called art. Museums bought it.", ["It is called art.", "Museums bought it."]),
        ("All is OK. Markets rose.", ["All is OK.", "Markets rose."]),
        ("They met the fed. Banks fell.", ["They met the fed.", "Banks fell."]),
        ("It closed at 6 p.m. Police left.", ["It closed at 6 p.m.", "Police left."]),
        ("It closed… The mayor left.", ["It closed…", "The mayor left."]),
        ("It fell [...] Ozone rose.", ["It fell [...] Ozone rose."]),
        ("It fell.¹ The mayor left.", ["It fell.¹", "The mayor left."]),
        ("It fell.[citation needed] Roe left.", ["It fell.[citation needed]", "Roe left."]),
        ("It is on Main St. The house is old.", ["It is on Main St.", "The house is old."]),
        ("It rose 4%.The board met.", ["It rose 4%.", "The board met."]),
        ("The dam held.The mayor left.", ["The dam held.", "The mayor left."]),
        ("She lay at Pier B. Cranes stood idle.", ["She lay at Pier B.", "Cranes stood idle."]),
        ("He lacks vitamin D. I doubt it.", ["He lacks vitamin D.", "I doubt it."]),
        ("It was kept for 48 h. Results came.", ["It was kept for 48 h.", "Results came."]),
        ("It began at 7 West Elm St. Crews came.", ["It began at 7 West Elm St.", "Crews came."]),
        ("Was he in? No. Police said so.", ["Was he in?", "No.", "Police said so."]),
    ],
)
def test_word_may_look_like_abbreviation(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It began at 3 a.m. Monday in Ohio.",
        "It left at 7 p.m. ET on Friday.",
        "It is due at 12:01 a.m. Jan. 1.",
        "It opens at 9 a.m. Eastern time.",
        "Approx. 40 people came.",
        "It fell 1.2 pct. on Monday.",
        "Sault Ste. Marie, Ft. Lauderdale and Mt. Vernon are towns.",
        "He met with M.D. Anderson staff.",
        "Moran et al. [2004] measured it.",
        "Deaths rose, says A. Roe, ed. (2009), here.",
        "It has two parts: a) the first. b) the second.",
        "We heard no … nothing at all.",
        "Node.js runs at Booking.com today.",
        "Group captain P. Townsend and J. Smith made the plan.",
        "It came with group A. S. Byatt’s name.",
        "They met at 5 J. Smith Road and cited 12 v. Roe.",
        "In 1980 Mount St. Helens erupted, said Jill St. John.",
        "He lives at 9 Main St. NW in town.",
        "No. 5 is on line No. Nine.",
        "The quiz show Wipeout! drew 5 million viewers.",
        "Wham! split up in 1986.",
        "Who Wants to Be a Millionaire? returned in May.",
        "Amb. Ruiz, Asst. Secy. Marsh, Assoc. Justice Roe and ex-Gov. Cole ate.",
        "It is in Apt. 7 of Bldg. 2 and in acct. 77 of the bank.",
        "The Bureau of Alc. & Tob. closed.",
    ],
)
def test_sentence_goes_on(text: str) -> None:
    assert parts(text) == [text]


def test_text_without_capitals_is_split() -> None:
    assert parts("nobody knows. nobody asked.") == ["nobody knows.", "nobody asked."]
    assert parts("What now? nobody knows.") == ["What now?", "nobody knows."]


def test_small_name_begins_a_sentence() -> None:
    expected = ["It held.", "www.example.org says so.", "iPhone sales fell.", "https://a.org/b is new."]
    assert parts(" ".join(expected)) == expected
    assert parts("The court sat. (https://a.org/c)") == ["The court sat.", "(https://a.org/c)"]


def test_brackets_are_not_parted() -> None:
    text = "It cost (so said Ada. Few believe me. They left.) five euros"
    assert parts(text) == [text]


def test_author_stays_with_quotation() -> None:
    assert parts('"It was long." - Ada Smith') == ['"It was long." - Ada Smith']
    assert parts('"It was long." Ada Smith went.') == ['"It was long."', "Ada Smith went."]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Sein 50. Geburtstag und der 2. Weltkrieg, im 18. und 19. Jahrhundert."),
        ("de", "1. FC Köln gewann."),
        ("de", "Dipl.-Ing. Weber wurde 1. Vorsitzender."),
        ("de", "Bis 31. Dezember sollen 5 Mio. Euro an die Fa. Weber gehen."),
        ("de", "König Ludwig XIV. Bourbon sah es um 44 v. Chr. nicht."),
        ("cs", "19. století a 3. 5. 2020 i Karel IV. Lucemburský."),
        ("hu", "2020. május 3-án, a 20. században, kb. 40 ember."),
        ("nb", "Den 3. mai 2020, ca. 5 mill. kr. i året."),
        ("da", "Den 3. maj gav han 5 mio. DKK til bl.a. Aarhus."),
        ("sv", "Det kostade ca. 5 milj. kr. i fjol, t.ex. Volvo."),
        ("fi", "Kello 3. toukokuuta, n. 5 milj. euroa."),
        ("fr", "L'art. 49 al. 3, M. Dupont, J.-C. Dupont, Me. Leroy et M. Le Maire."),
        ("es", "El art. 14, la Av. Libertador, el Gral. Paz y los DD. HH. de aquí."),
        ("it", "L'art. 5 della legge n. 194, il dott. Rossi e 3 mln. di euro."),
        ("pt", "O dep. Silva, a Profa. Lima e a Av. Paulista, n.º 25."),
        ("fr", "Né le 5 janv. 1950, il chante."),
        ("it", "È del sec. XV e vale molto."),
        ("fr", "Le film Pouic! a coûté cher."),
        ("ru", "Журнал «Огонёк»! вышел."),
        ("es", "Lo ordena el dec. N° 12 del año, y el of. Nº 5."),
        ("de", "Die Fam. Weber zog um."),
        ("id", "CV. Sinar untung dan PT. Abadi rugi."),
        ("vi", "GS.TS. Trần Văn Bình đến."),
        ("hu", "XII. Pál pápa lett."),
        ("tr", "VIII. Henry 1547'de öldü."),
        ("hi", "कुछ फल, उदा. आम, महंगे हुए।"),
        ("ar", "أعلنت ق.م.ع. قرارها أمس."),
        ("pt", "O plano de S. A. Souza e de M. A. Lima."),
        ("de", "Das Werk kostet 20 Min. Fahrt und 3 Std. Arbeit, sagt E. Weber."),
        ("cs", "Po 15 min. Petr vstal."),
        ("nl", "Dhr. Jansen kreeg 5 mln. euro van mevr. De Vries."),
        ("pl", "W 2020 r. Polska dała ok. 5 tys. zł na ul. Długą, prof. Nowak."),
        ("ro", "Dl. Popescu, str. Lungă nr. 5, art. 33."),
        ("tr", "Dr. Yılmaz, Av. Kaya ve 2. Dünya Savaşı."),
        ("vi", "GS. Nguyễn ở TP. Huế."),
        ("ru", "Театр им. Чехова, ст. м. «Речная», г. Москва, 5 млрд. рублей, т. е. много."),
        ("uk", "На вул. Хрещатик, поч. 1945 року, проф. Коваль."),
        ("el", "Ο κ. Παπάς και ο δρ. Γεωργίου."),
        ("hi", "डॉ. शर्मा और प्रो. वर्मा ने रु. 5 लाख दिए।"),
        ("ta", "செலவு ரூ. 5 கோடி."),
        ("bn", "ডা. রহমান ও মো. করিম এলেন।"),
        ("te", "డా. రావు రూ. 500 ఇచ్చారు."),
        ("ar", "قال د. أحمد ذلك."),
        ("he", "הגיע פרופ. כהן."),
        ("th", "ดร. สมชาย มา"),
        ("ja", "３．２９％以上だ。"),
        ("ja", "彼はDr. Smithと会った。"),
    ],
)
def test_abbreviations_of_other_languages(language: str, text: str) -> None:
    assert parts(text, language) == [text]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", ["Das war 1990.", "Berlin war geteilt."]),
        ("de", ["XVI.", "Die Lage ist ernst."]),
        ("es", ["Comió pan y fruta.", "Nº 5 es un perfume."]),
        ("de", ["Köln steht auf Platz 3.", "Bayern ist Erster."]),
        ("de", ["Es regnet im Mai.", "Regen fällt."]),
        ("de", ["So will es die EU.", "Polen nicht."]),
        ("cs", ["Je mu 30.", "Petr je starší."]),
        ("sv", ["Den föll i maj.", "Lagen kom."]),
        ("es", ["Votó en contra.", "El senado calló."]),
        ("es", ["Compró pan, etc.", "El resto no."]),
        ("es", ["Corrió 50 m.", "Nadie miró."]),
        ("fr", ["Le pont est fermé.", "Il coûte cher."]),
        ("fr", ["Il prend la vitamine C.", "Elle aide."]),
        ("it", ["Sta nella NATO.", "Roma tace."]),
        ("it", ["Gioca in serie B.", "Rossi segna."]),
        ("de", ["Sie impft gegen Hepatitis A.", "Die Kasse zahlt."]),
        ("de", ["Das Team ist in Gruppe F.", "Weber fehlt."]),
        ("es", ["Está en el grupo D.", "Nadie lo esperaba."]),
        ("sv", ["Laget är i grupp C.", "Det gick bra."]),
        ("pt", ["É do Banco Sul S.A.", "A prefeitura pagou."]),
        ("cs", ["Vlak odjel v 8 hod.", "Policie přijela."]),
        ("cs", ["Cesta trvala 45 min.", "Nikdo nemluvil."]),
        ("pl", ["Zapłacił 3 mln zł.", "Minister milczał."]),
        ("da", ["Det kostede 5 mio. kr.", "Ministeren tav."]),
        ("ru", ["Он заплатил 3 тыс. руб.", "Министр ушел."]),
        ("uk", ["Квиток коштує 50 грн.", "Мер мовчав."]),
        ("ru", ["Он родился в 1990 г.", "Он врач."]),
        ("hi", ["पुल बना था.", "लागत 5 करोड़ थी."]),
        ("ka", ["ქ. თბილისი დიდია.", "ის ლამაზია."]),
        ("km", ["ស្ពានបិទ។", "គាត់ទៅ។"]),
    ],
)
def test_ends_of_other_languages(language: str, expected: list[str]) -> None:
    assert parts(" ".join(expected), language) == expected


@pytest.mark.parametrize("language", ["fr", "de"])
def test_missing_blank_ends_a_sentence(language: str) -> None:
    assert parts("Karl kam nach Hause.Es war kalt.", language)[0] == "Karl kam nach Hause."


@pytest.mark.parametrize("piece", [". ", "A. ", "…)", "ABC. Def ", "abc.Def ", "1. ", "डॉ. ", '"A." - ', "(", "“A.” B"])
def test_hostile_full_stops_are_read_once(piece: str) -> None:
    began = process_time()
    list(sentence_begins(piece * (20_000 // len(piece)), "de"))

    assert process_time() - began < SECONDS
