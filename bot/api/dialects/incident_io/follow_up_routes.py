"""`/v2/follow_ups`: what is left to be done after incidents."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from bot.api.answers import answer, no_content
from bot.api.dialects.incident_io import follow_up_shapes as shapes
from bot.api.dialects.incident_io import wire
from bot.api.dialects.incident_io.conditions import REAL
from bot.api.dialects.incident_io.operations import Noun
from bot.api.dialects.incident_io.reading import IncidentReading
from bot.api.dialects.incident_io.vocabulary import MOST, Vocabulary
from bot.api.doors import Doors
from bot.api.operations import Call
from core.commands import AddFollowUp, DeleteFollowUp, EditFollowUp
from core.domain.account import User
from core.domain.actor import Actor, Permission, Surface
from core.domain.follow_up import FollowUp
from core.domain.ids import IncidentId, OrganizationId, UserId
from core.domain.particulars import Mode
from core.errors import NotFound
from core.ports.records import RecordQuery

FOLLOW_UPS = Noun(
    path="/v2/follow_ups",
    name="follow_ups_v2",
    one="a follow-up",
    many="follow-ups, newest first",
    list_answer=shapes.FollowUpsV2,
    answer=shapes.FollowUpAnswerV2,
    new=shapes.NewFollowUpV2,
    change=shapes.FollowUpChangeV2,
    example={"incident_id": "inc_1", "title": "Alert on the depth of the queue"},
    writes=Permission.WRITE_INCIDENTS,
    list_query=shapes.FollowUpsQueryV2,
)


class FollowUps:
    def __init__(self, doors: Doors, vocabulary: Vocabulary) -> None:
        self._doors = doors
        self._vocabulary = vocabulary
        self._reading = IncidentReading(doors, vocabulary)

    def register(self) -> None:
        FOLLOW_UPS.serve(self._doors.server, self)

    async def list(self, call: Call) -> web.Response:
        organization_id, query = call.client.organization_id, call.query
        of = None
        if query.incident_id:
            row = await self._reading.meant(call.client, query.incident_id, field="incident_id")
            of = row.id
        found = await self._all(call, of)
        modes = frozenset({Mode(query.incident_mode)}) if query.incident_mode else REAL
        within = await self._within(call, found, modes)
        return answer({"follow_ups": await self._json(organization_id, within)})

    async def show(self, call: Call) -> web.Response:
        organization_id = call.client.organization_id
        one = await self._doors.seen_by(call.client).record(
            organization_id, FollowUp, call.params["id"]
        )
        return await self._one(organization_id, one)

    async def create(self, call: Call) -> web.Response:
        organization_id, wish = call.client.organization_id, call.body
        row = await self._reading.meant(call.client, wish.incident_id, field="incident_id")
        made = await self._doors.bus.execute(
            AddFollowUp(
                caller=call.client.caller,
                key=call.key,
                incident_id=row.id,
                title=wish.title,
                description=wish.description or "",
                assignee_id=UserId(wish.assignee_id) if wish.assignee_id else None,
                labels=tuple(wish.labels or ()),
            )
        )
        return await self._one(organization_id, made, status=201)

    async def update(self, call: Call) -> web.Response:
        wish = call.body
        given = "assignee_id" in wish.model_fields_set
        changed = await self._doors.bus.execute(
            EditFollowUp(
                caller=call.client.caller,
                key=call.key,
                follow_up_id=call.params["id"],
                title=wish.title,
                description=wish.description,
                status=wish.status,
                assignee_id=UserId(wish.assignee_id) if wish.assignee_id else None,
                unassign=given and not wish.assignee_id,
                labels=None if wish.labels is None else tuple(wish.labels),
            )
        )
        return await self._one(call.client.organization_id, changed)

    async def delete(self, call: Call) -> web.Response:
        caller, id = call.client.caller, call.params["id"]
        await self._doors.bus.execute(DeleteFollowUp(caller=caller, key=call.key, follow_up_id=id))
        return no_content()

    async def _all(self, call: Call, of: IncidentId | None) -> Sequence[FollowUp]:
        reads, query = self._doors.seen_by(call.client), RecordQuery(parent_id=of, limit=MOST)
        return (await reads.records(call.client.organization_id, FollowUp, query)).rows

    async def _within(
        self,
        call: Call,
        found: Sequence[FollowUp],
        modes: frozenset[Mode],
    ) -> Sequence[FollowUp]:
        """Those whose incident has one of the modes, and is still there."""
        wanted = {}
        for id in {one.incident_id for one in found}:
            wanted[id] = await self._mode(call, id) in modes
        return [one for one in found if wanted[one.incident_id]]

    async def _mode(self, call: Call, id: IncidentId) -> Mode | None:
        try:
            return (await self._reading.row(call.client, id)).mode
        except NotFound:
            return None

    async def _one(
        self, organization_id: OrganizationId, one: FollowUp, *, status: int = 200
    ) -> web.Response:
        (shown,) = await self._json(organization_id, [one])
        return answer({"follow_up": shown}, status=status)

    async def _json(
        self, organization_id: OrganizationId, found: Sequence[FollowUp]
    ) -> Sequence[dict[str, Any]]:
        users = await self._vocabulary.users(organization_id) if found else {}
        return [_shown(one, users) for one in found]


def _shown(one: FollowUp, users: Mapping[UserId, User]) -> dict[str, Any]:
    by = Actor(surface=Surface.REST, name=one.author, user_id=one.created_by)
    creator = wire.actor(by, users.get(one.created_by) if one.created_by else None)
    assignee = users.get(one.assignee_id) if one.assignee_id else None
    return wire.follow_up(one, creator, assignee)
