"""What is due by itself is found in every organisation, and nothing else is."""

from datetime import timedelta
from typing import Any

from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.state import State
from core.ports import UnitOfWork
from tests.contract.house import ALICE, House

DRAFTED: dict[str, Any] = {"state": State.DRAFT, "metric_id": "met_1"}


async def _found(house: House, limit: int = 10) -> list[IncidentId]:
    return [id for _, id in await house.storage.chores.forgotten_drafts(house.clock(), limit)]


async def _delete(house: House, incident: Incident) -> None:
    async def work(uow: UnitOfWork) -> None:
        deleted, event = incident.delete(by=ALICE, at=house.clock())
        await uow.incidents.save(deleted, because=event)

    await house.run(work)


async def test_drafts_made_of_metrics_are_found_longest_forgotten_first(house: House) -> None:
    drafts = []
    for _ in range(3):
        drafts.append(await house.declare(**DRAFTED))
        house.clock.advance(minutes=1)

    assert await _found(house) == [draft.id for draft in drafts]
    assert await _found(house, limit=2) == [draft.id for draft in drafts[:2]]


async def test_drafts_of_every_organisation_are_found_with_their_own(house: House) -> None:
    ours = await house.declare(**DRAFTED)
    theirs = await house.next_door(house.declaring(**DRAFTED))

    found = await house.storage.chores.forgotten_drafts(house.clock(), 10)

    assert set(found) == {(house.organization_id, ours.id), (house.neighbour_id, theirs.id)}


async def test_what_somebody_wrote_published_or_deleted_is_not_found(house: House) -> None:
    await house.declare(state=State.DRAFT)
    await house.declare(metric_id="met_1")
    await _delete(house, await house.declare(**DRAFTED))

    assert await _found(house) == []


async def test_what_was_touched_since_is_not_found(house: House) -> None:
    await house.declare(**DRAFTED)
    before = house.clock() - timedelta(seconds=1)

    assert await house.storage.chores.forgotten_drafts(before, 10) == []
