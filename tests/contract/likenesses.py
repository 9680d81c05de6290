"""Likenesses to store, and verdicts on them, each in the house's own organisation."""

from typing import Any

from core.domain.events import LikenessesFound, LikenessJudged
from core.domain.incident import Incident
from core.domain.likeness import Likeness, Verdict
from core.ports import Judgements, UnitOfWork, Work
from storage.likenesses import SqlJudgements
from storage.opening import Storage as SqlStorage
from tests.contract.house import ALICE, House
from tests.fakes.likenesses import FakeJudgements
from tests.fakes.store import FakeStore


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


def judgements_of(house: House) -> Judgements:
    """Beside the storage's own ports: only search asks for them."""
    storage = house.storage
    if isinstance(storage, FakeStore):
        return FakeJudgements(storage.rows)
    assert isinstance(storage, SqlStorage)
    return SqlJudgements(storage.readers)
