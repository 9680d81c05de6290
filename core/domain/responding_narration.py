"""What people did about an incident together, as sentences."""

from collections.abc import Mapping
from typing import assert_never

from core.domain import events as e
from core.domain.channel_narration import narrate_channel
from core.domain.reminder import Reminder
from core.domain.wording import joined, minute
from core.language import known, say, to_say


def narrate_responding(event: e.RespondingFact) -> str:  # noqa: C901 - one line per event
    who = event.by.name
    match event:
        case e.RoleGiven():
            return _role(event)
        case (
            e.IncidentMerged() | e.IncidentAbsorbed() | e.IncidentRelated() | e.IncidentUnrelated()
        ):
            return _together(event)
        case e.MembersChanged():
            return _members(event)
        case e.MessageKept(author=author):
            return say("{author} wrote: {text}", author=author, text=event.text)
        case e.MessageDropped(author=author):
            words = to_say("{who} took a message of {author} out of the timeline.")
            return say(words, who=who, author=author)
        case e.EntryRevised():
            return say("{who} corrected a line of the timeline.", who=who)
        case e.ReminderDue():
            return _reminder(event)
        case e.ReminderPutOff():
            until = minute(event.until)
            return say("{who} put off a reminder until {until}.", who=who, until=until)
        case e.ChannelArchiveDue():
            return say("The incident has been over for long enough; its channel can be archived.")
        case e.ChannelChanged():
            return narrate_channel(event)
        case _:
            assert_never(event)


def _together(
    event: e.IncidentMerged | e.IncidentAbsorbed | e.IncidentRelated | e.IncidentUnrelated,
) -> str:
    """Where the other has no name, whoever reads it may not know of it."""
    other = event.into if isinstance(event, e.IncidentMerged) else event.other
    words = _TOGETHER if other else _APART
    return say(words[type(event)], who=event.by.name, other=other)


_TOGETHER: Mapping[type[e.Event], str] = {
    e.IncidentMerged: to_say("{who} merged the incident into {other}."),
    e.IncidentAbsorbed: to_say("{who} merged {other} into this incident."),
    e.IncidentRelated: to_say("{who} linked {other} to the incident."),
    e.IncidentUnrelated: to_say("{who} took away the link to {other}."),
}
_APART: Mapping[type[e.Event], str] = {
    e.IncidentMerged: to_say("{who} merged the incident into another one."),
    e.IncidentAbsorbed: to_say("{who} merged another incident into this one."),
    e.IncidentRelated: to_say("{who} linked another incident."),
    e.IncidentUnrelated: to_say("{who} took away the link to another incident."),
}


def _role(event: e.RoleGiven) -> str:
    who, role = event.by.name, known(event.role)
    if event.user_id is None:
        return say("{who} left the role {role} to nobody.", who=who, role=role)
    if event.user_id == event.by.user_id:
        return say("{who} took the role {role}.", who=who, role=role)
    words = to_say("{who} gave the role {role} to {name}.")
    return say(words, who=who, role=role, name=event.user_name)


def _members(event: e.MembersChanged) -> str:
    who = event.by.name
    if event.turned and not event.private:
        return say("{who} made the incident visible to everybody.", who=who)
    if event.turned:
        return say("{who} made the incident private.", who=who)
    if event.added:
        return say("{who} let {names} in.", who=who, names=joined(event.added))
    return say("{who} shut {names} out.", who=who, names=joined(event.removed))


def _reminder(event: e.ReminderDue) -> str:
    since = minute(event.since)
    match event.reminder:
        case Reminder.LEAD:
            return say("Nobody leads the incident yet.")
        case Reminder.UPDATE:
            return say("An update is due; the last news is from {since}.", since=since)
        case Reminder.STALE:
            return say(
                "Nothing was heard of the incident since {since}. Does it go on?",
                since=since,
            )
        case Reminder.TASK:
            return say("The task “{name}” is due.", name=event.name)
        case Reminder.TASKS_LEFT:
            return say("The incident is over, and tasks of it are still open.")
