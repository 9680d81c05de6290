"""Tasks: what somebody has to do during an incident, or is left to be done after it."""

from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from bot.api import wire_v1
from bot.api.answers import answer, no_content, tagged
from bot.api.doors import Doors
from bot.api.lists_v1 import Many
from bot.api.operations import Call
from bot.api.people import user_meant
from bot.api.record_pages import condition, listed
from bot.api.renaming import renaming
from bot.api.responding.at_hand import AtHand
from bot.api.responding.operations import INCIDENT, operation
from bot.api.responding.task_shapes import NewTask, TaskAnswer, TaskChange, TaskLine, TasksQuery
from bot.web.times import instant
from core.commands import AddFollowUp, DeleteFollowUp, EditFollowUp
from core.domain.follow_up import FollowUp
from core.domain.ids import UserId

OF_INCIDENT, TASKS = f"{INCIDENT}/tasks", "/api/v1/tasks"
_FIELDS = {"assignee_id": "assignee"}

LIST = operation(
    f"GET {OF_INCIDENT}",
    "list_incident_tasks",
    "List the tasks of an incident, newest first",
    {200: Many[TaskLine]},
    query=TasksQuery,
)
CREATE = operation(
    f"POST {OF_INCIDENT}",
    "create_task",
    "Add a task to an incident, which goes on or is over",
    {201: TaskAnswer},
    body=NewTask,
    example={"title": "Add an alert on the depth of the queue", "due_at": "2036-06-01T06:00:00Z"},
)
SHOW = operation(
    f"GET {TASKS}/{{id}}",
    "get_task",
    "One task",
    {200: TaskAnswer},
)
EDIT = operation(
    f"PATCH {TASKS}/{{id}}",
    "update_task",
    "Change a task, give it to somebody, or tick it off; what is left out stays",
    {200: TaskAnswer},
    versioned=True,
    body=TaskChange,
    example={"status": "completed"},
)
DELETE = operation(
    f"DELETE {TASKS}/{{id}}",
    "delete_task",
    "Delete a task",
    {204: None},
)


class Tasks:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._at_hand = AtHand(doors)

    def register(self) -> None:
        server = self._doors.server
        server.add(LIST, self.list)
        server.add(CREATE, self.create)
        server.add(SHOW, self.show)
        server.add(EDIT, self.edit)
        server.add(DELETE, self.delete)

    async def list(self, call: Call) -> web.Response:
        row = await self._at_hand.row(call)
        entry = await self._entry(call)
        return answer(await listed(self._doors, call, FollowUp, entry, parent_id=row.id))

    async def show(self, call: Call) -> web.Response:
        organization_id = call.client.organization_id
        task = await self._at_hand.reads(call).record(organization_id, FollowUp, call.params["id"])
        return await self._shown(call, task)

    async def create(self, call: Call) -> web.Response:
        row, wish = await self._at_hand.row(call), call.body
        with renaming(_FIELDS):
            task = await self._doors.bus.execute(
                AddFollowUp(
                    caller=call.client.caller,
                    key=call.key,
                    incident_id=row.id,
                    title=wish.title,
                    description=wish.description or "",
                    assignee_id=await self._assignee(wish.assignee, call),
                    labels=tuple(wish.labels or ()),
                    due_at=wish.due_at,
                )
            )
        return await self._shown(call, task, status=201)

    async def edit(self, call: Call) -> web.Response:
        wish: TaskChange = call.body
        assignee_id, given = await self._assignee(wish.assignee, call), wish.model_fields_set
        with renaming(_FIELDS):
            task = await self._doors.bus.execute(
                EditFollowUp(
                    caller=call.client.caller,
                    key=call.key,
                    follow_up_id=call.params["id"],
                    title=wish.title,
                    description=wish.description,
                    status=wish.status,
                    assignee_id=assignee_id,
                    unassign=assignee_id is None and "assignee" in given,
                    labels=None if wish.labels is None else tuple(wish.labels),
                    due_at=wish.due_at,
                    undated=wish.due_at is None and "due_at" in given,
                    expected_version=await condition(self._doors, call, FollowUp),
                )
            )
        return await self._shown(call, task)

    async def delete(self, call: Call) -> web.Response:
        caller, id = call.client.caller, call.params["id"]
        await self._doors.bus.execute(DeleteFollowUp(caller=caller, key=call.key, follow_up_id=id))
        return no_content()

    async def _shown(self, call: Call, task: FollowUp, *, status: int = 200) -> web.Response:
        entry = await self._entry(call)
        return tagged(wire_v1.one(entry(task)), task.version, status=status)

    async def _entry(self, call: Call) -> Callable[[FollowUp], dict[str, Any]]:
        names = await self._at_hand.names(call)
        return lambda task: task_json(task, names)

    async def _assignee(self, word: str | None, call: Call) -> UserId | None:
        if not word or not word.strip():
            return None
        return await user_meant(word, call.client.organization_id, self._doors.reads)


def task_json(task: FollowUp, names: Mapping[UserId, str]) -> dict[str, Any]:
    return {
        "id": task.id,
        "incident_id": task.incident_id,
        "title": task.title,
        "description": task.description,
        "status": task.status,
        "assignee": names.get(task.assignee_id) if task.assignee_id else None,
        "assignee_id": task.assignee_id,
        "due_at": instant(task.due_at),
        "labels": list(task.labels),
        "author": task.author,
        "completed_at": instant(task.completed_at),
        "created_at": instant(task.created_at),
        "updated_at": instant(task.updated_at),
        "version": task.version,
    }
