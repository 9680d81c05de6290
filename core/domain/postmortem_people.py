"""Who did something about an incident, and how much; pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.domain import events as e
from core.domain.actor import Surface
from core.domain.follow_up import FollowUp
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.kept_message import KeptMessage
from core.domain.postmortem import Postmortem


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that somebody did, was given or said. Where a program may have done it in their
    name, `signed` is the name under which it was done."""

    user_id: UserId
    signed: str = ""


def deeds(
    incident: Incident,
    happened: Iterable[e.Event],
    tasks: Iterable[FollowUp],
    messages: Iterable[KeptMessage],
) -> Iterator[Deed]:
    """All of them, but for what was done about its postmortem."""
    yield from _given(incident.created_by, incident.assignee_id)
    yield from _given(*(one.user_id for one in incident.roles))
    yield from _given(*(one.assignee_id for one in tasks))
    yield from _given(*(one.author_id for one in messages))
    for event in happened:
        yield from _of(event)


def _of(event: e.Event) -> Iterator[Deed]:
    if isinstance(event, e.RecordEvent) and event.noun == Postmortem.NOUN:
        return
    if event.by.user_id:
        signed = event.by.name if event.by.surface is Surface.REST else ""
        yield Deed(user_id=event.by.user_id, signed=signed)
    match event:
        case e.IncidentAssigned(assignee_id=given) | e.RoleGiven(user_id=given):
            yield from _given(given)


def _given(*people: UserId | None) -> Iterator[Deed]:
    yield from (Deed(user_id=one) for one in people if one)
