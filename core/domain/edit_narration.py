"""What was changed of an incident, as sentences: its services by name, other fields by theirs."""

from core.domain.events import IncidentEdited
from core.domain.wording import and_more, joined, listed
from core.language import say

MOST_NAMED = 5


def narrate_edit(event: IncidentEdited) -> str:
    told = event.services_added or event.services_removed
    rest = tuple(one for one in event.fields if not (told and one == "service"))
    others = say("{who} changed {fields}.", who=event.by.name, fields=listed(rest)) if rest else ""
    return f"{others} {_services(event)}".strip()


def _services(event: IncidentEdited) -> str:
    who, added, removed = event.by.name, event.services_added, event.services_removed
    if added and removed:
        return say(
            "{who} added {added} to the affected services and took {removed} off.",
            who=who,
            added=_named(added),
            removed=_named(removed),
        )
    if added:
        return say("{who} added {names} to the affected services.", who=who, names=_named(added))
    if removed:
        return say("{who} took {names} off the affected services.", who=who, names=_named(removed))
    return ""


def _named(names: tuple[str, ...]) -> str:
    if len(names) <= MOST_NAMED:
        return joined(names)
    return and_more(names[:MOST_NAMED], len(names) - MOST_NAMED)
