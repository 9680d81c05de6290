"""What alert sources sent last can be looked at, and dealt with once more."""

from dataclasses import replace

import pytest

from core.domain.events import IntegrationDeleted
from core.domain.ids import DeliveryId
from core.domain.integration import Integration
from core.domain.timer import Timer, TimerKind
from core.errors import NotFound
from core.ports import SHOWN_BYTES, RawDelivery, UnitOfWork
from tests.contract.house import ALICE, House
from tests.contract.samples import an_integration


@pytest.fixture
async def source(house: House) -> Integration:
    return await an_integration(house)


def _raw(house: House, source: Integration, body: bytes = b"{}", **changes: str) -> RawDelivery:
    return RawDelivery(
        organization_id=house.organization_id,
        integration_id=source.id,
        body=body,
        received_at=house.clock(),
        **changes,
    )


async def _stored(house: House, raw: RawDelivery) -> DeliveryId:
    await house.storage.inbox.store(raw)
    return (await house.storage.inbox.pending(1_000))[-1].id


async def _refused(house: House, id: DeliveryId) -> None:
    async def work(uow: UnitOfWork) -> bool:
        return await uow.deliveries.refuse(id, "It is no JSON.", house.clock())

    assert await house.run(work)


async def _replayed(house: House, id: DeliveryId) -> bool:
    async def work(uow: UnitOfWork) -> bool:
        return await uow.deliveries.replay(id, house.clock())

    return await house.run(work)


async def test_what_came_last_is_first(house: House, source: Integration) -> None:
    for n in range(4):
        await house.storage.inbox.store(_raw(house, source, b"%d" % n))

    rows = await house.reads.recent_deliveries(house.organization_id, source.id, 3)

    assert [row.body for row in rows] == [b"3", b"2", b"1"]
    assert all(row.dealt_at is None and row.received_at == house.clock() for row in rows)


async def test_of_a_large_body_the_beginning_is_listed_and_all_of_it_is_shown(
    house: House, source: Integration
) -> None:
    body = b"x" * (SHOWN_BYTES + 5)
    id = await _stored(house, _raw(house, source, body))

    [listed] = await house.reads.recent_deliveries(house.organization_id, source.id, 3)
    shown = await house.reads.delivery(house.organization_id, id)

    assert (listed.body, listed.size) == (body[:SHOWN_BYTES], len(body))
    assert (shown.body, shown.size) == (body, len(body))


async def test_what_was_refused_says_why(house: House, source: Integration) -> None:
    id = await _stored(house, _raw(house, source))
    await _refused(house, id)

    row = await house.reads.delivery(house.organization_id, id)

    assert (row.reason, row.dealt_at) == ("It is no JSON.", house.clock())


async def test_a_delivery_of_a_neighbour_is_not_found(house: House, source: Integration) -> None:
    id = await _stored(house, _raw(house, source))

    assert await house.reads.recent_deliveries(house.neighbour_id, source.id, 3) == []
    with pytest.raises(NotFound, match="no payload"):
        await house.reads.delivery(house.neighbour_id, id)


async def test_a_delivery_is_found_by_what_its_source_calls_it(
    house: House, source: Integration
) -> None:
    id = await _stored(house, _raw(house, source, b"1", request_id="req-1"))
    where = house.organization_id, source.id

    found = await house.reads.delivery_of_request(*where, "req-1")
    other = await house.reads.delivery_of_request(*where, "req-2")

    assert (found and (found.id, found.body), other) == ((id, b"1"), None)


async def test_what_was_dealt_with_waits_once_more_as_if_it_came_now(
    house: House, source: Integration
) -> None:
    came = house.clock()
    id = await _stored(house, _raw(house, source))
    await _refused(house, id)
    house.clock.advance(minutes=5)

    replayed = await _replayed(house, id)

    [pending] = await house.storage.inbox.pending(10)
    row = await house.reads.delivery(house.organization_id, id)
    assert (replayed, pending.id, pending.raw.received_at) == (True, id, house.clock())
    assert (row.received_at, row.replayed_at) == (came, house.clock())
    assert (row.dealt_at, row.reason) == (None, "")


async def test_what_waits_already_does_not_wait_twice(house: House, source: Integration) -> None:
    id = await _stored(house, _raw(house, source))

    assert await _replayed(house, id) is False
    assert await _replayed(house, DeliveryId(404)) is False


async def test_a_neighbour_replays_nothing_of_ours(house: House, source: Integration) -> None:
    id = await _stored(house, _raw(house, source))
    await _refused(house, id)

    async def work(uow: UnitOfWork) -> tuple[bool, object]:
        replayed = await uow.deliveries.replay(id, house.clock())
        return replayed, await uow.deliveries.source_of(id)

    assert await house.next_door(work) == (False, None)


async def test_a_source_was_heard_when_its_last_delivery_came(
    house: House, source: Integration
) -> None:
    silent = await an_integration(house, "another")
    await house.storage.inbox.store(_raw(house, source))
    house.clock.advance(minutes=5)
    await house.storage.inbox.store(_raw(house, source))

    async def work(uow: UnitOfWork) -> list[object]:
        return [await uow.deliveries.last_heard(one.id) for one in (source, silent)]

    assert await house.run(work) == [house.clock(), None]
    assert await house.reads.last_heard(house.organization_id) == {source.id: house.clock()}
    assert await house.reads.last_heard(house.neighbour_id) == {}


async def test_a_source_that_was_deleted_is_not_listed_and_opens_nothing(
    house: House, source: Integration
) -> None:
    from_before = await house.reads.integrations(house.organization_id)

    async def work(uow: UnitOfWork) -> None:
        gone = replace(await uow.integrations.get(source.id), deleted_at=house.clock())
        await uow.integrations.save(gone, because=_deleted(house, source))

    await house.run(work)

    directory = house.storage.directory
    assert from_before == [source]
    assert await house.reads.integrations(house.organization_id) == []
    assert await directory.integration(source.token_hash) is None
    assert await directory.integration_by_id(source.id) is None
    with pytest.raises(NotFound, match="no alert source"):
        await house.reads.alert_source(house.organization_id, source.id)


async def test_a_source_is_found_by_its_id_with_its_organisation(
    house: House, source: Integration
) -> None:
    found = await house.storage.directory.integration_by_id(source.id)

    assert found == (house.organization_id, source)


async def test_timers_of_a_kind_are_read_by_their_subject(house: House) -> None:
    timer = Timer(kind=TimerKind.HEARTBEAT, subject_id="hbt_1", due_at=house.clock(), count=1)

    async def work(uow: UnitOfWork) -> None:
        await uow.timers.set(timer)
        await uow.timers.set(replace(timer, kind=TimerKind.QUIET))

    await house.run(work)

    known = await house.reads.timers(house.organization_id, TimerKind.HEARTBEAT)
    assert known == {"hbt_1": timer}
    assert await house.reads.timers(house.neighbour_id, TimerKind.HEARTBEAT) == {}


def _deleted(house: House, source: Integration) -> IntegrationDeleted:
    return IntegrationDeleted(
        by=ALICE, at=house.clock(), integration_id=source.id, name=source.name
    )
