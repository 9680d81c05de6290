"""The tasks of an incident as they are listed, told of and written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.slack import blocks as b
from bot.slack.text import literal, mention, moment
from bot.slack.views import submission
from bot.slack.views.lists import RUN
from bot.slack.views.parts import person
from bot.slack.views.subject import Subject, subject_block
from core.domain.follow_up import MAX_TITLE
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.task_list import Task, finished, left
from core.language import say, say_many
from core.views import Person

DONE, ADD, CHANGE = "tasks.done", "tasks.add", "tasks.change"
ADD_FORM = "tasks.add_form"
TITLE, WHO, DUE = "title", "assignee_id", "due_at"
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
    told = heading(shown)
    rows = [_row(one, shown) for one in open_ones[:MOST_OPEN]]
    last = wishes(shown, more=len(shown.tasks) > len(rows) + len(_named(shown)))
    blocks = [b.section(b.plain(told)), *rows, *_more(open_ones), *_done(shown), last]
    return b.Message(text=literal(told), blocks=blocks)


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


def done_button(task: Task, reference: str, place: str = "") -> b.Element:
    """`place` is where the page begins that is shown anew."""
    said = say("Done: task {number} of {reference}", number=task.number, reference=reference)
    return b.button(say("Done"), action=DONE, value=f"{task.what.id} {place}".strip(), said=said)


def pressed(value: str) -> tuple[str, str]:
    """The task or incident, and where the page began."""
    id, _, place = value.partition(" ")
    return id, place


def add_title() -> str:
    return say("Add a task")


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What of a task was typed already; `who` is an id of Slack's."""

    who: str = ""
    due_at: datetime | None = None


NOTHING_YET = Begun()


def add_form(subject: Subject, memory: str, begun: Begun = NOTHING_YET) -> b.View:
    due = int(begun.due_at.timestamp()) if begun.due_at else None
    fields = [
        title_input(),
        who_input().starting_with(initial_user=begun.who),
        due_input().starting_with(initial_date_time=due),
    ]
    return b.form(
        add_title(),
        [subject_block(subject), *(field.block() for field in fields)],
        callback=ADD_FORM,
        submit=say("Add"),
        memory=memory,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledTask:
    """What was filled in: `who` is an id of Slack's."""

    title: str
    who: str
    due_at: datetime | None


def filled(values: Mapping[str, Any]) -> FilledTask:
    return FilledTask(
        title=submission.written(values, TITLE),
        who=submission.person(values, WHO),
        due_at=submission.moment(values, DUE),
    )


def title_input() -> b.Input:
    element = b.text_input(longest=MAX_TITLE, hint=say("Such as: roll back the last release"))
    return b.Input(id=TITLE, label=say("What is to be done?"), element=element)


def who_input(hint: str = "") -> b.Input:
    label = say("Who does it?")
    return b.Input(id=WHO, label=label, element=b.person_select(), hint=hint, optional=True)


def due_input() -> b.Input:
    hint = say("Whoever does it is reminded then. In your own time zone.")
    label = say("Until when?")
    return b.Input(id=DUE, label=label, element=b.moment_picker(), hint=hint, optional=True)


def heading(shown: TaskList) -> str:
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


def _named(shown: TaskList) -> Sequence[Task]:
    return finished(shown.tasks)[-MOST_DONE:]


def _done(shown: TaskList) -> list[b.Block]:
    names = [f"{one.number}. {literal(one.what.title, 100)}" for one in _named(shown)]
    if not names:
        return []
    text = say("✅ Done: {names}", names="; ".join(names))
    return [b.context(b.mrkdwn(text))]


def wishes(shown: TaskList, place: str = "", *, more: bool = False) -> b.Block:
    """With `more` there are tasks that are not shown here."""
    id = shown.incident.id
    buttons = [b.button(say("Add a task"), action=ADD, value=id)]
    if shown.tasks:
        changed = b.button(say("Change a task"), action=CHANGE, value=f"{id} {place}".strip())
        buttons.append(changed)
    if more:
        line = f"tasks {shown.incident.reference}"
        buttons.append(b.button(say("All tasks"), action=f"{RUN}.tasks", value=line))
    return b.actions(buttons, id="tasks.wishes")
