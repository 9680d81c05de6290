"""`/api/v1/auth/register` and invitations accepted: how people come to have an account."""

from contextlib import suppress

from aiohttp import web

from bot.api.accounts.callers import newcomer
from bot.api.accounts.desk import Desk
from bot.api.accounts.entrance import Entrance
from bot.api.accounts.secrets import new_hash
from bot.api.accounts.shapes import Acceptance, LoginAnswer, Registration
from bot.api.doors import Doors
from bot.api.operations import Access, Call, Operation, Tag
from bot.credentials import hash_of
from bot.web.problems import refusal
from core.commands import AcceptInvitation, RegisterOrganization
from core.domain.account import User
from core.domain.ids import OrganizationId
from core.errors import InvalidInput

REGISTER = Operation(
    method="POST",
    path="/api/v1/auth/register",
    name="register",
    summary="Found an organisation, and sign in as its owner",
    tag=Tag.ACCOUNTS,
    needs=Access.PUBLIC,
    body=Registration,
    answers={201: LoginAnswer},
    refuses=frozenset({401, 403}),
    example={
        "email": "alice@example.com",
        "password": "correct horse battery",
        "name": "Alice Archer",
        "organization": "Example",
    },
)
ACCEPT = Operation(
    method="POST",
    path="/api/v1/auth/invitations/accept",
    name="accept_invitation",
    summary="Join an organisation with the token of an invitation, and sign in",
    tag=Tag.ACCOUNTS,
    needs=Access.PUBLIC,
    body=Acceptance,
    answers={201: LoginAnswer},
    refuses=frozenset({401}),
)


class Joining:
    def __init__(self, doors: Doors, desk: Desk) -> None:
        self._doors = doors
        self._desk = desk
        self._entrance = Entrance(doors, desk)

    def register(self) -> None:
        self._doors.server.add(REGISTER, self.found)
        self._doors.server.add(ACCEPT, self.accept)

    async def found(self, call: Call) -> web.Response:
        if not self._desk.registration_open:
            raise refusal(
                403,
                "registration_closed",
                "Nobody can register here by themselves; ask an administrator for an invitation.",
            )
        wish: Registration = call.body
        hash = await new_hash(self._desk, wish.password)
        organization_id = self._doors.directory.new_organization_id()
        try:
            user = await self._register(call, organization_id, hash)
        except InvalidInput:
            before = await self._found_before(call, hash) if call.key else None
            if before is None:
                raise
            organization_id, user = before
        return await self._let_in(organization_id, user, hash, wish.password)

    async def accept(self, call: Call) -> web.Response:
        wish: Acceptance = call.body
        found = await self._doors.directory.invitation(hash_of(wish.token))
        if found is None:
            raise InvalidInput("This token is of no invitation; ask for another.", field="token")
        organization_id, invitation = found
        hash = await new_hash(self._desk, wish.password)
        user = await self._doors.bus.execute(
            AcceptInvitation(
                caller=newcomer(organization_id, wish.name),
                key=call.key,
                invitation_id=invitation.id,
                name=wish.name,
                password_hash=hash,
            )
        )
        return await self._let_in(organization_id, user, hash, wish.password)

    async def _register(self, call: Call, organization_id: OrganizationId, hash: str) -> User:
        wish: Registration = call.body
        return await self._doors.bus.execute(
            RegisterOrganization(
                caller=newcomer(organization_id, wish.name),
                key=call.key,
                name=wish.organization or wish.name,
                owner_name=wish.name,
                email=wish.email,
                password_hash=hash,
            )
        )

    async def _found_before(self, call: Call, hash: str) -> tuple[OrganizationId, User] | None:
        """What the same request has made under the same key before."""
        wish: Registration = call.body
        for organization_id, _ in await self._doors.directory.users_with_email(wish.email.strip()):
            with suppress(InvalidInput):
                return organization_id, await self._register(call, organization_id, hash)
        return None

    async def _let_in(
        self, organization_id: OrganizationId, user: User, hash: str, password: str
    ) -> web.Response:
        """Who has come before, under the same idempotency key, is known by the password."""
        if user.password_hash == hash:
            return await self._entrance.let_in(organization_id, user)
        email = user.email
        return await self._entrance.try_password(email, password, organization_id, status=201)
