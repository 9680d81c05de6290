"""What became of the postmortem of an incident, as sentences of its history."""

from core.domain import events as e
from core.language import say


def narrate_postmortem(event: e.RecordFact) -> str:
    who = event.by.name
    match event:
        case e.RecordCreated():
            return say("{who} drafted the postmortem.", who=who)
        case e.RecordChanged(fields=("contributors",)):
            return say("{who} asked those who took part for the postmortem.", who=who)
        case e.RecordChanged(fields=fields) if "published at" in fields:
            return say("{who} published the postmortem.", who=who)
        case e.RecordChanged():
            return say("{who} edited the postmortem.", who=who)
        case e.RecordDeleted():
            return say("{who} deleted the postmortem.", who=who)
