"""`/api/v1/users`: the people of an organisation, and oneself among them."""

from collections.abc import Sequence

from aiohttp import web

from bot.api import wire_v1
from bot.api.accounts.callers import about_themselves, present
from bot.api.accounts.desk import Desk
from bot.api.accounts.listing import listed
from bot.api.accounts.secrets import new_hash
from bot.api.accounts.user_operations import (
    CHANGE,
    CHANGE_SELF,
    CREATE,
    DELETE,
    LIST,
    SELF,
    SHOW,
)
from bot.api.accounts.user_shapes import NewUser, OwnChange, UserChange, UsersQuery
from bot.api.accounts.wire import user_json
from bot.api.answers import answer, no_content
from bot.api.doors import Doors
from bot.api.operations import Call
from core.commands import AddUser, ChangeUser, DeleteUser, RenameSelf
from core.domain.account import User, role_named, state_named
from core.domain.ids import OrganizationId, UserId
from core.errors import NotFound


class Users:
    def __init__(self, doors: Doors, desk: Desk) -> None:
        self._doors = doors
        self._desk = desk

    def register(self) -> None:
        """Oneself comes first: `me` is no id."""
        server = self._doors.server
        server.add(SELF, self.show_self)
        server.add(CHANGE_SELF, self.change_self)
        server.add(LIST, self.list)
        server.add(CREATE, self.create)
        server.add(SHOW, self.show)
        server.add(CHANGE, self.change)
        server.add(DELETE, self.delete)

    async def list(self, call: Call) -> web.Response:
        organization_id = call.client.organization_id
        users = matching(await self._doors.reads.users(organization_id), call.query)
        return listed(users, call.query, lambda user: user_json(organization_id, user))

    async def create(self, call: Call) -> web.Response:
        wish: NewUser = call.body
        hash = await new_hash(self._desk, wish.password) if wish.password is not None else None
        user = await self._doors.bus.execute(
            AddUser(
                caller=call.client.caller,
                key=call.key,
                email=wish.email,
                name=wish.name,
                role=role_named(wish.role),
                password_hash=hash,
                seal="" if wish.password is None else self._desk.seals.of(wish.password),
            )
        )
        return _shown(call.client.organization_id, user, status=201)

    async def show(self, call: Call) -> web.Response:
        id = call.params["id"]
        users = await self._doors.reads.users(call.client.organization_id)
        user = next((user for user in users if user.id == id), None)
        if user is None:
            raise NotFound(f"There is no user {id}.")
        return _shown(call.client.organization_id, user)

    async def change(self, call: Call) -> web.Response:
        wish: UserChange = call.body
        user = await self._doors.bus.execute(
            ChangeUser(
                caller=call.client.caller,
                key=call.key,
                user_id=UserId(call.params["id"]),
                name=wish.name,
                role=None if wish.role is None else role_named(wish.role),
                state=None if wish.state is None else state_named(wish.state),
            )
        )
        self._desk.signed_in.forget()
        return _shown(call.client.organization_id, user)

    async def delete(self, call: Call) -> web.Response:
        user_id = UserId(call.params["id"])
        await self._doors.bus.execute(
            DeleteUser(caller=call.client.caller, key=call.key, user_id=user_id)
        )
        self._desk.signed_in.forget()
        return no_content()

    async def show_self(self, call: Call) -> web.Response:
        return _shown(*await present(call.client, self._doors.directory))

    async def change_self(self, call: Call) -> web.Response:
        wish: OwnChange = call.body
        organization_id, user = await present(call.client, self._doors.directory)
        if wish.name is not None:
            caller = about_themselves(call.client)
            user = await self._doors.bus.execute(
                RenameSelf(caller=caller, key=call.key, name=wish.name)
            )
            self._desk.signed_in.forget()
        return _shown(organization_id, user)


def matching(users: Sequence[User], query: UsersQuery) -> Sequence[User]:
    words = query.search.casefold()
    role = role_named(query.role) if query.role else None
    state = state_named(query.state) if query.state else None
    return [
        user
        for user in users
        if words in f"{user.name}\n{user.email}".casefold()
        and role in (None, user.role)
        and state in (None, user.state)
    ]


def _shown(organization_id: OrganizationId, user: User, *, status: int = 200) -> web.Response:
    return answer(wire_v1.one(user_json(organization_id, user)), status=status)
