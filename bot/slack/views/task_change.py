"""The forms that change a task: which one, and then what of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack import blocks as b
from bot.slack.maintenance.meanwhile import seal
from bot.slack.views import submission
from bot.slack.views.subject import Subject, subject_block
from bot.slack.views.tasks import DUE, TITLE, WHO, due_input, title_input, who_input
from bot.slack.views.timeline import minute_of
from core.domain.follow_up import FollowUp, FollowUpStatus
from core.domain.incident import Incident
from core.domain.task_list import Task
from core.errors import InvalidInput
from core.flaws import Flaws
from core.language import say
from core.views import Person

PICK_FORM, CHANGE_FORM = "tasks.which", "tasks.change_form"
TASK, BECOMES, INSTEAD = "task_id", "status", "instead"
NOBODY, UNDATED, UNSEEN = "nobody", "undated", "unseen"


def change_title() -> str:
    return say("Change a task")


def pick_form(incident: Incident, tasks: Sequence[Task], memory: str) -> b.View:
    """The first of the tasks are the likeliest."""
    choices = [
        b.Choice(label=f"{one.number}. {one.what.title}", value=one.what.id)
        for one in tasks[: b.MAX_OPTIONS]
    ]
    task = b.Input(id=TASK, label=say("Which task?"), element=b.select(choices))
    return b.form(
        change_title(),
        [
            subject_block(Subject(incident=incident)),
            task.starting_with(initial_option=b.option(choices[0])).block(),
        ],
        callback=PICK_FORM,
        submit=say("Change"),
        memory=memory,
    )


def picked(values: Mapping[str, Any]) -> str:
    return submission.chosen(values, TASK)


def changeable(task: FollowUp, owner: Person | None) -> Mapping[str, Any]:
    """What of a task the form shows; of its owner the id in Slack, or else their own."""
    return {
        TITLE: task.title,
        WHO: (owner.slack_user_id if owner else None) or task.assignee_id or NOBODY,
        DUE: minute_of(task.due_at) if task.due_at else None,
        BECOMES: task.status.value,
    }


def unseen(task: FollowUp, owner: Person | None) -> str:
    """The id of an owner who cannot be shown in Slack."""
    return "" if owner and owner.slack_user_id else task.assignee_id or ""


def change_form(incident: Incident, task: FollowUp, owner: Person | None, memory: str) -> b.View:
    due = int(minute_of(task.due_at).timestamp()) if task.due_at else None
    hint = ""
    if owner and not owner.slack_user_id:
        hint = say("Until somebody is chosen, it stays with {name}.", name=owner.name)
    fields = [
        title_input().starting_with(initial_value=task.title),
        who_input(hint).starting_with(initial_user=owner.slack_user_id if owner else None),
        due_input().starting_with(initial_date_time=due),
        *_instead(task),
        _becomes(task.status),
    ]
    return b.form(
        change_title(),
        [subject_block(Subject(incident=incident)), *(one.block() for one in fields)],
        callback=CHANGE_FORM,
        submit=say("Save"),
        memory=memory,
    )


def filled_change(values: Mapping[str, Any], shown: Mapping[str, str]) -> Mapping[str, Any]:
    """Named like what is `changeable`; `shown` are the seals of that. What was emptied is taken
    away. `InvalidInput` where somebody is named and nobody is meant."""
    who, due = submission.person(values, WHO), submission.moment(values, DUE)
    instead, flaws = submission.chosen_many(values, INSTEAD), Flaws()
    if NOBODY in instead and who and seal(who) != shown.get(WHO):
        message = say("Either somebody does it or nobody; take one of the two back.")
        flaws.note(InvalidInput(message, field=WHO))
    if UNDATED in instead and due and seal(due) != shown.get(DUE):
        message = say("Either it is due then or at no time; take one of the two back.")
        flaws.note(InvalidInput(message, field=DUE))
    flaws.refuse()
    return {
        TITLE: submission.written(values, TITLE),
        WHO: NOBODY if NOBODY in instead else who or shown.get(UNSEEN) or NOBODY,
        DUE: None if UNDATED in instead else due,
        BECOMES: submission.chosen(values, BECOMES),
    }


def _instead(task: FollowUp) -> list[b.Input]:
    """Only what can be taken away is offered to be."""
    nobody = b.Choice(label=say("Nobody does it yet"), value=NOBODY)
    undated = b.Choice(label=say("It is due at no time"), value=UNDATED)
    choices = [*([nobody] if task.assignee_id else []), *([undated] if task.due_at else [])]
    if not choices:
        return []
    element = b.checkboxes(choices)
    return [b.Input(id=INSTEAD, label=say("Instead"), element=element, optional=True)]


def _becomes(status: FollowUpStatus) -> b.Input:
    states = {
        FollowUpStatus.OUTSTANDING: say("It is still to be done"),
        FollowUpStatus.COMPLETED: say("It is done"),
        FollowUpStatus.NOT_DOING: say("Nobody will do it"),
    }
    choices = {state: b.Choice(label=label, value=state.value) for state, label in states.items()}
    element = b.radio_buttons([*choices.values()])
    field = b.Input(id=BECOMES, label=say("What becomes of it?"), element=element)
    return field.starting_with(initial_option=b.option(choices[status]))
