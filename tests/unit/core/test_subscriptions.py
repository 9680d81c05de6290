"""Who follows what, and when the week is summed up, through the bus."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core import commands as c
from core.bus import CommandBus
from core.commands.alerting import RingTimer
from core.commands.settings import EditIncidentSettings
from core.commands.subscriptions import Follow, Unfollow
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.ids import OrganizationId
from core.domain.incident import Incident
from core.domain.subscription import Followed, Subscription
from core.domain.timer import TimerKind
from core.domain.weekly import WeeklySummary
from core.effects import PostSummary, TellSubscribers
from core.errors import InvalidInput, NotFound, NotPermitted
from core.usecases.summaries import ORGANIZATION
from tests.fakes.moment import FakeClock
from tests.fakes.people import hire, the_operator, the_relay
from tests.fakes.records import kept
from tests.fakes.store import FakeStore


@pytest.fixture
async def incident(bus: CommandBus, alice: Caller) -> Incident:
    return await bus.execute(c.DeclareIncident(caller=alice, title="Slow", severity="high"))


def following(
    caller: Caller, subject: str, followed: Followed = Followed.INCIDENT, follower: str = "U1"
) -> Follow:
    return Follow(caller=caller, followed=followed, subject=subject, follower=follower)


def ringing(organization_id: OrganizationId) -> RingTimer:
    return RingTimer(
        caller=the_relay(organization_id), kind=TimerKind.SUMMARY, subject_id=ORGANIZATION
    )


async def test_who_follows_twice_follows_once(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    first = await bus.execute(following(alice, incident.id))

    second = await bus.execute(following(alice, incident.id))

    assert second == first
    assert (first.name, first.of_channel) == ("INC-1", False)


async def test_what_is_not_there_cannot_be_followed(bus: CommandBus, alice: Caller) -> None:
    for wanted in (
        following(alice, "inc_404"),
        following(alice, "svc_404", Followed.SERVICE),
    ):
        with pytest.raises(NotFound):
            await bus.execute(wanted)
    with pytest.raises(InvalidInput, match="is not a severity"):
        await bus.execute(following(alice, "dire", Followed.SEVERITY))


async def test_who_may_only_look_follows_in_person_and_decides_for_no_channel(
    bus: CommandBus, organization_id: OrganizationId, incident: Incident
) -> None:
    viewer = await hire(bus, organization_id, "Vera Vogt", Role.VIEWER)
    own = await bus.execute(following(viewer, incident.id, follower="U2"))

    with pytest.raises(NotPermitted):
        await bus.execute(following(viewer, incident.id, follower="C1"))

    assert own.follower == "U2"


async def test_a_private_incident_is_not_there_for_whoever_may_not_know_of_it(
    bus: CommandBus, store: FakeStore, alice: Caller, bob: Caller, incident: Incident
) -> None:
    rows = store.rows.of(alice.organization_id)
    rows.incidents[incident.id] = replace(incident, private=True)

    with pytest.raises(NotFound):
        await bus.execute(following(bob, incident.id))

    assert (await bus.execute(following(alice, incident.id))).subject == incident.id


async def test_followers_are_told_only_where_there_are_any(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    nobody = [one for one in store.effects if isinstance(one, TellSubscribers)]
    subscription = await bus.execute(following(alice, "high", Followed.SEVERITY))
    await bus.execute(c.AcknowledgeIncident(caller=alice, incident_id=incident.id))
    somebody = [one for one in store.effects if isinstance(one, TellSubscribers)]

    await bus.execute(Unfollow(caller=alice, subscription_id=subscription.id))
    await bus.execute(c.ResolveIncident(caller=alice, incident_id=incident.id))

    told = [one for one in store.effects if isinstance(one, TellSubscribers)]
    assert nobody == []
    assert len(somebody) == len(told) == 1
    assert kept(store.rows.of(alice.organization_id), Subscription) == []


async def test_the_week_is_summed_up_once_each_time_it_is_over(
    bus: CommandBus, store: FakeStore, clock: FakeClock, organization_id: OrganizationId
) -> None:
    operator = the_operator(organization_id)
    await bus.execute(EditIncidentSettings(caller=operator, digest_channel="digest"))
    await bus.execute(ringing(organization_id))
    early = [one for one in store.effects if isinstance(one, PostSummary)]
    clock.advance(days=8)

    await bus.execute(ringing(organization_id))
    await bus.execute(ringing(organization_id))

    assert early == []
    [summary] = kept(store.rows.of(organization_id), WeeklySummary)
    assert summary.until - summary.since == timedelta(days=7)
    assert summary.until <= clock()
    assert [one.about for one in store.effects if isinstance(one, PostSummary)] == [summary.id]
    timer = (await store.reads.timers(organization_id, TimerKind.SUMMARY))[ORGANIZATION]
    assert timer.due_at > clock()


async def test_a_digest_that_was_given_up_is_summed_up_no_more(
    bus: CommandBus, store: FakeStore, clock: FakeClock, organization_id: OrganizationId
) -> None:
    operator = the_operator(organization_id)
    await bus.execute(EditIncidentSettings(caller=operator, digest_channel="digest"))
    await bus.execute(EditIncidentSettings(caller=operator, digest_channel=""))
    clock.advance(days=8)

    await bus.execute(ringing(organization_id))

    assert kept(store.rows.of(organization_id), WeeklySummary) == []
    assert await store.reads.timers(organization_id, TimerKind.SUMMARY) == {}
