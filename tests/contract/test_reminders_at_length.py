"""Reminders of what goes on for long, and after Tocsin was away: bounded, spread, never in vain."""

from datetime import timedelta
from typing import Any

from bot.alert_clock import AlertClock, Hands
from core import commands as c
from core.commands.settings import EditIncidentSettings
from core.domain import events as e
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.incident import Incident
from core.domain.incident_settings import SeveritySettings
from core.domain.reminder import Reminder
from core.domain.reminder_times import MOST_STALE, MOST_UPDATE, NEWS, UNHEARD
from core.domain.severity import Severity
from core.domain.state import State
from core.domain.timer import Timer, TimerKind
from core.ports import UnitOfWork
from core.views import TimelineEntry
from tests.contract.house import House
from tests.fakes.people import hire, the_operator


async def _alice(house: House) -> Caller:
    return await hire(house.bus, house.organization_id, "Alice Archer", Role.ADMIN)


async def _declared(house: House, alice: Caller, **more: Any) -> Incident:
    wish = c.DeclareIncident(caller=alice, title="Checkout is slow", severity="critical", **more)
    return await house.bus.execute(wish)


async def _settings(house: House, **changes: Any) -> None:
    operator = the_operator(house.organization_id)
    await house.bus.execute(EditIncidentSettings(caller=operator, **changes))


async def _tick(house: House, **duration: float) -> None:
    house.clock.advance(**duration)
    hands = Hands(
        clock=house.clock,
        monotonic=lambda: 0.0,
        execute=house.bus.execute,
        waiting=house.storage.inbox.waiting,
    )
    await AlertClock(house.storage.chores, hands).turn()


async def _timer(house: House, kind: TimerKind, subject_id: str) -> Timer | None:
    async def work(uow: UnitOfWork) -> Timer | None:
        return await uow.timers.get(kind, subject_id)

    return await house.run(work)


async def _reminded(house: House, incident: Incident) -> list[tuple[Reminder, int]]:
    entries = await house.reads.timeline(house.organization_id, incident.id)
    due = [entry.event for entry in entries if isinstance(entry.event, e.ReminderDue)]
    return [(event.reminder, event.count) for event in due]


async def test_the_last_line_of_some_kinds_is_found_and_the_last_of_all_others(
    house: House,
) -> None:
    alice = await _alice(house)
    incident = await _declared(house, alice, assignee_id=alice.actor.user_id)
    house.clock.advance(minutes=10)
    note = c.AddNote(caller=alice, incident_id=incident.id, text="Hm.")
    await house.bus.execute(note)
    await _tick(house, minutes=20)

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
    alice = await _alice(house)
    own = alice.actor.user_id
    incidents = [await _declared(house, alice, assignee_id=own) for _ in range(3)]

    await _tick(house, hours=5)
    timers = [await _timer(house, TimerKind.UPDATE, one.id) for one in incidents]
    told = [await _reminded(house, one) for one in incidents]
    await _tick(house, minutes=15)

    dues = {timer.due_at for timer in timers if timer}
    assert told == [[], [], []]
    assert len(dues) == 3
    later = [await _reminded(house, one) for one in incidents]
    assert later == [[(Reminder.UPDATE, 1)]] * 3


async def test_what_was_to_be_open_again_long_ago_is_not_all_at_once(house: House) -> None:
    alice = await _alice(house)
    incidents = [await _declared(house, alice) for _ in range(3)]
    until = house.clock() + timedelta(hours=2)
    for one in incidents:
        await house.bus.execute(c.SnoozeIncident(caller=alice, incident_id=one.id, until=until))

    await _tick(house, days=5)
    timers = [await _timer(house, TimerKind.SNOOZE, one.id) for one in incidents]
    await _tick(house, minutes=15)

    cards = [await house.reads.card(house.organization_id, one.id) for one in incidents]
    assert len({timer.due_at for timer in timers if timer}) == 3
    assert {card.incident.state for card in cards} == {State.OPEN}


async def test_news_is_asked_for_so_often_and_not_for_ever(house: House) -> None:
    alice = await _alice(house)
    await _settings(house, stale_hours=0)
    incident = await _declared(house, alice, assignee_id=alice.actor.user_id)

    for _ in range(3 * MOST_UPDATE):
        timer = await _timer(house, TimerKind.UPDATE, incident.id)
        if timer:
            await _tick(house, seconds=(timer.due_at - house.clock()).total_seconds())

    counts = [count for _, count in await _reminded(house, incident)]
    assert counts == [*range(1, MOST_UPDATE + 1)]


async def test_what_nobody_hears_of_is_asked_for_so_often_and_not_for_ever(house: House) -> None:
    alice = await _alice(house)
    await _settings(house, severities=(SeveritySettings(severity=Severity.CRITICAL),))
    incident = await _declared(house, alice, assignee_id=alice.actor.user_id)

    for _ in range(3 * MOST_STALE):
        timer = await _timer(house, TimerKind.STALE, incident.id)
        if timer:
            await _tick(house, seconds=(timer.due_at - house.clock()).total_seconds())

    counts = [count for _, count in await _reminded(house, incident)]
    assert counts == [*range(1, MOST_STALE + 1)]


async def test_both_together_come_to_an_end(house: House) -> None:
    alice = await _alice(house)
    incident = await _declared(house, alice, assignee_id=alice.actor.user_id)

    for _ in range(3 * (MOST_UPDATE + MOST_STALE)):
        timers = [
            await _timer(house, kind, incident.id) for kind in (TimerKind.UPDATE, TimerKind.STALE)
        ]
        dues = [timer.due_at for timer in timers if timer]
        if dues:
            await _tick(house, seconds=(min(dues) - house.clock()).total_seconds())

    reminded = await _reminded(house, incident)
    assert len(reminded) == MOST_UPDATE + MOST_STALE


async def test_what_is_reopened_is_not_over_and_its_tasks_are_told_of_after_its_next_end(
    house: House,
) -> None:
    alice = await _alice(house)
    await _settings(house, stale_hours=0, lead_minutes=0, archive_days=0)
    incident = await _declared(house, alice, assignee_id=alice.actor.user_id)
    about: dict[str, Any] = {"caller": alice, "incident_id": incident.id}
    await house.bus.execute(c.AddFollowUp(**about, title="Add a test"))
    await house.bus.execute(c.ResolveIncident(**about))
    await _tick(house, hours=24)
    await house.bus.execute(c.ReopenIncident(**about))

    await _tick(house, days=7)
    while_it_went_on = _left(await _reminded(house, incident))
    await house.bus.execute(c.ResolveIncident(**about))
    await _tick(house, hours=24)

    assert while_it_went_on == [1]
    assert _left(await _reminded(house, incident)) == [1, 1]


def _left(reminded: list[tuple[Reminder, int]]) -> list[int]:
    return [count for reminder, count in reminded if reminder is Reminder.TASKS_LEFT]


async def test_a_week_that_is_to_be_summed_up_now_is_not_lost_when_settings_change(
    house: House,
) -> None:
    await _settings(house, digest_channel="#digest")
    overdue = await _timer(house, TimerKind.SUMMARY, "organization")
    assert overdue
    house.clock.now = overdue.due_at + timedelta(seconds=20)

    await _settings(house, lead_minutes=5)

    assert await _timer(house, TimerKind.SUMMARY, "organization") == overdue
