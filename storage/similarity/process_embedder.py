"""The embedder of the bot: its texts go to the worker, their vectors come back."""

from collections.abc import Sequence
from typing import Protocol

from core.domain.text import encodable
from core.errors import Unavailable
from core.ports import Vector
from storage.similarity.minilm_files import EMBED, MODEL, SIZE
from storage.similarity.process_state import WorkerState
from storage.similarity.wire import Asked, Header

AT_ONCE = 16
"""Texts in one request: done in a second or two, whatever their length."""
OF_VECTOR = 4 * SIZE


class Embedding(Asked, Protocol):
    @property
    def state(self) -> WorkerState: ...


class WorkerEmbedder:
    def __init__(self, worker: Embedding) -> None:
        self._worker = worker

    @property
    def model(self) -> str:
        return MODEL

    async def embed(self, texts: Sequence[str], *, urgent: bool = False) -> list[Vector]:
        vectors: list[Vector] = []
        for start in range(0, len(texts), AT_ONCE):
            vectors += await self._embed(texts[start : start + AT_ONCE], urgent)
        return vectors

    async def _embed(self, texts: Sequence[str], urgent: bool) -> list[Vector]:
        state = self._worker.state
        if not state.embeds:
            raise Unavailable(state.notice)
        header: Header = {"texts": [encodable(text) for text in texts], "urgent": urgent}
        joined = (await self._worker.request(EMBED, header, urgent=urgent)).payload
        return [joined[start : start + OF_VECTOR] for start in range(0, len(joined), OF_VECTOR)]
