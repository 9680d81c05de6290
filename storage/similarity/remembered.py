"""The vectors of the questions that were asked lately."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable

from core.ports import Vector

MOST = 512


class Remembered:
    """Asks `embed` for what it does not know; what was not asked for longest is forgotten."""

    def __init__(self, embed: Callable[[str], Awaitable[Vector]], most: int = MOST) -> None:
        self._embed = embed
        self._most = most
        self._vectors: OrderedDict[str, Vector] = OrderedDict()

    async def vector_of(self, text: str) -> Vector:
        vector = self._vectors.get(text) or await self._embed(text)
        self._vectors[text] = vector
        self._vectors.move_to_end(text)
        if len(self._vectors) > self._most:
            self._vectors.popitem(last=False)
        return vector
