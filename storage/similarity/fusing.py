"""Makes one ranking of what is near in meaning and what has the words of a question."""

from collections.abc import Iterable, Mapping, Sequence
from operator import mul
from struct import unpack

from core.domain.fusion import Match, Question, Weighed, opinion_of, weighed
from core.domain.ids import IncidentId
from core.domain.likeness import Verdict
from core.domain.likeness_reasons import reason
from core.domain.search import excerpt
from core.ports import Found, JudgedPair, SearchQuery, Vector
from storage.candidates import ByWords, Held
from storage.similarity.evidence import Evidence, Meaning


def fused(
    question: Question,
    query: SearchQuery,
    found: ByWords,
    meaning: Meaning | None,
    evidence: Evidence,
) -> list[Found]:
    cosines = _cosines(meaning, evidence)
    matches = [
        _match(one, cosines, _opinion(one.id, query.about, cosines, evidence.judged), evidence)
        for one in _allowed(evidence, query.about)
    ]
    ranking = weighed(
        question, matches, spread=found.spread, documents=found.documents, least=query.least
    )
    kinds = {one.id: one.kind for one in evidence.held}
    return [
        _shown(question, one, kinds[one.match.id], evidence, meaning)
        for one in ranking[: query.limit]
    ]


def _allowed(evidence: Evidence, about: IncidentId | None) -> list[Held]:
    """Without the incident itself, and what people said is not related to it."""
    ruled_out = {
        id
        for pair in evidence.judged
        if pair.verdict is Verdict.NOT_RELATED and about in (pair.incident_id, pair.other_id)
        for id in (pair.incident_id, pair.other_id)
    }
    return [one for one in evidence.held if one.id != about and one.id not in ruled_out]


def _cosines(meaning: Meaning | None, evidence: Evidence) -> dict[str, float]:
    if meaning is None:
        return {}
    asked = _numbers(meaning.vector)
    known = {
        id: _cosine(asked, _numbers(vector))
        for id, vector in evidence.vectors.items()
        if id not in meaning.near and len(vector) == len(meaning.vector)
    }
    return {**meaning.near, **known}


def _opinion(
    id: str, about: IncidentId | None, cosines: Mapping[str, float], judged: Iterable[JudgedPair]
) -> float:
    """What people said of the document, each voice as near as its incident is to the question."""
    voices = [
        (pair.verdict, _other(id, pair))
        for pair in judged
        if id in (pair.incident_id, pair.other_id)
    ]
    return opinion_of(
        (verdict, 1.0 if other == about else cosines.get(other, 0.0)) for verdict, other in voices
    )


def _other(id: str, pair: JudgedPair) -> str:
    return pair.other_id if pair.incident_id == id else pair.incident_id


def _match(held: Held, cosines: Mapping[str, float], opinion: float, evidence: Evidence) -> Match:
    return Match(
        id=held.id,
        title=held.title,
        body=held.body,
        words=held.words,
        cosine=cosines.get(held.id),
        service=evidence.services.get(held.id, ""),
        opinion=opinion,
    )


def _shown(
    question: Question, one: Weighed, kind: str, evidence: Evidence, meaning: Meaning | None
) -> Found:
    match = one.match
    return Found(
        id=match.id,
        kind=kind,
        title=match.title,
        score=one.score,
        snippet=excerpt(match.body, question.words, match.title),
        reason=reason(question, one, resolution=evidence.fixes.get(match.id, "")),
        model=meaning.model if meaning and match.cosine is not None else "",
    )


def _numbers(vector: Vector) -> Sequence[float]:
    return unpack(f"<{len(vector) // 4}f", vector)


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """Both are of length 1."""
    return float(sum(map(mul, one, other)))
