"""Vectors that were made once are not made again: each run of the bench would wait for them."""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.ports import Embedder, Vector
from storage.similarity.documents import digest_of

_TABLE = "CREATE TABLE IF NOT EXISTS vectors (digest TEXT PRIMARY KEY, vector BLOB NOT NULL)"


class Remembering:
    """An embedder that asks another one only for what it has not seen, by model and text."""

    def __init__(self, embedder: Embedder, connection: sqlite3.Connection) -> None:
        self._embedder = embedder
        self._connection = connection

    @property
    def model(self) -> str:
        return self._embedder.model

    async def embed(self, texts: Sequence[str], *, urgent: bool = False) -> list[Vector]:
        digests = [digest_of(self.model, text) for text in texts]
        new = {
            digest: text
            for digest, text in zip(digests, texts, strict=True)
            if self._known(digest) is None
        }
        if new:
            made = await self._embedder.embed([*new.values()], urgent=urgent)
            rows = list(zip(new, made, strict=True))
            self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            self._connection.commit()
        return [vector for digest in digests if (vector := self._known(digest))]

    def _known(self, digest: str) -> Vector | None:
        found = self._connection.execute(
            "SELECT vector FROM vectors WHERE digest = ?", (digest,)
        ).fetchone()
        return bytes(found[0]) if found else None


@contextlib.contextmanager
def remembering(embedder: Embedder, file: Path) -> Iterator[Remembering]:
    file.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute(_TABLE)
        yield Remembering(embedder, connection)
