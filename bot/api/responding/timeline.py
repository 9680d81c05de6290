"""`/api/v1/incidents/{id}/timeline`: the history of an incident as people read and correct it."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Annotated, Any, Literal

from aiohttp import web
from pydantic import Field, StrictBool

from bot.api import wire_v1
from bot.api.answers import answer, tagged
from bot.api.doors import Doors
from bot.api.lists_v1 import Many, OneMeta
from bot.api.moments import Moment
from bot.api.operations import Call
from bot.api.paging import PageQuery
from bot.api.responding.at_hand import AtHand, paging_of
from bot.api.responding.operations import INCIDENT, operation
from bot.api.shape import Shape
from bot.chronicles import Chronicles
from bot.languages import Languages
from bot.web.times import instant
from core.commands.timeline import CorrectLine
from core.domain.chronicle import Line
from core.domain.ids import IncidentId
from core.errors import NotFound
from core.language import speaking

TIMELINE = f"{INCIDENT}/timeline"
_HIDDEN = "Left out of the history that people read."


class TimelineQuery(PageQuery):
    hidden: Annotated[bool, Field(description="Also what was left out.")] = False


class LineChange(Shape):
    """What is absent stays; null is as it was written down."""

    text: str | None = None
    at: Moment | None = None
    hidden: Annotated[StrictBool | None, Field(description=_HIDDEN)] = None


class TimelineLine(Shape):
    id: str
    at: datetime
    kind: Literal["change", "update", "note", "alert", "message"]
    text: str = Field(description="In the language of the organisation.")
    author: str
    link: str | None = Field(description="To the message in Slack that was kept.")
    files: list[str] = Field(description="Names of what was attached to it.")
    edited: bool
    original: str | None = Field(description="What it said before somebody corrected it.")
    hidden: bool = Field(description=_HIDDEN)


class LineAnswer(TimelineLine):
    data: TimelineLine
    meta: OneMeta


LIST = operation(
    f"GET {TIMELINE}",
    "list_incident_timeline",
    "What happened to an incident, oldest first",
    {200: Many[TimelineLine]},
    query=TimelineQuery,
)
EDIT = operation(
    f"PATCH {TIMELINE}/{{line_id}}",
    "correct_timeline_line",
    "Give a line of the timeline other words or another time, or leave it out",
    {200: LineAnswer},
    description="What happened stays as it was written down; how it reads changes. What is absent "
    "stays also where somebody else corrected it meanwhile, so there is no condition.",
    conditional=False,
    body=LineChange,
    example={"text": "The first customers wrote in."},
)


class Timelines:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._at_hand = AtHand(doors)
        self._languages = Languages(doors.reads)

    def register(self) -> None:
        self._doors.server.add(LIST, self.read)
        self._doors.server.add(EDIT, self.edit)

    async def read(self, call: Call) -> web.Response:
        paging = paging_of(call, "Timelines")
        row = await self._at_hand.row(call)
        with await self._speaking(call):
            leaf = await self._of(call, row.id).stretch(
                paging.offset, paging.limit, hidden_too=call.query.hidden
            )
        page = [line_json(line) for line in leaf.lines]
        body = wire_v1.many(page, paging, total=leaf.total, next_cursor=None)
        return tagged(body, row.version)

    async def edit(self, call: Call) -> web.Response:
        """Not under the condition of a version, for it leaves that of the incident as it is."""
        row, wish, line_id = await self._at_hand.row(call), call.body, call.params["line_id"]
        await self._doors.bus.execute(
            CorrectLine(
                caller=call.client.caller,
                key=call.key,
                incident_id=row.id,
                line_id=line_id,
                text=wish.text,
                at=wish.at,
                hidden=wish.hidden,
                text_stays="text" not in wish.model_fields_set,
                at_stays="at" not in wish.model_fields_set,
            )
        )
        with await self._speaking(call):
            line = await self._of(call, row.id).line(line_id)
        if line is None:
            raise NotFound("This line is not in the timeline of the incident.")
        return answer(wire_v1.one(line_json(line)))

    def _of(self, call: Call, id: IncidentId) -> Chronicles:
        reads = self._at_hand.reads(call)
        return Chronicles(reads=reads, organization_id=call.client.organization_id, id=id)

    async def _speaking(self, call: Call) -> AbstractContextManager[None]:
        """In the language of the organisation, as in Slack."""
        return speaking(await self._languages.of(call.client.organization_id))


def line_json(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "at": instant(line.at),
        "kind": line.kind,
        "text": line.text,
        "author": line.author,
        "link": line.link or None,
        "files": list(line.files),
        "edited": line.edited,
        "original": line.original or None,
        "hidden": line.hidden,
    }
