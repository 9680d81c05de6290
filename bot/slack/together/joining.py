"""Merges and links incidents for somebody in Slack, and says how it ended."""

from bot.slack.acts import Outcome
from bot.slack.gesture import Person
from bot.slack.kit import Kit
from core.commands import IncidentCommand
from core.commands.together import LinkIncidents, MergeIncident, UnlinkIncidents
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.language import say


class Joining:
    """The other one is named by id or reference."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def merge(self, person: Person, id: IncidentId, into: str) -> Outcome:
        other_id = await self._kit.targets.named(person, into)
        caller, key = person.caller, person.gesture.key
        command = MergeIncident(caller=caller, key=key, incident_id=id, into_id=other_id)
        incident, other = await self._done(command), await self._shown(person, other_id)
        values = {"reference": incident.reference, "other": other.reference}
        if other.channel_id:
            place = f"#{other.channel_name}"
            return Outcome(
                sentence=say(
                    "{reference} is merged into {other} and goes on in {place}.",
                    place=place,
                    **values,
                )
            )
        return Outcome(sentence=say("{reference} is merged into {other}.", **values))

    async def link(self, person: Person, id: IncidentId, to: str) -> Outcome:
        other_id = await self._kit.targets.named(person, to)
        caller, key = person.caller, person.gesture.key
        command = LinkIncidents(caller=caller, key=key, incident_id=id, other_id=other_id)
        incident, other = await self._done(command), await self._shown(person, other_id)
        values = {"reference": incident.reference, "other": other.reference}
        if other.id not in incident.related:
            return Outcome(
                sentence=say(
                    "{other} says that it has to do with {reference}; {reference} does not, "
                    "because not everybody who reads it may know of {other}.",
                    **values,
                )
            )
        if incident.id not in other.related:
            return Outcome(
                sentence=say(
                    "{reference} says that it has to do with {other}; {other} does not, because "
                    "not everybody who reads it may know of {reference}.",
                    **values,
                )
            )
        return Outcome(sentence=say("{reference} and {other} are linked.", **values))

    async def unlink(self, person: Person, id: IncidentId, other: str) -> Outcome:
        other_id = await self._kit.targets.named(person, other)
        caller, key = person.caller, person.gesture.key
        command = UnlinkIncidents(caller=caller, key=key, incident_id=id, other_id=other_id)
        incident, shown = await self._done(command), await self._shown(person, other_id)
        values = {"reference": incident.reference, "other": shown.reference}
        return Outcome(sentence=say("{reference} and {other} are not linked any more.", **values))

    async def _done(self, command: IncidentCommand) -> Incident:
        return await self._kit.bus.execute(command)

    async def _shown(self, person: Person, id: IncidentId) -> Incident:
        reads = self._kit.reads.seen_by(person.caller.viewer)
        return (await reads.card(person.caller.organization_id, id)).incident
