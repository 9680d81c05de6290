"""What is typed about tasks: `task` and `tasks`."""

from datetime import datetime

from bot.slack.acts import Outcome
from bot.slack.blocks import View
from bot.slack.families import Families
from bot.slack.gesture import Gesture, Memory, Person, Reply
from bot.slack.kit import Kit
from bot.slack.maintenance.times import when
from bot.slack.targets import IN_A_FORM, SHOWN
from bot.slack.tasks.due import due_of
from bot.slack.tasks.known import owners_of, tasks_of
from bot.slack.views import tasks as view
from bot.slack.views.subject import Subject
from bot.slack.wishes import AddTask, Somebody, Tasks
from core.commands import AddFollowUp, EditFollowUp
from core.domain.actor import Permission
from core.domain.follow_up import FollowUp
from core.domain.ids import IncidentId, UserId
from core.domain.task_list import Task
from core.errors import NotFound
from core.language import say
from core.permissions import require


def answers(kit: Kit) -> Families:
    desk = TaskDesk(kit)
    return {AddTask: desk.add, Tasks: kit.meant.acting(desk.listed, SHOWN)}


class TaskDesk:
    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        writing = Permission.WRITE_INCIDENTS
        self._typed = kit.meant.acting(self._take, permission=writing)

    async def add(self, gesture: Gesture, wish: AddTask) -> Reply | None:
        if wish.title:
            return await self._typed(gesture, wish)
        await self.ask(gesture, wish)
        return None

    async def ask(self, gesture: Gesture, wish: AddTask) -> None:
        """What was typed stands in the form; the wish's `reference` may also be an id."""

        async def fill(person: Person) -> View:
            subject = await self._subject(person, wish.reference)
            id = subject.incident.id if subject.incident else ""
            begun = view.Begun(
                who=await self._kit.assignees.member(person, wish.who) if wish.who else "",
                due_at=await self._until(person, wish.due),
            )
            return view.add_form(subject, _memory(gesture, id), begun)

        opening = self._kit.opening
        await opening.open(gesture, view.add_title(), fill, Permission.WRITE_INCIDENTS)

    async def ask_changes(self, gesture: Gesture, id: str) -> None:
        async def fill(person: Person) -> View:
            about = await self._kit.targets.named(person, id)
            shown = await self.shown(person, about)
            if not shown.tasks:
                reference = shown.incident.reference
                raise NotFound(say("{reference} has no tasks.", reference=reference))
            return view.change_form(shown, _memory(gesture, about))

        opening = self._kit.opening
        await opening.open(gesture, view.change_title(), fill, Permission.WRITE_INCIDENTS)

    async def listed(self, person: Person, id: IncidentId, wish: Tasks) -> Reply | Outcome:
        if wish.done:
            return await self._tick_off(person, id, wish.done)
        return await self.list(person, id)

    async def list(self, person: Person, id: IncidentId) -> Reply:
        return Reply(message=view.tasks_message(await self.shown(person, id)))

    async def shown(self, person: Person, id: IncidentId) -> view.TaskList:
        reads = self._kit.reads.seen_by(person.caller.viewer)
        organization = person.caller.organization_id
        card = await reads.card(organization, id)
        tasks = await tasks_of(reads, organization, id)
        owners = await owners_of(reads, organization, tasks)
        now = self._kit.clock()
        return view.TaskList(incident=card.incident, tasks=tasks, owners=owners, now=now)

    async def write_down(self, person: Person, id: IncidentId, filled: view.FilledTask) -> Outcome:
        assignee_id = await self._who(person, Somebody(slack_user_id=filled.who))
        task = await self._kit.bus.execute(
            AddFollowUp(
                caller=person.caller,
                key=person.gesture.key,
                incident_id=id,
                title=filled.title,
                assignee_id=assignee_id,
                due_at=filled.due_at,
            )
        )
        return await self._added(person, task)

    async def change(self, person: Person, filled: view.FilledTask) -> Outcome:
        whose = Somebody(slack_user_id=filled.who)
        task = await self._kit.bus.execute(
            EditFollowUp(
                caller=person.caller,
                key=person.gesture.key,
                follow_up_id=filled.task_id,
                assignee_id=await self._who(person, whose, anew=False),
                due_at=filled.due_at,
                status=filled.status or None,
            )
        )
        return Outcome(sentence=say("The task “{title}” is changed.", title=task.title))

    async def done(self, person: Person, task_id: str) -> tuple[IncidentId, Outcome]:
        """Ticking off what is done already changes nothing, and says so."""
        reads = self._kit.reads.seen_by(person.caller.viewer)
        before = await reads.record(person.caller.organization_id, FollowUp, task_id)
        task = await self._kit.bus.execute(
            EditFollowUp(
                caller=person.caller,
                key=person.gesture.key,
                follow_up_id=task_id,
                status="completed",
            )
        )
        if not before.outstanding:
            sentence = say("The task “{title}” was not open any more.", title=task.title)
            return task.incident_id, Outcome(sentence=sentence, late=True)
        sentence = say("The task “{title}” is done.", title=task.title)
        return task.incident_id, Outcome(sentence=sentence)

    async def _tick_off(self, person: Person, id: IncidentId, number: int) -> Outcome:
        require(person.caller, Permission.WRITE_INCIDENTS)
        shown = await self.shown(person, id)
        meant = next((one for one in shown.tasks if one.number == number), None)
        if meant is None:
            raise NotFound(_no_such(shown, number))
        _, outcome = await self.done(person, meant.what.id)
        return outcome

    async def _take(self, person: Person, id: IncidentId, wish: AddTask) -> Outcome:
        task = await self._kit.bus.execute(
            AddFollowUp(
                caller=person.caller,
                key=person.gesture.key,
                incident_id=id,
                title=wish.title,
                assignee_id=await self._who(person, wish.who),
                due_at=await self._until(person, wish.due),
            )
        )
        return await self._added(person, task)

    async def _until(self, person: Person, typed: str) -> datetime | None:
        if not typed:
            return None
        return due_of(typed, self._kit.clock(), await self._kit.zones.of(person.gesture))

    async def _who(
        self, person: Person, who: Somebody | None, *, anew: bool = True
    ) -> UserId | None:
        """Whose it was already may have left since."""
        if who is None or who == Somebody():
            return None
        assignees = self._kit.assignees
        return await (assignees.taker if anew else assignees.find)(person, who)

    async def _added(self, person: Person, task: FollowUp) -> Outcome:
        shown = await self.shown(person, task.incident_id)
        added = next(one for one in shown.tasks if one.what.id == task.id)
        return Outcome(sentence=await self._told(person, added, shown))

    async def _told(self, person: Person, added: Task, shown: view.TaskList) -> str:
        values = {
            "title": added.what.title,
            "number": added.number,
            "reference": shown.incident.reference,
        }
        if added.what.due_at is None:
            return say("“{title}” is task {number} of {reference}.", **values)
        due = when(added.what.due_at, await self._kit.zones.of(person.gesture))
        return say("“{title}” is task {number} of {reference}, due {due}.", due=due, **values)

    async def _subject(self, person: Person, reference: str) -> Subject:
        id = await self._kit.targets.find(person, reference)
        if id is not None:
            reads = self._kit.reads.seen_by(person.caller.viewer)
            return Subject(incident=(await reads.card(person.caller.organization_id, id)).incident)
        page = await self._kit.targets.candidates(person, most=IN_A_FORM)
        if not page.rows:
            raise NotFound(say("There is no active incident. “/incident” declares one."))
        return Subject(candidates=page.rows, more=page.more)


def _memory(gesture: Gesture, id: str) -> str:
    memory = Memory(incident_id=id, response_url=gesture.response_url, home=gesture.home)
    return memory.packed()


def _no_such(shown: view.TaskList, number: int) -> str:
    reference = shown.incident.reference
    return say(
        "{reference} has no task {number}; “/incident tasks {reference}” lists them.",
        reference=reference,
        number=number,
    )
