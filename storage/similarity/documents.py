"""A document on its way to its vector."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from core.domain.condensing import to_embed
from core.domain.ids import OrganizationId
from core.ports import Entry, Vector

T = TypeVar("T")

LONGEST_READ = 20_000
"""Characters of a body; of more the model would see nothing."""


@dataclass(frozen=True, slots=True)
class Document:
    """`body` is how it begins. `digest` is that of the vector it has of the model, if any."""

    id: str
    organization_id: OrganizationId
    kind: str
    title: str
    body: str
    stale: bool
    digest: str | None

    @property
    def words(self) -> tuple[str, str]:
        return self.title, self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What of a document is embedded."""

    document: Document
    text: str
    digest: str

    @property
    def known(self) -> bool:
        """Its vector is of this text and model already."""
        return (self.document.digest or "").startswith(self.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """`digest` is of the text; `vector` is None where the one that is stored stays."""

    document: Document
    model: str
    digest: str
    vector: Vector | None

    @property
    def entry(self) -> Entry | None:
        if self.vector is None:
            return None
        one = self.document
        mark = mark_of(self.digest, self.vector)
        return Entry(id=one.id, kind=one.kind, digest=mark, vector=self.vector)


def texts_of(documents: Iterable[Document], model: str) -> list[Text]:
    """Takes milliseconds a log, so ask in a thread."""
    texts = ((one, to_embed(one.title, one.body)) for one in documents)
    return [Text(document=one, text=text, digest=digest_of(model, text)) for one, text in texts]


def digest_of(model: str, text: str) -> str:
    """Another model or other words are another digest."""
    return blake2b(f"{model}\0{text}".encode(errors="replace"), digest_size=16).hexdigest()


def mark_of(digest: str, vector: Vector) -> str:
    """The digest of the text, and of the vector: what answers to the name of a model may change,
    and then an index that holds the vectors of before has to be told from one that does not."""
    return f"{digest}.{blake2b(vector, digest_size=8).hexdigest()}"


def by_organization(
    things: Iterable[T], whose: Callable[[T], OrganizationId]
) -> list[tuple[OrganizationId, list[T]]]:
    found: dict[OrganizationId, list[T]] = {}
    for thing in things:
        found.setdefault(whose(thing), []).append(thing)
    return [*found.items()]
