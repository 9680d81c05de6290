"""Reminders of what goes on for long, and after Tocsin was away: bounded, spread, never in vain."""

from datetime import timedelta
from typing import Any

import pytest

from core import commands as c
from core.domain import events as e
from core.domain.incident_settings import SeveritySettings
from core.domain.reminder import Reminder
from core.domain.reminder_times import MOST_STALE, MOST_UPDATE, NEWS, UNHEARD
from core.domain.severity import Severity
from core.domain.state import State
from core.domain.timer import TimerKind
from core.ports import UnitOfWork
from core.views import TimelineEntry
from tests.contract.house import House
from tests.contract.over_time import (
    an_admin,
    declared,
    edit_settings,
    reminders_of,
    tick,
    timer_of,
)


async def test_the_last_line_of_some_kinds_is_found_and_the_last_of_all_others(
    house: House,
) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice, assignee_id=alice.actor.user_id)
    house.clock.advance(minutes=10)
    note = c.AddNote(caller=alice, incident_id=incident.id, text="Hm.")
    await house.bus.execute(note)
    await tick(house, minutes=20)

    async def work(uow: UnitOfWork) -> list[TimelineEntry | None]:
        return [
            await uow.timeline.last(incident.id, NEWS),
            await uow.timeline.last(incident.id, UNHEARD),
            await uow.timeline.last(incident.id, UNHEARD, beside=True),
            await uow.timeline.last(incident.id, (e.UpdatePosted,)),
        ]

    found = [type(one.event) if one else None for one in await house.run(work)]

    assert found == [e.IncidentDeclared, e.ReminderDue, e.NoteAdded, None]


async def test_reminders_that_came_due_while_tocsin_was_away_are_spread(house: House) -> None:
    alice = await an_admin(house)
    own = alice.actor.user_id
    incidents = [await declared(house, alice, assignee_id=own) for _ in range(3)]

    await tick(house, hours=5)
    timers = [await timer_of(house, TimerKind.UPDATE, one.id) for one in incidents]
    told = [await reminders_of(house, one) for one in incidents]
    await tick(house, minutes=15)

    dues = {timer.due_at for timer in timers if timer}
    assert told == [[], [], []]
    assert len(dues) == 3
    later = [await reminders_of(house, one) for one in incidents]
    assert later == [[(Reminder.UPDATE, 1)]] * 3


@pytest.mark.parametrize("behind", [3, 40])
async def test_a_clock_that_is_behind_puts_off_what_is_overdue_once_at_most(
    house: House, behind: int
) -> None:
    alice = await an_admin(house)
    await edit_settings(house, lead_minutes=1)
    incident = await declared(house, alice)

    for _ in range(2):
        await tick(house, minutes=behind)

    assert (Reminder.LEAD, 1) in await reminders_of(house, incident)


async def test_what_was_late_by_a_little_is_told_at_once(house: House) -> None:
    alice = await an_admin(house)
    await edit_settings(house, lead_minutes=1)
    incident = await declared(house, alice)

    await tick(house, minutes=15)

    assert await reminders_of(house, incident) == [(Reminder.LEAD, 1)]


async def test_what_was_to_be_open_again_long_ago_is_not_all_at_once(house: House) -> None:
    alice = await an_admin(house)
    incidents = [await declared(house, alice) for _ in range(3)]
    until = house.clock() + timedelta(hours=2)
    for one in incidents:
        await house.bus.execute(c.SnoozeIncident(caller=alice, incident_id=one.id, until=until))

    await tick(house, days=5)
    timers = [await timer_of(house, TimerKind.SNOOZE, one.id) for one in incidents]
    await tick(house, minutes=15)

    cards = [await house.reads.card(house.organization_id, one.id) for one in incidents]
    assert len({timer.due_at for timer in timers if timer}) == 3
    assert {card.incident.state for card in cards} == {State.OPEN}


async def test_news_is_asked_for_so_often_and_not_for_ever(house: House) -> None:
    alice = await an_admin(house)
    await edit_settings(house, stale_hours=0)
    incident = await declared(house, alice, assignee_id=alice.actor.user_id)

    for _ in range(3 * MOST_UPDATE):
        timer = await timer_of(house, TimerKind.UPDATE, incident.id)
        if timer:
            await tick(house, seconds=(timer.due_at - house.clock()).total_seconds())

    counts = [count for _, count in await reminders_of(house, incident)]
    assert counts == [*range(1, MOST_UPDATE + 1)]


async def test_what_nobody_hears_of_is_asked_for_so_often_and_not_for_ever(house: House) -> None:
    alice = await an_admin(house)
    await edit_settings(house, severities=(SeveritySettings(severity=Severity.CRITICAL),))
    incident = await declared(house, alice, assignee_id=alice.actor.user_id)

    for _ in range(3 * MOST_STALE):
        timer = await timer_of(house, TimerKind.STALE, incident.id)
        if timer:
            await tick(house, seconds=(timer.due_at - house.clock()).total_seconds())

    counts = [count for _, count in await reminders_of(house, incident)]
    assert counts == [*range(1, MOST_STALE + 1)]


async def test_another_reminder_does_not_begin_again_what_was_said_often_enough(
    house: House,
) -> None:
    alice = await an_admin(house)
    await edit_settings(house, stale_hours=24 * 28)
    incident = await declared(house, alice, assignee_id=alice.actor.user_id)
    for _ in range(MOST_UPDATE):
        timer = await timer_of(house, TimerKind.UPDATE, incident.id)
        assert timer
        await tick(house, seconds=(timer.due_at - house.clock()).total_seconds())

    await tick(house, days=28)

    assert (await reminders_of(house, incident))[-1] == (Reminder.STALE, 1)
    assert await timer_of(house, TimerKind.UPDATE, incident.id) is None


async def test_both_together_come_to_an_end(house: House) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice, assignee_id=alice.actor.user_id)

    for _ in range(3 * (MOST_UPDATE + MOST_STALE)):
        timers = [
            await timer_of(house, kind, incident.id) for kind in (TimerKind.UPDATE, TimerKind.STALE)
        ]
        dues = [timer.due_at for timer in timers if timer]
        if dues:
            await tick(house, seconds=(min(dues) - house.clock()).total_seconds())

    reminded = await reminders_of(house, incident)
    assert len(reminded) == MOST_UPDATE + MOST_STALE


async def test_what_is_reopened_is_not_over_and_its_tasks_are_told_of_after_its_next_end(
    house: House,
) -> None:
    alice = await an_admin(house)
    await edit_settings(house, stale_hours=0, lead_minutes=0, archive_days=0)
    incident = await declared(house, alice, assignee_id=alice.actor.user_id)
    about: dict[str, Any] = {"caller": alice, "incident_id": incident.id}
    await house.bus.execute(c.AddFollowUp(**about, title="Add a test"))
    await house.bus.execute(c.ResolveIncident(**about))
    await tick(house, hours=24)
    await house.bus.execute(c.ReopenIncident(**about))

    await tick(house, days=7)
    while_it_went_on = _left(await reminders_of(house, incident))
    await house.bus.execute(c.ResolveIncident(**about))
    await tick(house, hours=24)

    assert while_it_went_on == [1]
    assert _left(await reminders_of(house, incident)) == [1, 1]


def _left(reminded: list[tuple[Reminder, int]]) -> list[int]:
    return [count for reminder, count in reminded if reminder is Reminder.TASKS_LEFT]


async def test_a_week_that_is_to_be_summed_up_now_is_not_lost_when_settings_change(
    house: House,
) -> None:
    await edit_settings(house, digest_channel="#digest")
    overdue = await timer_of(house, TimerKind.SUMMARY, "organization")
    assert overdue
    house.clock.now = overdue.due_at + timedelta(seconds=20)

    await edit_settings(house, lead_minutes=5)

    assert await timer_of(house, TimerKind.SUMMARY, "organization") == overdue
