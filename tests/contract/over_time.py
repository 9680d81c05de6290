"""What tests of reminders and clocks do and look at while time passes."""

from typing import Any

from bot.alert_clock import AlertClock, Hands
from core.commands import DeclareIncident
from core.commands.settings import EditIncidentSettings
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.events import ReminderDue
from core.domain.incident import Incident
from core.domain.reminder import Reminder
from core.domain.timer import Timer, TimerKind
from core.ports import UnitOfWork
from tests.contract.house import House
from tests.fakes.people import hire, the_operator


async def an_admin(house: House) -> Caller:
    return await hire(house.bus, house.organization_id, "Alice Archer", Role.ADMIN)


async def declared(house: House, caller: Caller, **more: Any) -> Incident:
    wish = DeclareIncident(caller=caller, title="Checkout is slow", severity="critical", **more)
    return await house.bus.execute(wish)


async def edit_settings(house: House, **changes: Any) -> None:
    operator = the_operator(house.organization_id)
    await house.bus.execute(EditIncidentSettings(caller=operator, **changes))


async def tick(house: House, **duration: float) -> None:
    """Time passes, and a process that remembers nothing looks at what is due."""
    house.clock.advance(**duration)
    hands = Hands(
        clock=house.clock,
        monotonic=lambda: 0.0,
        execute=house.bus.execute,
        waiting=house.storage.inbox.waiting,
    )
    await AlertClock(house.storage.chores, hands).turn()


async def timer_of(house: House, kind: TimerKind, subject_id: str) -> Timer | None:
    async def work(uow: UnitOfWork) -> Timer | None:
        return await uow.timers.get(kind, subject_id)

    return await house.run(work)


async def reminders_of(house: House, incident: Incident) -> list[tuple[Reminder, int]]:
    """Which were due, and how often by then."""
    entries = await house.reads.timeline(house.organization_id, incident.id)
    due = [entry.event for entry in entries if isinstance(entry.event, ReminderDue)]
    return [(event.reminder, event.count) for event in due]
