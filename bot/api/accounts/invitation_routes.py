"""`/api/v1/invitations`: who may join, and with which role."""

from aiohttp import web

from bot.api import wire_v1
from bot.api.accounts.desk import Desk
from bot.api.accounts.letters import invitation_letter
from bot.api.accounts.listing import listed
from bot.api.accounts.user_operations import INVITE, LIST_INVITATIONS, REVOKE_INVITATION
from bot.api.accounts.user_shapes import NewInvitation
from bot.api.accounts.wire import invitation_json
from bot.api.answers import answer, no_content
from bot.api.doors import Doors
from bot.api.operations import Call
from bot.credentials import hash_of, new_token
from core.commands import InviteUser, RevokeInvitation
from core.domain.account import role_named
from core.domain.ids import InvitationId, OrganizationId
from core.domain.invitation import Invitation


class Invitations:
    def __init__(self, doors: Doors, desk: Desk) -> None:
        self._doors = doors
        self._desk = desk

    def register(self) -> None:
        self._doors.server.add(LIST_INVITATIONS, self.list)
        self._doors.server.add(INVITE, self.invite)
        self._doors.server.add(REVOKE_INVITATION, self.revoke)

    async def list(self, call: Call) -> web.Response:
        invitations = await self._doors.reads.invitations(call.client.organization_id)
        return listed(invitations, call.query, invitation_json)

    async def invite(self, call: Call) -> web.Response:
        wish: NewInvitation = call.body
        token = new_token()
        invitation = await self._doors.bus.execute(
            InviteUser(
                caller=call.client.caller,
                key=call.key,
                email=wish.email,
                role=role_named(wish.role),
                hash=hash_of(token),
            )
        )
        entry = invitation_json(invitation)
        if invitation.hash == hash_of(token):  # else it was made by this request's first coming
            entry["token"] = token
            await self._mail(call.client.organization_id, invitation, token)
        return answer(wire_v1.one(entry), status=201, headers={"Cache-Control": "no-store"})

    async def revoke(self, call: Call) -> web.Response:
        id = InvitationId(call.params["id"])
        await self._doors.bus.execute(
            RevokeInvitation(caller=call.client.caller, key=call.key, invitation_id=id)
        )
        return no_content()

    async def _mail(
        self, organization_id: OrganizationId, invitation: Invitation, token: str
    ) -> None:
        if self._desk.post is None:
            return
        organization = await self._doors.reads.organization(organization_id)
        letter = invitation_letter(invitation, organization, token, self._desk.base_url)
        post = self._desk.post

        async def send() -> None:
            await post.send(letter)

        self._desk.errands.run(send())
