"""What became of the tasks of an incident, as sentences of its history."""

from typing import assert_never

from core.domain import events as e
from core.domain.follow_up import FollowUpStatus
from core.domain.wording import joined
from core.language import known, say, to_say

_SPOKEN = {
    "title": to_say("the title"),
    "description": to_say("the description"),
    "assignee id": to_say("the owner"),
    "due at": to_say("the due time"),
    "labels": to_say("the labels"),
    "incident id": to_say("the incident"),
}


def narrate_task(event: e.RecordFact) -> str:
    who, name = event.by.name, event.name
    match event:
        case e.RecordCreated():
            return say("{who} added the task “{name}”.", who=who, name=name)
        case e.RecordChanged(became=FollowUpStatus.COMPLETED):
            return say("{who} completed the task “{name}”.", who=who, name=name)
        case e.RecordChanged(became=FollowUpStatus.NOT_DOING):
            return say("{who} dropped the task “{name}”.", who=who, name=name)
        case e.RecordChanged(became=FollowUpStatus.OUTSTANDING):
            return say("{who} took up the task “{name}” again.", who=who, name=name)
        case e.RecordChanged(fields=fields):
            words = joined(tuple(known(_SPOKEN.get(one, one)) for one in fields))
            return say(
                "{who} changed {fields} of the task “{name}”.", who=who, fields=words, name=name
            )
        case e.RecordDeleted():
            return say("{who} deleted the task “{name}”.", who=who, name=name)
        case _:
            assert_never(event)
