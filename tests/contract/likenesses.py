"""Likenesses to store, and verdicts on them, each in the house's own organisation."""

from collections.abc import Collection
from typing import Any

from core.domain.events import LikenessesFound, LikenessJudged
from core.domain.ids import OrganizationId
from core.domain.incident import Incident
from core.domain.likeness import Likeness, Verdict
from core.ports import JudgedPair, UnitOfWork, Work
from storage.likenesses import pairs_with
from storage.opening import Storage as SqlStorage
from tests.contract.house import ALICE, House


def a_likeness(house: House, incident: Incident, other_id: str, **changes: Any) -> Likeness:
    values: dict[str, Any] = {
        "kind": "incident",
        "score": 0.8,
        "rank": 1,
        "reason": "both",
        **changes,
    }
    return Likeness(
        incident_id=incident.id,
        other_id=other_id,
        found_at=house.clock(),
        **{"model": "a model", **values},
    )


def finding(house: House, incident: Incident, *found: Likeness) -> Work[None]:
    event = LikenessesFound(incident_id=incident.id, by=ALICE, at=house.clock(), others=("INC-1",))

    async def work(uow: UnitOfWork) -> None:
        await uow.likenesses.found(found, because=event)

    return work


def judging(
    house: House, incident: Incident, other_id: str, verdict: Verdict | None, **changes: Any
) -> Work[None]:
    at = house.clock()
    event = LikenessJudged(
        incident_id=incident.id, by=ALICE, at=at, other_id=other_id, other="INC-1", verdict=verdict
    )
    new = a_likeness(house, incident, other_id, **{"score": 0.0, "rank": 0, **changes})

    async def work(uow: UnitOfWork) -> None:
        await uow.likenesses.judged(new.judge(verdict, by=ALICE, at=at), because=event)

    return work


async def judged_with(
    house: House, others: Collection[str], *, organization_id: OrganizationId | None = None
) -> list[JudgedPair]:
    """Beside the storage's own ports: only search in SQL asks for them."""
    storage, asking = house.storage, organization_id or house.organization_id
    assert isinstance(storage, SqlStorage)
    return await storage.readers.ask(lambda connection: pairs_with(connection, asking, others))
