"""What alert sources sent waits in order until it has been dealt with, once."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.domain.ids import DeliveryId
from core.ports import MOST_PENDING_BYTES, RawDelivery, UnitOfWork, Work
from tests.contract.house import House
from tests.contract.samples import an_integration
from tests.fakes.moment import NOON

Dealing = Callable[[DeliveryId], Work[bool]]


@pytest.fixture
async def raw(house: House) -> RawDelivery:
    return RawDelivery(
        organization_id=house.organization_id,
        integration_id=(await an_integration(house)).id,
        body=b'{"not": "text\xff\x00"}',
        received_at=NOON,
    )


def _settling(id: DeliveryId) -> Work[bool]:
    async def work(uow: UnitOfWork) -> bool:
        return id in await uow.deliveries.settle([id], NOON)

    return work


def _refusing(id: DeliveryId) -> Work[bool]:
    async def work(uow: UnitOfWork) -> bool:
        return await uow.deliveries.refuse(id, "It is not JSON.", NOON)

    return work


async def _stored(house: House, raw: RawDelivery) -> DeliveryId:
    await house.storage.inbox.store(raw)
    return (await house.storage.inbox.pending(1000))[-1].id


async def test_a_delivery_is_kept_to_the_byte(house: House, raw: RawDelivery) -> None:
    await house.storage.inbox.store(raw)

    [pending] = await house.storage.inbox.pending(10)

    assert pending.raw == raw


async def test_a_delivery_says_what_kind_of_source_it_is_of(house: House, raw: RawDelivery) -> None:
    await house.storage.inbox.store(raw)

    [pending] = await house.storage.inbox.pending(10)

    assert pending.source == "alertmanager"


async def test_deliveries_that_come_at_once_are_all_kept(house: House, raw: RawDelivery) -> None:
    sent = [replace(raw, body=b"%d" % n) for n in range(50)]

    await asyncio.gather(*map(house.storage.inbox.store, sent))

    kept = await house.storage.inbox.pending(100)
    assert {pending.raw.body for pending in kept} == {delivery.body for delivery in sent}


async def test_huge_bodies_are_taken_a_few_at_a_time(house: House, raw: RawDelivery) -> None:
    huge = replace(raw, body=b"x" * (MOST_PENDING_BYTES // 2))
    for delivery in (huge, huge, huge):
        await house.storage.inbox.store(delivery)

    assert len(await house.storage.inbox.pending(10)) == 2


async def test_a_body_larger_than_the_bound_is_taken_alone(house: House, raw: RawDelivery) -> None:
    larger = replace(raw, body=b"x" * (MOST_PENDING_BYTES + 1))
    for delivery in (larger, raw):
        await house.storage.inbox.store(delivery)

    assert [len(one.raw.body) for one in await house.storage.inbox.pending(10)] == [
        MOST_PENDING_BYTES + 1
    ]


async def test_deliveries_wait_oldest_first(house: House, raw: RawDelivery) -> None:
    sent = [replace(raw, body=b"%d" % n) for n in range(7)]
    for delivery in sent:
        await house.storage.inbox.store(delivery)

    pending = await house.storage.inbox.pending(5)

    assert [delivery.raw for delivery in pending] == sent[:5]
    assert await house.storage.inbox.waiting() == 7


async def test_many_at_once_are_all_stored(house: House, raw: RawDelivery) -> None:
    sent = [replace(raw, body=b"%d" % n) for n in range(50)]

    await asyncio.gather(*map(house.storage.inbox.store, sent))

    pending = await house.storage.inbox.pending(100)
    assert sorted(delivery.raw.body for delivery in pending) == sorted(raw.body for raw in sent)
    assert len({delivery.id for delivery in pending}) == 50


@pytest.mark.parametrize("first", [_settling, _refusing])
@pytest.mark.parametrize("second", [_settling, _refusing])
async def test_a_delivery_is_dealt_with_once(
    house: House, raw: RawDelivery, first: Dealing, second: Dealing
) -> None:
    id = await _stored(house, raw)

    assert await house.run(first(id)) is True
    assert await house.run(second(id)) is False
    assert await house.storage.inbox.pending(10) == []
    assert await house.storage.inbox.waiting() == 0


async def test_a_delivery_settled_by_many_at_once_is_settled_by_one(
    house: House, raw: RawDelivery
) -> None:
    id = await _stored(house, raw)

    outcomes = await asyncio.gather(*(house.run(_settling(id)) for _ in range(5)))

    assert sorted(outcomes) == [False, False, False, False, True]


async def test_settling_twice_in_one_transaction_is_once(house: House, raw: RawDelivery) -> None:
    id = await _stored(house, raw)

    async def work(uow: UnitOfWork) -> list[bool]:
        return [id in await uow.deliveries.settle([id], NOON) for _ in range(2)]

    assert await house.run(work) == [True, False]


async def test_an_unknown_delivery_is_settled_by_nobody(house: House) -> None:
    assert await house.run(_settling(DeliveryId(404))) is False


async def test_a_delivery_is_not_settled_from_next_door(house: House, raw: RawDelivery) -> None:
    id = await _stored(house, raw)

    assert await house.next_door(_settling(id)) is False
    assert await house.storage.inbox.waiting() == 1


async def test_what_is_dealt_with_makes_room_for_what_follows(
    house: House, raw: RawDelivery
) -> None:
    ids = [await _stored(house, raw) for _ in range(3)]

    await house.run(_settling(ids[0]))

    assert [delivery.id for delivery in await house.storage.inbox.pending(10)] == ids[1:]


async def test_what_its_source_calls_by_the_same_name_is_kept_once(
    house: House, raw: RawDelivery
) -> None:
    named = replace(raw, request_id="A-1")

    await house.storage.inbox.store(named)
    await house.storage.inbox.store(named)
    await house.storage.inbox.store(replace(named, body=b"something else"))

    assert [one.raw for one in await house.storage.inbox.pending(10)] == [named]


async def test_of_many_at_once_each_name_is_kept_once(house: House, raw: RawDelivery) -> None:
    named = [replace(raw, request_id=f"A-{number % 3}") for number in range(12)]
    unnamed = [raw, raw]

    await asyncio.gather(*map(house.storage.inbox.store, [*named, *unnamed]))

    names = [one.raw.request_id for one in await house.storage.inbox.pending(20)]
    assert sorted(map(str, names)) == ["A-0", "A-1", "A-2", "None", "None"]


async def test_two_sources_may_call_theirs_alike(house: House, raw: RawDelivery) -> None:
    another = await an_integration(house, "another")
    named = replace(raw, request_id="A-1")

    await house.storage.inbox.store(named)
    await house.storage.inbox.store(replace(named, integration_id=another.id))

    assert await house.storage.inbox.waiting() == 2


async def test_of_several_deliveries_those_are_settled_that_nobody_dealt_with(
    house: House, raw: RawDelivery
) -> None:
    first, second, third = [await _stored(house, raw) for _ in range(3)]
    await house.run(_settling(second))

    async def work(uow: UnitOfWork) -> frozenset[DeliveryId]:
        return await uow.deliveries.settle([third, second, first], NOON)

    assert await house.run(work) == {first, third}
    assert await house.storage.inbox.pending(10) == []


async def test_the_oldest_that_waits_is_known_to_a_transaction(
    house: House, raw: RawDelivery
) -> None:
    for minutes in (0, 1, 2):
        await house.storage.inbox.store(replace(raw, received_at=NOON + timedelta(minutes=minutes)))
    first, second, third = [one.id for one in await house.storage.inbox.pending(10)]

    async def oldest(uow: UnitOfWork) -> datetime | None:
        return await uow.deliveries.oldest_waiting()

    async def dealing(uow: UnitOfWork) -> datetime | None:
        await uow.deliveries.settle([second, third], NOON)
        await uow.deliveries.refuse(first, "It is not JSON.", NOON)
        return await uow.deliveries.oldest_waiting()

    async def replaying(uow: UnitOfWork) -> datetime | None:
        await uow.deliveries.replay(second, NOON + timedelta(hours=1))
        return await uow.deliveries.oldest_waiting()

    assert await house.run(oldest) == NOON
    assert await house.next_door(oldest) is None
    assert await house.run(dealing) is None
    assert await house.run(replaying) == NOON + timedelta(hours=1)
