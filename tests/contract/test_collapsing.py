"""Ten waiting effects that show the latest state are one, and no others are."""

from typing import Any

from core.commands import AcknowledgeIncident, ChangeSeverity, LinkChannel, PostUpdate
from core.domain.ids import ChannelId
from core.domain.incident import Incident
from core.effects import Effect, RefreshCard
from tests.contract.house import House
from tests.fakes.people import a_caller, the_relay


async def _do(house: House, command: type[Any], incident: Incident, **more: object) -> None:
    caller = a_caller(house.organization_id)
    await house.bus.execute(command(caller=caller, incident_id=incident.id, **more))


async def _arrivals(house: House) -> list[str]:
    """The kinds of effects in the order they are delivered, each settled when it arrived."""
    arrived: list[Effect] = []
    while parcels := await house.claim():
        for parcel in parcels:
            arrived.append(parcel.effect)
            await house.outbox.settle(parcel)
    return [type(effect).__name__ for effect in arrived]


async def _linked(house: House) -> Incident:
    """An incident with a channel, of which nothing waits any more."""
    incident = await house.declare()
    await house.bus.execute(
        LinkChannel(
            caller=the_relay(house.organization_id),
            incident_id=incident.id,
            channel_id=ChannelId("C1"),
            channel_name="inc-1",
        )
    )
    await _arrivals(house)
    return incident


async def test_equals_that_wait_together_arrive_once(house: House) -> None:
    incident = await _linked(house)
    await _do(house, AcknowledgeIncident, incident)
    for severity in ("low", "critical"):
        await _do(house, ChangeSeverity, incident, severity=severity)

    assert await _arrivals(house) == [
        "PostNotice",
        "RefreshCard",
        "RefreshAnnouncement",
        "RefreshTopic",
        "InvitePeople",
        "PostNotice",
        "PostNotice",
    ]
    assert await house.outbox.waiting() == 0


async def test_what_is_said_is_said_each_time(house: House) -> None:
    incident = await _linked(house)
    for text in ("Found it.", "Found it."):
        await _do(house, PostUpdate, incident, text=text)

    assert (await _arrivals(house)).count("PostUpdate") == 2


async def test_other_incidents_are_no_equals(house: House) -> None:
    one, two = await _linked(house), await _linked(house)
    await _do(house, AcknowledgeIncident, one)
    await _do(house, AcknowledgeIncident, two)

    assert (await _arrivals(house)).count("RefreshCard") == 2


async def test_what_came_after_the_claim_is_delivered_itself(house: House) -> None:
    """The state may have been read before it changed."""
    incident = await _linked(house)
    await _do(house, AcknowledgeIncident, incident)
    [notice] = await house.claim()
    await house.outbox.settle(notice)
    [card] = await house.claim()
    assert card.effect == RefreshCard(incident_id=incident.id)

    await _do(house, ChangeSeverity, incident, severity="low")
    await house.outbox.settle(card)

    assert (await _arrivals(house)).count("RefreshCard") == 1


async def test_a_buried_equal_stays_buried(house: House) -> None:
    incident = await _linked(house)
    await _do(house, AcknowledgeIncident, incident)
    [notice] = await house.claim()
    await house.outbox.settle(notice)
    [card] = await house.claim()
    await house.outbox.bury(card, "The channel is archived.")
    await _do(house, ChangeSeverity, incident, severity="low")

    assert (await _arrivals(house)).count("RefreshCard") == 1
    [grave] = await house.outbox.buried(house.organization_id, 10)
    assert grave.id == card.id
