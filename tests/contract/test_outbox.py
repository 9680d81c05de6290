"""Effects leave in order per incident, one at a time, and are kept until they arrived."""

from datetime import timedelta

import pytest

from core.domain.ids import OrganizationId
from core.effects import OpenChannel, RefreshAnnouncement
from core.errors import NotFound
from core.ports import Parcel, ParcelId
from tests.contract.house import House
from tests.fakes.moment import NOON

LEASE = timedelta(seconds=15)
LATER = NOON + timedelta(minutes=10)


async def _only(house: House) -> Parcel:
    [parcel] = await house.claim()
    return parcel


async def test_a_parcel_says_what_whose_and_how_often(house: House) -> None:
    incident = await house.declare()

    parcel = await _only(house)

    assert parcel.effect == RefreshAnnouncement(incident_id=incident.id)
    assert parcel.organization_id == house.organization_id
    assert (parcel.attempts, parcel.doubtful) == (0, False)


async def test_the_effects_of_one_incident_leave_one_by_one_in_order(house: House) -> None:
    incident = await house.declare()

    first = await _only(house)
    assert await house.claim() == []
    await house.outbox.settle(first)
    second = await _only(house)
    await house.outbox.settle(second)

    assert [first.effect, second.effect] == [
        RefreshAnnouncement(incident_id=incident.id),
        OpenChannel(incident_id=incident.id),
    ]
    assert (await house.claim(), await house.outbox.waiting()) == ([], 0)


async def test_different_incidents_leave_side_by_side_oldest_first(house: House) -> None:
    incidents = [await house.declare() for _ in range(3)]

    parcels = await house.claim()

    assert [parcel.effect.subject_id for parcel in parcels] == [i.id for i in incidents]


async def test_no_more_are_claimed_than_asked_for(house: House) -> None:
    incidents = [await house.declare() for _ in range(3)]

    claimed = [await house.claim(limit=2), await house.claim(limit=2)]

    assert [[p.effect.subject_id for p in parcels] for parcels in claimed] == [
        [incidents[0].id, incidents[1].id],
        [incidents[2].id],
    ]


async def test_organisations_share_the_relay(house: House) -> None:
    await house.declare()
    await house.next_door(house.declaring())

    parcels = await house.claim()

    assert [p.organization_id for p in parcels] == [house.organization_id, house.neighbour_id]


async def test_a_claimed_parcel_is_left_alone_until_its_lease_runs_out(house: House) -> None:
    await house.declare()
    first = await _only(house)

    house.clock.now = NOON + LEASE - timedelta(seconds=1)
    assert await house.claim() == []
    house.clock.now = NOON + LEASE
    again = await _only(house)

    assert again.id == first.id
    assert again.doubtful


async def test_a_renewed_lease_begins_anew(house: House) -> None:
    await house.declare()
    parcel = await _only(house)

    house.clock.now = NOON + LEASE - timedelta(seconds=1)
    await house.outbox.renew([parcel], house.clock.now)
    house.clock.now = NOON + LEASE

    assert await house.claim() == []
    house.clock.now = NOON + 2 * LEASE
    assert (await _only(house)).id == parcel.id


async def test_a_postponed_parcel_holds_up_its_lane_until_it_is_due(house: House) -> None:
    await house.declare()
    parcel = await _only(house)
    await house.outbox.postpone(parcel, LATER, "Slack is slow.", doubtful=False, counted=True)

    assert await house.claim() == []
    house.clock.now = LATER
    again = await _only(house)

    assert (again.id, again.effect) == (parcel.id, parcel.effect)


async def test_a_stuck_lane_holds_up_only_itself(house: House) -> None:
    await house.declare()
    other = await house.declare()
    stuck, _ = await house.claim()
    await house.outbox.postpone(stuck, LATER, "Slack is slow.", doubtful=False, counted=True)

    house.clock.advance(seconds=61)

    assert [parcel.effect.subject_id for parcel in await house.claim()] == [other.id]


@pytest.mark.parametrize(("counted", "attempts"), [(True, 1), (False, 0)])
@pytest.mark.parametrize("doubtful", [True, False])
async def test_a_postponement_may_count_and_may_leave_doubt(
    house: House, counted: bool, attempts: int, doubtful: bool
) -> None:
    await house.declare()
    parcel = await _only(house)

    await house.outbox.postpone(parcel, NOON, "No answer.", doubtful=doubtful, counted=counted)

    again = await _only(house)
    assert (again.attempts, again.doubtful) == (attempts, doubtful)


async def test_doubt_stays_until_the_parcel_is_settled(house: House) -> None:
    await house.declare()
    for doubtful in (True, False):
        parcel = await _only(house)
        await house.outbox.postpone(parcel, NOON, "No luck.", doubtful=doubtful, counted=True)

    assert (await _only(house)).doubtful


async def test_attempts_add_up(house: House) -> None:
    await house.declare()
    for _ in range(3):
        parcel = await _only(house)
        await house.outbox.postpone(parcel, NOON, "No luck.", doubtful=False, counted=True)

    assert (await _only(house)).attempts == 3


async def test_a_released_parcel_is_due_at_once_as_it_was(house: House) -> None:
    await house.declare()
    parcel = await _only(house)

    await house.outbox.release(parcel)

    again = await _only(house)
    assert (again.id, again.attempts, again.doubtful) == (parcel.id, 0, False)


async def _bury_one(house: House, reason: str = "The channel is archived.") -> Parcel:
    parcel = await _only(house)
    await house.outbox.bury(parcel, reason)
    return parcel


async def test_a_burial_is_kept_with_its_reason_and_the_lane_goes_on(house: House) -> None:
    incident = await house.declare()
    parcel = await _only(house)
    await house.outbox.postpone(parcel, NOON, "No luck.", doubtful=False, counted=True)
    house.clock.advance(minutes=1)

    await _bury_one(house)

    [grave] = await house.outbox.buried(house.organization_id, 10)
    assert (grave.id, grave.effect) == (parcel.id, parcel.effect)
    assert (grave.attempts, grave.reason) == (1, "The channel is archived.")
    assert grave.buried_at == house.clock()
    assert (await _only(house)).effect == OpenChannel(incident_id=incident.id)
    assert await house.outbox.waiting() == 1


async def test_burials_are_seen_by_their_own_organisation_only(house: House) -> None:
    await house.declare()
    await _bury_one(house)

    assert await house.outbox.buried(house.neighbour_id, 10) == []


async def test_burials_are_listed_newest_first_and_no_more_than_asked_for(house: House) -> None:
    incident = await house.declare()
    await house.unpack()

    [newest] = await house.outbox.buried(house.organization_id, 1)

    assert newest.effect == OpenChannel(incident_id=incident.id)


async def test_a_replayed_parcel_is_due_with_attempts_anew(house: House) -> None:
    await house.declare()
    parcel = await _only(house)
    await house.outbox.postpone(parcel, NOON, "No luck.", doubtful=False, counted=True)
    await _bury_one(house)

    await house.outbox.replay(house.organization_id, parcel.id, house.clock())

    again = await _only(house)
    assert (again.id, again.attempts) == (parcel.id, 0)
    assert await house.outbox.buried(house.organization_id, 10) == []


async def test_only_what_is_buried_can_be_dug_up_and_only_by_its_own(house: House) -> None:
    await house.declare()
    buried = await _bury_one(house)
    waiting = await _only(house)

    async def replay(organization_id: OrganizationId, id: int) -> None:
        await house.outbox.replay(organization_id, ParcelId(id), NOON)

    for organization_id, id in [
        (house.organization_id, 404),
        (house.organization_id, waiting.id),
        (house.neighbour_id, buried.id),
    ]:
        with pytest.raises(NotFound):
            await replay(organization_id, id)


async def test_all_that_is_buried_can_be_dug_up_at_once_and_only_by_its_own(house: House) -> None:
    await house.declare()
    first, second = await _bury_one(house), await _bury_one(house)

    neighbours = await house.outbox.replay_all(house.neighbour_id, house.clock())
    dug_up = await house.outbox.replay_all(house.organization_id, house.clock())
    again = await house.outbox.replay_all(house.organization_id, house.clock())

    assert (neighbours, dug_up, again) == (0, 2, 0)
    assert await house.outbox.buried(house.organization_id, 10) == []
    assert (await _only(house)).id == min(first.id, second.id)


async def test_what_is_dug_up_can_be_settled(house: House) -> None:
    await house.declare()
    parcel = await _bury_one(house)
    await house.outbox.replay(house.organization_id, parcel.id, NOON)

    await house.outbox.settle(await _only(house))

    assert await house.outbox.waiting() == 1


async def test_what_is_dug_up_waits_while_another_of_its_lane_is_tried(house: House) -> None:
    await house.declare()
    buried = await _bury_one(house)
    tried = await _only(house)
    await house.outbox.replay(house.organization_id, buried.id, house.clock())

    assert await house.claim() == []
    await house.outbox.settle(tried)

    assert (await _only(house)).id == buried.id


async def test_what_a_dead_process_held_is_due_and_doubtful(house: House) -> None:
    for _ in range(2):
        await house.declare()
    [held] = await house.claim(limit=1)

    await house.outbox.recover(house.clock())

    again = await house.claim()
    assert [(p.id == held.id, p.doubtful, p.attempts) for p in again] == [
        (True, True, 0),
        (False, False, 0),
    ]


async def test_recovering_leaves_alone_what_nobody_held(house: House) -> None:
    await house.declare()
    parcel = await _only(house)
    await house.outbox.postpone(parcel, LATER, "No luck.", doubtful=False, counted=True)

    await house.outbox.recover(house.clock())

    assert await house.claim() == []
    assert await house.outbox.next_due() == LATER


async def test_a_burial_is_not_recovered(house: House) -> None:
    await house.declare()
    await house.unpack()

    await house.outbox.recover(house.clock())

    assert await house.outbox.waiting() == 0


async def test_when_nothing_waits_nothing_is_due(house: House) -> None:
    assert await house.outbox.next_due() is None

    await house.declare()
    await house.unpack()

    assert await house.outbox.next_due() is None
    assert await house.outbox.waiting() == 0


async def test_a_fresh_effect_is_due_at_once(house: House) -> None:
    await house.declare()

    due = await house.outbox.next_due()

    assert due is not None
    assert due <= house.clock()


async def test_a_claimed_head_is_due_when_its_lease_runs_out(house: House) -> None:
    await house.declare()
    await _only(house)

    assert await house.outbox.next_due() == NOON + LEASE


async def test_the_earliest_head_is_due_next(house: House) -> None:
    for _ in range(2):
        await house.declare()
    first, second = await house.claim()
    await house.outbox.postpone(first, LATER, "No luck.", doubtful=False, counted=True)
    sooner = LATER - timedelta(minutes=1)
    await house.outbox.postpone(second, sooner, "No luck.", doubtful=False, counted=True)

    assert await house.outbox.next_due() == sooner
