"""Whether an index that was not closed well is whole: what it says it holds, it must find."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from core.errors import Unavailable

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

FULL = ("disk is full", "No space left")
FULL_DISK = "The disk with the search index is full."
SAMPLES = 8
FEW = 10
SAME = 0.999
"""The least cosine of a vector with itself."""


class Damaged(Exception):
    """It is not what it should be."""


@contextmanager
def named_damage() -> Iterator[None]:
    """What Chroma raises over files that are not as it left them, as `Damaged`; a full disk is no
    damage."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, ValueError, KeyError, TypeError, RuntimeError) as error:
        if any(word in str(error) for word in FULL):
            raise Unavailable(FULL_DISK) from error
        raise Damaged(str(error)) from error


def check_owners(client: "ClientAPI") -> None:
    """Raises `Damaged`, or whatever Chroma comes upon."""
    for collection in client.list_collections():
        if "organization" not in (collection.metadata or {}):
            raise Damaged("A collection is nobody's.")


def check_vectors(client: "ClientAPI") -> None:
    """The same, and takes longer."""
    for collection in client.list_collections():
        size = collection.count()
        if size:
            _check_some(collection, size)


def _check_some(collection: "Collection", size: int) -> None:
    step = max(1, size // SAMPLES)
    for offset in range(0, size, step):
        page = collection.get(limit=1, offset=offset, include=["embeddings"])
        stored = page["embeddings"]
        if not page["ids"] or stored is None or not len(stored):
            raise Damaged("A vector is missing.")
        vector = np.asarray(stored[0], dtype=np.float32)
        if not np.isfinite(vector).all() or not vector.any():
            raise Damaged("A vector is no vector.")
        _check_found(collection, vector, size)


def _check_found(collection: "Collection", vector: "np.ndarray", size: int) -> None:
    wanted = min(size, FEW)
    answer = collection.query(
        query_embeddings=vector.reshape(1, -1), n_results=wanted, include=["distances"]
    )
    distances = (answer["distances"] or [[]])[0]
    if len(distances) < wanted or 1.0 - distances[0] < SAME:
        raise Damaged("What is there is not found.")
