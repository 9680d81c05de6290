"""Lets people in who know their password, and tells others nothing."""

import asyncio
from time import monotonic

import structlog
from aiohttp import web

from bot.api.accounts.callers import themselves
from bot.api.accounts.desk import Desk
from bot.api.accounts.wire import login_json
from bot.api.answers import answer
from bot.api.doors import Doors
from bot.web.authorization import unauthorized
from bot.web.problems import Refusal
from core.commands import SignIn
from core.domain.account import User
from core.domain.ids import OrganizationId
from core.domain.session import Session
from core.errors import CoreError

log = structlog.get_logger(__name__)

MOST_ACCOUNTS = 5
"""So many accounts of one address are tried, the oldest: anybody may found organisations and add
others to them, and each try takes its time."""

NOT_STORED = {"Cache-Control": "no-store"}


class Entrance:
    def __init__(self, doors: Doors, desk: Desk) -> None:
        self._doors = doors
        self._desk = desk

    async def try_password(
        self, email: str, password: str, organization: str | None, *, status: int = 200
    ) -> web.Response:
        """The tokens; a `Refusal` that is the same, and as late, for whatever reason."""
        started = monotonic()
        candidates = await self._candidates(email.strip().lower(), organization)
        for organization_id, user in await self._fitting(candidates, password):
            session = await self._record(organization_id, user, fits=True)
            if session:
                return self.welcome(organization_id, user, session, status=status)
        beat = self._desk.beat
        await asyncio.sleep(beat - (monotonic() - started) % beat if beat else 0)
        raise wrong_password()

    async def let_in(self, organization_id: OrganizationId, user: User) -> web.Response:
        """Somebody whose password was set or checked just now."""
        session = await self._record(organization_id, user, fits=True)
        if session is None:
            raise wrong_password()
        return self.welcome(organization_id, user, session, status=201)

    def welcome(
        self, organization_id: OrganizationId, user: User, session: Session, *, status: int = 200
    ) -> web.Response:
        tokens = (
            self._desk.mint.access(organization_id, session, self._doors.clock()),
            self._desk.mint.refresh(organization_id, session),
        )
        body = login_json(organization_id, user, tokens)
        return answer(body, status=status, headers=NOT_STORED)

    async def _candidates(
        self, email: str, organization: str | None
    ) -> list[tuple[OrganizationId, User]]:
        """The oldest accounts with that address and a password; the one in an organisation, by
        slug or id, if it is named."""
        everybody = await self._doors.directory.users_with_email(email)
        known = [(id, user) for id, user in everybody if user.password_hash is not None]
        if not organization:
            return known[:MOST_ACCOUNTS]
        named = await self._doors.directory.organization(organization)
        wanted = named.id if named else organization
        return [(id, user) for id, user in known if id == wanted]

    async def _fitting(
        self, candidates: list[tuple[OrganizationId, User]], password: str
    ) -> list[tuple[OrganizationId, User]]:
        """Each is asked, and each wrong answer counted, so that no account can be tried behind
        the back of another with the same address."""
        if not candidates:
            await self._desk.passwords.fits(password, None)
        fitting = []
        for organization_id, user in candidates:
            if await self._desk.passwords.fits(password, user.password_hash):
                fitting.append((organization_id, user))
            else:
                await self._count_failure(organization_id, user)
        return fitting

    async def _count_failure(self, organization_id: OrganizationId, user: User) -> None:
        """Without waiting for the database, which would tell that there is something to count.
        What is asked of it later, such as to let somebody in, comes after it all the same."""

        async def count() -> None:
            try:
                await self._record(organization_id, user, fits=False)
            except CoreError as problem:
                log.warning("failed_login_not_counted", user_id=user.id, reason=str(problem))

        if self._desk.errands.full:
            await count()
        else:
            self._desk.errands.run(count())

    async def _record(
        self, organization_id: OrganizationId, user: User, *, fits: bool
    ) -> Session | None:
        caller = themselves(organization_id, user)
        return await self._doors.bus.execute(
            SignIn(caller=caller, user_id=user.id, fits=fits, compared=user.password_hash)
        )


def wrong_password() -> Refusal:
    return unauthorized("invalid_credentials", "The e-mail address or the password is wrong.")
