"""Opens the forms that ask for another incident, with the likeliest ones first."""

from collections.abc import Sequence

from bot.slack import blocks as b
from bot.slack.gesture import Gesture, Person
from bot.slack.kit import Kit
from bot.slack.subjects import Subjects, memory_of
from bot.slack.targets import SHOWN
from bot.slack.views.pick_modal import MERGE, UNLINK, Picking, pick_modal
from bot.slack.views.subject import Subject
from bot.slack.views.words import plain_title
from core.domain.actor import Permission
from core.domain.incident import Incident
from core.domain.state import ACTIVE
from core.errors import InvalidInput, NotFound, Unavailable
from core.language import say, to_say
from core.views import IncidentQuery, IncidentRow

MOST_LISTED = 100
_WHICH_TWO = to_say(
    "Name both incidents, like “/incident unlink INC-7 INC-8”, or type this in the channel of one."
)


class Pickers:
    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._subjects = Subjects(kit.reads, kit.targets)

    async def open(self, gesture: Gesture, picking: Picking, reference: str) -> None:
        async def fill(person: Person) -> b.View:
            subject = await self._subjects.of(person, reference)
            if picking is UNLINK and subject.incident is None:
                raise InvalidInput(say(_WHICH_TWO), field="incident_id")
            choices = await self._choices(person, picking, subject)
            if not choices:
                about = subject.incident.reference if subject.incident else say("an incident")
                raise NotFound(say(picking.none, reference=about))
            return pick_modal(picking, subject, choices, memory_of(gesture, subject))

        opening = self._kit.opening
        await opening.open(gesture, say(picking.title), fill, Permission.WRITE_INCIDENTS)

    async def _choices(
        self, person: Person, picking: Picking, subject: Subject
    ) -> Sequence[b.Choice]:
        incident = subject.incident
        if picking is UNLINK:
            return await self._linked(person, incident) if incident else []
        states = ACTIVE if picking is MERGE else SHOWN
        query = IncidentQuery(states=states, limit=MOST_LISTED)
        rows = (await self._kit.targets.listed(person, query)).rows
        if incident is None:
            return [_choice(row) for row in rows]
        alike = await self._alike(person, incident)
        fitting = [row for row in rows if _fits(row, incident, picking)]
        fitting.sort(key=lambda row: alike.index(row.id) if row.id in alike else len(alike))
        return [_choice(row, likely=row.id in alike) for row in fitting]

    async def _alike(self, person: Person, incident: Incident) -> list[str]:
        """By likeness; none where the search cannot be asked."""
        try:
            return [row.id for row in await self._kit.seeking.about(person, incident.id)]
        except Unavailable:
            return []

    async def _linked(self, person: Person, incident: Incident) -> list[b.Choice]:
        reads = self._kit.reads.seen_by(person.caller.viewer)
        card = await reads.card(person.caller.organization_id, incident.id)
        return [
            b.Choice(label=f"{one.reference} {one.title}", value=one.id) for one in card.related
        ]


def _fits(row: IncidentRow, incident: Incident, picking: Picking) -> bool:
    if row.id == incident.id:
        return False
    return picking is not MERGE or row.private is incident.private


def _choice(row: IncidentRow, *, likely: bool = False) -> b.Choice:
    described = say("Looks like this one") if likely else ""
    label = f"{row.reference} {plain_title(row)}"
    return b.Choice(label=label, value=row.id, description=described)
