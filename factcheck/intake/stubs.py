"""What a page is instead of a whole article: a check against robots, a wall, a beginning, a list of posts."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import urljoin

from lxml.html import HtmlElement

from factcheck.intake.linked_data import LinkedData
from factcheck.intake.page_text import LEAST_WORDS
from factcheck.intake.whole_article import squeezed

_CHECKS = re.compile(
    r"\b(?:just a moment|attention required|access (?:to this page has been )?denied|are you a (?:robot|human)"
    r"|not a robot|verify(?:ing)? (?:that )?you(?:'re| are) (?:a )?human|enable javascript and cookies"
    r"|unusual (?:traffic|activity)|captcha|pardon our interruption|checking your browser|request (?:was )?blocked"
    r"|security check|bot protection|sicherheitsüberprüfung|kein roboter"
    r"|zugriff verweigert|accès refusé|acceso denegado|accesso negato)\b",
    re.IGNORECASE,
)
_WALLS = re.compile(
    r"\b(?:subscribe to (?:continue|read|unlock|keep)|to (?:continue|keep) reading|already a (?:subscriber|member)"
    r"|for subscribers only|subscriber[- ]only|subscribers only|read the full (?:story|article)|unlock this article"
    r"|jetzt weiterlesen|diesen artikel weiterlesen|weiterlesen mit|nur für abonnenten|réservé (?:aux|à nos) abonnés"
    r"|(?:pour )?lire la suite|contenido exclusivo|solo para suscriptores|riservato agli abbonati|para assinantes)\b",
    re.IGNORECASE,
)
_CONSENT = (
    re.compile(
        r"\b(?:your privacy|(?:ihre|deine) privatsphäre|votre vie privée|(?:tu|su) privacidad|la (?:tua|vostra) privacy"
        r"|sua privacidade|(?:uw|jouw|je) privacy)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:our|unsere[nr]?|nos|nuestros|nostri|nossos|onze) (?:\d[\d.,]{0,8} )?(?:\w{1,15} )?"
        r"(?:partner|vendor|partenaire|socio|proveedor|parceiro|fornitori)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?:information|data|cookies) (?:on|from) (?:a|your) device|auf (?:einem|ihrem|deinem) (?:end)?gerät"
        r"|(?:sur|à) (?:un|votre) (?:terminal|appareil)|en (?:un|tu|su) dispositivo|su un dispositivo"
        r"|op (?:een|uw) apparaat)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:personali[sz]ed (?:ad|content)|personalisierte (?:anzeigen|werbung)"
        r"|(?:publicités|contenus?) personnalisé|(?:anuncios|publicidad|contenidos?) personalizad"
        r"|(?:annunci|pubblicità) personalizzat|anúncios personalizados|gepersonaliseerde advertenties)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?:with|give|withdraw|refuse|manage|to) (?:your )?consent|with your permission|accept(?: all)? cookies"
        r"|(?:ihre|deine|ihrer|deiner) (?:einwilligung|zustimmung)|alle (?:cookies )?akzeptieren|votre consentement"
        r"|(?:tu|su) consentimiento|il (?:tuo|vostro) consenso|(?:seu|teu) consentimento|(?:uw|je) toestemming)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:geolocation data|device scanning|standortdaten|données de géolocalisation|datos de localización"
        r"|legitimate interest|berechtigte[sn]? interesse|intérêts? légitimes?|interés legítimo|legittimo interesse)",
        re.IGNORECASE,
    ),
)
"""What a wall of cookies says, each in so many ways."""
_SIGNS_OF_CONSENT = 3
_SHARE_OF_CONSENT = 0.5  # of the letters, in paragraphs that say any of it
_MOST_OF_CHECK = 150  # words of a page that is nothing but a check
_MOST_OF_STUB = 250  # words before a paywall
_SHARE_OF_STUB = 0.5  # of the words that the page tells machines that its article has
_SIGNS = 2  # of a paywall, of three: sold, a part of the words that are told, and an offer of the rest
_COUNT = re.compile(r"[0-9]{1,5}")
_LEAST_POSTS = 3
_LEAST_OF_POSTS = 0.5  # of the text
_MOST_OF_POST = 0.6  # of the text: it is the article then
_MOST_BOXES = 20_000
_LEAST_LETTERS = 60  # of a paragraph that is looked for
_POST = re.compile(r"(?:^|\s)(?:post|hentry|entry|story|blog-?post)(?:$|\s)")
_HEADINGS = ("h1", "h2", "h3", "h4")


def stub_of(page: HtmlElement, told: LinkedData, lines: Sequence[str], url: str | None) -> str | None:
    """What the page is, where it is no whole article; None where it may be one."""
    words = sum(len(one.split()) for one in lines)
    shown = " ".join(str(page.text_content()).split())
    if wall := wall_of(page, lines):
        return f"{wall}, not the article"
    if words < _MOST_OF_STUB and _is_walled(told, shown, words):
        return f"the beginning of an article that is sold, of {words} words"
    if posts := _posts(page, told, lines, url):
        return f"a list of {posts} posts, not one article"
    return f"no article, it has {words} words" if words < LEAST_WORDS else None


def wall_of(page: HtmlElement, lines: Sequence[str]) -> str | None:
    """What the page asks before it shows anything, None where it shows something; `lines` are its article's."""
    shown = " ".join(str(page.text_content()).split())
    if len(shown.split()) < _MOST_OF_CHECK and _CHECKS.search(shown):
        return "a check against robots"
    return "a question about cookies" if _asks_consent(lines) else None


def _asks_consent(lines: Sequence[str]) -> bool:
    """Whether the text is what a site asks of its visitors before it shows them anything."""
    asking = [one for one in lines if any(sign.search(one) for sign in _CONSENT)]
    signs = sum(any(sign.search(one) for one in asking) for sign in _CONSENT)
    share = sum(map(len, asking)) / max(1, sum(map(len, lines)))
    return signs >= _SIGNS_OF_CONSENT and share >= _SHARE_OF_CONSENT


def _is_walled(told: LinkedData, shown: str, words: int) -> bool:
    sold = any(str(part.value).lower() == "false" for one in told.articles for part in one.parts("isAccessibleForFree"))
    counts = (str(part.value) for one in told.articles for part in one.parts("wordCount"))
    is_part = words < _SHARE_OF_STUB * max((int(one) for one in counts if _COUNT.fullmatch(one)), default=0)
    return sold + is_part + bool(_WALLS.search(shown)) >= _SIGNS


def _posts(page: HtmlElement, told: LinkedData, lines: Sequence[str], url: str | None) -> int:
    """How many posts the text is glued from, each with a headline that leads to a page of its own."""
    if any("LiveBlogPosting" in one.types for one in told.articles):
        return 0
    keys = [squeezed(one) for one in lines]
    held = []
    for post in _own_pages(page, url):
        words = squeezed(str(post.text_content()))
        held.append(sum(len(key) for key in keys if len(key) >= _LEAST_LETTERS and key in words))
    held = [one for one in held if one]
    total = sum(map(len, keys))
    is_glued = len(held) >= _LEAST_POSTS and sum(held) >= _LEAST_OF_POSTS * total and max(held) < _MOST_OF_POST * total
    return len(held) if is_glued else 0


def _own_pages(page: HtmlElement, url: str | None) -> Iterator[HtmlElement]:
    for one in islice(page.iter("article", "div", "section", "li"), _MOST_BOXES):
        if one.tag == "article" or _POST.search(one.get("class", "")):
            links = (link for head in one.iter(*_HEADINGS) for link in head.iter("a") if link.get("href"))
            link = next(links, None)
            if link is not None and _path(urljoin(url or "", link.get("href"))) != _path(url or ""):
                yield one


def _path(url: str) -> str:
    return url.partition("#")[0].rstrip("/")
