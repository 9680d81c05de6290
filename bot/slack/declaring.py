"""Declaring an incident from Slack, typed or filled in."""

from dataclasses import dataclass

from bot.slack.gesture import Person, Reply, reply
from core.bus import CommandBus
from core.commands import DeclareIncident
from core.domain.ids import ServiceId, UserId
from core.domain.severity import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody said about it; no severity is medium, and they are told so."""

    title: str
    severity: str = ""
    description: str = ""
    service_ids: tuple[ServiceId, ...] = ()
    assignee_id: UserId | None = None


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
        )
    )
    why = "" if draft.severity else f" (none was given; “/incident severity {incident.reference}”)"
    return reply(
        f"{incident.reference} “{incident.title}” is declared. Severity: "
        f"{incident.severity.label}{why}. Its channel opens in a moment, and you are invited."
    )
