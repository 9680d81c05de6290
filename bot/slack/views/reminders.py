"""What people are reminded of, with what can be done about it."""

from collections.abc import Sequence
from datetime import timedelta
from enum import Enum, auto

from bot.slack import blocks as b
from bot.slack.text import literal, mention, moment
from bot.slack.views import parts
from bot.slack.views.tasks import TaskList, done_button, task_line
from core.domain import events as e
from core.domain.incident import Incident
from core.domain.narration import spoken
from core.domain.reminder import Reminder
from core.domain.reminder_times import MOST_STALE, MOST_UPDATE
from core.domain.task_list import Task, left
from core.language import say
from core.views import IncidentCard, Person

PUT_OFF = "reminder.put_off"
"""Of several in one block each has an ending of its own."""

HALF_AN_HOUR, HOURS, DAY, WEEK = 30, 120, 1_440, 10_080
"""Minutes."""

WAITS = {
    Reminder.LEAD: (HALF_AN_HOUR,),
    Reminder.UPDATE: (HALF_AN_HOUR, HOURS),
    Reminder.STALE: (DAY,),
    Reminder.TASK: (DAY,),
    Reminder.TASKS_LEFT: (WEEK,),
}
MOST_ROWS = 20


class Settled(Enum):
    """Why nothing is to be done about a reminder any more."""

    LED = auto()
    UPDATED = auto()
    OVER = auto()
    PUT_OFF = auto()
    ASKED_AGAIN = auto()


def called_for(event: e.ReminderDue, card: IncidentCard) -> list[Person]:
    """Who has to hear of it: first whoever has the incident, then more of those at work on it,
    never everybody."""
    nearest = card.assignee or card.acknowledger
    communications = [one.person for one in card.players if one.role_id == "role_communications"]
    wider: list[Person | None] = [nearest]
    if event.count >= 2 and event.reminder is Reminder.UPDATE:
        wider += communications
    if event.count >= (3 if event.reminder is Reminder.UPDATE else 2):
        wider.append(card.creator)
    if event.count >= 3 and event.reminder is Reminder.LEAD:
        wider += card.owners
    return list({one.id: one for one in wider if one}.values())


def reminder_message(event: e.ReminderDue, incident: Incident, members: Sequence[str]) -> b.Message:
    """`members` are the ids in Slack of those who have to hear of it."""
    calling = " ".join(mention(one) for one in members)
    text = f"{calling} {_sentence(event, incident)} {_last(event)}".strip()
    return b.Message(text=text, blocks=[b.section(b.mrkdwn(text)), _buttons(event, incident)])


def settled_message(how: Settled, card: IncidentCard) -> b.Message:
    """In place of a reminder and its buttons."""
    sentence = _how(how, card)
    block = b.section(b.plain(sentence)) | {"block_id": "reminder.settled"}
    return b.Message(text=literal(sentence), blocks=[block])


def task_reminder(event: e.ReminderDue, task: Task, shown: TaskList) -> b.Message:
    incident = shown.incident
    text = say(
        "📋 Task {number} of {reference} is due: {title}",
        number=task.number,
        reference=incident.reference,
        title=literal(task.what.title, 300),
    )
    buttons = [done_button(task, incident.reference), *_put_off(event, incident)]
    blocks = [b.section(b.mrkdwn(text)), _about(incident), b.actions(buttons, id="reminder.task")]
    return b.Message(text=text, blocks=blocks)


def tasks_left_reminder(event: e.ReminderDue, tasks: Sequence[Task], shown: TaskList) -> b.Message:
    """`tasks` are those that are told of here."""
    incident = shown.incident
    heading = say(
        "📋 {reference} is over, and this is still to be done.", reference=incident.reference
    )
    rows = [
        b.section(b.mrkdwn(task_line(one, shown)), accessory=done_button(one, incident.reference))
        for one in tasks[:MOST_ROWS]
    ]
    buttons = b.actions(_put_off(event, incident), id="reminder.tasks_left")
    blocks = [b.section(b.plain(heading)), _about(incident), *rows, buttons]
    return b.Message(text=literal(heading), blocks=blocks)


def of_owner(shown: TaskList, owner: Person | None) -> list[Task]:
    """What is left of one person's; of None what is nobody's."""
    id = owner.id if owner else None
    return [one for one in left(shown.tasks) if one.what.assignee_id == id]


def pressed(value: str) -> tuple[str, Reminder, timedelta, str]:
    """Incident, reminder, wait and task that a button to put off carries; `ValueError` for one of
    another version."""
    incident, reminder, minutes, task = value.split("|")
    return incident, Reminder(reminder), timedelta(minutes=int(minutes)), task


def _sentence(event: e.ReminderDue, incident: Incident) -> str:
    values = {"reference": incident.reference, "since": moment(event.since)}
    match event.reminder:
        case Reminder.LEAD:
            return say("🧭 Nobody leads {reference} yet. Who takes it?", **values)
        case Reminder.UPDATE if incident.update_due_at and incident.update_due_at <= event.at:
            promised = moment(incident.update_due_at)
            return say(
                "⏰ The update on {reference} that was promised for {promised} is due.",
                promised=promised,
                **values,
            )
        case Reminder.UPDATE:
            return say(
                "⏰ An update on {reference} is due; the last news is from {since}.", **values
            )
        case _:
            return say("🕸️ Nothing was heard of {reference} since {since}. Does it go on?", **values)


def _how(how: Settled, card: IncidentCard) -> str:
    reference = card.incident.reference
    match how:
        case Settled.LED:
            name = card.assignee.name if card.assignee else say("Somebody")
            return say("🧭 {name} leads {reference}.", name=name, reference=reference)
        case Settled.UPDATED:
            return say("⏰ The update on {reference} is posted.", reference=reference)
        case Settled.OVER:
            return say("⏰ Nobody is asked for news of {reference} any more.", reference=reference)
        case Settled.PUT_OFF:
            return say("⏰ This reminder about {reference} was put off.", reference=reference)
        case Settled.ASKED_AGAIN:
            return say(
                "⏰ A later reminder about {reference} replaces this one.", reference=reference
            )


def _last(event: e.ReminderDue) -> str:
    """That nothing follows, where it was asked often enough."""
    if event.reminder is Reminder.UPDATE and event.count >= MOST_UPDATE:
        return say("It is not asked for again before somebody posts an update.")
    if event.reminder is Reminder.STALE and event.count >= MOST_STALE:
        return say("Nobody is asked again before something is heard of it.")
    return ""


def _buttons(event: e.ReminderDue, incident: Incident) -> b.Block:
    offers = {
        Reminder.LEAD: [_offer(incident, say("I take it"), parts.ASSIGN_ME)],
        Reminder.UPDATE: [_offer(incident, say("Post an update"), parts.UPDATE)],
        Reminder.STALE: [
            _offer(incident, say("Post an update"), parts.UPDATE),
            _offer(incident, say("Resolve"), parts.RESOLVE),
        ],
    }
    wanted = offers.get(event.reminder, [])
    return b.actions([*wanted, *_put_off(event, incident)], id="reminder.buttons")


def _offer(incident: Incident, label: str, action: str) -> b.Element:
    said = say("{label}: {reference}", label=label, reference=incident.reference)
    return b.button(label, action=action, value=incident.id, said=said)


def _put_off(event: e.ReminderDue, incident: Incident) -> list[b.Element]:
    return [
        b.button(
            say("Remind me in {time}", time=spoken(timedelta(minutes=minutes))),
            action=f"{PUT_OFF}.{minutes}",
            value=f"{incident.id}|{event.reminder}|{minutes}|{event.task_id}",
        )
        for minutes in WAITS[event.reminder]
    ]


def _about(incident: Incident) -> b.Block:
    """In a direct message nobody sees which incident it was, nor where it was worked on."""
    return b.context(b.plain(parts.called(incident), 600))
