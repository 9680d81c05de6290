"""`/api/v1/auth/password`: forgotten ones and new ones."""

import structlog
from aiohttp import web

from bot.api.accounts.callers import about_themselves, newcomer, present, themselves
from bot.api.accounts.desk import Desk
from bot.api.accounts.letters import reset_letter
from bot.api.accounts.secrets import new_hash
from bot.api.accounts.shapes import PasswordChange, ResetConfirmation, ResetWish, Said
from bot.api.answers import answer
from bot.api.doors import Doors
from bot.api.operations import Access, Call, Operation, Tag
from bot.credentials import hash_of, new_token
from core.commands import ChangeOwnPassword, RequestPasswordReset, ResetPassword, SignIn
from core.domain.account import User
from core.domain.ids import OrganizationId, SessionId
from core.errors import CoreError, InvalidInput

RESET = Operation(
    method="POST",
    path="/api/v1/auth/password/reset",
    name="request_password_reset",
    summary="Mail somebody a token for a new password",
    description="The answer is the same whether or not anybody has the address.",
    tag=Tag.ACCOUNTS,
    needs=Access.PUBLIC,
    body=ResetWish,
    answers={202: Said},
    example={"email": "alice@example.com"},
)
CONFIRM = Operation(
    method="POST",
    path="/api/v1/auth/password/reset/confirm",
    name="confirm_password_reset",
    summary="Choose a new password with the token; every session ends",
    tag=Tag.ACCOUNTS,
    needs=Access.PUBLIC,
    body=ResetConfirmation,
    answers={200: Said},
)
CHANGE = Operation(
    method="POST",
    path="/api/v1/auth/password/change",
    name="change_password",
    summary="Choose a new password; every other session ends",
    tag=Tag.ACCOUNTS,
    needs=Access.ANYONE,
    body=PasswordChange,
    answers={200: Said},
)
SAME_FOR_ALL = "If somebody has this address, a token for a new password is on its way to them."

log = structlog.get_logger(__name__)


class PasswordRoutes:
    def __init__(self, doors: Doors, desk: Desk) -> None:
        self._doors = doors
        self._desk = desk

    def register(self) -> None:
        self._doors.server.add(RESET, self.reset)
        self._doors.server.add(CONFIRM, self.confirm)
        self._doors.server.add(CHANGE, self.change)

    async def reset(self, call: Call) -> web.Response:
        """Everything that depends on the address happens after the answer."""
        wish: ResetWish = call.body
        self._desk.errands.run(self._send_tokens(wish.email.strip()))
        return answer({"message": SAME_FOR_ALL}, status=202)

    async def confirm(self, call: Call) -> web.Response:
        wish: ResetConfirmation = call.body
        found = await self._doors.directory.password_reset(hash_of(wish.token))
        if found is None:
            raise InvalidInput("This token is not known; ask for another.", field="token")
        organization_id, reset = found
        await self._doors.bus.execute(
            ResetPassword(
                caller=newcomer(organization_id, "Somebody with a token"),
                key=call.key,
                reset_id=reset.id,
                password_hash=await new_hash(self._desk, wish.password),
            )
        )
        self._desk.signed_in.forget()
        return answer({"message": "The password is changed; sign in with it."})

    async def change(self, call: Call) -> web.Response:
        wish: PasswordChange = call.body
        caller = about_themselves(call.client)
        await self._require_current(call, wish.current_password)
        await self._doors.bus.execute(
            ChangeOwnPassword(
                caller=caller,
                key=call.key,
                session_id=SessionId(call.client.session_id or ""),
                password_hash=await new_hash(self._desk, wish.new_password, field="new_password"),
            )
        )
        self._desk.signed_in.forget()
        return answer({"message": "The password is changed; your other sessions have ended."})

    async def _require_current(self, call: Call, password: str) -> None:
        """A wrong one counts as at the login, for it may be somebody else's hand on the keys."""
        organization_id, user = await present(call.client, self._doors.directory)
        fits = await self._desk.passwords.fits(password, user.password_hash)
        if fits and not user.locked(self._doors.clock()):
            return
        if not fits:
            caller = themselves(organization_id, user)
            await self._doors.bus.execute(SignIn(caller=caller, user_id=user.id, fits=False))
        raise InvalidInput("The current password is wrong.", field="current_password")

    async def _send_tokens(self, email: str) -> None:
        for organization_id, user in await self._doors.directory.users_with_email(email):
            if user.admitted:
                await self._send_token(organization_id, user)

    async def _send_token(self, organization_id: OrganizationId, user: User) -> None:
        if self._desk.post is None:
            log.warning(
                "password_reset_not_mailed",
                advice="No mail server is set (TOCSIN_SMTP_URL), so nothing was sent; "
                f"`tocsin users reset-password {user.email}` gives them a new password.",
            )
            return
        token = new_token()
        wish = RequestPasswordReset(
            caller=themselves(organization_id, user), user_id=user.id, hash=hash_of(token)
        )
        try:
            await self._doors.bus.execute(wish)
            organization = await self._doors.reads.organization(organization_id)
        except CoreError as problem:
            log.warning("password_reset_not_mailed", reason=str(problem))
            return
        await self._desk.post.send(reset_letter(user, organization, token, self._desk.base_url))
