"""Words by which a whole date is an end of a stretch of time and no day of an event: `od 5. března 2019`, `5日から`.

For languages of which only days with month and year are read; the dates themselves are CLDR's. A language without an
entry has none read: where `since` or `until` cannot be told, a date is a guess. Entries are regular expressions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class EndWords:
    """What keeps a date from being the day of an event.

    `ends` stand up to two words before it, `beside` right before it, `clause` anywhere in its sentence, `behind` right
    behind it, where `needed` has to stand if a language ends such dates by what follows. `linked` joins month and year.
    """

    ends: str
    beside: str = "(?!)"
    clause: str = "(?!)"
    behind: str = "(?!)"
    needed: str = ""
    linked: str = "(?!)"


_NORWEGIAN = EndWords(
    ends="siden|sidan|fra|frå|før|etter|mellom|innen|innan|inntil|tidligst|tidlegast|senest|seinast",
    beside="til|enn|ikke|ikkje|og|eller|av|ved|rundt|omkring|cirka|hver|kvar",
    clause="før|etter|siden|sidan|inntil",
)

END_WORDS: Mapping[str, EndWords] = MappingProxyType({
    "ar": EndWords(
        ends="منذ|من|حتى|إلى|الى|قبل|بعد|بين|لغاية|غاية|ابتداء|ابتداءً|اعتبارا|اعتبارًا|نحو|عشية",
        beside="و|أو|ليس",
        clause="منذ|قبل|بعد|حتى",
    ),
    "bg": EndWords(
        ends="от|до|преди|след|между|към|около|навръх",
        beside="и|и на|или|не|за",
        clause="преди|след|докато|откакто",
    ),
    "ca": EndWords(
        ends="des|d['’]ençà|fins|abans|després|entre|partir|cap|vora",
        beside="del|al|i|i el|o|no|cada",
        clause="des|fins|abans|després",
        linked="de|del",
    ),
    "cs": EndWords(
        ends="od|ode|do|před|přede|po|mezi|až|než|kolem|nejpozději|včetně",
        beside="a|i|nebo|ne|nikoli|na|k|ke|z|ze|ze dne|o",
        clause="poté|předtím|než|dokud",
    ),
    "da": EndWords(
        ends="siden|fra|før|efter|mellem|inden|indtil|senest|tidligst",
        beside="til|end|ikke|og|eller|af|ved|omkring|cirka|pr|hver",
        clause="før|efter|siden|inden|indtil",
    ),
    "el": EndWords(
        ends="από|απ['’]|μέχρι|έως|ως|πριν|μετά|μεταξύ|ανάμεσα|περίπου|παραμονή",
        beside="και|και στις|ή|όχι|της|για|προς",
        clause="πριν|μετά|μέχρι|αφού",
    ),
    "fi": EndWords(
        ends="ennen|sitten|viimeistään|aikaisintaan|noin",
        beside="ja|tai|ei|eikä|kuin",
        clause="ennen|sitten|jälkeen|jälkeinen|asti|saakka|alkaen|lähtien|mennessä|aikana|välillä|välisenä|kunnes",
    ),
    "hi": EndWords(
        ends="से|तक|लगभग", beside="और|या|नहीं|के", clause="बाद|पहले", needed=r"\s+(?:को|के\s+दिन)(?=[\s,।]|$)|\s*,"
    ),
    "hr": EndWords(
        ends="od|do|prije|poslije|nakon|između|uoči|oko", beside="i|ili|ne|na|za|k|ka", clause="nakon|prije|dok"
    ),
    "hu": EndWords(
        ends="között|körül", beside="és|vagy|nem", clause="óta|után|előtt|között|mielőtt|miután", needed=r"[-]j?[áé]n\b"
    ),
    "id": EndWords(
        ends="sejak|dari|mulai|hingga|sampai|sebelum|sesudah|setelah|selepas|antara|menjelang|sekitar|s\\.d\\.",
        beside="per|bukan|dan|atau|ke",
        clause="sejak|sebelum|sesudah|setelah|hingga|sampai",
    ),
    "ja": EndWords(
        linked="年",
        ends="(?!)",
        beside="から|より|と|や|・|約",
        clause="以来|以降|以前|までに|翌|前日",
        needed="(?:[(（][^()（）]{1,3}[)）])?(?:に|、|の?(?:午前|午後|夜|朝|夕方|深夜|未明))",
    ),
    "ko": EndWords(
        linked="년",
        ends="(?!)",
        beside="부터|에서|와|과|및|또는|약",
        clause="이후|이전|이래|까지|부터",
        needed=r"(?:\s?\([^()]{1,3}\))?(?:에(?![가-힣])|,|\s+(?!전|후|뒤|사이|기준|자\s)[가-힣])",
    ),
    "lt": EndWords(
        ends="nuo|iki|ligi|prieš|po|tarp|apie", beside="ir|ar|arba|ne|už|į", clause="prieš|kol|kai|nuo|iki", linked="m"
    ),
    "nb": _NORWEGIAN,
    "nn": _NORWEGIAN,
    "no": _NORWEGIAN,
    "pl": EndWords(
        ends="od|ode|do|przed|przede|po|między|pomiędzy|aż|niż|około|ok|najpóźniej|dopiero",
        beside="z|ze|z dnia|na|a|i|oraz|lub|albo|nie|o",
        clause="zanim|odkąd|dopóki|dopiero",
    ),
    "ro": EndWords(
        ends="de la|din|dinainte|până|pînă|înainte|înaintea|după|între|dintre|către|circa|aproximativ|târziu",
        beside="și|sau|nu|al",
        clause="înainte|după|până",
    ),
    "ru": EndWords(
        ends="до|перед|после|между|около|от|через|накануне|начиная|вплоть|ранее|раньше|позднее|позже",
        beside="с|со|по|к|ко|и|или|не|на|а|чем",
        clause="после|прежде|перед|пока|когда",
    ),
    "sk": EndWords(
        ends="od|odo|do|pred|predo|po|medzi|až|než|okolo|najneskôr|vrátane",
        beside="a|i|alebo|nie|na|k|ku|z|zo|zo dňa|o",
        clause="potom|predtým|než|kým",
    ),
    "sv": EndWords(
        ends="sedan|från|före|innan|efter|mellan|senast|tidigast|tills|intill",
        beside="till|med|än|inte|ej|och|eller|av|vid|mot|kring|runt|omkring|cirka|per|varje",
        clause="sedan|före|innan|efter|tills|förrän",
    ),
    "tr": EndWords(
        ends="(?!)",
        beside="ve|ile|veya|her|yaklaşık",
        clause="beri|kadar|dek|önce|sonra|itibaren|arasında",
        needed=r"['’]?[dt][ae]\b|\s+(?:tarihinde|[^\W\d_]{4,9}\s+günü|günü)\b",
    ),
    "uk": EndWords(
        ends="від|од|до|перед|після|між|близько|через|напередодні|починаючи|станом|раніше|пізніше",
        beside="з|із|зі|по|і|й|та|або|не|на|а|ніж",
        clause="після|перш|перед|поки|коли",
    ),
    "vi": EndWords(
        ends="từ|tới|đến|trước|sau|giữa|qua|khoảng|hết",
        beside="và|hoặc|phải",
        clause="trước|sau|kể từ|từ khi|đến khi",
        linked="năm",
    ),
    "zh": EndWords(
        linked="年",
        ends="(?!)",
        beside="自|从|從|至|到|由|截至|直到|距|迄|每|比|非|不是|和|与|與|及|或|、|约|約",
        clause="以来|以來|以前|之前|之后|之後|以后|以後|周年|週年|前夕|为止|為止",
        behind=r"\s*(?:[起前后後以之止为為和与與及或、]|开始|開始|当天起|當天起)",
    ),
})  # fmt: skip
