"""Reminders over time on every storage: each a row in the database, none in any memory."""

from datetime import timedelta
from typing import Any

import pytest

from core import commands as c
from core.commands.reminders import PutOffReminder
from core.domain.actor import Caller
from core.domain.follow_up import FollowUp
from core.domain.incident import Incident
from core.domain.incident_settings import SeveritySettings
from core.domain.reminder import Reminder
from core.domain.severity import Severity
from core.domain.state import State
from core.domain.timer import TimerKind
from core.errors import IllegalTransition, InvalidInput
from tests.contract.house import House
from tests.contract.over_time import (
    an_admin,
    declared,
    edit_settings,
    reminders_of,
    tick,
    timer_of,
)


async def test_somebody_is_asked_three_times_to_lead_it(house: House) -> None:
    alice = await an_admin(house)
    await edit_settings(house, severities=(SeveritySettings(severity=Severity.CRITICAL),))
    incident = await declared(house, alice)

    for _ in range(5):
        await tick(house, minutes=10)

    assert await reminders_of(house, incident) == [(Reminder.LEAD, n) for n in (1, 2, 3)]


async def test_where_nobody_is_asked_to_lead_any_more_news_is_asked_for_all_the_same(
    house: House,
) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice)
    await edit_settings(house, lead_minutes=0)

    await tick(house, minutes=10)
    await tick(house, minutes=20)

    assert await reminders_of(house, incident) == [(Reminder.UPDATE, 1)]


async def test_whoever_leads_it_is_not_missed(house: House) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice)
    taken = c.AssignIncident(caller=alice, incident_id=incident.id, assignee_id=alice.actor.user_id)
    await house.bus.execute(taken)

    await tick(house, minutes=29)

    assert await reminders_of(house, incident) == []


async def test_news_is_asked_for_as_often_as_the_severity_wants_it(house: House) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice, assignee_id=alice.actor.user_id)

    await tick(house, minutes=29)
    before = await reminders_of(house, incident)
    await tick(house, minutes=1)
    await tick(house, minutes=30)

    assert before == []
    assert await reminders_of(house, incident) == [(Reminder.UPDATE, 1), (Reminder.UPDATE, 2)]


async def test_news_begins_the_wait_anew_and_what_was_promised_wins(house: House) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice, assignee_id=alice.actor.user_id)
    await tick(house, minutes=20)
    promise = house.clock() + timedelta(minutes=15)
    posted = c.PostUpdate(
        caller=alice, incident_id=incident.id, text="Rolling back.", next_update_at=promise
    )
    await house.bus.execute(posted)

    await tick(house, minutes=14)
    before = await reminders_of(house, incident)
    await tick(house, minutes=1)

    assert before == []
    assert await reminders_of(house, incident) == [(Reminder.UPDATE, 1)]


async def test_nobody_is_reminded_of_what_is_over(house: House) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice)
    await house.bus.execute(c.ResolveIncident(caller=alice, incident_id=incident.id))

    await tick(house, days=3)

    assert await reminders_of(house, incident) == []
    assert await house.storage.chores.due_timers(house.clock(), 10) == []


async def test_what_was_snoozed_is_open_again_by_itself_and_begins_to_wait_anew(
    house: House,
) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice)
    until = house.clock() + timedelta(hours=2)
    await house.bus.execute(c.SnoozeIncident(caller=alice, incident_id=incident.id, until=until))

    await tick(house, minutes=119)
    asleep = (await house.reads.card(house.organization_id, incident.id)).incident
    await tick(house, minutes=1)

    awake = (await house.reads.card(house.organization_id, incident.id)).incident
    lead = await timer_of(house, TimerKind.LEAD, incident.id)
    assert (asleep.state, awake.state) == (State.SNOOZED, State.OPEN)
    assert awake.snoozed_until is None
    assert lead is not None
    assert lead.due_at == until + timedelta(minutes=10)


async def test_what_is_heard_of_it_keeps_it_from_being_stale(house: House) -> None:
    alice = await an_admin(house)
    await edit_settings(house, severities=(SeveritySettings(severity=Severity.CRITICAL),))
    incident = await declared(house, alice, assignee_id=alice.actor.user_id)
    await tick(house, hours=20)
    note = c.AddNote(caller=alice, incident_id=incident.id, text="Waiting for the vendor.")
    await house.bus.execute(note)

    await tick(house, hours=23)
    before = await reminders_of(house, incident)
    await tick(house, hours=1)

    assert before == []
    assert await reminders_of(house, incident) == [(Reminder.STALE, 1)]


async def test_a_reminder_is_put_off_and_then_begins_with_the_lead_again(house: House) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice, assignee_id=alice.actor.user_id)
    await tick(house, minutes=30)
    await tick(house, minutes=30)
    wish = PutOffReminder(
        caller=alice,
        incident_id=incident.id,
        reminder=Reminder.UPDATE,
        wait=timedelta(minutes=45),
    )
    await house.bus.execute(wish)

    await tick(house, minutes=44)
    await tick(house, minutes=1)

    reminded = [(Reminder.UPDATE, 1), (Reminder.UPDATE, 2), (Reminder.UPDATE, 1)]
    assert await reminders_of(house, incident) == reminded


async def test_what_is_over_cannot_be_put_off(house: House) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice)
    await house.bus.execute(c.ResolveIncident(caller=alice, incident_id=incident.id))
    wish = PutOffReminder(
        caller=alice, incident_id=incident.id, reminder=Reminder.UPDATE, wait=timedelta(hours=1)
    )

    with pytest.raises(IllegalTransition, match="INC-1"):
        await house.bus.execute(wish)


@pytest.mark.parametrize("minutes", [0, -5, 91 * 24 * 60])
async def test_a_reminder_is_put_off_by_a_sensible_time(house: House, minutes: int) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice)
    wish = PutOffReminder(
        caller=alice,
        incident_id=incident.id,
        reminder=Reminder.UPDATE,
        wait=timedelta(minutes=minutes),
    )

    with pytest.raises(InvalidInput) as refused:
        await house.bus.execute(wish)

    assert refused.value.field == "wait"


async def _task(house: House, alice: Caller, incident: Incident, **more: Any) -> FollowUp:
    wish = c.AddFollowUp(caller=alice, incident_id=incident.id, title="Add a test", **more)
    return await house.bus.execute(wish)


async def test_a_task_is_reminded_of_when_it_is_due_until_it_is_done(house: House) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice)
    await house.bus.execute(c.ResolveIncident(caller=alice, incident_id=incident.id))
    await edit_settings(house, tasks_left_hours=0)
    due_at = house.clock() + timedelta(hours=2)
    task = await _task(house, alice, incident, due_at=due_at)

    await tick(house, hours=2)
    await tick(house, days=1)
    await house.bus.execute(c.EditFollowUp(caller=alice, follow_up_id=task.id, status="completed"))
    await tick(house, days=1)

    assert await reminders_of(house, incident) == [(Reminder.TASK, 1), (Reminder.TASK, 2)]


async def test_a_task_that_is_due_later_is_reminded_of_later(house: House) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice)
    task = await _task(house, alice, incident, due_at=house.clock() + timedelta(hours=2))
    later = house.clock() + timedelta(hours=5)

    await house.bus.execute(c.EditFollowUp(caller=alice, follow_up_id=task.id, due_at=later))

    timer = await timer_of(house, TimerKind.TASK, task.id)
    assert timer is not None
    assert timer.due_at == later


async def test_a_task_that_is_deleted_or_not_dated_any_more_is_due_never(house: House) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice)
    soon = house.clock() + timedelta(hours=2)
    deleted = await _task(house, alice, incident, due_at=soon)
    undated = await _task(house, alice, incident, due_at=soon)

    await house.bus.execute(c.DeleteFollowUp(caller=alice, follow_up_id=deleted.id))
    edited = await house.bus.execute(
        c.EditFollowUp(caller=alice, follow_up_id=undated.id, undated=True)
    )

    assert edited.due_at is None
    assert await timer_of(house, TimerKind.TASK, deleted.id) is None
    assert await timer_of(house, TimerKind.TASK, undated.id) is None


async def test_tasks_that_are_left_are_told_of_a_day_after_the_end_and_not_before(
    house: House,
) -> None:
    alice = await an_admin(house)
    await edit_settings(house, stale_hours=0, lead_minutes=0)
    incident = await declared(house, alice, severity_id=None)
    await _task(house, alice, incident)
    await tick(house, hours=30)
    await house.bus.execute(c.ResolveIncident(caller=alice, incident_id=incident.id))

    await tick(house, hours=23)
    before = [one for one in await reminders_of(house, incident) if one[0] is Reminder.TASKS_LEFT]
    await tick(house, hours=1)
    await tick(house, days=7)

    left = [one for one in await reminders_of(house, incident) if one[0] is Reminder.TASKS_LEFT]
    assert before == []
    assert left == [(Reminder.TASKS_LEFT, 1), (Reminder.TASKS_LEFT, 2)]


async def test_a_task_cannot_be_due_in_the_past(house: House) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice)

    with pytest.raises(InvalidInput) as refused:
        await _task(house, alice, incident, due_at=house.clock())

    assert refused.value.field == "due_at"


async def test_of_tasks_of_others_is_said_what_is_said_of_none(house: House) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice)
    task = await _task(house, alice, await declared(house, alice))
    said = []

    for task_id in (task.id, "fup_none", ""):
        with pytest.raises(InvalidInput) as refused:
            await house.bus.execute(_putting_off(alice, incident, task_id))
        said.append(refused.value)

    assert [one.field for one in said] == ["task_id"] * 3
    assert {str(one) for one in said} == {"INC-1 has no such task; choose one of its tasks."}


async def test_of_a_task_that_is_done_nobody_is_reminded_later(house: House) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice)
    task = await _task(house, alice, incident)
    done = c.EditFollowUp(caller=alice, follow_up_id=task.id, status="completed")
    await house.bus.execute(done)

    with pytest.raises(IllegalTransition, match="not open any more"):
        await house.bus.execute(_putting_off(alice, incident, task.id))


def _putting_off(caller: Caller, incident: Incident, task_id: str) -> PutOffReminder:
    return PutOffReminder(
        caller=caller,
        incident_id=incident.id,
        reminder=Reminder.TASK,
        wait=timedelta(hours=1),
        task_id=task_id,
    )


async def test_a_deleted_incident_leaves_no_timer(house: House) -> None:
    alice = await an_admin(house)
    incident = await declared(house, alice)

    await house.bus.execute(c.DeleteIncident(caller=alice, incident_id=incident.id))

    kinds = (TimerKind.LEAD, TimerKind.UPDATE, TimerKind.STALE, TimerKind.SNOOZE)
    assert [await timer_of(house, kind, incident.id) for kind in kinds] == [None] * 4
