"""A command that comes again under its key: no answer for whoever was shut out meanwhile."""

from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import AddFollowUp, AddNote, Command, DeclareIncident, EditFollowUp
from core.commands import roles as r
from core.commands.subscriptions import Follow
from core.commands.together import ChangeMembers
from core.domain.actor import Caller
from core.domain.incident import Incident
from core.domain.subscription import Followed
from core.errors import NotFound
from tests.fakes.people import hire


@pytest.fixture
async def incident(bus: CommandBus, alice: Caller) -> Incident:
    return await bus.execute(DeclareIncident(caller=alice, title="Search", severity="high"))


@pytest.fixture
async def dora(bus: CommandBus, alice: Caller) -> Caller:
    return await hire(bus, alice.organization_id, "Dora Dean")


async def _hide(bus: CommandBus, alice: Caller, incident: Incident) -> None:
    await bus.execute(ChangeMembers(caller=alice, incident_id=incident.id, private=True))


async def _wishes(bus: CommandBus, caller: Caller, incident: Incident) -> list[Command[Any]]:
    """Each under a key of its own, carried out once."""
    about: dict[str, Any] = {"caller": caller, "incident_id": incident.id}
    task = await bus.execute(AddFollowUp(**about, title="Call them"))
    wishes: list[Command[Any]] = [
        AddFollowUp(**about, title="Add a test", key="add"),
        EditFollowUp(caller=caller, follow_up_id=task.id, title="Ring them", key="edit"),
        AddNote(**about, text="Seen.", key="note"),
        r.ChangeServices(**about, key="services"),
        Follow(
            caller=caller,
            followed=Followed.INCIDENT,
            subject=incident.id,
            follower="U1",
            key="follow",
        ),
    ]
    for wish in wishes:
        await bus.execute(wish)
    return wishes


async def test_who_was_shut_out_repeats_what_they_did_and_reads_nothing(
    bus: CommandBus, alice: Caller, dora: Caller, incident: Incident
) -> None:
    wishes = await _wishes(bus, dora, incident)
    await _hide(bus, alice, incident)

    for wish in wishes:
        with pytest.raises(NotFound):
            await bus.execute(wish)


async def test_who_knows_of_it_reads_what_the_command_did(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    wishes = await _wishes(bus, alice, incident)
    await _hide(bus, alice, incident)

    again = [await bus.execute(wish) for wish in wishes]

    assert [one.id for one in again if isinstance(one, Incident)] == [incident.id]
    assert len(again) == len(wishes)
