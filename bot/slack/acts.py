"""What people do to incidents from Slack, and the sentence each of them hears."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.slack import deeds
from bot.slack.gesture import Person
from bot.slack.tasks.known import tasks_of
from core.bus import CommandBus
from core.commands import (
    AcknowledgeIncident,
    AssignIncident,
    CancelIncident,
    ChangeSeverity,
    IncidentCommand,
    LeftUndone,
    PostUpdate,
    ReopenIncident,
    ResolveIncident,
    SnoozeIncident,
)
from core.domain import events as e
from core.domain.ids import IncidentId, UserId
from core.domain.incident import Incident
from core.domain.state import OVER, Phase
from core.errors import IllegalTransition, InvalidInput
from core.language import say, say_many, to_say
from core.ports import Clock, ReadModels
from core.views import IncidentCard, TimelineEntry


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
        command = AcknowledgeIncident(**_by(person, id))
        return await self._moved(person, command, e.IncidentAcknowledged)

    async def resolve(
        self,
        person: Person,
        id: IncidentId,
        summary: str = "",
        root_cause: str = "",
        follow_ups: Sequence[LeftUndone] = (),
    ) -> Outcome:
        """`follow_ups` are left to be done."""
        command = ResolveIncident(
            **_by(person, id),
            summary=summary,
            root_cause=root_cause,
            follow_ups=tuple(follow_ups),
        )
        outcome = await self._moved(person, command, e.IncidentResolved)
        if not outcome.late:
            return Outcome(sentence=await self._with_tasks(person, id, outcome.sentence))
        if not (summary or root_cause or follow_ups):
            return outcome
        words = to_say(
            "{told} What you wrote now was not kept; “/incident note {reference}” adds it to the "
            "timeline."
        )
        reference = (await self.card(person, id)).incident.reference
        return Outcome(sentence=say(words, told=outcome.sentence, reference=reference), late=True)

    async def reopen(self, person: Person, id: IncidentId, reason: str = "") -> Outcome:
        command = ReopenIncident(**_by(person, id), reason=reason)
        return await self._moved(person, command, e.IncidentReopened)

    async def cancel(self, person: Person, id: IncidentId, reason: str) -> Outcome:
        command = CancelIncident(**_by(person, id), reason=reason)
        return await self._moved(person, command, e.IncidentCanceled)

    async def snooze(self, person: Person, id: IncidentId, until: datetime, when: str) -> Outcome:
        """`when` says until when, on the clock of whoever snoozes it."""
        try:
            incident = await self._bus.execute(SnoozeIncident(**_by(person, id), until=until))
        except IllegalTransition as refusal:
            return await self._too_late(person, id, refusal)
        return Outcome(
            sentence=say(
                "{reference} is snoozed until {when}; it opens again by itself then.",
                reference=incident.reference,
                when=when,
            )
        )

    async def assign(self, person: Person, id: IncidentId, assignee_id: UserId | None) -> Outcome:
        command = AssignIncident(**_by(person, id), assignee_id=assignee_id)
        incident = await self._bus.execute(command)
        reference = incident.reference
        if assignee_id is None:
            return Outcome(sentence=say("{reference} is nobody's now.", reference=reference))
        if assignee_id == person.caller.actor.user_id:
            return Outcome(sentence=say("{reference} is yours.", reference=reference))
        who = deeds.name_of_assignee(await self.card(person, id))
        return Outcome(
            sentence=say("{reference} is assigned to {who}.", reference=reference, who=who)
        )

    async def take(self, person: Person, id: IncidentId, taker_id: UserId) -> Outcome:
        """Nobody loses an incident to a press on a card that was out of date."""
        command = AssignIncident(**_by(person, id), assignee_id=taker_id, only_if_unassigned=True)
        incident = await self._bus.execute(command)
        if incident.state in OVER:
            return Outcome(sentence=await self.ended(person, incident), late=True)
        if incident.assignee_id != taker_id:
            return Outcome(sentence=await self._taken(person, incident), late=True)
        return Outcome(sentence=say("{reference} is yours.", reference=incident.reference))

    async def change_severity(self, person: Person, id: IncidentId, level: str) -> Outcome:
        incident = await self._bus.execute(ChangeSeverity(**_by(person, id), severity=level))
        return _rated(incident)

    async def severity(self, person: Person, id: IncidentId) -> Outcome:
        """As it stands."""
        return _rated((await self.card(person, id)).incident)

    async def update(
        self,
        person: Person,
        id: IncidentId,
        text: str,
        phase: Phase | None = None,
        next_at: datetime | None = None,
        while_active: bool = False,
    ) -> Outcome:
        """`next_at` promises when the next one comes. With `while_active` it is refused at its
        text once the incident is over."""
        command = PostUpdate(
            **_by(person, id),
            text=text,
            phase=phase,
            next_update_at=next_at,
            while_active=while_active,
        )
        try:
            incident = await self._bus.execute(command)
        except IllegalTransition as refusal:
            if not while_active:
                raise
            raise await self._over_by_now(person, id) from refusal
        return Outcome(
            sentence=say("Your update on {reference} is posted.", reference=incident.reference)
        )

    async def _over_by_now(self, person: Person, id: IncidentId) -> InvalidInput:
        told = await self.ended(person, (await self.card(person, id)).incident)
        words = to_say(
            "{told} Your update is not posted; to add it all the same, open the form once more."
        )
        return InvalidInput(say(words, told=told), field="text")

    async def ended(self, person: Person, incident: Incident) -> str:
        """How what is over came to be so."""
        entry = deeds.latest(await self._timeline(person, incident.id), deeds.ENDS)
        if entry is None:
            return await self._already(person, incident)
        return deeds.told(incident.reference, entry, self._clock())

    async def card(self, person: Person, id: IncidentId) -> IncidentCard:
        reads = self._reads.seen_by(person.caller.viewer)
        return await reads.card(person.caller.organization_id, id)

    async def _moved(self, person: Person, command: IncidentCommand, kind: deeds.Kind) -> Outcome:
        """A repeated move is no refusal in the core; the timeline tells whose move it was."""
        try:
            incident = await self._bus.execute(command)
        except IllegalTransition as refusal:
            return await self._too_late(person, command.incident_id, refusal)
        entry = deeds.latest(await self._timeline(person, incident.id), (kind,))
        if entry is None:
            return Outcome(sentence=await self._already(person, incident), late=True)
        if entry.event.by.user_id != person.caller.actor.user_id:
            sentence = deeds.told(incident.reference, entry, self._clock())
            return Outcome(sentence=sentence, late=True)
        if self._clock() - entry.at > deeds.AT_ONCE:
            sentence = deeds.told_again(incident.reference, kind, entry, self._clock())
            return Outcome(sentence=sentence, late=True)
        return Outcome(sentence=say(deeds.OWN[kind], reference=incident.reference))

    async def _too_late(
        self, person: Person, id: IncidentId, refusal: IllegalTransition
    ) -> Outcome:
        card = await self.card(person, id)
        if card.incident.merged_into:
            return Outcome(sentence=deeds.goes_on_elsewhere(card), late=True)
        entry = deeds.latest(await self._timeline(person, id), tuple(deeds.OTHERS))
        if entry is None:
            raise refusal
        reference = card.incident.reference
        return Outcome(sentence=deeds.told(reference, entry, self._clock()), late=True)

    async def _with_tasks(self, person: Person, id: IncidentId, told: str) -> str:
        """And how many tasks of it are open, its new ones among them."""
        reads = self._reads.seen_by(person.caller.viewer)
        tasks = await tasks_of(reads, person.caller.organization_id, id)
        left = sum(one.what.outstanding for one in tasks)
        if not left:
            return told
        return say_many(
            "{told} One task is still open; “/incident tasks {reference}” shows it.",
            "{told} {count} tasks are still open; “/incident tasks {reference}” shows them.",
            left,
            told=told,
            reference=(await self.card(person, id)).incident.reference,
        )

    async def _already(self, person: Person, incident: Incident) -> str:
        """Where the history says nothing of it."""
        if incident.merged_into:
            return deeds.goes_on_elsewhere(await self.card(person, incident.id))
        return deeds.already(incident)

    async def _taken(self, person: Person, incident: Incident) -> str:
        """Without an entry it was declared with its assignee."""
        for entry in reversed(await self._timeline(person, incident.id)):
            event = entry.event
            if isinstance(event, e.IncidentAssigned) and event.assignee_id == incident.assignee_id:
                return deeds.handed(incident.reference, event, self._clock())
        return deeds.held(await self.card(person, incident.id))

    async def _timeline(self, person: Person, id: IncidentId) -> Sequence[TimelineEntry]:
        reads = self._reads.seen_by(person.caller.viewer)
        return await reads.timeline(person.caller.organization_id, id)


def _rated(incident: Incident) -> Outcome:
    values = {"reference": incident.reference, "severity": incident.severity.label}
    return Outcome(sentence=say("{reference} is {severity}.", **values))


def _by(person: Person, id: IncidentId) -> dict[str, Any]:
    """Whose wish it is, and about which incident."""
    return {"caller": person.caller, "key": person.gesture.key, "incident_id": id}
