"""`/api/v1/incidents/{id}/snooze`: an incident that can wait until a time, and opens by itself."""

from typing import Annotated

from aiohttp import web
from pydantic import Field

from bot.api.doors import Doors
from bot.api.incident_shapes import IncidentAnswer
from bot.api.moments import Moment
from bot.api.operations import Call
from bot.api.responding.at_hand import AtHand
from bot.api.responding.operations import INCIDENT, operation
from bot.api.shape import Shape
from core.commands import SnoozeIncident


class Snoozing(Shape):
    until: Annotated[Moment, Field(description="When it opens again by itself.")]


SNOOZE = operation(
    f"POST {INCIDENT}/snooze",
    "snooze_incident",
    "Put an incident off; nobody is reminded of it until then",
    {200: IncidentAnswer},
    body=Snoozing,
    example={"until": "2036-06-01T06:00:00Z"},
)


class Snoozes:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._at_hand = AtHand(doors)

    def register(self) -> None:
        self._doors.server.add(SNOOZE, self.snooze)

    async def snooze(self, call: Call) -> web.Response:
        row, change = await self._at_hand.to_change(call)
        await self._doors.bus.execute(SnoozeIncident(**change, until=call.body.until))
        return await self._at_hand.shown(call, row.id)
