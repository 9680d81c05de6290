"""Incidents that have to do with each other: one goes on in another, or both stay linked."""

from typing import Any

from aiohttp import web
from pydantic import Field

from bot.api import wire_v1
from bot.api.answers import answer, no_content, tagged
from bot.api.doors import Doors
from bot.api.incident_shapes import IncidentAnswer, Neighbour
from bot.api.lists_v1 import Many, OneMeta
from bot.api.operations import Call
from bot.api.paging import PageQuery
from bot.api.renaming import renaming
from bot.api.responding.at_hand import AtHand, paging_of
from bot.api.responding.operations import INCIDENT, operation
from bot.api.shape import Shape
from core.commands.together import LinkIncidents, MergeIncident, UnlinkIncidents
from core.domain.ids import IncidentId
from core.errors import NotFound
from core.views import IncidentRow


class Merging(Shape):
    into: str = Field(
        description="The incident in which it goes on, by id or reference.", examples=["INC-6"]
    )


class NeighbourAnswer(Neighbour):
    data: Neighbour
    meta: OneMeta


MERGE = operation(
    f"POST {INCIDENT}/merge",
    "merge_incident",
    "Merge an incident into another one, which goes on alone",
    {200: IncidentAnswer},
    description="Its firing alerts, open tasks, people and followers move there. It cannot be "
    "undone; both have to go on, and either both are private or none is.",
    body=Merging,
    example={"into": "INC-6"},
)
RELATED = operation(
    f"GET {INCIDENT}/related",
    "list_related",
    "The incidents that are linked to one",
    {200: Many[Neighbour]},
    description="Those that the caller may know of.",
    query=PageQuery,
)
LINK = operation(
    f"PUT {INCIDENT}/related/{{other_id}}",
    "link_incidents",
    "Link two incidents; both say that they have to do with each other",
    {200: NeighbourAnswer},
    description="A private one is told of only where all who read it may know of it.",
)
UNLINK = operation(
    f"DELETE {INCIDENT}/related/{{other_id}}",
    "unlink_incidents",
    "Take the link between two incidents away; without one nothing changes",
    {204: None},
)


class Together:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._at_hand = AtHand(doors)

    def register(self) -> None:
        server = self._doors.server
        server.add(MERGE, self.merge)
        server.add(RELATED, self.related)
        server.add(LINK, self.link)
        server.add(UNLINK, self.unlink)

    async def merge(self, call: Call) -> web.Response:
        row, change = await self._at_hand.to_change(call)
        other = await self._at_hand.meant(call, call.body.into, field="into")
        with renaming({"into_id": "into"}):
            await self._doors.bus.execute(MergeIncident(**change, into_id=other.id))
        return await self._at_hand.shown(call, row.id)

    async def related(self, call: Call) -> web.Response:
        paging = paging_of(call, "Linked incidents")
        row = await self._at_hand.row(call)
        found = [wire_v1.neighbour_json(one) for one in await self._linked(call, row.id)]
        page = found[paging.offset : paging.offset + paging.limit]
        body = wire_v1.many(page, paging, total=len(found), next_cursor=None)
        return tagged(body, row.version)

    async def link(self, call: Call) -> web.Response:
        change, other = await self._both(call)
        await self._doors.bus.execute(LinkIncidents(**change, other_id=other.id))
        return answer(wire_v1.one(wire_v1.neighbour_json(other)))

    async def unlink(self, call: Call) -> web.Response:
        change, other = await self._both(call)
        await self._doors.bus.execute(UnlinkIncidents(**change, other_id=other.id))
        return no_content()

    async def _linked(self, call: Call, id: IncidentId) -> list[IncidentRow]:
        """Those that the caller may know of, where the card has those that a channel may."""
        reads = self._at_hand.reads(call)
        card = await reads.card(call.client.organization_id, id)
        return [row for one in card.incident.related if (row := await self._there(call, one))]

    async def _there(self, call: Call, id: IncidentId) -> IncidentRow | None:
        try:
            return await self._at_hand.named(call, id)
        except NotFound:
            return None

    async def _both(self, call: Call) -> tuple[dict[str, Any], IncidentRow]:
        """What a command on the one begins with, and the other."""
        _, change = await self._at_hand.to_change(call)
        return change, await self._at_hand.named(call, call.params["other_id"])
