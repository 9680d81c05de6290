"""What could not be shown is told once per reason; what could not be taken back, each time."""

import pytest

from core import commands as c
from core.bus import CommandBus
from core.commands.together import ChangeMembers
from core.domain.actor import Caller
from core.domain.events import EffectBuried
from core.domain.incident import Incident
from tests.fakes.people import the_relay
from tests.fakes.store import FakeStore

CLOSED = "The workspace's settings forbid editing."


@pytest.fixture
async def incident(bus: CommandBus, alice: Caller) -> Incident:
    return await bus.execute(c.DeclareIncident(caller=alice, title="Slow", severity="high"))


async def turned(bus: CommandBus, caller: Caller, incident: Incident, *, private: bool) -> None:
    await bus.execute(ChangeMembers(caller=caller, incident_id=incident.id, private=private))


async def buried(bus: CommandBus, caller: Caller, incident: Incident, *effects: str) -> None:
    relay = the_relay(caller.organization_id)
    for one in effects:
        wish = c.RecordBurial(caller=relay, incident_id=incident.id, effect=one, reason=CLOSED)
        await bus.execute(wish)


def told(store: FakeStore, caller: Caller) -> list[str]:
    events = store.events(caller.organization_id)
    return [event.effect for event in events if isinstance(event, EffectBuried)]


async def test_what_stays_in_public_is_told_though_a_card_failed_for_the_same_reason(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    await turned(bus, alice, incident, private=True)

    await buried(bus, alice, incident, "RefreshCard", "Withdraw", "RefreshTopic", "Withdraw")

    assert told(store, alice) == ["RefreshCard", "Withdraw"]


async def test_a_card_is_told_of_though_something_stays_in_public_for_the_same_reason(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    await turned(bus, alice, incident, private=True)

    await buried(bus, alice, incident, "Withdraw", "RefreshCard")

    assert told(store, alice) == ["Withdraw", "RefreshCard"]


async def test_what_stays_in_public_is_told_anew_when_it_turns_private_anew(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    await turned(bus, alice, incident, private=True)
    await buried(bus, alice, incident, "Withdraw")
    await turned(bus, alice, incident, private=False)
    await turned(bus, alice, incident, private=True)

    await buried(bus, alice, incident, "Withdraw", "Withdraw")

    assert told(store, alice) == ["Withdraw", "Withdraw"]
