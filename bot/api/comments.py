"""`/api/v1/incidents/{id}/comments`: what those who work on an incident tell each other."""

from datetime import datetime
from typing import Annotated, Any

from aiohttp import web
from pydantic import AliasChoices, Field

from bot.api import wire_v1
from bot.api.answers import answer, tagged
from bot.api.doors import Doors
from bot.api.entity_tags import expected_version
from bot.api.lists_v1 import Many, OneMeta
from bot.api.operations import Call, Operation, Tag
from bot.api.paging import PageQuery
from bot.api.shape import Shape
from bot.web.times import instant
from core.commands import AddNote
from core.domain.actor import Permission
from core.domain.update import Note
from core.errors import InvalidInput
from core.views import IncidentRow


class NewComment(Shape):
    """`content`, `comment` and `body` are accepted for `text`."""

    text: Annotated[
        str,
        Field(
            validation_alias=AliasChoices("text", "content", "comment", "body"),
            examples=["The replica is back."],
        ),
    ]


class CommentLine(Shape):
    id: str
    incident_id: str
    text: str
    author: str
    author_id: str | None
    created_at: datetime


class CommentAnswer(CommentLine):
    data: CommentLine
    meta: OneMeta


LIST = Operation(
    method="GET",
    path="/api/v1/incidents/{id}/comments",
    name="list_comments",
    summary="List an incident's comments, oldest first",
    tag=Tag.OVERWATCH,
    needs=Permission.READ_INCIDENTS,
    query=PageQuery,
    answers={200: Many[CommentLine]},
)
CREATE = Operation(
    method="POST",
    path="/api/v1/incidents/{id}/comments",
    name="create_comment",
    summary="Comment on an incident",
    tag=Tag.OVERWATCH,
    needs=Permission.WRITE_INCIDENTS,
    body=NewComment,
    answers={201: CommentAnswer},
    refuses=frozenset({409, 412}),
    example={"text": "The replica is back."},
)


class Comments:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        self._doors.server.add(LIST, self.list)
        self._doors.server.add(CREATE, self.create)

    async def list(self, call: Call) -> web.Response:
        """There are few enough to page through them here."""
        paging = call.query.paging()
        if paging.after:
            raise InvalidInput("Comments have no cursor; use offset or page.", field="cursor")
        row = await self._row(call)
        notes = await self._doors.seen_by(call.client).notes(call.client.organization_id, row.id)
        shown = notes[paging.offset : paging.offset + paging.limit]
        entries = [comment_json(note) for note in shown]
        body = wire_v1.many(entries, paging, total=len(notes), next_cursor=None)
        return tagged(body, row.version)

    async def create(self, call: Call) -> web.Response:
        row = await self._row(call)
        note = await self._doors.bus.execute(
            AddNote(
                caller=call.client.caller,
                key=call.key,
                incident_id=row.id,
                expected_version=expected_version(call.request, row.version),
                text=call.body.text,
            )
        )
        return answer(wire_v1.one(comment_json(note)), status=201)

    async def _row(self, call: Call) -> IncidentRow:
        record = await self._doors.seen_by(call.client).incident(
            call.client.organization_id, call.params["id"]
        )
        return record.row


def comment_json(note: Note) -> dict[str, Any]:
    return {
        "id": note.id,
        "incident_id": note.incident_id,
        "text": note.text,
        "author": note.by.name,
        "author_id": note.by.user_id,
        "created_at": instant(note.at),
    }
