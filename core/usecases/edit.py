"""Editing an incident: several changes in one wish, all of them or none."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.commands import EditIncident
from core.domain.actor import Actor
from core.domain.events import IncidentFact
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.severity import Severity, severity_named
from core.domain.state import OVER, Phase, State
from core.domain.update import StatusUpdate
from core.errors import IllegalTransition
from core.flaws import Flaws
from core.language import say
from core.ports import UnitOfWork
from core.usecases.affected import with_services
from core.usecases.incident_checks import (
    load,
    require_assignee,
    require_players,
    require_services,
    require_somebody,
)
from core.usecases.incident_words import message_text, words_of
from core.usecases.messages import Telling, an_update, resolving, telling

_MAY_RESOLVE = frozenset({None, State.RESOLVED, State.CLOSED})
"""The states wished for on whose way an incident is resolved."""


async def edit(command: EditIncident, uow: UnitOfWork, now: datetime) -> Incident:
    before, flaws = await load(command, uow), Flaws()
    words = words_of(command, flaws)
    word = (command.severity or before.severity).strip().lower()
    severity = flaws.checked(lambda: severity_named(word), Severity.LOW)
    message = command.message
    text = flaws.checked(lambda: message_text(message.text), "") if message else ""
    name = await _require(command, before, uow, flaws)
    flaws.refuse()
    edit = _Edit(command=command, uow=uow, now=now, resolution=words.get("resolution"))
    incident = await edit.describe(before, words)
    if command.severity is not None:
        incident = await edit.rate(incident, severity, word)
    incident = await edit.give(incident, name)
    incident = await edit.name(await edit.move(incident, text))
    taken = incident.assignee_id != before.assignee_id
    await require_somebody(before, incident, "assignee_id" if taken else "roles", uow)
    return incident


async def _require(command: EditIncident, before: Incident, uow: UnitOfWork, flaws: Flaws) -> str:
    """Whatever is spoken of is there; answers the assignee's name."""
    if command.service_ids:
        await flaws.awaited(require_services(command.service_ids, uow), None)
    if command.roles:
        await flaws.awaited(require_players(command.roles, uow, before.roles), None)
    if command.assignee_id is None and not command.unassign:
        return ""
    wanted, present = _assignee(command), before.assignee_id
    return await flaws.awaited(require_assignee(wanted, command.caller, uow, present), "")


def _assignee(command: EditIncident) -> UserId | None:
    return None if command.unassign else command.assignee_id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edit:
    """One wish being carried out, step by step."""

    command: EditIncident
    uow: UnitOfWork
    now: datetime
    resolution: str | None = None

    async def describe(self, incident: Incident, words: dict[str, Any]) -> Incident:
        edited, event = incident.edit(by=self._by, at=self.now, **words)
        return await self._keep(edited, await with_services(event, incident, edited, self.uow))

    async def rate(self, incident: Incident, severity: Severity, word: str) -> Incident:
        rated, event = incident.change_severity(severity, word, by=self._by, at=self.now)
        return await self._keep(rated, event)

    async def give(self, incident: Incident, name: str) -> Incident:
        wanted = _assignee(self.command)
        if wanted is None and not self.command.unassign:
            return incident
        given, event = incident.assign(wanted, name, by=self._by, at=self.now)
        return await self._keep(given, event)

    async def move(self, incident: Incident, text: str) -> Incident:
        """Into the state and the phase, with the message that tells of it."""
        command, message = self.command, self.command.message
        wanted = None if incident.state in command.unless else command.state
        phase = (message.phase if message else None) or command.phase
        closing = command.resolve_first and wanted is State.CLOSED
        over = wanted is State.RESOLVED or closing or phase is Phase.RESOLVED
        if over and wanted in _MAY_RESOLVE and incident.can_become(State.RESOLVED):
            update = self._update(incident, Phase.RESOLVED, text) if text else None
            incident = await self._told(resolving(incident, update, by=self._by, at=self.now))
            text = ""
        if wanted is not None:
            moved, event = move(incident, wanted, by=self._by, at=self.now)
            incident = await self._keep(moved, event)
        if text:
            return await self._told(telling(incident, self._update(incident, phase, text)))
        return await self._turn(incident, phase)

    async def name(self, incident: Incident) -> Incident:
        """Tell of new names for severity or status where nothing else changed them."""
        named, event = incident.edit(by=self._by, at=self.now, **self._names)
        return await self.uow.incidents.save(named, because=event)

    async def _turn(self, incident: Incident, phase: Phase | None) -> Incident:
        """Into a phase without a word; what is over has none but its last."""
        if phase is None or incident.state in OVER:
            return incident
        turned, event = incident.edit(by=self._by, at=self.now, phase=phase)
        return await self._keep(turned, event)

    def _update(self, incident: Incident, phase: Phase | None, text: str) -> StatusUpdate:
        return an_update(incident, phase, text, self.command.caller, self.uow, self.now)

    async def _told(self, telling: Telling) -> Incident:
        return await replace(telling, incident=self._named(telling.incident)).saved(self.uow)

    async def _keep(self, incident: Incident, event: IncidentFact | None) -> Incident:
        if event is None:
            return incident
        return await self.uow.incidents.save(self._named(incident), because=event)

    def _named(self, incident: Incident) -> Incident:
        """Moves forget what products call the severity and the status, and take their message
        for what fixed it; here they are told."""
        return replace(incident, **self._names)

    @property
    def _names(self) -> dict[str, Any]:
        names = {
            "severity_id": self.command.severity_id,
            "status_id": self.command.status_id,
            "resolution": self.resolution,
        }
        return {name: value for name, value in names.items() if value is not None}

    @property
    def _by(self) -> Actor:
        return self.command.caller.actor


def move(  # noqa: C901 - one line per state
    incident: Incident, state: State, *, by: Actor, at: datetime
) -> tuple[Incident, IncidentFact | None]:
    """Into `state`, by the move that leads there."""
    match state:
        case State.OPEN if incident.state is State.DRAFT:
            return incident.publish(by=by, at=at)
        case State.OPEN:
            return incident.reopen(by=by, at=at)
        case State.ACKNOWLEDGED:
            return incident.acknowledge(by=by, at=at)
        case State.SNOOZED:
            return incident.snooze(incident.snoozed_until, by=by, at=at)
        case State.SUPPRESSED:
            return incident.suppress(by=by, at=at)
        case State.RESOLVED:
            return incident.resolve(by=by, at=at)
        case State.CLOSED:
            return incident.close(by=by, at=at)
        case State.CANCELED:
            return incident.cancel(by=by, at=at)
        case State.DRAFT:
            return _stay_draft(incident)


def _stay_draft(incident: Incident) -> tuple[Incident, None]:
    if incident.state is not State.DRAFT:
        raise IllegalTransition(
            say("{reference} is published; it cannot become a draft.", reference=incident.reference)
        )
    return incident, None
