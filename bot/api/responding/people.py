"""Who works on an incident: the roles in it, and who may know of it."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from aiohttp import web
from pydantic import Field, StrictBool

from bot.api import wire_v1
from bot.api.answers import tagged
from bot.api.dialects.incident_io.vocabulary import Vocabulary
from bot.api.doors import Doors
from bot.api.lists_v1 import OneMeta
from bot.api.operations import Call
from bot.api.people import users_meant
from bot.api.responding.at_hand import AtHand
from bot.api.responding.operations import INCIDENT, operation
from bot.api.shape import Shape
from core.commands.roles import GiveRoles, RoleGift
from core.commands.together import ChangeMembers
from core.domain.account import User
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.incident_role import LEAD, IncidentRole
from core.domain.viewer import knowing
from core.errors import InvalidInput
from core.views import IncidentRow

MOST = 100
_WHO = "A user's id, address or name; null leaves the role to nobody."
_PEOPLE = "Users by id, address or name."


class Gift(Shape):
    role_id: str = Field(examples=["role_scribe"])
    user: Annotated[str | None, Field(description=_WHO, examples=["alice@example.com"])]


class RolesChange(Shape):
    """Roles that are not named stay. All of them are given, or none."""

    roles: Annotated[list[Gift], Field(min_length=1, max_length=MOST)]


class RoleLine(Shape):
    role_id: str = Field(examples=["role_scribe"])
    role: str = Field(examples=["Scribe"])
    user_id: str | None
    user: str | None = Field(description="The name of whoever plays it.")


class RolesLine(Shape):
    roles: list[RoleLine] = Field(description="All there are, played or not; the lead first.")


class RolesAnswer(RolesLine):
    data: RolesLine
    meta: OneMeta


class MembersChange(Shape):
    """What is left out stays."""

    private: StrictBool | None = None
    add: Annotated[list[str] | None, Field(max_length=MOST, description=_PEOPLE)] = None
    remove: Annotated[list[str] | None, Field(max_length=MOST, description=_PEOPLE)] = None


class MemberLine(Shape):
    user_id: str
    user: str
    because: Literal["declared", "lead", "role", "member"] = Field(
        description="Only members can be removed; whoever works on it knows of it."
    )


class MembersLine(Shape):
    private: bool
    members: list[MemberLine] = Field(
        description="Who knows of it while it is private, or would know if it were."
    )


class MembersAnswer(MembersLine):
    data: MembersLine
    meta: OneMeta


ROLES = operation(
    f"GET {INCIDENT}/roles",
    "get_incident_roles",
    "Who plays which role in an incident",
    {200: RolesAnswer},
)
GIVE_ROLES = operation(
    f"PATCH {INCIDENT}/roles",
    "give_incident_roles",
    "Give roles in an incident to people, or to nobody",
    {200: RolesAnswer},
    description="They are told, with the instructions of the role. The lead is the assignee.",
    body=RolesChange,
    example={"roles": [{"role_id": "role_scribe", "user": None}]},
)
MEMBERS = operation(
    f"GET {INCIDENT}/members",
    "get_incident_members",
    "Who may know of an incident",
    {200: MembersAnswer},
)
CHANGE_MEMBERS = operation(
    f"PATCH {INCIDENT}/members",
    "change_incident_members",
    "Make an incident private or visible, let people in, shut people out",
    {200: MembersAnswer},
    description="A private one gets a private channel; the one it had before is left.",
    body=MembersChange,
    example={"private": True, "add": []},
)


class People:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._at_hand = AtHand(doors)
        self._vocabulary = Vocabulary(doors.reads)

    def register(self) -> None:
        server = self._doors.server
        server.add(ROLES, self.roles)
        server.add(GIVE_ROLES, self.give)
        server.add(MEMBERS, self.members)
        server.add(CHANGE_MEMBERS, self.change_members)

    async def roles(self, call: Call) -> web.Response:
        return await self._roles_shown(call, await self._at_hand.row(call))

    async def give(self, call: Call) -> web.Response:
        _, change = await self._at_hand.to_change(call)
        gifts = _gifts(call.body.roles, await self._users(call))
        try:
            given = await self._doors.bus.execute(GiveRoles(**change, gifts=gifts))
        except InvalidInput as flaw:
            raise flaw.renamed(dict.fromkeys((flaw.field,), "roles")) from flaw
        return await self._roles_shown(call, given)

    async def members(self, call: Call) -> web.Response:
        return await self._members_shown(call, await self._at_hand.row(call))

    async def change_members(self, call: Call) -> web.Response:
        _, change = await self._at_hand.to_change(call)
        wish, users = call.body, await self._users(call)
        changed = await self._doors.bus.execute(
            ChangeMembers(
                **change,
                private=wish.private,
                add=users_meant(wish.add or (), users, field="add"),
                remove=users_meant(wish.remove or (), users, field="remove"),
            )
        )
        return await self._members_shown(call, changed)

    async def _users(self, call: Call) -> Sequence[User]:
        return await self._doors.reads.users(call.client.organization_id)

    async def _roles_shown(self, call: Call, incident: IncidentRow | Incident) -> web.Response:
        names = await self._at_hand.names(call)
        roles = (await self._vocabulary.roles(call.client.organization_id)).values()
        lines = [line for role in roles for line in _role_json(role, incident, names)]
        return tagged(wire_v1.one({"roles": lines}), incident.version)

    async def _members_shown(self, call: Call, incident: IncidentRow | Incident) -> web.Response:
        names = await self._at_hand.names(call)
        lines = [
            {"user_id": id, "user": names.get(id, ""), "because": _because(id, incident)}
            for id in sorted(knowing(incident), key=lambda id: names.get(id, ""))
        ]
        shown = {"private": incident.private, "members": lines}
        return tagged(wire_v1.one(shown), incident.version)


def _gifts(wishes: Sequence[Gift], users: Sequence[User]) -> tuple[RoleGift, ...]:
    words = [one.user for one in wishes if one.user]
    meant = dict(zip(words, users_meant(words, users, field="roles"), strict=True))
    return tuple(
        RoleGift(role_id=one.role_id, user_id=meant[one.user] if one.user else None)
        for one in wishes
    )


def _role_json(
    role: IncidentRole, incident: IncidentRow | Incident, names: dict[UserId, str]
) -> list[dict[str, Any]]:
    """A line for each who plays it, and one where nobody does."""
    played = [one.user_id for one in incident.roles if one.role_id == role.id]
    players: list[UserId | None] = [incident.assignee_id] if role.id == LEAD else [*played]
    return [
        {
            "role_id": role.id,
            "role": role.name,
            "user_id": id,
            "user": names.get(id) if id else None,
        }
        for id in players or [None]
    ]


def _because(id: UserId, incident: IncidentRow | Incident) -> str:
    if id == incident.created_by:
        return "declared"
    if id == incident.assignee_id:
        return "lead"
    return "role" if any(one.user_id == id for one in incident.roles) else "member"
