"""Alerts that a window keeps from calling anybody: counted, found, raised, and shown with it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.domain.alert import AlertStatus, Episode, GroupKey
from core.domain.ids import IntegrationId, MaintenanceId
from core.domain.maintenance import Maintenance
from core.domain.urgency import Urgency
from core.ports import AlertQuery, SuppressedCount, UnitOfWork
from core.views import WindowNote
from tests.contract.house import House
from tests.contract.samples import a_service, an_episode, an_integration
from tests.contract.windows import at, change, schedule
from tests.fakes.moment import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def source(house: House) -> IntegrationId:
    return (await an_integration(house)).id


@pytest.fixture
async def window(house: House) -> Maintenance:
    return await schedule(house, actual_start_at=NOON - MINUTE)


async def _put(house: House, episodes: Sequence[Episode]) -> None:
    async def work(uow: UnitOfWork) -> None:
        await uow.alerts.put(episodes)

    await house.run(work)


async def _count(house: House, id: MaintenanceId) -> SuppressedCount:
    async def work(uow: UnitOfWork) -> SuppressedCount:
        return await uow.alerts.suppressed_in(id)

    return await house.run(work)


async def _held(house: House, id: MaintenanceId, limit: int = 10) -> list[Episode]:
    async def work(uow: UnitOfWork) -> list[Episode]:
        return await uow.alerts.still_suppressed(id, limit)

    return await house.run(work)


def _several(
    house: House, source: IntegrationId, window: Maintenance, names: str = "abc", **changes: Any
) -> list[Episode]:
    """A minute apart, the first one first."""
    return [
        an_episode(
            house, source, name, starts_at=NOON + n * MINUTE, suppressed_by=window.id, **changes
        )
        for n, name in enumerate(names)
    ]


async def test_what_an_alert_needs_to_call_somebody_later_is_kept(
    house: House, source: IntegrationId, window: Maintenance
) -> None:
    episode = an_episode(
        house,
        source,
        suppressed_by=window.id,
        group=GroupKey('{}:{alertname="Slow ☃"}'),
        group_title="Slow ☃",
        urgency=Urgency.LOW,
    )
    await _put(house, [episode])

    async def work(uow: UnitOfWork) -> Episode:
        return await uow.alerts.get(episode.id)

    assert await house.run(work) == episode
    assert await _held(house, window.id) == [episode]


async def test_those_that_fire_are_found_first_started_first(
    house: House, source: IntegrationId, window: Maintenance
) -> None:
    a, b, c = _several(house, source, window)
    other = await schedule(house, actual_start_at=NOON)
    elsewhere = an_episode(house, source, "d", suppressed_by=other.id)
    await _put(house, [c, elsewhere, b, a, an_episode(house, source, "e")])

    assert await _held(house, window.id) == [a, b, c]
    assert await _held(house, window.id, limit=2) == [a, b]


async def test_the_ended_and_the_raised_count_but_fire_no_more(
    house: House, source: IntegrationId, window: Maintenance
) -> None:
    a, b, c = _several(house, source, window)
    incident = await house.declare()
    await _put(house, [a, replace(b.ended(NOON + MINUTE), summary=""), c])
    await _put(house, [replace(c, incident_id=incident.id)])

    counted = await _count(house, window.id)

    assert counted == SuppressedCount(total=3, firing=1, names=("Alert b",))
    assert await _held(house, window.id) == [a]
    assert await _count(house, MaintenanceId("mnt_404")) == SuppressedCount()


async def test_some_of_those_that_ended_are_named_once_each(
    house: House, source: IntegrationId, window: Maintenance
) -> None:
    ended = [one.ended(NOON + 99 * MINUTE) for one in _several(house, source, window, "gfedcba")]
    words = ["two", "one", "two", "three", "", "five", "six"]
    await _put(house, [replace(one, summary=word) for one, word in zip(ended, words, strict=True)])

    counted = await _count(house, window.id)

    assert counted.names == ("two", "one", "three", "Alert c", "five")
    assert (counted.total, counted.firing) == (7, 0)


async def test_a_transaction_counts_what_it_suppressed_and_handed_on(
    house: House, source: IntegrationId, window: Maintenance
) -> None:
    other = await schedule(house, actual_start_at=NOON)
    episodes = _several(house, source, window)

    async def work(uow: UnitOfWork) -> list[int]:
        await uow.alerts.put(episodes)
        before = await uow.alerts.suppressed_in(window.id)
        held = await uow.alerts.still_suppressed(window.id, 2)
        await uow.alerts.put([replace(one, suppressed_by=other.id) for one in held])
        after = [await uow.alerts.suppressed_in(one.id) for one in (window, other)]
        return [before.firing, *(count.firing for count in after)]

    assert await house.run(work) == [3, 1, 2]


async def test_next_door_counts_and_finds_nothing(
    house: House, source: IntegrationId, window: Maintenance
) -> None:
    await _put(house, _several(house, source, window))

    async def work(uow: UnitOfWork) -> tuple[SuppressedCount, list[Episode]]:
        count = await uow.alerts.suppressed_in(window.id)
        return count, await uow.alerts.still_suppressed(window.id, 10)

    assert await house.next_door(work) == (SuppressedCount(), [])
    query = AlertQuery(suppressed_by=window.id)
    assert (await house.reads.alerts(house.neighbour_id, query)).rows == ()


async def test_readers_see_the_window_beside_the_alert(
    house: House, source: IntegrationId, window: Maintenance
) -> None:
    suppressed, plain = _several(house, source, window, "a")[0], an_episode(house, source, "b")
    await _put(house, [suppressed, plain])

    row = await house.reads.alert(house.organization_id, suppressed.id)
    other = await house.reads.alert(house.organization_id, plain.id)

    assert (row.episode, row.incident, other.window) == (suppressed, None, None)
    assert row.window is not None
    assert (row.window.id, row.window.reference) == (window.id, "MNT-1")
    assert row.window.title == window.title
    assert (row.suppressed, other.suppressed) == (True, False)


async def test_an_alert_that_was_raised_is_shown_with_window_and_incident(
    house: House, source: IntegrationId, window: Maintenance
) -> None:
    incident = await house.declare(title="Slow")
    [episode] = _several(house, source, window, "a", incident_id=incident.id)
    await _put(house, [episode])

    row = await house.reads.alert(house.organization_id, episode.id)

    assert row.window is not None
    assert row.incident is not None
    assert (row.window.id, row.incident.title) == (window.id, "Slow")


async def test_the_alerts_of_a_window_are_listed_newest_first_page_by_page(
    house: House, source: IntegrationId, window: Maintenance
) -> None:
    a, b, c = _several(house, source, window)
    await _put(house, [a, b.ended(at(1)), c, an_episode(house, source, "d", starts_at=at(2))])

    async def listed(**query: Any) -> list[str]:
        wanted = AlertQuery(suppressed_by=window.id, **query)
        page = await house.reads.alerts(house.organization_id, wanted)
        return [row.episode.fingerprint for row in page.rows]

    assert await listed() == ["c", "b", "a"]
    assert await listed(limit=1, after=c.id) == ["b"]
    assert await listed(statuses=frozenset({AlertStatus.FIRING})) == ["c", "a"]


async def _notes(house: House, incident_id: str) -> list[WindowNote]:
    """As the card and the record say it, which must be the same."""
    record = await house.reads.incident(house.organization_id, incident_id)
    card = await house.reads.card(house.organization_id, record.row.id)
    assert card.windows == record.windows
    return list(card.windows)


async def test_an_incident_names_the_windows_it_was_declared_in(house: House) -> None:
    checkout, search = await a_service(house), await a_service(house, "search")
    on = {"service_ids": (checkout.id, search.id)}
    running = await schedule(house, **on, actual_start_at=NOON)
    await schedule(house, **on)
    await schedule(house, **on, actual_start_at=NOON - MINUTE, actual_end_at=NOON)
    await schedule(house, **on, actual_start_at=NOON - MINUTE, canceled_at=NOON)
    await schedule(house, service_ids=(search.id,), actual_start_at=NOON)
    await schedule(house, **on, actual_start_at=NOON + MINUTE)

    incident = await house.declare(service_ids=(checkout.id,))
    alone = await house.declare()

    assert await _notes(house, alone.id) == []
    assert await _notes(house, incident.id) == [
        WindowNote(
            id=running.id, reference="MNT-1", title=running.title, ends_at=at(3), running=True
        )
    ]


async def test_a_window_that_is_over_meanwhile_is_still_named_with_its_end(house: House) -> None:
    checkout = await a_service(house)
    window = await schedule(house, service_ids=(checkout.id,), actual_start_at=NOON)
    incident = await house.declare(service_ids=(checkout.id,))

    await change(house, window, actual_end_at=at(0.5))

    [note] = await _notes(house, incident.id)
    assert (note.ends_at, note.running) == (at(0.5), False)


async def test_an_incident_raised_from_suppressed_alerts_names_their_window(
    house: House, source: IntegrationId
) -> None:
    window = await schedule(house, actual_start_at=at(-2), actual_end_at=at(-1))
    incident = await house.declare()
    await _put(house, _several(house, source, window, "ab", incident_id=incident.id))
    await _put(house, [an_episode(house, source, "z", incident_id=incident.id)])

    [note] = await _notes(house, incident.id)

    assert (note.id, note.ends_at, note.running) == (window.id, at(-1), False)
