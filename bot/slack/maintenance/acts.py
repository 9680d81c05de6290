"""What people do to windows from Slack, and the sentence each of them hears."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.slack.acts import Outcome, ago
from bot.slack.gesture import Person
from bot.slack.maintenance.beside import overlaps_told
from bot.slack.maintenance.times import ClockTime, moment_of, when
from core.bus import CommandBus
from core.commands import (
    CancelMaintenance,
    CompleteMaintenance,
    ExtendMaintenance,
    MaintenanceCommand,
    PostProgress,
    SkipOccurrence,
    StartMaintenance,
)
from core.domain import events as e
from core.domain.ids import MaintenanceId
from core.domain.maintenance import Maintenance
from core.errors import IllegalTransition
from core.ports import Clock, ReadModels
from core.views import TimelineEntry

DEEDS: Mapping[type[e.MaintenanceEvent], str] = {
    e.MaintenanceStarted: "started",
    e.MaintenanceCompleted: "completed",
    e.MaintenanceCanceled: "canceled",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Longer:
    """By how much, or until when in the zone of whoever said it."""

    by: timedelta | None = None
    until: ClockTime | None = None


class WindowActs:
    def __init__(self, bus: CommandBus, reads: ReadModels, clock: Clock) -> None:
        self._bus = bus
        self._reads = reads
        self._clock = clock

    async def start(self, person: Person, id: MaintenanceId, zone: str) -> Outcome:
        command = StartMaintenance(caller=person.caller, key=person.gesture.key, maintenance_id=id)
        return await self._moved(command, e.MaintenanceStarted, zone)

    async def complete(self, person: Person, id: MaintenanceId, zone: str) -> Outcome:
        command = CompleteMaintenance(
            caller=person.caller, key=person.gesture.key, maintenance_id=id
        )
        return await self._moved(command, e.MaintenanceCompleted, zone)

    async def cancel(
        self, person: Person, id: MaintenanceId, zone: str, reason: str = ""
    ) -> Outcome:
        command = CancelMaintenance(
            caller=person.caller, key=person.gesture.key, maintenance_id=id, reason=reason
        )
        return await self._moved(command, e.MaintenanceCanceled, zone)

    async def extend(self, person: Person, id: MaintenanceId, zone: str, longer: Longer) -> Outcome:
        """A time of day is meant on the clock in `zone`, after the end that it has by now."""
        until = None
        if longer.until:
            row = await self._reads.maintenance(person.caller.organization_id, id)
            after = max(self._clock(), row.maintenance.scheduled_end_at)
            until = moment_of(longer.until, zone, after=after)
        return await self.lengthen(person, id, zone, longer.by, until)

    async def lengthen(
        self,
        person: Person,
        id: MaintenanceId,
        zone: str,
        by: timedelta | None,
        until: datetime | None,
    ) -> Outcome:
        window = await self._bus.execute(
            ExtendMaintenance(
                caller=person.caller,
                key=person.gesture.key,
                maintenance_id=id,
                by=by,
                until=until,
            )
        )
        ends = when(window.scheduled_end_at, zone)
        card = await self._reads.maintenance_card(person.caller.organization_id, window.id)
        sentence = f"{window.reference} now ends on {ends}.{overlaps_told(card, zone)}"
        return Outcome(sentence=sentence)

    async def skip(self, person: Person, id: MaintenanceId, zone: str) -> Outcome:
        window = await self._bus.execute(
            SkipOccurrence(caller=person.caller, key=person.gesture.key, maintenance_id=id)
        )
        start = when(window.scheduled_start_at, zone)
        return Outcome(
            sentence=f"{window.reference} of {start} will not take place; its series goes on."
        )

    async def progress(self, person: Person, id: MaintenanceId, text: str) -> Outcome:
        window = await self._bus.execute(
            PostProgress(caller=person.caller, key=person.gesture.key, maintenance_id=id, text=text)
        )
        return Outcome(sentence=f"Your update on {window.reference} is posted.")

    async def _moved(
        self, command: MaintenanceCommand, kind: type[e.MaintenanceEvent], zone: str
    ) -> Outcome:
        """A repeated move is no refusal in the core; the timeline tells whose move it was."""
        try:
            window = await self._bus.execute(command)
        except IllegalTransition as refusal:
            return await self._too_late(command, refusal)
        entry = await self._latest(command, (kind,))
        if entry is None:
            state = window.state.replace("_", " ")
            return Outcome(sentence=f"{window.reference} is {state} already.", late=True)
        if isinstance(entry.event, e.MaintenanceCanceled) and entry.event.skipped:
            who = entry.event.by.name
            sentence = f"{window.reference} was skipped by {who}; what would follow it is canceled."
            return Outcome(sentence=sentence)
        if entry.event.by.user_id == command.caller.actor.user_id:
            sentence = f"You {DEEDS[kind]} {window.reference}{_outlook(window, zone)}."
            return Outcome(sentence=sentence)
        return Outcome(sentence=self._told(window.reference, entry), late=True)

    async def _too_late(self, command: MaintenanceCommand, refusal: IllegalTransition) -> Outcome:
        """Over, or under way: who did it says more than that it cannot be done."""
        entry = await self._latest(command, tuple(DEEDS))
        if entry is None:
            raise refusal
        row = await self._reads.maintenance(command.caller.organization_id, command.maintenance_id)
        return Outcome(sentence=self._told(row.maintenance.reference, entry), late=True)

    async def _latest(
        self, command: MaintenanceCommand, kinds: tuple[type[e.MaintenanceEvent], ...]
    ) -> TimelineEntry | None:
        timeline = await self._reads.maintenance_timeline(
            command.caller.organization_id, command.maintenance_id
        )
        return next((one for one in reversed(timeline) if isinstance(one.event, kinds)), None)

    def _told(self, reference: str, entry: TimelineEntry) -> str:
        deed = next(deed for kind, deed in DEEDS.items() if isinstance(entry.event, kind))
        return f"{reference} was {deed} by {entry.event.by.name} {ago(self._clock(), entry.at)}."


def _outlook(window: Maintenance, zone: str) -> str:
    """What comes next, where something does."""
    if window.running:
        how = "it ends" if window.auto_complete else "complete it after its end,"
        return f"; {how} {when(window.scheduled_end_at, zone)}"
    if window.canceled_at and window.recurrence:
        return "; nothing of its series follows"
    return ""
