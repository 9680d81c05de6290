"""What has to come last can ask whether anything before it is still on its way."""

from core.ports import Parcel
from tests.contract.house import House


async def _claimed(house: House) -> list[Parcel]:
    parcels = await house.claim()
    return sorted(parcels, key=lambda parcel: parcel.id)


async def test_what_is_being_tried_in_another_lane_came_before(house: House) -> None:
    await house.declare()
    await house.declare()
    first, second = await _claimed(house)

    behind = await house.outbox.is_behind(second, [first.effect.subject_id])

    assert behind
    assert not await house.outbox.is_behind(first, [second.effect.subject_id])


async def test_what_waits_in_another_lane_came_before(house: House) -> None:
    await house.declare()
    await house.declare()
    first, second = await _claimed(house)

    await house.outbox.postpone(
        first, house.clock(), "Slack is slow.", doubtful=False, counted=True
    )

    assert await house.outbox.is_behind(second, ["another", first.effect.subject_id])
    assert not await house.outbox.is_behind(second, ["another"])
    assert not await house.outbox.is_behind(second, [])


async def test_what_arrived_or_was_buried_is_waited_for_no_more(house: House) -> None:
    await house.declare()
    await house.declare()
    first, second = await _claimed(house)
    lane = [first.effect.subject_id]

    await house.outbox.settle(first)
    [next_one] = await house.claim()
    await house.outbox.bury(next_one, "Slack refused it.")

    assert next_one.effect.subject_id in lane
    assert not await house.outbox.is_behind(second, lane)


async def test_nobody_waits_for_another_organisation(house: House) -> None:
    await house.next_door(house.declaring())
    await house.declare()
    first, second = await _claimed(house)

    assert not await house.outbox.is_behind(second, [first.effect.subject_id])
