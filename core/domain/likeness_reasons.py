"""Says in a few words why a document was found, for people who must judge it."""

import re
from collections.abc import Collection, Iterator

from core.domain.fusion import Question, Weighed
from core.domain.identifiers import shared
from core.domain.search import terms
from core.domain.text import cut_line, shorten

MOST = 300
_MOST_FIX = 140
_MOST_MENTIONED = 2
_LIKE_IN_MEANING = 0.45
_WORD = re.compile(r"[^\W_]+(?:[._/\-][^\W_]+)*")
_DOING = re.compile(r"[a-z]+ing\b")
_FIX = re.compile(r"(?:^|; )resolved(?::| by) ")


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
    """Names of machines first, then the longest phrase of rare words."""
    text = f"{weighed.match.title}\n{weighed.match.body}"
    names = sorted(shared(question.identifiers, text), key=lambda one: (-len(one), one))
    found = names[:_MOST_MENTIONED]
    for phrase in _phrases(question.text, weighed.common, text):
        if len(found) >= _MOST_MENTIONED:
            break
        if not any(phrase.casefold() in one or one in phrase.casefold() for one in found):
            found.append(phrase)
    return found


def _phrases(asked: str, common: tuple[str, ...], text: str) -> list[str]:
    """Stretches of the question that stand in the text too, those with the rarest words first."""
    rank = {word: place for place, word in enumerate(common)}
    folded = " ".join(_WORD.findall(text.casefold()))
    runs = [run for run in _runs(asked, rank.keys())]
    pieces = dict.fromkeys(" ".join(piece) for run in runs for piece in _standing(run, folded))
    return sorted(pieces, key=lambda one: (min(_ranks(one, rank)), -len(one), one))


def _runs(asked: str, common: Collection[str]) -> Iterator[list[str]]:
    """Words in a row that are common, each row by itself."""
    run: list[str] = []
    for word in _WORD.findall(asked):
        if any(term in common for term in terms(word, most=8)):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _standing(run: list[str], folded: str) -> Iterator[list[str]]:
    """The longest stretches of a row that stand in the text in this order."""
    start = 0
    while start < len(run):
        end = start + 1
        while end < len(run) and " ".join(run[start : end + 1]).casefold() in folded:
            end += 1
        yield run[start:end]
        start = end


def _ranks(phrase: str, rank: dict[str, int]) -> list[int]:
    found = [rank[term] for term in terms(phrase, most=32) if term in rank]
    return found or [len(rank)]


def _fixed(resolution: str) -> str:
    fix = cut_line(resolution, _MOST_FIX).rstrip(".")
    if not fix:
        return ""
    begun = fix if fix[:2].isupper() or not fix[0].isupper() else fix[0].lower() + fix[1:]
    return f"resolved by {begun}" if _DOING.match(begun) else f"resolved: {fix}"
