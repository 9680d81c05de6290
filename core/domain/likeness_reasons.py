"""Says in a few words why a document was found, for people who must judge it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.domain.fusion import Question, Weighed
from core.domain.identifiers import MOST_READ, identifiers, shared
from core.domain.search import WORD, folded
from core.domain.text import cut_line, shorten

MOST = 300
_MOST_FIX = 140
_MOST_MENTIONED = 2
_LIKE_IN_MEANING = 0.45
_MOST_PLACES = 16
"""Of one word in what was found that are looked at."""
_LONGEST = 6
"""Words in one phrase."""
_BESIDE = re.compile(r"[ \t]+|[._/\-]")
_SCHEMES = frozenset({"http", "https", "www"})
"""Every address has them."""
_DOING = re.compile(r"[a-z]+ing\b")
_FIX = re.compile(r"(?:^|; )resolved(?::| by) ")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """`follows` if nothing but a space or a joining sign is between it and the one before."""

    folded: str
    start: int
    end: int
    follows: bool


def reason(question: Question, weighed: Weighed, *, resolution: str = "") -> str:
    """`same service, both mention connection pool; resolved by restarting PgBouncer`."""
    why = ", ".join(_whys(question, weighed))
    return shorten("; ".join(filter(None, (why, _fixed(resolution)))), MOST)


def without_fix(reason: str) -> str:
    """The same for where what fixed it is shown as well."""
    return _FIX.split(reason)[0]


def _whys(question: Question, weighed: Weighed) -> Iterator[str]:
    signals = weighed.signals
    if signals.opinion > 0:
        yield "named as the same cause before"
    if weighed.match.service:
        yield f"same service {weighed.match.service}"
    mentioned = _mentioned(question, weighed)
    if mentioned:
        yield f"both mention {' and '.join(mentioned)}"
    elif signals.cosine is not None and signals.cosine >= _LIKE_IN_MEANING:
        yield "says much the same in other words"


def _mentioned(question: Question, weighed: Weighed) -> list[str]:
    """Names of machines first, as what was found writes them; then phrases of rare words."""
    text = f"{weighed.match.title}\n{weighed.match.body}"[:MOST_READ]
    names = sorted(shared(question.identifiers, text), key=lambda one: (-len(one), one))
    found = [_as_written(name, text) for name in names[:_MOST_MENTIONED]]
    for phrase in _phrases(question.text, weighed.common, text):
        if len(found) >= _MOST_MENTIONED:
            break
        if not any(_overlap(phrase, one) for one in found):
            found.append(phrase)
    return found


def _as_written(name: str, text: str) -> str:
    there = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    return there[0] if there else name


def _overlap(one: str, other: str) -> bool:
    folded_one, folded_other = one.casefold(), other.casefold()
    return folded_one in folded_other or folded_other in folded_one


def _phrases(asked: str, common: tuple[str, ...], text: str) -> list[str]:
    """Stretches of telling words that stand in both, those with the rarest words first."""
    rank = {word: place for place, word in enumerate(common) if word not in _SCHEMES}
    here, there = _words(asked, rank), _words(text, rank)
    places = defaultdict(list)
    for place, word in enumerate(there):
        places[word.folded].append(place)
    found: dict[str, int] = {}
    start = 0
    while start < len(here):
        length, place = _longest(here, start, there, places[here[start].folded][:_MOST_PLACES])
        if length:
            told = _told(_cut(text, there[place:][:length]), _cut(asked, here[start:][:length]))
            found.setdefault(told, min(rank[word.folded] for word in here[start:][:length]))
        start += length or 1
    return sorted(found, key=lambda one: (found[one], -len(one), one))


def _told(written: str, asked: str) -> str:
    """A name as what was found writes it; other words as they were asked for."""
    return written if identifiers(written) else asked


def _cut(text: str, words: Sequence[_Word]) -> str:
    return " ".join(text[words[0].start : words[-1].end].split())


def _longest(
    here: Sequence[_Word], start: int, there: Sequence[_Word], places: Iterable[int]
) -> tuple[int, int]:
    """How many words from `start` on stand in the other text in this order, and where."""
    asked = here[start : start + _LONGEST]
    return max(
        ((_alike(asked, there[place : place + _LONGEST]), place) for place in places),
        default=(0, 0),
    )


def _alike(here: Sequence[_Word], there: Sequence[_Word]) -> int:
    length = 0
    for one, other in zip(here, there, strict=False):
        if one.folded != other.folded or (length and not (one.follows and other.follows)):
            break
        length += 1
    return length


def _words(text: str, telling: Collection[str]) -> list[_Word]:
    """Those of its words that tell something; which of them stand side by side."""
    found: list[_Word] = []
    end = -1
    for match in WORD.finditer(text):
        if (word := folded(match[0])) in telling:
            follows = end >= 0 and bool(_BESIDE.fullmatch(text, end, match.start()))
            found.append(_Word(folded=word, start=match.start(), end=match.end(), follows=follows))
            end = match.end()
        else:
            end = -1
    return found


def _fixed(resolution: str) -> str:
    fix = cut_line(resolution, _MOST_FIX).rstrip(".")
    if not fix:
        return ""
    begun = fix if fix[:2].isupper() or not fix[0].isupper() else fix[0].lower() + fix[1:]
    return f"resolved by {begun}" if _DOING.match(begun) else f"resolved: {fix}"
