"""When a claim's event was. The article is of Thursday, 15 October 2026, unless a test says otherwise."""

import subprocess
import sys
from datetime import UTC, date, datetime
from time import process_time

import pytest

from factcheck.domain.article import Article
from factcheck.domain.claim import Anchor, AnchorStatus
from factcheck.domain.when import When
from factcheck.text.dates import ClaimDates
from factcheck.text.sentences import split_sentences

THURSDAY = date(2026, 10, 15)


def when(
    text: str,
    claim: str | None = None,
    *,
    published: date | None = THURSDAY,
    language: str = "en",
    sentence: int = -1,
) -> When | None:
    """The days of a claim of the text's last sentence, which is the claim itself unless another is given."""
    article = Article(text, datetime(2026, 10, 20, tzinfo=UTC), published=published, language=language)
    sentences = split_sentences(text, language)
    chosen = sentences[sentence]
    anchor = Anchor(AnchorStatus.SENTENCE, sentence_ids=(chosen.position,))
    return ClaimDates(article, sentences).of(claim or chosen.span.cut(text), anchor)


def days(*args: str, **options: str) -> tuple[str, str] | None:
    """The first and the last day as ISO 8601."""
    found = when(*args, **options)  # type: ignore[arg-type]
    return (found.first.isoformat(), found.last.isoformat()) if found else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The council met on Wednesday.", "2026-10-14"),
        ("The council met on Thursday.", "2026-10-15"),
        ("The council met last Thursday.", "2026-10-08"),
        ("The council said Wednesday that it had met.", "2026-10-14"),
        ("The council on Wednesday dismissed the mayor.", "2026-10-14"),
        ("On Friday, the council dismissed the mayor.", "2026-10-09"),
        ("The council will meet on Friday.", "2026-10-16"),
        ("The mayor is expected to be released on Monday.", "2026-10-19"),
        ("On Monday, the council will decide.", "2026-10-19"),
        ("The council dismissed the mayor yesterday.", "2026-10-14"),
        ("The council dismissed the mayor today.", "2026-10-15"),
        ("The council dismissed the mayor three days ago.", "2026-10-12"),
        ("The council met on 5 March 2019.", "2019-03-05"),
        ("The council met on March 5, 2019.", "2019-03-05"),
        ("The council met on the 5th of March, 2019.", "2019-03-05"),
        ("The towers fell on Sept. 11, 2001.", "2001-09-11"),
        ("The council met on 5 March.", "2026-03-05"),
        ("The council met on November 5.", "2025-11-05"),
        ("The council will meet on November 5.", "2026-11-05"),
        ("The council met on Wednesday, 14 October.", "2026-10-14"),
        ("The council met on 2019-03-05.", "2019-03-05"),
        ("The council met on 25/12/2023.", "2023-12-25"),
        ("The council met on 12/25/2023.", "2023-12-25"),
    ],
)
def test_day_is_read(text: str, day: str) -> None:
    assert days(text) == (day, day)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "She died on the twenty-first of June 2018.", "2018-06-21"),
        ("en", "She died on May the fourth, 2017.", "2017-05-04"),
        ("en", "She left on 3-Feb-2014.", "2014-02-03"),
        ("en", "She was arrested Monday morning, 12 October 2026.", "2026-10-12"),
        ("en", "The mayor resigned last night.", "2026-10-14"),
        ("en", "The mayor resigned the day before yesterday.", "2026-10-13"),
        ("en", "She died on the night of March 5, 2019.", "2019-03-05"),
        ("de", "Er starb am fünften März 2019.", "2019-03-05"),
        ("es", "Murió el cinco de mayo de 2016.", "2016-05-05"),
        ("fr", "Il est mort le premier mai 2016.", "2016-05-01"),
        ("it", "Morì il primo maggio 2016.", "2016-05-01"),
        ("nl", "Hij stierf op vijf maart 2019.", "2019-03-05"),
    ],
)
def test_day_of_a_month_may_be_told_in_words(language: str, text: str, day: str) -> None:
    assert days(text, language=language) == (day, day)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The bridge fell in the first week of March 2019.", "2019-03-01", "2019-03-31"),
        ("He was 5 in March 2019.", "2019-03-01", "2019-03-31"),
        ("The council met in March 2019.", "2019-03-01", "2019-03-31"),
        ("The council met in March.", "2026-03-01", "2026-03-31"),
        ("The council met in November.", "2025-11-01", "2025-11-30"),
        ("The council met in February 2024.", "2024-02-01", "2024-02-29"),
        ("In 2019 the council met.", "2019-01-01", "2019-12-31"),
        ("The council met last week.", "2026-10-05", "2026-10-11"),
        ("The council met last month.", "2026-09-01", "2026-09-30"),
        ("The council met two years ago.", "2024-01-01", "2024-12-31"),
        ("The council met three months ago.", "2026-07-01", "2026-07-31"),
        ("The council met over the weekend.", "2026-10-10", "2026-10-11"),
        ("Sales fell in the third quarter of 2019.", "2019-07-01", "2019-09-30"),
        ("Sales fell in Q4 2019.", "2019-10-01", "2019-12-31"),
    ],
)
def test_stretch_of_days_is_read(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("de", "Am Mittwoch wurde er verhaftet.", "2026-10-14", "2026-10-14"),
        ("de", "Das Gericht wird am Freitag entscheiden.", "2026-10-16", "2026-10-16"),
        ("de", "Er starb am 5. März 2019.", "2019-03-05", "2019-03-05"),
        ("de", "Er starb am 03.04.2024.", "2024-04-03", "2024-04-03"),
        ("de", "Im Jahr 2018 wurde er gewählt.", "2018-01-01", "2018-12-31"),
        ("de", "Vor zwei Jahren wurde er gewählt.", "2024-01-01", "2024-12-31"),
        ("de", "Letzte Woche gab er auf.", "2026-10-05", "2026-10-11"),
        ("es", "El miércoles murió.", "2026-10-14", "2026-10-14"),
        ("es", "Murió el 5 de marzo de 2019.", "2019-03-05", "2019-03-05"),
        ("es", "En marzo de 2019 dimitió.", "2019-03-01", "2019-03-31"),
        ("es", "El tribunal decidirá el viernes.", "2026-10-16", "2026-10-16"),
        ("es", "Ayer dimitió.", "2026-10-14", "2026-10-14"),
        ("fr", "Mercredi, il a été arrêté.", "2026-10-14", "2026-10-14"),
        ("fr", "Il est mort le 1er mars 2019.", "2019-03-01", "2019-03-01"),
        ("fr", "Il a démissionné l’année dernière.", "2025-01-01", "2025-12-31"),
        ("fr", "Il y a deux ans, il a été élu.", "2024-01-01", "2024-12-31"),
        ("it", "Morì il 5 marzo 2019.", "2019-03-05", "2019-03-05"),
        ("nl", "Hij stierf op 5 maart 2019.", "2019-03-05", "2019-03-05"),
        ("pt", "Morreu em 5 de março de 2019.", "2019-03-05", "2019-03-05"),
    ],
)
def test_days_of_other_languages_are_read(language: str, text: str, first: str, last: str) -> None:
    assert days(text, language=language) == (first, last)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("ar", "سقط الجدار في 9 نوفمبر 1989.", "1989-11-09"),
        ("bg", "Стената падна на 9 ноември 1989 г. в Берлин.", "1989-11-09"),
        ("ca", "El mur va caure el 9 de novembre de 1989.", "1989-11-09"),
        ("cs", "Zeď padla ve čtvrtek 9. listopadu 1989.", "1989-11-09"),
        ("da", "Muren faldt den 9. november 1989.", "1989-11-09"),
        ("el", "Το τείχος έπεσε στις 9 Νοεμβρίου 1989.", "1989-11-09"),
        ("fi", "Muuri murtui torstaina 9. marraskuuta 1989.", "1989-11-09"),
        ("hi", "दीवार 9 नवंबर 1989 को गिरी।", "1989-11-09"),
        ("hr", "Zid je pao 9. studenoga 1989. u Berlinu.", "1989-11-09"),
        ("hu", "A fal 1989. november 9-én leomlott.", "1989-11-09"),
        ("id", "Tembok itu runtuh pada 9 November 1989.", "1989-11-09"),
        ("ja", "壁は1989年11月9日に崩壊した。", "1989-11-09"),
        ("ko", "장벽은 1989년 11월 9일 무너졌다.", "1989-11-09"),
        ("lt", "Siena griuvo 1989 m. lapkričio 9 d.", "1989-11-09"),
        ("nb", "Muren falt 9. november 1989.", "1989-11-09"),
        ("pl", "Mur runął 9 listopada 1989 r. w Berlinie.", "1989-11-09"),
        ("ro", "Zidul a căzut pe 9 noiembrie 1989.", "1989-11-09"),
        ("ru", "Стена пала 9 ноября 1989 года.", "1989-11-09"),
        ("sk", "Múr padol 9. novembra 1989.", "1989-11-09"),
        ("sv", "Muren föll torsdagen den 9 november 1989.", "1989-11-09"),
        ("tr", "Duvar 9 Kasım 1989'da yıkıldı.", "1989-11-09"),
        ("uk", "Мур упав 9 листопада 1989 року.", "1989-11-09"),
        ("vi", "Bức tường sụp đổ ngày 9 tháng 11 năm 1989.", "1989-11-09"),
        ("zh", "柏林墙于1989年11月9日倒塌。", "1989-11-09"),
    ],
)
def test_whole_dates_are_read_in_languages_of_which_nothing_else_of_time_is(language: str, text: str, day: str) -> None:
    assert days(text, language=language) == (day, day)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "الحدود مفتوحة منذ 9 نوفمبر 1989."),
        ("bg", "Границата е отворена от 9 ноември 1989 г."),
        ("ca", "La frontera és oberta des del 9 de novembre de 1989."),
        ("cs", "Hranice je otevřená ode dne 9. listopadu 1989 do dnešních dnů."),
        ("cs", "Sešli se 8. a 9. listopadu 1989."),
        ("cs", "Zeď padla v pátek 9. listopadu 1989."),
        ("da", "Grænsen var lukket indtil den 9. november 1989."),
        ("el", "Τα σύνορα είναι ανοιχτά από τις 9 Νοεμβρίου 1989."),
        ("fi", "Raja on ollut auki 9. marraskuuta 1989 lähtien."),
        ("hi", "सीमा 9 नवंबर 1989 से खुली है।"),
        ("hr", "Granica je otvorena od 9. studenoga 1989."),
        ("hu", "A határ 1989. november 9-től nyitva van."),
        ("id", "Perbatasan dibuka sejak 9 November 1989."),
        ("ja", "国境は1989年11月9日から開いている。"),
        ("ko", "국경은 1989년 11월 9일부터 열려 있다."),
        ("lt", "Siena atvira nuo 1989 m. lapkričio 9 d."),
        ("nb", "To dager før 9. november 1989 var grensen stengt."),
        ("pl", "Granica jest otwarta od dnia 9 listopada 1989 r."),
        ("pl", "Burmistrz wybrany w 1985 roku zginął 9 listopada 1989 roku."),
        ("pl", "Mur runął 31 listopada 1989 roku."),
        ("ro", "Granița a fost închisă până la 9 noiembrie 1989."),
        ("ru", "Граница открыта с 9 ноября 1989 года."),
        ("ru", "Они встречались 8–9 ноября 1989 года."),
        ("sk", "Hranica bola zatvorená pred 9. novembrom 1989."),
        ("sv", "Veckan den 9 november 1989 var gränsen stängd."),
        ("tr", "Sınır 9 Kasım 1989'dan beri açık."),
        ("uk", "Кордон відкрито з 9 листопада 1989 року."),
        ("vi", "Biên giới mở cửa từ ngày 9 tháng 11 năm 1989."),
        ("zh", "边境自1989年11月9日起开放。"),
        ("zh", "会议于1989年11月9日至12日举行。"),
        ("et", "Müür langes 9. novembril 1989."),
    ],
)
def test_whole_date_of_such_a_language_is_passed_over_where_it_may_be_an_end(language: str, text: str) -> None:
    assert days(text, language=language) is None


def test_day_of_a_claim_is_not_that_of_an_end_in_its_sentence() -> None:
    text = "Granica jest otwarta od 9 listopada 1989 roku."
    assert days(text, "Granicę otwarto 9 listopada 1989 roku.", language="pl") is None


@pytest.mark.parametrize(
    "text",
    [
        "It may rain, she sat a second on 38 chairs.",
        "The council met on 03/04/2024.",
        "The council met on 25/12/23.",
        "The council met on 30 February 2020.",
        "The council met on Friday, October 14.",
        "The council met in 2018 and 2019.",
        "The council met on Monday and Tuesday.",
        "The council met on 5 and 6 March 2019.",
        "The council met on March 5-7, 2019.",
        "The council met in March or April 2019.",
        "The council meets on Friday, a lawyer said.",
        "The shop is open on Sunday.",
        "The council met next Friday.",
        "The council will meet on Thursday.",
        "The council agreed to meet on Friday.",
        "The vote was scheduled for Friday.",
        "Sales rose on Black Friday.",
        "The Sunday Times said so.",
        "The court confirmed a 26 December 2019 ruling.",
        "In 2000 households, the lights went out.",
        "He won with 2019 votes.",
        "The council met in the 2019/20 season.",
        "“I left yesterday,” the mayor said.",
        "The mayor left ten days ago.",
        "The mayor left two days after the vote of 5 March 2019.",
        "Five million people live there today.",
        "He was shot between the 5th and the 6th of May 2019.",
        "They met in the week ended June 7, 2019.",
        "She died within weeks of 7 June 2019.",
        "She died on the eve of 7 June 2019.",
        "She died in the last days of June 2019.",
        "She left on the 3rd of last month.",
        "She left on the third and fourth of May 2016.",
        "She played on 8-19 June 2019.",
        "The mayor resigned the day before.",
        "He was born on the Fourth of July.",
        "She has been mayor in name since last summer.",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert when(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "He has led the council since 2019.",
        "Sales will have doubled by 2030.",
        "The bridge was shut until March.",
        "He led the council from 2010 to 2015.",
        "He led the council between 2010 and 2015.",
        "More people voted than in 2019.",
        "Unemployment rose from 5 % in 2019.",
        "He resigned after losing the vote on Monday.",
        "It happened about two years ago.",
    ],
)
def test_end_of_a_stretch_is_no_day_of_the_event(text: str) -> None:
    assert when(text) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Seit April 2018 ist das verboten."),
        ("de", "Bis zum 5. März 2019 war das verboten."),
        ("es", "Desde 2018 está prohibido."),
        ("fr", "Depuis 2018, c'est interdit."),
        ("de", "Morgen wird er gewählt."),
        ("de", "Er starb zwischen dem 7. und dem 8. Juni 2019."),
        ("de", "Er starb in der Woche vom 3. Juni 2019."),
        ("de", "Er starb am Vorabend des 3. Juni 2019."),
        ("de", "Im Vergleich zu Juni 2019 stiegen die Preise."),
        ("es", "Murió en la semana del 3 de junio de 2019."),
        ("es", "En comparación con junio de 2019, subió."),
        ("fr", "Il est mort entre le 7 et le 8 juin 2019."),
        ("fr", "Les prix ont baissé par rapport à juin 2019."),
        ("it", "Morì tra il 7 e l'8 giugno 2019."),
        ("it", "Rispetto a giugno 2019 i prezzi sono scesi."),
        ("pt", "Em comparação com junho de 2019, os preços subiram."),
        ("nl", "Hij stierf in de week van 3 juni 2019."),
        ("nl", "De prijzen daalden vergeleken met juni 2019."),
        ("xx", "On 5 March 2019 he left."),
    ],
)
def test_nothing_is_guessed_in_other_languages(language: str, text: str) -> None:
    assert when(text, language=language) is None


def test_end_of_a_stretch_leaves_the_day_of_the_event() -> None:
    assert days("The council, which he has led since 2019, met on Wednesday.") == ("2026-10-14", "2026-10-14")


def test_words_are_kept() -> None:
    found = when("The council will meet on  Friday.")

    assert found is not None
    assert found.words == "on Friday"


def test_claim_singles_one_date_out() -> None:
    text = "The council met on Monday, and dismissed the mayor on Wednesday."

    assert when(text) is None
    assert days(text, "The council dismissed the mayor on Wednesday.") == ("2026-10-14", "2026-10-14")


def test_date_that_the_claim_leaves_out_is_read_where_it_builds_on_its_words() -> None:
    text = "The mayor was released on bail on Wednesday."

    assert days(text, "The mayor was released on bail.") == ("2026-10-14", "2026-10-14")


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The minister said on Wednesday that prices had risen.", "Prices had risen."),
        ("On Wednesday, the minister said that prices had risen.", "Prices had risen."),
        ("The minister, born in 1960, resigned.", "The minister resigned."),
        ("Ana Silva in September 2010, after having left the sect.", "Ana Silva left the sect."),
    ],
)
def test_date_of_other_words_is_not_the_claims(text: str, claim: str) -> None:
    assert when(text, claim) is None


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The council met on Wednesday.", "The council met on 15 October 2026."),
        ("The council has met since 2019.", "The council met in 2019."),
        ("The council met.", "The council met on Wednesday."),
        ("“We met yesterday,” the mayor said.", "The council met yesterday."),
    ],
)
def test_date_that_the_sentence_does_not_bear_out_is_dropped(text: str, claim: str) -> None:
    assert when(text, claim) is None


def test_whole_date_from_elsewhere_is_the_claims_own() -> None:
    assert days("It met there.", "The council met on 5 March 2019.") == ("2019-03-05", "2019-03-05")


@pytest.mark.parametrize("text", ["The council met on Wednesday.", "The council met in March.", "It met last week."])
def test_relative_words_need_a_day_to_count_from(text: str) -> None:
    assert when(text, published=None) is None


def test_date_with_its_year_needs_no_day_to_count_from() -> None:
    assert when("The council met on 5 March 2019.", published=None) is not None


def test_line_that_is_a_date_is_the_day_to_count_from() -> None:
    text = "Mayor dismissed\n\nThursday, October 15, 2026\n\nThe council met on Wednesday."

    found = when(text, published=None)

    assert found == When("on Wednesday", date(2026, 10, 14), date(2026, 10, 14))


def test_date_inside_a_line_is_no_dateline() -> None:
    assert when("The mayor left on March 5, 2019\n\nThe council met on Wednesday.", published=None) is None


def test_day_in_a_story_of_another_year_is_not_supposed() -> None:
    assert when("The Allies prepared it in 1944. On 6 June, they landed.") is None
    assert when("The Allies prepared it in 2026. On 6 June, they landed.") is not None


def test_last_week_is_unclear_on_a_sunday() -> None:
    assert when("The council met last week.", published=date(2026, 10, 18)) is None


@pytest.mark.parametrize(
    "unit", [" ", "on ", "1 ", "May ", "5 March 2019, ", "on Friday and ", "in in ", "will be ", "“", "(", "since 2 "]
)
def test_hostile_text_takes_no_longer_with_length(unit: str) -> None:
    def seconds(length: int) -> float:
        text = "On Monday " + unit * (length // len(unit)) + " he left."
        sentence = split_sentences("He left on Monday.", "en")[0]
        article = Article("He left on Monday.", datetime(2026, 10, 20, tzinfo=UTC), published=THURSDAY, language="en")
        dates = ClaimDates(article, [sentence])
        dates.of("He left on 5 March.", Anchor(AnchorStatus.NONE))
        start = process_time()
        dates.of(text, Anchor(AnchorStatus.SENTENCE, sentence_ids=(1,)))
        return process_time() - start

    assert seconds(1_000_000) < 5 * seconds(4_000) + 1


def test_dateparser_loads_with_the_first_claim() -> None:
    code = "import sys, factcheck.text.dates; print('dateparser' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
