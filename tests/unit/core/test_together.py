"""Merging, linking and letting people in, as use cases: what moves, and what stays hidden."""

from dataclasses import replace
from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import (
    AcknowledgeIncident,
    AddFollowUp,
    AddNote,
    AddService,
    AssignIncident,
    Command,
    DeclareIncident,
    EditFollowUp,
)
from core.commands.subscriptions import Follow
from core.commands.together import ChangeMembers, LinkIncidents, MergeIncident, UnlinkIncidents
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.events import SeverityChanged
from core.domain.follow_up import FollowUp
from core.domain.ids import IncidentId, OrganizationId, UserId
from core.domain.incident import Incident
from core.domain.severity import Severity
from core.domain.state import State
from core.domain.subscription import MOST_TOLD, Followed, Subscription
from core.errors import InvalidInput, NotFound, NotPermitted
from tests.fakes.people import hire, the_operator, the_source
from tests.fakes.store import FakeStore

SECRET = "Payroll leaked"


async def _declared(
    bus: CommandBus, caller: Caller, title: str = "Search", **more: Any
) -> Incident:
    return await bus.execute(DeclareIncident(caller=caller, title=title, severity="high", **more))


def _id(caller: Caller) -> UserId:
    assert caller.actor.user_id
    return caller.actor.user_id


async def test_open_tasks_move_to_where_it_goes_on(
    bus: CommandBus, bob: Caller, store: FakeStore
) -> None:
    one, other = await _declared(bus, bob), await _declared(bus, bob)
    left = await bus.execute(AddFollowUp(caller=bob, incident_id=one.id, title="Add a test"))
    done = await bus.execute(AddFollowUp(caller=bob, incident_id=one.id, title="Call them"))
    await bus.execute(EditFollowUp(caller=bob, follow_up_id=done.id, status="completed"))

    merged = await bus.execute(MergeIncident(caller=bob, incident_id=one.id, into_id=other.id))

    reads, organization_id = store.reads, bob.organization_id
    assert merged.state is State.CANCELED
    assert (await reads.record(organization_id, FollowUp, left.id)).incident_id == other.id
    assert (await reads.record(organization_id, FollowUp, done.id)).incident_id == one.id


async def test_what_it_goes_on_in_is_as_bad_and_about_as_much_as_both(
    bus: CommandBus, bob: Caller, store: FakeStore
) -> None:
    operator = the_operator(bob.organization_id)
    web = await bus.execute(AddService(caller=operator, name="web"))
    database = await bus.execute(AddService(caller=operator, name="database"))
    low = DeclareIncident(caller=bob, title="Slow", severity="low", service_ids=(web.id,))
    bad = DeclareIncident(
        caller=bob, title="Down", severity="critical", service_ids=(database.id, web.id)
    )
    stays, gone = await bus.execute(low), await bus.execute(bad)

    await bus.execute(MergeIncident(caller=bob, incident_id=gone.id, into_id=stays.id))

    rows = store.rows.of(bob.organization_id)
    merged = rows.incidents[stays.id]
    told = [one.event for one in rows.timeline if isinstance(one.event, SeverityChanged)]
    assert merged.service_ids == (web.id, database.id)
    assert (merged.severity, merged.severity_word) == (Severity.CRITICAL, "critical")
    assert [(one.incident_id, one.after) for one in told] == [(stays.id, Severity.CRITICAL)]


async def test_what_is_merged_into_something_worse_changes_nothing_of_it(
    bus: CommandBus, bob: Caller, store: FakeStore
) -> None:
    stays = await bus.execute(DeclareIncident(caller=bob, title="Down", severity="critical"))
    gone = await bus.execute(DeclareIncident(caller=bob, title="Slow", severity="low"))

    await bus.execute(MergeIncident(caller=bob, incident_id=gone.id, into_id=stays.id))

    rows = store.rows.of(bob.organization_id)
    assert rows.incidents[stays.id].severity is Severity.CRITICAL
    assert not any(isinstance(one.event, SeverityChanged) for one in rows.timeline)


async def test_whoever_followed_it_follows_what_it_goes_on_in(
    bus: CommandBus, bob: Caller, store: FakeStore
) -> None:
    gone, stays = await _declared(bus, bob), await _declared(bus, bob)
    await _followed(bus, bob, gone, "U1", "u2")
    await _followed(bus, bob, stays, "U2")

    await bus.execute(MergeIncident(caller=bob, incident_id=gone.id, into_id=stays.id))

    assert sorted(_followers(store, bob, stays)) == ["U1", "U2"]


async def test_no_more_follow_what_it_goes_on_in_than_are_told(
    bus: CommandBus, bob: Caller, store: FakeStore
) -> None:
    gone, stays = await _declared(bus, bob), await _declared(bus, bob)
    await _followed(bus, bob, stays, *(f"U{n}" for n in range(MOST_TOLD - 1)))
    await _followed(bus, bob, gone, "U0", "UFIRST", "ULAST", "U1")

    await bus.execute(MergeIncident(caller=bob, incident_id=gone.id, into_id=stays.id))

    followers = _followers(store, bob, stays)
    assert len(followers) == MOST_TOLD
    assert "ULAST" in followers


async def _followed(bus: CommandBus, caller: Caller, incident: Incident, *followers: str) -> None:
    for one in followers:
        about: dict[str, Any] = {"followed": Followed.INCIDENT, "subject": incident.id}
        await bus.execute(Follow(caller=caller, **about, follower=one))


def _followers(store: FakeStore, caller: Caller, incident: Incident) -> list[str]:
    kept = store.rows.of(caller.organization_id).records.values()
    every = (one for one in kept if isinstance(one, Subscription))
    return [one.follower for one in every if one.subject == incident.id]


async def test_merging_twice_is_merging_once(bus: CommandBus, bob: Caller) -> None:
    one, other = await _declared(bus, bob), await _declared(bus, bob)
    wish = MergeIncident(caller=bob, incident_id=one.id, into_id=other.id)

    first, second = await bus.execute(wish), await bus.execute(wish)

    assert first == second


async def test_both_sides_of_a_link_say_so_and_neither_does_without_it(
    bus: CommandBus, bob: Caller, store: FakeStore
) -> None:
    one, other = await _declared(bus, bob), await _declared(bus, bob)
    await bus.execute(LinkIncidents(caller=bob, incident_id=one.id, other_id=other.id))
    linked = dict(store.rows.of(bob.organization_id).incidents)

    await bus.execute(UnlinkIncidents(caller=bob, incident_id=other.id, other_id=one.id))

    apart = store.rows.of(bob.organization_id).incidents
    assert (linked[one.id].related, linked[other.id].related) == ((other.id,), (one.id,))
    assert (apart[one.id].related, apart[other.id].related) == ((), ())


async def test_a_public_incident_does_not_tell_of_a_private_one(
    bus: CommandBus, bob: Caller, store: FakeStore
) -> None:
    public, hidden = await _declared(bus, bob), await _declared(bus, bob, SECRET, private=True)

    await bus.execute(LinkIncidents(caller=bob, incident_id=public.id, other_id=hidden.id))

    rows = store.rows.of(bob.organization_id).incidents
    assert (rows[public.id].related, rows[hidden.id].related) == ((), (public.id,))


async def test_two_private_incidents_with_other_people_are_not_linked(
    bus: CommandBus, bob: Caller, organization_id: OrganizationId
) -> None:
    carol = await hire(bus, organization_id, "Carol Cook")
    dan = await hire(bus, organization_id, "Dan Dean")
    one = await _declared(bus, bob, private=True)
    other = await _declared(bus, bob, private=True)
    for incident, guest in ((one, carol), (other, dan)):
        guests = (_id(guest),)
        await bus.execute(ChangeMembers(caller=bob, incident_id=incident.id, add=guests))

    with pytest.raises(InvalidInput, match="let the same people in first"):
        await bus.execute(LinkIncidents(caller=bob, incident_id=one.id, other_id=other.id))


async def test_to_an_outsider_a_private_incident_is_not_there(
    bus: CommandBus, bob: Caller, organization_id: OrganizationId
) -> None:
    admin = await hire(bus, organization_id, "Carol Cook", Role.OWNER)
    hidden, own = await _declared(bus, bob, private=True), await _declared(bus, admin)
    about: dict[str, Any] = {"caller": admin, "incident_id": hidden.id}
    task = await bus.execute(AddFollowUp(caller=bob, incident_id=hidden.id, title="Add a test"))
    wishes: list[Command[Any]] = [
        AcknowledgeIncident(**about),
        AddNote(**about, text="?"),
        ChangeMembers(**about, private=False),
        MergeIncident(**about, into_id=own.id),
        LinkIncidents(**about, other_id=own.id),
        EditFollowUp(caller=admin, follow_up_id=task.id, title="?"),
    ]

    for wish in wishes:
        with pytest.raises(NotFound):
            await bus.execute(wish)
    for into in (hidden.id, IncidentId("inc_none")):
        with pytest.raises(InvalidInput, match="There is no incident with the id") as refused:
            await bus.execute(MergeIncident(caller=admin, incident_id=own.id, into_id=into))
        assert refused.value.field == "into_id"


async def test_a_program_is_a_member_of_nothing(bus: CommandBus, bob: Caller) -> None:
    hidden, program = await _declared(bus, bob, private=True), replace(bob, program=True)

    with pytest.raises(NotFound):
        await bus.execute(AcknowledgeIncident(caller=program, incident_id=hidden.id))
    with pytest.raises(NotPermitted, match="incidents:private"):
        await _declared(bus, program, private=True)


async def test_an_alert_source_moves_what_its_alerts_are_in(
    bus: CommandBus, bob: Caller, organization_id: OrganizationId
) -> None:
    hidden = await _declared(bus, bob, private=True)
    may = bob.permissions | the_source(organization_id).permissions
    source = replace(the_source(organization_id), permissions=may)

    moved = await bus.execute(AcknowledgeIncident(caller=source, incident_id=hidden.id))

    assert moved.state is State.ACKNOWLEDGED


async def test_somebody_who_is_let_in_may_do_what_their_role_allows(
    bus: CommandBus, bob: Caller, organization_id: OrganizationId
) -> None:
    carol = await hire(bus, organization_id, "Carol Cook")
    hidden = await _declared(bus, bob, private=True)
    guests = (_id(carol),)
    await bus.execute(ChangeMembers(caller=bob, incident_id=hidden.id, add=guests))

    moved = await bus.execute(AcknowledgeIncident(caller=carol, incident_id=hidden.id))

    assert moved.state is State.ACKNOWLEDGED


async def test_only_people_of_the_organisation_are_let_in(bus: CommandBus, bob: Caller) -> None:
    hidden = await _declared(bus, bob, private=True)

    with pytest.raises(InvalidInput, match="There is no user usr_none") as refused:
        await bus.execute(ChangeMembers(caller=bob, incident_id=hidden.id, add=("usr_none",)))  # type: ignore[arg-type]

    assert refused.value.field == "add"


async def test_what_took_the_incident_out_of_sight_is_answered_alike_when_it_is_told_again(
    bus: CommandBus, bob: Caller, alice: Caller
) -> None:
    handed_over = await _handed_over(bus, bob, alice)
    first = await bus.execute(handed_over)

    again = await bus.execute(handed_over)
    await bus.execute(AcknowledgeIncident(caller=alice, incident_id=first.id))

    assert again == first
    with pytest.raises(NotFound):
        await bus.execute(handed_over)


async def test_nobody_else_is_answered_under_the_key_of_whoever_is_out(
    bus: CommandBus, bob: Caller, alice: Caller, organization_id: OrganizationId
) -> None:
    handed_over = await _handed_over(bus, bob, alice)
    await bus.execute(handed_over)
    dave = await hire(bus, organization_id, "Dave Dean", Role.ADMIN)

    with pytest.raises(NotFound):
        await bus.execute(replace(handed_over, caller=dave))


async def _handed_over(bus: CommandBus, bob: Caller, alice: Caller) -> AssignIncident:
    """Bob knows of it only as long as it is his."""
    secret = await _declared(bus, alice, SECRET, private=True, assignee_id=_id(bob))
    return AssignIncident(caller=bob, key="k1", incident_id=secret.id, assignee_id=_id(alice))
