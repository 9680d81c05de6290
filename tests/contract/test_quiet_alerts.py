"""Alerts that call nobody for now, and what decides on them: kept, found and counted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.domain.alert import AlertGroup, Episode, Fate, GroupKey
from core.domain.ids import IncidentId, IntegrationId, ServiceId
from core.domain.silence import ACTIVE, Silence
from core.domain.state import State
from core.ports import AlertQuery, BrokenService, UnitOfWork, Work
from core.usecases import records
from tests.contract.house import ALICE, House
from tests.contract.samples import a_service, an_episode, an_integration
from tests.fakes.moment import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def source(house: House) -> IntegrationId:
    return (await an_integration(house)).id


def putting(episodes: Sequence[Episode]) -> Work[None]:
    async def work(uow: UnitOfWork) -> None:
        await uow.alerts.put(episodes)

    return work


def waiting(kept_by: str, limit: int = 10) -> Work[list[Episode]]:
    async def work(uow: UnitOfWork) -> list[Episode]:
        return await uow.alerts.waiting(kept_by, Fate.SILENCED, limit)

    return work


def several(house: House, source: IntegrationId, **changes: Any) -> list[Episode]:
    """Three, a minute apart, the first one first."""
    return [
        an_episode(house, source, name, starts_at=NOON + n * MINUTE, **changes)
        for n, name in enumerate("abc")
    ]


async def test_what_a_silence_keeps_quiet_is_found_first_started_first(
    house: House, source: IntegrationId
) -> None:
    a, b, c = several(house, source, fate=Fate.SILENCED, kept_by="sil_1", fate_note="until later")
    others = [
        an_episode(house, source, "d", fate=Fate.SILENCED, kept_by="sil_2"),
        an_episode(house, source, "e", fate=Fate.INHIBITED, kept_by="sil_1"),
        an_episode(house, source, "f", ends_at=NOON, fate=Fate.SILENCED, kept_by="sil_1"),
    ]
    incident = await house.declare()
    joined = an_episode(
        house, source, "g", fate=Fate.GROUPED, kept_by="sil_1", incident_id=incident.id
    )
    await house.run(putting([c, *others, joined, b, a]))

    assert await house.run(waiting("sil_1")) == [a, b, c]
    assert await house.run(waiting("sil_1", limit=2)) == [a, b]
    assert await house.next_door(waiting("sil_1")) == []


async def test_who_was_called_meanwhile_waits_no_more_within_one_transaction(
    house: House, source: IntegrationId
) -> None:
    a, b, c = several(house, source, fate=Fate.SILENCED, kept_by="sil_1")
    incident = await house.declare()
    await house.run(putting([a, b, c]))

    async def work(uow: UnitOfWork) -> list[Episode]:
        await uow.alerts.put([a.joined(incident.id), b.quieted(Fate.SILENCED, "sil_2")])
        return await uow.alerts.waiting("sil_1", Fate.SILENCED, 10)

    assert await house.run(work) == [c]


async def test_holds_that_are_over_are_found_the_first_end_first(
    house: House, source: IntegrationId
) -> None:
    other = (await an_integration(house, "hash of another")).id
    a, b, c = (
        replace(one, fate=Fate.HELD, due_at=NOON + (9 - n) * MINUTE)
        for n, one in enumerate(several(house, source))
    )
    elsewhere = an_episode(house, other, "d", fate=Fate.HELD, due_at=NOON)
    await house.run(putting([a, b, c, elsewhere, c.ended(NOON + MINUTE)]))

    async def work(uow: UnitOfWork) -> tuple[list[Episode], list[Episode], object]:
        return (
            await uow.alerts.held_until(source, NOON + 9 * MINUTE, 10),
            await uow.alerts.held_until(source, NOON + 8 * MINUTE, 10),
            await uow.alerts.next_due(source),
        )

    everything, some, first = await house.run(work)

    assert (everything, some, first) == ([b, a], [b], b.due_at)


async def test_where_nothing_is_held_nothing_is_due(house: House, source: IntegrationId) -> None:
    await house.run(putting(several(house, source)))

    async def work(uow: UnitOfWork) -> tuple[object, object]:
        return await uow.alerts.next_due(source), await uow.alerts.held_until(source, NOON, 9)

    assert await house.run(work) == (None, [])


async def test_everything_an_incident_has_is_counted(house: House, source: IntegrationId) -> None:
    incident = await house.declare()
    a, b, c = several(house, source, incident_id=incident.id)

    async def work(uow: UnitOfWork) -> tuple[int, int, int]:
        await uow.alerts.put([a, b.ended(NOON + 9 * MINUTE), c])
        before = await uow.alerts.count_in(incident.id)
        await uow.alerts.put([replace(c, incident_id=None)])
        after = await uow.alerts.count_in(incident.id)
        return before, after, await uow.alerts.count_in(IncidentId("inc_404"))

    assert await house.run(work) == (3, 2, 0)


async def test_groups_that_got_an_incident_lately_are_counted(
    house: House, source: IntegrationId
) -> None:
    other = (await an_integration(house, "hash of another")).id

    async def work(uow: UnitOfWork) -> tuple[int, int]:
        for minutes, (whose, key) in enumerate(
            [(source, "a"), (source, "b"), (source, "c"), (other, "d")]
        ):
            opened = NOON + minutes * MINUTE
            await uow.alerts.save_group(
                AlertGroup(integration_id=whose, key=GroupKey(key), opened_at=opened)
            )
        await uow.alerts.save_group(AlertGroup(integration_id=source, key=GroupKey("never")))
        before = await uow.alerts.opened_since(source, NOON)
        known = await uow.alerts.groups(source, [GroupKey("a")])
        again = replace(known[GroupKey("a")], opened_at=NOON + 9 * MINUTE)
        await uow.alerts.save_group(again)
        return before, await uow.alerts.opened_since(source, NOON)

    assert await house.run(work) == (2, 3)


async def test_services_are_meant_by_their_names_or_their_ids(house: House) -> None:
    checkout, search = await a_service(house, "Checkout"), await a_service(house, "Größe")

    async def work(uow: UnitOfWork) -> dict[str, ServiceId]:
        return await uow.services.meant({"CHECKOUT", "checkout", "GRÖSSE", search.id, "nobody"})

    assert await house.run(work) == {
        "CHECKOUT": checkout.id,
        "checkout": checkout.id,
        "GRÖSSE": search.id,
        search.id: search.id,
    }
    assert await house.next_door(work) == {}


async def test_what_depends_on_something_is_known_as_it_is_now(house: House) -> None:
    database = await a_service(house, "database")
    checkout = await a_service(house, "checkout", depends_on=(database.id,))

    async def work(uow: UnitOfWork) -> object:
        return await uow.services.dependencies()

    assert await house.run(work) == {checkout.id: (database.id,)}
    assert await house.next_door(work) == {}


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({}, True),
        ({"state": State.ACKNOWLEDGED}, True),
        ({"state": State.RESOLVED}, False),
        ({"published_at": None}, False),
        ({"deleted_at": NOON}, False),
    ],
)
async def test_a_service_is_broken_while_an_incident_of_it_goes_on(
    house: House, changes: dict[str, Any], broken: bool
) -> None:
    service, other = await a_service(house), await a_service(house, "search")
    values = {"state": State.OPEN, "published_at": NOON, **changes}
    incident = await house.declare(service_ids=(service.id,), **values)
    await house.declare(service_ids=(service.id,), **values)

    async def work(uow: UnitOfWork) -> list[BrokenService]:
        return await uow.incidents.broken({service.id, other.id})

    known = BrokenService(service_id=service.id, incident_id=incident.id, number=incident.number)
    assert await house.run(work) == ([known] if broken else [])


async def test_incidents_that_are_over_and_still_keep_alerts_quiet_are_found(
    house: House, source: IntegrationId
) -> None:
    over = await house.declare(state=State.RESOLVED)
    deleted = await house.declare(state=State.OPEN, deleted_at=NOON)
    incidents = [over, deleted, await house.declare(state=State.OPEN)]
    kept = [
        an_episode(house, source, str(n), fate=Fate.INHIBITED, kept_by=incident.id)
        for n, incident in enumerate(incidents)
    ]
    done = await house.declare(state=State.RESOLVED)
    ended = an_episode(
        house, source, "z", fate=Fate.INHIBITED, kept_by=done.id, ends_at=NOON + MINUTE
    )
    await house.run(putting([*kept, ended]))

    lifted = await house.storage.chores.lifted_incidents(10)

    assert lifted == sorted((house.organization_id, one.id) for one in (over, deleted))
    assert await house.storage.chores.lifted_incidents(1) == lifted[:1]


async def test_alerts_are_listed_by_what_became_of_them(
    house: House, source: IntegrationId
) -> None:
    service = await a_service(house)
    silenced = an_episode(house, source, "a", fate=Fate.SILENCED, kept_by="sil_1")
    dropped = an_episode(house, source, "b", fate=Fate.DROPPED, service_id=service.id)
    orphan = an_episode(house, source, "c", ends_at=NOON, orphan=True)
    await house.run(putting([silenced, dropped, orphan]))

    async def found(**query: Any) -> list[Episode]:
        page = await house.reads.alerts(house.organization_id, AlertQuery(**query))
        return [row.episode for row in page.rows]

    assert await found(fates=frozenset({Fate.SILENCED, Fate.HELD})) == [silenced]
    assert await found(kept_by="sil_1") == [silenced]
    assert await found(service_id=service.id) == [dropped]
    assert await found(fates=frozenset({Fate.DROPPED}), kept_by="sil_1") == []
    assert {one.id for one in await found()} == {silenced.id, dropped.id}


async def test_silences_that_are_not_over_are_read_once_and_still_true(house: House) -> None:
    """Works that share a transaction are answered from one question, until one changes them."""
    silence = Silence(
        id="sil_1",
        created_at=NOON,
        updated_at=NOON,
        matchers=('team="x"',),
        ends_at=NOON + MINUTE,
        by="Alice Archer",
    )

    async def work(uow: UnitOfWork) -> list[int]:
        counts = [len(await uow.records(Silence).children(ACTIVE))]
        kept = await records.add(silence, uow, by=ALICE, at=NOON)
        counts.append(len(await uow.records(Silence).children(ACTIVE)))
        await records.change(kept, replace(kept, over=True), uow, by=ALICE, at=NOON)
        counts.append(len(await uow.records(Silence).children(ACTIVE)))
        return counts

    async def look(uow: UnitOfWork) -> list[Silence]:
        return await uow.records(Silence).all()

    assert await house.run(work) == [0, 1, 0]
    assert [one.matchers for one in await house.run(look)] == [silence.matchers]
    assert await house.next_door(look) == []
