"""The list of tasks: there and true in the incident's channel, and below it whose a task became."""

from functools import partial

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.invitations import member_of
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import Poster
from bot.slack.shapes import Room, Spot
from bot.slack.tasks.known import owners_of, tasks_of
from bot.slack.views.tasks import TaskList, given_notice, tasks_message
from core.domain.task_list import Task, left
from core.effects import RefreshTasks
from core.ports import Clock, Posting, ReadModels
from core.views import Person

TASKS = "tasks"


class TaskLists:
    def __init__(self, poster: Poster, reads: ReadModels, clock: Clock) -> None:
        self._poster = poster
        self._reads = reads
        self._clock = clock

    async def refresh(self, effect: RefreshTasks, errand: IncidentErrand) -> None:
        """Without a channel the list waits for it; what has no tasks needs none."""
        if errand.room is None or errand.card.incident.deleted_at:
            return
        tasks = await tasks_of(self._reads, errand.organization_id, errand.incident_id)
        if not tasks and await self._poster.standing(errand, TASKS) is None:
            return
        owners = await owners_of(self._reads, errand.organization_id, tasks)
        shown = TaskList(
            incident=errand.card.incident, tasks=tasks, owners=owners, now=self._clock()
        )
        spot = Spot(room=errand.room)
        standing = await self._poster.kept_true(errand, TASKS, spot, tasks_message(shown))
        await self._tell_owners(errand, errand.room, shown, standing)

    async def _tell_owners(
        self, errand: IncidentErrand, room: Room, shown: TaskList, standing: Posting
    ) -> None:
        """Whoever took a task themselves knows of it."""
        thread = Spot(room=room, thread_ts=standing.ts)
        given = [
            (one, shown.owners.get(one.what.assignee_id))
            for one in left(shown.tasks)
            if one.what.assignee_id and one.what.assignee_id != one.what.created_by
        ]
        await one_by_one(
            partial(self._tell, errand, thread, one, owner, shown) for one, owner in given if owner
        )

    async def _tell(
        self, errand: IncidentErrand, thread: Spot, task: Task, owner: Person, shown: TaskList
    ) -> None:
        role = f"task:{task.what.id}:{owner.id}"
        if await self._poster.standing(errand, role):
            return
        if member := await member_of(errand, owner):
            await self._poster.once(errand, role, thread, given_notice(task, member, shown))
