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
from bot.slack.tasks.known import number_of, owners_of, tasks_of
from bot.slack.tasks.pages import leaf_of
from bot.slack.views import tasks as view
from bot.slack.views.subject import Subject
from bot.slack.views.task_pages import tasks_page
from bot.slack.wishes import AddTask, Somebody, Tasks
from core.commands import AddFollowUp, EditFollowUp
from core.domain.actor import Permission
from core.domain.follow_up import FollowUp
from core.domain.ids import IncidentId, UserId
from core.errors import NotFound
from core.language import say, to_say
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
            return view.add_form(subject, memory_of(gesture, id).packed(), begun)

        opening = self._kit.opening
        await opening.open(gesture, view.add_title(), fill, Permission.WRITE_INCIDENTS)

    async def listed(self, person: Person, id: IncidentId, wish: Tasks) -> Reply | Outcome:
        if wish.done:
            return await self._tick_off(person, id, wish.done)
        return await self.list(person, id, wish.after)

    async def list(self, person: Person, id: IncidentId, place: str = "") -> Reply:
        """The page behind the task called `place`."""
        shown = await self.shown(person, id)
        return Reply(message=tasks_page(shown, leaf_of(shown.tasks, place)))

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

    async def _who(self, person: Person, who: Somebody | None) -> UserId | None:
        if who is None or who == Somebody():
            return None
        return await self._kit.assignees.taker(person, who)

    async def _added(self, person: Person, task: FollowUp) -> Outcome:
        reads = self._kit.reads.seen_by(person.caller.viewer)
        organization = person.caller.organization_id
        card = await reads.card(organization, task.incident_id)
        values = {
            "title": task.title,
            "number": await number_of(reads, organization, task),
            "reference": card.incident.reference,
        }
        if task.due_at is None:
            return Outcome(sentence=say("“{title}” is task {number} of {reference}.", **values))
        due = when(task.due_at, await self._kit.zones.of(person.gesture))
        words = to_say("“{title}” is task {number} of {reference}, due {due}.")
        return Outcome(sentence=say(words, due=due, **values))

    async def _subject(self, person: Person, reference: str) -> Subject:
        id = await self._kit.targets.find(person, reference)
        if id is not None:
            reads = self._kit.reads.seen_by(person.caller.viewer)
            return Subject(incident=(await reads.card(person.caller.organization_id, id)).incident)
        page = await self._kit.targets.candidates(person, most=IN_A_FORM)
        if not page.rows:
            raise NotFound(say("There is no active incident. “/incident” declares one."))
        return Subject(candidates=page.rows, more=page.more)


def memory_of(gesture: Gesture, id: str) -> Memory:
    return Memory(incident_id=id, response_url=gesture.response_url, home=gesture.home)


def _no_such(shown: view.TaskList, number: int) -> str:
    reference = shown.incident.reference
    return say(
        "{reference} has no task {number}; “/incident tasks {reference}” lists them.",
        reference=reference,
        number=number,
    )
