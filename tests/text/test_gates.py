"""Names from nowhere, subjects left hanging, two facts in one, and one wording in two claims."""

import pytest

from factcheck.domain.claim import Flag
from factcheck.text.gates import Gates, dangling_subject, foretelling, joint_of_facts, same_wording
from factcheck.text.language import detect_language
from factcheck.text.names import ArticleNames

TEXT = (
    "Ana Silva flew to Brazil for the World Health Organization on a Sunday in May. "
    "The U.S. and the Bank of England paid for the trip, said Zoë d’Estaing of Heyward-Bey & Sons. "
    "“We build bridges,” the mayor of Prague told the BBC."
)
NAMES = ArticleNames(TEXT)
GERMAN = "Die Ministerin hat gestern in Berlin das neue Gesetz vorgestellt, das ab Mai gelten soll."


def flags(claim: str, text: str = TEXT, title: str | None = None, language: str | None = None) -> list[Flag]:
    return [doubt.flag for doubt in Gates(text, title, language).doubts(claim)]


@pytest.mark.parametrize(
    ("claim", "unknown"),
    [
        ("Ana Silva flew with Boeing.", ("Boeing",)),
        ("Boeing flew Ana Silva to Brazil.", ("Boeing",)),
        ("Ana Silva met John F. Kennedy in Lima.", ("John F. Kennedy", "Lima")),
        ("The trip was paid for by Boeing's owner, not by Boeing.", ("Boeing",)),
        ("Ana Silva works for NASA.", ("NASA",)),
        ("Ana Silva left the U.K. on a Sunday.", ("U.K.",)),
        ("The Bank of Portugal paid.", ("Portugal",)),
        ("Ann Silva flew to Brazil.", ("Ann",)),
        ("Carla Silva flew to Brazil.", ("Carla",)),
        ("Ana Silva spoke to President Macron.", ("Macron",)),
    ],
)
def test_name_from_nowhere_is_unknown(claim: str, unknown: tuple[str, ...]) -> None:
    assert NAMES.unknown_in(claim) == unknown


@pytest.mark.parametrize(
    "claim",
    [
        "Ana Silva's trip was paid for.",
        "The Brazilian trip was paid for.",
        "The Brazilians paid for the trip.",
        "Ana Silva flew for the WHO.",
        "The United States paid for the trip.",
        "President Ana Silva of the United States flew.",
        "The US paid for the trip.",
        "Zoe Heyward spoke.",
        "Zoë d'Estaing spoke, and so did Estaing.",
        "The Organization paid in December, on a Monday, to Mr. Silva.",
        "Builders and builds are bridges.",
        "Recently the mayor spoke. Then Ana Silva flew. Silently she stayed.",
        "Although Ana Silva flew, the mayor stayed.",
        "Ana B. Silva flew.",
        "Don't ask whether Ana Silva can. Don't.",
        "Thirty-five boats sailed to Brazil.",
        "Swimming each day made Ana Silva fit.",
    ],
)
def test_name_in_another_form_is_known(claim: str) -> None:
    assert NAMES.unknown_in(claim) == ()


@pytest.mark.parametrize(
    ("article", "claim"),
    [
        ("The U.S. spoke to Denmark.", "An American spoke to a Danish firm."),
        ("The Dutch left the talks.", "It was Holland that left, or the Netherlands."),
        ("Turkey left the talks.", "It was Türkiye that left, said a Turk."),
        ("The British left the talks.", "It was the United Kingdom that left."),
        ("The Belgian army left.", "The army left Belgium."),
        ("A Norwegian spoke.", "It was Norway that spoke."),
        ("He was in Burma.", "He was in Myanmar."),
        (
            "He met Sgt. Stone at St. Mary's on Mt. Vesuvius.",
            "He met Sergeant Stone at Saint Mary's on Mount Vesuvius.",
        ),
        ("The law of California holds.", "The law of Calif. holds."),
        ("Nigeria left the talks.", "A Nigerian left the talks."),
        ("The Dominican Republic left the talks.", "A Dominican left the talks."),
        ("The Ivory Coast and Cape Verde left.", "Côte d'Ivoire and Cabo Verde left."),
        ("Cyprus, Niger and Eswatini left.", "A Cypriot, a Nigerien and the Swazis left."),
        ("Slovakia left the talks.", "The Slovaks left the talks."),
        ("North Korea fired.", "The DPRK fired."),
        ("Roe spoke in Virginia and Pennsylvania.", "Roe spoke in Va. and in Pa., too."),
        ("Roe spoke in Va. and in Minn. on Monday.", "Roe spoke in Virginia and Minnesota."),
    ],
)
def test_country_and_its_people_are_one(article: str, claim: str) -> None:
    assert ArticleNames(article).unknown_in(claim) == ()


@pytest.mark.parametrize(
    ("article", "claim", "unknown"),
    [
        ("Austria left the talks.", "The Australian team left.", "Australian"),
        ("He was in South Korea.", "He was in North Korea.", "North"),
        ("He was in Portugal.", "He was in Portland.", "Portland"),
        ("He was in India.", "He was in Indiana.", "Indiana"),
        ("It was a Hindi film.", "It was a film of India.", "India"),
        ("Slovakia left.", "It was a Slovenian who left.", "Slovenian"),
        ("South Korea fired.", "The DPRK fired.", "DPRK"),
        ("Roe spoke in Jan. in Ohio.", "Roe met Janet.", "Janet"),
        ("A general of Niger spoke.", "A Nigerian general spoke.", "Nigerian"),
        ("A Nigerian general spoke.", "A general of Niger spoke.", "Niger"),
    ],
)
def test_other_country_is_unknown(article: str, claim: str, unknown: str) -> None:
    assert ArticleNames(article).unknown_in(claim) == (unknown,)


@pytest.mark.parametrize(
    ("article", "claim", "language", "unknown"),
    [
        ("Министр прилетел в Москву из Пекина.", "Министр был в Пекине, а не в Москве.", "ru", ()),
        ("Министр прилетел из Ирана.", "Министр был в Ираке.", "ru", ("Ираке",)),
        ("Prezydent był w Warszawie.", "Prezydent odwiedził Warszawę.", "pl", ()),
        ("A miniszter Budapesten volt.", "A miniszter Budapestről jött.", "hu", ()),
        ("Bakan Ankara'da konuştu.", "Bakan Ankara’ya gitti.", "tr", ()),
        ("Lorsqu'Emmanuel est venu, il pleuvait.", "le ministre Emmanuel est venu", "fr", ()),
        ("È nato nell'Italia del nord.", "è nato in Italia", "it", ()),
        ("Ministras kalbėjo Vilniuje ir Kaune.", "Ministras aplankė Vilnių ir Kauną.", "lt", ()),
        ("El rey escribió a la ONU.", "El rey escribió a las Naciones Unidas.", "es", ()),
        ("De koning schreef aan de Verenigde Naties.", "De koning schreef aan de VN.", "nl", ()),
        ("Il re scrisse alla FAO.", "Il re scrisse alle Nazioni Unite.", "it", ("Nazioni Unite",)),
        ("Habló con los Estados Unidos.", "El alcalde habló con EE. UU. y con EE.UU.", "es", ()),
        ("Falou com os Estados Unidos.", "O prefeito falou com os EUA.", "pt", ()),
        ("Ha incontrato gli Stati Uniti.", "il sindaco ha incontrato gli Usa", "it", ()),
        ("Ministeren var i Østrig.", "En minister fra Norge og fra Østrig kom.", "da", ("Norge",)),
    ],
)
def test_name_in_another_case_is_known(article: str, claim: str, language: str, unknown: tuple[str, ...]) -> None:
    assert ArticleNames(article, language).unknown_in(claim) == unknown


@pytest.mark.parametrize(
    ("language", "article", "claim"),
    [
        ("en", "Nearly half of the voters came.", "Almost half of the voters came."),
        ("en", "Police said so.", "According to police it was so."),
        ("es", "Al menos 30 personas llegaron.", "Por lo menos 30 personas llegaron."),
        ("fr", "Certains ont voté.", "Quelques personnes ont voté."),
    ],
)
def test_small_word_that_opens_a_claim_is_no_name(language: str, article: str, claim: str) -> None:
    assert ArticleNames(article, language).unknown_in(claim) == ()


@pytest.mark.parametrize("text", ["St. Aa " * 4_000, "Belgian Foo " * 4_000, "A'b" * 8_000])
def test_endless_names_are_survived(text: str) -> None:
    assert ArticleNames(text).unknown_in(f"he saw {text}") == ()


def test_acronym_is_known_spelt_out() -> None:
    claim = "The British Broadcasting Corporation asked the mayor."
    assert NAMES.unknown_in(claim) == ()
    assert ArticleNames("The CDC spoke.").unknown_in("The Centers for Disease Control spoke.") == ()
    assert ArticleNames("The bbc asked the mayor of Prague.").unknown_in(claim) == ("British Broadcasting Corporation",)


@pytest.mark.parametrize(
    ("article", "claim", "unknown"),
    [
        ("Jørgen Lund and Władysław Kos met Hans Gröger.", "Jorgen Lund and Wladyslaw Kos met Groeger.", ()),
        ("Jorgen Lund and Wladyslaw Kos met Hans Groeger.", "Jørgen Lund and Władysław Kos met Gröger.", ()),
        ("Sigurður Þór and Ægir Đukić met in Ålesund.", "Sigurdur Thor and Aegir Djukic met in Aalesund.", ()),
        ("Ron DeSantis met LaToya Mac Donald.", "Ron De Santis met La Toya MacDonald.", ()),
        ("Jørgen Lund met Hans Gröger.", "Jurgen Lund met Hans Gruger.", ("Jurgen", "Gruger")),
        ("Ron DeSantis spoke.", "Ron De Silva spoke.", ("De Silva",)),
    ],
)
def test_name_in_other_letters_is_known(article: str, claim: str, unknown: tuple[str, ...]) -> None:
    assert ArticleNames(article).unknown_in(claim) == unknown


def test_title_before_a_name_is_none() -> None:
    names = ArticleNames("Atty. Gen. Bo Ray and Amb. Cy Dee met the Education Department.")
    assert names.unknown_in("Attorney General Ray met Ambassador Dee and Lt. Gov. Dee.") == ()
    assert names.unknown_in("Detective Poe met the Duke Department.") == ("Poe", "Duke")


INITIALS = "Harriet T. Calloway, M. K. Osei, Luis Ferrer, President Luis B. Ferrer and Dwight Moody spoke."


@pytest.mark.parametrize(
    ("claim", "other"),
    [
        ("Harriet S. Calloway spoke.", "Harriet S. Calloway"),
        ("M. J. Osei’s speech was long.", "M. J. Osei"),
        ("P. Osei spoke.", "P. Osei"),
        ("Luis D. Ferrer spoke.", "Luis D. Ferrer"),
        ("Harriet Calloway spoke.", None),
        ("H. T. Calloway spoke.", None),
        ("Mr. M. Osei and K. Osei spoke.", None),
        ("Senator L. B. Ferrer spoke.", None),
        ("Dwight A. Moody spoke.", None),
        ("A Calloway speech was long.", None),
    ],
)
def test_other_initial_is_another_name(claim: str, other: str | None) -> None:
    told = [f"“{other}” stands nowhere in the article"] if other else []
    assert [one.reason for one in Gates(INITIALS, language="en").doubts(claim)] == told


def test_capitals_throughout_name_nobody() -> None:
    assert NAMES.unknown_in("BOEING FIRES WORKERS") == ()
    assert NAMES.unknown_in("Boeing Fires Workers") == ()


def test_name_in_the_title_is_known() -> None:
    assert flags("Ana Silva flew with Boeing.", title="Boeing at work") == []


def test_unknown_name_is_told_with_its_words() -> None:
    [one] = Gates(TEXT).doubts("Ana Silva flew with Boeing.")
    assert str(one) == "unknown_name: “Boeing” stands nowhere in the article"
    [several] = Gates(TEXT).doubts("Ana Silva flew to Lima with Boeing.")
    assert several.reason == "“Lima” and “Boeing” stand nowhere in the article"


@pytest.mark.parametrize("language", ["de", "de-AT", "LB", None])
def test_german_nouns_are_no_names(language: str | None) -> None:
    assert flags("Die Regierung hat das Gesetz in Kraft gesetzt.", GERMAN, language=language) == []


def test_french_names_are_looked_for() -> None:
    text = "La ministre est allée à Lyon avec le maire."
    assert flags("La ministre est allée à Paris.", text, language="fr-FR") == [Flag.UNKNOWN_NAME]
    assert flags("La ministre est allée à Lyon.", text, language="fr-FR") == []


@pytest.mark.parametrize("text", ["安娜飞往里斯本。市长会见了她。", "Анна прилетела в Лиссабон."])
def test_names_of_another_script_pass(text: str) -> None:
    assert flags("Anna flew to Lisbon.", text, language="zh") == [Flag.OTHER_LANGUAGE]


@pytest.mark.parametrize(
    ("article", "claim", "language"),
    [
        ("Selon la mairie, le pont a rouvert.", "D’après la mairie, le pont a rouvert.", "fr"),
        ("Le vaccin agit pendant un an.", "L'effet dure un an.", "fr"),
        ("Il vaccino funziona per un anno.", "Dall'inizio funziona.", "it"),
    ],
)
def test_noun_behind_an_elided_word_that_opens_a_sentence_is_no_name(article: str, claim: str, language: str) -> None:
    assert ArticleNames(article, language).unknown_in(claim) == ()


def test_name_behind_an_elided_word_is_looked_for() -> None:
    assert ArticleNames("Le pont a rouvert.", "fr").unknown_in("L'Espagne a payé.") == ("L'Espagne",)


def test_cyrillic_names_are_looked_for() -> None:
    text = "Анна прилетела в Лиссабон."
    assert flags("Анна прилетела в Москву.", text, language="ru") == [Flag.UNKNOWN_NAME]


@pytest.mark.parametrize(
    ("claim", "subject"),
    [
        ("He was released on Thursday.", "He"),
        ("It’s a new tool.", "It"),
        ("It was forced to close.", "It"),
        ("“She flew to Lisbon,” said the mayor.", "She"),
        ("This year's theme was water.", "This"),
        ("That was the third trip.", "That"),
        ("Which won the prize in 1990.", "Which"),
        ("who won the prize", "who"),
        ("But the mayor stayed.", "But"),
        ("However, Ana Silva stayed.", "However"),
        ("The company fired Ana Silva.", "The company"),
        ("The country's parliament met.", "The country's"),
        ("The city council voted.", "The city"),
        ("The company fell by half.", "The company"),
        ("The two met in Lisbon.", "The two"),
        ("The others sang.", "The others"),
        ("The study was published in May.", "The study"),
        ("The festival runs through March.", "The festival"),
        ("The turnout of this election was high.", "The turnout of this"),
        ("Three weeks later, Ana Silva left.", "Three weeks later"),
        ("Last month, rents rose.", "Last month"),
        ("The following day, Ana Silva left.", "The following day"),
        ("Yesterday, Ana Silva left.", "Yesterday"),
        ("Both were fined in May.", "Both"),
        ("Three of them died.", "Three of them"),
        ("Such claims are false.", "Such"),
        ("The study found no harm.", "The study"),
        ("It took the bank to court.", "It"),
        ("It cost $5 million to build.", "It"),
        ("It was a law that banned fishing.", "It"),
        ("Since then, rents in Porto have doubled.", "Since then"),
        ("At that point, Ana Silva was mayor.", "At that point"),
        ("As a result, rents fell in Porto.", "As a result"),
        ("Because of this, Ana Silva left.", "Because of this"),
        ("For her, the law is bad.", "For her"),
        ("Among those, 5 left Porto.", "Among those"),
        ("There, rents fell.", "There"),
        ("In his book, he says rents rose.", "In his book, he"),
        ("Another woman was hurt in Porto.", "Another"),
        ("Others have left Porto.", "Others"),
        ("Both women were jailed.", "Both"),
        ("Several were jailed.", "Several"),
        ("Doing this is a crime in Porto.", "Doing this"),
        ("A similar ban was passed in Porto.", "A similar"),
        ("The 30-year-old was jailed in Porto.", "The 30-year-old"),
        ("The former mayor was jailed.", "The former mayor"),
        ("Later this year, Ana Silva left.", "Later this year"),
    ],
)
def test_subject_without_its_name_dangles(claim: str, subject: str) -> None:
    assert dangling_subject(claim) == subject


@pytest.mark.parametrize(
    "claim",
    [
        "The planned bridge will open in 2030.",
        "The bank announced in May will close.",
        "Prices are expected to rise in 2030.",
        "It looks set to close in Lisbon.",
        "Silva'll win the seat.",
    ],
)
def test_participle_tells_nobody_who_foretold_it(claim: str) -> None:
    assert foretelling(claim)


@pytest.mark.parametrize(
    "claim",
    [
        "According to Ana Silva, prices will rise.",
        "Ana Silva promised to open the bridge that will close.",
        "The last will of Ana Silva was read.",
        "The political will was missing in Lisbon.",
    ],
)
def test_whoever_foretold_it_is_named_or_nobody_did(claim: str) -> None:
    assert foretelling(claim) is None


@pytest.mark.parametrize(
    "claim",
    [
        "Ana Silva said that she was ill.",
        "They Might Be Giants released an album.",
        "The company Mey Eden sells water.",
        "The city of Lisbon has a mayor.",
        "The city council of Lisbon voted to build a bridge.",
        "The state court in Ohio heard the case.",
        "The country that borders Spain is Portugal.",
        "The United States was asked.",
        "The World Cup was held in Qatar.",
        "The most cited paper is old.",
        "The longest confirmed shot was fired in 2017.",
        "The magnetic fields of neutron stars are weak.",
        "It is generally believed that stars are hot.",
        "It is difficult to count the stars.",
        "It seems that stars are hot.",
        "There are planets in the Solar System.",
        "That stars are hot is believed.",
        "The sports clubs in Lisbon are rich.",
        "Those who signed the letter live in Lisbon.",
        "WHO staff flew to Lisbon.",
        "Hera is a goddess.",
        "Theory and practice differ.",
        "Today is a show of NBC.",
        "Last Year at Marienbad is a film.",
        "In May, two days later than planned, Ana Silva left.",
        "Both Ana Silva and Ben Okoro were fined.",
        "Three of the dead were nurses.",
        "The moon has no air.",
        "The internet was built in 1969.",
        "It hailed in Braga in June.",
        "It took the town ten years to build the dam.",
        "It costs $5 million a year to run the port.",
        "It was Ana Silva who sold the port.",
        "It was not until 1999 that Portugal left Macau.",
        "It turned out that Ana Silva lied.",
        "It became known that Ana Silva lied.",
        "It is against the rules to fish in Braga.",
        "It has been illegal in Braga to fish since 1990.",
        "In her memoir, Ana Silva says the dam is unsafe.",
        "According to her lawyer, Ana Silva left.",
        "As a result of the storm, the dam broke.",
        "Of those who fled Braga, 5 died.",
        "Many farmers in Braga were fined.",
        "Others in Congress, including Ana Silva, left.",
        "Both parties of the coalition were fined.",
        "The 45-year-old Ana Silva was fined.",
        "The former mayor of Braga was fined.",
        "There are 5 dams in Braga.",
    ],
)
def test_subject_with_its_name_stands(claim: str) -> None:
    assert dangling_subject(claim) is None


@pytest.mark.parametrize(
    ("claim", "joint"),
    [
        ("Ana Silva had known the mayor, and came to trust him.", "and"),
        ("Ana sang, and Rui danced.", "and"),
        ("IE had 70 percent in 2009; it has 56 percent today.", ";"),
        ("Ana Silva flew, while the mayor stayed.", "while"),
        ("Ana Silva as well as the mayor flew.", "as well as"),
        ("Ana Silva met the mayor, who had invited her.", "who"),
        ("Ana Silva was born in Porto and is a nurse.", "and is"),
        ("A crane fell, killing 107 people.", "killing"),
        ("Ana Silva was born in Porto and moved to Braga.", "and moved to"),
        ("Ana Silva went to Porto in May and won the cup.", "and won the"),
        ("Silva left and Costa stayed.", "and"),
        ("The mayor was fined and the clerk was jailed.", "and"),
        ("Rents fell but wages rose.", "but"),
        ("Silva stayed whereas Costa left.", "whereas"),
        ("Silva died in 1990 and Costa died in 1995.", "and"),
        ("The euro fell to 5 lira and the dollar rose to 6 lira.", "and"),
        ("Although Silva lied, she was acquitted.", "Although"),
        ("While the mayor left, the clerk stayed.", "While"),
        ("Silva bought the bank for $5 million and sold it for $6 million.", "and sold it"),
    ],
)
def test_joined_facts_are_compound(claim: str, joint: str) -> None:
    assert joint_of_facts(claim) == joint


@pytest.mark.parametrize(
    "claim",
    [
        "Ana Silva and Rui Costa signed a deal.",
        "The line runs between Lisbon, Porto, and Braga.",
        "ICD-9 classifies diseases, injuries, and medical procedures.",
        "China does well in diving, weightlifting, and rowing.",
        "The mayor said “we came, and we saw; that is all”.",
        'The mayor said "we came, and we saw".',
        "Five countries signed, including Brazil.",
        "Rare earths are crucial in smartphones.",
        "Ana Silva sang and danced in Porto.",
        "Ana Silva wrote and produced the film.",
        "Silva said that Porto and Braga voted in May.",
        "The planned merger of the bank and the insurer was blocked.",
        "A man accused of killing a nurse and a doctor was jailed.",
        "The film by Silva and Costa won a prize.",
        "When the mayor left and the clerk stayed is unknown.",
        "While in office, Ana Silva died.",
        "Although a nurse, Ana Silva backed the ban.",
        "Rents in towns and cities rose.",
        "The dam built by Silva and the state was sold.",
    ],
)
def test_one_fact_is_not_compound(claim: str) -> None:
    assert joint_of_facts(claim) is None


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("The deal will open a new chapter.", "will"),
        ("Ana Silva must walk a fine line.", "must"),
        ("Success hinges on patience.", "hinges"),
        ("Both sides stand to gain.", "stand to"),
        ("The dam is not going to hold.", "is not going to"),
        ("The dam won’t hold.", "won’t"),
        ("The dam is set to open in May.", "is set to"),
        ("The relationship is most likely to grow.", "is most likely"),
        ("Ana Silva is unlikely to run again.", "is unlikely"),
        ("Ana Silva is due in court on Friday.", "is due in court"),
        ("The port is to close in 2031.", "is to close in 2031"),
        ("Rents may fall in 2032.", "may fall in 2032"),
        ("The dam mustn't be opened.", "mustn't"),
    ],
)
def test_what_may_come_is_a_prediction(claim: str, word: str) -> None:
    assert foretelling(claim) == word


@pytest.mark.parametrize(
    "claim",
    [
        "Ana Silva said that the deal will open a new chapter.",
        "The minister announced that schools will close.",
        "Will Smith won.",
        "The will of Ana Silva was read.",
        "Ana Silva is going to Lisbon.",
        "The dam was built in May.",
        "The court read his will aloud.",
        "The film is called “You Will Go”.",
        "Rabies can spread through saliva.",
        "Rabies may spread through saliva.",
        "Ana Silva may have died in 1990.",
        "Ana Silva's will was found in May.",
        "The farmers’ will was ignored.",
        "It was a must-have toy.",
        "The aim is to help farmers.",
        "The bank is to blame for the loss in May.",
    ],
)
def test_fact_or_report_is_no_prediction(claim: str) -> None:
    assert foretelling(claim) is None


def test_each_doubt_has_its_reason() -> None:
    doubts = list(Gates(TEXT).doubts("She met Boeing, who paid."))
    assert [doubt.flag for doubt in doubts] == [Flag.UNKNOWN_NAME, Flag.DANGLING_SUBJECT, Flag.COMPOUND]
    assert doubts[1].reason == "“She” leans on words outside the claim"
    assert doubts[2].reason == "“who” may join two facts"


def test_english_gates_read_english_only() -> None:
    spanish = "He visto a Ana; es alcaldesa."
    assert flags(spanish, "Ana es alcaldesa.", language="es") == []
    assert flags(spanish, "Ana es alcaldesa.", language="en") == [Flag.DANGLING_SUBJECT, Flag.COMPOUND]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The dam was built in 1931.", "the  dam was built in 1931"),
        ("A dam was built.", "The dam was built!"),
        ("“The well-known dam” fell.", '"The well known dam" fell'),
        ("U.S. exports rose.", "U.S. exports rose"),
        ("\tAna’s dam (the old one) fell…", "Ana's dam (an old one) fell."),
    ],
)
def test_same_words_share_their_key(one: str, other: str) -> None:
    assert same_wording(one) == same_wording(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana beat Rui.", "Rui beat Ana."),
        ("The dam did fall.", "The dam did not fall."),
        ("The dam did fall.", "The dam didn't fall."),
        ("He shot.", "He's shot."),
        ("It lost 5 %.", "It lost 5."),
        ("It changed by -5 points.", "It changed by 5 points."),
        ("It rose .5 points.", "It rose 5 points."),
        ("It cost $5.", "It cost €5."),
        ("It cost 1,000.", "It cost 1.000."),
        ("The score was 1-3.", "The score was 13."),
        ("Ana fell in May.", "Ana fell in June."),
        ("Hepatitis A is rare.", "Hepatitis is rare."),
        ("She lives in The Hague.", "She lives in Hague."),
        ("The résumé was old.", "The resume was old."),
        ("वह दिन में आया", "वह दीन में आया"),
        ("...", "!"),
    ],
)
def test_other_words_have_another_key(one: str, other: str) -> None:
    assert same_wording(one) != same_wording(other)


LIBRARY_JA = "海辺市の新しい図書館が四月に開館した。"
LIBRARY_DE = "Die Bücherei ist auf dem Markt und hat den ganzen Tag für alle auf."
LIBRARY_EN = "The library in the town is open to all of them for the day."


@pytest.mark.parametrize(
    ("text", "claim", "flagged"),
    [
        (LIBRARY_JA, "There is a new library in Yokohama.", True),
        (LIBRARY_JA, "佐藤健 is from Tokyo.", True),
        (LIBRARY_JA, "図書館はカフェNORTHを持つ。", False),
        (LIBRARY_DE, "The library is open for all of the town.", True),
        (LIBRARY_DE, "Die Bücherei ist für alle auf.", False),
        (LIBRARY_EN, "The library is open.", False),
        (LIBRARY_EN, "40.", False),
    ],
)
def test_claim_in_other_language_is_told(text: str, claim: str, *, flagged: bool) -> None:
    gates = Gates(text, language=detect_language(text))

    assert (Flag.OTHER_LANGUAGE in {one.flag for one in gates.doubts(claim)}) is flagged
