"""What is due about alerts: one timer of a kind and a subject, found when its moment has come."""

from datetime import timedelta

from core.domain.ids import ChannelId, IncidentId
from core.domain.state import State
from core.domain.timer import Timer, TimerKind
from core.ports import UnitOfWork
from tests.contract.house import House


async def _set(house: House, kind: TimerKind, subject: str, minutes: int) -> Timer:
    timer = Timer(kind=kind, subject_id=subject, due_at=house.clock() + timedelta(minutes=minutes))

    async def work(uow: UnitOfWork) -> None:
        await uow.timers.set(timer)

    await house.run(work)
    return timer


async def _known(house: House, kind: TimerKind, subject: str) -> Timer | None:
    async def work(uow: UnitOfWork) -> Timer | None:
        return await uow.timers.get(kind, subject)

    return await house.run(work)


async def test_a_timer_is_kept_until_it_is_canceled(house: House) -> None:
    timer = await _set(house, TimerKind.GRACE, "inc_1", 5)
    await _set(house, TimerKind.NOTIFY, "inc_1", 1)

    async def work(uow: UnitOfWork) -> None:
        await uow.timers.cancel(TimerKind.NOTIFY, "inc_1")
        await uow.timers.cancel(TimerKind.NOTIFY, "inc_2")

    await house.run(work)

    assert await _known(house, TimerKind.GRACE, "inc_1") == timer
    assert await _known(house, TimerKind.NOTIFY, "inc_1") is None


async def test_a_timer_takes_the_place_of_the_one_before(house: House) -> None:
    await _set(house, TimerKind.HOLD, "int_1", 5)
    later = await _set(house, TimerKind.HOLD, "int_1", 9)

    assert await _known(house, TimerKind.HOLD, "int_1") == later


async def test_timers_that_are_due_are_found_longest_due_first(house: House) -> None:
    await _set(house, TimerKind.HOLD, "int_later", 10)
    await _set(house, TimerKind.GRACE, "inc_second", 2)
    await _set(house, TimerKind.SILENCE, "sil_first", 1)
    house.clock.advance(minutes=5)

    due = await house.storage.chores.due_timers(house.clock(), 10)

    ours = house.organization_id
    assert due == [
        (ours, TimerKind.SILENCE, "sil_first"),
        (ours, TimerKind.GRACE, "inc_second"),
    ]
    assert await house.storage.chores.due_timers(house.clock(), 1) == due[:1]


async def test_what_is_due_about_alerts_goes_before_reminders_that_waited_longer(
    house: House,
) -> None:
    await _set(house, TimerKind.UPDATE, "inc_long_overdue", 1)
    await _set(house, TimerKind.SNOOZE, "inc_asleep", 2)
    await _set(house, TimerKind.NOTIFY, "inc_calling", 9)
    await _set(house, TimerKind.HOLD, "int_held", 8)
    house.clock.advance(minutes=10)

    due = await house.storage.chores.due_timers(house.clock(), 10)

    subjects = [subject for _, _, subject in due]
    assert subjects == ["int_held", "inc_calling", "inc_long_overdue", "inc_asleep"]


async def test_setting_and_canceling_in_one_transaction_leaves_what_came_last(
    house: House,
) -> None:
    at = house.clock()

    async def work(uow: UnitOfWork) -> None:
        await uow.timers.set(Timer(kind=TimerKind.HOLD, subject_id="a", due_at=at))
        await uow.timers.cancel(TimerKind.HOLD, "a")
        await uow.timers.cancel(TimerKind.HOLD, "b")
        await uow.timers.set(Timer(kind=TimerKind.HOLD, subject_id="b", due_at=at))

    await house.run(work)

    assert await _known(house, TimerKind.HOLD, "a") is None
    assert await _known(house, TimerKind.HOLD, "b") is not None


async def test_a_timer_next_door_is_not_ours(house: House) -> None:
    await _set(house, TimerKind.HOLD, "int_1", 5)

    async def work(uow: UnitOfWork) -> Timer | None:
        return await uow.timers.get(TimerKind.HOLD, "int_1")

    assert await house.next_door(work) is None


async def test_what_is_due_of_some_subjects_is_read_with_the_earliest_first(house: House) -> None:
    late = await _set(house, TimerKind.STALE, "inc_1", 90)
    task = await _set(house, TimerKind.TASK, "fup_1", 5)
    soon = await _set(house, TimerKind.UPDATE, "inc_1", 1)
    await _set(house, TimerKind.UPDATE, "inc_2", 1)

    found = await house.reads.timers_of(house.organization_id, ["inc_1", "fup_1", "inc_3"])

    assert found == [soon, task, late]
    assert await house.reads.timers_of(house.organization_id, []) == []
    assert await house.reads.timers_of(house.neighbour_id, ["inc_1"]) == []


async def test_channels_that_wait_for_nothing_are_found_newest_first(house: House) -> None:
    at, channel = house.clock(), {"channel_id": ChannelId("C1"), "channel_name": "inc-1"}
    older = await house.declare(**channel)
    newer = await house.declare(**channel, state=State.RESOLVED, resolved_at=at)
    await house.declare()
    await house.declare(**channel, archived_at=at)
    await house.declare(**channel, deleted_at=at)
    awaited = await house.declare(**channel)
    await _set(house, TimerKind.ARCHIVE, awaited.id, 5)
    await _set(house, TimerKind.STALE, older.id, 5)

    async def left(uow: UnitOfWork) -> list[IncidentId]:
        return await uow.timers.unawaited_channels()

    async def beside(uow: UnitOfWork) -> list[IncidentId]:
        await uow.timers.set(Timer(kind=TimerKind.ARCHIVE, subject_id=newer.id, due_at=at))
        return await left(uow)

    assert await house.run(left) == [newer.id, older.id]
    assert await house.run(beside) == [older.id]
    assert await house.next_door(left) == []
