"""`/api/v1/incidents/{id}/reminders`: what people will be reminded of, and when."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, TypeAlias

from aiohttp import web
from pydantic import Field, StrictInt

from bot.api import wire_v1
from bot.api.answers import tagged
from bot.api.closed_words import ANY_CASE
from bot.api.doors import Doors
from bot.api.lists_v1 import OneMeta
from bot.api.operations import Call
from bot.api.renaming import renaming
from bot.api.responding.at_hand import AtHand
from bot.api.responding.operations import INCIDENT, operation
from bot.api.shape import Shape
from bot.stories import tasks_of
from bot.web.times import instant
from core.commands.reminders import PutOffReminder
from core.domain.incident import Incident
from core.domain.reminder import TIMERS, Reminder
from core.domain.timer import Timer
from core.views import IncidentRow

REMINDERS = f"{INCIDENT}/reminders"
MOST_MINUTES = 90 * 24 * 60
ReminderWord: TypeAlias = Literal["lead", "update", "stale", "task", "tasks_left"]
_KINDS = {kind: reminder for reminder, kind in TIMERS.items()}
_WHAT = (
    "lead: nobody leads it; update: others wait for news; stale: nothing was heard of it; task: a "
    "task is due; tasks_left: it is over, and tasks are open."
)


class PuttingOff(Shape):
    reminder: Annotated[ReminderWord, ANY_CASE, Field(description=_WHAT)]
    minutes: Annotated[StrictInt, Field(ge=1, le=MOST_MINUTES, description="From now on.")]
    task_id: Annotated[str | None, Field(description="Of which task; needed with task.")] = None


class ReminderLine(Shape):
    reminder: ReminderWord = Field(description=_WHAT)
    due_at: datetime
    reminded: int = Field(description="So often it was told since it was waited for anew.")
    task_id: str | None
    task: str | None = Field(description="The title of the task, with task.")


class RemindersLine(Shape):
    reminders: list[ReminderLine] = Field(description="Those that wait, the earliest first.")


class RemindersAnswer(RemindersLine):
    data: RemindersLine
    meta: OneMeta


LIST = operation(
    f"GET {REMINDERS}",
    "list_incident_reminders",
    "What people will be reminded of about an incident, and when",
    {200: RemindersAnswer},
)
PUT_OFF = operation(
    f"POST {REMINDERS}/put-off",
    "put_off_incident_reminder",
    "Remind of something later, whether it waits already or not",
    {200: RemindersAnswer},
    body=PuttingOff,
    example={"reminder": "update", "minutes": 60},
)


class Reminders:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._at_hand = AtHand(doors)

    def register(self) -> None:
        self._doors.server.add(LIST, self.list)
        self._doors.server.add(PUT_OFF, self.put_off)

    async def list(self, call: Call) -> web.Response:
        return await self._shown(call, await self._at_hand.row(call))

    async def put_off(self, call: Call) -> web.Response:
        _, change = await self._at_hand.to_change(call)
        wish: PuttingOff = call.body
        with renaming({"wait": "minutes"}):
            put_off = await self._doors.bus.execute(
                PutOffReminder(
                    **change,
                    reminder=Reminder(wish.reminder),
                    wait=timedelta(minutes=wish.minutes),
                    task_id=wish.task_id or "",
                )
            )
        return await self._shown(call, put_off)

    async def _shown(self, call: Call, incident: IncidentRow | Incident) -> web.Response:
        reads, organization_id = self._at_hand.reads(call), call.client.organization_id
        tasks = await tasks_of(reads, organization_id, incident.id)
        titles = {task.id: task.title for task in tasks if task.outstanding}
        timers = await reads.timers_of(organization_id, [incident.id, *titles])
        lines = [reminder_json(one, titles) for one in timers if one.kind in _KINDS]
        return tagged(wire_v1.one({"reminders": lines}), incident.version)


def reminder_json(timer: Timer, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "reminder": _KINDS[timer.kind],
        "due_at": instant(timer.due_at),
        "reminded": timer.count,
        "task_id": timer.subject_id if timer.subject_id in titles else None,
        "task": titles.get(timer.subject_id),
    }
