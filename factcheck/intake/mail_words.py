"""What mail programs write around the message that somebody answers or passes on, in the languages that they speak."""

import re
from collections.abc import Iterable


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


SENDER = frozenset({
    "from", "von", "de", "da", "van", "fra", "från", "frá", "od", "lähettäjä", "feladó", "kimden", "gönderen", "de la",
    "expéditeur", "remitente", "mittente", "remetente", "afzender", "avsändare", "nadawca", "odesílatel", "saatja",
    "от", "від", "από", "מאת", "发件人", "寄件者", "寄件人", "差出人", "送信者", "보낸 사람",
})  # fmt: skip
SENT = frozenset({
    "sent", "gesendet", "gesendet am", "date", "datum", "envoyé", "envoyé le", "enviado", "enviado el", "enviada",
    "enviada em", "enviado em", "enviado a", "fecha", "data", "inviato", "inviato il", "verzonden", "sendt", "dato",
    "skickat", "wysłano", "data wysłania", "lähetetty", "päivämäärä", "päiväys", "odesláno", "odoslané",
    "poslano", "dátum", "elküldve", "küldve", "gönderildi", "gönderme tarihi", "tarih", "trimis", "saadetud",
    "отправлено", "дата", "надіслано", "στάλθηκε", "εστάλη", "ημερομηνία", "נשלח",
    "发送时间", "發送時間", "日期", "寄件日期", "送信日時", "日付", "日時", "보낸 날짜", "날짜",
})  # fmt: skip
SUBJECT = frozenset({
    "subject", "betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp", "emne", "ämne", "efni", "temat",
    "aihe", "tárgy", "předmět", "predmet", "zadeva", "naslov", "konu", "subiect", "teema", "тема", "θέμα", "נושא",
    "主题", "主旨", "主題", "件名", "제목",
})  # fmt: skip
_OTHERS = frozenset({
    "to", "an", "à", "para", "a", "aan", "til", "till", "do", "komu", "kime", "alıcı", "către", "vastaanottaja",
    "címzett", "za", "prima", "destinataire", "destinatario", "кому", "προς", "אל",
    "收件人", "收件者", "宛先", "받는 사람",
    "cc", "kopie", "copie", "kopi", "kopia", "kopio", "copia", "dw", "másolat", "másolatot kap", "bilgi", "копия",
    "копія", "κοιν", "抄送", "副本", "참조", "reply-to", "antwort an", "répondre à", "responder a",
})  # fmt: skip
"""To whom it went."""

FIELD = re.compile(
    rf"[*> ]{{0,4}}(?P<name>{_any_of(SENDER | SENT | SUBJECT | _OTHERS)})\*{{0,2}}\s?[:：]\s?\*{{0,2}}\s?(?P<value>.*)",
    re.IGNORECASE,
)

_FORWARDED = _any_of({
    "begin forwarded message", "forwarded message", "weitergeleitete nachricht", "message transféré",
    "début du message réexpédié", "mensaje reenviado", "messaggio inoltrato", "mensagem encaminhada",
    "mensagem reencaminhada", "doorgestuurd bericht", "videresendt meddelelse", "videresendt melding",
    "videresendt besked", "vidarebefordrat meddelande", "välitetty viesti", "przekazana wiadomość",
    "wiadomość przekazana dalej", "přeposlaná zpráva", "továbbított üzenet", "továbbított levél", "iletilen ileti",
    "yönlendirilen mesaj", "mesaj redirecționat", "пересылаемое сообщение", "переадресованное сообщение",
    "пересланное сообщение", "переслане повідомлення", "转发的邮件", "轉寄的郵件", "转发邮件", "転送されたメッセージ",
    "전달된 메시지",
})  # fmt: skip
_ORIGINAL = _any_of({
    "original message", "ursprüngliche nachricht", "original-nachricht", "originalnachricht", "message d'origine",
    "message d’origine", "message original", "mensaje original", "messaggio originale", "mensagem original",
    "oorspronkelijk bericht", "oprindelig meddelelse", "oprindelig besked", "opprinnelig melding",
    "ursprungligt meddelande", "originalmeddelande", "alkuperäinen viesti", "wiadomość oryginalna",
    "oryginalna wiadomość", "původní zpráva", "pôvodná správa", "eredeti üzenet", "özgün ileti", "orijinal mesaj",
    "mesaj original", "izvorna poruka", "izvirno sporočilo", "исходное сообщение", "оригинальное сообщение",
    "оригінальне повідомлення", "αρχικό μήνυμα", "הודעה מקורית",
    "原始邮件", "原始郵件", "元のメッセージ", "원본 메시지",
})  # fmt: skip
RULE = re.compile(rf"[-_\s]{{0,20}}(?:{_FORWARDED}|{_ORIGINAL})\s?[:：]?[-_\s]{{0,20}}", re.IGNORECASE)
"""A line over a message that is passed on, or answered."""
FORWARD_RULE = re.compile(rf"[-_\s]{{0,20}}(?:{_FORWARDED}|(?:begin )?forwarded|weitergeleitete)", re.IGNORECASE)

_WRITES = (
    r"wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisał(?:\(a\)|a)?|napsala?|napsal\(a\)"
    r"|napísala?|kirjoitti|írta|yazdı|şunu yazdı|a scris|написала?|пишет|пише|έγραψε|写道|寫道"
)
WROTE_ON = re.compile(
    rf"(?:on|am|le|el|il|em|op|den|dnia|w dniu)\b.{{5,200}}\b(?:{_WRITES}).{{0,100}}[:：]\s*", re.IGNORECASE
)
WROTE = re.compile(rf".{{3,200}}(?:\b|(?=[写寫]))(?:{_WRITES})\s?[:：]\s*", re.IGNORECASE)
"""The line over a quotation that tells on which day somebody wrote it, or at least who."""
_MOST_OF_LINE = 300  # characters

_REPLIES = (
    "re", "aw", "antw", "sv", "vs", "odp", "odg", "res", "rif", "ynt", "vá", "απ", "תשובה",
    "回复", "回覆", "答复", "答覆", "返信", "답장",
)  # fmt: skip
_FORWARDS = (
    "fw", "fwd", "wg", "tr", "rv", "enc", "vb", "vl", "doorst", "ilt", "i̇lt", "továbbítás", "πρθ", "הועבר", "转发",
    "轉寄", "轉發", "転送", "전달",
)  # fmt: skip
_REPLIES_OF_THREADS, _FORWARDS_OF_THREADS = ("r",), ("i", "pd")
"""As Italian and Polish programs write; with them a subject may begin of itself."""


def _prefix(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:(?:{_any_of(words)})(?:\[\d{{1,2}}\])?\s?[:：]\s*)+", re.IGNORECASE)


_PREFIX = _prefix((*_REPLIES, *_FORWARDS))
_PREFIX_OF_THREAD = _prefix((*_REPLIES, *_FORWARDS, *_REPLIES_OF_THREADS, *_FORWARDS_OF_THREADS))
_FORWARD = re.compile(rf"\s*(?:{_any_of(_FORWARDS)})\s?[:：]", re.IGNORECASE)
_FORWARD_OF_THREAD = re.compile(rf"\s*(?:{_any_of((*_FORWARDS, *_FORWARDS_OF_THREADS))})\s?[:：]", re.IGNORECASE)


def own_subject(subject: str, *, is_of_thread: bool) -> str:
    """The subject without what programs put before it; `is_of_thread` where the message names one that it follows."""
    found = _PREFIX_OF_THREAD.match(subject) if is_of_thread else _PREFIX.match(subject)
    return subject[found.end() if found else 0 :].strip()


def is_passed_on(subject: str, *, is_of_thread: bool) -> bool:
    """Whether the subject says that the message passes another one on."""
    return bool(_FORWARD_OF_THREAD.match(subject) if is_of_thread else _FORWARD.match(subject))


def tells_address_and_time(line: str) -> bool:
    """Whether it ends with a colon and names an address and a number: in any language, it says who wrote when."""
    is_short = len(line) < _MOST_OF_LINE and line.rstrip().endswith((":", "："))
    return is_short and "@" in line and any(char.isdigit() for part in line.split() if "@" not in part for char in part)
