"""What readers have said below an article: none of it is the article's."""

import re
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

_COMMENTS = (
    r"(?:comments?|(?:leser)?kommentare?|commentaires?|coment[aá]rios?|commenti|reacties|kommentarer|kommentit"
    r"|komentar(?:ze|zy|e)|коммента(?:рии|риев)|коментар(?:і|ів)|yorum(?:lar)?)"
)
_NUMBER = r"\d{1,3}(?:[., ]?\d{3})?"
_BARE = re.compile(rf"(?:(?:reader|user) |readers['’] |les )?{_COMMENTS}", re.IGNORECASE)
_TELLING = re.compile(
    rf"{_NUMBER} (?:{_COMMENTS}|(?:repl(?:y|ies)|responses?) to\b.{{1,300}})"
    rf"|{_COMMENTS} ?[(\[] ?{_NUMBER} ?[)\]]|(?:\w{{1,10}}) thoughts? on\b.{{1,300}}"
    r"|(?:leave|post|write|add|submit) (?:a|your) (?:comment|reply|response)\b.{0,40}"
    r"|(?:join|start) the (?:conversation|discussion|debate)|comments are closed"
    r"|schreiben? (?:sie )?(?:einen|den ersten|ihren) kommentar|kommentar (?:schreiben|hinterlassen|verfassen)"
    r"|diskutieren sie mit|(?:laisse[rz]|ajoute[rz]|écri(?:re|vez)) un commentaire|(?:vos|votre) commentaires?"
    r"|deja (?:un comentario|una respuesta)|escribe un comentario|lascia un commento"
    r"|deixe (?:um comentário|uma resposta)|(?:geef|laat) een reactie(?: achter)?|lämna en kommentar|skriv en kommentar"
    r"|dodaj komentarz|(?:добавить|оставить) комментарий|залишити коментар|yorum yap",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\b(?:\d+|an?|one) ?(?:s|sec|seconds?|m|min|minutes?|h|hrs?|hours?|days?|weeks?|months?|years?) ago\b"
    r"|\bvor (?:\d+|eine[mr]) (?:sekunden?|minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?)"
    r"|\bil y a \d|\bhace \d|\bhá \d|\b\d+ \w{3,10} (?:fa|geleden|sedan|siden|sitten|temu|назад|тому|önce)\b",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"repl(?:y|ies)|report|antworten|melden|répondre|signaler|responder|rispondi|beantwoorden|svara|svar|vastaa"
    r"|odpowiedz|ответить|відповісти|yanıtla|.{1,60} says:",
    re.IGNORECASE,
)
_OF_COMMENT = re.compile(r"(?:^|[\s:/#])(?:User)?Comments?(?:$|\s)")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_BOXES = ("section", "div", "aside", "ul", "ol", "form", "footer")
_OF_PAGE = frozenset({"html", "body", "main", "article"})
_MOST_HEADINGS = 50  # that announce comments; for each the rest of its article is looked through
_MOST_WORDS = 12  # of such a heading, or of a line that says when and to whom somebody has answered
_LEAST_PROSE = 60  # characters


def comments_in(page: HtmlElement) -> list[HtmlElement]:
    """The boxes of readers' comments: told by marks for machines, or by a heading with what stands below it."""
    found = [one for one in page.iter(etree.Element) if _is_marked(one)]
    for heading in islice(filter(_announces, page.iter(*_HEADINGS)), _MOST_HEADINGS):
        found += _below(heading)
    return [one for one in found if one.find(".//h1") is None]


def _is_marked(element: HtmlElement) -> bool:
    if element.tag in _OF_PAGE:
        return element.tag == "article" and _is_comment(element)
    label = element.get("aria-label") if element.tag in _BOXES else None
    return _is_comment(element) or (label is not None and bool(_matched(" ".join(label.split()))))


def _is_comment(element: HtmlElement) -> bool:
    """Whether it says in one of the languages for machines that it is a comment."""
    kinds = (element.get("itemtype", ""), element.get("typeof", ""))
    return "comment" in element.get("itemprop", "").split() or any(map(_OF_COMMENT.search, kinds))


def _matched(words: str) -> re.Match[str] | None:
    return _BARE.fullmatch(words) or _TELLING.fullmatch(words)


def _announces(heading: HtmlElement) -> bool:
    words = _words(heading)
    return bool(_matched(words)) and (len(words.split()) <= _MOST_WORDS or " on " in words or " to " in words)


def _below(heading: HtmlElement) -> list[HtmlElement]:
    """The box that begins with the heading, or the heading with all behind it; nothing where that may be an article's.

    An article may have a section of this name, and go on behind an invitation: such a heading is believed where lines
    of answers stand below it, or where it says that these are readers' comments and no paragraph follows its box.
    """
    box = _box(heading)
    if box is not None:
        is_last = bool(_TELLING.fullmatch(_words(heading))) and not _goes_on(box)
        return [box] if is_last or _has_answers([box]) else []
    behind = _until_next(heading)
    return [heading, *behind] if _has_answers(behind) else []


def _box(heading: HtmlElement) -> HtmlElement | None:
    """The smallest box with more words than the heading, where these are its first; None where an article holds it."""
    words, here = _words(heading), heading
    while (parent := here.getparent()) is not None and parent.tag not in _OF_PAGE:
        if (parent.text or "").strip() or any(_words(one) for one in here.itersiblings(preceding=True)):
            return None
        if parent.tag in _BOXES and _words(parent) != words:
            return parent
        here = parent
    return None


def _until_next(heading: HtmlElement) -> list[HtmlElement]:
    """What stands behind the heading, or behind a box that holds nothing else, before the next heading of its rank."""
    begin, words = heading, _words(heading)
    while (parent := begin.getparent()) is not None and parent.tag in _BOXES and _words(parent) == words:
        begin = parent
    found = []
    for one in begin.itersiblings(etree.Element):
        if one.tag in {"h1", *_HEADINGS} and one.tag <= heading.tag:
            break
        found.append(one)
    return found


def _has_answers(elements: list[HtmlElement]) -> bool:
    """Whether a short line in them says how long ago somebody has said it, or offers to answer."""
    lines = (" ".join(text.split()) for element in elements for text in element.itertext())
    return any(_AGO.search(one) or _ANSWER.fullmatch(one) for one in lines if one and len(one.split()) <= _MOST_WORDS)


def _goes_on(box: HtmlElement) -> bool:
    """Whether a paragraph of its article stands behind it."""
    here = box
    while here.tag not in _OF_PAGE and here.getparent() is not None:
        for one in here.itersiblings(etree.Element):
            paragraphs = [one] if one.tag == "p" else [] if one.tag in {"aside", "footer"} else one.iter("p")
            if any(len(_words(each)) >= _LEAST_PROSE for each in paragraphs):
                return True
        here = here.getparent()
    return False


def _words(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split()) if isinstance(element.tag, str) else ""
