"""What the database knows of the candidates of a question, besides their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BindParameter, bindparam, select

from core.domain.ids import IncidentId
from core.ports import JudgedPair, SearchQuery, Vector
from storage.candidates import Asked, Held, these
from storage.connection import Connection
from storage.expressions import Beside, OneOf
from storage.likenesses import pairs_with
from storage.statements import Statement, Values
from storage.tables import document_vectors, incident_services, incidents, services

_organization: BindParameter[Any] = bindparam("organization")
_VECTORS = Statement(
    select(document_vectors.c.id, document_vectors.c.vector).where(
        Beside(document_vectors.c.organization_id) == _organization,
        OneOf(document_vectors.c.id, "ids"),
        document_vectors.c.model == bindparam("model"),
    )
)
_its, _theirs = incident_services.alias("its"), incident_services.alias("theirs")
_SHARED_SERVICES = Statement(
    select(_theirs.c.incident_id, services.c.name)
    .select_from(
        _its.join(_theirs, _theirs.c.service_id == _its.c.service_id).join(
            services, services.c.id == _its.c.service_id
        )
    )
    .where(
        Beside(_its.c.organization_id) == _organization,
        _its.c.incident_id == bindparam("about"),
        OneOf(_theirs.c.incident_id, "ids"),
    )
    .order_by(_theirs.c.incident_id, _its.c.position)
)
_FIXES = Statement(
    select(incidents.c.id, incidents.c.resolution).where(
        Beside(incidents.c.organization_id) == _organization,
        OneOf(incidents.c.id, "ids"),
        incidents.c.resolution != "",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """The vector of a question by `model`, and the cosines of what is nearest to it."""

    model: str
    vector: Vector
    near: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """`vectors` are those of the candidates, and of incidents that people compared them with."""

    held: list[Held]
    vectors: dict[str, Vector] = field(default_factory=dict)
    services: dict[str, str] = field(default_factory=dict)
    fixes: dict[str, str] = field(default_factory=dict)
    judged: list[JudgedPair] = field(default_factory=list)


async def gathered(
    connection: Connection,
    asked: Asked,
    held: Sequence[Held],
    meaning: Meaning | None,
    query: SearchQuery,
) -> Evidence:
    """Of the documents at hand, and of those that are near and still there."""
    near = meaning.near if meaning else {}
    others = set(near) - {one.id for one in held}
    every = [*held, *await these(connection, asked, others)]
    ids = sorted({one.id for one in every})
    which = {"organization": asked.organization_id, "ids": ids}
    judged = await pairs_with(connection, asked.organization_id, ids)
    fixes = await connection.fetch(_FIXES, which)
    return Evidence(
        held=every,
        vectors=await _vectors(connection, which, judged, meaning) if meaning else {},
        services=await _shared(connection, which, query.about) if query.about else {},
        fixes={id: text for id, text in fixes},
        judged=judged,
    )


async def _vectors(
    connection: Connection, which: Values, judged: Sequence[JudgedPair], meaning: Meaning
) -> dict[str, Vector]:
    """How near the nearest are is known without."""
    compared = {id for pair in judged for id in (pair.incident_id, pair.other_id)}
    wanted = sorted({*which["ids"], *compared} - set(meaning.near))
    rows = await connection.fetch(_VECTORS, {**which, "ids": wanted, "model": meaning.model})
    return {id: bytes(vector) for id, vector in rows}


async def _shared(connection: Connection, which: Values, about: IncidentId) -> dict[str, str]:
    """The first service of each that the incident has as well."""
    rows = await connection.fetch(_SHARED_SERVICES, {**which, "about": about})
    return {id: name for id, name in reversed(rows)}
