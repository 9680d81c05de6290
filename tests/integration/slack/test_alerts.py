"""The alerts of an incident as people see them in its channel, and what they do with them."""

from datetime import timedelta

import pytest

from core.commands import CancelIncident, DeleteIncident
from core.domain.alert import Fate, Fingerprint, GroupKey
from core.domain.ids import IncidentId
from core.domain.silence import Silence
from core.ports import AlertQuery, RecordQuery
from sandbox.conversation.card import Card
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.alerting import (
    Ringer,
    a_source,
    an_alert,
    its_channel,
    its_end,
    listed,
)
from tests.integration.slack.stage import Stage

NO_THREAD = "cannot_reply_to_message"
MENU = ["Not an incident", "Silence 1 h", "Split off"]


@pytest.fixture
async def source(stage: Stage) -> Ringer:
    return await a_source(stage)


async def the_id(stage: Stage, reference: str = "INC-1") -> IncidentId:
    return (await stage.store.reads.incident(stage.organization_id, reference)).row.id


async def the_list(stage: Stage, reference: str = "INC-1") -> Card:
    """The only message with alerts in the thread below its card."""
    room = await its_channel(stage, reference)
    [only] = await listed(room, await stage.card(room))
    return only


async def whispered(person: Person, room: Room, stage: Stage, words: str) -> Card:
    """What only that person reads below the card."""
    own = await person.sees(room)
    return await own.reply(await stage.card(room), words)


def menus(card: Card) -> list[list[str]]:
    """What each alert offers."""
    found = [block["accessory"] for block in card.blocks if "accessory" in block]
    return [[option["text"]["text"] for option in menu["options"]] for menu in found]


async def test_the_alerts_of_an_incident_stand_in_the_thread_below_its_card(
    stage: Stage, source: Ringer
) -> None:
    await source.rings(an_alert(stage, "High latency"), an_alert(stage, "Disk full"))
    await stage.settled()

    card = await the_list(stage)

    assert card.text == "INC-1 has 2 alerts, all firing."
    assert "🔥 *High latency* · High (SEV2) · firing since <!date^" in card.words
    assert "Disk full of the checkout" in card.words
    assert menus(card) == [MENU, MENU]


async def test_an_incident_without_alerts_has_no_such_message(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    assert await listed(room, await stage.card(room)) == []


async def test_it_is_edited_as_alerts_come_and_go(stage: Stage, source: Ringer) -> None:
    first = an_alert(stage, "High latency")
    await source.rings(first)
    await stage.settled()
    before = await the_list(stage)

    await source.rings(an_alert(stage, "Disk full"), its_end(stage, first))
    await stage.settled()

    after = await the_list(stage)
    assert before.text == "INC-1 has 1 alert, firing."
    assert (after.ts, after.text) == (before.ts, "INC-1 has 2 alerts, 1 of them firing.")
    fires, over = (block["text"]["text"] for block in after.blocks[1:])
    assert fires.startswith("🔥 *Disk full*")
    assert over.startswith("✅ *High latency* · High (SEV2) · ended <!date^")


async def test_more_than_ten_are_counted_and_folded(stage: Stage, source: Ringer) -> None:
    await source.rings(*(an_alert(stage, f"Disk {n}") for n in range(1_200)))
    await stage.settled()

    card = await the_list(stage)

    assert card.text == "INC-1 has 1,200 alerts, all firing."
    assert len(menus(card)) == 10
    assert "and 1,190 more; “/incident alerts INC-1” shows them." in card.words


async def test_alerts_that_join_are_told_by_the_list_and_not_line_by_line(
    stage: Stage, source: Ringer
) -> None:
    await source.rings(an_alert(stage, "High latency"))
    await stage.settled()
    room = await its_channel(stage)
    before = len(await room.messages())

    for number in range(3):
        await source.rings(an_alert(stage, f"Disk {number}"))
        await stage.settled()

    assert len(await room.messages()) == before
    assert (await the_list(stage)).text == "INC-1 has 4 alerts, all firing."


async def test_who_took_the_incident_is_mentioned_when_it_gets_worse(
    stage: Stage, source: Ringer
) -> None:
    await source.rings(an_alert(stage, "High latency"))
    await stage.settled()
    room = await its_channel(stage)
    await stage.bob.clicks(await stage.card(room), "Assign me")
    await stage.settled()
    await stage.bob.clicks(await stage.card(room), "Acknowledge")
    await stage.settled()
    stage.clock.ahead += timedelta(minutes=2)

    await source.rings(an_alert(stage, "Disk full", starts_at=stage.clock()))
    await stage.settled()

    notice = await room.message("Disk full of the checkout joined the incident.")
    users = await stage.store.reads.users(stage.organization_id)
    [bob] = [user for user in users if user.email == "bob@example.com"]
    assert notice.text.startswith(f"<@{bob.slack_user_id}> 🔔 The alert Disk full of ")


async def test_what_is_no_incident_leaves_it(stage: Stage, source: Ringer) -> None:
    await source.rings(an_alert(stage, "High latency"), an_alert(stage, "Disk full"))
    await stage.settled()
    room = await its_channel(stage)

    await stage.bob.clicks(await the_list(stage), "Not an incident")
    await stage.settled()

    assert await room.message("Bob Brook said that the alert ")
    assert (await the_list(stage)).text == "INC-1 has 1 alert, firing."
    assert menus(await the_list(stage)) == [MENU[:2]]


async def test_an_incident_of_nothing_but_that_is_canceled(stage: Stage, source: Ringer) -> None:
    await source.rings(an_alert(stage, "High latency"))
    await stage.settled()

    await stage.bob.clicks(await the_list(stage), "Not an incident")
    await stage.settled()

    card = await stage.card(await its_channel(stage))
    assert "Canceled" in card.words
    [left] = [one for one in await (await its_channel(stage)).thread(card)]
    assert left.text == "No alert is left in INC-1."


async def test_an_alert_that_is_split_off_has_an_incident_of_its_own(
    stage: Stage, source: Ringer
) -> None:
    await source.rings(an_alert(stage, "High latency"), an_alert(stage, "Disk full"))
    await stage.settled()
    room = await its_channel(stage)

    await stage.bob.clicks(await the_list(stage), "Split off")
    await stage.settled()

    assert await room.message("moved the alert Disk full of the checkout to INC-2.")
    assert (await the_list(stage)).text == "INC-1 has 1 alert, firing."
    assert (await the_list(stage, "INC-2")).text == "INC-2 has 1 alert, firing."


async def test_who_silences_an_alert_reads_until_when(stage: Stage, source: Ringer) -> None:
    await source.rings(an_alert(stage, "High latency"))
    await stage.settled()
    room = await its_channel(stage)
    await stage.bob.joins(room)

    await stage.bob.clicks(await the_list(stage), "Silence 1 h")

    assert await whispered(
        stage.bob, room, stage, "Alerts like “High latency” call nobody until 20"
    )
    assert await whispered(stage.bob, room, stage, "those with alertname=")
    page = await stage.store.reads.records(stage.organization_id, Silence, RecordQuery())
    assert [silence.by for silence in page.rows] == ["Bob Brook"]
    await stage.settled()


async def test_what_is_silenced_calls_nobody(stage: Stage, source: Ringer) -> None:
    first = an_alert(stage, "High latency")
    await source.rings(first)
    await stage.settled()
    await stage.bob.joins(await its_channel(stage))
    await stage.bob.clicks(await the_list(stage), "Silence 1 h")
    await stage.settled()
    await source.rings(its_end(stage, first))
    await stage.settled()

    again = an_alert(stage, "High latency", starts_at=stage.clock(), group=GroupKey("other"))
    touched = await source.rings(again)
    await stage.settled()

    query = AlertQuery(fingerprint=Fingerprint("High latency"), limit=1)
    [row] = (await stage.store.reads.alerts(stage.organization_id, query)).rows
    assert (touched, row.episode.fate) == ((), Fate.SILENCED)


async def test_a_viewer_is_told_why_nothing_happens(stage: Stage, source: Ringer) -> None:
    await source.rings(an_alert(stage, "High latency"))
    await stage.settled()
    room = await its_channel(stage)
    await stage.is_viewer("carol")
    carol = stage.sandbox.person("carol")
    await stage.alice.joins(room)
    await stage.alice.invites(room, "carol")

    await carol.clicks(await the_list(stage), "Not an incident")

    assert await whispered(carol, room, stage, "You may not change incidents; ask an engineer")
    assert (await the_list(stage)).text == "INC-1 has 1 alert, firing."


async def test_an_incident_that_is_over_offers_nothing_more(stage: Stage, source: Ringer) -> None:
    alert = an_alert(stage, "High latency")
    await source.rings(alert)
    await stage.settled()

    await source.rings(its_end(stage, alert))
    await stage.settled()

    card = await the_list(stage)
    assert card.text == "INC-1 has 1 alert, ended."
    assert menus(card) == []


async def test_nothing_is_read_of_a_deleted_incident(stage: Stage, source: Ringer) -> None:
    await source.rings(an_alert(stage, "High latency"))
    await stage.settled()
    room = await its_channel(stage)
    card = await the_list(stage)

    await stage.bus.execute(
        DeleteIncident(caller=the_operator(stage.organization_id), incident_id=await the_id(stage))
    )
    await stage.settled()

    [left] = [one for one in await room.messages(card.wire["thread_ts"]) if one.ts == card.ts]
    assert left.text == "INC-1 was deleted."
    assert "High latency" not in left.words


async def test_without_a_channel_they_stand_below_the_announcement(
    stage: Stage, source: Ringer
) -> None:
    await stage.sandbox.fault("conversations.create", "error", error="restricted_action")

    await source.rings(an_alert(stage, "High latency"))
    await stage.settled()

    incidents = await stage.room("incidents")
    [card] = await listed(incidents, await stage.announcement())
    assert card.text == "INC-1 has 1 alert, firing."


@pytest.mark.parametrize("fault", ["lost_reply", "reset", "status"])
async def test_a_lost_answer_is_no_second_message(stage: Stage, source: Ringer, fault: str) -> None:
    # Before it come the announcement, refused until its channel was joined, and the card.
    await stage.sandbox.fault("chat.postMessage", fault, nth=4)

    await source.rings(an_alert(stage, "High latency"))
    await stage.settled()

    assert ("RefreshAlerts", "postponed") in stage.outcomes
    assert (await the_list(stage)).text == "INC-1 has 1 alert, firing."


async def test_a_card_that_somebody_deleted_is_posted_anew_for_the_list(
    stage: Stage, source: Ringer
) -> None:
    await stage.sandbox.fault("chat.postMessage", "error", error=NO_THREAD, nth=4)
    await stage.sandbox.fault("chat.update", "error", error="message_not_found", nth=2)

    await source.rings(an_alert(stage, "High latency"))
    await stage.settled()

    room = await its_channel(stage)
    cards = [card for card in await room.messages() if "Acknowledge" in card.buttons]
    [only] = await listed(room, cards[-1])
    assert (len(cards), only.text) == (2, "INC-1 has 1 alert, firing.")


async def test_canceling_takes_the_menus_away(stage: Stage, source: Ringer) -> None:
    await source.rings(an_alert(stage, "High latency"))
    await stage.settled()

    await stage.bus.execute(
        CancelIncident(caller=the_operator(stage.organization_id), incident_id=await the_id(stage))
    )
    await stage.settled()

    assert menus(await the_list(stage)) == []
