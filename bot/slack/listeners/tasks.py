"""Presses and sent forms of tasks and reminders: done, added, changed, put off."""

from slack_bolt.async_app import AsyncApp

from bot.slack.blocks import View
from bot.slack.desk import Desk
from bot.slack.gesture import Gesture, Person, Reply, reply, unpacked
from bot.slack.listeners.pressing import Action, Known, Press, Presses, carrying
from bot.slack.listeners.submitting import Sent, Submissions, Submit
from bot.slack.subjects import incident_meant
from bot.slack.tasks.answers import TaskDesk
from bot.slack.tasks.changing import TaskChanges
from bot.slack.views import reminders, task_change
from bot.slack.views import tasks as view
from bot.slack.wishes import AddTask
from core.commands.reminders import PutOffReminder
from core.domain.narration import spoken
from core.errors import NotFound
from core.language import say


class TaskListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tasks = TaskDesk(desk.kit)
        self._changes = TaskChanges(desk.kit, self._tasks)

    def register(self, app: AsyncApp) -> None:
        presses: dict[Known, Press] = {
            carrying(view.DONE): self._done,
            view.ADD: self._add,
            view.CHANGE: self._change,
            carrying(reminders.PUT_OFF): self._put_off,
        }
        Presses(self._desk).register(app, presses)
        forms: dict[str, Submit] = {
            view.ADD_FORM: self._added,
            task_change.PICK_FORM: self._picked,
            task_change.CHANGE_FORM: self._changed,
        }
        Submissions(self._desk).register(app, forms)

    async def _done(self, gesture: Gesture, action: Action) -> Reply | None:
        """The list in the channel says it to everybody; elsewhere whoever pressed is told."""
        person = await self._desk.identity.person(gesture)
        task_id, place = view.pressed(action["value"])
        try:
            id, outcome = await self._tasks.done(person, task_id)
        except NotFound as missing:
            raise NotFound(say("This task was deleted meanwhile.")) from missing
        if gesture.ephemeral and not gesture.home:
            return await self._tasks.list(person, id, place)
        elsewhere = gesture.home or not gesture.channel_id.startswith(("C", "G"))
        return reply(outcome.sentence) if outcome.late or elsewhere else None

    async def _add(self, gesture: Gesture, action: Action) -> None:
        await self._tasks.ask(gesture, AddTask(reference=action["value"]))

    async def _change(self, gesture: Gesture, action: Action) -> None:
        await self._changes.ask(gesture, *view.pressed(action["value"]))

    async def _put_off(self, gesture: Gesture, action: Action) -> Reply:
        person = await self._desk.identity.person(gesture)
        about, reminder, wait, task_id = reminders.pressed(action["value"])
        id = await self._desk.targets.named(person, about)
        incident = await self._desk.bus.execute(
            PutOffReminder(
                caller=person.caller,
                key=gesture.key,
                incident_id=id,
                reminder=reminder,
                wait=wait,
                task_id=task_id,
            )
        )
        values = {"reference": incident.reference, "time": spoken(wait)}
        return reply(say("The next reminder about {reference} comes in {time}.", **values))

    async def _added(self, person: Person, sent: Sent) -> Reply:
        id = await self._desk.targets.named(person, incident_meant(sent))
        filled = view.filled(sent["state"]["values"])
        outcome = await self._tasks.write_down(person, id, filled)
        return reply(outcome.sentence)

    async def _picked(self, person: Person, sent: Sent) -> View:
        memory = unpacked(sent.get("private_metadata", ""))
        return await self._changes.form(person, task_change.picked(sent["state"]["values"]), memory)

    async def _changed(self, person: Person, sent: Sent) -> Reply:
        memory = unpacked(sent.get("private_metadata", ""))
        outcome = await self._changes.change(person, memory, sent["state"]["values"])
        return reply(outcome.sentence)
