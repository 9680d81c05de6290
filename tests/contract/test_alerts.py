"""Episodes and groups: the latest per fingerprint, what fires, and who saved first."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.alert import AlertGroup, Episode, Fingerprint, GroupKey
from core.domain.ids import IncidentId, IntegrationId
from core.domain.repeats import Glimpse
from core.errors import Conflict
from core.ports import UnitOfWork, Work
from tests.contract.house import House
from tests.contract.samples import an_episode, an_integration
from tests.fakes.moment import NOON

A, B = Fingerprint("a"), Fingerprint("b")
MINUTE = timedelta(minutes=1)


def _putting(*episodes: Episode) -> Work[None]:
    async def work(uow: UnitOfWork) -> None:
        await uow.alerts.put(episodes)

    return work


async def _latest(
    house: House, integration_id: IntegrationId, *fingerprints: Fingerprint
) -> dict[Fingerprint, Episode]:
    async def work(uow: UnitOfWork) -> dict[Fingerprint, Episode]:
        return await uow.alerts.latest(integration_id, fingerprints)

    return await house.run(work)


@pytest.fixture
async def source(house: House) -> IntegrationId:
    return (await an_integration(house)).id


async def test_everything_about_an_episode_is_kept(house: House, source: IntegrationId) -> None:
    incident = await house.declare()
    episode = an_episode(house, source, incident_id=incident.id, ends_at=NOON + MINUTE)

    await house.run(_putting(episode))

    assert await _latest(house, source, A) == {A: episode}


async def test_the_latest_is_the_one_that_started_last(house: House, source: IntegrationId) -> None:
    late = an_episode(house, source, starts_at=NOON + MINUTE)
    early = an_episode(house, source, starts_at=NOON)
    other = an_episode(house, source, "b")

    await house.run(_putting(late, early, other))

    assert await _latest(house, source, A, B, Fingerprint("c")) == {A: late, B: other}


async def test_a_glimpse_tells_as_much_as_says_whether_something_is_known(
    house: House, source: IntegrationId
) -> None:
    early = an_episode(house, source, starts_at=NOON)
    late = an_episode(house, source, starts_at=NOON + MINUTE)
    over = an_episode(house, source, "b", ends_at=NOON + MINUTE)
    await house.run(_putting(late, early, over))

    async def look(uow: UnitOfWork) -> dict[Fingerprint, Glimpse]:
        return await uow.alerts.glimpses(source, [A, B, Fingerprint("c")])

    seen = await house.run(look)

    assert seen == {
        A: Glimpse(late.starts_at, late.severity, firing=True),
        B: Glimpse(over.starts_at, over.severity, firing=False),
    }


async def test_of_no_fingerprints_there_is_no_latest(house: House, source: IntegrationId) -> None:
    await house.run(_putting(an_episode(house, source)))

    assert await _latest(house, source) == {}


async def test_thousands_are_put_and_found_at_once(house: House, source: IntegrationId) -> None:
    episodes = [an_episode(house, source, f"f{n}") for n in range(2_500)]

    await house.run(_putting(*episodes))

    found = await _latest(house, source, *(episode.fingerprint for episode in episodes))
    assert found == {episode.fingerprint: episode for episode in episodes}


async def test_an_episode_put_again_is_replaced(house: House, source: IntegrationId) -> None:
    episode = an_episode(house, source)
    await house.run(_putting(episode))

    ended = episode.ended(NOON + MINUTE)
    await house.run(_putting(ended))

    assert await _latest(house, source, A) == {A: ended}


async def test_another_source_has_episodes_of_its_own(house: House, source: IntegrationId) -> None:
    other = await an_integration(house, "another token")
    ours, theirs = an_episode(house, source), an_episode(house, other.id)

    await house.run(_putting(ours, theirs))

    assert await _latest(house, source, A) == {A: ours}
    assert await _latest(house, other.id, A) == {A: theirs}


async def test_an_episode_begins_once(house: House, source: IntegrationId) -> None:
    await house.run(_putting(an_episode(house, source)))

    with pytest.raises(Conflict):
        await house.run(_putting(an_episode(house, source)))


async def test_what_fires_in_an_incident_is_counted(house: House, source: IntegrationId) -> None:
    incident, other = await house.declare(), await house.declare()
    here = [an_episode(house, source, name, incident_id=incident.id) for name in "abc"]
    there = an_episode(house, source, "d", incident_id=other.id)

    async def work(uow: UnitOfWork) -> list[int]:
        await uow.alerts.put([*here, there])
        before = await uow.alerts.firing_in(incident.id)
        await uow.alerts.put([here[0].ended(NOON + MINUTE)])
        return [before, await uow.alerts.firing_in(incident.id)]

    assert await house.run(work) == [3, 2]


async def test_the_last_end_is_the_latest_by_the_clock_of_the_source(
    house: House, source: IntegrationId
) -> None:
    incident, other = await house.declare(), await house.declare()
    ends = [NOON + 3 * MINUTE, NOON + 9 * MINUTE, None, NOON + 5 * MINUTE]
    here = [
        an_episode(house, source, f"f{n}", incident_id=incident.id, ends_at=end)
        for n, end in enumerate(ends)
    ]

    async def work(uow: UnitOfWork) -> list[object]:
        before = await uow.alerts.last_end(incident.id)
        await uow.alerts.put(here)
        ids = [incident.id, other.id, IncidentId("inc_404")]
        return [before, *[await uow.alerts.last_end(id) for id in ids]]

    assert await house.run(work) == [None, NOON + 9 * MINUTE, None, None]


def _saving(group: AlertGroup) -> Work[AlertGroup]:
    async def work(uow: UnitOfWork) -> AlertGroup:
        return await uow.alerts.save_group(group)

    return work


async def _groups(house: House, source: IntegrationId, *keys: str) -> dict[GroupKey, AlertGroup]:
    async def work(uow: UnitOfWork) -> dict[GroupKey, AlertGroup]:
        return await uow.alerts.groups(source, [GroupKey(key) for key in keys])

    return await house.run(work)


async def test_a_group_is_found_by_its_key(house: House, source: IntegrationId) -> None:
    incident = await house.declare()
    group = AlertGroup(integration_id=source, key=GroupKey('{}:{a="ü"}'), incident_id=incident.id)

    saved = await house.run(_saving(group))

    assert saved == replace(group, version=1)
    assert await _groups(house, source, '{}:{a="ü"}', "unknown") == {group.key: saved}


async def test_a_group_moves_to_another_incident(house: House, source: IntegrationId) -> None:
    first, second = await house.declare(), await house.declare()
    group = AlertGroup(integration_id=source, key=GroupKey("g"), incident_id=first.id)
    saved = await house.run(_saving(group))

    moved = await house.run(_saving(replace(saved, incident_id=second.id)))

    assert await _groups(house, source, "g") == {group.key: moved}
    assert moved.version == 2


async def test_a_group_is_saved_by_one_writer_at_a_time(
    house: House, source: IntegrationId
) -> None:
    incident = await house.declare()
    group = AlertGroup(integration_id=source, key=GroupKey("g"), incident_id=incident.id)

    born = await asyncio.gather(
        *(house.run(_saving(group)) for _ in range(4)), return_exceptions=True
    )
    moved = await asyncio.gather(
        *(house.run(_saving(replace(group, version=1))) for _ in range(4)), return_exceptions=True
    )

    for outcomes in (born, moved):
        assert sum(isinstance(outcome, AlertGroup) for outcome in outcomes) == 1
        assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 3
