"""What is due by itself is found in every organisation, and nothing else is."""

from datetime import timedelta
from typing import Any

from core.domain.events import IntegrationCreated
from core.domain.ids import IncidentId, IntegrationId
from core.domain.incident import Incident
from core.domain.integration import Integration
from core.domain.source_settings import SourceSettings
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


async def test_sources_that_can_be_asked_are_found_in_every_organisation(house: House) -> None:
    ours = await _integration(house, "http://alertmanager.example:9093")
    await _integration(house, "")

    found = await house.storage.chores.sources_to_ask()

    assert found == [(house.organization_id, ours)]
    assert found[0][1].settings.check_url == "http://alertmanager.example:9093"


async def _integration(house: House, check_url: str) -> Integration:
    async def work(uow: UnitOfWork) -> Integration:
        id = IntegrationId(uow.new_id("int"))
        integration = Integration(
            id=id,
            source="alertmanager",
            name="Production",
            token_hash=f"hash of {id}",
            created_at=house.clock(),
            settings=SourceSettings(check_url=check_url),
        )
        event = IntegrationCreated(by=ALICE, at=house.clock(), integration_id=id, name="Production")
        return await uow.integrations.save(integration, because=event)

    return await house.run(work)
