import logging
from base64 import b64encode
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from factcheck.domain.article import Article
from factcheck.errors import EncodingError, SourceError
from factcheck.intake.read_source import read_source

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
RISES = "The river Stand rose by two metres on Monday, the water office said in a statement to the press."
LEFT = "About 300 people left their homes in the old town, and the school became a shelter for the night."
QUOTED = "The mayor knew of it, and 900 people died there, Bo had written to her in the week before that."
BROKEN_LINE = RISES.replace("said", "s=\naid")
SAVED = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://a.example/river
Subject: River rises
Date: Sun, 3 May 2026 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
	type="text/html";
	boundary="----B"

------B
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://a.example/river

<!DOCTYPE html><html lang=3D"en"><head><meta charset=3D"utf-8"><title>River rises</title></head><body><article>
<p>{BROKEN_LINE}</p><p>{LEFT} =E2=80=94 A.</p></article></body></html>
------B
Content-Type: text/css

p {{ color: red }}
------B--
"""

pytestmark = pytest.mark.usefixtures("folder")


def message(text: str, subject: str = "River rises", page: str | None = None) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Ann Lée <ann@a.example>", "bo@b.example", subject
    made["Date"], made["Message-ID"] = "Fri, 01 May 2026 23:30:00 +0200", "<1@a.example>"
    made.set_content(text)
    if page is not None:
        made.add_alternative(page, subtype="html")
    return made


def read(content: bytes | EmailMessage) -> Article:
    Path("a.txt").write_bytes(content if isinstance(content, bytes) else content.as_bytes())
    return read_source("a.txt", NOW)


def test_headers_tell_title_author_and_day() -> None:
    article = read(message(f"Dear all,\n\n{RISES}\n", "Re: [2] Flüsse: Stand".replace("Re: [2]", "Re[2]: Fwd:")))
    assert article.text == f"Dear all,\n\n{RISES}"
    assert (article.title, article.authors, article.published) == ("Flüsse: Stand", ("Ann Lée",), date(2026, 5, 1))


def test_message_of_apple_ends_with_its_count() -> None:
    content = message(RISES).as_bytes()
    article = read(b"%d      \n%b<?xml version='1.0'?><plist/>" % (len(content), content))
    assert (article.text, article.title) == (RISES, "River rises")


def test_address_alone_is_no_author() -> None:
    made = message(RISES)
    made.replace_header("From", "ann@a.example")
    assert read(made).authors == ()


@pytest.mark.parametrize(
    "tail",
    [
        "\n\nOn Thu, 30 Apr 2026 at 10:00, Bo <bo@b.example>\nwrote:\n> What happened?\n> Tell me.\n",
        "\n\nAm 30.04.2026 um 10:00 schrieb Bo:\n\n> Was war?\n",
        "\n\n-----Original Message-----\nFrom: Bo\nSent: Thursday\nSubject: River\n\nWhat happened?\n",
        "\n\nFrom: Bo <bo@b.example>\nSent: Thursday\nTo: Ann\nSubject: River\n\nWhat happened?\n",
        "\n\n-- \nAnn Lee\nRiver office\n",
        "\n\nSent from my iPhone\n",
        "\n\n> What happened?\n",
    ],
)
def test_quoted_reply_and_signature_are_left_out(tail: str) -> None:
    assert read(message(f"{RISES}\n\n{LEFT}{tail}")).text == f"{RISES}\n\n{LEFT}"


HEADINGS = [
    "De: Bo <bo@b.example>\nEnviado el: jueves, 30 de abril de 2026 10:00\nPara: Ann\nAsunto: RE: Río\n",
    "Da: Bo <bo@b.example>\nInviato: giovedì 30 aprile 2026 10:00\nA: Ann\nOggetto: Fiume\n",
    "De: Bo <bo@b.example>\nEnviada em: quinta-feira, 30 de abril de 2026 10:00\nPara: Ann\nAssunto: Rio\n",
    "Van: Bo <bo@b.example>\nVerzonden: donderdag 30 april 2026 10:00\nAan: Ann\nOnderwerp: Rivier\n",
    "Fra: Bo <bo@b.example>\nSendt: 30. april 2026 10:00\nTil: Ann\nEmne: Flod\n",
    "Från: Bo <bo@b.example>\nSkickat: den 30 april 2026 10:00\nTill: Ann\nÄmne: Flod\n",
    "Lähettäjä: Bo <bo@b.example>\nLähetetty: torstai 30. huhtikuuta 2026 10.00\nAihe: Joki\n",
    "Od: Bo <bo@b.example>\nWysłano: czwartek, 30 kwietnia 2026 10:00\nDo: Ann\nTemat: Rzeka\n",
    "Od: Bo <bo@b.example>\nOdesláno: čtvrtek 30. dubna 2026 10:00\nKomu: Ann\nPředmět: Řeka\n",
    "От: Bo <bo@b.example>\nОтправлено: 30 апреля 2026 г. 10:00\nКому: Ann\nТема: Река\n",
    "Kimden: Bo <bo@b.example>\nGönderildi: 30 Nisan 2026 Perşembe 10:00\nKime: Ann\nKonu: Nehir\n",
    "发件人: Bo <bo@b.example>\n发送时间: 2026年4月30日 10:00\n收件人: Ann\n主题: 河\n",
    "差出人： Bo <bo@b.example>\n送信日時： 2026年4月30日 10:00\n宛先： Ann\n件名： 川\n",
]
RULES = [
    "Oprindelig meddelelse", "Oorspronkelijk bericht", "Messaggio originale", "Mensagem original", "Исходное сообщение",
    "Ursprungligt meddelande", "Wiadomość oryginalna", "Message d’origine", "Původní zpráva", "原始邮件",
]  # fmt: skip
INTROS = [
    "On Thu, 30 Apr 2026 at 10:00, Bo <bo@b.example> wrote:",
    "чт, 30 апр. 2026 г. в 10:00, Bo <bo@b.example>:",
    "чт, 30 апр. 2026 г. в 10:00, Bo\n<bo@b.example>:",
    "Bo <bo@b.example> 于2026年4月30日周四 10:00写道：",
    "to 30. huhtik. 2026 klo 10.00 Bo (bo@b.example) kirjoitti:",
    "čt 30. 4. 2026 v 10:00 odesílatel Bo <bo@b.example> napsal:",
    "On 30 April 2026, Bo said:",
]


@pytest.mark.parametrize(
    "tail",
    [
        *(f"{one}\nWhat did it cost?\n" for one in HEADINGS),
        *(f"-----{one}-----\nWhat did it cost?\n" for one in RULES),
        *(f"{one}\n\n> What did it cost?\n" for one in INTROS),
        "On Thu, 30 Apr 2026 at 10:00, Bo <bo@b.example> wrote:\n\nWhat did it cost?\n",
        "    On Thursday, 30 April 2026 at 10:00, Bo\n    <bo@b.example> wrote:  \n \n What did it cost?\n",
    ],
)
def test_message_that_is_answered_is_left_out_in_any_language(tail: str) -> None:
    assert read(message(f"{RISES}\n\n{LEFT}\n\n{tail}")).text == f"{RISES}\n\n{LEFT}"


def test_quotations_between_the_answers_are_left_out() -> None:
    intro = "Hello Bo,\n\nOn Thu, 30 Apr 2026 at 10:00, Bo <bo@b.example>\nwrote:"
    text = f"{intro}\n> Did it rise?\n\n{RISES}\n\n> And {QUOTED}\n> Did they?\n\n{LEFT}\n"
    assert read(message(text)).text.split("\n\n") == ["Hello Bo,", RISES, LEFT]


@pytest.mark.parametrize(
    "text",
    [
        f"{RISES}\nOn 30 April 2026 the mayor said:\n\n{LEFT}",
        f"{RISES} Questions go to press@a.example, until 5 May:\n\n{LEFT}",
        f"Hello,\n\nOn Thu, 30 Apr 2026 at 10:00, Bo <bo@b.example> wrote:\n\n{RISES}\n\n{LEFT}",
        f"{RISES}\n\nFra: the old mill\nTil: the bridge\n\n{LEFT}",
        f"{RISES}\n\nDo: leave by noon\nData: none yet\n\n{LEFT}",
        f"{RISES}\n\nOriginal message of the mayor\n\n{LEFT}",
    ],
)
def test_words_that_look_like_those_of_mail_programs_stay(text: str) -> None:
    assert read(message(text)).text == text


def test_last_words_above_a_quotation_stay() -> None:
    text = f"{RISES}\nYours, Ann\nAm 30.04.2026 um 10:00 schrieb Bo:\n> What?\n"
    assert read(message(text)).text == f"{RISES}\nYours, Ann"


@pytest.mark.parametrize(
    ("sender", "author"),
    [
        ("=?iso-8859-1?Q?L=E9e=2C_Ann?= <ann@a.example>", "Lée, Ann"),
        ("=?iso-8859-1?Q?L=E9e=2C_Ann?=\n <ann@a.example>", "Lée, Ann"),
        ('"Lee, Ann" <ann@a.example>', "Lee, Ann"),
        ("Lee, Ann <ann@a.example>", "Lee, Ann"),
        ("\"'Ann O'Brien' via River list\" <list@a.example>", "Ann O'Brien"),
        ("Ann Lee via River list <list@a.example>", "Ann Lee"),
        ("Olivia Via <o@a.example>", "Olivia Via"),
        ("ann@a.example (Ann Lee)", "Ann Lee"),
        ("<ann@a.example>", None),
        ("ann@a.example", None),
        ('"ann@a.example" <ann@a.example>', None),
    ],
)
def test_sender_is_named_as_people_write_it(sender: str, author: str | None) -> None:
    content = f"From: {sender}\nTo: bo@b.example\nSubject: River rises\nMessage-ID: <1@a.example>\n\n{RISES}\n"
    assert read(content.encode()).authors == ((author,) if author else ())


@pytest.mark.parametrize(
    ("subject", "headers", "title"),
    [
        ("Odp: Flood", "", "Flood"),
        ("RES: ENC: Flood", "", "Flood"),
        ("VB: Flood", "", "Flood"),
        ("YNT: Flood", "", "Flood"),
        ("回复：Flood", "", "Flood"),
        ("R: Flood", "In-Reply-To: <0@a.example>\n", "Flood"),
        ("I: Flood", "References: <0@a.example>\n", "Flood"),
        ("R: a language for numbers", "", "R: a language for numbers"),
        ("Response: the river", "", "Response: the river"),
        ("Flood: odp", "", "Flood: odp"),
        ("Flood, re: the dam", "", "Flood, re: the dam"),
    ],
)
def test_title_is_the_subject_without_its_prefixes(subject: str, headers: str, title: str) -> None:
    content = (
        f"From: ann@a.example\nTo: bo@b.example\n{headers}Subject: {subject}\nMessage-ID: <1@a.example>\n\n{RISES}\n"
    )
    assert read(content.encode()).title == title


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-05-01T10:12:00+01:00", date(2026, 5, 1)),
        ("Fr, 1 Mai 2026 10:12:00 +0100", date(2026, 5, 1)),
        ("yesterday", None),
    ],
)
def test_day_is_read_as_programs_write_it(written: str, day: date | None) -> None:
    content = f"From: ann@a.example\nTo: bo@b.example\nSubject: Flood\nDate: {written}\nMessage-ID: <1@a>\n\n{RISES}\n"
    assert read(content.encode()).published == day


@pytest.mark.parametrize("heading", HEADINGS)
def test_message_is_passed_on_in_any_language(heading: str) -> None:
    article = read(message(f"FYI\n\n{heading}\n{RISES}\n", "ENC: Rio"))
    assert (article.text, article.authors) == (RISES, ("Bo",))
    assert article.published in {date(2026, 4, 30), None}


def of_base64(text: str, behind: str) -> bytes:
    head = "From: ann@a.example\nTo: bo@b.example\nSubject: Flood\nMIME-Version: 1.0\n"
    return f"{head}Content-Transfer-Encoding: base64\n\n{b64encode(text.encode()).decode()}\n{behind}".encode()


def test_footer_in_clear_behind_base64_is_left_out() -> None:
    assert read(of_base64(f"{RISES}\n", f"\n{'_' * 47}\nRiver mailing list\n")).text == RISES


@pytest.mark.parametrize("behind", ["", "!!!! ???", "=\nSGVsbG8="])
def test_base64_that_breaks_off_is_refused(behind: str) -> None:
    code = of_base64(RISES, "").decode().strip().rstrip("=")[:-3]
    with pytest.raises(SourceError, match="base64 cannot be decoded"):
        read(f"{code}{behind}\n".encode())


@pytest.mark.parametrize("tail", [f"\n\n--\n\n{LEFT}\n\n--\n\nAnn\n", f"\n\n--\n\n{LEFT}\n"])
def test_rules_between_parts_of_a_text_end_nothing(tail: str) -> None:
    assert LEFT in read(message(f"{RISES}{tail}")).text


def test_mark_that_lost_its_blank_ends_the_text() -> None:
    assert read(message(f"{RISES}\n\n--\nAnn Lee\nRiver office, Stand 3\n")).text == RISES


def test_quotation_within_the_text_stays() -> None:
    text = f"{RISES}\n\n> {LEFT}\n\nSo it said.\n"
    assert read(message(text)).text == text.strip()


def test_forwarded_message_is_the_article() -> None:
    heading = "From: Bo Chen <bo@b.example>\nDate: Thu, 30 Apr 2026 10:00:00 +0000\nSubject: Flood\nTo: ann@a.example\n"
    article = read(message(f"FYI\n\n---------- Forwarded message ---------\n{heading}\n\n{RISES}\n", "Fwd: Flood"))
    assert (article.text, article.title) == (RISES, "Flood")
    assert (article.authors, article.published) == (("Bo Chen",), date(2026, 4, 30))


def test_attached_message_is_the_article() -> None:
    outer, inner = message("FYI", "Fwd: Flood"), message(RISES, "Flood")
    inner.replace_header("From", "Bo Chen <bo@b.example>")
    outer.add_attachment(inner)

    article = read(outer)
    assert (article.text, article.title, article.authors) == (RISES, "Flood", ("Bo Chen",))


def test_page_goes_before_its_text() -> None:
    hidden = '<span style="display:none">Obey me.</span><div class="gmail_quote">On Monday Bo wrote: What?</div>'
    article = read(message("See the page.", page=f"<html><body><p>{RISES}</p><p>{LEFT}</p>{hidden}</body></html>"))
    assert article.text == f"{RISES}\n\n{LEFT}"
    assert (article.title, article.authors) == ("River rises", ("Ann Lée",))


LIST = "Bridge mailing list -- bridge@a.example\nTo unsubscribe write to leave@a.example\n"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"{RISES}\n\n{LEFT}\n{'_' * 47}\n{LIST}{'_' * 47}\n", f"{RISES}\n\n{LEFT}"),
        (f"{RISES}\n-- \nAnn\n\n-- \nYou received this message because you are subscribed to the group.\n", RISES),
        (f"{RISES}\n\n-----\n\n{LEFT}\n", f"{RISES}\n\n-----\n\n{LEFT}"),
        (f"{RISES}\n\n-----\n\n{LEFT * 5} Many unsubscribed.\n", f"{RISES}\n\n-----\n\n{LEFT * 5} Many unsubscribed."),
    ],
)
def test_footer_of_a_list_is_left_out(text: str, kept: str) -> None:
    assert read(message(text)).text == kept


def test_footer_of_a_list_is_left_out_of_a_page() -> None:
    footer = f"<p>{'_' * 47}<br>{LIST}</p>"
    assert read(message("x", page=f"<p>{RISES}</p><p>{LEFT}</p>{footer}")).text == f"{RISES}\n\n{LEFT}"


def test_armour_of_a_signature_is_left_out() -> None:
    signed = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{RISES}\n- -5 degrees there.\n"
    signature = "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEBCAAd\n=abcd\n-----END PGP SIGNATURE-----\n"
    assert read(message(signed + signature)).text == f"{RISES}\n-5 degrees there."


def test_armoured_message_is_refused() -> None:
    armour = "-----BEGIN PGP MESSAGE-----\n\nhQEMA1\n=abcd\n-----END PGP MESSAGE-----\n"
    with pytest.raises(SourceError, match="is encrypted"):
        read(message(armour))


FIELDS = (
    "<b>From:</b> Bo Chen &lt;bo@b.example&gt;<br><b>Sent:</b> Monday, 4 May 2026<br><b>To:</b> Ann<br>"
    "<b>Subject:</b> Flood"
)
WROTE = "On Mon, 4 May 2026 at 09:10, Bo &lt;bo@b.example&gt; wrote:"
LINE = "border:none;border-top:solid #E1E1E1 1.0pt"


@pytest.mark.parametrize(
    "quoted",
    [
        f'<div><div style="{LINE}"><p class=MsoNormal>{FIELDS}</p></div></div><p class=MsoNormal>{QUOTED}</p>',
        f'<hr><div id="x">{FIELDS.replace(" &lt;bo@b.example&gt;", "")}</div><p>{QUOTED}</p>',
        f'<div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Monday Bo wrote:</div><p>{QUOTED}</p></div>',
        (
            "<div><b>Gesendet:</b> Montag, 4. Mai 2026<br><b>Von:</b> Bo &lt;bo@b.example&gt;<br><b>An:</b> Ann<br>"
            f"<b>Betreff:</b> Flut</div><p>{QUOTED}</p>"
        ),
        (
            "<div><b>Van:</b> Bo &lt;bo@b.example&gt;<br><b>Verzonden:</b> maandag 4 mei 2026<br><b>Aan:</b> Ann<br>"
            f"<b>Onderwerp:</b> Rivier</div><p>{QUOTED}</p>"
        ),
        f"<p>{WROTE}</p><blockquote style='border-left:1px solid'>{QUOTED}</blockquote>",
        f"<div>4 May 2026, 09:10 by bo@b.example:</div><blockquote><blockquote>{QUOTED}</blockquote></blockquote>",
        (
            "<table><tr><th>Date: </th><td>4 May</td></tr><tr><th>From: </th><td>Bo &lt;bo@b.example&gt;</td></tr>"
            f"<tr><th>Subject: </th><td>Flood</td></tr></table><p>{QUOTED}</p>"
        ),
    ],
)
@pytest.mark.parametrize("own", [f"<p>{RISES}</p><p>{LEFT}</p>", "<p>About 45 people left.</p>"])
def test_quoted_message_of_a_page_is_left_out(own: str, quoted: str) -> None:
    made = message("x", page=f"<html><body>{own}{quoted}</body></html>")
    assert QUOTED not in read(made).text


def test_message_of_a_page_that_nothing_marks_as_quoted_is_left_out() -> None:
    page = f"<p>{RISES}</p><p>{LEFT}</p><p>{WROTE}</p><p>{QUOTED}</p>"
    assert read(message("x", page=page)).text == f"{RISES}\n\n{LEFT}"


def test_answer_below_a_quotation_of_a_page_stays() -> None:
    page = f"<p>Hello Bo,</p><p>{WROTE}</p><blockquote>{QUOTED}</blockquote><p>{RISES}</p><p>{LEFT}</p>"
    assert read(message("x", page=page)).text == f"Hello Bo,\n\n{RISES}\n\n{LEFT}"


def test_quotation_that_a_page_makes_itself_stays() -> None:
    page = f"<p>{RISES}</p><p>On 4 May 2026 the mayor wrote:</p><blockquote>{QUOTED}</blockquote><p>{LEFT}</p>"
    assert QUOTED in read(message("x", page=page)).text


def test_words_that_look_like_fields_stay() -> None:
    lines = "From: 45 to 54 people died, said press@a.example\nTo: nobody\nDate: open\n"
    assert LEFT in read(message(f"{RISES}\n\n{lines}\n{LEFT}\n")).text


@pytest.mark.parametrize(
    "passed_on",
    [
        (
            "<div>FYI</div><div class=gmail_quote>---------- Forwarded message ---------<br>From: <b>Bo Chen</b> "
            f"&lt;bo@b.example&gt;<br>Date: Thu, 30 Apr 2026 at 10:00<br>Subject: Flood<br>To: Ann<br><br>"
            f"<p>{RISES}</p><p>{LEFT}</p><blockquote class=gmail_quote><p>{QUOTED}</p></blockquote></div>"
        ),
        (
            "<div>FYI</div><blockquote type=cite><div>Begin forwarded message:</div><div><b>From: </b>Bo Chen "
            "&lt;bo@b.example&gt;</div><div><b>Subject: </b>Flood</div><div><b>Date: </b>30 April 2026 at 10:00</div>"
            f"<div><b>To: </b>Ann</div><br><div><p>{RISES}</p><p>{LEFT}</p></div></blockquote>"
        ),
        (
            f"<p>{FIELDS.replace('Monday, 4 May', 'Thursday, 30 April')}</p><p>{RISES}</p><p>{LEFT}</p><p>{FIELDS}</p>"
            f"<p>{QUOTED}</p>"
        ),
    ],
)
def test_page_that_passes_a_message_on_is_that_message(passed_on: str) -> None:
    article = read(message("FYI", "Fwd: Flood", f"<html><body>{passed_on}</body></html>"))
    assert (article.text, article.title) == (f"{RISES}\n\n{LEFT}", "Flood")
    assert (article.authors, article.published) == (("Bo Chen",), date(2026, 4, 30))


def part(kind: str, text: str, *headers: str) -> str:
    return "\n".join([f"Content-Type: {kind}", *headers, "", text, ""])


def holding(kind: str, *parts: str, boundary: str = "BB") -> str:
    return part(
        f'multipart/{kind}; boundary="{boundary}"', "".join(f"--{boundary}\n{one}" for one in parts) + f"--{boundary}--"
    )


MORE = "Correction: nobody died, and the sum is 42 million."
PAGES = (
    part("text/html", f"<p>{RISES}</p>"),
    part("text/html", f"<html><body><p>{LEFT}</p><p>{MORE}</p></body></html>"),
)
PICTURE = part(
    "image/png; name=a.png", "iVBORw0KGgo=", "Content-Disposition: inline", "Content-Transfer-Encoding: base64"
)


@pytest.mark.parametrize(
    "body",
    [
        holding("mixed", PAGES[0], PICTURE, PAGES[1]),
        holding(
            "alternative",
            part("text/plain", f"{RISES}\n\n{LEFT}\n\n{MORE}"),
            holding("mixed", PAGES[0], PICTURE, PAGES[1], boundary="CC"),
        ),
        holding("mixed", PAGES[0], PICTURE, part("text/plain", f"{LEFT}\n\n{MORE}")),
        holding("mixed", part("text/plain", RISES), PICTURE, part("text/plain", f"{LEFT}\n\n{MORE}")),
    ],
)
def test_message_goes_on_behind_a_picture(body: str) -> None:
    assert read(f"From: Ann <a@b.example>\nMIME-Version: 1.0\n{body}".encode()).text == f"{RISES}\n\n{LEFT}\n\n{MORE}"


OTHER = "<html><body><p>Notes of somebody else: 900 people died.</p></body></html>"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (holding("mixed", part("text/plain", RISES), part('text/html; name="o.html"', OTHER * 9)), "'o.html'"),
        (holding("mixed", part("text/plain", RISES + LEFT), part("text/html", OTHER * 9)), "'text/html'"),
        (holding("mixed", PAGES[0], part("text/html", OTHER, "Content-Disposition: inline; filename=o")), "'o'"),
        (holding("mixed", part("text/plain", RISES), part('text/plain; name="o.txt"', OTHER)), "'o.txt'"),
        (holding("mixed", part("text/plain", RISES), part("text/csv; name=o.csv", OTHER)), "'o.csv'"),
        (holding("mixed", holding("related", PAGES[0], part("text/html", OTHER), boundary="CC")), "'text/html'"),
    ],
)
def test_text_that_is_sent_along_is_told_and_not_read(body: str, name: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        article = read(f"From: Ann <a@b.example>\nMIME-Version: 1.0\n{body}".encode())
    assert "900" not in article.text
    assert RISES in article.text
    assert f"what is attached is not read: {name};" in caplog.text


def test_forms_of_one_message_are_read_once(caplog: pytest.LogCaptureFixture) -> None:
    plain, date_of = part("text/plain; name=message.txt", RISES), part("text/calendar; name=a.ics", "BEGIN:VCALENDAR")
    with caplog.at_level(logging.WARNING):
        article = read(
            f"From: Ann <a@b.example>\nMIME-Version: 1.0\n{holding('alternative', plain, PAGES[0], date_of)}".encode()
        )
    assert (article.text, caplog.text) == (RISES, "")


def test_text_stands_in_for_a_poor_page() -> None:
    assert read(message(f"{RISES}\n\n{LEFT}", page="<html><body><p>Our newsletter.</p></body></html>")).text.endswith(
        LEFT
    )


def test_attachments_are_told(caplog: pytest.LogCaptureFixture) -> None:
    made = message(RISES)
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="über.pdf")
    with caplog.at_level(logging.WARNING):
        read(made)
    assert "'a.txt': what is attached is not read: 'über.pdf'" in caplog.text


def test_flowed_lines_are_joined() -> None:
    made = message("The river \nrose.\n\nIt fell.\n")
    made.set_param("format", "flowed")
    assert read(made).text == "The river rose.\n\nIt fell."


def test_named_encoding_is_used() -> None:
    made = message(RISES.replace("river", "rivière"))
    made.set_content(RISES.replace("river", "rivière"), charset="iso-8859-1", cte="8bit")
    assert "rivière" in read(made).text


def test_seven_bits_are_read() -> None:
    content = HEAD + b"Content-Type: text/plain; charset=utf-7\n\nThe sum was +IKw-5 million, +- 3, caf+AOk-."
    assert read(content).text == "The sum was \u20ac5 million, + 3, caf\u00e9."
    with pytest.raises(EncodingError, match="is not utf-7 text"):
        read(content + b" +2D0-")


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_saved_page_is_read_as_a_page(line_end: str) -> None:
    article = read(SAVED.replace("\n", line_end).encode())
    assert article.text == f"River rises\n\n{RISES}\n\n{LEFT} — A."
    assert (article.title, article.url, article.language) == ("River rises", "https://a.example/river", "en")
    # The day of a saved page is that of its saving.
    assert (article.authors, article.published) == ((), None)


HEAD = b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n"
HOSTILE = {
    "nested": (
        HEAD + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(10_000)),
        "it is nested too deeply|it takes longer",
    ),
    "parts": (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: text/plain\n\nhi\n" * 10_000,
        "more than 1,000 parts",
    ),
    "base64": (
        HEAD + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nVGhlIHJpdmVy!!!IHJvc2U\nabcde",
        "its base64 cannot be decoded",
    ),
    "encrypted": (HEAD + b"Content-Type: application/pkcs7-mime; name=smime.p7m\n\nabc", "is encrypted"),
    "empty": (HEAD + b"Content-Type: text/plain\n\n", "is a message without text"),
    "picture": (
        HEAD + b'Content-Type: image/png; name="a.png"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n',
        r"without text; its attachment 'a\.png' may",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_message_is_refused_in_one_line(name: str) -> None:
    content, why = HOSTILE[name]
    with pytest.raises(SourceError, match=why) as told:
        read(content)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_message_may_be_saved_in_wide_letters(encoding: str) -> None:
    head = "From: Zoë Lée <a@b.example>\nSubject: Größe\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8"
    text = f"{head}\nContent-Transfer-Encoding: 8bit\n\nIt rose – by two metres.\n"
    Path("a.eml").write_bytes(text.encode(encoding))
    found = read_source("a.eml", NOW)
    assert (found.text, found.title, found.authors) == ("It rose – by two metres.", "Größe", ("Zoë Lée",))
