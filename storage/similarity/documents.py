"""A document on its way to its vector."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from core.domain.condensing import to_embed
from core.domain.ids import OrganizationId
from core.ports import Entry, Vector

LONGEST_READ = 20_000
"""Characters of a body; of more the model would see nothing."""


@dataclass(frozen=True, slots=True)
class Document:
    """`body` is how it begins. `model` and `digest` are of the vector that it has, if any."""

    id: str
    organization_id: OrganizationId
    kind: str
    title: str
    body: str
    stale: bool
    model: str | None
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
        return self.document.digest == self.digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """`vector` is None where the one that is stored stays."""

    document: Document
    model: str
    digest: str
    vector: Vector | None

    @property
    def entry(self) -> Entry | None:
        if self.vector is None:
            return None
        one = self.document
        return Entry(id=one.id, kind=one.kind, digest=self.digest, vector=self.vector)


def texts_of(documents: Iterable[Document], model: str) -> list[Text]:
    """Takes milliseconds a log, so ask in a thread."""
    texts = ((one, to_embed(one.title, one.body)) for one in documents)
    return [Text(document=one, text=text, digest=digest_of(model, text)) for one, text in texts]


def digest_of(model: str, text: str) -> str:
    """Another model or other words are another digest."""
    return blake2b(f"{model}\0{text}".encode(errors="replace"), digest_size=16).hexdigest()
