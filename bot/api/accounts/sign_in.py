"""`/api/v1/auth`: in, staying in, and out again."""

from aiohttp import web

from bot.api import wire_v1
from bot.api.accounts.callers import about_themselves, present, themselves
from bot.api.accounts.desk import Desk
from bot.api.accounts.entrance import NOT_STORED, Entrance
from bot.api.accounts.sessions import bad_token
from bot.api.accounts.shapes import Login, LoginAnswer, ProfileAnswer, Refresh, Said
from bot.api.accounts.wire import profile_json
from bot.api.answers import answer
from bot.api.doors import Doors
from bot.api.operations import Access, Call, Operation, Tag
from bot.api.tokens import Kind
from bot.web.authorization import unauthorized
from core.commands import EndSession, RefreshSession
from core.domain.ids import SessionId

LOGIN = Operation(
    method="POST",
    path="/api/v1/auth/login",
    name="login",
    summary="Sign in with a password",
    description="Five wrong passwords lock the account for 30 minutes; the answer stays the same.",
    tag=Tag.ACCOUNTS,
    needs=Access.PUBLIC,
    body=Login,
    forms=True,
    answers={200: LoginAnswer},
    refuses=frozenset({401}),
    example={"email": "engineer@example.com", "password": "your-password"},
)
REFRESH = Operation(
    method="POST",
    path="/api/v1/auth/refresh",
    name="refresh_tokens",
    summary="Exchange a refresh token for new tokens",
    description="Each refresh token serves once. One that is shown again ends the session, "
    "because it may have been stolen.",
    tag=Tag.ACCOUNTS,
    needs=Access.PUBLIC,
    body=Refresh,
    answers={200: LoginAnswer},
    refuses=frozenset({401}),
)
LOGOUT = Operation(
    method="POST",
    path="/api/v1/auth/logout",
    name="logout",
    summary="End the session: its access and refresh tokens are worth nothing any more",
    tag=Tag.ACCOUNTS,
    needs=Access.ANYONE,
    answers={200: Said},
)
ME = Operation(
    method="GET",
    path="/api/v1/auth/me",
    name="get_profile",
    summary="Who is signed in",
    tag=Tag.ACCOUNTS,
    needs=Access.ANYONE,
    answers={200: ProfileAnswer},
)


class Sessions:
    def __init__(self, doors: Doors, desk: Desk) -> None:
        self._doors = doors
        self._desk = desk
        self._entrance = Entrance(doors, desk)

    def register(self) -> None:
        server = self._doors.server
        server.add(LOGIN, self.login)
        server.add(REFRESH, self.refresh)
        server.add(LOGOUT, self.logout)
        server.add(ME, self.me)

    async def login(self, call: Call) -> web.Response:
        wish: Login = call.body
        return await self._entrance.try_password(wish.email, wish.password, wish.organization)

    async def refresh(self, call: Call) -> web.Response:
        wish: Refresh = call.body
        claims = self._desk.signed_in.claims_of(wish.refresh_token, Kind.REFRESH)
        found = await self._doors.directory.session(claims.session_id)
        if found is None or found[0] != claims.organization_id:
            raise bad_token(Kind.REFRESH)
        organization_id, _, user = found
        session = await self._doors.bus.execute(
            RefreshSession(
                caller=themselves(organization_id, user),
                key=call.key,
                session_id=claims.session_id,
                token_id=claims.token_id,
            )
        )
        if session.revoked_at:
            self._desk.signed_in.forget()
            raise unauthorized("session_ended", "This session has ended; sign in again.")
        return self._entrance.welcome(organization_id, user, session)

    async def logout(self, call: Call) -> web.Response:
        caller = about_themselves(call.client)
        session_id = SessionId(call.client.session_id or "")
        await self._doors.bus.execute(
            EndSession(caller=caller, key=call.key, session_id=session_id)
        )
        self._desk.signed_in.forget()
        return answer({"message": "You are signed out."}, headers=NOT_STORED)

    async def me(self, call: Call) -> web.Response:
        organization_id, user = await present(call.client, self._doors.directory)
        return answer(wire_v1.one(profile_json(organization_id, user)))
