"""`/api/v1/auth/password`: forgotten ones and new ones."""

import structlog
from aiohttp import web

from bot.api.accounts.callers import about_themselves, newcomer, present, themselves
from bot.api.accounts.desk import Desk
from bot.api.accounts.entrance import MOST_ACCOUNTS
from bot.api.accounts.letters import reset_letter
from bot.api.accounts.secrets import new_hash
from bot.api.accounts.shapes import PasswordChange, ResetConfirmation, ResetWish, Said
from bot.api.answers import answer
from bot.api.doors import Doors
from bot.api.operations import Access, Call, Operation, Tag
from bot.credentials import hash_of, new_token
from core.commands import ChangeOwnPassword, RequestPasswordReset, ResetPassword, SignIn
from core.domain.account import Organization, User
from core.domain.ids import OrganizationId, SessionId
from core.errors import CoreError, InvalidInput, KeyReused

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
                seal=self._desk.seals.of(wish.password),
            )
        )
        self._desk.signed_in.forget()
        return answer({"message": "The password is changed; sign in with it."})

    async def change(self, call: Call) -> web.Response:
        """A wrong present one counts as at the login, for it may be somebody else's hand on the
        keys; but for a repeated request, whose present one is of before."""
        organization_id, user = await present(call.client, self._doors.directory)
        wish: PasswordChange = call.body
        fits = await self._desk.passwords.fits(wish.current_password, user.password_hash)
        try:
            await self._change(call, user, fits=fits)
        except (InvalidInput, KeyReused):
            if not fits:
                await self._count_failure(organization_id, user)
            raise
        self._desk.signed_in.forget()
        return answer({"message": "The password is changed; your other sessions have ended."})

    async def _change(self, call: Call, user: User, *, fits: bool) -> None:
        wish: PasswordChange = call.body
        if user.locked(self._doors.clock()) or not (fits or call.key):
            raise InvalidInput("The current password is wrong.", field="current_password")
        hash = await new_hash(self._desk, wish.new_password, field="new_password") if fits else ""
        await self._doors.bus.execute(
            ChangeOwnPassword(
                caller=about_themselves(call.client),
                key=call.key,
                session_id=SessionId(call.client.session_id or ""),
                compared=user.password_hash if fits else None,
                password_hash=hash,
                seal=self._desk.seals.of(wish.current_password, wish.new_password),
            )
        )

    async def _count_failure(self, organization_id: OrganizationId, user: User) -> None:
        caller = themselves(organization_id, user)
        compared = user.password_hash
        await self._doors.bus.execute(
            SignIn(caller=caller, user_id=user.id, fits=False, compared=compared)
        )

    async def _send_tokens(self, email: str) -> None:
        """In one letter, however many organisations have somebody with the address."""
        everybody = await self._doors.directory.users_with_email(email)
        admitted = [one for one in everybody if one[1].admitted][:MOST_ACCOUNTS]
        if not admitted:
            return
        if self._desk.post is None:
            log.warning(
                "password_reset_not_mailed",
                advice="No mail server is set (TOCSIN_SMTP_URL), so nothing was sent; "
                f"`tocsin users reset-password {email.lower()}` gives them a new password.",
            )
            return
        found = [await self._token_of(*one) for one in admitted]
        tokens = [one for one in found if one]
        if tokens:
            user = admitted[0][1]
            await self._desk.post.send(reset_letter(user, tokens, self._desk.base_url))

    async def _token_of(
        self, organization_id: OrganizationId, user: User
    ) -> tuple[Organization, str] | None:
        """None where they were mailed one just now."""
        token = new_token()
        wish = RequestPasswordReset(
            caller=themselves(organization_id, user), user_id=user.id, hash=hash_of(token)
        )
        try:
            organization = await self._doors.reads.organization(organization_id)
            return (organization, token) if await self._doors.bus.execute(wish) else None
        except CoreError as problem:
            log.warning("password_reset_not_mailed", reason=str(problem))
            return None
