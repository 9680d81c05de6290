"""An embedder without a model: texts that share words have vectors that are near each other."""

import math
import re
import zlib
from array import array
from collections.abc import Sequence

from core.errors import Unavailable
from core.ports import Vector

SIZE = 64


class FakeEmbedder:
    """`away` makes it refuse; `embedded` are the texts it was given, in order. With another
    `seed`, the same texts have other vectors."""

    def __init__(self, model: str = "fake-1", size: int = SIZE, seed: str = "") -> None:
        self._model = model
        self._seed = seed or model
        self._size = size
        self.away = ""
        self.embedded: list[str] = []

    @property
    def model(self) -> str:
        return self._model

    async def embed(self, texts: Sequence[str], *, urgent: bool = False) -> list[Vector]:
        if self.away:
            raise Unavailable(self.away)
        self.embedded += texts
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> Vector:
        """Each word has its own direction; a text without any has one as well."""
        sums = [0.0] * self._size
        for word in re.findall(r"\w+", text.lower()) or [""]:
            for place in range(self._size):
                seed = f"{self._seed} {word} {place}".encode("utf-8", "replace")
                sums[place] += zlib.crc32(seed) / 2**31 - 1.0
        length = math.hypot(*sums)
        return array("f", [number / length for number in sums]).tobytes()
