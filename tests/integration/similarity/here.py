"""The index in the tests' own process, where no worker is needed around it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from storage.similarity.chroma import open_index
from storage.similarity.index import WorkerIndex
from storage.similarity.wire import Message
from storage.similarity.worker_parts import Lanes, Part


class InThisProcess:
    """The worker's part, asked without a wire."""

    def __init__(self, part: Part) -> None:
        self._part = part

    async def request(
        self,
        op: str,
        header: Mapping[str, Any] | None = None,
        payload: bytes = b"",
        *,
        urgent: bool = False,
    ) -> Message:
        return await self._part.operations[op](Message(header=header or {}, payload=payload))


@asynccontextmanager
async def opened_here(
    folder: Path | None, *, chroma_url: str | None = None, model: str = "model-1"
) -> AsyncIterator[WorkerIndex]:
    header = {"folder": str(folder) if folder else None, "chroma_url": chroma_url}
    part = await open_index(header, Lanes("test"))
    try:
        yield WorkerIndex(InThisProcess(part), model=model)
    finally:
        await part.close()
