"""Follow-ups: what is left to be done after an incident."""

import pytest

from core.bus import CommandBus
from core.commands import AddFollowUp, DeclareIncident, DeleteFollowUp, EditFollowUp
from core.domain.actor import Caller
from core.domain.follow_up import FollowUp, FollowUpStatus
from core.domain.ids import IncidentId, UserId
from core.errors import InvalidInput, NotFound
from tests.fakes.moment import FakeClock


async def test_a_follow_up_belongs_to_an_incident(bus: CommandBus, bob: Caller) -> None:
    made = await _added(bus, bob)

    assert made.status is FollowUpStatus.OUTSTANDING
    assert made.parent_id == made.incident_id
    assert made.author == "Bob Baker"


async def test_it_keeps_when_it_was_completed_until_it_is_taken_up_again(
    bus: CommandBus, bob: Caller, clock: FakeClock
) -> None:
    made = await _added(bus, bob)

    done = await bus.execute(EditFollowUp(caller=bob, follow_up_id=made.id, status="completed"))
    again = await bus.execute(EditFollowUp(caller=bob, follow_up_id=made.id, status="outstanding"))

    assert done.completed_at == clock()
    assert again.completed_at is None


async def test_it_is_given_to_somebody_and_taken_back(bus: CommandBus, bob: Caller) -> None:
    made = await _added(bus, bob)
    me = bob.actor.user_id

    given = await bus.execute(EditFollowUp(caller=bob, follow_up_id=made.id, assignee_id=me))
    same = await bus.execute(EditFollowUp(caller=bob, follow_up_id=made.id, title="Add a test"))
    taken = await bus.execute(EditFollowUp(caller=bob, follow_up_id=made.id, unassign=True))

    assert (given.assignee_id, same.assignee_id, taken.assignee_id) == (me, me, None)


@pytest.mark.parametrize("status", ["deleted", "banana"])
async def test_a_status_that_it_cannot_have_is_refused(
    bus: CommandBus, bob: Caller, status: str
) -> None:
    made = await _added(bus, bob)

    with pytest.raises(InvalidInput) as refused:
        await bus.execute(EditFollowUp(caller=bob, follow_up_id=made.id, status=status))

    assert refused.value.field == "status"


async def test_it_needs_an_incident_and_knows_its_people(bus: CommandBus, bob: Caller) -> None:
    nowhere = AddFollowUp(caller=bob, incident_id=IncidentId("inc_none"), title="Add a test")
    with pytest.raises(InvalidInput) as refused:
        await bus.execute(nowhere)
    assert refused.value.field == "incident_id"

    made = await _added(bus, bob)
    stranger = EditFollowUp(caller=bob, follow_up_id=made.id, assignee_id=UserId("usr_none"))
    with pytest.raises(InvalidInput) as refused:
        await bus.execute(stranger)
    assert refused.value.field == "assignee_id"


async def test_a_deleted_one_is_not_there(bus: CommandBus, bob: Caller) -> None:
    made = await _added(bus, bob)

    await bus.execute(DeleteFollowUp(caller=bob, follow_up_id=made.id))

    with pytest.raises(NotFound):
        await bus.execute(EditFollowUp(caller=bob, follow_up_id=made.id, title="Add a test"))


async def _added(bus: CommandBus, caller: Caller) -> FollowUp:
    incident = await bus.execute(
        DeclareIncident(caller=caller, title="Checkout is slow", severity="high")
    )
    return await bus.execute(
        AddFollowUp(caller=caller, incident_id=incident.id, title="Alert on queue depth")
    )
