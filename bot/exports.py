"""Everything about one incident as a file: JSON for programs, Markdown for people."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from bot.stories import postmortem_of, story_of
from core.domain.ids import IncidentId, OrganizationId
from core.domain.postmortem import Postmortem
from core.domain.postmortem_draft import Story, document_of, draft_of
from core.domain.update import Note, StatusUpdate
from core.language import say
from core.ports import AlertQuery, ReadModels
from core.ports.alerts import AlertRow
from core.views import UpdateQuery

AT_ONCE = 200
MOST_ALERTS, MOST_UPDATES = 2_000, 2_000
FORMAT = "tocsin-incident/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """All that there is; `postmortem` only where one was drafted."""

    story: Story
    updates: list[StatusUpdate]
    notes: list[Note]
    alerts: list[AlertRow]
    postmortem: Postmortem | None


async def exported(reads: ReadModels, organization_id: OrganizationId, id: IncidentId) -> Exported:
    """`reads` are those of whoever asks."""
    return Exported(
        story=await story_of(reads, organization_id, id),
        updates=await _updates(reads, organization_id, id),
        notes=await reads.notes(organization_id, id),
        alerts=await _alerts(reads, organization_id, id),
        postmortem=await postmortem_of(reads, organization_id, id),
    )


def as_json(given: Exported) -> bytes:
    """Times with their zone, people by id and name."""
    story = given.story
    told: Mapping[str, Any] = {
        "format": FORMAT,
        "incident": {"reference": story.incident.reference, **_plain(story.incident)},
        "people": _plain(story.people),
        "services": list(story.services),
        "own_fields": {name: list(values) for name, values in story.own_fields.items()},
        "roles": [{"role": role, "name": name} for role, name in story.players],
        "timeline": _plain(story.lines),
        "updates": _plain(given.updates),
        "notes": _plain(given.notes),
        "tasks": _plain(story.tasks),
        "alerts": _plain(given.alerts),
        "similar": _plain(story.alike),
        "postmortem": _plain(given.postmortem),
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def as_markdown(given: Exported) -> bytes:
    """The postmortem as it was written, or what its draft would say, in the language spoken now."""
    body = given.postmortem.readable if given.postmortem else draft_of(given.story)
    return document_of(document_title(given), body).encode()


def document_title(given: Exported) -> str:
    """Of the postmortem, or of what one would begin with."""
    incident = given.story.incident
    if given.postmortem:
        return given.postmortem.title
    return say("Draft of {reference}: {title}", reference=incident.reference, title=incident.title)


def data_title(given: Exported) -> str:
    return say("Export of {reference} as JSON", reference=given.story.incident.reference)


async def _updates(
    reads: ReadModels, organization_id: OrganizationId, id: IncidentId
) -> list[StatusUpdate]:
    """Oldest first."""
    query, found = UpdateQuery(incident_id=id, limit=AT_ONCE), list[StatusUpdate]()
    while len(found) < MOST_UPDATES:
        page = await reads.updates(organization_id, query)
        found += page.updates
        if not page.more:
            break
        query = UpdateQuery(incident_id=id, limit=AT_ONCE, after=page.updates[-1].id)
    return found[::-1]


async def _alerts(
    reads: ReadModels, organization_id: OrganizationId, id: IncidentId
) -> list[AlertRow]:
    """Newest first."""
    query, found = AlertQuery(incident_id=id, limit=AT_ONCE), list[AlertRow]()
    while len(found) < MOST_ALERTS:
        page = await reads.alerts(organization_id, query)
        found += page.rows
        if not page.more:
            break
        query = AlertQuery(incident_id=id, limit=AT_ONCE, after=page.rows[-1].episode.id)
    return found


def _plain(value: Any) -> Any:
    """As JSON can say it; what is not to be shown anywhere is left out."""
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case None | bool() | int() | float() | str():
            return value
        case Mapping():
            return {str(_plain(key)): _plain(one) for key, one in value.items()}
        case tuple() | list() | frozenset() | set():
            return [_plain(one) for one in value]
    if is_dataclass(value):
        return dict(_parts(value))
    return str(value)


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    for field in fields(value):
        if field.repr:
            yield field.name, _plain(getattr(value, field.name))
