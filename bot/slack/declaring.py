"""Declaring an incident from Slack, typed or filled in."""

from dataclasses import dataclass

from bot.slack.gesture import Person, Reply, reply
from core.bus import CommandBus
from core.commands import DeclareIncident
from core.domain.ids import ServiceId, UserId
from core.domain.incident import Incident
from core.domain.particulars import FieldEntry, Mode
from core.domain.severity import Severity
from core.language import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody said about it; no severity is medium, and they are told so."""

    title: str
    severity: str = ""
    description: str = ""
    service_ids: tuple[ServiceId, ...] = ()
    assignee_id: UserId | None = None
    private: bool = False
    test: bool = False
    fields: tuple[FieldEntry, ...] = ()
    links: tuple[str, ...] = ()


async def declare(bus: CommandBus, person: Person, draft: Draft) -> Reply:
    incident = await bus.execute(
        DeclareIncident(
            caller=person.caller,
            key=person.gesture.key,
            title=draft.title,
            severity=draft.severity or Severity.MEDIUM,
            description=draft.description,
            service_ids=draft.service_ids,
            assignee_id=draft.assignee_id,
            private=draft.private,
            mode=Mode.TEST if draft.test else Mode.STANDARD,
            fields=draft.fields,
            links=draft.links,
        )
    )
    return reply(_told(incident, draft))


def _told(incident: Incident, draft: Draft) -> str:
    values = {
        "reference": incident.reference,
        "title": incident.title,
        "severity": incident.severity.label,
    }
    if draft.severity:
        return say(
            "{reference} “{title}” is declared. Severity: {severity}. Its channel opens in a "
            "moment, and you are invited.",
            **values,
        )
    return say(
        "{reference} “{title}” is declared. Severity: {severity} (none was given; “/incident "
        "severity {reference}”). Its channel opens in a moment, and you are invited.",
        **values,
    )
