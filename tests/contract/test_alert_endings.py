"""What is asked of alerts when they come and go, in SQL and in memory alike."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.domain.alert import AlertGroup, Episode, Fingerprint, GroupKey
from core.domain.ids import IncidentId, IntegrationId
from core.domain.severity import Severity
from core.ports import UnitOfWork, Work
from tests.contract.house import House
from tests.contract.samples import an_episode, an_integration
from tests.fakes.moment import NOON

A, B = Fingerprint("a"), Fingerprint("b")


def _at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def _putting(*episodes: Episode) -> Work[None]:
    async def work(uow: UnitOfWork) -> None:
        await uow.alerts.put(episodes)

    return work


@pytest.fixture
async def source(house: House) -> IntegrationId:
    return (await an_integration(house)).id


async def test_what_began_since_a_moment_is_found_also_if_it_is_not_written_yet(
    house: House, source: IntegrationId
) -> None:
    other = (await an_integration(house, "another token")).id
    early, late, then = [
        an_episode(house, source, starts_at=_at(n), ends_at=_at(n + 1)) for n in (0, 8, 4)
    ]
    new = an_episode(house, source, "b", starts_at=_at(9))
    others = an_episode(house, other, starts_at=_at(6)), an_episode(house, source, "c")
    await house.run(_putting(early, late, then, *others))

    async def work(uow: UnitOfWork) -> list[Episode]:
        await uow.alerts.put([new])
        return await uow.alerts.begun_since(source, [A, B], _at(4))

    assert await house.run(work) == [then, late, new]


async def test_the_worst_of_an_incident_may_have_ended(house: House, source: IntegrationId) -> None:
    incident, other = await house.declare(), await house.declare()
    mild = an_episode(house, source, incident_id=incident.id)
    bad = an_episode(house, source, "b", incident_id=incident.id, ends_at=_at(1))
    worst = an_episode(house, source, "c", incident_id=other.id)
    await house.run(
        _putting(
            replace(mild, severity=Severity.LOW),
            replace(bad, severity=Severity.MEDIUM),
            replace(worst, severity=Severity.CRITICAL),
        )
    )

    async def work(uow: UnitOfWork) -> tuple[Severity | None, Severity | None]:
        nothing = await uow.alerts.worst_in(IncidentId("inc_without_alerts"))
        return await uow.alerts.worst_in(incident.id), nothing

    assert await house.run(work) == (Severity.MEDIUM, None)


async def test_what_comes_and_goes_is_found_by_its_incident(
    house: House, source: IntegrationId
) -> None:
    incident = await house.declare()
    later = an_episode(
        house, source, starts_at=_at(5), ends_at=_at(6), incident_id=incident.id, flapping=True
    )
    first = an_episode(house, source, "b", incident_id=incident.id, flapping=True)
    steady = an_episode(house, source, "c", incident_id=incident.id)
    nowhere = an_episode(house, source, "d", flapping=True)
    await house.run(_putting(later, first, steady, nowhere))

    async def work(uow: UnitOfWork) -> list[Episode]:
        return await uow.alerts.flapping_in(incident.id)

    assert await house.run(work) == [first, later]


async def test_what_fires_at_a_source_is_found_first_started_first(
    house: House, source: IntegrationId
) -> None:
    other = (await an_integration(house, "another token")).id
    later = an_episode(house, source, "b", starts_at=_at(5))
    first = an_episode(house, source)
    over = an_episode(house, source, "c", ends_at=_at(1))
    elsewhere = an_episode(house, other)
    await house.run(_putting(later, first, over, elsewhere))

    async def work(uow: UnitOfWork) -> list[Episode]:
        return await uow.alerts.firing_of(source, 10)

    async def first_of_them(uow: UnitOfWork) -> list[Episode]:
        return await uow.alerts.firing_of(source, 1)

    assert await house.run(work) == [first, later]
    assert await house.run(first_of_them) == [first]


async def test_the_sources_of_an_incident_are_named_once_each(
    house: House, source: IntegrationId
) -> None:
    incident, other = await house.declare(), await house.declare()
    elsewhere = (await an_integration(house, "another token")).id
    members = [
        an_episode(house, source, incident_id=incident.id),
        an_episode(house, source, "b", incident_id=incident.id, ends_at=_at(1)),
        an_episode(house, elsewhere, incident_id=incident.id),
        an_episode(house, elsewhere, "b", incident_id=other.id),
    ]
    await house.run(_putting(*members))

    async def work(uow: UnitOfWork) -> tuple[list[IntegrationId], ...]:
        wanted = incident.id, other.id, IncidentId("inc_without_alerts")
        return tuple([await uow.alerts.sources_of(id) for id in wanted])

    assert await house.run(work) == (sorted([source, elsewhere]), [elsewhere], [])


async def test_what_fires_in_an_incident_is_found_with_the_groups_that_are_its_own(
    house: House, source: IntegrationId
) -> None:
    incident, other = await house.declare(), await house.declare()
    first = an_episode(house, source, incident_id=incident.id)
    later = an_episode(house, source, "b", incident_id=incident.id, starts_at=_at(5))
    over = an_episode(house, source, "c", incident_id=incident.id, ends_at=_at(1))
    elsewhere = an_episode(house, source, "d", incident_id=other.id)
    await house.run(_putting(later, first, over, elsewhere))
    keys = {GroupKey("search"): incident.id, GroupKey("checkout"): other.id}

    async def grouping(uow: UnitOfWork) -> None:
        for key, id in keys.items():
            group = AlertGroup(integration_id=source, key=key, incident_id=id)
            await uow.alerts.save_group(group)

    async def work(uow: UnitOfWork) -> tuple[list[Episode], list[AlertGroup]]:
        alerts = uow.alerts
        return await alerts.firing_within(incident.id), await alerts.groups_of(incident.id)

    await house.run(grouping)
    firing, groups = await house.run(work)

    assert firing == [first, later]
    assert [(one.key, one.incident_id) for one in groups] == [("search", incident.id)]


async def test_next_door_none_of_it_is_seen(house: House, source: IntegrationId) -> None:
    incident = await house.declare()
    await house.run(_putting(an_episode(house, source, incident_id=incident.id, flapping=True)))

    async def work(uow: UnitOfWork) -> list[object]:
        return [
            await uow.alerts.begun_since(source, [A], _at(-60)),
            await uow.alerts.worst_in(incident.id),
            await uow.alerts.flapping_in(incident.id),
            await uow.alerts.firing_of(source, 10),
            await uow.alerts.firing_within(incident.id),
            await uow.alerts.groups_of(incident.id),
            await uow.alerts.sources_of(incident.id),
        ]

    assert await house.next_door(work) == [[], None, [], [], [], [], []]
