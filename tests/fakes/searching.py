"""Search over the fakes' rows, ranked as the core ranks."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.domain.ids import OrganizationId
from core.domain.search import Candidate, Document, asked, document_of, excerpt, ranked
from core.ports import Found, SearchQuery
from tests.fakes.rows import OrganizationRows, Rows


@dataclass(frozen=True, slots=True)
class FakeSearch:
    rows: Rows

    async def find(self, organization_id: OrganizationId, query: SearchQuery) -> list[Found]:
        words = asked(query.text)
        documents = {
            one.id: one
            for one in _documents(self.rows.of(organization_id))
            if one.kind in query.kinds and not set(words).isdisjoint(one.words)
        }
        candidates = [
            Candidate(id=one.id, title=one.title, words=frozenset(one.words))
            for one in documents.values()
        ]
        best = ranked(words, candidates, least=query.least)[: query.limit]
        return [_found(documents[id], score, words) for id, score in best]


def _documents(rows: OrganizationRows) -> Iterator[Document]:
    for thing in (*rows.incidents.values(), *rows.records.values()):
        if document := document_of(thing):
            yield document


def _found(document: Document, score: float, words: tuple[str, ...]) -> Found:
    return Found(
        id=document.id,
        kind=document.kind,
        title=document.title,
        score=score,
        snippet=excerpt(document.body, words, document.title),
    )
