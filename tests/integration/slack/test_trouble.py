"""What Slack does not show is told somewhere, whoever declared the incident, and told once."""

from dataclasses import replace

from core.commands import (
    AcknowledgeIncident,
    AddService,
    AddUser,
    DeclareIncident,
    DeleteIncident,
    PostUpdate,
)
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.ids import ServiceId
from core.domain.incident import Incident
from sandbox.conversation.card import Card
from tests.fakes.people import a_caller, the_operator, the_source
from tests.integration.slack.stage import Stage

TOLD = "Slack does not show everything of"


def a_source(stage: Stage) -> Caller:
    permissions = a_caller(stage.organization_id).permissions
    return replace(the_source(stage.organization_id), permissions=permissions)


async def declared(stage: Stage, *services: ServiceId) -> Incident:
    """By an alert source: there is no declarer whom one could write to."""
    incident = await stage.bus.execute(
        DeclareIncident(
            caller=a_source(stage), title="Search", severity="high", service_ids=services
        )
    )
    await stage.settled()
    return incident


async def owned_by(stage: Stage, *names: str) -> ServiceId:
    operator = the_operator(stage.organization_id)
    owners = [
        await stage.bus.execute(
            AddUser(caller=operator, email=f"{name}@example.com", name=name, role=Role.ENGINEER)
        )
        for name in names
    ]
    ids = tuple(owner.id for owner in owners)
    return (await stage.bus.execute(AddService(caller=operator, name="s", owner_ids=ids))).id


async def no_incidents_channel(stage: Stage) -> None:
    await stage.alice.archives(await stage.room("incidents"))


async def no_channels(stage: Stage) -> None:
    await stage.sandbox.settings(restricted_actions=["conversations.create"])


async def in_person(stage: Stage) -> list[Card]:
    direct = [room for room in await stage.sandbox.channels() if room.wire["is_im"]]
    messages = [message for room in direct for message in await room.messages()]
    return [message for message in messages if TOLD in message.words]


async def test_news_of_what_was_deleted_before_it_had_a_place_is_dropped(stage: Stage) -> None:
    operator = the_operator(stage.organization_id)
    made = await stage.bus.execute(DeclareIncident(caller=operator, title="No", severity="low"))
    await stage.bus.execute(DeleteIncident(caller=operator, incident_id=made.id))

    await stage.settled()

    assert ("PostNotice", "delivered") in stage.outcomes
    assert "buried" not in {outcome for _, outcome in stage.outcomes}


async def test_without_a_declarer_the_announcement_tells_it(stage: Stage) -> None:
    await no_channels(stage)

    await declared(stage)

    thread = await (await stage.room("incidents")).thread(await stage.announcement())
    assert [card for card in thread if TOLD in card.words]


async def test_without_an_announcement_the_incidents_channel_tells_it(stage: Stage) -> None:
    await no_incidents_channel(stage)

    await declared(stage)

    message = await (await stage.room("inc-")).message(TOLD)
    assert "There is no channel #incidents for announcements" in message.words


async def test_an_archived_channel_leaves_the_news_to_the_announcement(stage: Stage) -> None:
    incident = await declared(stage)
    room = await stage.room("inc-")
    await stage.alice.joins(room)
    await stage.alice.archives(room)

    await stage.bus.execute(AcknowledgeIncident(caller=a_source(stage), incident_id=incident.id))
    await stage.settled()

    thread = await (await stage.room("incidents")).thread(await stage.announcement())
    assert [card for card in thread if "acknowledged the incident" in card.words]
    assert not [card for card in thread if TOLD in card.words]


async def test_where_no_place_is_left_the_owners_are_told_once_for_each_cause(
    stage: Stage,
) -> None:
    await no_incidents_channel(stage)
    await no_channels(stage)
    incident = await declared(stage, await owned_by(stage, "nobody-in-slack", "bob"))

    caller, id = a_source(stage), incident.id
    await stage.bus.execute(AcknowledgeIncident(caller=caller, incident_id=id))
    await stage.bus.execute(PostUpdate(caller=caller, incident_id=id, text="We look."))
    await stage.settled()

    told = await in_person(stage)
    assert len(told) == 2
    assert any("There is no channel #incidents" in card.words for card in told)
    assert any("do not let Tocsin do this" in card.words for card in told)


async def test_a_declarer_who_cannot_be_written_to_reads_it_under_the_announcement(
    stage: Stage,
) -> None:
    await no_channels(stage)
    await stage.sandbox.fault("conversations.open", "error", error="user_disabled")

    await stage.alice.types(await stage.room("general"), "/incident declare Search is slow")
    await stage.settled()

    thread = await (await stage.room("incidents")).thread(await stage.announcement())
    assert [card for card in thread if TOLD in card.words]
    assert await in_person(stage) == []


async def test_what_nobody_can_be_told_is_buried_with_the_true_reason(stage: Stage) -> None:
    await no_incidents_channel(stage)
    await no_channels(stage)

    await declared(stage)

    buried = await stage.store.outbox.buried(stage.organization_id, 10)
    reasons = [one.reason for one in buried if type(one.effect).__name__ == "TellDeclarer"]
    assert set(reasons) == {
        "INC-1 has no declarer or service owner in Slack, no announcement and no channel, so that "
        "nobody could be told what Slack does not show of it."
    }


async def test_a_channel_archived_after_it_was_looked_up_is_told_of_once(stage: Stage) -> None:
    await declared(stage)
    await no_incidents_channel(stage)

    second = await declared(stage, await owned_by(stage, "bob"))
    await stage.bus.execute(AcknowledgeIncident(caller=a_source(stage), incident_id=second.id))
    await stage.settled()

    messages = [
        message
        for room in await stage.sandbox.channels()
        if room.name.startswith("inc-")
        for message in await room.messages()
    ]
    told = [message for message in messages if f"{TOLD} INC-2" in message.words]
    assert len(told) == 1
    assert "There is no channel #incidents" in told[0].words
