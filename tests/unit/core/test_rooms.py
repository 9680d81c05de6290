"""What befalls the channel of an incident, and what that makes of it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.bus import CommandBus
from core.commands import DeclareIncident, LinkChannel, ResolveIncident
from core.commands.alerting import AddRoutingRule
from core.commands.rooms import FollowChannel, MoveChannel
from core.commands.settings import EditIncidentSettings
from core.domain.actor import Caller
from core.domain.channel_fate import ChannelFate
from core.domain.events import ChannelChanged
from core.domain.ids import ChannelId
from core.domain.incident import Incident
from core.domain.incident_settings import IncidentSettings
from core.domain.narration import narrate
from core.domain.routing_rule import RoutingRule
from core.domain.timer import TimerKind
from core.errors import IllegalTransition
from tests.fakes.moment import FakeClock
from tests.fakes.people import the_operator, the_relay
from tests.fakes.store import FakeStore


@pytest.fixture
async def incident(bus: CommandBus, alice: Caller) -> Incident:
    """With a channel of its own."""
    made = await bus.execute(DeclareIncident(caller=alice, title="Search", severity="high"))
    return await bus.execute(
        LinkChannel(
            caller=the_relay(alice.organization_id),
            incident_id=made.id,
            channel_id=ChannelId("C1"),
            channel_name="inc-1",
        )
    )


def befalls(
    incident: Incident, alice: Caller, fate: ChannelFate, **parts: str | ChannelId
) -> FollowChannel:
    relay = replace(the_relay(alice.organization_id), actor=alice.actor)
    wish = FollowChannel(
        caller=relay, incident_id=incident.id, channel_id=ChannelId("C1"), fate=fate
    )
    return replace(wish, **parts)  # type: ignore[arg-type]


@pytest.mark.parametrize("fate", [ChannelFate.ARCHIVED, ChannelFate.LOST])
async def test_a_channel_that_is_gone_is_gone_once(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident, fate: ChannelFate
) -> None:
    first = await bus.execute(befalls(incident, alice, fate))
    second = await bus.execute(befalls(incident, alice, fate))

    assert first.archived_at
    assert second == first
    events = store.events(alice.organization_id)
    assert len([one for one in events if isinstance(one, ChannelChanged)]) == 1


async def test_a_channel_that_comes_back_is_there(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    await bus.execute(befalls(incident, alice, ChannelFate.ARCHIVED))

    back = await bus.execute(befalls(incident, alice, ChannelFate.UNARCHIVED))

    assert back.archived_at is None


@pytest.mark.parametrize("fate", [ChannelFate.DELETED, ChannelFate.ABANDONED])
async def test_a_channel_that_does_not_come_back_leaves_none(
    bus: CommandBus, alice: Caller, incident: Incident, fate: ChannelFate
) -> None:
    left = await bus.execute(befalls(incident, alice, fate))

    assert (left.channel_id, left.channel_name) == (None, "")


async def test_a_channel_is_known_by_its_new_name_and_id(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    await bus.execute(befalls(incident, alice, ChannelFate.RENAMED, channel_name="war-room"))

    wish = befalls(incident, alice, ChannelFate.MOVED, moved_to=ChannelId("C9"))
    moved = await bus.execute(wish)

    assert (moved.channel_id, moved.channel_name) == ("C9", "war-room")


async def test_what_befalls_another_channel_is_no_concern(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    wish = befalls(incident, alice, ChannelFate.ARCHIVED, channel_id=ChannelId("C2"))

    assert await bus.execute(wish) == incident


@pytest.mark.parametrize("fate", list(ChannelFate))
async def test_every_fate_has_its_sentence(
    alice: Caller, incident: Incident, fate: ChannelFate
) -> None:
    event = ChannelChanged(
        incident_id=incident.id,
        by=alice.actor,
        at=incident.created_at + timedelta(minutes=1),
        what=fate,
        channel_name="inc-1",
        before="inc-0",
    )

    assert "#inc-1" in narrate(event)


async def test_settings_name_a_channel_by_its_new_id(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    operator = the_operator(alice.organization_id)
    await bus.execute(EditIncidentSettings(caller=operator, announcement_channel="C0ANNOUNCE"))

    caller, old, new = the_relay(alice.organization_id), "C0ANNOUNCE", "C0MOVEDON"
    wish = MoveChannel(caller=caller, channel_id=ChannelId(old), moved_to=ChannelId(new))
    await bus.execute(wish)

    rows = store.rows.of(alice.organization_id).records.values()
    [settings] = [one for one in rows if isinstance(one, IncidentSettings)]
    assert settings.announcement_channel == new


async def test_a_rule_names_a_channel_by_its_new_id(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    body = {"name": "Disks", "routing": "notify", "channel": "C0ALERTS"}
    await bus.execute(AddRoutingRule(caller=alice, body=body))

    caller, old, new = the_relay(alice.organization_id), "C0ALERTS", "C0MOVEDON"
    wish = MoveChannel(caller=caller, channel_id=ChannelId(old), moved_to=ChannelId(new))
    await bus.execute(wish)

    rows = store.rows.of(alice.organization_id).records.values()
    assert [one.channel for one in rows if isinstance(one, RoutingRule)] == [new]


async def test_a_private_incident_gets_no_channel_that_everybody_reads(
    bus: CommandBus, alice: Caller
) -> None:
    made = await bus.execute(
        DeclareIncident(caller=alice, title="Payroll", severity="high", private=True)
    )
    link = LinkChannel(
        caller=the_relay(alice.organization_id),
        incident_id=made.id,
        channel_id=ChannelId("C1"),
        channel_name="inc-1",
    )

    with pytest.raises(IllegalTransition, match="is private, and #inc-1 is not"):
        await bus.execute(link)

    assert (await bus.execute(replace(link, private=True))).channel_id == "C1"


async def over(bus: CommandBus, alice: Caller, channel: str) -> Incident:
    made = await bus.execute(DeclareIncident(caller=alice, title="Search", severity="high"))
    link = LinkChannel(
        caller=the_relay(alice.organization_id),
        incident_id=made.id,
        channel_id=ChannelId(channel),
        channel_name="inc-1",
    )
    await bus.execute(link)
    return await bus.execute(ResolveIncident(caller=alice, incident_id=made.id))


def waiting(store: FakeStore, alice: Caller) -> dict[str, datetime]:
    """When which channel is to be archived."""
    timers = store.rows.of(alice.organization_id).timers.values()
    return {one.subject_id: one.due_at for one in timers if one.kind is TimerKind.ARCHIVE}


async def test_where_channels_were_kept_those_there_are_begin_to_wait_when_that_changes(
    bus: CommandBus, store: FakeStore, alice: Caller, clock: FakeClock
) -> None:
    await bus.execute(EditIncidentSettings(caller=alice, archive_days=0))
    first, second = [await over(bus, alice, channel) for channel in ("C1", "C2")]
    before, tomorrow = waiting(store, alice), clock() + timedelta(days=1)

    await bus.execute(EditIncidentSettings(caller=alice, archive_days=7))
    clock.advance(hours=1)
    await bus.execute(EditIncidentSettings(caller=alice, archive_days=9))

    assert before == {}
    assert waiting(store, alice) == {
        second.id: tomorrow,
        first.id: tomorrow + timedelta(minutes=1),
    }


async def test_settings_that_say_nothing_of_it_let_no_channel_wait(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    await bus.execute(EditIncidentSettings(caller=alice, archive_days=0))
    await over(bus, alice, "C1")

    await bus.execute(EditIncidentSettings(caller=alice, reaction="eyes"))

    assert waiting(store, alice) == {}
