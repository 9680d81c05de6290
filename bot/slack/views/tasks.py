"""The tasks of an incident as they are listed, told of and written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.slack import blocks as b
from bot.slack.text import literal, mention, moment
from bot.slack.views import submission
from bot.slack.views.parts import person
from bot.slack.views.subject import Subject, subject_block
from core.domain.follow_up import MAX_TITLE, FollowUpStatus
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.task_list import Task, finished, left
from core.language import say, say_many
from core.views import Person

DONE, ADD, CHANGE = "tasks.done", "tasks.add", "tasks.change"
ADD_FORM, CHANGE_FORM = "tasks.add_form", "tasks.change_form"
TITLE, WHO, DUE, TASK, BECOMES = "title", "assignee_id", "due_at", "task_id", "status"
MOST_OPEN, MOST_DONE, MOST_NAMED = 20, 10, 5
SHOWN_TITLE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskList:
    """What is shown of the tasks of an incident at a moment."""

    incident: Incident
    tasks: Sequence[Task]
    owners: Mapping[UserId, Person]
    now: datetime


def tasks_message(shown: TaskList) -> b.Message:
    """What is open first, each with its button; then what is done; then what can be wished."""
    open_ones = left(shown.tasks)
    heading = _heading(shown)
    rows = [_row(one, shown) for one in open_ones[:MOST_OPEN]]
    blocks = [b.section(b.plain(heading)), *rows, *_more(open_ones), *_done(shown), _wishes(shown)]
    return b.Message(text=literal(heading), blocks=blocks)


def task_line(task: Task, shown: TaskList) -> str:
    """Escaped: number, title, who does it and until when."""
    parts = [f"*{task.number}.* {literal(task.what.title, SHOWN_TITLE)}"]
    owner = shown.owners.get(task.what.assignee_id) if task.what.assignee_id else None
    parts.append(person(owner) if owner else say("nobody yet"))
    if task.what.due_at and task.what.outstanding:
        at = moment(task.what.due_at)
        late = task.overdue(shown.now)
        parts.append(say("⚠️ overdue since {at}", at=at) if late else say("due {at}", at=at))
    return " · ".join(parts)


def given_notice(task: Task, member: str, shown: TaskList) -> b.Message:
    """For whoever somebody else gave it to; `member` is their id in Slack."""
    values = {
        "who": mention(member),
        "number": task.number,
        "reference": shown.incident.reference,
        "title": literal(task.what.title, SHOWN_TITLE),
    }
    if task.what.due_at:
        text = say(
            "{who} Task {number} of {reference} is yours: {title}. It is due {at}.",
            at=moment(task.what.due_at),
            **values,
        )
    else:
        text = say("{who} Task {number} of {reference} is yours: {title}.", **values)
    return b.Message(text=text, blocks=[b.section(b.mrkdwn(text))])


def left_behind(shown: TaskList) -> list[b.Block]:
    """Under the message that it is over: what is still to be done afterwards."""
    open_ones = left(shown.tasks)
    if not open_ones:
        return []
    heading = say_many(
        "One task is still open and goes on as a follow-up:",
        "{count} tasks are still open and go on as follow-ups:",
        len(open_ones),
    )
    lines = [task_line(one, shown) for one in open_ones[:MOST_NAMED]]
    more = len(open_ones) - MOST_NAMED
    rest = [say("and {count} more", count=more)] if more > 0 else []
    return [b.section(b.mrkdwn("\n".join([heading, *lines, *rest])))]


def done_button(task: Task, reference: str) -> b.Element:
    said = say("Done: task {number} of {reference}", number=task.number, reference=reference)
    return b.button(say("Done"), action=DONE, value=task.what.id, said=said)


def add_title() -> str:
    return say("Add a task")


def change_title() -> str:
    return say("Change a task")


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What of a task was typed already; `who` is an id of Slack's."""

    who: str = ""
    due_at: datetime | None = None


NOTHING_YET = Begun()


def add_form(subject: Subject, memory: str, begun: Begun = NOTHING_YET) -> b.View:
    what = b.Input(
        id=TITLE,
        label=say("What is to be done?"),
        element=b.text_input(longest=MAX_TITLE, hint=say("Such as: roll back the last release")),
    )
    due = int(begun.due_at.timestamp()) if begun.due_at else None
    fields = [
        what,
        _who().starting_with(initial_user=begun.who),
        _due().starting_with(initial_date_time=due),
    ]
    return b.form(
        add_title(),
        [subject_block(subject), *(field.block() for field in fields)],
        callback=ADD_FORM,
        submit=say("Add"),
        memory=memory,
    )


def change_form(shown: TaskList, memory: str) -> b.View:
    """What is left empty stays as it is."""
    choices = [
        b.Choice(label=f"{one.number}. {one.what.title}", value=one.what.id)
        for one in shown.tasks[: b.MAX_OPTIONS]
    ]
    task = b.Input(id=TASK, label=say("Which task?"), element=b.select(choices))
    first = (left(shown.tasks) or shown.tasks)[0]
    chosen = next((one for one in choices if one.value == first.what.id), choices[0])
    fields = [
        task.starting_with(initial_option=b.option(chosen)),
        _who(say("Empty leaves it with whoever has it.")),
        _due(say("Empty leaves it as it is.")),
        _becomes(),
    ]
    return b.form(
        change_title(),
        [subject_block(Subject(incident=shown.incident)), *(one.block() for one in fields)],
        callback=CHANGE_FORM,
        submit=say("Save"),
        memory=memory,
    )


def _becomes() -> b.Input:
    states = {
        FollowUpStatus.OUTSTANDING: say("It is still to be done"),
        FollowUpStatus.COMPLETED: say("It is done"),
        FollowUpStatus.NOT_DOING: say("Nobody will do it"),
    }
    choices = [b.Choice(label=label, value=state.value) for state, label in states.items()]
    return b.Input(
        id=BECOMES,
        label=say("What becomes of it?"),
        element=b.radio_buttons(choices),
        optional=True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledTask:
    """What was filled in: `who` is an id of Slack's; of a new task `task_id` and `status` are
    empty."""

    title: str
    who: str
    due_at: datetime | None
    task_id: str
    status: str


def filled(values: Mapping[str, Any]) -> FilledTask:
    return FilledTask(
        title=submission.written(values, TITLE),
        who=submission.person(values, WHO),
        due_at=submission.moment(values, DUE),
        task_id=submission.chosen(values, TASK),
        status=submission.chosen(values, BECOMES),
    )


def _who(hint: str = "") -> b.Input:
    label = say("Who does it?")
    return b.Input(id=WHO, label=label, element=b.person_select(), hint=hint, optional=True)


def _due(hint: str = "") -> b.Input:
    hint = hint or say("Whoever does it is reminded then. In your own time zone.")
    label = say("Until when?")
    return b.Input(id=DUE, label=label, element=b.moment_picker(), hint=hint, optional=True)


def _heading(shown: TaskList) -> str:
    reference, count = shown.incident.reference, len(left(shown.tasks))
    if not shown.tasks:
        return say("{reference} has no tasks.", reference=reference)
    if not count:
        return say("All tasks of {reference} are done.", reference=reference)
    return say_many(
        "📋 One task of {reference} is open.",
        "📋 {count} tasks of {reference} are open.",
        count,
        reference=reference,
    )


def _row(task: Task, shown: TaskList) -> b.Block:
    button = done_button(task, shown.incident.reference)
    return b.section(b.mrkdwn(task_line(task, shown)), accessory=button)


def _more(open_ones: Sequence[Task]) -> list[b.Block]:
    more = len(open_ones) - MOST_OPEN
    return [b.context(b.plain(say("and {count} more", count=more)))] if more > 0 else []


def _done(shown: TaskList) -> list[b.Block]:
    done = finished(shown.tasks)
    names = [f"{one.number}. {literal(one.what.title, 100)}" for one in done[-MOST_DONE:]]
    if not names:
        return []
    text = say("✅ Done: {names}", names="; ".join(names))
    return [b.context(b.mrkdwn(text))]


def _wishes(shown: TaskList) -> b.Block:
    id = shown.incident.id
    buttons = [b.button(say("Add a task"), action=ADD, value=id)]
    if shown.tasks:
        buttons.append(b.button(say("Change a task"), action=CHANGE, value=id))
    return b.actions(buttons, id="tasks.wishes")
