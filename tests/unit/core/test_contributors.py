"""Who is asked for a postmortem: everybody who did something about the incident and may know."""

from dataclasses import replace
from datetime import datetime

import pytest

from core import commands as c
from core.bus import CommandBus
from core.commands.follow_ups import AddFollowUp
from core.commands.postmortems import AskForContributions, Contribute, DraftPostmortem
from core.commands.roles import GiveRole
from core.commands.timeline import KeepMessage
from core.commands.together import ChangeMembers
from core.domain.account import Role, UserState
from core.domain.actor import Caller, Surface
from core.domain.ids import ChannelId, OrganizationId, SlackUserId, TeamId, UserId
from core.domain.incident import Incident
from core.domain.incident_role import LEAD
from core.domain.postmortem import Postmortem
from core.errors import IllegalTransition, NotPermitted
from core.usecases.postmortems import MOST_ASKED
from tests.fakes.people import a_caller, hire, the_operator

SCRIBE = "role_scribe"
TEAM, DAVE = TeamId("T1"), SlackUserId("U4")


@pytest.fixture
async def incident(bus: CommandBus, organization_id: OrganizationId) -> Incident:
    """As an alert declares it."""
    wish = c.DeclareIncident(caller=the_operator(organization_id), title="Slow", severity="high")
    return await bus.execute(wish)


async def _asked(bus: CommandBus, asker: Caller, incident: Incident) -> tuple[UserId, ...]:
    return (await _asking(bus, asker, incident)).contributors


async def _asking(bus: CommandBus, asker: Caller, incident: Incident) -> Postmortem:
    await bus.execute(
        c.ResolveIncident(caller=the_operator(asker.organization_id), incident_id=incident.id)
    )
    written = await bus.execute(
        DraftPostmortem(caller=asker, incident_id=incident.id, title="Slow", body="## Summary")
    )
    return await bus.execute(AskForContributions(caller=asker, postmortem_id=written.id))


def _id(caller: Caller) -> UserId:
    assert caller.actor.user_id
    return caller.actor.user_id


async def test_who_did_the_work_is_asked_most_active_first(
    bus: CommandBus, alice: Caller, bob: Caller, incident: Incident
) -> None:
    carol = await hire(bus, alice.organization_id, "Carol Cook", Role.ENGINEER)
    await bus.execute(c.AddNote(caller=carol, incident_id=incident.id, text="Odd."))
    await bus.execute(c.AcknowledgeIncident(caller=bob, incident_id=incident.id))
    await bus.execute(c.AddNote(caller=bob, incident_id=incident.id, text="Fixed."))

    assert await _asked(bus, alice, incident) == (_id(bob), _id(carol))


async def test_who_led_it_for_a_while_or_played_a_role_is_asked(
    bus: CommandBus, alice: Caller, bob: Caller, incident: Incident
) -> None:
    carol = await hire(bus, alice.organization_id, "Carol Cook", Role.ENGINEER)
    for role, somebody in (
        (LEAD, _id(bob)),
        (LEAD, _id(alice)),
        (SCRIBE, _id(carol)),
        (SCRIBE, None),
    ):
        await bus.execute(
            GiveRole(caller=alice, incident_id=incident.id, role_id=role, user_id=somebody)
        )

    assert {*await _asked(bus, alice, incident)} == {_id(bob), _id(carol)}


async def test_who_has_a_task_of_it_is_asked(
    bus: CommandBus, alice: Caller, bob: Caller, incident: Incident
) -> None:
    task = AddFollowUp(
        caller=alice, incident_id=incident.id, title="Tell them", assignee_id=_id(bob)
    )
    await bus.execute(task)

    assert await _asked(bus, alice, incident) == (_id(bob),)


async def test_who_wrote_what_was_kept_is_asked_where_tocsin_knows_them(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    dave = await bus.execute(
        c.LinkSlackUser(
            caller=the_operator(alice.organization_id),
            team_id=TEAM,
            slack_user_id=DAVE,
            email="dave@example.com",
            name="Dave Dent",
        )
    )
    for ts, member in (("1.1", DAVE), ("1.2", SlackUserId("U9"))):
        await bus.execute(_keeping(alice, incident, ts, member, incident.created_at))

    assert await _asked(bus, alice, incident) == (dave.id,)


def _keeping(
    caller: Caller, incident: Incident, ts: str, member: SlackUserId, at: datetime
) -> KeepMessage:
    return KeepMessage(
        caller=caller,
        incident_id=incident.id,
        channel_id=ChannelId("C1"),
        ts=ts,
        text="It is the index",
        author="Somebody",
        said_at=at,
        why="pin",
        said_by=(TEAM, member),
    )


async def test_what_a_program_did_in_somebodys_name_is_not_theirs(
    bus: CommandBus, alice: Caller, bob: Caller, incident: Incident
) -> None:
    key = a_caller(alice.organization_id, name="Deploy key", user_id=_id(bob), surface=Surface.REST)
    await bus.execute(
        c.AddNote(caller=replace(key, program=True), incident_id=incident.id, text="Rolled out.")
    )

    with pytest.raises(IllegalTransition, match="Nobody but you"):
        await _asked(bus, alice, incident)


async def test_nobody_is_asked_for_having_written_the_postmortem(
    bus: CommandBus, alice: Caller, bob: Caller, incident: Incident
) -> None:
    await bus.execute(c.AddNote(caller=alice, incident_id=incident.id, text="Odd."))
    await bus.execute(c.ResolveIncident(caller=alice, incident_id=incident.id))
    await bus.execute(
        DraftPostmortem(caller=bob, incident_id=incident.id, title="Slow", body="## Summary")
    )

    with pytest.raises(IllegalTransition, match="Nobody but you"):
        await _asked(bus, alice, incident)


async def test_who_is_not_here_any_more_is_not_asked(
    bus: CommandBus, alice: Caller, bob: Caller, incident: Incident
) -> None:
    carol = await hire(bus, alice.organization_id, "Carol Cook", Role.ENGINEER)
    for somebody in (bob, carol):
        await bus.execute(c.AddNote(caller=somebody, incident_id=incident.id, text="Odd."))
    await bus.execute(c.ChangeUser(caller=alice, user_id=_id(bob), state=UserState.INACTIVE))

    assert await _asked(bus, alice, incident) == (_id(carol),)


async def test_who_may_not_know_of_it_any_more_is_not_asked(
    bus: CommandBus, alice: Caller, bob: Caller, incident: Incident
) -> None:
    carol = await hire(bus, alice.organization_id, "Carol Cook", Role.ENGINEER)
    for somebody in (bob, carol, carol):
        await bus.execute(c.AddNote(caller=somebody, incident_id=incident.id, text="Odd."))
    members = (_id(alice), _id(bob))
    await bus.execute(
        ChangeMembers(caller=alice, incident_id=incident.id, private=True, add=members)
    )

    assert await _asked(bus, alice, incident) == (_id(bob),)


async def test_of_a_crowd_the_most_active_are_asked(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    crowd = [
        await hire(bus, alice.organization_id, f"P{number} Q", Role.ENGINEER)
        for number in range(MOST_ASKED + 1)
    ]
    for somebody in (*crowd, *crowd[1:]):
        await bus.execute(c.AddNote(caller=somebody, incident_id=incident.id, text="Odd."))

    asked = await _asking(bus, alice, incident)
    again = await bus.execute(AskForContributions(caller=alice, postmortem_id=asked.id))

    assert {*asked.contributors} == {_id(one) for one in crowd[1:]}
    assert again == asked


async def test_who_may_only_look_says_what_they_know_once_they_were_asked(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    guest = await hire(bus, alice.organization_id, "Gina Guest", Role.VIEWER)
    other = await hire(bus, alice.organization_id, "Otto Other", Role.VIEWER)
    await bus.execute(
        GiveRole(caller=alice, incident_id=incident.id, role_id=SCRIBE, user_id=_id(guest))
    )
    written = await _asking(bus, alice, incident)

    told = await bus.execute(Contribute(caller=guest, postmortem_id=written.id, text="It was odd."))

    assert "**Gina Guest:** It was odd." in told.body
    with pytest.raises(NotPermitted):
        await bus.execute(Contribute(caller=other, postmortem_id=written.id, text="Me too."))
