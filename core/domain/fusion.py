"""Which of many documents are like a question, and how sure that is.

What vectors, words, names of machines, kinds of trouble and people say of each is made one score.

`WITH_VECTORS` and `BY_WORDS` are fitted on the labelled set, by `python -m bench.similar.fit`; the
other constants are set by hand.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Self

from core.domain.condensing import condensed
from core.domain.identifiers import identifiers, shared
from core.domain.likeness import Verdict
from core.domain.ngrams import alikeness, grams
from core.domain.search import asked, terms
from core.domain.troubles import alike, troubles

LEAST_SHOWN = 0.02
"""Below it hardly anything is right: nothing found is better."""
_IN_BODY = 0.75
_TITLE_WORDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`text` is what is embedded, `words` are looked for."""

    text: str
    words: tuple[str, ...]
    identifiers: frozenset[str]
    grams: frozenset[str]
    troubles: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Self:
        matters = condensed(text)
        return cls(
            text=matters,
            words=asked(matters),
            identifiers=identifiers(matters),
            grams=grams(matters),
            troubles=troubles(matters),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A document that may be like the question. Of its words those of the question suffice.
    `cosine` is None where no vector of it is known, `service` the name of one that both have,
    `opinion` as `opinion_of` has it."""

    id: str
    title: str
    body: str
    words: frozenset[str]
    cosine: float | None = None
    service: str = ""
    opinion: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """From 0 to 1, but `opinion` from -1. `words` is a share of the question."""

    cosine: float | None
    words: float
    grams: float
    names: float
    trouble: float
    service: bool
    opinion: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """`common` are the words that both have, the rarest first."""

    match: Match
    score: float
    signals: Signals
    common: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Constants:
    """Of the logistic function; each weighs the signal of its name. Letters tell nothing that
    vectors do not tell as well, so they are compared only where there are none."""

    base: float
    cosine: float
    words: float
    grams: float
    names: float
    trouble: float


WITH_VECTORS = Constants(base=-6.3, cosine=6.7, words=7.8, grams=0.0, names=3.5, trouble=2.1)
BY_WORDS = Constants(base=-5.3, cosine=0.0, words=9.6, grams=10.7, names=3.8, trouble=2.7)
SERVICE = 0.3
OPINION = 2.5
"""What a service or people add is bounded: neither makes noise a likeness by itself."""


def weighed(
    question: Question,
    matches: Sequence[Match],
    *,
    spread: Mapping[str, int] | None = None,
    documents: int = 0,
    least: float = 0.0,
) -> list[Weighed]:
    """The best first, without what is noise. `spread` says in how many of so many `documents`
    each word of the question is; where it does not, the matches must do."""
    rarity = rarity_of(question.words, matches, spread or {}, documents)
    rarest = sorted(rarity, key=lambda word: (-rarity[word], word))
    found = [
        Weighed(match=match, score=score(one), signals=one, common=_common(match, rarest))
        for match, one in zip(matches, signals_of(question, matches, rarity), strict=True)
    ]
    fitting = [one for one in found if one.score >= max(least, LEAST_SHOWN)]
    return sorted(fitting, key=lambda one: (one.score, one.match.id), reverse=True)


def score(signals: Signals) -> float:
    """How likely it is what was looked for."""
    known = signals.cosine is not None
    constants = WITH_VECTORS if known else BY_WORDS
    evidence = (
        constants.base
        + constants.cosine * (signals.cosine or 0.0)
        + constants.words * signals.words
        + constants.grams * signals.grams
        + constants.names * signals.names
        + constants.trouble * signals.trouble
        + SERVICE * signals.service
        + OPINION * signals.opinion
    )
    return round(1 / (1 + exp(-evidence)), 4)


def opinion_of(judged: Iterable[tuple[Verdict, float]]) -> float:
    """What people said of a document, from -1 to 1, by how like the question is to the incident
    they said it of. Many voices weigh more than one, and never without bound."""
    total = sum(_voice(verdict) * _nearness(likeness) for verdict, likeness in judged)
    return total / (1 + abs(total))


def _common(match: Match, rarest: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in rarest if word in match.words)


def _voice(verdict: Verdict) -> int:
    return 1 if verdict is Verdict.SAME_CAUSE else -1


def _nearness(likeness: float) -> float:
    """What was said of an incident that is not like the question at all says nothing here."""
    return max(0.0, (likeness - 0.35) / 0.65)


def signals_of(
    question: Question, matches: Sequence[Match], rarity: Mapping[str, float]
) -> list[Signals]:
    texts = [f"{one.title}\n{one.body}" for one in matches]
    letters = _letters(question, matches, texts)
    kinds = alike(question.troubles, [troubles(text) for text in texts])
    return [
        Signals(
            cosine=match.cosine,
            words=_share(match, rarity),
            grams=letters.get(match.id, 0.0),
            names=_named(question.identifiers, text),
            trouble=kind,
            service=bool(match.service),
            opinion=match.opinion,
        )
        for match, text, kind in zip(matches, texts, kinds, strict=True)
    ]


def _letters(
    question: Question, matches: Sequence[Match], texts: Sequence[str]
) -> dict[str, float]:
    """By id, of those that have no vector."""
    read = {
        match.id: grams(text)
        for match, text in zip(matches, texts, strict=True)
        if match.cosine is None
    }
    return dict(zip(read, alikeness(question.grams, list(read.values())), strict=True))


def _share(match: Match, rarity: Mapping[str, float]) -> float:
    title = frozenset(terms(match.title, most=_TITLE_WORDS))
    total = sum(rarity.values())
    held = sum(
        weight * (1.0 if word in title else _IN_BODY)
        for word, weight in rarity.items()
        if word in match.words
    )
    return held / total if total else 0.0


def _named(names: frozenset[str], text: str) -> float:
    if not names:
        return 0.0
    both = len(shared(names, text))
    return both / (both + 1)


def rarity_of(
    words: Sequence[str], matches: Sequence[Match], spread: Mapping[str, int], documents: int
) -> dict[str, float]:
    here = Counter(word for match in matches for word in words if word in match.words)
    many = max(documents, len(matches))
    return {word: 1 + log((many + 1) / (spread.get(word, here[word]) + 1)) for word in words}
