"""What an index needs of Chroma, embedded or a server: a collection per organisation and model.

With a collection each, no filter can be forgotten, and nobody's search becomes slower because
somebody else has much to search.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.errors import InvalidInput

if TYPE_CHECKING:
    from chromadb.api.collection_configuration import CreateCollectionConfiguration

Vectors: TypeAlias = NDArray[np.float32]
Metadata: TypeAlias = Mapping[str, Any]

PREFIX = "tocsin-"
SETTINGS: "CreateCollectionConfiguration" = {
    "hnsw": {"space": "cosine", "ef_construction": 100, "ef_search": 100}
}
"""Good for a recall of 0.99 and more among 100,000 texts."""


SILENT: dict[str, Any] = {
    "_env_file": None,
    "anonymized_telemetry": False,
    "chroma_otel_collection_endpoint": "",
    "allow_reset": False,
}
"""Chroma tells nobody anything, and takes no settings from a file that lies about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """As many of each as were found; the cosines are of a query, the kinds where they were asked
    for."""

    ids: Sequence[str]
    cosines: Sequence[float] = ()
    metadatas: Sequence[Metadata] = ()


class OtherLength(InvalidInput):
    """The vectors of the collection are of another length."""


class ChromaCollection(Protocol):
    async def upsert(
        self, ids: Sequence[str], vectors: Vectors, metadatas: Sequence[Metadata]
    ) -> None:
        """Raises `OtherLength`."""

    async def delete(self, ids: Sequence[str]) -> None:
        """What is not there is no error."""

    async def query(
        self, vector: Vectors, limit: int, *, kinds: Sequence[str] | None, with_kinds: bool
    ) -> Rows:
        """The nearest first; of `kinds` alone, if there are any."""

    async def page(self, limit: int, offset: int) -> Rows: ...


class Chroma(Protocol):
    """Everything raises `Unavailable`, or `Broken` when only a new start can help."""

    async def find(self, organization: str, model: str) -> ChromaCollection | None: ...

    async def make(self, organization: str, model: str) -> ChromaCollection: ...

    async def drop(self, organization: str) -> None:
        """Its collections, of whatever model."""

    async def renew(self, organization: str, model: str) -> None:
        """Without the collection of that model."""

    async def prune(self, organization: str, model: str) -> None:
        """Without those of other models, if nobody else can need them."""

    async def organizations(self) -> Sequence[str]:
        """Those it has a collection of, if all of them must be ours."""

    async def close(self) -> None: ...


def name_of(organization: str, model: str) -> str:
    """Chroma allows few characters in a name, and identifiers are opaque."""
    return f"{prefix_of(organization)}{_short(model)}"


def prefix_of(organization: str) -> str:
    return f"{PREFIX}{_short(organization)}-"


def about(organization: str, model: str) -> dict[str, str]:
    return {"organization": organization, "model": model}


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def query_of(
    vector: Vectors, limit: int, *, kinds: Sequence[str] | None, with_kinds: bool
) -> dict[str, Any]:
    """What a collection of Chroma's is asked for the nearest of one vector."""
    return {
        "query_embeddings": vector,
        "n_results": limit,
        "where": None if kinds is None else {"kind": {"$in": list(kinds)}},
        "include": ["distances", "metadatas"] if with_kinds else ["distances"],
    }


def rows_of(answer: Mapping[str, Any]) -> Rows:
    """The answer to a query of one vector; rounding may carry a distance a little too far."""
    return Rows(
        ids=answer["ids"][0],
        cosines=[max(-1.0, min(1.0, 1.0 - float(far))) for far in answer["distances"][0]],
        metadatas=(answer["metadatas"] or [[]])[0],
    )


def refusal_of(error: Exception) -> InvalidInput:
    """What Chroma says of vectors that it does not take."""
    kind = OtherLength if "dimension" in str(error) else InvalidInput
    return kind(f"The index refused: {error}.", field="vector")
