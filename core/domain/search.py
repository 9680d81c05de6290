"""Finding by words: what a text is made of, which of several texts fits a question best."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from core.domain.article import Article
from core.domain.incident import Incident
from core.domain.procedure import Procedure

MOST_QUERY = 20_000
"""Characters of a question: a whole stack trace fits."""
MOST_TERMS = 64
"""Different words of a question that are looked for; the first ones."""
MOST_WORDS = 5_000
"""Different words by which one text is found; the first ones."""
LONGEST = 64
"""Characters of a word that count."""
EXCERPT = 200
MOST_SAID = 8_000
"""Characters of the updates by which an incident is found; the newest ones."""
MOST_UPDATES = 20
"""How many of them count."""

WORD = re.compile(r"[^\W_]+")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_FILLERS = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been but by did do does for from had has have he her his how i if"
        " in into is it its my no not of on or our she so that the their then there these they"
        " this to too was we were what when where which who why will with you your",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Something that can be found. `kind`: incident, procedure or article."""

    id: str
    kind: str
    title: str
    body: str

    @property
    def words(self) -> tuple[str, ...]:
        return terms(f"{self.title}\n{self.body}", most=MOST_WORDS)


FINDABLE = (Incident, Procedure, Article)


def document_of(thing: object, said: Sequence[str] = ()) -> Document | None:
    """How it is found; None if it is not, or not any more. `said` are an incident's updates, the
    oldest first."""
    match thing:
        case Incident(deleted_at=None):
            told = (thing.description, thing.resolution, thing.root_cause)
            return incident_document(thing.id, thing.title, told, said)
        case Procedure(deleted_at=None):
            words = " ".join(filter(None, (thing.category, *thing.tags)))
            body = "\n".join(filter(None, (thing.text, words)))
            return Document(id=thing.id, kind=thing.NOUN, title=thing.title, body=body)
        case Article(deleted_at=None):
            return Document(id=thing.id, kind=thing.NOUN, title=thing.title, body=thing.body)
        case _:
            return None


def incident_document(
    id: str, title: str, told: Iterable[str], said: Sequence[str] = ()
) -> Document:
    """What is told of it comes first, then what was said while it went on; nothing twice."""
    parts = dict.fromkeys(filter(None, (*told, *_newest(said))))
    return Document(id=id, kind="incident", title=title, body="\n".join(parts))


def _newest(said: Sequence[str]) -> list[str]:
    """As many of the last ones as fit, in their order; one that does not fit is cut."""
    kept: list[str] = []
    room = MOST_SAID
    for text in said[: -MOST_UPDATES - 1 : -1]:
        if room <= 0:
            break
        kept.append(text[:room])
        room -= len(text)
    return kept[::-1]


def asked(query: str) -> tuple[str, ...]:
    """The words to look for; those that every sentence has only if there are no others."""
    found = terms(query[:MOST_QUERY], most=4 * MOST_TERMS)
    telling = tuple(word for word in found if word not in _FILLERS)
    return (telling or found)[:MOST_TERMS]


def terms(text: str, *, most: int) -> tuple[str, ...]:
    """The different words of a text: whatever the case and accents, one or many of a thing.
    `PoolTimeoutException` is found by its parts too."""
    words = dict.fromkeys(WORD.findall(text))
    found = dict.fromkeys(chain.from_iterable(map(_terms_of, words)))
    return tuple(islice(found, most))


def excerpt(body: str, query: Iterable[str], title: str = "") -> str:
    """The stretch of a text that has most of what was asked for, on one line."""
    text = " ".join(body[:MOST_QUERY].split()) or title
    start = _densest(text, frozenset(query))
    cut = text[start : start + EXCERPT]
    if start + EXCERPT < len(text):
        cut = cut.rsplit(" ", 1)[0] + "…"
    return f"…{cut}" if start else cut


def _densest(text: str, query: frozenset[str]) -> int:
    """Where to begin so that most different words of the question are seen."""
    hits = [
        (match.start(), found)
        for match in WORD.finditer(text)
        if (found := query.intersection(_terms_of(match[0])))
    ]
    best, most = 0, 0
    for index, (start, _) in enumerate(hits):
        seen: set[str] = set()
        for place, found in hits[index : index + EXCERPT]:
            if place - start > EXCERPT * 3 // 4:
                break
            seen |= found
        if len(seen) > most:
            best, most = start, len(seen)
    return _sentence_before(text, best)


def _sentence_before(text: str, place: int) -> int:
    """The start of the sentence if it is near, else of a word a little before."""
    if place <= EXCERPT // 4:
        return 0
    nearby = text[place - EXCERPT // 4 : place]
    ends = max(nearby.rfind(mark) for mark in (". ", "! ", "? "))
    offset = ends + 2 if ends >= 0 else nearby.find(" ") + 1
    return place - EXCERPT // 4 + offset


def _terms_of(word: str) -> tuple[str, ...]:
    """Remembered unless it is so long that it must be data."""
    return _remembered(word) if len(word) <= LONGEST else _split(word)


@lru_cache(maxsize=4_096)
def _remembered(word: str) -> tuple[str, ...]:
    return _split(word)


def _split(word: str) -> tuple[str, ...]:
    parts = _HUMPS.split(word)
    whole = [word] if len(parts) == 1 else [word, *parts]
    forms = (folded(one)[:LONGEST] for one in whole)
    return tuple(dict.fromkeys(one for one in forms if len(one) > 1 or not one.isascii()))


def folded(word: str) -> str:
    """Whatever the case and accents, one or many of a thing."""
    plain = word.casefold()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain).casefold()
        plain = "".join(one for one in parts if one.isalnum())
    return _singular(plain)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word
