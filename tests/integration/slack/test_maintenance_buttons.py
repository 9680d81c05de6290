"""Presses on a window's card, the forms they open, and who comes too late."""

import asyncio
from datetime import datetime, timedelta

import pytest

from core.domain.events import MaintenanceStarted
from core.domain.maintenance import MaintenanceState
from core.ports import AgendaQuery
from sandbox.conversation.card import Card
from sandbox.conversation.form import Form
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from tests.integration.slack.stage import Stage
from tests.integration.slack.windows import a_service, in_hours, scheduled, stored


@pytest.fixture
async def incidents(stage: Stage) -> Room:
    """Where cards go that have no channel of their own."""
    return await stage.room("incidents")


def stamp(at: datetime) -> int:
    return int(at.timestamp())


def everything(stage: Stage) -> AgendaQuery:
    now = stage.clock()
    return AgendaQuery(since=now, until=now + timedelta(days=30))


async def the_card(stage: Stage, room: Room) -> Card:
    """The window's card as it is now."""
    await stage.settled()
    return next(card for card in await room.messages() if card.buttons)


async def presses(stage: Stage, person: Person, room: Room, label: str, words: str) -> Form:
    """The form that a button of the card opens."""
    await person.clicks(await the_card(stage, room), label)
    return await (await person.modal()).containing(words)


async def test_in_its_channel_the_card_says_enough(stage: Stage, incidents: Room) -> None:
    await scheduled(stage)

    await stage.alice.clicks(await the_card(stage, incidents), "Start now")

    shown = await the_card(stage, incidents)
    assert shown.buttons == ["Complete", "Extend", "Post progress", "Cancel maintenance"]
    assert "In progress" in shown.words
    assert await stage.alice.ephemerals(incidents) == []


async def test_of_two_who_press_at_once_one_starts_it_and_the_other_hears_so(
    stage: Stage, incidents: Room
) -> None:
    await scheduled(stage)
    shown = await the_card(stage, incidents)

    await asyncio.gather(
        stage.alice.clicks(shown, "Start now"), stage.bob.clicks(shown, "Start now")
    )
    await stage.settled()

    timeline = await stage.store.reads.maintenance_timeline(
        stage.organization_id, (await stored(stage)).id
    )
    assert [type(entry.event) for entry in timeline].count(MaintenanceStarted) == 1
    told = [
        card.words
        for person in (stage.alice, stage.bob)
        for card in await person.ephemerals(incidents)
    ]
    assert len(told) == 1
    assert "MNT-1 was started by " in told[0]


async def test_who_presses_after_the_clock_hears_that_it_has_started(
    stage: Stage, incidents: Room
) -> None:
    await scheduled(stage, hours=1)
    await stage.alice.types(incidents, "/maintenance show")
    shown = await stage.alice.ephemeral(incidents, "New database")
    await stage.passes(timedelta(hours=1, minutes=5))

    await stage.alice.clicks(shown, "Start now")

    assert await stage.alice.ephemeral(incidents, "MNT-1 was started by ")
    await stage.settled()


async def test_extending_until_a_picked_time(stage: Stage, incidents: Room) -> None:
    window = await scheduled(stage)
    await stage.alice.clicks(await the_card(stage, incidents), "Start now")
    form = await presses(stage, stage.alice, incidents, "Extend", "How much longer?")
    until = window.scheduled_end_at.replace(second=0) + timedelta(hours=3)

    await form.fill({"How much longer?": "Until the time below", "Until": int(until.timestamp())})
    await form.submit()

    assert await stage.alice.ephemeral(incidents, "MNT-1 now ends on")
    assert (await stored(stage)).scheduled_end_at == until
    await stage.settled()


async def test_an_end_that_is_no_later_is_refused_at_its_field(
    stage: Stage, incidents: Room
) -> None:
    window = await scheduled(stage)
    await stage.alice.clicks(await the_card(stage, incidents), "Start now")
    form = await presses(stage, stage.alice, incidents, "Extend", "How much longer?")
    until = window.scheduled_start_at - timedelta(days=3)

    await form.fill({"How much longer?": "Until the time below", "Until": int(until.timestamp())})
    errors = (await form.submit())["errors"]

    assert list(errors) == ["until"]
    await stage.settled()


async def test_canceling_asks_why_and_tells_everybody(stage: Stage, incidents: Room) -> None:
    await scheduled(stage)
    form = await presses(stage, stage.bob, incidents, "Cancel maintenance", "Why?")

    await form.fill({"Why?": "The vendor is not ready."})
    await form.submit()
    await stage.settled()

    assert (await stored(stage)).cancel_reason == "The vendor is not ready."
    assert await incidents.message("The vendor is not ready.")


async def test_only_this_occurrence_is_canceled_unless_more_is_meant(
    stage: Stage, incidents: Room
) -> None:
    await scheduled(stage, recurrence="FREQ=DAILY")
    form = await presses(stage, stage.alice, incidents, "Cancel maintenance", "What is canceled?")

    await form.submit()

    assert await stage.alice.ephemeral(incidents, "its series goes on")
    assert (await stored(stage, "MNT-2")).state is MaintenanceState.SCHEDULED
    await stage.settled()


async def test_the_whole_series_is_canceled_where_that_is_meant(
    stage: Stage, incidents: Room
) -> None:
    await scheduled(stage, recurrence="FREQ=DAILY")
    form = await presses(stage, stage.alice, incidents, "Cancel maintenance", "What is canceled?")

    await form.fill({"What is canceled?": "This one and all that follow"})
    await form.submit()

    assert await stage.alice.ephemeral(incidents, "nothing of its series follows")
    assert (await stage.store.reads.agenda(stage.organization_id, everything(stage))) == []
    await stage.settled()


async def test_progress_is_posted_from_a_form(stage: Stage, incidents: Room) -> None:
    await scheduled(stage)
    form = await presses(stage, stage.alice, incidents, "Post progress", "What is the news?")

    await form.fill({"What is the news?": "Half of it is done."})
    await form.submit()
    await stage.settled()

    assert "Half of it is done." in (await the_card(stage, incidents)).words


async def test_one_occurrence_is_moved_and_the_series_stays(stage: Stage, incidents: Room) -> None:
    window = await scheduled(stage, recurrence="FREQ=DAILY")
    form = await presses(stage, stage.alice, incidents, "Change", "What is done?")
    later = window.scheduled_start_at.replace(second=0) + timedelta(hours=2)

    await form.fill({"Start": stamp(later), "End": stamp(later + timedelta(hours=1))})
    await form.submit()
    await stage.settled()

    moved = await stored(stage)
    assert (moved.scheduled_start_at, moved.recurrence) == (later, "FREQ=DAILY")
    assert moved.series_start_at == window.series_start_at


async def test_all_that_follow_move_along_where_that_is_meant(
    stage: Stage, incidents: Room
) -> None:
    window = await scheduled(stage, recurrence="FREQ=DAILY")
    form = await presses(stage, stage.alice, incidents, "Change", "What is done?")
    later = window.scheduled_start_at.replace(second=0) + timedelta(hours=2)

    await form.fill(
        {
            "Start": stamp(later),
            "End": stamp(later + timedelta(hours=1)),
            "Other times are meant for": "This one and all that follow",
        }
    )
    await form.submit()
    await stage.settled()

    moved = await stored(stage)
    assert (moved.scheduled_start_at, moved.series_start_at) == (later, later)


async def test_a_viewers_press_changes_nothing(stage: Stage, incidents: Room) -> None:
    await scheduled(stage)
    carol = stage.sandbox.person("carol")
    await stage.is_viewer("carol")

    await carol.clicks(await the_card(stage, incidents), "Start now")

    assert await carol.ephemeral(incidents, "You may not change maintenance")
    assert (await stored(stage)).state is MaintenanceState.SCHEDULED


async def test_services_and_zones_are_found_as_they_are_typed(
    stage: Stage, incidents: Room
) -> None:
    for number in range(101):
        await a_service(stage, f"service {number:03}")
    await stage.alice.types(incidents, "/maintenance schedule Disks")
    form = await (await stage.alice.modal()).containing("What is done?")

    services = await form.options("Services", "ice 09")
    zones = await form.options("Time zone of the maintenance", "new york")

    assert services == [f"service {number:03}" for number in range(90, 100)]
    assert zones == ["America/New_York"]
    await form.fill(
        {
            "Time zone of the maintenance": {
                "text": {"type": "plain_text", "text": zones[0], "emoji": False},
                "value": zones[0],
            },
            "Start": stamp(in_hours(stage, 30)),
            "End": stamp(in_hours(stage, 31)),
        }
    )
    await form.submit()
    assert await stage.alice.ephemeral(incidents, "MNT-1 “Disks” is scheduled")
    assert (await stored(stage)).timezone == "America/New_York"
    await stage.settled()


async def test_a_window_that_nobody_started_is_moved(stage: Stage, incidents: Room) -> None:
    await scheduled(stage, hours=1, auto_start=False)
    await stage.passes(timedelta(hours=3))
    await stage.alice.types(incidents, "/maintenance start MNT-1")
    form = await presses(stage, stage.alice, incidents, "Change", "What is done?")
    later = in_hours(stage, 5).replace(second=0)

    await form.fill({"Start": stamp(later), "End": stamp(later + timedelta(hours=1))})
    await form.submit()
    await stage.settled()

    assert await stage.alice.ephemeral(incidents, "MNT-1 “New database” is scheduled")
    assert (await stored(stage)).scheduled_start_at == later
    assert (await the_card(stage, incidents)).buttons[0] == "Start now"
