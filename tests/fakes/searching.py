"""Search over the fakes' rows, weighed as the core weighs what is found by words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from core.domain.fusion import Match, Question, Weighed, opinion_of, weighed
from core.domain.ids import IncidentId, OrganizationId
from core.domain.likeness import Likeness, Verdict
from core.domain.likeness_reasons import reason
from core.domain.search import Document, document_of, excerpt
from core.domain.suggesting import Titled, suggested
from core.domain.suggesting import begun as beginnings
from core.ports import Found, SearchQuery, Suggestion
from tests.fakes.rows import OrganizationRows, Rows


@dataclass(frozen=True, slots=True)
class FakeSearch:
    rows: Rows

    async def find(self, organization_id: OrganizationId, query: SearchQuery) -> list[Found]:
        question, rows = Question.of(query.text), self.rows.of(organization_id)
        every = list(documents_of(rows))
        documents = {one.id: one for one in every if _wanted(one, query, question, rows)}
        matches = [_match(one, query.about, rows) for one in documents.values()]
        spread = Counter(word for one in every for word in one.words if query.only is None)
        best = weighed(question, matches, spread=spread, documents=len(every), least=query.least)
        return [_found(documents[one.match.id], one, question, rows) for one in best[: query.limit]]

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


def _wanted(
    document: Document, query: SearchQuery, question: Question, rows: OrganizationRows
) -> bool:
    if document.kind not in query.kinds or document.id == query.about:
        return False
    if query.about and Verdict.NOT_RELATED in _said(document.id, query.about, rows):
        return False
    if query.only is not None:
        return document.id in query.only
    return not set(question.words).isdisjoint(document.words)


def _match(document: Document, about: IncidentId | None, rows: OrganizationRows) -> Match:
    said = _said(document.id, about, rows) if about else []
    return Match(
        id=document.id,
        title=document.title,
        body=document.body,
        words=frozenset(document.words),
        service=_shared_service(document.id, about, rows),
        opinion=opinion_of((verdict, 1.0) for verdict in said),
    )


def _said(id: str, about: IncidentId, rows: OrganizationRows) -> list[Verdict]:
    """By words alone nothing is known of how near other incidents are."""
    pairs: list[Likeness | None] = [
        rows.likenesses.get((about, id)),
        rows.likenesses.get((IncidentId(id), about)),
    ]
    return [one.verdict for one in pairs if one and one.verdict]


def _shared_service(id: str, about: IncidentId | None, rows: OrganizationRows) -> str:
    its = rows.incidents.get(about) if about else None
    other = rows.incidents.get(IncidentId(id))
    if its is None or other is None:
        return ""
    shared = (one for one in its.service_ids if one in other.service_ids)
    return next((rows.services[one].name for one in shared), "")


def _found(document: Document, one: Weighed, question: Question, rows: OrganizationRows) -> Found:
    incident = rows.incidents.get(IncidentId(document.id))
    return Found(
        id=document.id,
        kind=document.kind,
        title=document.title,
        score=one.score,
        snippet=excerpt(document.body, question.words, document.title),
        reason=reason(question, one, resolution=incident.resolution if incident else ""),
    )
