"""A task changed in a form: which one is asked first, where there are several."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.slack.acts import Outcome
from bot.slack.blocks import View
from bot.slack.gesture import Gesture, Memory, Person
from bot.slack.kit import Kit
from bot.slack.settings.meanwhile import changed_here, seals_of
from bot.slack.tasks.answers import TaskDesk, memory_of
from bot.slack.tasks.known import owners_of
from bot.slack.tasks.pages import from_page
from bot.slack.text import clip
from bot.slack.views import task_change as view
from bot.slack.views.tasks import DUE, TITLE, WHO
from core.commands import EditFollowUp
from core.domain.actor import Permission
from core.domain.follow_up import FollowUp
from core.domain.ids import UserId
from core.domain.task_list import numbered
from core.errors import NotFound
from core.language import say
from core.views import Person as Owner

LONGEST = 200
TASK = "task"


class TaskChanges:
    def __init__(self, kit: Kit, tasks: TaskDesk) -> None:
        self._kit = kit
        self._tasks = tasks

    async def ask(self, gesture: Gesture, about: str, place: str = "") -> None:
        """Those of the page that begins at `place` are offered first."""

        async def fill(person: Person) -> View:
            id = await self._kit.targets.named(person, about)
            shown = await self._tasks.shown(person, id)
            incident, memory = shown.incident, memory_of(gesture, id)
            if not shown.tasks:
                raise NotFound(say("{reference} has no tasks.", reference=incident.reference))
            if len(shown.tasks) == 1:
                return await self.form(person, shown.tasks[0].what.id, memory)
            return view.pick_form(incident, from_page(shown.tasks, place), memory.packed())

        opening = self._kit.opening
        await opening.open(gesture, view.change_title(), fill, Permission.WRITE_INCIDENTS)

    async def form(self, person: Person, task_id: str, memory: Memory) -> View:
        task, owner = await self._found(person, task_id)
        reads = self._kit.reads.seen_by(person.caller.viewer)
        card = await reads.card(person.caller.organization_id, task.incident_id)
        told = {TASK: task.id, view.UNSEEN: view.unseen(task, owner)}
        shown = {**told, **seals_of(view.changeable(task, owner))}
        packed = replace(memory, shown=shown).packed()
        return view.change_form(card.incident, task, owner, packed)

    async def change(self, person: Person, memory: Memory, values: Mapping[str, Any]) -> Outcome:
        """What was left as it was shown stays as others made it meanwhile."""
        task, owner = await self._found(person, memory.shown.get(TASK, ""))
        filled = view.filled_change(values, memory.shown)
        spoken = {TITLE: lambda title: f"“{clip(title, LONGEST)}”"}
        changed = changed_here(filled, view.changeable(task, owner), memory.shown, spoken)
        edited = await self._kit.bus.execute(await self._edit(person, task, changed))
        return Outcome(sentence=say("The task “{title}” is changed.", title=edited.title))

    async def _edit(
        self, person: Person, task: FollowUp, changed: Mapping[str, Any]
    ) -> EditFollowUp:
        nobody = changed.get(WHO) == view.NOBODY
        return EditFollowUp(
            caller=person.caller,
            key=person.gesture.key,
            follow_up_id=task.id,
            title=changed.get(TITLE),
            assignee_id=None if nobody else await self._taker(person, task, changed.get(WHO)),
            unassign=nobody,
            due_at=changed.get(DUE),
            undated=DUE in changed and changed[DUE] is None,
            status=changed.get(view.BECOMES) or None,
        )

    async def _taker(self, person: Person, task: FollowUp, member: str | None) -> UserId | None:
        """Whose it was already may have left since."""
        if not member:
            return None
        present = [task.assignee_id] if task.assignee_id else []
        [id] = await self._kit.assignees.chosen(person, [member], WHO, present)
        return id

    async def _found(self, person: Person, task_id: str) -> tuple[FollowUp, Owner | None]:
        reads = self._kit.reads.seen_by(person.caller.viewer)
        organization = person.caller.organization_id
        try:
            task = await reads.record(organization, FollowUp, task_id)
        except NotFound as missing:
            raise NotFound(say("This task was deleted meanwhile.")) from missing
        owners = await owners_of(reads, organization, numbered([task]))
        return task, owners.get(task.assignee_id) if task.assignee_id else None
