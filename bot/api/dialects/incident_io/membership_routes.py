"""`/v1/incident_memberships`: who is let into an incident, which counts while it is private."""

from datetime import datetime

from aiohttp import web

from bot.api.answers import answer, no_content
from bot.api.dialects.incident_io import wire
from bot.api.dialects.incident_io.operations import operation
from bot.api.dialects.incident_io.people_shapes import UserV2
from bot.api.dialects.incident_io.reading import IncidentReading
from bot.api.dialects.incident_io.vocabulary import Vocabulary
from bot.api.doors import Doors
from bot.api.operations import Call
from bot.api.renaming import renaming
from bot.api.shape import Shape
from bot.web.times import instant
from core.commands.together import ChangeMembers
from core.domain.actor import Permission
from core.domain.ids import UserId
from core.domain.incident import Incident

FIELDS = {"add": "user_id", "remove": "user_id"}


class MembershipV1(Shape):
    id: str
    incident_id: str
    user: UserV2
    created_at: datetime
    updated_at: datetime


class MembershipAnswerV1(Shape):
    incident_membership: MembershipV1


class MembershipBodyV1(Shape):
    incident_id: str
    user_id: str


EXAMPLE = {"incident_id": "inc_1", "user_id": "usr_1"}
CREATE = operation(
    "POST /v1/incident_memberships",
    "incident_memberships_v1_create",
    "Let somebody into an incident; who is in stays",
    Permission.WRITE_INCIDENTS,
    {201: MembershipAnswerV1},
    body=MembershipBodyV1,
    example=EXAMPLE,
)
REVOKE = operation(
    "POST /v1/incident_memberships/actions/revoke",
    "incident_memberships_v1_revoke",
    "Shut somebody out of an incident; who works on it stays in",
    Permission.WRITE_INCIDENTS,
    {204: None},
    body=MembershipBodyV1,
    example=EXAMPLE,
)


class Memberships:
    def __init__(self, doors: Doors, vocabulary: Vocabulary) -> None:
        self._doors = doors
        self._vocabulary = vocabulary
        self._reading = IncidentReading(doors, vocabulary)

    def register(self) -> None:
        self._doors.server.add(CREATE, self.create)
        self._doors.server.add(REVOKE, self.revoke)

    async def create(self, call: Call) -> web.Response:
        """A membership has no moment of its own; it is shown with that of the incident."""
        user_id = UserId(call.body.user_id)
        changed = await self._change(call, add=(user_id,))
        user = (await self._vocabulary.users(call.client.organization_id))[user_id]
        shown = {
            "id": f"{changed.id}.{user_id}",
            "incident_id": changed.id,
            "user": wire.user(user),
            "created_at": instant(changed.updated_at),
            "updated_at": instant(changed.updated_at),
        }
        return answer({"incident_membership": shown}, status=201)

    async def revoke(self, call: Call) -> web.Response:
        await self._change(call, remove=(UserId(call.body.user_id),))
        return no_content()

    async def _change(
        self, call: Call, *, add: tuple[UserId, ...] = (), remove: tuple[UserId, ...] = ()
    ) -> Incident:
        row = await self._reading.meant(call.client, call.body.incident_id, field="incident_id")
        with renaming(FIELDS):
            return await self._doors.bus.execute(
                ChangeMembers(
                    caller=call.client.caller,
                    key=call.key,
                    incident_id=row.id,
                    add=add,
                    remove=remove,
                )
            )
