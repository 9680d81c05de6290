"""What is sent to outgoing webhooks: each line of a history once, and how that went."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.domain.ids import EndpointId, EntryId
from core.domain.webhook_delivery import DeliveryState, WebhookDelivery
from core.effects import SendWebhook
from core.errors import Conflict, NotFound
from core.ports import DeliveryQuery, UnitOfWork, Work
from tests.contract.house import House
from tests.fakes.moment import NOON


def _a_delivery(house: House, endpoint: str = "whk_1", entry: str = "ent_1") -> WebhookDelivery:
    return WebhookDelivery(
        id=house.new_id("whd"),
        endpoint_id=EndpointId(endpoint),
        entry_id=EntryId(entry),
        event_type="maintenance.started",
        created_at=house.clock(),
    )


def _queueing(*deliveries: WebhookDelivery) -> Work[list[WebhookDelivery]]:
    async def work(uow: UnitOfWork) -> list[WebhookDelivery]:
        return await uow.webhook_deliveries.queue(deliveries)

    return work


def _getting(id: str) -> Work[WebhookDelivery]:
    async def work(uow: UnitOfWork) -> WebhookDelivery:
        return await uow.webhook_deliveries.get(id)

    return work


def _saving(delivery: WebhookDelivery) -> Work[None]:
    async def work(uow: UnitOfWork) -> None:
        await uow.webhook_deliveries.save(delivery)

    return work


async def _listed(house: House, **query: Any) -> list[str]:
    wanted = DeliveryQuery(endpoint_id=EndpointId("whk_1"), **query)
    page = await house.reads.webhook_deliveries(house.organization_id, wanted)
    return [delivery.id for delivery in page.deliveries]


async def test_what_is_queued_is_stored_and_sent(house: House) -> None:
    first, second = _a_delivery(house), _a_delivery(house, "whk_2")

    queued = await house.run(_queueing(first, second))

    assert queued == [first, second]
    assert await house.run(_getting(first.id)) == first
    assert await house.reads.webhook_delivery(house.organization_id, second.id) == second
    assert {parcel.effect for parcel in await house.claim()} == {
        SendWebhook(endpoint_id=one.endpoint_id, delivery_id=one.id) for one in queued
    }
    assert house.bell.rung == 1


async def test_a_line_of_history_goes_to_a_webhook_once(house: House) -> None:
    await house.run(_queueing(_a_delivery(house)))

    again = await house.run(_queueing(_a_delivery(house), new := _a_delivery(house, "whk_2")))

    assert again == [new]
    assert await house.outbox.waiting() == 2


async def test_also_where_it_is_queued_twice_at_the_same_moment(house: House) -> None:
    works = [_queueing(_a_delivery(house)) for _ in range(5)]

    outcomes = await asyncio.gather(*map(house.run, works))

    assert sorted(map(len, outcomes)) == [0, 0, 0, 0, 1]
    assert await house.outbox.waiting() == 1


async def test_each_webhook_is_a_lane_in_which_order_is_kept(house: House) -> None:
    deliveries = [_a_delivery(house, entry=f"ent_{n}") for n in range(3)]
    await house.run(_queueing(*deliveries))

    order = []
    while parcels := await house.claim():
        assert len(parcels) == 1
        order += [parcel.effect for parcel in parcels]
        await house.outbox.settle(parcels[0])

    assert order == [
        SendWebhook(endpoint_id=one.endpoint_id, delivery_id=one.id) for one in deliveries
    ]


async def test_how_it_went_is_kept(house: House) -> None:
    delivery = _a_delivery(house)
    await house.run(_queueing(delivery))
    went = replace(
        delivery,
        state=DeliveryState.FAILED,
        attempts=12,
        status=503,
        reason="hooks.example answered 503 ☃.",
        settled_at=NOON + timedelta(hours=1),
    )

    await house.run(_saving(went))

    assert await house.run(_getting(delivery.id)) == went


async def test_what_is_not_there_cannot_be_saved_or_found(house: House) -> None:
    delivery = _a_delivery(house)

    with pytest.raises(Conflict):
        await house.run(_saving(delivery))
    with pytest.raises(NotFound):
        await house.run(_getting(delivery.id))
    with pytest.raises(NotFound):
        await house.reads.webhook_delivery(house.organization_id, delivery.id)


async def test_one_is_sent_again_when_somebody_wants_it(house: House) -> None:
    delivery = _a_delivery(house)
    await house.run(_queueing(delivery))
    [parcel] = await house.claim()
    await house.outbox.bury(parcel, "hooks.example is gone.")

    async def again(uow: UnitOfWork) -> None:
        known = await uow.webhook_deliveries.get(delivery.id)
        await uow.webhook_deliveries.send(known, house.clock())

    await house.run(again)

    assert [one.effect for one in await house.claim()] == [parcel.effect]


async def test_deliveries_of_a_webhook_are_listed_newest_first(house: House) -> None:
    deliveries = []
    for n in range(4):
        deliveries.append(_a_delivery(house, entry=f"ent_{n}"))
        if n % 2:
            house.clock.advance(seconds=1)
    await house.run(_queueing(*deliveries, _a_delivery(house, "whk_2")))
    await house.run(_saving(replace(deliveries[1], state=DeliveryState.DELIVERED)))
    ids = [one.id for one in deliveries[::-1]]
    last = deliveries[2]

    page = await house.reads.webhook_deliveries(
        house.organization_id, DeliveryQuery(endpoint_id=last.endpoint_id, limit=2)
    )

    assert ([one.id for one in page.deliveries], page.more) == (ids[:2], True)
    assert await _listed(house) == ids
    assert await _listed(house, after=(last.created_at, last.id)) == ids[2:]
    assert await _listed(house, states=frozenset({DeliveryState.DELIVERED})) == [ids[2]]


async def test_next_door_has_none_of_it(house: House) -> None:
    delivery = _a_delivery(house)
    await house.run(_queueing(delivery))

    query = DeliveryQuery(endpoint_id=delivery.endpoint_id)
    assert (await house.reads.webhook_deliveries(house.neighbour_id, query)).deliveries == ()
    with pytest.raises(NotFound):
        await house.next_door(_getting(delivery.id))
    with pytest.raises(Conflict):
        await house.next_door(_saving(delivery))
