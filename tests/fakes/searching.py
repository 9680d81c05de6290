"""Search over the fakes' rows, ranked as the core ranks."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.domain.ids import OrganizationId
from core.domain.search import Candidate, Document, asked, document_of, excerpt, ranked
from core.domain.suggesting import Titled, suggested
from core.domain.suggesting import begun as beginnings
from core.ports import Found, SearchQuery, Suggestion
from tests.fakes.rows import OrganizationRows, Rows


@dataclass(frozen=True, slots=True)
class FakeSearch:
    rows: Rows

    async def find(self, organization_id: OrganizationId, query: SearchQuery) -> list[Found]:
        words = asked(query.text)
        documents = {
            one.id: one
            for one in documents_of(self.rows.of(organization_id))
            if _wanted(one, query) and not set(words).isdisjoint(one.words)
        }
        candidates = [
            Candidate(id=one.id, title=one.title, words=frozenset(one.words))
            for one in documents.values()
        ]
        best = ranked(words, candidates, least=query.least)[: query.limit]
        return [_found(documents[id], score, words) for id, score in best]

    async def suggest(
        self, organization_id: OrganizationId, begun: str, kinds: frozenset[str], limit: int
    ) -> list[Suggestion]:
        documents = documents_of(self.rows.of(organization_id))
        titles = [
            Titled(id=one.id, kind=one.kind, title=one.title, sequence=number)
            for number, one in enumerate(documents)
            if one.kind in kinds
        ]
        return [
            Suggestion(id=one.id, kind=one.kind, title=one.title)
            for one in suggested(beginnings(begun), titles, limit)
        ]


def documents_of(rows: OrganizationRows) -> Iterator[Document]:
    for incident in rows.incidents.values():
        said = [one.text for one in rows.updates.values() if one.incident_id == incident.id]
        if document := document_of(incident, said):
            yield document
    for record in rows.records.values():
        if document := document_of(record):
            yield document


def _wanted(document: Document, query: SearchQuery) -> bool:
    among = query.only is None or document.id in query.only
    return among and document.kind in query.kinds and document.id != query.about


def _found(document: Document, score: float, words: tuple[str, ...]) -> Found:
    return Found(
        id=document.id,
        kind=document.kind,
        title=document.title,
        score=score,
        snippet=excerpt(document.body, words, document.title),
    )
