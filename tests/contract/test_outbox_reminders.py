"""Reminders leave when nothing else does: nobody is told later of an incident because of them."""

from datetime import timedelta
from typing import Any

from core.commands import AddNote
from core.commands.together import ChangeMembers
from core.domain.events import ReminderDue
from core.domain.incident import Incident
from core.domain.reminder import Reminder
from core.domain.severity import Severity
from core.effects import PostNotice, PostReminder, RefreshAnnouncement
from core.ports import Parcel, UnitOfWork
from tests.contract.house import House
from tests.fakes.moment import NOON
from tests.fakes.people import a_caller, the_operator


async def _shown(house: House, **more: Any) -> Incident:
    incident = await house.declare(**more)
    while parcels := await house.claim():
        for parcel in parcels:
            await house.outbox.settle(parcel)
    return incident


async def _reminded(house: House, shown: Incident | None = None) -> Incident:
    """One that has been shown, and of which people are to be reminded now."""
    incident = shown or await _shown(house)

    async def work(uow: UnitOfWork) -> None:
        due = ReminderDue(
            incident_id=incident.id,
            by=a_caller(house.organization_id).actor,
            at=house.clock(),
            reminder=Reminder.LEAD,
            count=1,
            since=NOON,
        )
        await uow.incidents.save(await uow.incidents.get(incident.id), because=due)

    await house.run(work)
    return incident


async def test_what_was_declared_since_is_announced_before_reminders_that_waited_longer(
    house: House,
) -> None:
    reminded = await _reminded(house)
    house.clock.advance(minutes=10)
    declared = await house.declare(created_at=house.clock())

    first, second, third = [await house.claim(limit=1) for _ in range(3)]

    assert [one.effect for one in first] == [RefreshAnnouncement(incident_id=declared.id)]
    assert [(type(one.effect), one.effect.subject_id) for one in second] == [
        (PostReminder, reminded.id)
    ]
    assert third == []


async def test_a_reminder_fills_the_hands_that_are_free(house: House) -> None:
    shown = [await _shown(house) for _ in range(3)]
    reminded = [await _reminded(house, one) for one in shown]
    declared = await house.declare()

    parcels = await house.claim(limit=3)

    subjects = [one.effect.subject_id for one in parcels]
    assert subjects == [declared.id, reminded[0].id, reminded[1].id]


async def test_what_is_due_next_may_be_a_reminder(house: House) -> None:
    await _reminded(house)
    [reminder] = await house.claim()
    later = house.clock() + timedelta(minutes=5)

    await house.outbox.postpone(reminder, later, "Slack limits.", doubtful=False, counted=False)

    assert await house.outbox.next_due() == later


async def test_what_waits_behind_a_reminder_comes_before_what_was_due_later(house: House) -> None:
    reminded = await _reminded(house)
    note = AddNote(
        caller=a_caller(house.organization_id), incident_id=reminded.id, text="Back in a minute."
    )
    await house.bus.execute(note)
    house.clock.advance(minutes=10)
    declared = await house.declare(created_at=house.clock())

    reminder, announcement = [await _only(house) for _ in range(2)]
    await house.outbox.settle(reminder)
    told = await _only(house)

    assert isinstance(reminder.effect, PostReminder)
    assert announcement.effect == RefreshAnnouncement(incident_id=declared.id)
    assert isinstance(told.effect, PostNotice)


async def test_reminders_with_nothing_behind_them_do_not_come_before_one_that_holds_up_more(
    house: House,
) -> None:
    shown = [await _shown(house) for _ in range(4)]
    *alone, held = [await _reminded(house, one) for one in shown]
    for _ in range(3):
        await _reminded(house, alone[0])
    note = AddNote(caller=a_caller(house.organization_id), incident_id=held.id, text="Hm.")
    await house.bus.execute(note)

    parcels = await house.claim(limit=2)

    assert [one.effect.subject_id for one in parcels] == [held.id, alone[0].id]


async def test_a_reminder_before_a_channel_goes_when_the_channel_would(house: House) -> None:
    critical = await _shown(house, severity=Severity.CRITICAL)
    await house.declare(severity=Severity.LOW)
    await house.outbox.settle(await _only(house))
    await _reminded(house, critical)
    operator = the_operator(house.organization_id)
    await house.bus.execute(ChangeMembers(caller=operator, incident_id=critical.id, private=True))

    parcel = await _only(house)

    assert (type(parcel.effect), parcel.effect.subject_id) == (PostReminder, critical.id)


async def _only(house: House) -> Parcel:
    [parcel] = await house.claim(limit=1)
    return parcel
