"""The naive baseline: words hashed into a short vector, without a model or statistics."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from bench.similar.labelled import Labelled
from core.domain.search import WORD

NUMBERS = 384
Numbers = NDArray[np.float32]


class Hashing:
    def __init__(self, corpus: Sequence[Labelled]) -> None:
        self._ids = [one.id for one in corpus]
        self._vectors = np.stack([_vector(one.document) for one in corpus])

    def nearest(self, text: str, limit: int) -> list[tuple[str, float]]:
        cosines = self._vectors @ _vector(text)
        best = np.argsort(-cosines, kind="stable")[:limit]
        return [(self._ids[number], float(cosines[number])) for number in best]


def _vector(text: str) -> Numbers:
    numbers = np.zeros(NUMBERS, dtype=np.float32)
    for word in WORD.findall(text.casefold()):
        digest = int.from_bytes(blake2b(word.encode(), digest_size=8).digest())
        numbers[digest % NUMBERS] += 1.0 if digest >> 63 else -1.0
    length = float(np.linalg.norm(numbers))
    return numbers / length if length else numbers
