"""Reminders in the channel: news that is due, a lead that is missed, what nobody hears of."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.slack.text import moment
from core.commands import AddNote, SnoozeIncident
from core.commands.settings import EditIncidentSettings
from core.domain import events as e
from core.domain.ids import IncidentId
from core.domain.timer import TimerKind
from sandbox.conversation.card import Card
from sandbox.conversation.control import wait_for
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.answers import closed
from tests.integration.slack.stage import Stage

HALF_AN_HOUR = timedelta(minutes=30)
DUE = "An update on INC-1 is due; the last news is from"


async def led(stage: Stage) -> Room:
    """A critical incident that Alice leads."""
    room = await stage.declares("critical Search is down")
    await stage.alice.types(room, "/incident assign me")
    await stage.settled()
    return room


async def reminders(room: Room) -> list[Card]:
    return [card for card in await room.messages() if _reminds(card)]


async def the_id(stage: Stage) -> IncidentId:
    return (await stage.store.reads.incident(stage.organization_id, "INC-1")).row.id


def _postponed(stage: Stage) -> Callable[[], Awaitable[bool | None]]:
    async def look() -> bool | None:
        return True if ("PostReminder", "postponed") in stage.outcomes else None

    return look


def _reminds(card: Card) -> bool:
    blocks = [str(block.get("block_id", "")) for block in card.blocks]
    return any(id.startswith("reminder.") for id in blocks)


async def test_news_that_is_due_is_asked_of_the_lead_who_posts_it_from_there(stage: Stage) -> None:
    room = await led(stage)
    await stage.passes(HALF_AN_HOUR)
    asked = await room.message(DUE)

    await stage.alice.clicks(asked, "Post an update")
    form = await (await stage.alice.modal()).containing("What is the news?")
    await form.fill({"What is the news?": "Rolling back."})
    await form.submit()
    await stage.settled()

    assert asked.buttons == ["Post an update", "Remind me in 30 min", "Remind me in 2 h"]
    assert asked.text.startswith("<@")
    await stage.passes(timedelta(minutes=29))
    assert len(await reminders(room)) == 1
    await stage.passes(timedelta(minutes=2))
    assert len(await reminders(room)) == 2


async def test_silence_calls_more_people_and_never_everybody(stage: Stage) -> None:
    room = await stage.declares("critical Search is down")
    await stage.bob.joins(room)
    await stage.bob.types(room, "/incident assign me")
    await stage.settled()
    asked = []
    for _ in range(3):
        await stage.passes(HALF_AN_HOUR)
        asked.append((await reminders(room))[-1])

    assert [card.text.count("<@") for card in asked] == [1, 1, 2]
    assert not any("<!" in card.text.replace("<!date", "") for card in asked)


async def test_a_reminder_is_put_off_with_its_button(stage: Stage) -> None:
    room = await led(stage)
    await stage.passes(HALF_AN_HOUR)

    await stage.alice.clicks(await room.message(DUE), "Remind me in 2 h")

    told = "The next reminder about INC-1 comes in 2 h."
    assert await stage.alice.ephemeral(room, told)
    await stage.passes(timedelta(minutes=119))
    assert len(await reminders(room)) == 1
    await stage.passes(timedelta(minutes=2))
    assert len(await reminders(room)) == 2


async def test_card_and_announcement_say_until_when_an_update_was_put_off(stage: Stage) -> None:
    room = await led(stage)
    await stage.passes(HALF_AN_HOUR)

    await stage.alice.clicks(await room.message(DUE), "Remind me in 2 h")
    await stage.alice.ephemeral(room, "The next reminder about INC-1 comes in 2 h.")
    await stage.settled()

    [timer] = (await stage.store.reads.timers(stage.organization_id, TimerKind.UPDATE)).values()
    due = f"due by {moment(timer.due_at)}"
    assert due in (await stage.card(room)).words
    assert due in (await stage.announcement()).words


async def test_the_card_says_when_news_is_due_that_nobody_promised(stage: Stage) -> None:
    room = await stage.declares("critical Search is down")
    await stage.alice.types(room, "/incident update We look at the index")
    await stage.settled()

    card, announced = await stage.card(room), await stage.announcement()
    await stage.alice.types(room, "/incident show")
    shown = await stage.alice.ephemeral(room, "Next update")
    await stage.alice.types(room, "/incident resolve Restarted it.")
    await stage.settled()

    assert all("due by" in one.words for one in (card, announced, shown))
    assert "Next update" not in (await stage.card(room)).words


async def test_nobody_leads_it_until_somebody_presses_the_button(stage: Stage) -> None:
    room = await stage.declares("critical Search is down")
    await stage.passes(timedelta(minutes=10))
    asked = await room.message("Nobody leads INC-1 yet. Who takes it?")

    await stage.alice.clicks(asked, "I take it")
    await stage.settled()
    await stage.passes(timedelta(minutes=11))

    assert asked.buttons == ["I take it", "Remind me in 30 min"]
    assert "nobody leads it yet" not in (await stage.card(room)).text
    [settled] = await reminders(room)
    assert (settled.text, settled.buttons) == ("🧭 Alice Archer leads INC-1.", [])


async def test_what_was_settled_otherwise_or_asked_again_cannot_be_pressed_any_more(
    stage: Stage,
) -> None:
    room = await led(stage)
    await stage.passes(HALF_AN_HOUR)
    await stage.alice.clicks(await room.message(DUE), "Remind me in 30 min")
    await stage.settled()
    [put_off] = await reminders(room)
    await stage.passes(HALF_AN_HOUR + timedelta(minutes=1))
    before = await reminders(room)

    await stage.alice.types(room, "/incident update Rolling back.")
    await stage.settled()

    assert (put_off.text, put_off.buttons) == ("⏰ This reminder about INC-1 was put off.", [])
    assert before[1].buttons != []
    after = await reminders(room)
    assert [card.buttons for card in after] == [[], []]
    assert after[1].text == "⏰ The update on INC-1 is posted."


async def test_what_was_asked_in_public_says_nothing_of_what_is_private_by_now(
    stage: Stage,
) -> None:
    await stage.sandbox.settings(restricted_actions=["conversations.create"])
    general, incidents = await stage.room("general"), await stage.room("incidents")
    await stage.alice.types(general, "/incident declare critical Payroll leaked")
    await stage.settled()
    await stage.passes(timedelta(minutes=10))
    asked = await incidents.thread(await stage.announcement())
    await stage.alice.types(general, "/incident private INC-1")
    form = await stage.alice.modal("Who may know of it?")
    await form.fill({"Who may know of it?": "Only its people"})
    await form.submit()
    await stage.settled()

    await stage.alice.types(general, "/incident assign INC-1 me")
    await stage.settled()

    said = await (await incidents.fresh()).thread(await stage.announcement())
    assert any("Nobody leads INC-1 yet" in card.text for card in asked)
    assert not any("Alice" in card.text for card in said)


async def test_of_several_reminders_only_the_last_one_can_be_pressed(stage: Stage) -> None:
    room = await led(stage)

    await stage.passes(HALF_AN_HOUR)
    await stage.passes(HALF_AN_HOUR)

    first, second = await reminders(room)
    assert first.text == "⏰ A later reminder about INC-1 replaces this one."
    assert (first.buttons == [], second.buttons == []) == (True, False)


async def test_what_is_over_cannot_be_put_off_any_more(stage: Stage) -> None:
    room = await led(stage)
    await stage.passes(HALF_AN_HOUR)
    asked = await room.message(DUE)
    await stage.sandbox.fault("chat.update", "error", error="edit_window_closed", times=0)
    await stage.alice.types(room, "/incident resolve Restarted it.")
    await stage.settled()

    await stage.alice.clicks(asked, "Remind me in 30 min")

    assert await stage.alice.ephemeral(room, "Nobody is reminded of INC-1 any more.")


async def test_what_nothing_is_heard_of_is_asked_about_and_resolved_from_there(
    stage: Stage,
) -> None:
    operator = the_operator(stage.organization_id)
    settings = EditIncidentSettings(caller=operator, stale_hours=3, lead_minutes=0)
    await stage.bus.execute(settings)
    room = await stage.declares("low The logo is blurred")
    await stage.passes(timedelta(hours=2))
    await stage.bus.execute(
        AddNote(caller=operator, incident_id=await the_id(stage), text="Asked design.")
    )
    await stage.passes(timedelta(hours=2))
    before = await reminders(room)

    await stage.passes(timedelta(hours=1, minutes=1))

    asked = await room.message("Does it go on?")
    assert before == []
    assert asked.buttons == ["Post an update", "Resolve", "Remind me in 1 d"]


async def test_what_was_snoozed_is_open_again_by_itself(stage: Stage) -> None:
    room = await stage.declares("critical Search is down")
    operator = the_operator(stage.organization_id)
    until = stage.clock() + timedelta(hours=1)
    await stage.bus.execute(
        SnoozeIncident(caller=operator, incident_id=await the_id(stage), until=until)
    )
    await stage.settled()
    await stage.passes(timedelta(minutes=59))
    asleep = await reminders(room)

    await stage.passes(timedelta(minutes=2))

    assert asleep == []
    assert await room.message("🔁 The incident was snoozed until now, and is open again.")
    timeline = await stage.store.reads.timeline(stage.organization_id, await the_id(stage))
    [reopened] = [one.event for one in timeline if isinstance(one.event, e.IncidentReopened)]
    assert reopened.by.name == "Tocsin"


async def test_without_a_channel_it_is_asked_below_the_announcement(stage: Stage) -> None:
    await stage.sandbox.settings(restricted_actions=["conversations.create"])
    general = await stage.room("general")
    await stage.alice.types(general, "/incident declare critical Search is down")
    await stage.settled()

    await stage.passes(timedelta(minutes=10))

    announced = await stage.announcement()
    incidents = await stage.room("incidents")
    assert await incidents.reply(announced, "Nobody leads INC-1 yet. Who takes it?")


async def test_of_reminders_that_pile_up_while_slack_is_away_only_the_last_is_posted(
    stage: Stage,
) -> None:
    room = await led(stage)
    await stage.sandbox.fault("chat.postMessage", "rate_limited")
    stage.clock.ahead += HALF_AN_HOUR
    await stage.timers.ring_timers()
    stage.relay.wake()
    await wait_for(_postponed(stage), "A reminder that has to wait")

    stage.clock.ahead += HALF_AN_HOUR
    await stage.timers.ring_timers()
    await stage.settled()

    timeline = await stage.store.reads.timeline(stage.organization_id, await the_id(stage))
    assert [type(one.event) for one in timeline].count(e.ReminderDue) == 2
    assert len(await reminders(room)) == 1


@pytest.mark.parametrize("word", ["update", "resolve"])
async def test_what_was_done_before_the_reminder_could_be_posted_is_not_asked_for(
    stage: Stage, word: str
) -> None:
    room = await led(stage)
    await stage.sandbox.fault("chat.postMessage", "rate_limited")
    stage.clock.ahead += HALF_AN_HOUR
    await stage.timers.ring_timers()
    stage.relay.wake()
    await wait_for(_postponed(stage), "A reminder that has to wait")

    await stage.alice.types(room, f"/incident {word} Restarted it.")
    await stage.settled()

    timeline = await stage.store.reads.timeline(stage.organization_id, await the_id(stage))
    assert [type(one.event) for one in timeline].count(e.ReminderDue) == 1
    assert await reminders(room) == []


async def test_a_promised_update_is_asked_for_by_the_time_that_was_promised(stage: Stage) -> None:
    room = await led(stage)
    await stage.alice.clicks(await stage.card(room), "Update")
    form = await stage.alice.modal("When does the next update come?")
    await form.fill(
        {"What is the news?": "We look.", "When does the next update come?": "Within an hour"}
    )
    await form.submit()
    await stage.settled()
    await stage.passes(timedelta(minutes=59))
    before = await reminders(room)

    await stage.passes(timedelta(minutes=2))

    asked = await room.message("The update on INC-1 that was promised for")
    assert before == []
    assert asked.buttons == ["Post an update", "Remind me in 30 min", "Remind me in 2 h"]
    assert asked.text.startswith("<@")


async def test_whether_it_goes_on_is_answered_with_each_button(stage: Stage) -> None:
    settings = EditIncidentSettings(
        caller=the_operator(stage.organization_id), stale_hours=3, lead_minutes=10
    )
    await stage.bus.execute(settings)
    room = await stage.declares("low The logo is blurred")
    await stage.passes(timedelta(minutes=11))
    await stage.alice.clicks(await room.message("Nobody leads INC-1 yet"), "Remind me in 30 min")
    put_off = await stage.alice.ephemeral(room, "The next reminder about INC-1 comes in 30 min.")
    await stage.alice.types(room, "/incident assign me")
    await stage.passes(timedelta(hours=3, minutes=1))
    asked = await room.message("Does it go on?")

    await stage.alice.clicks(asked, "Post an update")
    await closed(stage.alice, "What is the news?")
    await stage.alice.clicks(asked, "Remind me in 1 d")
    later = await stage.alice.ephemeral(room, "The next reminder about INC-1 comes in 1 d.")
    await stage.passes(timedelta(days=1, minutes=1))
    await stage.alice.clicks(await room.message("Does it go on?"), "Resolve")
    form = await stage.alice.modal("What fixed it?")
    await form.fill({"What fixed it?": "A new logo."})
    await form.submit()
    await stage.settled()

    assert put_off.is_ephemeral
    assert later.is_ephemeral
    assert await room.message("A new logo.")
    assert "Resolved" in (await stage.card(room)).words
