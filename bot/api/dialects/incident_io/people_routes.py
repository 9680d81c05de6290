"""`/v1/identity` and `/v2/users`: who asks, and who there is."""

from aiohttp import web

from bot.api.answers import answer
from bot.api.dialects.incident_io import people_shapes as shapes
from bot.api.dialects.incident_io import wire
from bot.api.dialects.incident_io.operations import operation
from bot.api.dialects.incident_io.paging import meta, page_after
from bot.api.dialects.incident_io.words import key_roles
from bot.api.doors import Doors
from bot.api.operations import Access, Call
from core.domain.account import User
from core.domain.actor import Permission
from core.errors import NotFound

IDENTITY = operation(
    "GET /v1/identity",
    "utilities_v1_identity",
    "Who you are, and what you may do",
    Access.ANYONE,
    {200: shapes.IdentityAnswerV1},
)
LIST = operation(
    "GET /v2/users",
    "users_v2_list",
    "List people, by name",
    Permission.READ_USERS,
    {200: shapes.UsersV2},
    query=shapes.UsersQueryV2,
)
SHOW = operation(
    "GET /v2/users/{id}",
    "users_v2_show",
    "Show a person",
    Permission.READ_USERS,
    {200: shapes.UserAnswerV2},
)


class People:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        server = self._doors.server
        server.add(IDENTITY, self.identity)
        server.add(LIST, self.list)
        server.add(SHOW, self.show)

    async def identity(self, call: Call) -> web.Response:
        caller = call.client.caller
        return answer(
            {
                "identity": {
                    "name": caller.actor.name,
                    "roles": key_roles(caller.permissions),
                    "dashboard_url": str(call.request.url.origin()),
                    "team_roles": [],
                    "teams": [],
                }
            }
        )

    async def list(self, call: Call) -> web.Response:
        query = call.query
        users = await self._doors.reads.users(call.client.organization_id)
        wanted = [user for user in users if _is_wanted(user, query)]
        page, after = page_after(wanted, query.after, query.page_size)
        return answer(
            {
                "users": [wire.user_with_roles(user) for user in page],
                "pagination_meta": meta(query.page_size, after),
            }
        )

    async def show(self, call: Call) -> web.Response:
        id = call.params["id"]
        for user in await self._doors.reads.users(call.client.organization_id):
            if user.id == id:
                return answer({"user": wire.user_with_roles(user)})
        raise NotFound("There is no such user.")


def _is_wanted(user: User, query: shapes.UsersQueryV2) -> bool:
    if query.email and user.email.casefold() != query.email.strip().casefold():
        return False
    if query.slack_user_id and user.slack_user_id != query.slack_user_id:
        return False
    return user.admitted or query.include_inactive
