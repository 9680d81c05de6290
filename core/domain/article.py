"""An article of the knowledge base: what somebody learnt, for whoever comes next."""

from dataclasses import dataclass
from typing import ClassVar

from core.domain.record import Record

MAX_TITLE = 300
MAX_BODY = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Record):
    NOUN: ClassVar[str] = "article"
    PREFIX: ClassVar[str] = "art"

    title: str
    body: str

    @property
    def label(self) -> str:
        return self.title

    @property
    def search_text(self) -> str:
        return f"{self.title}\n{self.body}"
