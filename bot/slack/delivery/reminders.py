"""Reminders, where those can read them who can do something about it."""

from collections.abc import Iterable, Sequence
from functools import partial

from bot.slack.blocks import Message
from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.invitations import in_person, member_of, people_named
from bot.slack.delivery.left_alone import LeftAlone
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import Poster
from bot.slack.delivery.settling import REMINDER, Settling
from bot.slack.delivery.whereabouts import Whereabouts
from bot.slack.tasks.known import owners_of, tasks_of
from bot.slack.views import reminders as view
from bot.slack.views.tasks import TaskList
from core.domain import events as e
from core.domain.reminder import Reminder
from core.domain.reminder_times import attended
from core.domain.task_list import Task
from core.domain.viewer import Viewer
from core.effects import PostReminder
from core.ports import Clock, ReadModels
from core.views import Person, TimelineEntry


class Reminders:
    def __init__(self, poster: Poster, reads: ReadModels, clock: Clock) -> None:
        self._poster = poster
        self._reads = reads
        self._clock = clock
        self._whereabouts = Whereabouts(poster, reads)
        self._settling = Settling(poster, reads)
        self._left_alone = LeftAlone(reads, poster)

    async def post(self, effect: PostReminder, errand: IncidentErrand) -> None:
        """What was done about it meanwhile is passed over."""
        entry = await self._reads.entry(errand.organization_id, effect.entry_id)
        event = entry.event
        if not isinstance(event, e.ReminderDue) or await self._outdone(errand, entry, event):
            return
        await self._left_alone.look(errand)
        if event.reminder is Reminder.TASK:
            await self._of_task(errand, entry, event)
        elif event.reminder is Reminder.TASKS_LEFT:
            await self._of_tasks_left(errand, entry, event)
        elif await self._serves(errand, entry, event):
            called = view.called_for(event, errand.card)
            members = await _members(errand, await self._within_reach(errand, called))
            message = view.reminder_message(event, errand.card.incident, members)
            await self._whereabouts.say(errand, _role(entry), message)
            await self._settling.look(errand)

    async def _of_task(
        self, errand: IncidentErrand, entry: TimelineEntry, event: e.ReminderDue
    ) -> None:
        shown = await self._tasks(errand)
        task = next((one for one in shown.tasks if one.what.id == event.task_id), None)
        if task and task.what.outstanding:
            owner = shown.owners.get(task.what.assignee_id) if task.what.assignee_id else None
            await self._tell(errand, entry, owner, view.task_reminder(event, task, shown))

    async def _of_tasks_left(
        self, errand: IncidentErrand, entry: TimelineEntry, event: e.ReminderDue
    ) -> None:
        """Each owner of their own in person; of what is nobody's all who read the channel."""
        shown = await self._tasks(errand)
        told = [(one, view.of_owner(shown, one)) for one in (*shown.owners.values(), None)]
        await one_by_one(
            partial(self._of_owner, errand, entry, event, owner, tasks, shown)
            for owner, tasks in told
            if tasks
        )

    async def _of_owner(
        self,
        errand: IncidentErrand,
        entry: TimelineEntry,
        event: e.ReminderDue,
        owner: Person | None,
        tasks: list[Task],
        shown: TaskList,
    ) -> None:
        message = view.tasks_left_reminder(event, tasks, shown)
        await self._tell(errand, entry, owner, message)

    async def _tell(
        self, errand: IncidentErrand, entry: TimelineEntry, owner: Person | None, message: Message
    ) -> None:
        """In person; where nobody has it, they may not know of it or their account is not in use
        any more, where the incident is."""
        role = f"{_role(entry)}:of:{owner.id}" if owner else _role(entry)
        if await self._poster.standing(errand, role):
            return
        reached = await self._within_reach(errand, [owner] if owner else [])
        spot = await in_person(errand, owner) if owner and reached else None
        if spot:
            await self._poster.once(errand, role, spot, message)
        else:
            await self._whereabouts.say(errand, role, message)

    async def _within_reach(
        self, errand: IncidentErrand, people: Sequence[Person]
    ) -> Sequence[Person]:
        """Being given a task lets nobody into a private incident, nor back into Tocsin."""
        admitted = await people_named(self._reads, errand, (one.id for one in people))
        still, incident = {one.id for one in admitted}, errand.card.incident
        return [one for one in people if one.id in still and Viewer(user_id=one.id).sees(incident)]

    async def _tasks(self, errand: IncidentErrand) -> TaskList:
        reads, organization = self._reads, errand.organization_id
        tasks = await tasks_of(reads, organization, errand.incident_id)
        owners = await owners_of(reads, organization, tasks)
        incident = errand.card.incident
        return TaskList(incident=incident, tasks=tasks, owners=owners, now=self._clock())

    async def _serves(
        self, errand: IncidentErrand, entry: TimelineEntry, event: e.ReminderDue
    ) -> bool:
        incident = errand.card.incident
        if not attended(incident):
            return False
        if event.reminder is Reminder.LEAD:
            return incident.assignee_id is None
        since = await self._since(errand, entry)
        return not any(isinstance(one, e.UpdatePosted) for one in since)

    async def _outdone(
        self, errand: IncidentErrand, entry: TimelineEntry, event: e.ReminderDue
    ) -> bool:
        """Of those that could not be posted in time the last one is enough."""
        about = (event.reminder, event.task_id)
        return any(
            isinstance(one, e.ReminderDue) and (one.reminder, one.task_id) == about
            for one in await self._since(errand, entry)
        )

    async def _since(self, errand: IncidentErrand, entry: TimelineEntry) -> list[e.Event]:
        timeline = await self._reads.timeline(errand.organization_id, errand.incident_id)
        return [one.event for one in timeline if one.at > entry.at]


async def _members(errand: IncidentErrand, people: Iterable[Person]) -> list[str]:
    found = [await member_of(errand, person) for person in people]
    return list(dict.fromkeys(member for member in found if member))


def _role(entry: TimelineEntry) -> str:
    return f"{REMINDER}{entry.id}"
