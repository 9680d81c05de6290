"""Whoever follows incidents, services and severities, and the channel that reads of everything."""

from dataclasses import replace

import pytest

from core.commands import AddService, EditIncident
from core.commands.settings import EditIncidentSettings
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.stage import Stage


@pytest.fixture
async def general(stage: Stage) -> Room:
    return await stage.room("general")


async def with_digest(stage: Stage, name: str = "digest") -> Room:
    room = await stage.alice.creates(name)
    operator = the_operator(stage.organization_id)
    await stage.bus.execute(EditIncidentSettings(caller=operator, digest_channel=name))
    return room


async def own_messages(stage: Stage) -> list[str]:
    """What Tocsin wrote to Bob in person."""
    room = await stage.bob.opens_dm()
    return [card.words for card in await room.messages() if not card.is_ephemeral]


async def test_who_follows_an_incident_reads_its_news_in_person(
    stage: Stage, general: Room
) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.types(general, "/incident subscribe INC-1")
    await stage.alice.types(room, "/incident update We see timeouts")
    await stage.settled()

    await stage.alice.types(room, "/incident resolve Restarted db1")
    await stage.settled()

    told = await own_messages(stage)
    assert await stage.bob.ephemeral(general, "You follow INC-1 now")
    assert len(told) == 2
    assert "INC-1 “Search is slow”, Medium (SEV3): Alice Archer posted an update" in told[0]
    assert "Alice Archer resolved the incident: Restarted db1" in told[1]
    assert "You follow *INC-1*." in told[1]


async def test_nobody_is_told_of_their_own_doing(stage: Stage, general: Room) -> None:
    await stage.declares("Search is slow")
    await stage.bob.types(general, "/incident subscribe INC-1")

    await stage.bob.types(general, "/incident ack INC-1")
    await stage.settled()

    assert await own_messages(stage) == []


async def test_who_follows_a_severity_stops_by_the_button_below_what_was_told(
    stage: Stage, general: Room
) -> None:
    await stage.bob.types(general, "/incident subscribe severity high")
    await stage.declares("Search is down high")
    await stage.declares("A typo low")
    room = await stage.bob.opens_dm()
    [card] = await room.messages()

    await stage.bob.clicks(card, "Stop")
    await stage.declares("Checkout is down high")

    assert "You follow the severity *High (SEV2)*." in card.words
    assert len(await own_messages(stage)) == 1


async def test_who_followed_its_severity_hears_that_it_is_another_and_how_it_ends(
    stage: Stage, general: Room
) -> None:
    await stage.bob.types(general, "/incident subscribe severity critical")
    room = await stage.declares("Search is down critical")

    await stage.alice.types(room, "/incident severity low")
    await stage.alice.types(room, "/incident resolve Restarted db1")
    await stage.settled()

    told = await own_messages(stage)
    assert len(told) == 3
    assert "Alice Archer changed the severity" in told[1]
    assert "Alice Archer resolved the incident: Restarted db1" in told[2]


async def test_who_follows_a_severity_it_had_before_they_did_hears_nothing(
    stage: Stage, general: Room
) -> None:
    room = await stage.declares("Search is down critical")
    await stage.alice.types(room, "/incident severity low")
    await stage.bob.types(general, "/incident subscribe severity critical")

    await stage.alice.types(room, "/incident resolve Restarted db1")
    await stage.settled()

    assert await own_messages(stage) == []


async def test_who_followed_a_service_that_is_not_concerned_any_more_hears_how_it_ends(
    stage: Stage, general: Room
) -> None:
    operator = the_operator(stage.organization_id)
    service = await stage.bus.execute(AddService(caller=operator, name="Checkout"))
    await stage.bob.types(general, "/incident subscribe service checkout")
    room = await stage.declares("Cards are refused")
    id = (await stage.store.reads.incident(stage.organization_id, "INC-1")).row.id
    edit = EditIncident(caller=operator, incident_id=id, service_ids=(service.id,))
    await stage.bus.execute(edit)
    await stage.alice.types(room, "/incident update We look")
    await stage.settled()
    await stage.bus.execute(replace(edit, service_ids=()))

    await stage.alice.types(room, "/incident resolve Restarted db1")
    await stage.settled()

    assert "resolved the incident: Restarted db1" in (await own_messages(stage))[-1]


async def test_a_channel_follows_a_service_and_reads_on_in_one_thread(
    stage: Stage, general: Room
) -> None:
    operator = the_operator(stage.organization_id)
    service = await stage.bus.execute(AddService(caller=operator, name="Checkout"))
    await stage.alice.types(general, "/incident subscribe service check here")
    await stage.alice.ephemeral(general, "This channel follows Checkout now.")
    await stage.declares("Cards are refused")
    id = (await stage.store.reads.incident(stage.organization_id, "INC-1")).row.id
    edit = EditIncident(caller=operator, incident_id=id, service_ids=(service.id,))
    await stage.bus.execute(edit)

    await stage.alice.types(general, "/incident severity INC-1 critical")
    await stage.alice.types(general, "/incident resolve INC-1 Paid again")
    await stage.settled()

    top = await (await general.fresh()).message("This channel follows the service *Checkout*.")
    assert "changed the severity" in top.words
    replies = await (await general.fresh()).thread(top)
    assert any("resolved the incident" in reply.words for reply in replies)


async def test_here_are_also_the_messages_with_tocsin(stage: Stage) -> None:
    own = await stage.bob.opens_dm()

    await stage.bob.types(own, "/incident subscribe severity medium here")

    assert await stage.bob.ephemeral(own, "This channel follows Medium (SEV3) now.")
    await stage.declares("sev3 Search is slow")
    assert await (await own.fresh()).message("This channel follows the severity *Medium (SEV3)*.")


async def test_messages_between_others_follow_nothing(stage: Stage) -> None:
    theirs = await stage.bob.opens_dm("alice")

    await stage.bob.types(theirs, "/incident subscribe severity medium here")

    assert await stage.bob.ephemeral(theirs, "Tocsin cannot write into messages between others")


async def test_what_somebody_follows_is_listed_with_a_way_out(stage: Stage, general: Room) -> None:
    await stage.bob.types(general, "/incident subscribe severity critical")
    await stage.bob.types(general, "/incident subscribe list")
    listed = await stage.bob.ephemeral(general, "What you follow")

    await stage.bob.clicks(listed, "Stop following Critical (SEV1)")

    assert "You follow the severity *Critical (SEV1)*" in listed.words
    assert await stage.bob.ephemeral(general, "You follow nothing yet.")


async def test_what_is_followed_no_more_is_said_to_be_so(stage: Stage, general: Room) -> None:
    await stage.bob.types(general, "/incident subscribe severity critical")
    await stage.bob.types(general, "/incident unsubscribe severity critical")
    await stage.bob.types(general, "/incident unsubscribe severity critical")

    assert await stage.bob.ephemeral(general, "You do not follow Critical (SEV1) any more.")
    assert await stage.bob.ephemeral(general, "That was not followed any more.")


async def test_an_unknown_service_is_answered_with_those_there_are(
    stage: Stage, general: Room
) -> None:
    operator = the_operator(stage.organization_id)
    await stage.bus.execute(AddService(caller=operator, name="Checkout"))

    await stage.bob.types(general, "/incident subscribe service Payments")

    assert await stage.bob.ephemeral(
        general, "There is no service “Payments”; there are: Checkout."
    )


async def test_the_digest_has_one_line_for_each_incident_and_its_rest_in_a_thread(
    stage: Stage,
) -> None:
    digest = await with_digest(stage)
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident update Nothing new")
    await stage.alice.types(room, "/incident severity high")
    await stage.alice.types(room, "/incident resolve Done")
    await stage.settled()

    digest = await digest.fresh()

    lines = [card for card in await digest.messages() if "INC-1" in card.words]
    [line] = lines
    assert "Alice Archer declared a Medium (SEV3) incident: Search is slow" in line.words
    told = [card.words for card in await digest.thread(line)]
    assert len([words for words in told if "changed the severity" in words]) == 1
    assert len([words for words in told if "resolved the incident" in words]) == 1
    assert not [words for words in told if "Nothing new" in words]


async def test_a_digest_channel_that_is_gone_keeps_no_follower_from_the_news(
    stage: Stage, general: Room
) -> None:
    digest = await with_digest(stage)
    await stage.alice.archives(digest)
    await stage.declares("Search is slow")
    await stage.bob.types(general, "/incident subscribe INC-1")

    await stage.alice.types(general, "/incident severity INC-1 high")
    await stage.settled()

    assert len(await own_messages(stage)) == 1


async def test_of_a_private_incident_nobody_hears_who_may_not_know_of_it(
    stage: Stage, general: Room
) -> None:
    digest = await with_digest(stage)
    room = await stage.declares("Payroll leaked")
    await stage.bob.types(general, "/incident subscribe INC-1")
    await stage.bob.types(general, "/incident subscribe severity medium here")
    await stage.alice.types(room, "/incident private")
    form = await stage.alice.modal("Who may know of it?")
    await form.fill({"Who may know of it?": "Only its people"})
    await form.submit()
    await stage.settled()
    line = await (await digest.fresh()).message("INC-1 is not public any more.")

    await stage.alice.types(general, "/incident severity INC-1 high")
    await stage.alice.types(general, "/incident resolve INC-1 Rotated all keys")
    await stage.settled()

    assert await own_messages(stage) == []
    assert await digest.thread(line) == []
    assert not [card for card in await digest.messages() if "Payroll" in card.words]
    seen = [card.words for card in await general.messages() if not card.is_ephemeral]
    assert not [words for words in seen if "Rotated" in words]
