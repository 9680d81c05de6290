"""What people do to incidents from Slack, and the sentence each of them hears."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.slack.gesture import Person
from core.bus import CommandBus
from core.commands import (
    AcknowledgeIncident,
    AssignIncident,
    ChangeSeverity,
    IncidentCommand,
    PostUpdate,
    ReopenIncident,
    ResolveIncident,
)
from core.domain import events as e
from core.domain.ids import IncidentId, UserId
from core.domain.incident import Incident
from core.domain.narration import spoken
from core.domain.state import OVER, Phase
from core.errors import IllegalTransition
from core.ports import Clock, ReadModels
from core.views import IncidentCard, TimelineEntry

DEEDS: dict[type[e.IncidentEvent], str] = {
    e.IncidentAcknowledged: "acknowledged",
    e.IncidentReopened: "reopened",
    e.IncidentSnoozed: "snoozed",
    e.IncidentSuppressed: "suppressed",
    e.IncidentResolved: "resolved",
    e.IncidentClosed: "closed",
    e.IncidentCanceled: "canceled",
}

ENDS = (e.IncidentResolved, e.IncidentClosed, e.IncidentCanceled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`late`: somebody else had done it, or something else had happened, before."""

    sentence: str
    late: bool = False


class Acts:
    def __init__(self, bus: CommandBus, reads: ReadModels, clock: Clock) -> None:
        self._bus = bus
        self._reads = reads
        self._clock = clock

    async def acknowledge(self, person: Person, id: IncidentId) -> Outcome:
        command = AcknowledgeIncident(caller=person.caller, key=person.gesture.key, incident_id=id)
        return await self._moved(command, e.IncidentAcknowledged)

    async def resolve(
        self, person: Person, id: IncidentId, summary: str = "", root_cause: str = ""
    ) -> Outcome:
        command = ResolveIncident(
            caller=person.caller,
            key=person.gesture.key,
            incident_id=id,
            summary=summary,
            root_cause=root_cause,
        )
        return await self._moved(command, e.IncidentResolved)

    async def reopen(self, person: Person, id: IncidentId, reason: str = "") -> Outcome:
        command = ReopenIncident(
            caller=person.caller, key=person.gesture.key, incident_id=id, reason=reason
        )
        return await self._moved(command, e.IncidentReopened)

    async def assign(self, person: Person, id: IncidentId, assignee_id: UserId) -> Outcome:
        incident = await self._bus.execute(
            AssignIncident(
                caller=person.caller,
                key=person.gesture.key,
                incident_id=id,
                assignee_id=assignee_id,
            )
        )
        if assignee_id == person.caller.actor.user_id:
            return Outcome(sentence=f"{incident.reference} is yours.")
        card = await self._reads.card(person.caller.organization_id, id)
        who = _name_of_assignee(card)
        return Outcome(sentence=f"{incident.reference} is assigned to {who}.")

    async def take(self, person: Person, id: IncidentId, taker_id: UserId) -> Outcome:
        """Nobody loses an incident to a press on a card that was out of date."""
        command = AssignIncident(
            caller=person.caller,
            key=person.gesture.key,
            incident_id=id,
            assignee_id=taker_id,
            only_if_unassigned=True,
        )
        incident = await self._bus.execute(command)
        if incident.state in OVER:
            return await self._over(command, incident)
        if incident.assignee_id != taker_id:
            return Outcome(sentence=await self._taken(command, incident), late=True)
        return Outcome(sentence=f"{incident.reference} is yours.")

    async def change_severity(self, person: Person, id: IncidentId, level: str) -> Outcome:
        incident = await self._bus.execute(
            ChangeSeverity(
                caller=person.caller, key=person.gesture.key, incident_id=id, severity=level
            )
        )
        return Outcome(sentence=f"{incident.reference} is {incident.severity.label}.")

    async def update(
        self, person: Person, id: IncidentId, text: str, phase: Phase | None = None
    ) -> Outcome:
        incident = await self._bus.execute(
            PostUpdate(
                caller=person.caller,
                key=person.gesture.key,
                incident_id=id,
                text=text,
                phase=phase,
            )
        )
        return Outcome(sentence=f"Your update on {incident.reference} is posted.")

    async def _moved(self, command: IncidentCommand, kind: type[e.IncidentEvent]) -> Outcome:
        """A repeated move is no refusal in the core; the timeline tells whose move it was."""
        try:
            incident = await self._bus.execute(command)
        except IllegalTransition as refusal:
            return await self._too_late(command, refusal)
        entry = _latest(await self._timeline(command), (kind,))
        if entry is None:
            return _already(incident)
        if entry.event.by.user_id == command.caller.actor.user_id:
            return Outcome(sentence=f"You {DEEDS[kind]} {incident.reference}.")
        return Outcome(sentence=self._told(incident.reference, entry), late=True)

    async def _too_late(self, command: IncidentCommand, refusal: IllegalTransition) -> Outcome:
        entry = _latest(await self._timeline(command), tuple(DEEDS))
        if entry is None:
            raise refusal
        incident = await self._incident(command)
        return Outcome(sentence=self._told(incident.reference, entry), late=True)

    async def _over(self, command: IncidentCommand, incident: Incident) -> Outcome:
        entry = _latest(await self._timeline(command), ENDS)
        if entry is None:
            return _already(incident)
        return Outcome(sentence=self._told(incident.reference, entry), late=True)

    async def _taken(self, command: IncidentCommand, incident: Incident) -> str:
        """Without an entry it was declared with its assignee."""
        reference = incident.reference
        over = f"“/incident assign me {reference}” takes it over."
        for entry in reversed(await self._timeline(command)):
            event = entry.event
            if isinstance(event, e.IncidentAssigned) and event.assignee_id == incident.assignee_id:
                return f"{reference} was {_handed(event)} {ago(self._clock(), entry.at)}; {over}"
        card = await self._reads.card(command.caller.organization_id, incident.id)
        return f"{reference} is assigned to {_name_of_assignee(card)}; {over}"

    async def _timeline(self, command: IncidentCommand) -> Sequence[TimelineEntry]:
        organization = command.caller.organization_id
        return await self._reads.timeline(organization, command.incident_id)

    async def _incident(self, command: IncidentCommand) -> Incident:
        organization = command.caller.organization_id
        return (await self._reads.card(organization, command.incident_id)).incident

    def _told(self, reference: str, entry: TimelineEntry) -> str:
        deed, who = DEEDS[_kind(entry)], entry.event.by.name
        return f"{reference} was {deed} by {who} {ago(self._clock(), entry.at)}."


def _already(incident: Incident) -> Outcome:
    return Outcome(sentence=f"{incident.reference} is {incident.state} already.", late=True)


def _handed(event: e.IncidentAssigned) -> str:
    if event.assignee_id == event.by.user_id:
        return f"taken by {event.by.name}"
    return f"given to {event.assignee_name} by {event.by.name}"


def _name_of_assignee(card: IncidentCard) -> str:
    return card.assignee.name if card.assignee else "nobody"


def ago(now: datetime, then: datetime) -> str:
    minutes = (now - then) // timedelta(minutes=1)
    return f"{spoken(timedelta(minutes=minutes))} ago" if minutes >= 1 else "just now"


def _latest(
    entries: Sequence[TimelineEntry], kinds: tuple[type[e.IncidentEvent], ...]
) -> TimelineEntry | None:
    return next((entry for entry in reversed(entries) if isinstance(entry.event, kinds)), None)


def _kind(entry: TimelineEntry) -> type[e.IncidentEvent]:
    return next(kind for kind in DEEDS if isinstance(entry.event, kind))
