"""Messages kept in the timeline and lines of it corrected, through the bus."""

from datetime import timedelta
from typing import Any

import pytest

from core import commands as c
from core.bus import CommandBus
from core.commands.timeline import CorrectLine, FollowMessage, KeepMessage, ReleaseMessage
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.chronicle import Line, chronicle
from core.domain.events import EntryRevised, IncidentEvent, MessageDropped, MessageKept
from core.domain.ids import ChannelId, OrganizationId
from core.domain.incident import Incident
from core.domain.kept_message import KeptMessage
from core.domain.timeline_edit import TimelineEdit
from core.errors import InvalidInput, NotFound, NotPermitted
from tests.fakes.moment import FakeClock
from tests.fakes.people import hire, the_relay
from tests.fakes.records import kept
from tests.fakes.store import FakeStore

ROOM = ChannelId("C1")


@pytest.fixture
async def incident(bus: CommandBus, alice: Caller) -> Incident:
    return await bus.execute(c.DeclareIncident(caller=alice, title="Slow", severity="high"))


def keeping(caller: Caller, incident: Incident, why: str = "pin", **parts: str) -> KeepMessage:
    return KeepMessage(
        caller=caller,
        incident_id=incident.id,
        channel_id=ROOM,
        ts="1.2",
        text=parts.get("text", "It is the index"),
        author="Bob Brook",
        said_at=incident.created_at,
        why=why,
    )


def releasing(caller: Caller, incident: Incident, why: str) -> ReleaseMessage:
    return ReleaseMessage(
        caller=caller, incident_id=incident.id, channel_id=ROOM, ts="1.2", why=why
    )


def lines(store: FakeStore, caller: Caller) -> list[Line]:
    rows = store.rows.of(caller.organization_id)
    entries = [one for one in rows.timeline if isinstance(one.event, IncidentEvent)]
    return chronicle(entries, kept(rows, KeptMessage), kept(rows, TimelineEdit))


async def test_a_message_is_kept_once_however_many_keep_it(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    for why in ("pin", "reaction:pushpin:U1", "pin"):
        await bus.execute(keeping(alice, incident, why))

    rows = store.rows.of(alice.organization_id)
    [message] = kept(rows, KeptMessage)
    assert message.kept_by == ("pin", "reaction:pushpin:U1")
    events = store.events(alice.organization_id)
    assert len([one for one in events if isinstance(one, MessageKept)]) == 1


async def test_a_message_can_belong_to_two_incidents(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    other = await bus.execute(c.DeclareIncident(caller=alice, title="Other", severity="low"))

    await bus.execute(keeping(alice, incident, "hand:U1"))
    await bus.execute(keeping(alice, other, "hand:U1"))

    messages = kept(store.rows.of(alice.organization_id), KeptMessage)
    assert {message.incident_id for message in messages} == {incident.id, other.id}


async def test_it_goes_when_nothing_keeps_it_any_more_and_can_come_back(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    await bus.execute(keeping(alice, incident, "pin"))
    await bus.execute(keeping(alice, incident, "hand:U1"))

    await bus.execute(releasing(alice, incident, "pin"))
    await bus.execute(releasing(alice, incident, "pin"))
    still = [line.text for line in lines(store, alice)]
    await bus.execute(releasing(alice, incident, "hand:U1"))
    gone = [line.text for line in lines(store, alice)]
    await bus.execute(keeping(alice, incident, "pin"))

    assert "It is the index" in still
    assert "It is the index" not in gone
    assert "It is the index" in [line.text for line in lines(store, alice)]
    assert isinstance(store.events(alice.organization_id)[-2], MessageDropped)


async def test_it_says_what_it_says_in_slack_and_ends_with_it(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    await bus.execute(keeping(alice, incident))
    relay = the_relay(alice.organization_id)

    for text in ("It is the cache", None):
        follow = FollowMessage(
            caller=relay, incident_id=incident.id, channel_id=ROOM, ts="1.2", text=text
        )
        await bus.execute(follow)
        if text:
            assert text in [line.text for line in lines(store, alice)]

    assert "It is the cache" not in [line.text for line in lines(store, alice)]


async def test_nothing_follows_from_the_edit_of_a_message_nobody_keeps(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    before = store.events(alice.organization_id)

    follow = FollowMessage(
        caller=the_relay(alice.organization_id),
        incident_id=incident.id,
        channel_id=ROOM,
        ts="9.9",
        text="Lunch?",
    )
    await bus.execute(follow)

    assert store.events(alice.organization_id) == before


async def test_who_may_only_look_keeps_and_corrects_nothing(
    bus: CommandBus, organization_id: OrganizationId, incident: Incident
) -> None:
    viewer = await hire(bus, organization_id, "Vera Vogt", Role.VIEWER)

    with pytest.raises(NotPermitted):
        await bus.execute(keeping(viewer, incident))
    with pytest.raises(NotPermitted):
        await bus.execute(CorrectLine(caller=viewer, incident_id=incident.id, line_id="ent_1"))


async def test_a_line_is_corrected_and_put_back(
    bus: CommandBus, store: FakeStore, clock: FakeClock, alice: Caller, incident: Incident
) -> None:
    [line] = lines(store, alice)
    earlier = line.at - timedelta(minutes=5)

    correct = CorrectLine(
        caller=alice, incident_id=incident.id, line_id=line.id, text="It began", at=earlier
    )
    await bus.execute(correct)
    [corrected] = lines(store, alice)
    await bus.execute(CorrectLine(caller=alice, incident_id=incident.id, line_id=line.id))

    assert (corrected.text, corrected.at, corrected.edited) == ("It began", earlier, True)
    assert lines(store, alice) == [line]


async def test_a_correction_that_changes_nothing_is_none(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    [line] = lines(store, alice)
    same = CorrectLine(
        caller=alice, incident_id=incident.id, line_id=line.id, text=line.text, at=line.at
    )

    await bus.execute(same)
    await bus.execute(same)

    events = store.events(alice.organization_id)
    assert len([one for one in events if isinstance(one, EntryRevised)]) == 0


@pytest.mark.parametrize(
    ("parts", "said"),
    [({"text": "  "}, "The line is empty"), ({"at": timedelta(minutes=1)}, "in the future")],
)
async def test_a_line_says_something_and_stands_in_the_past(
    bus: CommandBus,
    store: FakeStore,
    clock: FakeClock,
    alice: Caller,
    incident: Incident,
    parts: dict[str, str | timedelta],
    said: str,
) -> None:
    [line] = lines(store, alice)
    text, ahead = parts.get("text"), parts.get("at")
    wrong = CorrectLine(
        caller=alice,
        incident_id=incident.id,
        line_id=line.id,
        text=text if isinstance(text, str) else None,
        at=clock() + ahead if isinstance(ahead, timedelta) else None,
    )

    with pytest.raises(InvalidInput, match=said):
        await bus.execute(wrong)

    assert lines(store, alice) == [line]


async def test_a_line_of_another_incident_is_not_found(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    [line] = lines(store, alice)
    other = await bus.execute(c.DeclareIncident(caller=alice, title="Other", severity="low"))

    with pytest.raises(NotFound, match="not there any more"):
        await bus.execute(CorrectLine(caller=alice, incident_id=other.id, line_id=line.id))


async def test_what_is_not_named_of_a_correction_stays_as_somebody_left_it(
    bus: CommandBus, store: FakeStore, alice: Caller, bob: Caller, incident: Incident
) -> None:
    [line] = lines(store, alice)
    earlier = line.at - timedelta(minutes=5)
    wish: dict[str, Any] = {"incident_id": incident.id, "line_id": line.id, "hidden": None}
    await bus.execute(CorrectLine(caller=alice, **wish, text="It began", at_stays=True))

    await bus.execute(CorrectLine(caller=bob, **wish, at=earlier, text_stays=True))

    [corrected] = lines(store, alice)
    assert (corrected.text, corrected.at, corrected.hidden) == ("It began", earlier, False)
