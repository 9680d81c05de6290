"""`/api/v1/incidents/{id}/postmortem`: what is written down about an incident once it is over."""

from datetime import datetime
from typing import Annotated, Any

from aiohttp import web
from pydantic import Field, StrictBool, StrictInt

from bot.api import wire_v1
from bot.api.answers import answer
from bot.api.doors import Doors
from bot.api.lists_v1 import OneMeta
from bot.api.operations import Call, Operation, Tag
from bot.api.shape import Shape
from bot.languages import Languages
from bot.stories import postmortem_of, story_of
from bot.web.times import instant
from core.commands.postmortems import DraftPostmortem, EditPostmortem
from core.domain.actor import Permission
from core.domain.ids import IncidentId
from core.domain.postmortem import Postmortem
from core.domain.postmortem_draft import draft_of, title_of
from core.errors import NotFound
from core.language import speaking

PATH = "/api/v1/incidents/{id}/postmortem"

_BODY = "Markdown."


class PostmortemChange(Shape):
    """What is left out stays. Once it is published it stays so."""

    title: str | None = None
    body: Annotated[str | None, Field(description=_BODY)] = None
    published: StrictBool = False
    expected_version: Annotated[
        StrictInt | None, Field(description="Refused with 409 where it is another one by now.")
    ] = None


class PostmortemLine(Shape):
    id: str
    incident_id: str
    title: str
    body: str = Field(description=_BODY)
    contributors: list[str] = Field(description="Ids of the users who were asked what they know.")
    published_at: datetime | None
    created_at: datetime
    updated_at: datetime
    version: int


class PostmortemAnswer(PostmortemLine):
    data: PostmortemLine
    meta: OneMeta


SHOW = Operation(
    method="GET",
    path=PATH,
    name="get_postmortem",
    summary="The postmortem of an incident, as Markdown",
    tag=Tag.TOCSIN,
    needs=Permission.READ_INCIDENTS,
    answers={200: PostmortemAnswer},
)
DRAFT = Operation(
    method="POST",
    path=PATH,
    name="draft_postmortem",
    summary="Draft it out of the incident's history; one that is there already is answered as is",
    tag=Tag.TOCSIN,
    needs=Permission.WRITE_INCIDENTS,
    answers={201: PostmortemAnswer},
    refuses=frozenset({409}),
)
EDIT = Operation(
    method="PATCH",
    path=PATH,
    name="update_postmortem",
    summary="Change the postmortem of an incident, or publish it",
    tag=Tag.TOCSIN,
    needs=Permission.WRITE_INCIDENTS,
    body=PostmortemChange,
    answers={200: PostmortemAnswer},
    refuses=frozenset({409}),
    example={"body": "## Summary\n\nThe pool of connections was full.\n", "published": True},
)


class Postmortems:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._languages = Languages(doors.reads)

    def register(self) -> None:
        server = self._doors.server
        server.add(SHOW, self.show)
        server.add(DRAFT, self.draft)
        server.add(EDIT, self.edit)

    async def show(self, call: Call) -> web.Response:
        return answer(wire_v1.one(postmortem_json(await self._written(call))))

    async def draft(self, call: Call) -> web.Response:
        """In the language of the organisation, as in Slack."""
        reads, organization = self._doors.seen_by(call.client), call.client.organization_id
        story = await story_of(reads, organization, await self._incident(call))
        with speaking(await self._languages.of(organization)):
            title, body = title_of(story), draft_of(story)
        written = await self._doors.bus.execute(
            DraftPostmortem(
                caller=call.client.caller,
                key=call.key,
                incident_id=story.incident.id,
                title=title,
                body=body,
            )
        )
        return answer(wire_v1.one(postmortem_json(written)), status=201)

    async def edit(self, call: Call) -> web.Response:
        present, wish = await self._written(call), call.body
        written = await self._doors.bus.execute(
            EditPostmortem(
                caller=call.client.caller,
                key=call.key,
                postmortem_id=present.id,
                title=wish.title,
                body=wish.body,
                published=wish.published,
                expected_version=wish.expected_version,
            )
        )
        return answer(wire_v1.one(postmortem_json(written)))

    async def _written(self, call: Call) -> Postmortem:
        reads, organization = self._doors.seen_by(call.client), call.client.organization_id
        written = await postmortem_of(reads, organization, await self._incident(call))
        if written is None:
            raise NotFound("The incident has no postmortem yet; draft it with POST.")
        return written

    async def _incident(self, call: Call) -> IncidentId:
        reads = self._doors.seen_by(call.client)
        record = await reads.incident(call.client.organization_id, call.params["id"])
        return record.row.id


def postmortem_json(written: Postmortem) -> dict[str, Any]:
    return {
        "id": written.id,
        "incident_id": written.incident_id,
        "title": written.title,
        "body": written.body,
        "contributors": list(written.contributors),
        "published_at": instant(written.published_at) if written.published_at else None,
        "created_at": instant(written.created_at),
        "updated_at": instant(written.updated_at),
        "version": written.version,
    }
