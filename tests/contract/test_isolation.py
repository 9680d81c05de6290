"""What one organisation has, another neither sees nor changes."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from core.domain.alert import AlertGroup, GroupKey
from core.domain.ids import ChannelId, SlackUserId, TeamId, UpdateId
from core.domain.incident import Incident
from core.domain.state import Phase
from core.domain.update import StatusUpdate
from core.errors import Conflict, NotFound
from core.ports import Posting, UnitOfWork
from core.views import IncidentQuery
from tests.contract.house import ALICE, House
from tests.contract.samples import (
    a_key,
    a_service,
    a_user,
    an_episode,
    an_integration,
    service_adding,
    user_adding,
)
from tests.fakes.moment import NOON

T1, U1, C1 = TeamId("T1"), SlackUserId("U1"), ChannelId("C1")


@pytest.fixture
async def incident(house: House) -> Incident:
    return await house.declare(channel_id=C1, channel_name="inc-1")


async def _refused(house: House, ask: Callable[[UnitOfWork], Awaitable[object]]) -> None:
    """It is found at home, and not next door."""
    await house.run(ask)
    with pytest.raises(NotFound):
        await house.next_door(ask)


async def test_nothing_is_got_from_next_door(house: House, incident: Incident) -> None:
    service, user = await a_service(house), await a_user(house)
    key, source = await a_key(house), await an_integration(house)

    await _refused(house, lambda uow: uow.incidents.get(incident.id))
    await _refused(house, lambda uow: uow.services.get(service.id))
    await _refused(house, lambda uow: uow.users.get(user.id))
    await _refused(house, lambda uow: uow.api_keys.get(key.id))
    await _refused(house, lambda uow: uow.integrations.get(source.id))


async def test_nothing_is_looked_up_next_door(house: House, incident: Incident) -> None:
    service = await a_service(house)
    await a_user(house, slack_team_id=T1, slack_user_id=U1)
    [declared] = await house.reads.timeline(house.organization_id, incident.id)

    async def work(uow: UnitOfWork) -> list[object]:
        return [
            await uow.services.named("checkout"),
            await uow.services.known([service.id]),
            await uow.users.with_email("bob@example.com"),
            await uow.users.in_slack(T1, U1),
            await uow.timeline.entries(incident.id),
            await uow.timeline.entry(incident.id, declared.id),
        ]

    assert None not in await house.run(work)
    assert await house.next_door(work) == [None, frozenset(), None, None, [], None]


async def test_alerts_are_not_found_next_door(house: House, incident: Incident) -> None:
    source = await an_integration(house)
    episode = an_episode(house, source.id, incident_id=incident.id)
    gone = an_episode(house, source.id, "b", incident_id=incident.id, ends_at=NOON)
    group = AlertGroup(integration_id=source.id, key=GroupKey("g"), incident_id=incident.id)

    async def put(uow: UnitOfWork) -> None:
        await uow.alerts.put([episode, gone])
        await uow.alerts.save_group(group)

    async def look(uow: UnitOfWork) -> list[object]:
        return [
            await uow.alerts.latest(source.id, [episode.fingerprint]),
            await uow.alerts.groups(source.id, [group.key]),
            await uow.alerts.firing_in(incident.id),
            await uow.alerts.last_end(incident.id),
        ]

    await house.run(put)

    assert await house.run(look) == [
        {episode.fingerprint: episode},
        {group.key: replace(group, version=1)},
        1,
        NOON,
    ]
    assert await house.next_door(look) == [{}, {}, 0, None]


async def test_a_change_from_next_door_changes_nothing(house: House, incident: Incident) -> None:
    acknowledged, event = incident.acknowledge(by=ALICE, at=NOON)

    async def work(uow: UnitOfWork) -> None:
        await uow.incidents.save(acknowledged, because=event)

    with pytest.raises(Conflict):
        await house.next_door(work)

    card = await house.reads.card(house.organization_id, incident.id)
    assert card.incident == incident


async def test_names_and_addresses_are_free_next_door(house: House) -> None:
    await a_service(house)
    await a_user(house)

    assert (await house.next_door(service_adding(house))).version == 1
    assert (await house.next_door(user_adding(house))).version == 1


async def test_readers_see_their_own_organisation_only(house: House, incident: Incident) -> None:
    await a_service(house)
    await a_user(house)
    await a_key(house)
    reads, there = house.reads, house.neighbour_id

    assert (await reads.incidents(there, IncidentQuery())).total == 0
    assert await reads.timeline(there, incident.id) == []
    assert await reads.in_channel(there, C1) is None
    assert await reads.services(there) == []
    assert await reads.users(there) == []
    assert await reads.api_keys(there) == []


async def test_readers_find_nothing_of_next_door(house: House, incident: Incident) -> None:
    update = StatusUpdate(
        id=UpdateId(house.new_id("upd")),
        incident_id=incident.id,
        phase=Phase.IDENTIFIED,
        text="Found it.",
        by=ALICE,
        at=NOON,
    )

    async def work(uow: UnitOfWork) -> None:
        await uow.updates.add(update)

    await house.run(work)
    [entry] = await house.reads.timeline(house.organization_id, incident.id)
    reads, there = house.reads, house.neighbour_id

    for answer in (
        reads.incident(there, incident.id),
        reads.incident(there, incident.reference),
        reads.card(there, incident.id),
        reads.entry(there, entry.id),
        reads.update(there, update.id),
    ):
        with pytest.raises(NotFound):
            await answer


async def test_the_same_reference_means_each_organisations_own(
    house: House, incident: Incident
) -> None:
    theirs = await house.next_door(house.declaring())

    ours_found = await house.reads.incident(house.organization_id, "INC-1")
    theirs_found = await house.reads.incident(house.neighbour_id, "INC-1")

    assert (ours_found.row.id, theirs_found.row.id) == (incident.id, theirs.id)


async def test_postings_are_not_found_next_door(house: House, incident: Incident) -> None:
    posting = Posting(role="card", channel_id=C1, ts="1.000100")
    postings = house.storage.postings
    await postings.record(house.organization_id, incident.id, posting)

    assert await postings.find(house.organization_id, incident.id, "card") == posting
    assert await postings.find(house.neighbour_id, incident.id, "card") is None
