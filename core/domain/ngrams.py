"""How alike two texts look, letter by letter.

Pieces of words are compared, so that endings, compounds and typing errors do not part what belongs
together.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from math import log, sqrt

from core.domain.search import WORD

SIZE = 4
MOST_READ = 1_000
"""Characters of a text that are compared; the first ones."""


def grams(text: str) -> frozenset[str]:
    """All pieces of `SIZE` letters of its words; a word begins and ends with a space."""
    return _grams(text[:MOST_READ])


@lru_cache(maxsize=128)
def _grams(text: str) -> frozenset[str]:
    padded = f" {' '.join(WORD.findall(text.casefold()))} "
    return frozenset(padded[start : start + SIZE] for start in range(len(padded) - SIZE + 1))


def alikeness(question: Collection[str], others: Sequence[frozenset[str]]) -> list[float]:
    """From 0 to 1, of the question's pieces with each of the others': the cosine of both, where
    what many of the others have weighs little."""
    weights = _weights(frozenset(question), others)
    mean = sum(weights.values()) / len(weights) if weights else 0.0
    length = sqrt(sum(weights.values()))
    return [_cosine(weights, length, mean, other) for other in others]


def _cosine(
    weights: Mapping[str, float], length: float, mean: float, other: frozenset[str]
) -> float:
    common = weights.keys() & other
    if not common:
        return 0.0
    matched = sum(weights[piece] for piece in common)
    # What the other has besides is not weighed piece by piece: that would cost more than it tells.
    rest = mean * (len(other) - len(common))
    return min(matched / (length * sqrt(matched + rest)), 1.0)


def _weights(question: frozenset[str], others: Sequence[frozenset[str]]) -> dict[str, float]:
    """The squares of inverse frequencies, for they are needed only in products of two."""
    spread: Counter[str] = Counter()
    for other in others:
        spread.update(question & other)
    many = len(others) + 1
    return {piece: (1 + log(many / (spread[piece] + 1))) ** 2 for piece in question}
