"""`/api/v1/organizations`: one's own, for nobody sees another."""

from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import Field

from bot.api import wire_v1
from bot.api.accounts.desk import Desk
from bot.api.accounts.listing import listed
from bot.api.accounts.user_routes import matching
from bot.api.accounts.user_shapes import UserLine, UsersQuery
from bot.api.accounts.wire import organization_json, plan_json, user_json
from bot.api.answers import answer
from bot.api.doors import Doors
from bot.api.lists_v1 import Many, OneMeta
from bot.api.operations import Call, Operation, Tag
from bot.api.paging import PageQuery
from bot.api.shape import Shape
from core.commands import RenameOrganization
from core.domain.actor import Permission
from core.domain.ids import OrganizationId
from core.errors import NotFound


class OrganizationChange(Shape):
    name: Annotated[str | None, Field(examples=["Example"])] = None


class OrganizationLine(Shape):
    id: str
    slug: str
    name: str
    created_at: datetime


class OrganizationAnswer(OrganizationLine):
    data: OrganizationLine
    meta: OneMeta


class PlanLine(Shape):
    name: str
    requests_per_minute_user: int
    requests_per_minute_organization: int


class PlanAnswer(PlanLine):
    data: PlanLine
    meta: OneMeta


LIST = Operation(
    method="GET",
    path="/api/v1/organizations",
    name="list_organizations",
    summary="The organisation one belongs to",
    tag=Tag.ACCOUNTS,
    needs=Permission.READ_ORGANIZATIONS,
    query=PageQuery,
    answers={200: Many[OrganizationLine]},
)
SHOW = Operation(
    method="GET",
    path="/api/v1/organizations/{id}",
    name="get_organization",
    summary="One's own organisation",
    tag=Tag.ACCOUNTS,
    needs=Permission.READ_ORGANIZATIONS,
    answers={200: OrganizationAnswer},
)
CHANGE = Operation(
    method="PATCH",
    path="/api/v1/organizations/{id}",
    name="update_organization",
    summary="Rename the organisation",
    tag=Tag.ACCOUNTS,
    needs=Permission.WRITE_ORGANIZATIONS,
    body=OrganizationChange,
    answers={200: OrganizationAnswer},
    example={"name": "Example"},
)
PLAN = Operation(
    method="GET",
    path="/api/v1/organizations/{id}/plan",
    name="get_plan",
    summary="How much the organisation may ask for",
    tag=Tag.ACCOUNTS,
    needs=Permission.READ_ORGANIZATIONS,
    answers={200: PlanAnswer},
)
MEMBERS = Operation(
    method="GET",
    path="/api/v1/organizations/{id}/members",
    name="list_members",
    summary="The same as GET /api/v1/users",
    tag=Tag.ACCOUNTS,
    needs=Permission.READ_USERS,
    query=UsersQuery,
    answers={200: Many[UserLine]},
)


class Organizations:
    def __init__(self, doors: Doors, desk: Desk) -> None:
        self._doors = doors
        self._desk = desk

    def register(self) -> None:
        server = self._doors.server
        server.add(LIST, self.list)
        server.add(SHOW, self.show)
        server.add(CHANGE, self.change)
        server.add(PLAN, self.plan)
        server.add(MEMBERS, self.members)

    async def list(self, call: Call) -> web.Response:
        own = await self._doors.reads.organization(call.client.organization_id)
        return listed([own], call.query, organization_json)

    async def show(self, call: Call) -> web.Response:
        organization = await self._doors.reads.organization(_own(call))
        return answer(wire_v1.one(organization_json(organization)))

    async def change(self, call: Call) -> web.Response:
        wish: OrganizationChange = call.body
        id = _own(call)
        if wish.name is None:
            return await self.show(call)
        await self._doors.bus.execute(
            RenameOrganization(caller=call.client.caller, key=call.key, name=wish.name)
        )
        organization = await self._doors.reads.organization(id)
        return answer(wire_v1.one(organization_json(organization)))

    async def plan(self, call: Call) -> web.Response:
        plan = await self._desk.plans.of(_own(call))
        return answer(wire_v1.one(plan_json(plan)))

    async def members(self, call: Call) -> web.Response:
        id = _own(call)
        users = matching(await self._doors.reads.users(id), call.query)
        return listed(users, call.query, lambda user: user_json(id, user))


def _own(call: Call) -> OrganizationId:
    """Another one looks as if it did not exist."""
    if call.params["id"] != call.client.organization_id:
        raise NotFound(f"There is no organisation {call.params['id']}.")
    return call.client.organization_id
