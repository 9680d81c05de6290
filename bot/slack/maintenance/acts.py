"""What people do to windows from Slack, and the sentence each of them hears."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.slack.acts import Outcome
from bot.slack.deeds import ago
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
from core.domain.choice_words import worded
from core.domain.ids import MaintenanceId
from core.domain.maintenance import Maintenance, MaintenanceState
from core.errors import IllegalTransition
from core.language import say, to_say
from core.ports import Clock, ReadModels
from core.views import TimelineEntry

DEEDS: Mapping[type[e.MaintenanceEvent], tuple[str, str]] = {
    e.MaintenanceStarted: (
        to_say("You started {reference}."),
        to_say("{reference} was started by {who} {ago}."),
    ),
    e.MaintenanceCompleted: (
        to_say("You completed {reference}."),
        to_say("{reference} was completed by {who} {ago}."),
    ),
    e.MaintenanceCanceled: (
        to_say("You canceled {reference}."),
        to_say("{reference} was canceled by {who} {ago}."),
    ),
}
"""What is said to whoever did it, and to others."""


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
        sentence = say("{reference} now ends on {end}.", reference=window.reference, end=ends)
        return Outcome(sentence=f"{sentence}{overlaps_told(card, zone)}")

    async def skip(self, person: Person, id: MaintenanceId, zone: str) -> Outcome:
        window = await self._bus.execute(
            SkipOccurrence(caller=person.caller, key=person.gesture.key, maintenance_id=id)
        )
        start = when(window.scheduled_start_at, zone)
        return Outcome(
            sentence=say(
                "{reference} of {start} will not take place; its series goes on.",
                reference=window.reference,
                start=start,
            )
        )

    async def progress(self, person: Person, id: MaintenanceId, text: str) -> Outcome:
        window = await self._bus.execute(
            PostProgress(caller=person.caller, key=person.gesture.key, maintenance_id=id, text=text)
        )
        return Outcome(
            sentence=say("Your update on {reference} is posted.", reference=window.reference)
        )

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
            if window.state is MaintenanceState.CANCELED:
                words = to_say("{reference} is canceled already.")
                return Outcome(sentence=say(words, reference=window.reference), late=True)
            words = to_say("{reference} is {state} already.")
            told = say(words, reference=window.reference, state=worded(window.state))
            return Outcome(sentence=told, late=True)
        if isinstance(entry.event, e.MaintenanceCanceled) and entry.event.skipped:
            who = entry.event.by.name
            sentence = say(
                "{reference} was skipped by {who}; what would follow it is canceled.",
                reference=window.reference,
                who=who,
            )
            return Outcome(sentence=sentence)
        if entry.event.by.user_id == command.caller.actor.user_id:
            return Outcome(sentence=_mine(window, kind, zone))
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
        told = next(told for kind, (_, told) in DEEDS.items() if isinstance(entry.event, kind))
        when_ago = ago(self._clock(), entry.at)
        return say(told, reference=reference, who=entry.event.by.name, ago=when_ago)


def _mine(window: Maintenance, kind: type[e.MaintenanceEvent], zone: str) -> str:
    """What they did, and what comes next, where something does."""
    words, _ = DEEDS[kind]
    if window.running and window.auto_complete:
        words = to_say("You started {reference}; it ends {end}.")
    elif window.running:
        words = to_say("You started {reference}; complete it after its end, {end}.")
    elif window.canceled_at and window.recurrence:
        words = to_say("You canceled {reference}; nothing of its series follows.")
    return say(words, reference=window.reference, end=when(window.scheduled_end_at, zone))
