"""The timeline of one incident, a page at a time, and what is left out of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chronicles import Chronicles
from bot.slack.gesture import Person, Reply
from bot.slack.kit import Kit
from bot.slack.views.timeline import TimelinePage, left_out_page, timeline_page
from bot.slack.wishes import Timeline
from core.domain.actor import Permission
from core.domain.chronicle import Line
from core.domain.ids import IncidentId
from core.domain.incident import Incident

LISTED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    kit: Kit

    async def answer(self, person: Person, id: IncidentId, wish: Timeline) -> Reply:
        return await self.page(person, id, wish.after)

    async def page(self, person: Person, id: IncidentId, place: str = "") -> Reply:
        """What stands before the line called `place`; the newest without one."""
        incident, chronicles = await self.of(person, id)
        leaf = await chronicles.newest(LISTED, place)
        shown = TimelinePage(
            lines=leaf.lines,
            before=leaf.before,
            after=leaf.total - leaf.before - len(leaf.lines),
            place=place,
            left_out=leaf.left_out,
        )
        editable = Permission.WRITE_INCIDENTS in person.caller.permissions
        return Reply(message=timeline_page(incident, shown, editable=editable))

    async def left_out(self, person: Person, id: IncidentId, place: str = "") -> Reply:
        incident, chronicles = await self.of(person, id)
        hidden = [replace(line, hidden=False) for line in await chronicles.left_out()]
        return Reply(message=left_out_page(incident, page_of(hidden, place)))

    async def of(self, person: Person, id: IncidentId) -> tuple[Incident, Chronicles]:
        reads = self.kit.reads.seen_by(person.caller.viewer)
        organization = person.caller.organization_id
        card = await reads.card(organization, id)
        return card.incident, Chronicles(reads=reads, organization_id=organization, id=id)


def page_of(lines: Sequence[Line], place: str = "") -> TimelinePage:
    """A line that left its place meanwhile leads to the newest page."""
    shown = [line for line in lines if not line.hidden]
    places = {line.id: number for number, line in enumerate(shown)}
    end = places.get(place, 0) or len(shown)
    start = max(end - LISTED, 0)
    return TimelinePage(
        lines=shown[start:end],
        before=start,
        after=len(shown) - end,
        place=place,
        left_out=len(lines) - len(shown),
    )
